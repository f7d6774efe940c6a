"""What the police hold: people who were in an occurrence, with few health numbers, hasty spelling and many roles.

Their way of writing: family names in capitals, dates as DD/MM/YYYY, "NFA" for no fixed abode, Windows line ends.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from footprint.sample.delivery import Delivery, Sheet
from footprint.sample.dice import Dice
from footprint.sample.partners.habits import Habits
from footprint.sample.partners.held import Held
from footprint.sample.partners.ids import PNC_PRIME, Ids, pnc_id
from footprint.sample.partners.police_events import Investigated, Occurred, occurrences, told
from footprint.sample.partners.versions import Version, versions
from footprint.sample.rates import POLICE
from footprint.sample.timeline import Timeline
from footprint.sample.truth import Truth
from footprint.sample.world.blocks import Block
from footprint.sample.world.names import communities
from footprint.sample.world.people import Household, Person
from footprint.sample.world.places import Dwelling

PARTNER: Final = "police"
SCHEME: Final = "person-id"
PURPOSE: Final = 101

PERSONS: Final = (
    "person_id", "pnc_id", "surname", "forename1", "forename2", "dob", "sex", "ethnicity_self", "ethnicity_ic", "nhs_number",
    "mobile", "landline", "email", "protected", "warning",
)  # fmt: skip
ALIASES: Final = ("person_id", "surname", "forename1", "forename2", "dob")
ADDRESSES: Final = (
    "person_id", "flat", "building", "number", "street", "town", "postcode", "uprn", "kind", "from", "to", "protected",
)  # fmt: skip
RELATIONSHIPS: Final = ("person_id", "other_person_id", "relationship")
OCCURRENCES: Final = ("occurrence_ref", "person_id", "role", "category", "occurred_on", "team")
INVESTIGATIONS: Final = (
    "investigation_ref", "person_id", "role", "category", "opened_on", "closed_on", "officer_name", "officer_phone", "team",
)  # fmt: skip
ENGAGEMENTS: Final = ("engagement_ref", "person_id", "kind", "engaged_on", "officer_name", "team")

SELF_DEFINED: Final = 0.6
OBSERVED: Final = 0.55
PNC_SHARE: Final = 0.6
MARKED_PROTECTED: Final = 0.5
"""Share of the people in a refuge whose address the police have marked: the rest stand in the file like any other."""
RELATED: Final = 0.35
"""Share of pairs in one household whose relationship an officer has entered."""
QUIET: Final = 0.04
"""Adults on the system for something older than thirty-six months: a record, and nothing to say."""


Known = dict[int, tuple[Person, dt.date]]


def uk_date(day: dt.date | None) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}" if day else ""


class PoliceFeed:
    """Writes the police's seven files block by block."""

    def __init__(self, out: Path, timeline: Timeline, seed: int, truth: Truth) -> None:
        self._timeline, self._seed, self._truth = timeline, seed, truth
        self._habits = Habits(POLICE)
        self._ids, self._refs, self._cases = Ids(7_919_773), Ids(15_485_863), Ids(32_452_843)
        self._pnc = Ids(3_245_287, PNC_PRIME)
        self.delivery = Delivery(out, timeline, "police", PARTNER)

        def sheet(name: str, columns: tuple[str, ...]) -> Sheet:
            return self.delivery.sheet(f"{name}.csv", columns, bom=name == "persons", crlf=True)

        self.persons, self.aliases = sheet("persons", PERSONS), sheet("aliases", ALIASES)
        self.addresses, self.relationships = (
            sheet("addresses", ADDRESSES),
            sheet("relationships", RELATIONSHIPS),
        )
        self.occurrences, self.investigations = (
            sheet("occurrences", OCCURRENCES),
            sheet("investigations", INVESTIGATIONS),
        )
        self.engagements = sheet("engagements", ENGAGEMENTS)

    def block(self, block: Block) -> None:
        dice = Dice.seeded(self._seed, PURPOSE, block.number)
        happened = [event for home in block.households for event in occurrences(home, self._timeline, dice)]
        happened += told(block.people, self._timeline)
        since = self._known(block, happened, dice)
        suspects = {person.number for event in happened for person, role in event.people if role == "SUSPECT"}
        ids = {number: self._person(*found, dice, number in suspects) for number, found in since.items()}
        for event in happened:
            self._event(event, ids, dice)
        for home in block.households:
            self._relate(home, ids, since, dice)

    def _known(self, block: Block, happened: list[Occurred], dice: Dice) -> Known:
        """Return whom the police know, and since when: by person's number."""
        since: Known = {}
        for event in happened:
            for person, _role in event.people:
                known = since.get(person.number)
                if known is None or event.on < known[1]:
                    since[person.number] = (person, event.on)
        for person in block.people:
            if person.pieces is not None:
                if POLICE in person.pieces:
                    since.setdefault(person.number, (person, self._timeline.history))
            elif (
                person.number not in since
                and person.birth
                and "child" not in person.tags
                and dice.chance(QUIET)
            ):
                since[person.number] = (person, self._timeline.history)
        return since

    def _person(self, person: Person, since: dt.date, dice: Dice, suspect: bool) -> list[str]:
        """Write a person once, or now and then twice, and return the ids."""
        ids = []
        twice = person.pieces is None and dice.chance(self._habits.twice)
        pnc = (
            pnc_id(self._timeline.end.year - dice.below(12), self._pnc.next())
            if suspect and dice.chance(PNC_SHARE)
            else ""
        )
        for _ in range(1 + twice):
            found = versions(person, self._habits, dice, self._timeline, since)
            if found:
                number = self._ids.text("P")
                marked = person.protected and dice.chance(MARKED_PROTECTED)
                self._write(number, found, pnc, marked, dice)
                self._truth.record(PARTNER, SCHEME, number, found[-1].held)
                ids.append(number)
        return ids

    def _write(self, number: str, found: list[Version], pnc: str, marked: bool, dice: Dice) -> None:
        person = found[-1].held.person
        _, self_defined, observed = communities()[person.community]["ethnicity"]
        self_defined = self_defined if dice.chance(SELF_DEFINED) else "NS"
        observed = observed if dice.chance(OBSERVED) else ""
        flag = "Y" if marked else "N"
        for version in found:
            held = version.held
            self.persons.row(
                (
                    number, pnc, held.family.upper(), held.given, held.middle, uk_date(held.birth), held.sex or "U",
                    self_defined, observed, held.nhs, held.mobile, held.landline, held.email, flag, "none",
                ),
                version.first, version.last,
            )  # fmt: skip
            for row in address_rows(number, held, flag):
                self.addresses.row(row, version.first, version.last)
        for alias in person.aliases:
            self.aliases.row(
                (number, alias.family.upper(), alias.given, "", uk_date(alias.birth)), found[0].first
            )

    def _event(self, event: Occurred, ids: dict[int, list[str]], dice: Dice) -> None:
        reference = f"20/{self._refs.text()}/{event.on.year % 100:02}"
        first = self._timeline.seen(event.on)
        took_part = [
            (dice.pick(ids[person.number]), role) for person, role in event.people if ids.get(person.number)
        ]
        for number, role in took_part:
            if event.kind:
                row = (
                    f"ENG{self._refs.text()}",
                    number,
                    event.kind,
                    uk_date(event.on),
                    event.officer,
                    event.team,
                )
                self.engagements.row(row, first)
            else:
                self.occurrences.row(
                    (reference, number, role, event.category, uk_date(event.on), event.team), first
                )
        if event.case is not None:
            self._investigation(event, event.case, took_part)

    def _investigation(self, event: Occurred, case: Investigated, took_part: list[tuple[str, str]]) -> None:
        reference = f"20CR/{self._cases.text()}/{event.on.year % 100:02}"
        opened = event.on + dt.timedelta(days=case.after)
        for number, role in took_part:
            for closed, first, last in self._timeline.told(opened, case.closed):
                row = (reference, number, role, event.category, uk_date(opened), uk_date(closed))
                self.investigations.row((*row, case.officer, case.phone, event.team), first, last)

    def _relate(self, home: Household, ids: dict[int, list[str]], since: Known, dice: Dice) -> None:
        known = [person for person in home.people if ids.get(person.number)]
        for one in known:
            for other in known:
                said = relationship(one, other)
                if said and (one.pieces is not None or dice.chance(RELATED)):
                    first = self._timeline.seen(max(since[one.number][1], since[other.number][1]))
                    self.relationships.row((ids[one.number][0], ids[other.number][0], said), first)


def address_rows(number: str, held: Held, flag: str) -> list[tuple[str, ...]]:
    rows = []
    if held.home is not None:
        kind = "TEMP" if held.home.kind in {"hostel", "refuge"} else "HOME"
        marked = flag if held.home.kind == "refuge" else "N"
        rows.append((number, *parts(held.home), kind, uk_date(held.since), "", marked))
    elif not any(slip == "home:missing" for slip in held.slips):
        rows.append((number, "", "", "", "NFA", "", "", "", "TEMP", "", "", "N"))
    if held.left is not None:
        door, start, end = held.left
        rows.append((number, *parts(door), "OLD", uk_date(start), uk_date(end), "N"))
    return rows


def parts(door: Dwelling) -> tuple[str, ...]:
    return (door.flat, door.building, door.number, door.street, door.town, door.postcode, door.uprn)


def relationship(one: Person, other: Person) -> str:
    """Say what the first person is to the second, in the police's words, or nothing."""
    if one in (other.mother, other.father):
        return "MOTHER OF" if one.sex == "F" else "FATHER OF"
    if one.partner is other:
        return "PARTNER OF"
    if one.mother is not None and one.mother is other.mother and one.number < other.number:
        return "SIBLING OF"
    return ""
