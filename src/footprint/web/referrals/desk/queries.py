"""What the front door reads: one queue of everything that came in, by level, urgency and age, a page at a time.

A page is eight questions to the database, however long the queue: how many there are, which, what their latest
versions say, their steps, and who else lives at the same home. One more where something was added that nobody read: what the
version before said.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from footprint.records.window import months_before
from footprint.referrals import states
from footprint.referrals.holding import text_for_recipients
from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import decode
from footprint.referrals.versions import is_child_gone
from footprint.web.accounts.actor import Actor
from footprint.web.ledger.store import event, ledger
from footprint.web.referrals.models import Referral, Step, Subject, Version
from footprint.web.referrals.own_family import not_theirs
from footprint.web.referrals.protecting import protected_among, protected_today
from footprint.web.referrals.recognising import SAME_CHILD, homes_of
from footprint.web.referrals.standing import as_said

PAGE: Final = 50
#: More of one home than this are not named: it is a block or a hostel, and tells nothing of a family.
_MOST_AT_HOME: Final = 8
_MOST_SUBJECTS: Final = 2_000
#: A truth value alone is no comparison to SQLite, and then its index stands idle.
_YES, _NO = (True,), (False,)


class Arrived(NamedTuple):
    """One referral of the queue: its latest version as it was sent, its steps, and by reference others of its home, and earlier
    ones of the same children. `is_child_gone` says that the front door has read of a child whom the latest version names no more.

    What is shown of `said` is masked by whoever shows it.
    """

    referral: Referral
    said: Said
    steps: tuple[states.Step, ...]
    same_home: tuple[tuple[str, str], ...]
    earlier: tuple[tuple[str, str], ...] = ()
    is_child_gone: bool = False

    @property
    def moves(self) -> int:
        """Return how many steps were taken beside additions, as `services.take` asks for them."""
        return sum(step.verb not in states.ADDITIONS for step in self.steps)


class Queue(NamedTuple):
    """A page of the queue: what is on it, its number from 1, how many pages and referrals there are, and the entry's receipt."""

    arrived: tuple[Arrived, ...]
    number: int
    pages: int
    total: int
    receipt: str


def _waiting(found: QuerySet[Referral], _: Actor) -> QuerySet[Referral]:
    return found.filter(is_waiting__in=_YES).order_by("-is_urgent", "-danger", "-level", "received_at", "pk")


def _unclaimed(found: QuerySet[Referral], actor: Actor) -> QuerySet[Referral]:
    return _waiting(found, actor).filter(state__in=[states.State.RECEIVED, states.State.ROUTED])


def _mine(found: QuerySet[Referral], actor: Actor) -> QuerySet[Referral]:
    put_back = Step.objects.filter(
        referral=OuterRef("referral"), verb=states.Verb.PUT_BACK, pk__gt=OuterRef("pk")
    )
    accepted = Step.objects.filter(referral=OuterRef("pk"), verb=states.Verb.ACCEPT, by__user=actor.user_id)
    return _waiting(found, actor).filter(Exists(accepted.exclude(Exists(put_back))))


def _settled(found: QuerySet[Referral], _: Actor) -> QuerySet[Referral]:
    return found.filter(is_waiting__in=_NO).order_by("-sent_at", "pk")


def _to_close(found: QuerySet[Referral], _: Actor) -> QuerySet[Referral]:
    """Decided, and its author has not heard what happened next: the oldest decision first."""
    return found.filter(state=states.State.DECIDED).order_by("decided_at", "pk")


_Show = Callable[[QuerySet[Referral], Actor], QuerySet[Referral]]
#: What of the queue is shown, by the word in the address; the first where there is none.
SHOWS: Final[Mapping[str, _Show]] = MappingProxyType(
    {
        "waiting": _waiting,
        "unclaimed": _unclaimed,
        "mine": _mine,
        "to-close": _to_close,
        "settled": _settled,
    }
)


def queue(actor: Actor, show: str, number: int) -> Queue:
    """Return a page of the queue, entered as read before it leaves. Raises LedgerError.

    Whoever decides sees all of the partnership. A referral unit sees its own organisation's, and of other referrals nothing: not
    that there are any of the same child or home. Of a referral about the reader's own family neither sees that it is there.
    """
    close = not_theirs(actor)
    wanted = SHOWS.get(show, _waiting)(_reach(actor).exclude(pk__in=close), actor)
    total = wanted.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    # First which, then what they say: a page far down reads no text of those before it.
    keys = list(wanted.values_list("pk", flat=True)[(number - 1) * PAGE : number * PAGE])
    held = {one.pk: one for one in with_content(Referral.objects.filter(pk__in=keys))}
    rows = [held[key] for key in keys if key in held]
    receipt = entered(actor, "referral-queue", len(rows))
    arrived = tuple(_without(close, one) for one in _arrived(actor, rows))
    if not actor.may("decide-referrals"):
        arrived = tuple(one._replace(same_home=(), earlier=()) for one in arrived)
    return Queue(arrived, number, pages, total, receipt)


def with_content(found: QuerySet[Referral]) -> QuerySet[Any]:
    """Return referrals with the names that a list shows, and the text of their latest version as `latest`."""
    latest = Version.objects.filter(referral=OuterRef("pk")).order_by("-number").values("content")
    return found.select_related("partner", "by__user", "taken_by").annotate(latest=Subquery(latest[:1]))


def steps_of(referrals: Iterable[Referral]) -> Mapping[str, list[states.Step]]:
    """Return the steps of each of these referrals, the oldest first, in one question."""
    found: dict[str, list[states.Step]] = defaultdict(list)
    for row in Step.objects.filter(referral__in=[one.pk for one in referrals]).order_by("pk"):
        found[row.referral_id].append(as_said(row))
    return found


