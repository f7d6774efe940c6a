"""What a subscriber is told, finished. Nobody is named in it, and nothing is said of what is new: the footprint tells."""

from __future__ import annotations

import datetime as dt
from typing import Final

from footprint.answer import words

NEWS: Final = "Something new in {case}."
#: After a death, or when no baby is expected any more. It says neither.
WITH_CARE: Final = (
    "You are told of nothing more in {case}, because of what a partner has reported. "
    "Open the footprint before you ring, write to or visit the family."
)
NEARLY_UP: Final = "In {case} you are told of anything new until {day}. Renew it if you still need it."
EXPIRED: Final = (
    "In {case} you are told of nothing new any more: the time was up. Start it again if you still need it."
)
GROWN: Final = (
    "In {case} you are told of nothing new any more: they are 18 now. Ask adult social care from here on."
)

ONLY_CHILDREN: Final = "You can be told of what is new of a child only, born or expected."
ASK_THE_HUB: Final = (
    "What is new of somebody protected is told to nobody here. Ask the safeguarding hub to let you know."
)
NOT_ANY_MORE: Final = "There is nothing more to be told of here. Read the footprint."
LOOK_FIRST: Final = "Open the footprint first: you are told of what is new since you looked."


def of_case(reference: str) -> str:
    """Return a case as a sentence names it. A case that has no reference yet is named by none."""
    return f"case {reference}" if reference else "a case without a reference yet"


def day(when: dt.date) -> str:
    """Return a day as people write it."""
    return words.day(when.isoformat())
