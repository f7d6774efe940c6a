"""Which figures of the use of Footprint may be shown to whoever may see no person: small ones, and one person's, may not.

What is shown is rounded, and has no totals, neither of rows nor of columns: nothing can be worked out from what is left.
"""

from __future__ import annotations

from typing import Final

#: A figure up to this says too much about too few. Each figure that is shown then stands for as many counts as ROUNDED_TO: were
#: this smaller, the least of them would stand for fewer.
SMALL: Final = 7
#: A figure that fewer people made is about them.
FEWEST_PEOPLE: Final = 3
ROUNDED_TO: Final = 5
FEW: Final = "few"


def shown(count: int, people: int) -> str:
    """Return a count that so many people made, as it may be shown: none, few, or rounded."""
    if count == 0:
        return "0"
    if count <= SMALL or people < FEWEST_PEOPLE:
        return FEW
    return f"{(count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO:,}"
