"""What schools hold: every pupil on roll, by UPN, with parents to ring; one Common Transfer File and two CSVs a school.

Two suppliers' dialects of the file are written: they differ in element names and in how an address is given.
"""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Final

import msgspec

from footprint.sample.delivery import DailyFile, Delivery, Sheet
from footprint.sample.dice import Dice
from footprint.sample.partners.habits import Habits
from footprint.sample.partners.ids import duty_line
from footprint.sample.partners.pupil import DIALECTS, Dialect, Entry, pupil_element, school_head
from footprint.sample.partners.versions import Version, versions
from footprint.sample.rates import SCHOOLS
from footprint.sample.timeline import Timeline
from footprint.sample.truth import Truth
from footprint.sample.world.blocks import Block
from footprint.sample.world.people import Household, Person
from footprint.sample.world.schools import School

SCHEME: Final = "admission-number"
PURPOSE: Final = 303
ATTENDANCE: Final = ("upn", "admission_number", "from", "to", "sessions_possible", "sessions_missed")
EXCLUSIONS: Final = ("upn", "admission_number", "kind", "start_date", "sessions", "reason_code")
CONTACT: Final = ("laestab", "urn", "dsl_name", "dsl_phone", "hours", "fallback")

MISSED: Final = (0.042, 0.075, 0.13)
"""Mean share of sessions missed, by strain: about one pupil in six misses a tenth or more, as in England since 2023."""
SUSPENDED: Final = {"primary": (0.012, 0.05, 0.16), "secondary": (0.11, 0.4, 1.1), "special": (0.1, 0.3, 0.6)}
"""Mean number of suspensions in thirty-six months."""
EXCLUDED: Final = 0.02
"""Share of suspensions that are permanent exclusions."""
REASONS: Final = ("DB", "PP", "VA", "PA", "VP", "BU", "DM")
CHOICES: Final = 6
"""Numbers that a pupil's entry needs (which parents are listed ...), the same on every day."""

STILL_LISTED: Final = 0.6
"""Share of pupils who changed school and whom the old one lists still, with a leaving date."""
FIVE_YEARS: Final = dt.timedelta(days=5 * 365)
LEADS: Final = (
    "Mrs Hartwell",
    "Mr Osei",
    "Miss Gill",
    "Ms Rafiq",
    "Mr Pritchard",
    "Mrs Kovacs",
    "Miss Bannister",
    "Mr Dutton",
)


class Instance(msgspec.Struct):
    """One school's delivery and its files."""

    school: School
    delivery: Delivery
    roll: DailyFile
    attendance: Sheet
    exclusions: Sheet
    pupils: int = 0

    @property
    def dialect(self) -> Dialect:
        """How the school's supplier writes: every third school has another one."""
        return DIALECTS[int(self.school.estab) % 3 == 0]


