"""Tens of thousands of invented referrals in one go, for measuring pages: rows alone, without an entry for each.

They are as long, as various and as old as a year's; their states follow from steps that are written with them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any, Final

import msgspec
from django.db import transaction
from django.utils import timezone

from footprint.referrals import states
from footprint.referrals.criteria import CRITERIA, VERSION
from footprint.referrals.gaps import gaps
from footprint.referrals.missing import folded
from footprint.referrals.queueing import danger_rank
from footprint.referrals.referral import Child, Referral, encode
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Partner
from footprint.web.referrals.desk.sample.telling import Sender, told
from footprint.web.referrals.models import Feedback, Marking, Step, Subject, Version
from footprint.web.referrals.models import Referral as Row
from footprint.web.referrals.models.typed import as_typed
from footprint.web.referrals.models.writing import new_reference
from footprint.web.referrals.recognising import subjects_of
from footprint.web.referrals.repeating import recount_all
from footprint.web.referrals.standing import copy, decision_due

_GIVEN: Final = "Ada Ben Cleo Dan Elsie Finn Gita Hugo Iris Jude Kiran Leah Milo Nina Omar Priya".split()
_FAMILY: Final = "Birch Cedar Dale Elm Fern Grove Heath Ivory Juniper Kestrel Larch Marsh".split()
_TEAMS: Final = tuple(f"Response {letter}" for letter in "ABCDEFGHIJ")
_POOL: Final = 400
_CHUNK: Final = 2_000
_STILL_WAITING: Final = 0.02


def make_bulk(
    senders: list[Actor], door: Actor, unit: Actor, count: int, *, seed: int = 1, teams: tuple[str, ...] = ()
) -> int:
    """Insert so many referrals of the last year, and return how many. Teams beside ours, so that each has its share."""
    dice, now = Random(seed), timezone.now()  # noqa: S311 - a seed gives the same again
    partners = {
        one.membership_id: Partner.objects.get(partnership=one.partnership, code=one.organisation).pk
        for one in senders
    }
    pool = [(said, len(gaps(said, "police"))) for said in (_said(dice, now) for _ in range(_POOL))]
    made = (
        _row(dice, dice.choice(senders), partners, pool, now, teams or _TEAMS, number)
        for number in range(count)
    )
    with transaction.atomic():
        taken = set(Row.objects.values_list("reference", flat=True))
        while chunk := [one for one, _ in zip(made, range(_CHUNK), strict=False)]:
            for row, _ in chunk:
                row.reference = _unlike(taken)
            _insert(chunk, door, unit, dice, now)
        for partnership in {one.partnership for one in senders}:
            recount_all(partnership)
    return count


def _unlike(taken: set[str]) -> str:
    """Return a reference that nobody has, and take it: of tens of thousands two may well be drawn alike."""
    while (reference := new_reference()) in taken:
        pass
    taken.add(reference)
    return reference


def _said(dice: Random, now: dt.datetime) -> Referral:
    family = dice.choice(_FAMILY)
    born = f"{dice.randrange(2010, 2026)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
    children = tuple(
        Child(
            key=f"c{number}",
            name=f"{dice.choice(_GIVEN)} {family}",
            birthday=born,
            address=f"{dice.randrange(1, 3000)} {dice.choice(_FAMILY)} Road, Walsall WS{dice.randrange(1, 10)} 1AA",
        )
        for number in range(1, dice.choice((2, 2, 3, 4)))
    )
    sender = Sender(
        "An invented officer", "Officer", is_police=True, incident=f"20/{dice.randrange(10**8):08}/26"
    )
    return told(Referral(children=children), sender, now, dice.random(), dice)


def _of_somebody_else(said: Referral, dice: Random) -> Referral:
    """The same words about other children at another home, so that few of a year's referrals share one."""
    family, born = dice.choice(_FAMILY), f"{dice.randrange(2010, 2026)}-{dice.randrange(1, 13):02}-01"
    home = f"{dice.randrange(1, 3000)} {dice.choice(_FAMILY)} Road, Walsall WS{dice.randrange(1, 10)} {dice.randrange(1, 10)}AA"
    children = tuple(
        msgspec.structs.replace(one, name=f"{dice.choice(_GIVEN)} {family}", birthday=born, address=home)
        for one in said.children
    )
    return msgspec.structs.replace(said, children=children, place=home)


