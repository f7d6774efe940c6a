"""What the acute trust holds: attendances at A&E, each with the patient as registered; nearly all with an NHS number.

Its way of writing: plain letters only, an address in three lines, no middle name.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Final

from anyascii import anyascii

from footprint.sample.delivery import Delivery
from footprint.sample.dice import Dice, Weighted
from footprint.sample.partners.habits import Habits
from footprint.sample.partners.held import Held
from footprint.sample.partners.ids import Ids
from footprint.sample.partners.versions import versions
from footprint.sample.rates import ACUTE
from footprint.sample.timeline import Timeline
from footprint.sample.truth import Truth
from footprint.sample.world.blocks import Block
from footprint.sample.world.people import Household, Person
from footprint.sample.world.places import Dwelling

PARTNER: Final = "acute-trust"
SCHEME: Final = "patient-id"
PURPOSE: Final = 404
COLUMNS: Final = (
    "attendance_id", "patient_id", "nhs_number", "family_name", "given_name", "date_of_birth", "sex", "address_1", "address_2",
    "address_3", "postcode", "telephone", "gp_practice", "arrived_at", "site", "disposal",
)  # fmt: skip
SITES: Final = Weighted(("RZZ01", "RZZ02"), (0.7, 0.3))
DISPOSALS: Final = Weighted(("STREATED", "ADMITTED", "DNW", "WNB"), (0.76, 0.17, 0.06, 0.01))
BY_AGE: Final = ((75, 0.85), (65, 0.5), (16, 0.36), (5, 0.33), (0, 0.62))
"""Attendances a person makes in a year, by age from which: about one resident in four comes at least once."""
BY_STRAIN: Final = (0.9, 1.3, 1.9)
OVER_HISTORY: Final = 1 / 0.6
"""Attendances of thirty-six months for one of the last twelve (see `Timeline.event`)."""
BABY_NAMES: Final = ("Baby", "Baby Boy", "Baby Girl", "Infant")
UNNAMED_DAYS: Final = 42
UNNAMED: Final = 0.5
"""Share of children under six weeks whom the trust knows as "Baby" with the mother's family name."""
SEXES: Final = {"M": "1", "F": "2", "": "0"}
LATE_DAY: Final = 9
"""With ten or more delivery days, the delivery of this day does not come; the next one says what it would have said."""


class AcuteFeed:
    """Writes the attendances block by block."""

    def __init__(self, out: Path, timeline: Timeline, seed: int, truth: Truth) -> None:
        self._timeline, self._seed, self._truth = timeline, seed, truth
        self._habits = Habits(ACUTE)
        self._patients, self._visits = Ids(86_028_121), Ids(22_801_763)
        late = frozenset({LATE_DAY}) if timeline.days > LATE_DAY + 1 else frozenset[int]()
        self.delivery = Delivery(out, timeline, "acute", PARTNER, missed=late)
        self._sheet = self.delivery.sheet("ae_attendances.csv", COLUMNS)

    def block(self, block: Block) -> None:
        dice = Dice.seeded(self._seed, PURPOSE, block.number)
        for home in block.households:
            for person in home.people:
                visits = self._visits_of(home, person, dice)
                if visits:
                    self._patient(person, visits, dice)

    def _visits_of(self, home: Household, person: Person, dice: Dice) -> list[tuple[dt.date, str]]:
        """Return the days on which somebody came, and how each visit ended."""
        if person.pieces is not None:
            piece = person.pieces.get(ACUTE)
            return (
                [(self._timeline.ago(fact.when), fact.role or "STREATED") for fact in piece.facts]
                if piece
                else []
            )
        if person.birth is None:
            return []
        age = self._timeline.age(person.birth)
        yearly = next(mean for low, mean in BY_AGE if age >= low) * BY_STRAIN[home.strain]
        days = [self._timeline.event(dice) for _ in range(dice.count(yearly * OVER_HISTORY))]
        return [
            (on, dice.weighted(DISPOSALS))
            for on in sorted(days)
            if on >= person.birth and (person.death is None or on <= person.death)
        ]

    def _patient(self, person: Person, visits: list[tuple[dt.date, str]], dice: Dice) -> None:
        """Write a patient's visits, now and then under two patient ids, the second without the NHS number."""
        twice = person.pieces is None and len(visits) > 1 and dice.chance(self._habits.twice)
        cut = dice.between(1, len(visits) - 1) if twice else len(visits)
        baby = dice.pick(BABY_NAMES) if dice.chance(UNNAMED) else ""
        for place, part in enumerate((visits[:cut], visits[cut:])):
            if not part:
                continue
            found = versions(person, self._habits, dice, self._timeline, part[0][0])
            number = self._patients.text()
            for version in found:
                if place:
                    version.held.nhs = ""
                if baby:
                    self._unnamed(version.held, baby)
            said = [
                (self._visits.text("AE"), on, at_time(dice), dice.weighted(SITES), how) for on, how in part
            ]
            for version in found:
                common = patient_fields(version.held, person.gp)
                for visit, on, at, site, how in said:
                    row = (visit, number, *common, f"{on.isoformat()}T{at}", site, how)
                    self._sheet.row(row, max(version.first, self._timeline.seen(on)), version.last)
            if found and self._timeline.seen(part[0][0]) <= self._timeline.last:
                self._truth.record(PARTNER, SCHEME, number, found[-1].held)

    def _unnamed(self, held: Held, word: str) -> None:
        """Take the given name off a newborn's record."""
        person = held.person
        if person.birth is None or person.mother is None or person.pieces is not None:
            return
        if (self._timeline.end - person.birth).days <= UNNAMED_DAYS:
            held.given, held.middle, held.family = word, "", person.mother.family
            held.slips.append("given:baby")


def at_time(dice: Dice) -> str:
    return f"{dice.below(24):02}:{dice.below(60):02}:00"


def patient_fields(held: Held, practice: str) -> tuple[str, ...]:
    """Return the columns that say who the patient is."""
    family, given = held.family or held.given, held.given if held.family else ""
    lines = address_lines(held.home) if held.home else ("", "", "")
    return (
        held.nhs, plain(family), plain(given), held.birth.isoformat() if held.birth else "", SEXES.get(held.sex, "9"),
        *lines, held.home.postcode if held.home else "", held.mobile or held.landline, practice,
    )  # fmt: skip


@lru_cache(maxsize=65_536)
def plain(name: str) -> str:
    """Return a name in the letters that the trust's system can hold."""
    return name if name.isascii() else anyascii(name)


def address_lines(door: Dwelling) -> tuple[str, str, str]:
    """Return an address in three lines, as typed from left to right."""
    street = f"{door.number} {door.street}".strip()
    lines = [", ".join(part for part in (door.flat, door.building) if part), street, door.town]
    said = [line for line in lines if line]
    return said[0], said[1] if len(said) > 1 else "", said[2] if len(said) > 2 else ""
