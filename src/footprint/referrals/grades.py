"""From the marks of a referral's form to its grade: scales as configuration, caps by critical criteria, marks always kept.

A grade is of a form that somebody wrote, never of a child, and never of a person over several forms. Whoever marks may grade
below what the marks propose, and above it up to the cap. Another scale laid over the same marks gives another grade: so marks
are what is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import msgspec

from footprint.referrals.criteria import CRITERIA, CRITICAL, MARKS
from footprint.referrals.reading import Choice, Dated, load

FILE: Final = "scales.yaml"
PACKAGED: Final = Path(__file__).parent / FILE
_MOST: Final = max(MARKS)

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Grade(Choice, frozen=True, kw_only=True):
    """One grade: its code, its label, and the share of the marks from which on it is proposed."""

    code: str
    label: str
    at_least: Share


class Scale(Choice, frozen=True, kw_only=True):
    """Grades from best to worst. `caps` gives for a mark of a critical criterion the best grade that it allows."""

    id: str
    label: str
    verified: bool
    grades: tuple[Grade, ...]
    caps: dict[str, str]

    def __post_init__(self) -> None:
        codes = [one.code for one in self.grades]
        shares = [one.at_least for one in self.grades]
        if len(codes) < 2 or len(set(codes)) < len(codes):
            raise ValueError(f"'{self.id}' needs two grades or more, each with a code of its own.")
        if any(worse >= better for better, worse in pairwise(shares)) or shares[-1]:
            raise ValueError(f"'{self.id}' lists its grades from best to worst; the last begins at_least: 0.")
        if wrong := sorted(self.caps.keys() - {str(mark) for mark in MARKS}):
            raise ValueError(f"'{self.id}' caps at the mark '{wrong[0]}'. Marks are {_many(MARKS)}.")
        if unknown := sorted(set(self.caps.values()) - set(codes)):
            raise ValueError(
                f"'{self.id}' caps at '{unknown[0]}', which is none of its grades: {_many(codes)}."
            )
        if "0" not in self.caps:
            raise ValueError(f"'{self.id}' says no cap for a critical criterion that is absent. Add \"0\".")

    def grade(self, code: str) -> Grade:
        """Return a grade of this scale. Raises ValueError with a sentence for one that it does not have."""
        for one in self.grades:
            if one.code == code:
                return one
        raise ValueError(f"'{code}' is no grade here. They are {_many(one.code for one in self.grades)}.")

    def rank(self, code: str) -> int:
        """Return how far a grade is from the best, which is 0."""
        return self.grades.index(self.grade(code))


class Scales(Dated, frozen=True, kw_only=True):
    """The scales of a partnership; the first is used where nobody chose."""

    scales: tuple[Scale, ...]

    def __post_init__(self) -> None:
        ids = [one.id for one in self.scales]
        if not ids or len(set(ids)) < len(ids):
            raise ValueError("One scale or more is needed here, each with an id of its own.")

    def scale(self, code: str = "") -> Scale:
        """Return a scale by its id, or the first. Raises ValueError with a sentence for one that is not here."""
        for one in self.scales:
            if code in ("", one.id):
                return one
        raise ValueError(f"There is no scale '{code}'. They are {_many(one.id for one in self.scales)}.")


class Graded(NamedTuple):
    """What marks come to. `proposed` and `best` are codes of the scale, empty until every critical criterion has a mark.

    `best` is as far up as somebody may grade; `capped_by` names the criteria that hold it there. `points` of `possible` count
    only criteria that have a mark; `unmarked` names the others.
    """

    proposed: str
    best: str
    capped_by: tuple[str, ...]
    points: int
    possible: int
    unmarked: tuple[str, ...]


class MarkError(ValueError):
    """A mark or a grade cannot be given. The message says which, and what to give instead."""


def scales_of(data: Path) -> Scales:
    """Return the scales of a data folder; ours, where nobody wrote the file. Raises reading.ChoiceError."""
    own = data / FILE
    return load(own, Scales) if own.exists() else packaged_scales()


@lru_cache(maxsize=1)
def packaged_scales() -> Scales:
    """Return the scales that come with Footprint; the field has not confirmed their shares."""
    return load(PACKAGED, Scales)


def check_marks(marks: Mapping[str, int]) -> None:
    """Raise MarkError unless every mark is one of MARKS, for a criterion that there is. Criteria may be without a mark."""
    for code, mark in marks.items():
        if code not in CRITERIA:
            raise MarkError(f"There is no criterion '{code}'. They are {_many(CRITERIA)}.")
        if type(mark) is not int or mark not in MARKS:
            raise MarkError(f"{code} cannot be marked {mark!r}. Give one of {_many(MARKS)}.")


def graded(marks: Mapping[str, int], scale: Scale | None = None) -> Graded:
    """Return what marks from 0 to 3, by criterion, come to on a scale. Raises MarkError."""
    check_marks(marks)
    scale = scale or packaged_scales().scale()
    unmarked = tuple(code for code in CRITERIA if code not in marks)
    points, possible = sum(marks.values()), _MOST * len(marks)
    if not CRITICAL.isdisjoint(unmarked):
        return Graded("", "", (), points, possible, unmarked)
    caps = {
        code: scale.rank(scale.caps[str(marks[code])])
        for code in CRITERIA
        if code in CRITICAL and str(marks[code]) in scale.caps
    }
    lowest = max(caps.values(), default=0)
    share = points / possible
    by_share = next(rank for rank, one in enumerate(scale.grades) if share >= one.at_least)
    capped_by = tuple(code for code, rank in caps.items() if rank == lowest) if lowest else ()
    proposed = scale.grades[max(by_share, lowest)].code
    return Graded(proposed, scale.grades[lowest].code, capped_by, points, possible, unmarked)


def check_grade(code: str, marks: Mapping[str, int], scale: Scale | None = None) -> None:
    """Raise MarkError unless somebody who gave these marks may give this grade."""
    scale = scale or packaged_scales().scale()
    found = graded(marks, scale)
    if not found.best:
        missing = [one for one in found.unmarked if one in CRITICAL]
        raise MarkError(f"Mark {_many(missing)} first: the grade depends on every critical criterion.")
    try:
        rank = scale.rank(code)
    except ValueError as error:
        raise MarkError(str(error)) from None
    if rank < scale.rank(found.best):
        best = scale.grade(found.best).label
        raise MarkError(f"{best} is the best grade that the marks of {_many(found.capped_by)} allow.")


def _many(words: Iterable[object]) -> str:
    return ", ".join(map(str, words))
