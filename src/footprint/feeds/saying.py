"""From a row to what it says: a contract's rows, made ready once per file, then followed row by row.

The readers give rows as lists of text; here each field finds its column, codes become ours, look-ups are followed, and
the sections put the values where they belong. Every row is kept, or quarantined with a reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from footprint.feeds import reading_fields as read
from footprint.feeds.contract import Condition, Contract, InvolvementTerms, Rows, Source
from footprint.feeds.drafts import Book, Draft
from footprint.feeds.putting import SECTIONS, Said, put_duty
from footprint.feeds.reading_fields import Place
from footprint.records import DutyContact, Involvement
from footprint.records.contacting import check_phone
from footprint.records.text import tidy

Values = Sequence[str]
Getter = Callable[[Values], str]

# What of a partner's code may be quoted back in a reason: a code, and no words that somebody typed instead of one.
_QUOTABLE: Final = re.compile(r"[A-Z0-9][A-Z0-9 /.+-]{0,19}")
_CONTACT_PARTS: Final = ("worker", "team", "hours", "fallback")


class Tally:
    """How often each field of one file was empty, and how often each code was said: what the gates compare."""

    def __init__(self) -> None:
        self.rows = 0
        self.empty: Counter[str] = Counter()
        self.codes: dict[str, Counter[str]] = {}


class QuarantinedError(Exception):
    """A row cannot be used; the message says why, `field` which field is at fault."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


