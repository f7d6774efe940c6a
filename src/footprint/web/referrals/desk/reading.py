"""What the desk's pages know of one referral when they are made: what may be done with it, and with what it is read."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.utils import timezone

from footprint.referrals import clocks, grades, levels, states
from footprint.referrals.checking import Sent
from footprint.referrals.protected_places import NOTHING_PROTECTED
from footprint.referrals.reading import ChoiceError
from footprint.referrals.referral import Referral as Said
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.desk.presenters import queue as shown
from footprint.web.referrals.desk.presenters import timing
from footprint.web.referrals.desk.services import moves_so_far
from footprint.web.referrals.models import Referral
from footprint.web.referrals.protecting import protected_today
from footprint.web.referrals.queries import latest_of, parts_in, wrote_all
from footprint.web.referrals.standing import stands

log: Final = logging.getLogger(__name__)

#: In which part somebody acts who could act in several: a decision at the front door is the front door's.
_FIRST: Final = (states.Part.FRONT_DOOR, states.Part.REFERRAL_UNIT, states.Part.SUPERVISOR)
#: What others than the author do on the desk's pages.
_ON_THE_DESK: Final = frozenset(states.Verb) - states.ADDITIONS - {states.Verb.RECEIVE}


def now(actor: Actor | None = None) -> shown.Reading:
    """Return with what a list of referrals is read now; where it matters, by whom."""
    decides = actor is not None and actor.may("decide-referrals")
    reader = actor.user_id if actor else None
    return shown.Reading(
        protected_today(), dict(labels_of_levels()), timezone.now(), decides, timescales(), reader
    )


def labels_of_levels() -> Mapping[str, str]:
    """Return the labels of the partnership's levels; ours, where its own file cannot be read."""
    try:
        return levels.levels_of(settings.DATA).labels
    except ChoiceError:
        log.exception("The levels of need cannot be read; ours are used.")
        return levels.packaged_levels().labels


def timescales() -> clocks.Timescales:
    """Return how long things may take; by our rules, where the partnership's own file cannot be read."""
    try:
        return clocks.timescales_of(settings.DATA)
    except ChoiceError:
        log.exception("The timescales cannot be read; ours are used.")
        return clocks.packaged_timescales()


def sent_of(referral: Referral, said: Said) -> Sent:
    """Return what a check of the form asks beside what it says: who marks for an audit reads the same as the referral unit."""
    return Sent(
        sector=referral.partner.sector if referral.partner else "",
        at=referral.sent_at,
        called=clocks.instant_of(said.referrer.spoke_at),
        rules=timescales(),
    )


def scales() -> grades.Scales:
    """Return the scales of grades; ours, where the partnership's own file cannot be read."""
    try:
        return grades.scales_of(settings.DATA)
    except ChoiceError:
        log.exception("The scales of grades cannot be read; ours are used.")
        return grades.packaged_scales()


def caution() -> str:
    """Return what to say beside times that nobody confirmed."""
    return timing.caution(timescales())


def about(actor: Actor, referral: Referral) -> shown.InShort:
    """Return what a referral is about, as recipients may read it; whoever typed it reads what they typed."""
    protected = NOTHING_PROTECTED if wrote_all(actor, referral) else protected_today()
    return shown.in_short(latest_of(referral), protected)


def played(actor: Actor, referral: Referral) -> tuple[states.Part, ...]:
    """Return the parts in which somebody acts on the desk's pages, the one that counts first."""
    parts = parts_in(actor, referral)
    return tuple(part for part in _FIRST if part in parts)


def moves_of(actor: Actor, referral: Referral) -> tuple[states.Move, ...]:
    """Return what somebody may do with a referral now, in the table's order."""
    found = states.moves_from(referral.state, played(actor, referral))
    unread = stands(referral).unread
    return tuple(
        one for one in found if one.verb in _ON_THE_DESK and (one.verb != states.Verb.READ or unread)
    )


def move_of(actor: Actor, referral: Referral, verb: str) -> states.Move | None:
    """Return a move that somebody may make now, or None."""
    return next((one for one in moves_of(actor, referral) if one.verb == verb), None)


def is_ever_theirs(actor: Actor, referral: Referral, verb: str) -> bool:
    """Say whether somebody may do this in some state, so that it is the referral that moved on."""
    parts = set(played(actor, referral))
    return any(
        one.verb == verb and not one.by.isdisjoint(parts)
        for one in states.FRONT_DOOR.values()
        if one.verb in _ON_THE_DESK
    )


def marks_of(referral: Referral) -> dict[str, int]:
    """Return what goes with a page on which a step is chosen: how many moves there were, and how many additions."""
    return {"moves": moves_so_far(referral), "seen": stands(referral).additions}


def step_of(
    actor: Actor, referral: Referral, move: states.Move, said: Mapping[str, str], seen: int
) -> states.Step:
    """Return the step that somebody takes now. `seen` is how many additions their page showed."""
    part = next(part for part in played(actor, referral) if part in move.by)
    additions = stands(referral).additions
    return states.Step(
        verb=move.verb,
        part=part,
        by=actor.name,
        at=timezone.now(),
        seen=min(seen, additions) if part is states.Part.FRONT_DOOR else 0,
        **said,
    )
