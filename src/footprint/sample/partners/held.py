"""What one partner believes about one person: the truth, as far as it was told, with the slips that `rates.py` allows.

A record's slips are drawn once, on a tape; played again for another day they are the same, so a record changes between
deliveries only when the person's life, or the partner's knowledge of it, did.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable
from typing import Any, Final

import msgspec

from footprint.sample import rates, slips
from footprint.sample.dice import Dice
from footprint.sample.timeline import Timeline
from footprint.sample.world.numbers import upn_check
from footprint.sample.world.people import Person, full_years
from footprint.sample.world.places import Dwelling

TAPE: Final = 48
"""Numbers that a record needs: one for each question below, the rest for how a slip falls out."""

(
    AT_GIVEN, AT_FAMILY, AT_ORDER, AT_MIDDLE, AT_BIRTH, AT_SEX, AT_OLD, AT_HOME, AT_POSTCODE, AT_UPRN, AT_NHS, AT_NHS_SLIP,
    AT_UPN, AT_UPN_SLIP, AT_MOBILE, AT_PARENT, AT_LANDLINE, AT_EMAIL, AT_OLD_PHONE, AT_LAG, AT_FORMER, AT_CORRECTED, AT_DAY,
) = range(23)  # fmt: skip
SPARE: Final = 23

FAMILY_FIRST: Final = frozenset({"chinese", "vietnamese", "somali", "ukrainian"})
BABY_DAYS: Final = 42
"""Until this age a child may still be without a given name in a partner's system."""


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


class Habits:
    """One partner's column of the table, ready to be asked."""

    def __init__(self, partner: str) -> None:
        column = rates.PARTNERS.index(partner)
        self.partner = partner

        def bounds(table: dict[str, rates.Row]) -> tuple[tuple[str, ...], list[float]]:
            sums, total = [], 0.0
            for row in table.values():
                total += row[column]
                sums.append(total)
            return tuple(table), sums

        self.nhs_slips, self.upn_slips = bounds(rates.NHS_SLIPS), bounds(rates.UPN_SLIPS)
        self.given, self.family = bounds(rates.GIVEN), bounds(rates.FAMILY)
        self.birth, self.sex = bounds(rates.BIRTH), bounds(rates.SEX)
        self.postcode = bounds(rates.POSTCODE)
        self.home = bounds({kind: row for kind, row in rates.HOME.items() if kind != "old"})
        self.old_home = rates.HOME["old"][column]
        self.swapped = rates.ORDER["swapped"][column]
        self.swapped_foreign = rates.ORDER["swapped-foreign"][column]
        self.middle_missing = rates.MIDDLE["missing"][column]
        self.uprn = rates.UPRN["present"][column]
        self.nhs_child, self.nhs_adult, self.upn = rates.NHS_CHILD[column], rates.NHS_ADULT[column], rates.UPN[column]
        self.mobile, self.parents_mobile = rates.MOBILE[column], rates.PARENTS_MOBILE[column]
        self.landline, self.email, self.old_phone = rates.LANDLINE[column], rates.EMAIL[column], rates.OLD_PHONE[column]
        self.twice = rates.TWICE[column]


def kind_at(table: tuple[tuple[str, ...], list[float]], number: float) -> str:
    """Return the slip that a number falls on, or nothing."""
    place = bisect_right(table[1], number)
    return table[0][place] if place < len(table[0]) else ""


def hold(person: Person, habits: Habits, tape: list[float], on: dt.date, *, careful: bool = False) -> Held:
    """Return what a partner believes on a day. `careful` leaves out every slip: the record has been put right."""
    birth = person.birth if person.birth and person.birth <= on else None
    held = Held(person, person.given, person.middle, person.family, person.sex, birth)
    if birth is None:
        held.given, held.middle, held.sex = "", "", ""
        held.expected = person.expected or person.birth
    dice = Dice.playing(tape[SPARE:])
    _name(held, habits, tape, dice, on, careful)
    _birth(held, habits, tape, dice, careful)
    _home(held, habits, tape, dice, on, careful)
    _numbers(held, habits, tape, dice, on, careful)
    _contacts(held, habits, tape, on)
    return held


def _name(held: Held, habits: Habits, tape: list[float], dice: Dice, on: dt.date, careful: bool) -> None:
    person = held.person
    lag = learnt_after(tape)
    for former in person.former:
        if former.until + lag > on:
            held.family = former.family
            break
    if tape[AT_MIDDLE] < habits.middle_missing:
        held.middle = ""
    if careful or held.birth is None:
        return
    if slip := kind_at(habits.given, tape[AT_GIVEN]):
        _slip_given(held, slip, dice)
    slip = kind_at(habits.family, tape[AT_FAMILY])
    if slip == "former":
        recent = [former.family for former in person.former if former.until > on - dt.timedelta(days=3650)]
        if recent and recent[-1] != held.family:
            held.family = recent[-1]
            held.slips.append("family:former")
    elif slip:
        family = FAMILY_SLIPS[slip](held.family, dice) if held.family else ""
        if family != held.family:
            held.family = family
            held.slips.append(f"family:{slip}")
    foreign = person.community in FAMILY_FIRST
    if held.family and held.given and tape[AT_ORDER] < (habits.swapped_foreign if foreign else habits.swapped):
        held.given, held.family = held.family, held.given
        held.slips.append("order:swapped-foreign" if foreign else "order:swapped")