class Sayer:
    """Follows one kind of row of one file. `positions` says where each column stands in a row's values."""

    def __init__(
        self,
        contract: Contract,
        rows: Rows,
        positions: Mapping[str, int],
        book: Book,
        place: Place,
        known: Mapping[str, str],
        table: str,
    ) -> None:
        self._table = table  # the name under which look-ups of this file are kept
        self._contract = contract
        self._book = book
        self._place = place
        self._known = known  # $instance and $as_of, complete when the first row is followed
        self._positions = positions
        self.tally = Tally()
        self._contacts: dict[DutyContact, DutyContact] = {}
        self._keys = [
            (scheme, self._getter(scheme, rows.keys[scheme]))
            for scheme in contract.keys
            if scheme in rows.keys
        ]
        self._sections = [
            (SECTIONS[name], [(field, self._getter(field, source)) for field, source in fields.items()])
            for name, fields in rows.sections().items()
            if name in SECTIONS
        ]
        self._lookup = [(field, self._getter(field, source)) for field, source in rows.lookup.items()]
        self._duty = [(field, self._getter(field, source)) for field, source in rows.duty.items()]
        self._involvements = [self._involvement_terms(terms) for terms in rows.involvements]
        self._introduces = bool(rows.person)
        self._says_more = bool(self._sections)

    def follow(self, line: int, values: Values, above: Draft | None = None) -> Draft | None:
        """Put what a row says into the book and return whose it is. Raises QuarantinedError where it cannot be used.

        `above` is the draft of the element around a nested row, which then needs no key of its own.
        """
        self._place.line = line
        self.tally.rows += 1
        if self._lookup:
            self._look_up_later(values)
            return None
        if self._duty:
            put_duty(self._said(self._duty, values), self._place, self._book)
            return None
        draft = above or self._anchor(values)
        for put, fields in self._sections:
            put(draft, self._said(fields, values), self._place, self._book)
        said = [self._say_involvement(draft, *terms, values) for terms in self._involvements]
        draft.rows += above is None
        if said and not self._says_more and not any(said) and None in said:
            raise QuarantinedError(
                "start", "The row has no usable date, so it says nothing that can be kept."
            )
        return draft

    def _anchor(self, values: Values) -> Draft:
        keys = [
            (scheme, "".join(tidy(found).split()))
            for scheme, getter in self._keys
            if (found := getter(values))
        ]
        keys = [(scheme, number) for scheme, number in keys if number]
        if not keys:
            names = " or ".join(scheme for scheme, _getter in self._keys)
            raise QuarantinedError(names, f"The row has no {names}: nobody can tell whose it is.")
        if len(keys[0][1]) > 64:
            raise QuarantinedError(keys[0][0], "The id is longer than 64 characters: that is not an id.")
        if self._introduces:
            return self._book.draft(keys)
        draft = self._book.find(keys)
        if draft is None and self._contract.mode == "changes":
            return self._book.draft(keys)
        if draft is None:
            raise QuarantinedError(
                keys[0][0], f"No row of this delivery describes the person with this {keys[0][0]}."
            )
        return draft

    def _said(self, fields: list[tuple[str, Getter]], values: Values) -> Said:
        said: Said = {}
        empty = self.tally.empty
        for field, getter in fields:
            if value := getter(values):
                said[field] = value
            else:
                empty[field] += 1
        return said

    def _look_up_later(self, values: Values) -> None:
        said = self._said(self._lookup, values)
        if number := said.pop("id", ""):
            clean = {field: read.text(value, field, self._place) for field, value in said.items()}
            self._book.lookups.setdefault(self._table, {})[number] = clean

    def _involvement_terms(
        self, terms: InvolvementTerms
    ) -> tuple[list[tuple[str, Getter]], list[Callable[[Values], bool]]]:
        fields = [(field, self._getter(field, source)) for field, source in terms.fields.items()]
        return fields, [self._test(condition) for condition in terms.when]

    def _say_involvement(
        self,
        draft: Draft,
        fields: list[tuple[str, Getter]],
        when: list[Callable[[Values], bool]],
        values: Values,
    ) -> bool | None:
        """Add an involvement: True when added, False when the conditions say there is none, None when it is unusable."""
        if not all(test(values) for test in when):
            return False
        said = self._said(fields, values)
        code, start = said.get("code", ""), said.get("start", "")
        place = self._place
        if not code:
            return None
        start = read.day(start, "start", self._place)
        if not start:
            place.say(
                "set aside", "start", "The involvement has no date that can be used, so it is not kept."
            )
            return None
        end = read.day(said["end"], "end", self._place) if "end" in said else ""
        if end and end < start:
            self._place.say("set aside", "end", "It ends before it starts: the end is left out.")
            end = ""
        reference = read.text(said.get("reference", ""), "reference", place)
        self._book.add_involvement(
            Involvement(
                id=f"{draft.text}#{code}#{reference or start}",
                record=draft.text,
                code=code,
                start=start,
                end=end,
                role=said.get("role") or "subject",
                reference=reference,
                site=read.text(said.get("site", ""), "site", place),
                contact=self._contact(said),
            )
        )
        return True

    def _contact(self, said: Said) -> DutyContact:
        """Return whom to ring; one team of an extract is one value, however many rows name it."""
        parts = {part: read.text(said[part], part, self._place) for part in _CONTACT_PARTS if part in said}
        contact = DutyContact(**parts, phone=self._phone(said.get("phone", "")))
        return self._contacts.setdefault(contact, contact)

    def _phone(self, said: str) -> str:
        if not said:
            return ""
        if (reason := check_phone(said).reason) and not said.strip().isdigit():
            self._place.say("set aside", "phone", reason)
            return ""
        return read.text(said, "phone", self._place)  # a short number such as 101 is one that can be rung

    def _test(self, condition: Condition) -> Callable[[Values], bool]:
        value = self._getter("when", condition.of)
        if condition.over is not None:
            over = self._getter("when", condition.over)
            return lambda values: _share(value(values), over(values)) >= condition.at_least
        if condition.none_of:
            return lambda values: value(values).strip().upper() not in condition.none_of
        wanted = condition.one_of
        return lambda values: (
            value(values).strip().upper() in {self._known.get(text, text) for text in wanted}
        )

    def _getter(self, field: str, source: Source) -> Getter:
        """Return how a field is fetched from a row's values: column, alternatives or join, then look-up, then codes."""
        fetch = self._fetcher(source)
        if source.through:
            fetch = self._through(field, source.through, fetch)
        if source.codes:
            fetch = self._coded(field, self._contract.codes[source.codes], fetch)
        if source.otherwise:
            plain, otherwise = fetch, source.otherwise
            return lambda values: plain(values) or self._known.get(otherwise, otherwise)
        return fetch

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
        counter = self.tally.codes.setdefault(field, Counter())
        rest = codes.get("*")

        def ours(values: Values) -> str:
            said = fetch(values)
            if not said:
                return ""
            code = said.upper()
            found = codes.get(code, rest)
            if found is None:
                quoted = f"'{code}'" if _QUOTABLE.fullmatch(code) else "What stands here"
                self._place.say("set aside", field, f"{quoted} is not a code of the contract's list.")
                return ""
            counter[found] += 1
            return found

        return ours


def _share(part: str, whole: str) -> float:
    try:
        return float(part) / float(whole)
    except (ValueError, ZeroDivisionError):
        return -1.0


def with_duty(involvement: Involvement, duty: DutyContact) -> Involvement:
    """Return the involvement with the gaps of its contact filled from the partner's duty contact."""
    own = involvement.contact
    filled = DutyContact(
        worker=own.worker or ("" if own.team else duty.worker),
        team=own.team or duty.team,
        phone=own.phone or duty.phone,
        hours=own.hours or duty.hours,
        fallback=own.fallback or duty.fallback,
    )
    return msgspec.structs.replace(involvement, contact=filled)
