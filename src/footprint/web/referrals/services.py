"""The one writer of referrals: what is received becomes a referral, and what is sent later a further version of it.

Everything that belongs to a version is written with its ledger entry in one transaction. Whatever is sent under one key is one
referral, however often it comes and however many come at the same moment.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from footprint.ledger import Event
from footprint.referrals import levels, states
from footprint.referrals.clocks import instant_of
from footprint.referrals.feedback import Kind
from footprint.referrals.gaps import gaps
from footprint.referrals.missing import folded
from footprint.referrals.queueing import danger_rank
from footprint.referrals.reading import ChoiceError
from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import decode, encode
from footprint.referrals.submissions import Verdict, digest, form_key, judge
from footprint.referrals.versions import says_danger_anew
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership
from footprint.web.ledger.store import event, ledger
from footprint.web.notices.services import notify
from footprint.web.referrals.closeness import mentions, people_of
from footprint.web.referrals.danger import (
    BACK,
    said_since,
    tell_if_nobody_may_read,
    tell_of_danger,
    tell_team_of_danger,
)
from footprint.web.referrals.holding_back import hold_back
from footprint.web.referrals.known_worker import tell_named_worker
from footprint.web.referrals.models import Feedback, Mention, Referral, Subject, Version
from footprint.web.referrals.models.typed import as_typed
from footprint.web.referrals.outbox.services import enqueue
from footprint.web.referrals.own_family import declares_an_interest
from footprint.web.referrals.protecting import words_as_recipients_read
from footprint.web.referrals.queries import is_author, latest_of
from footprint.web.referrals.recognising import SAME_CHILD, earlier, subjects_of
from footprint.web.referrals.repeating import recount
from footprint.web.referrals.standing import decision_due, write_step
from footprint.web.referrals.whoever_told import Teller, teller_of

log: Final = logging.getLogger(__name__)

PURPOSE: Final = "referral"
#: What the author is told at once.
RECEIPT: Final = "It stands in the front door’s queue. Somebody there decides what happens next."
ADDED: Final = "What you added has arrived."
_NOTICE: Final = "referral"
_TAKEN: Final = (
    "The front door took down as referral {} what you told them. Read it, and add what is missing."
)
_SHORT_DIGEST: Final = 15


class Sent(NamedTuple):
    """What was sent: under which key, from which case, when where that was earlier, and what of it was taken from elsewhere.

    `source` says whose it is where a file brought it: then no user sent it. `danger_again` says that whoever adds something says
    that somebody is in danger now, though it said so before.
    """

    said: Said
    key: str
    case_id: str | None = None
    at: dt.datetime | None = None
    filled: Mapping[str, Any] = MappingProxyType({})
    source: Teller | None = None
    danger_again: bool = False


def receive(
    actor: Actor,
    said: Said,
    *,
    form: str,
    case_id: str | None = None,
    at: dt.datetime | None = None,
    filled: Mapping[str, Any] = MappingProxyType({}),
) -> Referral:
    """Return the referral that was sent under this form: a new one, or the one that it was before.

    What comes again with the same words is what it was; what comes under the same form with more is a further version. `at` is
    when it was sent, where that was earlier (from the spool). A `said.route` says that the actor took it down for somebody.
    Raises LedgerError, and then nothing is written.
    """
    return _received_once(actor, Sent(said, form_key(str(actor.user_id), form), case_id, at, filled))


def receive_imported(actor: Actor, source: Teller, said: Said, *, key: str) -> Referral:
    """Return the referral that another system's form is: a new one, or the one that came under this key before.

    `actor` is that system, which is no user and has no rights. Raises LedgerError, and then nothing is written.
    """
    return _received_once(actor, Sent(said, key, source=source))


def add(
    actor: Actor,
    referral: Referral,
    said: Said,
    *,
    form: str,
    at: dt.datetime | None = None,
    filled: Mapping[str, Any] = MappingProxyType({}),
    danger_again: bool = False,
) -> Version:
    """Return the further version that was sent under this form, the same however often it comes.

    `danger_again` says of danger that was said before that it is now, again or still: else it is only carried along.
    """
    key = form_key(str(actor.user_id), form)
    sent = Sent(said, key, None, at, filled, danger_again=danger_again)
    try:
        with transaction.atomic():
            return _added(actor, referral, sent)
    except IntegrityError:
        with transaction.atomic():
            return _added(actor, referral, sent)


def sent_under(actor: Actor, form: str) -> Referral | None:
    """Return the referral to which what was sent under this form belongs, or None where nothing has arrived."""
    return sent_as(form_key(str(actor.user_id), form))


def was_sent(actor: Actor, form: str, said: Said) -> bool:
    """Say whether these very words were sent under this form before."""
    return Version.objects.filter(submission=_submission(form_key(str(actor.user_id), form), said)).exists()


def sent_as(key: str) -> Referral | None:
    """Return the referral to which what was sent under this key belongs, or None."""
    found = Version.objects.filter(submission__startswith=f"{key}:").select_related("referral").first()
    return found.referral if found else None


def disclose(actor: Actor, referral: Referral, how: str) -> str:
    """Enter that a referral is read, on a page or on paper, before anything of it leaves. Raises LedgerError.

    Returns the number of the receipt.
    """
    receipt = ledger().record(
        event(
            actor,
            "disclosure",
            how,
            {"referral": referral.reference},
            case=referral.reference,
            purpose=PURPOSE,
        )
    )
    return receipt.number


# ---------------------------------------------------------------- what is written with a version


def _received_once(actor: Actor, sent: Sent) -> Referral:
    try:
        with transaction.atomic():
            return _received(actor, sent)
    except IntegrityError:
        # The same form came twice in one moment, and the other one was first: now it is there.
        with transaction.atomic():
            return _received(actor, sent)


def _received(actor: Actor, sent: Sent) -> Referral:
    before = Referral.objects.select_for_update().filter(submission=sent.key).first()
    if before is not None:
        _further(actor, before, sent)
        return before
    said, now = sent.said, sent.at or timezone.now()
    takes_down = _takes_down(actor, said)
    teller = sent.source or (teller_of(actor.partnership, said) if takes_down else _themselves(actor))
    referral = Referral(
        submission=sent.key,
        partnership_id=actor.partnership,
        partner=teller.partner,
        team=teller.team,
        by=teller.author,
        taken_by_id=actor.membership_id if takes_down else None,
        author=_name(sent),
        route=said.route[:20] if takes_down or sent.source else "",
        case_id=sent.case_id,
        sent_at=now,
        received_at=now,
    )
    referral.due_at, referral.due_rule = decision_due(now, urgent=said.rouses)
    _write(actor, referral, sent, 1, now)
    part = states.Part.FRONT_DOOR if takes_down else states.Part.AUTHOR
    write_step(referral, _step(actor, states.Verb.RECEIVE, part, now), None if sent.source else actor)
    Feedback.objects.create(referral=referral, kind=Kind.RECEIPT, at=now, words=RECEIPT)
    enqueue(referral, "referral", said)
    if said.rouses:
        tell_of_danger(actor, referral)
    tell_named_worker(actor, referral, said)
    tell_if_nobody_may_read(referral)
    _tell_teller(actor, referral, teller.author)
    return referral


def _added(actor: Actor, referral: Referral, sent: Sent) -> Version:
    return _further(actor, Referral.objects.select_for_update().get(pk=referral.pk), sent)


def _further(actor: Actor, referral: Referral, sent: Sent) -> Version:
    """The version that this is: one of those that came under this key, or a new one."""
    came = list(
        Version.objects.filter(referral=referral, submission__startswith=f"{sent.key}:").order_by("number")
    )
    verdict = judge([digest(decode(one.content)) for one in came], sent.said)
    if verdict.verdict is Verdict.AGAIN:
        return came[verdict.version - 1]
    now = sent.at or timezone.now()
    before, was = referral.state, latest_of(referral)
    is_new_danger = sent.said.rouses and not (was.urgent if sent.said.urgent else was.rouses)
    verb = states.adding(
        before, danger=sent.said.rouses and (sent.danger_again or says_danger_anew(was, sent.said))
    )
    # Of what is closed nobody has charge: with danger in it, it comes back as if it were new, whoever said that and when.
    comes_back = before == states.State.CLOSED and sent.said.rouses
    named, is_new_team = _named_since(actor, referral, sent)
    version = _write(actor, referral, sent, Version.objects.filter(referral=referral).count() + 1, now)
    # Whoever took it down for an officer may send more words under the same form, and is not its author.
    part = states.Part.AUTHOR if sent.source or is_author(actor, referral) else states.Part.FRONT_DOOR
    write_step(referral, _step(actor, verb, part, now), None if sent.source else actor)
    if is_new_danger or comes_back or (verb == states.Verb.ADD_DANGER and before in states.SETTLED):
        # Danger that is told of later is answered as soon as danger that was told of at once. Where danger waits for a decision
        # already its hour has begun, and nobody gains time by an addition.
        referral.due_at, referral.due_rule = decision_due(now, urgent=True)
        referral.save(update_fields=["due_at", "due_rule"])
    Feedback.objects.create(referral=referral, kind=Kind.RECEIPT, at=now, words=ADDED)
    enqueue(referral, "addition", sent.said)
    if verb == states.Verb.ADD_DANGER or is_new_danger:
        tell_of_danger(actor, referral, said_since(before, is_again=was.urgent))
    elif comes_back:
        tell_of_danger(actor, referral, BACK)
    elif is_new_team and referral.is_urgent:
        tell_team_of_danger(actor, referral)
    tell_named_worker(actor, referral, sent.said)
    tell_if_nobody_may_read(referral)
    _tell_teller(actor, referral, named)
    return version


def _named_since(actor: Actor, referral: Referral, sent: Sent) -> tuple[Membership | None, bool]:
    """Make it theirs whom only these words name as having told it; who that is, and whether its team is known only now."""
    if referral.by is not None or not (referral.taken_by_id and _takes_down(actor, sent.said)):
        return None, False
    referral.author = _name(sent) or as_typed(referral.author)
    teller = teller_of(actor.partnership, sent.said)
    if teller.partner is None or referral.partner_id not in (None, teller.partner.pk):
        return None, False
    before = referral.team
    referral.partner, referral.by, referral.team = teller.partner, teller.author, teller.team or before
    return teller.author, referral.team != before


def _tell_teller(actor: Actor, referral: Referral, author: Membership | None) -> None:
    """Tell the officer whose words somebody else took down that it is theirs."""
    if author is not None and author.user_id != actor.user_id:
        notify([author], _NOTICE, _TAKEN.format(referral.reference), _page(referral))


def _write(actor: Actor, referral: Referral, sent: Sent, number: int, now: dt.datetime) -> Version:
    """Write a version with everything that is found again by it, and its ledger entry."""
    said, subjects = sent.said, subjects_of(sent.said)
    before = list(Subject.objects.filter(referral=referral).values(*SAME_CHILD)) if number > 1 else []
    referral.noticed_at = instant_of(said.noticed)
    referral.is_urgent, referral.danger = said.urgent, danger_rank(said)
    referral.incident = said.links.incident[:60]
    referral.incident_key = folded(referral.incident)
    referral.sender_key = folded(said.imported.reference)[:200] or referral.sender_key
    referral.level = _position(said.request.level)
    referral.gaps = len(gaps(said, actor.sector))
    referral.repeats = len(earlier(referral, subjects))
    told_by = {referral.by.user_id} if referral.by else set()
    referral.interest = referral.interest or declares_an_interest({actor.user_id, *told_by}, said)
    referral.save()
    version = Version.objects.create(
        referral=referral,
        number=number,
        content=encode(said).decode(),
        filled=dict(sent.filled),
        by_id=None if sent.source else actor.membership_id,
        at=now,
        submission=_submission(sent.key, said),
        receipt=ledger().record(_entry(actor, referral, sent, number), join=True).number,
    )
    Subject.objects.filter(referral=referral).delete()
    Subject.objects.bulk_create(Subject(referral=referral, **one) for one in subjects)
    recount(referral, [*before, *subjects])
    Mention.objects.bulk_create(
        (Mention(referral=referral, text=one) for one in sorted(mentions(people_of(said, now.date())))),
        ignore_conflicts=True,
    )
    hold_back(version, said)
    return version


def _submission(key: str, said: Said) -> str:
    """What is kept once: these words under this key."""
    return f"{key}:{digest(said)[:_SHORT_DIGEST]}"


def _entry(actor: Actor, referral: Referral, sent: Sent, number: int) -> Event:
    """What the ledger is told: that it was sent, which words exactly, and none of them."""
    return event(
        actor,
        "change",
        "referral-send" if number == 1 else "referral-add",
        {
            "referral": referral.reference,
            "version": number,
            "digest": digest(sent.said),
            "urgent": sent.said.urgent,
            "route": referral.route,
        },
        case=referral.reference,
        purpose=PURPOSE,
        occurred=sent.at,
    )


def _step(actor: Actor, verb: states.Verb, part: states.Part, at: dt.datetime) -> states.Step:
    return states.Step(verb=verb, part=part, by=actor.name, at=at)


def _name(sent: Sent) -> str:
    """The name to show. Nobody looked at what a file puts there, and lists show it as it is."""
    name = sent.said.referrer.name
    return (words_as_recipients_read(name) if sent.source else name)[:200]


def _themselves(actor: Actor) -> Teller:
    """Whose it is where nobody else tells it: the actor's own, of their organisation and team."""
    own = Membership.objects.select_related("partner").get(pk=actor.membership_id)
    return Teller(own.partner, actor.team, own)


def _page(referral: Referral) -> str:
    return reverse("referrals:referral", args=[referral.pk])


def _takes_down(actor: Actor, said: Said) -> bool:
    """Say whether somebody else refers, and the actor only writes it down: a route says so, for those whose work that is."""
    return bool(said.route) and actor.may("decide-referrals")


def _position(level: str) -> int:
    """Where a level stands in the local order. A file of levels that cannot be read holds up no referral."""
    try:
        return levels.levels_of(settings.DATA).position(level)
    except ChoiceError:
        log.exception("The levels of need cannot be read; ours are used.")
        return levels.packaged_levels().position(level)