def _slip_given(held: Held, slip: str, dice: Dice) -> None:
    given, person = held.given, held.person
    if slip == "known-as":
        given = person.known_as or given
    elif slip == "middle-as-given":
        given = person.middle or given
    elif slip == "initial":
        given = given[:1]
    elif slip == "cut":
        given = given[:10]
    else:
        given = GIVEN_SLIPS[slip](given, dice)
    if given != held.given:
        held.given = given
        held.slips.append(f"given:{slip}")


TextSlip = Callable[[str, Dice], str]
GIVEN_SLIPS: Final[dict[str, TextSlip]] = {
    "typo": slips.typo,
    "heard": slips.heard,
    "scanned": slips.scanned,
    "nickname": slips.nickname,
    "spelling": slips.other_spelling,
}
FAMILY_SLIPS: Final[dict[str, TextSlip]] = {
    "typo": slips.typo,
    "heard": slips.heard,
    "scanned": slips.scanned,
    "spelling": slips.other_spelling,
    "one-part": slips.one_part,
    "joined": slips.joined,
}
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
    known = [stay for stay in held.person.stays if stay.start + learnt_after(tape) <= on] or held.person.stays[:1]
    if not known:
        return
    stay = known[-1]
    stale = len(known) > 1 and (on - stay.start).days < 1095 and tape[AT_OLD] < habits.old_home and not careful
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
        changes = _slip_home(held, habits, tape, dice)
    if stay.dwelling.uprn and tape[AT_UPRN] >= habits.uprn:
        changes["uprn"] = ""
    if changes and held.home is not None:
        held.home = msgspec.structs.replace(stay.dwelling, **changes)


def _slip_home(held: Held, habits: Habits, tape: list[float], dice: Dice) -> dict[str, Any]:
    door = held.home
    changes: dict[str, Any] = {}
    slip = kind_at(habits.home, tape[AT_HOME])
    if door is None:
        return changes
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
        held.nhs = person.nhs
        slip = "" if careful else kind_at(habits.nhs_slips, tape[AT_NHS_SLIP])
        if slip == "figures":
            held.nhs = slips.figures(person.nhs, dice)
        elif slip == "superseded" and person.old_nhs:
            held.nhs = person.old_nhs
        elif slip == "mothers" and age < 1 and person.mother is not None and person.mother.nhs:
            held.nhs = person.mother.nhs
        if held.nhs != person.nhs:
            held.slips.append(f"nhs:{slip}")
    if person.upn and tape[AT_UPN] < habits.upn:
        held.upn = person.upn
        slip = "" if careful else kind_at(habits.upn_slips, tape[AT_UPN_SLIP])
        if slip == "figures":
            held.upn = slips.figures(person.upn, dice)
        elif slip == "temporary":
            held.upn = temporary_upn(person.upn)
        if slip:
            held.slips.append(f"upn:{slip}")


def temporary_upn(upn: str) -> str:
    """Return the temporary number of the same serial: its last character is a letter, its check letter fits."""
    twelve = upn[1:12] + "A"
    return upn_check(twelve) + twelve


def _contacts(held: Held, habits: Habits, tape: list[float], on: dt.date) -> None:
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


def learnt_after(tape: list[float]) -> dt.timedelta:
    """Return how long this partner takes to learn of a move or a new name, if it learns of it."""
    low, high = rates.LEARNT_OF_MOVE_DAYS
    return dt.timedelta(days=low + int(tape[AT_LAG] * (high - low)))


class Version(msgspec.Struct, frozen=True):
    """A record as it reads from one delivery day to another, both included."""

    held: Held
    first: int
    last: int


def versions(
    person: Person, habits: Habits, dice: Dice, timeline: Timeline, since: dt.date | None = None, until: dt.date | None = None
) -> list[Version]:
    """Return a record as it reads over the delivery days, oldest first: one version, unless something changed.

    `since` is the day on which the partner came to know the person (no version before), `until` on which it ceased to.
    """
    if person.pieces is not None:
        return told(person, habits, timeline)
    tape = dice.tape(TAPE)
    first = timeline.seen(since) if since else 0
    last = min(timeline.last, timeline.seen(until) - 1) if until else timeline.last
    if first > last:
        return []
    starts = sorted({first, *(day for day in changes(person, tape, timeline) if first < day <= last)})
    mended = timeline.last + 1
    if timeline.days > 1 and tape[AT_CORRECTED] < rates.CORRECTED * timeline.days / 30:
        mended = 1 + int(tape[AT_DAY] * timeline.last)
        if first < mended <= last:
            starts = sorted({*starts, mended})
    ends = [*(day - 1 for day in starts[1:]), last]
    return [
        Version(hold(person, habits, tape, timeline.delivery_days[start], careful=start >= mended), start, end)
        for start, end in zip(starts, ends, strict=True)
    ]


def told(person: Person, habits: Habits, timeline: Timeline) -> list[Version]:
    """Return the record of somebody in a storyline: just what the story says, without chance."""
    piece = (person.pieces or {}).get(habits.partner)
    if piece is None:
        return []
    held = hold(person, habits, [0.5] * TAPE, timeline.end, careful=True)
    for field, value in piece.says.items():
        setattr(held, field, value)
        held.slips.append(f"{field}:story")
    return [Version(held, 0, timeline.last)]


def changes(person: Person, tape: list[float], timeline: Timeline) -> list[int]:
    """Return the delivery days on which a partner's picture of a person may change."""
    if timeline.days == 1:
        return []
    lag = learnt_after(tape)
    dates = [stay.start + lag for stay in person.stays[1:]] + [former.until + lag for former in person.former]
    if person.birth is not None:
        dates.append(person.birth)
    return [(date - timeline.first).days for date in dates if timeline.first < date <= timeline.end]
