"""What the desk adds to a referral's page for whoever reads it: what they may do with it now, and where."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.urls import reverse
from django.utils import timezone

from footprint.referrals import states
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.desk import reading
from footprint.web.referrals.desk.presenters import timing
from footprint.web.referrals.desk.presenters.moving import title_of
from footprint.web.referrals.models import Referral
from footprint.web.referrals.queries import is_author
from footprint.web.referrals.standing import stands

#: What draws a panel: a page includes it with `panel` set.
TEMPLATE: Final = "referrals/desk_panel.html"


class Way(NamedTuple):
    """Something that may be done: its words and where. With `posts` it is done by a button, with these hidden values."""

    text: str
    href: str
    posts: tuple[tuple[str, str], ...] | None = None


class Panel(NamedTuple):
    """A section of a referral's page: its heading, sentences, a due time as a tag or None, and ways."""

    heading: str
    says: tuple[str, ...]
    due: timing.When | None
    ways: tuple[Way, ...]
    template: str = TEMPLATE


def panels_of(actor: Actor, referral: Referral) -> tuple[Panel, ...]:
    """Return what this reader may do with a referral within their reach. Its author, who is nothing else, gets none."""
    made = (_steps(actor, referral), _supervising(actor, referral), _grading(actor, referral))
    return tuple(panel for panel in made if panel is not None)


def _steps(actor: Actor, referral: Referral) -> Panel | None:
    moves = reading.moves_of(actor, referral)
    decides = actor.may("decide-referrals")
    if not moves:
        return None
    marks = tuple((name, str(value)) for name, value in reading.marks_of(referral).items())
    ways = [_way(referral, one, marks) for one in moves]
    if decides:
        ways.insert(
            0, Way("Footprint of this family", reverse("referrals:footprint", args=[referral.pk]), ())
        )
    says = []
    standing = stands(referral)
    if standing.unread:
        says.append("Something was added that nobody at the front door has marked as read.")
    if standing.asked:
        says.append("More was asked for and has not come. Nothing waits for it.")
    waits = decides and standing.state not in states.SETTLED
    due = timing.when_due(referral.due_at, timezone.now(), urgent=referral.is_urgent) if waits else None
    return Panel("What you may do now", tuple(says), due, tuple(ways))


def _supervising(actor: Actor, referral: Referral) -> Panel | None:
    if not actor.may("supervise-referrals") or is_author(actor, referral):
        return None
    if referral.seen_by_supervisor_at is not None:
        return None
    way = Way("I have read it", reverse("referrals:seen"), (("referral", referral.pk),))
    return Panel("You supervise this team", (), None, (way,))


def _grading(actor: Actor, referral: Referral) -> Panel | None:
    if not actor.may("grade-referrals") or is_author(actor, referral):
        return None
    way = Way("Grade how well it is written", reverse("referrals:grade", args=[referral.pk]))
    return Panel("How well it is written", (), None, (way,))


def _way(referral: Referral, move: states.Move, marks: tuple[tuple[str, str], ...]) -> Way:
    """What needs no words is done at once; for the rest there is a page."""
    href = reverse("referrals:move", args=[referral.pk, move.verb])
    return Way(title_of(move.verb), href, None if move.needs else marks)