class SchoolsFeed:
    """Writes the schools' files; a school's begin with its first pupil."""

    def __init__(self, out: Path, timeline: Timeline, seed: int, truth: Truth) -> None:
        self._out, self._timeline, self._seed, self._truth = out, timeline, seed, truth
        self._habits = Habits(SCHOOLS)
        self._instances: dict[str, Instance] = {}

    @property
    def count(self) -> int:
        return len(self._instances)

    def _instance(self, school: School) -> Instance:
        found = self._instances.get(school.laestab)
        if found is None:
            found = self._instances[school.laestab] = self._open(school)
        return found

    def _open(self, school: School) -> Instance:
        code = school.laestab
        delivery = Delivery(self._out, self._timeline, "schools", f"school-{code}", f"schools/{code}")
        roll = delivery.document(
            f"{code}_ctf.xml", lambda day: school_head(school, self._timeline.delivery_days[day], self._timeline),
            "    </CTFpupilData>\n</CTfile>\n",
        )  # fmt: skip
        instance = Instance(
            school, delivery, roll, delivery.sheet(f"{code}_attendance.csv", ATTENDANCE),
            delivery.sheet(f"{code}_exclusions.csv", EXCLUSIONS),
        )  # fmt: skip
        lead = int(school.urn)
        delivery.sheet(f"{code}_school.csv", CONTACT).row(
            (
                code,
                school.urn,
                LEADS[lead % len(LEADS)],
                duty_line(300 + lead),
                "08:00-16:30 on school days",
                "MASH 01632 960001",
            )
        )
        return instance

    def block(self, block: Block) -> None:
        dice = Dice.seeded(self._seed, PURPOSE, block.number)
        for home in block.households:
            for person in home.people:
                if (
                    person.left_school is not None
                    and person.left_school[0].sends
                    and dice.chance(STILL_LISTED)
                ):
                    self._former_pupil(home, person, *person.left_school, dice)
                if person.school is not None and person.school.sends and goes(person):
                    self._pupil(home, person, person.school, dice)

    def _pupil(self, home: Household, person: Person, school: School, dice: Dice) -> None:
        """Write a pupil on roll, since leaving the school before; now and then under two numbers."""
        since = person.left_school[1] if person.left_school else None
        found = versions(person, self._habits, dice, self._timeline, since)
        for _ in range(1 + (person.pieces is None and dice.chance(self._habits.twice))):
            if found:
                instance, number = self._enter(school, found)
                tape = dice.tape(CHOICES)
                for version in found:
                    entry = Entry(school, number, instance.dialect)
                    text = pupil_element(home, version.held, entry, self._timeline, Dice.playing(tape))
                    instance.roll.add(text, version.first, version.last)
                self._absences(home, person, instance, found[-1], number, dice)

    def _former_pupil(
        self, home: Household, person: Person, school: School, left: dt.date, dice: Dice
    ) -> None:
        """Write a pupil at the school before, at the address before; the day of leaving once it has come."""
        found = versions(person, self._habits, dice, self._timeline)
        if found[-1].held.home is not None and len(person.stays) > 1:
            found[-1].held.home = person.stays[-2].dwelling
        instance, number = self._enter(school, found)
        tape = dice.tape(CHOICES)
        for end, first, last in self._timeline.told(self._timeline.history, left):
            entry = Entry(school, number, instance.dialect, end)
            text = pupil_element(home, found[-1].held, entry, self._timeline, Dice.playing(tape))
            instance.roll.add(text, first, last)

    def _enter(self, school: School, found: list[Version]) -> tuple[Instance, str]:
        """Give a pupil an admission number at a school, and say in truth who it is."""
        instance = self._instance(school)
        instance.pupils += 1
        number = f"{int(school.urn) % 89 + 10}{instance.pupils:04}"
        self._truth.record(f"school-{school.laestab}", SCHEME, number, found[-1].held)
        return instance, number

    def _absences(
        self, home: Household, person: Person, instance: Instance, version: Version, number: str, dice: Dice
    ) -> None:
        piece = (person.pieces or {}).get(SCHOOLS)
        share = min(0.95, -math.log(1 - dice.unit()) * MISSED[home.strain])
        if piece is not None:
            share = next((fact.when / 100 for fact in piece.facts if fact.kind == "absent"), 0.02)
        for first, last, possible in terms(self._timeline):
            missed = round(possible * share)
            instance.attendance.row(
                (version.held.upn, number, first.isoformat(), last.isoformat(), possible, missed)
            )
        for on in self._suspensions(home, person, instance.school, dice):
            kind = "PERM" if dice.chance(EXCLUDED) else "SUSP"
            row = (version.held.upn, number, kind, on.isoformat(), 2 * dice.between(1, 5), dice.pick(REASONS))
            instance.exclusions.row(row, self._timeline.seen(on))

    def _suspensions(self, home: Household, person: Person, school: School, dice: Dice) -> list[dt.date]:
        """Return the days on which a pupil was suspended or excluded: school days, since the pupil was of school age."""
        piece = (person.pieces or {}).get(SCHOOLS)
        if piece is not None:
            return [self._timeline.ago(fact.when) for fact in piece.facts if fact.kind == "suspended"]
        mean = SUSPENDED[school.phase][home.strain]
        days = [school_day(self._timeline.event(dice)) for _ in range(dice.count(mean))]
        return [on for on in days if person.birth is not None and on >= person.birth + FIVE_YEARS]

    def flush(self) -> None:
        for instance in self._instances.values():
            instance.delivery.flush()

    def close(self) -> int:
        return sum(instance.delivery.close() for instance in self._instances.values())


def school_day(on: dt.date) -> dt.date:
    """Return the last school day up to a day, roughly: no weekends, no August."""
    if on.month == 8:
        on = on.replace(month=7, day=min(on.day, 15))
    return on - dt.timedelta(days=max(0, on.weekday() - 4))


def goes(person: Person) -> bool:
    """Say whether somebody is on a roll: in a storyline, only if it says so."""
    return person.pieces is None or SCHOOLS in person.pieces


def terms(timeline: Timeline) -> list[tuple[dt.date, dt.date, int]]:
    """Return the spans that attendance is given for: the last school year, and this one up to the last full month."""
    start = timeline.school_year
    found = [(start.replace(year=start.year - 1, day=2), dt.date(start.year, 7, 18), 380)]
    end = timeline.first.replace(day=1) - dt.timedelta(days=1)
    weeks = (end - start).days // 7
    if weeks >= 3:
        found.append((start.replace(day=2), end, weeks * 10))
    return found
