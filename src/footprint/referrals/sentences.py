"""Free text as people type it in a hurry: parted into sentences, and as plain words that know where they stand.

Sentences are parted late rather than early: whoever takes one away takes it whole, with the name that stands behind "Mr.".
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from footprint.records.text import fold

_END: Final = re.compile(
    r"""[.!?…]+["'”’)\]]*\s+"""  # a mark, and white space behind it
    r"|\n[^\S\n]*\n\s*"  # an empty line
    r"|\n(?=[^\S\n]*(?:[-*•–—]|\d{1,2}[.)])[^\S\n])"  # the next entry of a list
)
_LAST_WORD: Final = re.compile(r"(\w+)$")
#: Before these, or before a single letter, a full stop ends no sentence.
_ABBREVIATED: Final = frozenset(
    "mr mrs ms miss dr prof rev st no nos rd ave ln ct sgt insp supt det con pc pcs ds dc di dci dob tel ref eg ie approx "
    "apt flt jr sr hon cllr fr sis bro".split()
)
_JOINS: Final = frozenset({"Cf", "Mn", "Me", "Cc"})
_APOSTROPHES: Final = frozenset("'`´‘’‛′ʹʻʼʽʾʿˈ＇")

#: Letters that are typed for figures, and read as them.
ALIKE: Final = str.maketrans("oil", "011")

Span = tuple[int, int]


class Word(NamedTuple):
    """One word in plain ASCII letters and figures, and where it stands in the text."""

    plain: str
    start: int
    end: int


class Letters(NamedTuple):
    """All plain letters and figures of a text in one row, without anything between them, and where each one stands."""

    plain: str
    at: tuple[int, ...]

    def spans(self, wanted: str) -> list[Span]:
        """Return where `wanted` stands in the text, however it was spaced."""
        found, start = [], self.plain.find(wanted)
        while wanted and start >= 0:
            found.append((self.at[start], self.at[start + len(wanted) - 1] + 1))
            start = self.plain.find(wanted, start + 1)
        return found


def sentences(text: str) -> list[Span]:
    """Return where each sentence begins and ends, with the white space behind it; together they are the whole text.

    A new line within a paragraph ends nothing: text is often pasted with its lines broken.
    """
    ends = [found.end() for found in _END.finditer(text) if not _is_abbreviated(text, found)]
    starts = [0, *ends]
    return [(start, end) for start, end in zip(starts, [*ends, len(text)], strict=True) if start < end]


def _is_abbreviated(text: str, found: re.Match[str]) -> bool:
    if not found[0].startswith(".") or found[0].startswith(".."):
        return False
    last = _LAST_WORD.search(text[max(0, found.start() - 12) : found.start()])
    return last is not None and (
        last[1].lower() in _ABBREVIATED or (len(last[1]) == 1 and last[1].isalpha() and last[1] != "I")
    )


def words(text: str) -> list[Word]:
    """Return the plain words of a text in any script. What is invisible joins, as do apostrophes; any other mark parts."""
    found: list[Word] = []
    letters, start, end = "", 0, 0
    for place, mark in enumerate(text):
        plain = fold(mark).replace(" ", "")
        if plain:
            start = start if letters else place
            letters, end = letters + plain, place + 1
        elif letters and not _joins(mark):
            found.append(Word(letters, start, end))
            letters = ""
    return [*found, Word(letters, start, end)] if letters else found


def letters(text: str) -> Letters:
    """Return the plain letters and figures of a text in one row."""
    row = [(plain, place) for place, mark in enumerate(text) for plain in fold(mark).replace(" ", "")]
    return Letters("".join(plain for plain, _ in row), tuple(place for _, place in row))


def _joins(mark: str) -> bool:
    return mark in _APOSTROPHES or (unicodedata.category(mark) in _JOINS and not mark.isspace())
