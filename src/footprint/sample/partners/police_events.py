"""What the police are called to: how often, to which households, and as what each person took part."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from footprint.sample.dice import Dice, Weighted
from footprint.sample.partners.ids import duty_line
from footprint.sample.rates import POLICE
from footprint.sample.timeline import Timeline
from footprint.sample.world.people import Household, Person

# Mean number in thirty-six months, for households with strain 0, 1 and 2.
DOMESTIC: Final = (0.014, 0.16, 0.85)
MISSING: Final = (0.004, 0.05, 0.30)  # for each child of eleven to seventeen
MISSING_IN_CARE: Final = {"home": 2.5, "foster": 0.6}
ADULT: Final = (0.14, 0.42, 1.1)  # any other occurrence, for each adult
YOUTH: Final = (0.05, 0.16, 0.6)  # the same for each child of ten to seventeen
CHILD_CONCERN: Final = (0.006, 0.07, 0.35)
PROTECTION: Final = (0.0, 0.004, 0.045)
ENGAGED: Final = (0.012, 0.04, 0.12)
SCHOOLS_OFFICER: Final = 0.03
INVESTIGATED: Final = 0.3
STILL_OPEN: Final = 0.3

ROLES: Final = Weighted(
    ("VICTIM", "WITNESS", "SUSPECT", "REPORTING", "INVOLVED"), (0.43, 0.18, 0.22, 0.11, 0.06)
)
CATEGORIES: Final = Weighted(("VIOLENCE", "ASB", "OTHER", "CUSTODY"), (0.27, 0.25, 0.42, 0.06))
TEAMS: Final = (
    "Aldermarch Response",
    "Saltersford Response",
    "Netherbrook Neighbourhood",
    "Vulnerability Hub",
)
CASE_TEAMS: Final = {
    "DOMESTIC": "Domestic Abuse Team",
    "CHILD CONCERN": "Child Abuse Investigation",
    "VIOLENCE": "Local CID",
}
OFFICERS: Final = (
    "PC Hollis", "PC Adeyemi", "DC Marsh", "DC Sandhu", "PC Whitlock", "DS Okafor", "PC Rahman", "DC Price", "PC Nowak",
    "PC Begum", "DS Carver",
)  # fmt: skip

Part = tuple[Person, str]


class Investigated(msgspec.Struct, frozen=True):
    """An investigation opened `after` so many days; `closed` is None while it is open."""

    after: int
    closed: dt.date | None
    officer: str
    phone: str


class Occurred(msgspec.Struct, frozen=True):
    """One occurrence and who was in it; `kind` is set for an engagement, which is no occurrence."""

    on: dt.date
    category: str
    people: tuple[Part, ...]
    team: str
    case: Investigated | None = None
    kind: str = ""
    officer: str = ""


def occurrences(home: Household, timeline: Timeline, dice: Dice) -> list[Occurred]:
    """Return everything of thirty-six months that a household had to do with the police (storylines: see `told`)."""
    if any(person.pieces is not None for person in home.people):
        return []
    found: list[Occurred] = []
    children = [person for person in home.children(timeline.end) if person.birth is not None]
    adults = [person for person in home.people if person.birth is not None and person not in children]
    _domestic(home, adults, children, timeline, dice, found)
    for child in children:
        _child(home, child, adults, timeline, dice, found)
    for adult in adults:
        for _ in range(dice.count(ADULT[home.strain])):
            _any(found, adult, timeline, dice)
        if dice.chance(ENGAGED[home.strain]):
            _engage(found, "NEIGHBOURHOOD", adult, timeline, dice)
    return found


def _domestic(
    home: Household,
    adults: list[Person],
    children: list[Person],
    timeline: Timeline,
    dice: Dice,
    found: list[Occurred],
) -> None:
    """Add domestic abuse: between partners, or former ones; most children of the house are entered as present."""
    pairs = [(one, one.partner) for one in adults if one.partner is not None and one.sex == "F"]
    pairs += [(one, other) for one, kind, other in home.relatives if kind == "former-partner"]
    if not pairs:
        return
    for _ in range(dice.count(DOMESTIC[home.strain])):
        victim, suspect = dice.pick(pairs)
        if dice.chance(0.24):
            victim, suspect = suspect, victim
        present = [(child, "CHILD PRESENT") for child in children if dice.chance(0.8)]
        _add(found, "DOMESTIC", [(victim, "VICTIM"), (suspect, "SUSPECT"), *present], timeline, dice)


def _child(
    home: Household,
    child: Person,
    adults: list[Person],
    timeline: Timeline,
    dice: Dice,
    found: list[Occurred],
) -> None:
    age = timeline.age(child.birth) if child.birth else 0
    reporting = [(adults[0], "REPORTING")] if adults and dice.chance(0.6) else []
    if age >= 11:
        for _ in range(dice.count(MISSING_IN_CARE.get(child.care, MISSING[home.strain]))):
            _add(found, "MISSING", [(child, "MISSING"), *reporting], timeline, dice)
    if age >= 10:
        for _ in range(dice.count(YOUTH[home.strain])):
            _any(found, child, timeline, dice)
    for _ in range(dice.count(CHILD_CONCERN[home.strain])):
        _add(found, "CHILD CONCERN", [(child, "VICTIM"), *reporting], timeline, dice)
    if dice.chance(PROTECTION[home.strain]):
        _add(found, "POLICE PROTECTION", [(child, "VICTIM")], timeline, dice)
    if child.school is not None and child.school.phase == "secondary" and dice.chance(SCHOOLS_OFFICER):
        _engage(found, "SCHOOLS OFFICER", child, timeline, dice)


def _any(found: list[Occurred], person: Person, timeline: Timeline, dice: Dice) -> None:
    """Add an occurrence of any other kind; whoever is in custody is there as a suspect."""
    category, role = dice.weighted(CATEGORIES), dice.weighted(ROLES)
    _add(found, category, [(person, "SUSPECT" if category == "CUSTODY" else role)], timeline, dice)


def _add(found: list[Occurred], category: str, people: list[Part], timeline: Timeline, dice: Dice) -> None:
    """Add an occurrence; nobody is in one before being born or after having died."""
    on = timeline.event(dice)
    alive = tuple(part for part in people if here(part[0], on))
    if not alive:
        return
    case = None
    if category in CASE_TEAMS and dice.chance(INVESTIGATED):
        closed = None if dice.chance(STILL_OPEN) else on + dt.timedelta(days=dice.between(30, 400))
        line = dice.below(len(OFFICERS))
        closed = closed if closed is None or closed <= timeline.end else None
        case = Investigated(dice.below(4), closed, OFFICERS[line], duty_line(100 + line))
    team = CASE_TEAMS.get(category, dice.pick(TEAMS)) if case else dice.pick(TEAMS)
    found.append(Occurred(on, category, alive, team, case))


def _engage(found: list[Occurred], kind: str, person: Person, timeline: Timeline, dice: Dice) -> None:
    on = timeline.event(dice)
    if here(person, on):
        team = "Schools Officers" if kind == "SCHOOLS OFFICER" else "Netherbrook Neighbourhood"
        found.append(Occurred(on, "", ((person, ""),), team, None, kind, dice.pick(OFFICERS)))


def here(person: Person, on: dt.date) -> bool:
    """Say whether somebody was born, and had not died, on a day."""
    return person.birth is not None and person.birth <= on and (person.death is None or person.death >= on)


def told(people: list[Person], timeline: Timeline) -> list[Occurred]:
    """Return what storylines say of people: facts with one reference are one occurrence."""
    together: dict[str, list[tuple[Person, str, str, int, int | None]]] = {}
    for person in people:
        piece = (person.pieces or {}).get(POLICE)
        for place, fact in enumerate(piece.facts if piece else ()):
            key = fact.ref or f"{person.number}-{place}"
            together.setdefault(key, []).append((person, fact.role, fact.kind, fact.when, fact.end))
    found = []
    for parts in together.values():
        _, _, kind, when, end = parts[0]
        took_part = tuple((person, role) for person, role, *_ in parts)
        on = timeline.ago(when)
        if kind in {"NEIGHBOURHOOD", "SCHOOLS OFFICER"}:
            found.append(Occurred(on, "", took_part, "Schools Officers", None, kind, OFFICERS[0]))
            continue
        case = None
        if kind.startswith("CASE "):
            kind = kind.removeprefix("CASE ")
            closed = timeline.ago(end) if end is not None else None
            case = Investigated(1, closed, OFFICERS[2], duty_line(102))
        team = CASE_TEAMS.get(kind, TEAMS[0]) if case else TEAMS[0]
        found.append(Occurred(on, kind, took_part, team, case))
    return found
