"""What children's social care holds: the Standard Safeguarding Dataset of children who were referred, and their parents.

Their way of writing: names as said at the time, ISO datetimes, addresses as JSON, identifiers in a table of their own.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Final

from footprint.sample.delivery import Delivery
from footprint.sample.dice import Dice
from footprint.sample.partners.cin_census import CensusFeed
from footprint.sample.partners.habits import TAPE, Habits
from footprint.sample.partners.held import hold
from footprint.sample.partners.ids import Ids
from footprint.sample.partners.social_care_events import Journey, journeys
from footprint.sample.partners.social_care_rows import Workers, stamp, write_journey
from footprint.sample.partners.ssd_tables import TABLES
from footprint.sample.partners.versions import Version, versions
from footprint.sample.rates import SOCIAL_CARE
from footprint.sample.timeline import Timeline
from footprint.sample.truth import Truth
from footprint.sample.world.blocks import Block
from footprint.sample.world.names import communities
from footprint.sample.world.people import Household, Person
from footprint.sample.world.places import Dwelling

PARTNER: Final = "childrens-social-care"
SCHEME: Final = "la-child-id"
PURPOSE: Final = 202
FATHER_KNOWN: Final = 0.65
MARKED_RESTRICTED: Final = 0.6
"""Share of the people in a refuge whose address the council has marked."""
FORMER_UPN_KNOWN: Final = 0.5
NAMED_AFTER_DAYS: Final = (5, 55)
"""A child known before birth is given its name and birthday in the council's system so many days after the birth."""
KINDS: Final = {"foster": "PLACEMENT", "home": "PLACEMENT", "hostel": "TEMP", "refuge": "TEMP"}
UNBORN_WORDS: Final = ("Unborn", "Baby", "Unborn Baby")

Ids_ = dict[int, list[str]]


