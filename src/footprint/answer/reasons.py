"""Why two records are held together or may be the same, in words that are still right of homes that were left.

A link is judged on every home that either record ever had. Whoever reads "same home" knocks there: so a home that one of the
two has left is called a former one, with the day on which it was left and who says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from footprint.answer import words
from footprint.answer.homes import places_left
from footprint.answer.statements import Source, is_home
from footprint.decisions import places
from footprint.records import Address
from footprint.records.published import Tie
from footprint.search import Question
from footprint.search.question import place_asked

#: As the comparison of two records says it; a test holds the two together.
SAME_HOME: Final = "same home, to the flat"


class _Shared(NamedTuple):
    """One home that both records name, as each of them does."""

    one: Address
    other: Address

    @property
    def is_now(self) -> bool:
        return is_home(self.one) and is_home(self.other)

    @property
    def left_last(self) -> str:
        return max(self.one.end, self.other.end)


def reasons(tie: Tie, sources: Iterable[Source]) -> tuple[str, ...]:
    """Return why the tie's two records belong together; `sources` are all records that may be read, of which two are its."""
    if SAME_HOME not in tie.why:
        return tie.why
    by_key = {str(source.record.key): source for source in sources}
    if tie.one not in by_key or tie.other not in by_key:
        return tie.why
    one, other = by_key[tie.one], by_key[tie.other]
    shared = list(_shared(one, other))
    if not shared or any(home.is_now for home in shared):
        return tie.why
    latest = max(shared, key=lambda home: home.left_last)
    said = _former(((one, latest.one), (other, latest.other)))
    return tuple(said if why == SAME_HOME else why for why in tie.why)


def of_home(verdict: str, question: Question, sources: Sequence[Source]) -> str:
    """Return the words for how a place that was asked for agrees; of a home that all who name it say was left, when that was.

    Of one that some still hold, that it may be an old home.
    """
    place = place_asked(question)
    if place is None or not verdict.startswith(SAME_HOME):
        return verdict
    asked = frozenset(places(place))
    homes = [
        (source, home)
        for source in sources
        for home in _lived_in(source)
        if not asked.isdisjoint(places(home))
    ]
    if not homes:
        return verdict
    if any(is_home(home) for _, home in homes):
        return verdict if asked.isdisjoint(places_left(sources, "")) else f"{verdict}; may be an old home"
    latest = max(homes, key=lambda pair: pair[1].end)
    return _former([latest]).replace(" of one of them", "")


def _shared(one: Source, other: Source) -> Iterator[_Shared]:
    for mine in _lived_in(one):
        for theirs in _lived_in(other):
            if not frozenset(places(mine)).isdisjoint(places(theirs)):
                yield _Shared(mine, theirs)


def _lived_in(source: Source) -> list[Address]:
    """The addresses at which the record says that its person lives or lived: where they work is no home that they left."""
    return [address for address in source.record.addresses if address.use in {"home", "temp", "old"}]


def _former(homes: Iterable[tuple[Source, Address]]) -> str:
    """The home as those say it who say that it was left."""
    left = [(source, home) for source, home in homes if not is_home(home)]
    whose = "both" if len(left) > 1 else "one of them"
    told = [
        f"left on {words.day(home.end)}, says {source.partner_name}"
        if home.end
        else f"says {source.partner_name}"
        for source, home in left
    ]
    return f"a former home of {whose}, to the flat ({'; '.join(dict.fromkeys(told))})"
