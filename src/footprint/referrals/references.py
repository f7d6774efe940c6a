"""A referral's reference as people type it: from an e-mail, over a radio, from a printed sheet.

An e-mail's reference ends in its message's number, which the referral's does not; small letters, spaces and dashes of any kind
are no difference. Part of a reference is none: it would be a way to look through what is there.
"""

from __future__ import annotations

import re
from typing import Final

#: Letters and figures that nobody takes for another when they are read out: no 0, 1, I, L, O or U.
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 7
#: Longer than this is no reference of anything.
LONGEST: Final = 60

_WRITTEN: Final = re.compile(rf"R[-_]?([{ALPHABET}]{{{LENGTH}}})(?:-\d{{1,9}})?")
#: What people write before a reference.
_CALLED: Final = re.compile(r"\s*(?:our|your)?\s*ref(?:erence)?\b\s*(?:no\b|number\b)?[\s.:]*", re.IGNORECASE)
_DASHES: Final = re.compile(r"[‐-―−]")


def without_name(typed: str) -> str:
    """Return what was typed without the word that it is a reference: Ref: R-7KXM2QD."""
    return typed[found.end() :] if (found := _CALLED.match(typed)) else typed


def reference_in(typed: str) -> str:
    """Return the referral's reference that was typed, as it is kept (R-7KXM2QD); "" where it is no whole one."""
    plain = _DASHES.sub("-", "".join(without_name(typed).split())).strip(".,;:()").upper()
    found = _WRITTEN.fullmatch(plain) if len(plain) <= LONGEST else None
    return f"R-{found[1]}" if found else ""
