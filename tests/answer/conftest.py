"""A snapshot in a dictionary, small enough to read: the answer's rules do not care where content is stored."""

import datetime as dt
from itertools import combinations
from types import SimpleNamespace

import pytest

from footprint.answer.content import Entry
from footprint.answer.people import People
from footprint.decisions import NOTHING_DECIDED, Overlay, places
from footprint.records import DutyContact, Involvement, Name, PartialDate, Record, RecordKey
from footprint.records.mask import Mask
from footprint.records.published import FeedState, Kinship, Reported, Tie
from tests.decisions.rulings import ruling

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
DAY = "2026-11-22"

DUTY = {
    "police": DutyContact(team="Force control", phone="101", hours="always"),
    "childrens-social-care": DutyContact(
        team="Front door",
        phone="01922 496 0200",
        hours="Monday to Friday",
        fallback="Emergency duty team, 01922 496 0299",
    ),
    "acute-trust": DutyContact(team="Safeguarding nurse", phone="01922 496 0400"),
    "school-3351000": DutyContact(team="Designated safeguarding lead", phone="01922 496 0301"),
}


def feed(partner, **fields):
    sector = "school" if partner.startswith("school") else partner
    return FeedState(
        **{
            "feed": partner,
            "partner": partner,
            "name": partner.replace("-", " ").title(),
            "sector": sector,
            "duty": DUTY[partner],
            "as_of": DAY,
            "received_at": f"{DAY}T06:00:00+00:00",
            "late_from": "2026-11-23T10:00:00+00:00",
            "stale_from": "2026-11-24T10:00:00+00:00",
        }
        | fields
    )


FEEDS = tuple(map(feed, DUTY))


def record(key, given="Layla", family="Hussain", birth=(2015, 3, 27), **fields):
    names = fields.pop("names", (Name(given=given, family=family),))
    return Record(
        key=RecordKey.parse(key), names=names, birth=PartialDate(*birth) if birth else None, **fields
    )


def reported(key, code, start, *, end="", last=DAY, reference="R1", **fields):
    involvement = Involvement(
        id=f"{reference}/{code}/{key}/{start}",
        record=key,
        code=code,
        start=start,
        end=end,
        reference=reference,
        **fields,
    )
    return Reported(involvement, start, last)


class Dictionary:
    """Content held in dictionaries. `people` maps person id -> entries."""

    snapshot = "s1"
    day = DAY

    def __init__(self, people, ties=(), feeds=FEEDS):
        self.feeds = feeds
        self._ids = list(people)
        self._entries = {str(one.record.key): one for entries in people.values() for one in entries}
        self._people = [[str(one.record.key) for one in entries] for entries in people.values()]
        self._ties = ties

    def number_of(self, person_id):
        return self._ids.index(person_id) if person_id in self._ids else None

    def number_of_record(self, key):
        return next((number for number, keys in enumerate(self._people) if key in keys), None)

    def id_of(self, number):
        return self._ids[number]

    def keys_of(self, number):
        return self._people[number]

    def keys_of_partner(self, partner):
        return sorted(key for key in self._entries if key.startswith(f"{partner}/"))

    def entry(self, key):
        return self._entries[key]

    def ties_of(self, number):
        """The ties that were given; a person for whom no joined one was is held together by one between every two records."""
        keys = set(self._people[number])
        given = [tie for tie in self._ties if {tie.one, tie.other} & keys]
        if any(one.verdict == "joined" and {one.one, one.other} <= keys for one in given):
            return given
        return [*given, *(tie(one, other) for one, other in combinations(self._people[number], 2))]

    def kin_of(self, number):
        return [
            Kinship(record=one.other, other=key, kind=one.kind, start=one.start, end=one.end)
            for key, entry in self._entries.items()
            for one in entry.record.relationships
            if one.other in self._people[number]
        ]

    def at_place(self, place):
        return [
            key
            for key, entry in self._entries.items()
            if any(place in places(home) for home in entry.record.addresses)
        ]

    def residents(self, address):
        wanted = set(places(address))
        return [
            key
            for key, entry in self._entries.items()
            if any(wanted & set(places(home)) for home in entry.record.addresses)
        ]


def entry(record, *reported, last=DAY):
    return Entry(record=record, first_reported="2026-01-01", last_reported=last, reported=reported)


def tie(one, other, verdict="joined", weight=20.0, **fields):
    return Tie(
        one=one,
        other=other,
        verdict=verdict,
        weight=weight,
        rule="E1",
        why=("the same NHS number",),
        **fields,
    )


@pytest.fixture
def made():
    """Make content and people: `made.people(content, rulings...)`, and the makers of their parts."""

    def people(content, *rulings, mask=Mask()):  # noqa: B008 - a frozen value
        return People(content, mask, Overlay.of(rulings) if rulings else NOTHING_DECIDED)

    return SimpleNamespace(
        content=Dictionary,
        people=people,
        record=record,
        reported=reported,
        entry=entry,
        tie=tie,
        ruling=ruling,
        feed=feed,
        now=NOW,
    )


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    """The published town of `town.py`, opened."""
    from tests.answer.town import published

    return published(tmp_path_factory.mktemp("town"))
