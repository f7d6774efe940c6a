"""The front door's queue as finished words. Of what was sent only who and what for, as recipients may read it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from django.urls import reverse

from footprint.referrals import states
from footprint.referrals.clocks import Clock, NoTimescale, Timescales, due
from footprint.referrals.codes import DECISIONS, ROUTES
from footprint.referrals.holding import text_for_recipients
from footprint.referrals.protected_places import NOTHING_PROTECTED, Protected
from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import Said as Answer
from footprint.web.cases.person.presenters.ring import Piece, pieces
from footprint.web.design.words import moment, number, shortened
from footprint.web.referrals.desk.presenters.timing import When, spoken, when_due
from footprint.web.referrals.desk.queries import Arrived, Queue
from footprint.web.referrals.models import Referral
from footprint.web.referrals.protecting import words_read_by

SHOWN: Final = {
    "waiting": "All that waits",
    "unclaimed": "Nobody has it",
    "mine": "Yours",
    "to-close": "Decided, to be closed",
    "settled": "Decided or closed",
}
_EMPTY: Final = {
    "waiting": "Nothing waits. An empty list is not a clearance.",
    "unclaimed": "Somebody has each of them.",
    "mine": "You have accepted none that waits.",
    "to-close": "Nothing is decided that is not closed.",
    "settled": "Nothing was decided yet.",
}
_TOTAL: Final = {
    "waiting": "{} in the queue",
    "unclaimed": "{} that nobody has",
    "mine": "{} with you",
    "to-close": "{} decided, to be closed: whoever sent them waits to hear what happened next",
    "settled": "{} decided or closed",
}
#: Of these steps the last says who has it.
_HOLDERS: Final = {
    states.Verb.ACCEPT: "With {}",
    states.Verb.PUT_BACK: "Nobody has it: put back by {}",
    states.Verb.ROUTE: "With the family’s worker: {}",
    states.Verb.DECIDE: "Decided by {}",
    states.Verb.REOPEN: "With {}",
    states.Verb.CLOSE: "Closed by {}",
}
_CALLED: Final = {
    Answer.YES: "999 was called",
    Answer.NO: "999 was not called",
    Answer.NOT_KNOWN: "Not known whether 999 was called",
    None: "It does not say whether 999 was called",
}
#: Where nobody knows whether danger is now somebody has to find out, and whoever sent it may know.
_ASK_OF_DANGER: Final = {
    Answer.NOT_KNOWN: "Danger not known: ring whoever sent it",
    None: "Danger not answered: ring whoever sent it",
}
_MOST_NAMES: Final = 4


class QueueLine(NamedTuple):
    """One referral of the queue. `accept` says that it can be accepted at once; `moves` and `seen` go with what is done.

    Of an urgent one whether 999 was `called` is said first, and `gaps` is empty. `is_cut` says that `wrong` or `place` is longer.
    """

    id: str
    href: str
    reference: str
    who: str
    tags: tuple[When, ...]
    sent: str
    sender: str
    level: str
    has_it: str
    wrong: str
    place: str
    is_cut: bool
    called: str
    is_urgent: bool
    ring: tuple[Piece, ...]
    gaps: str
    repeats: str
    earlier: tuple[tuple[str, str], ...]
    same_home: tuple[tuple[str, str], ...]
    footprint: bool
    accept: bool
    decide: bool
    close: bool
    moves: int
    seen: int


class QueuePage(NamedTuple):
    """A page of the queue."""

    show: str
    shows: tuple[dict[str, object], ...]
    lines: tuple[QueueLine, ...]
    total: str
    empty: str
    number: int
    pages: int
    receipt: str
    decides: bool
    made: str


class InShort(NamedTuple):
    """Of whom a referral is, where they are, and what is wrong, as recipients may read it."""

    who: str
    place: str
    wrong: str


class Reading(NamedTuple):
    """With what a list is read: what is protected today, the labels of levels, now, how long things may take (ours, where None),
    whether its reader decides, and which user that is.
    """

    protected: Protected
    levels: dict[str, str]
    now: dt.datetime
    decides: bool = False
    rules: Timescales | None = None
    reader: uuid.UUID | None = None


def queue_page(found: Queue, show: str, reading: Reading) -> QueuePage:
    """Return a page of the queue."""
    show = show if show in SHOWN else "waiting"
    return QueuePage(
        show=show,
        shows=tuple(
            {"text": text, "href": f"{reverse('referrals:queue')}?show={one}", "current": one == show}
            for one, text in SHOWN.items()
        ),
        lines=tuple(_line(one, reading) for one in found.arrived),
        total=_TOTAL[show].format(number(found.total)),
        empty=_EMPTY[show],
        number=found.number,
        pages=found.pages,
        receipt=found.receipt,
        decides=reading.decides,
        made=moment(reading.now),
    )


def found_lines(found: Iterable[Referral]) -> tuple[tuple[str, str, str], ...]:
    """Return referrals that were found by their incident: where each is, its reference, and when it was sent. Nobody's name."""
    return tuple(
        (reverse("referrals:referral", args=[one.pk]), one.reference, moment(one.sent_at)) for one in found
    )