def _row(
    dice: Random,
    sender: Actor,
    partners: dict[int, int],
    pool: list[tuple[Referral, int]],
    now: dt.datetime,
    teams: tuple[str, ...],
    number: int,
) -> tuple[Row, Referral]:
    said, blank = dice.choice(pool)
    said = _of_somebody_else(said, dice)
    at = now - dt.timedelta(minutes=dice.randrange(365 * 24 * 60))
    row = Row(
        submission=f"bulk-{number}-{dice.randrange(10**12)}",
        partnership_id=sender.partnership,
        partner_id=partners[sender.membership_id],
        team=dice.choice(teams),
        by_id=sender.membership_id,
        author=sender.name,
        sent_at=at,
        received_at=at,
        noticed_at=at - dt.timedelta(hours=dice.randrange(1, 40)),
        is_urgent=said.urgent,
        danger=danger_rank(said),
        incident=said.links.incident,
        incident_key=folded(said.links.incident),
        level=int(said.request.level or 0),
        gaps=blank,
        seen_by_supervisor_at=at,
    )
    row.due_at, row.due_rule = decision_due(at, urgent=said.urgent)
    return row, said


def _insert(
    made: list[tuple[Row, Referral]], door: Actor, unit: Actor, dice: Random, now: dt.datetime
) -> None:
    steps: list[Step] = []
    feedback: list[Feedback] = []
    markings: list[Marking] = []
    for row, _ in made:
        history = list(_history(row, door, dice, now))
        copy(row, states.stand(history))
        if len(history) > 1:
            row.decided_at = history[-1].at
            feedback.append(_told(row, door, dice))
            if dice.random() < 0.6:
                markings.append(_marking(row, unit, dice))
                row.graded_at = markings[-1].at
        steps += [_step(row, one, door) for one in history]
    Row.objects.bulk_create([row for row, _ in made])
    Version.objects.bulk_create(
        Version(
            referral=row,
            number=1,
            content=encode(said).decode(),
            by_id=row.by_id,
            at=row.sent_at,
            submission=f"{row.submission}:1",
        )
        for row, said in made
    )
    Subject.objects.bulk_create(
        Subject(referral=row, **subject) for row, said in made for subject in subjects_of(said)
    )
    Step.objects.bulk_create(steps)
    Feedback.objects.bulk_create(feedback)
    Marking.objects.bulk_create(markings)


def _history(row: Row, door: Actor, dice: Random, now: dt.datetime) -> Iterator[states.Step]:
    yield states.Step(
        verb=states.Verb.RECEIVE, part=states.Part.AUTHOR, by=as_typed(row.author), at=row.sent_at
    )
    if dice.random() < _STILL_WAITING or now - row.sent_at < dt.timedelta(hours=6):
        return
    yield states.Step(
        verb=states.Verb.DECIDE,
        part=states.Part.FRONT_DOOR,
        by=door.name,
        at=row.sent_at + dt.timedelta(hours=5),
        outcome="section-17",
        reason="child-in-need",
        words="Invented.",
    )


def _step(row: Row, step: states.Step, door: Actor) -> Step:
    by = row.by_id if step.part is states.Part.AUTHOR else door.membership_id
    return Step(
        referral=row,
        verb=step.verb,
        part=step.part,
        by_id=by,
        by_name=step.by,
        at=step.at,
        outcome=step.outcome,
        reason=step.reason,
        words=step.words,
    )


def _told(row: Row, door: Actor, dice: Random) -> Feedback:
    return Feedback(
        referral=row,
        kind="decision",
        by_id=door.membership_id,
        by_name=door.name,
        at=row.decided_at or row.sent_at,
        words="It was decided: Assessment (section 17)",
        acknowledged_at=row.decided_at if dice.random() < 0.9 else None,
    )


def _marking(row: Row, unit: Actor, dice: Random) -> Marking:
    marks: dict[str, Any] = {code: dice.choice((1, 2, 2, 3, 3)) for code in CRITERIA}
    return Marking(
        referral=row,
        side="unit",
        by_id=unit.membership_id,
        at=row.decided_at or row.sent_at,
        version=1,
        criteria=VERSION,
        scale="four-point",
        marks=marks,
        grade="requires-improvement",
    )
