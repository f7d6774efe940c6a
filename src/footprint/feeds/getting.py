"""How a field is fetched from a row: its column, alternatives or join, then a look-up, then the contract's codes.

Made ready once for each kind of row, so that following a row costs one call a field.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from footprint.feeds.contract import Condition, Contract, Source
from footprint.feeds.drafts import Book
from footprint.feeds.reading_fields import Place

Values = Sequence[str]
Getter = Callable[[Values], str]
Test = Callable[[Values], bool]

# What may be quoted back in a reason: so short that it is no name and no number that somebody typed instead of a code.
_QUOTABLE: Final = re.compile(r"[A-Z0-9]{1,3}")
_MOST_LISTED: Final = 8


class Tally:
    """How often each field of one kind of row was empty, and how often each code was said: what the gates compare."""

    def __init__(self) -> None:
        self.rows = 0
        self.empty: Counter[str] = Counter()
        self.codes: dict[str, Counter[str]] = {}


class Getters:
    """Makes the getters of one kind of row. `positions` says where each column stands in a row's values.

    `known` holds what $instance and $as_of stand for; it is complete when the first row is followed.
    """

    def __init__(
        self,
        contract: Contract,
        positions: Mapping[str, int],
        known: Mapping[str, str],
        book: Book,
        place: Place,
        tally: Tally,
    ) -> None:
        self._contract = contract
        self._positions = positions
        self._known = known
        self._book = book
        self._place = place
        self._tally = tally

    def getter(self, field: str, source: Source) -> Getter:
        """Return how `field` is fetched."""
        fetch = self._fetcher(source)
        if source.through:
            fetch = self._through(field, source.through, fetch)
        if source.codes:
            fetch = self._coded(field, self._contract.codes[source.codes], fetch)
        if source.otherwise:
            plain, otherwise = fetch, source.otherwise
            return lambda values: plain(values) or self._known.get(otherwise, otherwise)
        return fetch

    def getters(self, fields: Mapping[str, Source]) -> list[tuple[str, Getter]]:
        return [(field, self.getter(field, source)) for field, source in fields.items()]

    def names(self, fields: Mapping[str, Source], section: str = "") -> dict[str, str]:
        """Return the partner's own word for each of our fields: the column that is there, else the first alternative."""
        found = {}
        for field, source in fields.items():
            here = [name for name in source.named if name in self._positions] or source.named
            if here:
                found[field] = found[f"{section}.{field}"] = here[0]
                # What comes out of several columns, or out of one with parts (JSON), is told by the first of them.
                found.setdefault(section or field.partition(".")[0], here[0])
                found.setdefault(field.partition(".")[0], here[0])
        return found

    def test(self, condition: Condition) -> Test:
        """Return how a condition is tested."""
        value = self.getter("when", condition.of)
        if condition.over is not None:
            over = self.getter("when", condition.over)
            return lambda values: _share(value(values), over(values)) >= condition.at_least
        if condition.none_of:
            return lambda values: value(values).strip().upper() not in condition.none_of
        wanted = condition.one_of
        return lambda values: (
            value(values).strip().upper() in {self._known.get(text, text) for text in wanted}
        )

    def _fetcher(self, source: Source) -> Getter:
        if source.constant:
            constant = source.constant
            return lambda _values: self._known.get(constant, constant)
        if source.join:
            joined = [self._positions[name] for name in source.join if name in self._positions]
            return lambda values: "".join(values[place].strip() for place in joined)
        places = [self._positions[name] for name in source.columns if name in self._positions]
        if not places:
            return lambda _values: ""
        if len(places) == 1:
            only = places[0]
            return lambda values: values[only].strip()
        return lambda values: next((found for place in places if (found := values[place].strip())), "")

    def _through(self, field: str, through: str, fetch: Getter) -> Getter:
        table, _, wanted = through.partition(".")

        def follow(values: Values) -> str:
            if not (number := fetch(values)):
                return ""
            found = self._book.lookups.get(table, {}).get(number)
            if found is None:
                self._place.say("set aside", field, f"{table} has no row of this id.")
                return ""
            return found.get(wanted, "")

        return follow

    def _coded(self, field: str, codes: dict[str, str], fetch: Getter) -> Getter:
        counter = self._tally.codes.setdefault(field, Counter())
        rest = codes.get("*")

        def ours(values: Values) -> str:
            said = fetch(values)
            if not said:
                return ""
            code = said.upper()
            found = codes.get(code, rest)
            if found is None:
                self._place.say("set aside", field, _unknown(code, codes))
                return ""
            counter[found] += 1
            return found

        return ours


def _unknown(code: str, codes: dict[str, str]) -> str:
    quoted = f"'{code}'" if _QUOTABLE.fullmatch(code) else "What stands here"
    listed = ", ".join(list(codes)[:_MOST_LISTED]) + (", ..." if len(codes) > _MOST_LISTED else "")
    return f"{quoted} is not a code of the contract's list ({listed})."


def _share(part: str, whole: str) -> float:
    try:
        return float(part) / float(whole)
    except (ValueError, ZeroDivisionError):
        return -1.0