def about(said: Said, protected: Protected) -> str:
    """Return whom a referral is about, as recipients may read it."""
    names = [one.name for one in said.children if one.name]
    more = len(names) - _MOST_NAMES
    shown = [*names[:_MOST_NAMES], *([f"{more} more"] if more > 0 else [])]
    return _masked(", ".join(shown) or said.who, "who", protected) or "Nobody is named yet"


def in_short(said: Said, protected: Protected) -> InShort:
    """Return what a list, or a page on which something is decided, says of a referral."""
    return InShort(
        about(said, protected),
        _masked(said.place, "place", protected),
        _masked(said.concern.wrong, "concern.wrong", protected),
    )


def masked_of(referral: Referral, reading: Reading, steps: Iterable[states.Step] = ()) -> Protected:
    """Return what is masked of a referral: nothing of what its reader sent, or a mask would tell them what is protected.

    Of what they took down for an officer nothing either, until that officer has added something.
    """
    sender = referral.by or referral.taken_by
    if sender is not None and sender.user_id == reading.reader:
        return NOTHING_PROTECTED
    is_added_to = any(one.verb in states.ADDITIONS and one.part is states.Part.AUTHOR for one in steps)
    taken = referral.taken_by
    if taken is not None and taken.user_id == reading.reader and not is_added_to:
        return NOTHING_PROTECTED
    return reading.protected


def name_of(referral: Referral, reader: uuid.UUID | None, protected: Protected | None = None) -> str:
    """Return the name of whoever sent it. Of somebody who is no user here it is what was typed, masked as any text is.

    A list says what is `protected`, which it has asked once.
    """
    if referral.by:
        return referral.by.user.name
    return words_read_by(reader, referral.taken_by, referral.author, protected)


def sender_of(referral: Referral, reading: Reading) -> str:
    """Return who sent it: name, team and organisation, as far as they are known."""
    name = name_of(referral, reading.reader, reading.protected)
    team = words_read_by(reading.reader, referral.taken_by, referral.team, reading.protected)
    partner = referral.partner.name if referral.partner else ""
    sent = ", ".join(part for part in (name, team, partner) if part) or "Somebody who gave no name"
    return f"{sent}. {ROUTES[referral.route]}" if referral.route in ROUTES else sent


def gaps_said(count: int) -> str:
    """Return how many gaps the form has. Of an urgent one it is not said: nobody asked for more than five answers."""
    return f"{count} gap{'' if count == 1 else 's'}" if count else "No gaps"


def called_said(said: Said) -> str:
    """Return whether 999 was called, or that it is not said."""
    return _CALLED[said.safety.called_999]


def repeats_said(count: int) -> str:
    """Return how many earlier referrals name one of these children; nothing where none does."""
    return f"{count} earlier in twelve months" if count else ""


def interest_said(referral: Referral) -> str:
    """Return what the front door reads where whoever sent it is close to somebody in it; nothing where nothing is known."""
    if not referral.interest:
        return ""
    if referral.by_id and referral.taken_by_id:
        who = "Whoever told it or took it down"
    else:
        who = "The author" if referral.by_id else "Whoever took it down"
    return f"{who} has declared an interest"


