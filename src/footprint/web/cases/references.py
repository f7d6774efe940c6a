"""What may stand as the reference of a case. It stands in clear in the ledger for ever, so it may hold no name and no birthday.

A reference is checked against no other system: whether it exists there is for a supervisor's review to see.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from footprint.records.given_names import given_families
from footprint.records.reading_dates import read_date
from footprint.records.tables import families_by_form

LONGEST: Final = 60
_MARKS: Final = re.compile(r"[A-Za-z0-9 /._:#()-]+")
_WORDS: Final = re.compile(r"[A-Za-z]+")
_DATE: Final = re.compile(r"\d{1,4}[ /.-]+(?:\d{1,2}|[A-Za-z]{3,9})[ /.-]+\d{1,4}|[A-Za-z]{3,9}[ /.-]+\d{4}")
#: Letters of a reference are a few, and no sentence: what is longer, or written like a name, is somebody's name, unless it
#: is a word for what the number counts.
_LONGEST_WORD: Final = 4
_MOST_WORDS: Final = 3
_KINDS: Final = frozenset(
    "ref case log job crime incident referral contact custody enquiry inquiry strategy missing niche mosaic".split()
)

EXAMPLE: Final = "MARF-2026-00123"


class NotAReference(ValueError):
    """A text that may not stand as a reference. The message says what to write instead."""


def reference_of(text: str) -> str:
    """Return the reference, spaces put in order. Raises NotAReference."""
    said = " ".join(text.split())
    if not said:
        raise NotAReference("Write the reference, or tick that there is none yet.")
    if len(said) > LONGEST:
        raise NotAReference(f"A reference has at most {LONGEST} letters and figures. Write no more than it.")
    if not _MARKS.fullmatch(said):
        raise NotAReference(f"Write only letters, figures and marks such as - and /, for example {EXAMPLE}.")
    if not any(one.isdigit() for one in said):
        raise NotAReference(f"A reference has at least one figure, for example {EXAMPLE}.")
    if _DATE.fullmatch(said) and read_date(said, "dmy").value is not None:
        raise NotAReference(f"That is a date. Write the reference alone, for example {EXAMPLE}.")
    words = _WORDS.findall(said)
    if len(words) > _MOST_WORDS or any(_is_like_a_name(word) for word in words):
        raise NotAReference(f"Write the reference alone, with no name in it, for example {EXAMPLE}.")
    return said


def _is_like_a_name(word: str) -> bool:
    folded = word.lower()
    if folded in _KINDS or len(folded) < 3:
        return False
    written_like_one = word[0].isupper() and word[1:].islower()
    return (
        written_like_one
        or len(folded) > _LONGEST_WORD
        or bool(given_families(folded))
        or folded in _family_names()
    )


@cache
def _family_names() -> frozenset[str]:
    return frozenset(families_by_form("family_names.csv", "name"))
