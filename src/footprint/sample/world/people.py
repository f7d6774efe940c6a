"""People as they truly are, and the households in which they live."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from footprint.sample.world.places import Dwelling
from footprint.sample.world.schools import School


class Stay(msgspec.Struct, frozen=True):
    """That somebody lives behind a door from a day on; `end` is None while they do."""

    dwelling: Dwelling
    start: dt.date
    end: dt.date | None = None


class Former(msgspec.Struct, frozen=True):
    """A family name that somebody had until a day: by birth (`maiden`) or before another change (`old`)."""

    family: str
    until: dt.date
    use: str = "maiden"


class Alias(msgspec.Struct, frozen=True):
    """A name, and perhaps a birthday, that somebody also gives."""

    given: str
    family: str
    birth: dt.date | None = None


class Fact(msgspec.Struct, frozen=True):
    """One thing that a partner had to do with somebody of a storyline.

    `kind` is the partner's own word for it (a police category, a social care step, `ATTENDED` at the hospital). `when` and
    `end` are days before the last day. Facts with the same `ref` are one occurrence, in which people have different roles.
    """

    kind: str
    when: int
    role: str = ""
    end: int | None = None
    ref: str = ""


class Piece(msgspec.Struct, frozen=True):
    """What one partner holds of somebody of a storyline: `says` replaces parts of the truth, the rest is as it is."""

    facts: tuple[Fact, ...] = ()
    says: dict[str, Any] = {}


class Person(msgspec.Struct, eq=False):
    """One human being. `birth` is None for the unborn, who have `expected`.

    `stays` run from the oldest to the present one; empty means no fixed abode. `recorded_birth` is what the Home Office
    wrote. `pieces` holds, for people of a storyline, what each partner is to say of them; all else is then left out.
    """

    number: int
    given: str
    middle: str
    family: str
    sex: str
    community: str
    birth: dt.date | None = None
    expected: dt.date | None = None
    death: dt.date | None = None
    known_as: str = ""
    former: list[Former] = []
    aliases: list[Alias] = []
    stays: list[Stay] = []
    nhs: str = ""
    old_nhs: str = ""
    upn: str = ""
    former_upn: str = ""
    mobile: str = ""
    landline: str = ""
    email: str = ""
    gp: str = ""
    school: School | None = None
    left_school: tuple[School, dt.date] | None = None
    mother: Person | None = None
    father: Person | None = None
    partner: Person | None = None
    twin: Person | None = None
    recorded_birth: dt.date | None = None
    protected: bool = False
    care: str = ""
    tags: list[str] = []
    pieces: dict[str, Piece] | None = None

    @property
    def home(self) -> Dwelling | None:
        return self.stays[-1].dwelling if self.stays else None

    @property
    def id(self) -> str:
        return f"p{self.number:08}"


class Household(msgspec.Struct, eq=False):
    """Those who share a front door. `shape` is a key of `households.SHAPES` or of `institutions.PLACES`.

    `strain` says how much the household has to do with services: 0 (most), 1 or 2.
    """

    shape: str
    community: str
    block: int
    people: list[Person] = []
    strain: int = 0
    relatives: list[tuple[Person, str, Person]] = []

    def children(self, on: dt.date) -> list[Person]:
        """Return those under eighteen on a day, the unborn among them."""
        return [person for person in self.people if person.birth is None or full_years(person.birth, on) < 18]


def full_years(birth: dt.date, on: dt.date) -> int:
    """Return the age in full years on a day."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