def _line(one: Arrived, reading: Reading) -> QueueLine:
    referral, said = one.referral, one.said
    protected = masked_of(referral, reading, one.steps)
    short = in_short(said, protected)
    wrong, place = shortened(short.wrong), shortened(short.place)
    standing = states.stand(one.steps)
    may = {move.verb for move in states.moves_from(standing.state, [states.Part.FRONT_DOOR])}
    return QueueLine(
        id=referral.pk,
        href=reverse("referrals:referral", args=[referral.pk]),
        reference=referral.reference,
        who=shortened(short.who),
        tags=tuple(_tags(one, standing, reading)),
        sent=f"{moment(referral.sent_at)}, {spoken(reading.now - referral.sent_at)} ago",
        sender=shortened(sender_of(referral, reading)),
        level=reading.levels.get(said.request.level, ""),
        has_it=shortened(_has_it(one.steps, reading.protected)),
        wrong=wrong,
        place=place,
        is_cut=(wrong, place) != (short.wrong, short.place),
        # Where nobody is in danger, that it was not said is noise.
        called=called_said(said) if referral.is_urgent or said.safety.called_999 else "",
        is_urgent=referral.is_urgent,
        ring=pieces(_masked(said.referrer.phone, "referrer.phone", protected)),
        # Beside danger a count of blanks is noise.
        gaps="" if referral.is_urgent else gaps_said(referral.gaps),
        # As many as are named beside it, and of the reader's own family none.
        repeats=repeats_said(len(one.earlier)) if reading.decides else "",
        earlier=_links(one.earlier),
        same_home=_links(one.same_home),
        footprint=reading.decides,
        accept=reading.decides and states.Verb.ACCEPT in may,
        decide=reading.decides and standing.waits and states.Verb.DECIDE in may,
        close=reading.decides and not standing.unread and states.Verb.CLOSE in may,
        moves=one.moves,
        seen=standing.additions,
    )


def _tags(one: Arrived, standing: states.Standing, reading: Reading) -> Iterator[When]:
    referral, danger, now = one.referral, one.said.safety.danger_now, reading.now
    if referral.is_urgent:
        yield When("In danger now", "govuk-tag--red")
    elif one.said.imported.danger_unread:
        yield When("Danger not understood: read it now", "govuk-tag--red")
    elif danger in _ASK_OF_DANGER and standing.waits:
        yield When(_ASK_OF_DANGER[danger], "govuk-tag--orange")
    if since := states.danger_since(one.steps):
        yield When(f"Danger was said since it was {since}", "govuk-tag--red")
    if reading.decides and referral.interest:
        yield When(interest_said(referral), "govuk-tag--orange")
    if standing.state in states.SETTLED:
        outcome = DECISIONS[standing.outcome].label if standing.outcome in DECISIONS else ""
        yield When(outcome or states.STATE_LABELS[standing.state], "govuk-tag--green")
    elif tag := when_due(referral.due_at, now, urgent=referral.is_urgent):
        yield tag
    yield from _added(one, standing)
    if standing.asked:
        yield _asked(one.steps, reading)


def _added(one: Arrived, standing: states.Standing) -> Iterator[When]:
    if one.is_child_gone:
        yield When("A child is no longer named", "govuk-tag--orange")
    if standing.unread:
        yield When("Something was added", "govuk-tag--purple")


def _asked(steps: Iterable[states.Step], reading: Reading) -> When:
    """That more was asked for, and how late it is."""
    asked = states.asked_at(steps)
    try:
        by = due(Clock.MORE, asked, reading.rules).at if asked else reading.now
    except NoTimescale:
        by = reading.now
    if by < reading.now:
        return When(f"More was asked for, late by {spoken(reading.now - by)}", "govuk-tag--orange")
    return When("More was asked for", "govuk-tag--blue")


def _links(named: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((reverse("referrals:referral", args=[one]), reference) for one, reference in named)


def _has_it(steps: Iterable[states.Step], protected: Protected) -> str:
    """Who has it, by the last step that says so."""
    for step in reversed(tuple(steps)):
        if step.verb in _HOLDERS:
            by = _masked(step.words, "words", protected) if step.verb == states.Verb.ROUTE else step.by
            return _HOLDERS[states.Verb(step.verb)].format(by)
    return "Nobody has it yet"


def _masked(text: str, field: str, protected: Protected) -> str:
    return text_for_recipients(text, protected, field=field)
