"""What one partner believes about one person: the truth, as far as it was told, with the slips that `rates.py` allows.

A record's slips are drawn once, on a tape; played again for another day they are the same, so a record changes between
deliveries only when the person's life, or the partner's knowledge of it, did.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

import msgspec

from footprint.sample import slips
from footprint.sample.dice import Dice
from footprint.sample.partners.habits import (
    AT_BIRTH,
    AT_EMAIL,
    AT_HOME,
    AT_LANDLINE,
    AT_MOBILE,
    AT_NHS,
    AT_NHS_SLIP,
    AT_OLD,
    AT_OLD_PHONE,
    AT_PARENT,
    AT_POSTCODE,
    AT_SEX,
    AT_UPN,
    AT_UPN_SLIP,
    AT_UPRN,
    SPARE,
    Habits,
    kind_at,
    learnt_after,
)
from footprint.sample.partners.named import names
from footprint.sample.world.numbers import UPN_LETTERS, upn_check
from footprint.sample.world.people import Person, full_years
from footprint.sample.world.places import Dwelling

OLD_HOME_DAYS: Final = 1095
"""Until so long after a move, a record may still have the old address."""


class Held(msgspec.Struct):
    """One record's content before the partner's own way of writing. `home` is None where no address is known.

    `left` is the address before, where the partner knows that it ended. `slips` name what went wrong, as "field:slip".
    """

    person: Person
    given: str
    middle: str
    family: str
    sex: str
    birth: dt.date | None
    expected: dt.date | None = None
    home: Dwelling | None = None
    since: dt.date | None = None
    left: tuple[Dwelling, dt.date, dt.date] | None = None
    nhs: str = ""
    upn: str = ""
    mobile: str = ""
    landline: str = ""
    email: str = ""
    slips: list[str] = []


def hold(person: Person, habits: Habits, tape: list[float], on: dt.date, *, careful: bool = False) -> Held:
    """Return what a partner believes on a day. `careful` leaves out every slip: the record has been put right."""
    birth = person.birth if person.birth and person.birth <= on else None
    held = Held(person, person.given, person.middle, person.family, person.sex, birth)
    dice = Dice.playing(tape[SPARE:])
    unborn = birth is None
    held.given, held.middle, held.family, held.slips = names(
        person, habits, tape, dice, on, careful=careful or unborn
    )
    if unborn:
        held.given, held.middle, held.sex = "", "", ""
        held.expected = person.expected or person.birth
    _birth(held, habits, tape, dice, careful)
    _home(held, habits, tape, dice, on, careful)
    _numbers(held, habits, tape, dice, on, careful)
    _contacts(held, habits, tape)
    return held


DATE_SLIPS: Final[dict[str, Callable[[dt.date, Dice], dt.date]]] = {
    "day-and-month": slips.day_and_month,
    "digit": slips.one_digit,
    "year": slips.one_year,
}


def _birth(held: Held, habits: Habits, tape: list[float], dice: Dice, careful: bool) -> None:
    birth = held.birth
    if birth is None or careful:
        return
    slip = kind_at(habits.birth, tape[AT_BIRTH])
    if slip == "missing":
        held.birth = None
    elif slip == "year-only":
        held.birth = dt.date(birth.year, 1, 1)
    elif slip == "home-office":
        held.birth = held.person.recorded_birth or birth
    elif slip:
        held.birth = DATE_SLIPS[slip](birth, dice)
    if held.birth != birth:
        held.slips.append(f"birth:{slip}")
    wrong = kind_at(habits.sex, tape[AT_SEX])
    if wrong:
        held.sex = "" if wrong == "missing" else ("F" if held.sex == "M" else "M")
        held.slips.append(f"sex:{wrong}")


def _home(held: Held, habits: Habits, tape: list[float], dice: Dice, on: dt.date, careful: bool) -> None:
    """Choose among the addresses that the person has had by then; then write it a little wrong."""
    known = [
        stay for stay in held.person.stays if stay.start + learnt_after(tape) <= on
    ] or held.person.stays[:1]
    if not known:
        return
    stay = known[-1]
    if stay is not held.person.stays[-1]:
        held.slips.append("home:not-yet-learnt")
    stale = (
        len(known) > 1
        and (on - stay.start).days < OLD_HOME_DAYS
        and tape[AT_OLD] < habits.old_home
        and not careful
    )
    if stale:
        stay = known[-2]
        held.slips.append("home:old")
    elif len(known) > 1:
        held.left = (known[-2].dwelling, known[-2].start, known[-1].start)
    if stay.end is not None and stay is held.person.stays[-1]:
        held.left = (stay.dwelling, stay.start, stay.end)
        return
    held.home, held.since = stay.dwelling, stay.start
    changes: dict[str, Any] = {}
    if not careful:
        changes = _slip_home(held, stay.dwelling, habits, tape, dice)
    if stay.dwelling.uprn and tape[AT_UPRN] >= habits.uprn:
        changes["uprn"] = ""
    if changes and held.home is not None:
        held.home = msgspec.structs.replace(stay.dwelling, **changes)


def _slip_home(held: Held, door: Dwelling, habits: Habits, tape: list[float], dice: Dice) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    slip = kind_at(habits.home, tape[AT_HOME])
    if slip == "missing":
        held.home = held.since = None
        held.slips.append("home:missing")
        return changes
    if slip == "flat-missing" and door.flat:
        changes["flat"] = ""
    elif slip == "flat-wrong" and door.flat[-1:].isdigit():
        changes["flat"] = f"Flat {dice.between(1, 12)}"
    elif slip == "number-wrong" and door.number.isdigit():
        changes["number"] = str(int(door.number) + dice.pick((1, 2, 10)))
    elif slip == "street-typo":
        changes["street"] = slips.typo(door.street, dice)
    if changes:
        changes["uprn"] = ""
        held.slips.append(f"home:{slip}")
    wrong = kind_at(habits.postcode, tape[AT_POSTCODE])
    if wrong:
        changes["postcode"] = "" if wrong == "missing" else slips.postcode(door.postcode, dice)
        held.slips.append(f"postcode:{wrong}")
    return changes


def _numbers(held: Held, habits: Habits, tape: list[float], dice: Dice, on: dt.date, careful: bool) -> None:
    person = held.person
    if person.birth is None or person.birth > on:
        return
    age = full_years(person.birth, on)
    if person.nhs and tape[AT_NHS] < (habits.nhs_child if age < 18 else habits.nhs_adult):
        slip = "" if careful else kind_at(habits.nhs_slips, tape[AT_NHS_SLIP])
        held.nhs = slipped_nhs(person, slip, age, dice)
        if held.nhs != person.nhs:
            held.slips.append(f"nhs:{slip}")
    if person.upn and tape[AT_UPN] < habits.upn:
        slip = "" if careful else kind_at(habits.upn_slips, tape[AT_UPN_SLIP])
        held.upn = {"figures": slips.figures(person.upn, dice), "temporary": temporary_upn(person.upn)}.get(
            slip, person.upn
        )
        if slip:
            held.slips.append(f"upn:{slip}")


def slipped_nhs(person: Person, slip: str, age: int, dice: Dice) -> str:
    """Return the NHS number as held: wrong in its figures, the one before, or the mother's on a child under one."""
    if slip == "figures":
        return slips.figures(person.nhs, dice)
    if slip == "superseded" and person.old_nhs:
        return person.old_nhs
    if slip == "mothers" and age < 1 and person.mother is not None and person.mother.nhs:
        return person.mother.nhs
    return person.nhs


def temporary_upn(upn: str) -> str:
    """Return the temporary number of the same serial: a letter for its last figure, and the check letter that fits."""
    twelve = upn[1:12] + UPN_LETTERS[int(upn[12])]
    return upn_check(twelve) + twelve


def _contacts(held: Held, habits: Habits, tape: list[float]) -> None:
    person = held.person
    if person.mobile and tape[AT_MOBILE] < habits.mobile:
        held.mobile = person.mobile
        if tape[AT_OLD_PHONE] < habits.old_phone:
            held.mobile = f"072{int(tape[AT_OLD_PHONE] * 1e8 / max(habits.old_phone, 1e-9)) % 10**8:08}"
            held.slips.append("mobile:old")
    elif not person.mobile and tape[AT_PARENT] < habits.parents_mobile:
        parent = person.mother or person.father
        held.mobile = parent.mobile if parent is not None else ""
    if person.landline and tape[AT_LANDLINE] < habits.landline:
        held.landline = person.landline
    if person.email and tape[AT_EMAIL] < habits.email:
        held.email = person.email
