"""The invented audit: a framework that both sides signed, last month’s sample, most of it marked, some agreed, a briefing."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Final, NamedTuple

import msgspec
from django.utils import timezone

from footprint.referrals.moderating import to_talk_about
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.auditing.framework import services as signing
from footprint.web.referrals.auditing.framework.queries import Kept, base, version
from footprint.web.referrals.auditing.learning.services import Theme, brief, had
from footprint.web.referrals.auditing.sample import services as marking
from footprint.web.referrals.auditing.sample.queries import is_theirs, marked_of, says_of
from footprint.web.referrals.desk import assessing
from footprint.web.referrals.models import Framework, Sample
from footprint.web.referrals.queries import NotFound

#: What one sample leaves to do, so that whoever tries the demonstration finds something: not marked, not agreed.
_UNMARKED: Final = 0.25
_NOT_AGREED: Final = 0.5
_TITLE: Final = "What the child said, in the child’s own words"
_TEXT: Final = (
    "In half of what was marked the child’s words were missing, or told by somebody else. Write what the child said as they said "
    "it, who was there, and what you saw where a child is too young to speak."
)


class Sides(NamedTuple):
    """Who marks for the police, who for social care, and an officer who is briefed."""

    police: Actor
    care: Actor
    officer: Actor


def make_audit(sides: Sides, dice: Random) -> Sample | None:
    """Make it once; return the sample of last month, or None where no referral was sent in it."""
    if Framework.objects.filter(partnership=sides.police.partnership).exists():
        return None
    kept = _signed(sides)
    month = last_month(timezone.localdate())
    try:
        sample = marking.draw_sample(sides.police, kept, month, marking.usual_seed(kept.says, month))
    except marking.NotDrawn:
        return None
    for place, drawn_id in enumerate(sample.drawn.order_by("pk").values_list("pk", flat=True)):
        if not place or dice.random() >= _UNMARKED:
            _mark(sides, drawn_id, dice, agree=not place or dice.random() >= _NOT_AGREED)
    _brief(sides, kept)
    return sample


def last_month(today: dt.date) -> str:
    """Return the month before a day's (2026-10), which is the one that is audited."""
    return f"{today.replace(day=1) - dt.timedelta(days=1):%Y-%m}"


def _signed(sides: Sides) -> Kept:
    begun = base(sides.police.partnership)
    row = signing.propose(sides.police, msgspec.to_builtins(begun))
    for one in (sides.police, sides.care):
        signing.sign(one, version(one.partnership, row.pk))
    return version(sides.police.partnership, row.pk)


def _mark(sides: Sides, drawn_id: int, dice: Random, *, agree: bool) -> None:
    """Both sides mark what a machine allows, or one less; where they are to agree, social care's marks stand."""
    for actor in (sides.police, sides.care):
        try:
            one, _ = marked_of(actor, drawn_id)
        except NotFound:  # graded by whoever would mark it
            return
        if not is_theirs(actor, one):
            return
        found = assessing.read(one.drawn.referral).findings
        marks = {
            each.criterion: max(
                0, (each.at_most if each.mark is None else each.mark) - dice.choice((0, 0, 0, 1))
            )
            for each in found
        }
        marking.mark(actor, drawn_id, marks)
    if agree:
        one, _ = marked_of(sides.police, drawn_id)
        given = one.given.given[sides.care.organisation]
        talked = to_talk_about(one.given, says_of(one.drawn.sample))
        marking.moderate(sides.police, drawn_id, {code: given[code] for code in talked})


def _brief(sides: Sides, kept: Kept) -> None:
    today = timezone.localdate()
    theme = Theme(_TITLE, "Q5", _TEXT, today, today + dt.timedelta(days=30 * kept.says.audited_again_after))
    had(sides.officer, brief(sides.care, theme))
