"""What to ask next: the field that would tell tied people apart, by what is known of them and may be known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Final

from footprint.comparison.program import FIXED
from footprint.search.index import Index
from footprint.search.kernel import OPEN, Flags

Values = frozenset[str]


def _text(column: str) -> Callable[[Index, int], list[str]]:
    place = FIXED.index(column)
    return lambda index, record: [index.pool.text(int(index.world.rows.fixed[record, place]))]


def _list(column: str) -> Callable[[Index, int], list[str]]:
    return lambda index, record: index.texts(record, column)


def _scheme(scheme: str) -> Callable[[Index, int], list[str]]:
    return lambda index, record: [
        one for one in index.texts(record, "identifiers") if one.startswith(f"{scheme}:")
    ]


# What to ask for, whether it says where somebody is or how to reach them, and where it stands.
_NEXT: Final[tuple[tuple[str, bool, Callable[[Index, int], list[str]]], ...]] = (
    ("date of birth", False, _text("birth")),
    ("given name", False, _list("given_all")),
    ("postcode or address", True, _list("residences")),
    ("middle name", False, _text("middle")),
    ("sex", False, _text("sex")),
    ("NHS number", False, _scheme("nhs")),
    ("unique pupil number", False, _scheme("upn")),
    ("mobile number", True, _list("mobiles")),
    ("e-mail address", True, _list("emails")),
)


def telling_apart(index: Index, people: Sequence[Sequence[int]], flags: Flags) -> str:
    """Return what to ask so that the people come apart: the first thing known of all of them that no two share, or "".

    A person is here the numbers of those of their records that may be known.
    A year that was asked is asked again as the whole date of birth, and a name as it is written in full.
    """
    if len(people) < 2:
        return ""
    for name, where, values in _NEXT:
        known = [_known(index, records, where, values, flags) for records in people]
        if all(known) and not any(one & other for one, other in combinations(known, 2)):
            return name
    return ""


def _known(
    index: Index,
    records: Sequence[int],
    where: bool,
    values: Callable[[Index, int], list[str]],
    flags: Flags,
) -> Values:
    told = [record for record in records if not where or flags[record] == OPEN]
    return frozenset(value for record in told for value in values(index, record) if value)
