"""From a row to what it says: a contract's rows, made ready once per file, then followed row by row.

The readers give rows as lists of text; the sections put the values where they belong. Every row is kept, or quarantined
with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import msgspec

from footprint.feeds import reading_fields as read
from footprint.feeds.contract import Contract, InvolvementTerms, Rows
from footprint.feeds.drafts import Book, Draft
from footprint.feeds.getting import Getter, Getters, Tally, Test, Values
from footprint.feeds.putting import SECTIONS, Put, Said, put_duty
from footprint.feeds.reading_fields import Place
from footprint.records import DutyContact, Involvement
from footprint.records.contacting import check_phone
from footprint.records.text import tidy

_CONTACT_PARTS: Final = ("worker", "team", "hours", "fallback")
_LONGEST_ID: Final = 64


class QuarantinedError(Exception):
    """A row cannot be used; the message says why, `field` which field is at fault."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


class _Section(NamedTuple):
    put: Put
    fields: list[tuple[str, Getter]]
    names: dict[str, str]


class _Fact(NamedTuple):
    fields: list[tuple[str, Getter]]
    when: list[Test]
    names: dict[str, str]


class Sayer:
    """Follows one kind of row of one file. `positions` says where each column stands in a row's values.

    `known` holds what $instance and $as_of stand for, `table` is the name under which look-ups of this file are kept.
    """

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
        self.tally = Tally()
        self._contract = contract
        self._book = book
        self._place = place
        self._table = table
        self._contacts: dict[DutyContact, DutyContact] = {}
        make = Getters(contract, positions, known, book, place, self.tally)
        # In the order of the contract's preference: the first key that a row has is its own.
        self._keys = [
            (scheme, make.getter(scheme, rows.keys[scheme]))
            for scheme in contract.keys
            if scheme in rows.keys
        ]
        self._key_names = make.names(rows.keys)
        self._lookup = make.getters(rows.lookup)
        self._duty = make.getters(rows.duty)
        self._sections = [
            _Section(SECTIONS[name], make.getters(fields), make.names(fields, name))
            for name, fields in rows.sections().items()
            if name in SECTIONS
        ]
        self._facts = [_fact(terms, make) for terms in rows.involvements]
        self._introduces = bool(rows.person)

    def follow(self, line: int, values: Values, above: Draft | None = None) -> Draft | None:
        """Put what a row says into the book and return whose it is. Raises QuarantinedError where it cannot be used.

        `above` is the draft of the element around a nested row, which then needs no key of its own.
        """
        place = self._place
        place.line = line
        place.names = self._key_names
        self.tally.rows += 1
        if self._lookup:
            self._look_up_later(values)
            return None
        if self._duty:
            put_duty(self._said(self._duty, values), place, self._book)
            return None
        draft = above or self._anchor(values)
        for section in self._sections:
            place.names = section.names
            section.put(draft, self._said(section.fields, values), place, self._book)
        self._say_facts(draft, values)
        draft.rows += above is None
        return draft

    def _anchor(self, values: Values) -> Draft:
        said = [
            (scheme, "".join(tidy(found).split()))
            for scheme, getter in self._keys
            if (found := getter(values))
        ]
        keys = [(scheme, number) for scheme, number in said if number]
        if not keys:
            names = " or ".join(self._key_names.get(scheme, scheme) for scheme, _getter in self._keys)
            raise QuarantinedError(names, f"The row has no {names}: nobody can tell whose it is.")
        column = self._key_names.get(keys[0][0], keys[0][0])
        if len(keys[0][1]) > _LONGEST_ID:
            raise QuarantinedError(
                column, f"The id is longer than {_LONGEST_ID} characters: that is not an id."
            )
        if self._introduces:
            return self._book.draft(keys)
        draft = self._book.find(keys)
        if draft is None and self._contract.mode == "changes":
            return self._book.draft(keys)
        if draft is None:
            raise QuarantinedError(
                column, f"No row of this delivery describes the person with this {column}."
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

    def _say_facts(self, draft: Draft, values: Values) -> None:
        """Add every involvement that the row says. A row that should say one, and says nothing at all, is quarantined."""
        unusable = 0
        for fact in self._facts:
            self._place.names = fact.names
            if all(test(values) for test in fact.when) and not self._say_fact(draft, fact, values):
                unusable += 1
                column = fact.names.get("start", "start")
                reason = "There is no date that can be used, so nothing that happened can be kept."
                if unusable == len(self._facts) and not self._sections:
                    raise QuarantinedError(column, reason)
                self._place.say("set aside", "start", reason)

    def _say_fact(self, draft: Draft, fact: _Fact, values: Values) -> bool:
        said = self._said(fact.fields, values)
        place = self._place
        code = said.get("code", "")
        start = read.day(said["start"], "start", place) if "start" in said else ""
        if not (code and start):
            return False
        end = read.day(said["end"], "end", place) if "end" in said else ""
        if end and end < start:
            place.say("set aside", "end", "It ends before it starts: the end is left out.")
            end = ""
        reference = read.text(said["reference"], "reference", place) if "reference" in said else ""
        self._book.add_involvement(
            Involvement(
                id=f"{draft.text}#{code}#{reference or start}",
                record=draft.text,
                code=code,
                start=start,
                end=end,
                role=said.get("role") or "subject",
                reference=reference,
                site=read.text(said["site"], "site", place) if "site" in said else "",
                contact=self._contact(said),
            )
        )
        return True

    def _contact(self, said: Said) -> DutyContact:
        """Return whom to ring; one team of an extract is one value, however many rows name it."""
        parts = {part: read.text(said[part], part, self._place) for part in _CONTACT_PARTS if part in said}
        phone = self._phone(said["phone"]) if "phone" in said else ""
        contact = DutyContact(**parts, phone=phone)
        return self._contacts.setdefault(contact, contact)

    def _phone(self, said: str) -> str:
        # A short number such as 101 is no number of a person, and one that can be rung.
        if (reason := check_phone(said).reason) and not said.isdigit():
            self._place.say("set aside", "phone", reason)
            return ""
        return read.text(said, "phone", self._place)


def _fact(terms: InvolvementTerms, make: Getters) -> _Fact:
    return _Fact(
        make.getters(terms.fields),
        [make.test(condition) for condition in terms.when],
        make.names(terms.fields),
    )


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