class SocialCareFeed:
    """Writes the council's nineteen tables block by block, and hands children in need to the census."""

    def __init__(
        self, out: Path, timeline: Timeline, seed: int, truth: Truth, census: CensusFeed, residents: int
    ) -> None:
        self._timeline, self._seed, self._truth, self._census = timeline, seed, truth, census
        self._habits = Habits(SOCIAL_CARE)
        self._ids, self._row_ids = Ids(49_979_687), Ids(67_867_967)
        self.delivery = Delivery(out, timeline, "childrens-social-care", PARTNER)
        self.sheets = {name: self.delivery.sheet(f"{name}.csv", fields) for name, fields in TABLES.items()}
        self._workers = Workers(Dice.seeded(seed, PURPOSE), residents)
        self._workers.write(self.sheets)

    def block(self, block: Block) -> None:
        dice = Dice.seeded(self._seed, PURPOSE, block.number)
        for home in block.households:
            found = journeys(home, self._timeline, dice)
            if found:
                self._household(home, found, dice)

    def _household(self, home: Household, found: list[Journey], dice: Dice) -> None:
        family = self._row_ids.text("F")
        ids: Ids_ = {}
        worker = self._workers.for_block(home.block, dice)
        for journey in found:
            numbers = self._person(home, journey.person, journey.since, dice)
            ids[journey.person.number] = numbers
            for number in numbers[:1]:
                write_journey(self.sheets, self._timeline, journey, number, worker, self._row_ids)
                self._census.child(journey, number, dice)
        first = min(journey.since for journey in found)
        self._parents(home, found, ids, first, dice)
        for numbers in ids.values():
            for number in numbers:
                self.sheets["ssd_family"].row(
                    (self._row_ids.text(), family, number), self._timeline.seen(first)
                )

    def _parents(self, home: Household, found: list[Journey], ids: Ids_, first: dt.date, dice: Dice) -> None:
        """Write each child's mother, and its father where the worker entered him."""
        for journey in found:
            child = journey.person
            for parent in (child.mother, child.father):
                if (
                    parent is None
                    or parent.number in ids
                    or (parent.pieces is not None and SOCIAL_CARE not in parent.pieces)
                ):
                    continue
                if parent.pieces is not None or parent is child.mother or dice.chance(FATHER_KNOWN):
                    ids[parent.number] = self._person(home, parent, first, dice)
            mothers = ids.get(child.mother.number, []) if child.mother else []
            for number in ids[child.number][:1]:
                for mother in mothers[:1]:
                    row = (self._row_ids.text(), mother, number, stamp(child.birth) if child.birth else "")
                    self.sheets["ssd_mother"].row(row, self._timeline.seen(journey.since))

    def _person(self, home: Household, person: Person, since: dt.date, dice: Dice) -> list[str]:
        """Write a person once, or now and then twice, and return the ids."""
        ids = []
        twice = person.pieces is None and dice.chance(self._habits.twice)
        for _ in range(1 + twice):
            found = self._versions(person, since, dice)
            if found:
                number = f"{self._ids.next()}"
                self._write(home, number, found, dice)
                self._truth.record(PARTNER, SCHEME, number, found[-1].held)
                ids.append(number)
        return ids

    def _versions(self, person: Person, since: dt.date, dice: Dice) -> list[Version]:
        """Return the record over the days; a child known before birth stays "unborn" until somebody enters the birth."""
        found = versions(person, self._habits, dice, self._timeline, since)
        if person.birth is None or person.pieces is not None or since >= person.birth or not found:
            return found
        named = self._timeline.seen(person.birth + dt.timedelta(days=dice.between(*NAMED_AFTER_DAYS)))
        if found[0].first >= named:
            return found
        before = hold(person, self._habits, [0.5] * TAPE, person.birth - dt.timedelta(days=1))
        before.slips.append("birth:not-yet-entered")
        unborn = Version(before, found[0].first, min(named - 1, self._timeline.last))
        later = [
            Version(version.held, max(version.first, named), version.last)
            for version in found
            if version.last >= named
        ]
        return [unborn, *later]

    def _write(self, home: Household, number: str, found: list[Version], dice: Dice) -> None:
        person = found[-1].held.person
        ethnicity = communities()[person.community]["ethnicity"][0] if dice.chance(0.9) else "NOBT"
        restricted = person.protected and dice.chance(MARKED_RESTRICTED)
        word, former = dice.pick(UNBORN_WORDS), dice.chance(FORMER_UPN_KNOWN)
        parent = any(other.mother is person for other in home.people)
        for version in found:
            held, first, last = version.held, version.first, version.last
            given = held.given or (word if held.birth is None else "")
            self.sheets["ssd_person"].row(
                (
                    number, given, held.family, held.sex or "U", "", ethnicity, stamp(held.birth), "", "",
                    "UN3" if not held.upn and person.school else "", "N", stamp(held.expected), stamp(self._death(person, last)),
                    "Y" if parent and person.sex == "F" else "N", "",
                ),
                first, last,
            )  # fmt: skip
            self._addresses(number, version, restricted=restricted)
            self._identifiers(number, version, former=former)

    def _death(self, person: Person, day: int) -> dt.date | None:
        return person.death if person.death and self._timeline.seen(person.death) <= day else None

    def _addresses(self, number: str, version: Version, *, restricted: bool) -> None:
        held, sheet = version.held, self.sheets["ssd_address"]
        row_id = f"A{number}"
        if held.home is not None:
            kind = (
                "RESTRICTED"
                if restricted and held.home.kind == "refuge"
                else KINDS.get(held.person.care) or KINDS.get(held.home.kind, "HOME")
            )
            row = (
                f"{row_id}-1",
                address_json(held.home),
                number,
                kind,
                stamp(held.since),
                "",
                held.home.postcode,
            )
            sheet.row(row, version.first, version.last)
        if held.left is not None:
            door, start, end = held.left
            row = (f"{row_id}-2", address_json(door), number, "OLD", stamp(start), stamp(end), door.postcode)
            sheet.row(row, version.first, version.last)

    def _identifiers(self, number: str, version: Version, *, former: bool) -> None:
        held, person = version.held, version.held.person
        said = [("NHS Number", held.nhs), ("Unique Pupil Number", held.upn)]
        if person.former_upn and former:
            said.append(("Former Unique Pupil Number", person.former_upn))
        for place, (kind, value) in enumerate(said):
            if value:
                row = (f"L{number}-{place}", number, kind, value, "", "")
                self.sheets["ssd_linked_identifiers"].row(row, version.first, version.last)


def address_json(door: Dwelling) -> str:
    """Return an address as the dataset's JSON: all ten keys, empty where not known."""
    said = {
        "ROOM": "", "FLOOR": "", "FLAT": door.flat, "BUILDING": door.building, "HOUSE": door.number, "STREET": door.street,
        "TOWN": door.town, "UPRN": door.uprn, "EASTING": "", "NORTHING": "",
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False)
