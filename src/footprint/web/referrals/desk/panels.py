"""What the desk adds to a referral's page for whoever reads it: what they may do with it now, and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from django.urls import reverse
from django.utils import timezone

from footprint.referrals import states
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.desk import reading
from footprint.web.referrals.desk.marking_services import why_not
from footprint.web.referrals.desk.masked import whom_to_ring
from footprint.web.referrals.desk.presenters import timing
from footprint.web.referrals.desk.presenters.moving import title_of
from footprint.web.referrals.known_worker import worker_said
from footprint.web.referrals.models import Referral
from footprint.web.referrals.protecting import as_recipients_read
from footprint.web.referrals.queries import is_author, latest_of, wrote_all
from footprint.web.referrals.standing import stands
from footprint.web.referrals.whoever_told import how_to_bind

#: What draws a panel: a page includes it with `panel` set.
TEMPLATE: Final = "referrals/desk_panel.html"
#: The steps in the order in which they are offered: what is read first, then what is done most.
_ORDER: Final = (
    states.Verb.READ,
    states.Verb.ACCEPT,
    states.Verb.DECIDE,
    states.Verb.NOTE,
    states.Verb.PUT_BACK,
    states.Verb.CLOSE,
    states.Verb.ROUTE,
    states.Verb.SEND_BACK,
    states.Verb.REOPEN,
)


_CLOSED: Final = "It is closed. Note what somebody rings up to say of it. A new concern is a new referral, with its own clock."


class Way(NamedTuple):
    """Something that may be done: its words and where. With `posts` it is done by a button, with these hidden values."""

    text: str
    href: str
    posts: tuple[tuple[str, str], ...] | None = None


class Panel(NamedTuple):
    """A section of a referral's page: its heading, sentences, a due time as a tag or None, and ways. `is_below` what it says."""

    heading: str
    says: tuple[str, ...]
    due: timing.When | None
    ways: tuple[Way, ...]
    template: str = TEMPLATE
    is_below: bool = False


def panels_of(actor: Actor, referral: Referral) -> tuple[Panel, ...]:
    """Return what this reader may do with a referral within their reach. Its author, who is nothing else, gets none."""
    ways = tuple(_ways(actor, referral))
    return (*((_panel(actor, referral, ways),) if ways else ()), *_grading(actor, referral))


def _ways(actor: Actor, referral: Referral) -> Iterator[Way]:
    supervises = actor.may("supervise-referrals") and not is_author(actor, referral)
    if supervises and referral.seen_by_supervisor_at is None:
        yield Way("I have read it", reverse("referrals:seen"), (("referral", referral.pk),))
    moves = sorted(reading.moves_of(actor, referral), key=lambda one: _ORDER.index(one.verb))
    if moves and actor.may("decide-referrals"):
        yield Way("Footprint of this family", reverse("referrals:footprint", args=[referral.pk]), ())
    marks = tuple((name, str(value)) for name, value in reading.marks_of(referral).items()) if moves else ()
    yield from (_way(referral, one, marks) for one in moves)


def _grading(actor: Actor, referral: Referral) -> Iterator[Panel]:
    """How it is written comes below the form: no clock runs for it, and whoever decides has to act first."""
    may_grade = actor.may("grade-referrals") and not is_author(actor, referral)
    if may_grade and not why_not(actor, referral):
        way = Way("Grade how well it is written", reverse("referrals:grade", args=[referral.pk]))
        yield Panel("How well it is written", (), None, (way,), is_below=True)


def _panel(actor: Actor, referral: Referral, ways: tuple[Way, ...]) -> Panel:
    says = []
    standing = stands(referral)
    if standing.unread:
        says.append("Something was added that nobody at the front door has marked as read.")
    if standing.asked:
        says.append("More was asked for and has not come. Nothing waits for it.")
    if standing.state == states.State.CLOSED and actor.may("decide-referrals"):
        says.append(_CLOSED)
    elif unbound := how_to_bind(actor, referral):
        says.append(unbound)
    waits = actor.may("decide-referrals") and standing.state not in states.SETTLED
    if waits and (masked := whom_to_ring(actor, referral)):
        says.insert(0, masked)
    if waits and (worker := _worker(actor, referral)):
        says.append(worker)
    due = timing.when_due(referral.due_at, timezone.now(), urgent=referral.is_urgent) if waits else None
    return Panel("What you may do now", tuple(says), due, ways)


def _worker(actor: Actor, referral: Referral) -> str:
    """What the front door reads of the worker whom the latest version names."""
    said = latest_of(referral)
    if not said.worker:
        return ""
    shown = said if wrote_all(actor, referral) else as_recipients_read(referral, said)
    return worker_said(referral, said, shown.worker)


def _way(referral: Referral, move: states.Move, marks: tuple[tuple[str, str], ...]) -> Way:
    """What needs no words is done at once; for the rest there is a page."""
    href = reverse("referrals:move", args=[referral.pk, move.verb])
    return Way(title_of(move.verb), href, None if move.needs else marks)