def entered(actor: Actor, what: str, count: int) -> str:
    """Enter that a list of referrals is read, before it leaves, and return the receipt's number. Raises LedgerError."""
    return ledger().record(event(actor, "reading", what, {"count": count})).number


def _reach(actor: Actor) -> QuerySet[Referral]:
    found = Referral.objects.filter(partnership=actor.partnership)
    return found if actor.may("decide-referrals") else found.filter(partner__code=actor.organisation)


def _arrived(actor: Actor, rows: Sequence[Any]) -> Iterable[Arrived]:
    said = {row.pk: decode(row.latest) if row.latest else Said() for row in rows}
    steps, homes, before = steps_of(rows), _same_home(actor, rows, said), _earlier(actor, rows)
    was = _read_before(steps)
    return (
        Arrived(
            row,
            said[row.pk],
            tuple(steps.get(row.pk, ())),
            tuple(homes.get(row.pk, ())),
            tuple(before.get(row.pk, ())),
            row.pk in was and is_child_gone(was[row.pk], said[row.pk]),
        )
        for row in rows
    )


def _read_before(steps: Mapping[str, Iterable[states.Step]]) -> Mapping[str, Said]:
    """What each said to which something was added, before what nobody at the front door has read: every addition is a version."""
    standings = {referral: states.stand(taken) for referral, taken in steps.items()}
    sought = {(referral, 1 + one.read) for referral, one in standings.items() if one.unread}
    if not sought:
        return {}
    found = Version.objects.filter(
        referral__in={referral for referral, _ in sought}, number__in={number for _, number in sought}
    )
    rows = found.values_list("referral_id", "number", "content")
    return {referral: decode(content) for referral, number, content in rows if (referral, number) in sought}


def _without(close: frozenset[str], one: Arrived) -> Arrived:
    """The same without links to referrals that are not this reader's."""
    same_home = tuple(each for each in one.same_home if each[0] not in close)
    return one._replace(
        same_home=same_home, earlier=tuple(each for each in one.earlier if each[0] not in close)
    )


def _same_home(
    actor: Actor, rows: Sequence[Referral], said: Mapping[str, Said]
) -> Mapping[str, list[tuple[str, str]]]:
    """Other referrals of the last twelve months from the home of each: brothers and sisters, and whoever else lives there.

    A protected home leads nowhere, and nothing tells that it would have: two who share one would be known to share it.
    """
    since = dt.datetime.combine(months_before(timezone.localdate(), 12), dt.time(), tzinfo=dt.UTC)
    here = Subject.objects.filter(referral__in=[one.pk for one in rows]).exclude(home="")
    lives = list(here.values_list("referral_id", "home"))
    today = protected_today()
    hidden = protected_among(home for _, home in lives) | {
        # A home in words that lead to a protected place is known by no key, and masked all the same.
        home
        for one in said.values()
        for home, text in homes_of(one)
        if text_for_recipients(text, today, field="place") != text
    }
    pairs = [(referral, home) for referral, home in lives if home not in hidden]
    # By the home alone, and then by key: joined, a database without statistics reads all referrals of the year.
    there = Subject.objects.filter(home__in={home for _, home in pairs})
    listed = list(there.values_list("home", "referral_id").distinct()[:_MOST_SUBJECTS])
    known = _known(actor, {referral for _, referral in listed})
    named = {referral: reference for referral, (reference, sent) in known.items() if sent >= since}
    latest_first = {referral: place for place, referral in enumerate(named)}
    at: dict[str, list[str]] = defaultdict(list)
    for home, referral in listed:
        at[home].append(referral)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for referral, home in pairs:
        others = [one for one in at[home] if one in named and one != referral]
        if len(others) < _MOST_AT_HOME:
            found[referral] |= {one: named[one] for one in sorted(others, key=latest_first.__getitem__)}
    return {referral: list(others.items()) for referral, others in found.items()}


def _earlier(actor: Actor, rows: Sequence[Referral]) -> Mapping[str, list[tuple[str, str]]]:
    """The referrals of the twelve months before each that name one of its children, the latest first."""
    repeated = {one.pk: one for one in rows if one.repeats}
    if not repeated:
        return {}
    sought: dict[tuple[str, str], set[str]] = defaultdict(set)
    for found in Subject.objects.filter(referral__in=repeated).values("referral_id", *SAME_CHILD):
        for field in SAME_CHILD:
            if found[field]:
                sought[field, found[field]].add(found["referral_id"])
    # Each column by itself, and then by key: an index answers, where all at once read all referrals.
    repeats: dict[str, set[str]] = defaultdict(set)
    for field in SAME_CHILD:
        values = [value for name, value in sought if name == field]
        there = Subject.objects.filter(**{f"{field}__in": values}).values_list(field, "referral_id")
        for value, other in there[:_MOST_SUBJECTS]:
            repeats[other] |= sought.get((field, value), set())
    found_of: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for other, (reference, at) in _known(actor, repeats).items():
        for referral in repeats[other] - {other}:
            sent = repeated[referral].sent_at
            if dt.datetime.combine(months_before(sent.date(), 12), dt.time(), tzinfo=dt.UTC) <= at <= sent:
                found_of[referral].append((other, reference))
    return found_of


def _known(actor: Actor, keys: Collection[str]) -> dict[str, tuple[str, dt.datetime]]:
    """Return the reference of each of these referrals of the actor's partnership, and when it was sent, the latest first."""
    rows = Referral.objects.filter(pk__in=keys).order_by("-sent_at", "pk")
    return {
        key: (reference, sent)
        for key, reference, partnership, sent in rows.values_list(
            "pk", "reference", "partnership_id", "sent_at"
        )
        if partnership == actor.partnership
    }
