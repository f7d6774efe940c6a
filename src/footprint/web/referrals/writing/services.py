"""What changes while a referral is written: drafts, which are their author's alone, and then the sending.

A draft has no entry in the ledger: nobody but its author ever sees it. Sending has one, and where the ledger takes none the
referral is taken all the same: it goes to the spool, and is entered later.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from footprint.ledger import LedgerError
from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import Referrer, encode
from footprint.referrals.states import Verb, adding
from footprint.web.accounts.actor import Actor
from footprint.web.cases.models import Case
from footprint.web.ledger.store import Facts, event, ledger
from footprint.web.referrals import services
from footprint.web.referrals.models import Draft, Feedback, Referral, Version
from footprint.web.referrals.models.writing import new_submission
from footprint.web.referrals.writing import spool
from footprint.web.referrals.writing.queries import DraftGone, draft_under, said_in

log: Final = logging.getLogger(__name__)


class Outcome(NamedTuple):
    """What became of what was sent: the referral, or the name under which the spool keeps it."""

    referral: Referral | None
    spooled: str = ""


def begin(
    actor: Actor,
    said: Said,
    *,
    submission: str = "",
    case: Case | None = None,
    adds_to: Referral | None = None,
) -> Draft:
    """Begin a draft, or return the one that was begun under this submission, saying now what is said now."""
    under = submission or new_submission()
    if before := draft_under(actor, under):
        return save(before, said)
    named = {"by_id": actor.membership_id, "case": case, "adds_to": adds_to, "content": encode(said).decode()}
    try:
        with transaction.atomic():
            return Draft.objects.create(submission=under, **named)
    except IntegrityError:
        # The same form came twice in one moment, or it bears the name of somebody else's: neither is lost.
        before = draft_under(actor, under)
        return save(before, said) if before else Draft.objects.create(**named)


@contextmanager
def changing(draft: Draft) -> Iterator[Draft]:
    """Hold a draft as it is saved now: what another window saves meanwhile waits, and is not written over. Raises DraftGone."""
    with transaction.atomic():
        held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
        if held is None:
            raise DraftGone
        yield held


def save(draft: Draft, said: Said, filled: Mapping[str, Any] | None = None) -> Draft:
    """Keep what the draft says now."""
    draft.content = encode(said).decode()
    if filled is not None:
        draft.filled = dict(filled)
    draft.save(update_fields=["content", "filled", "saved_at"])
    return draft


def put_into(draft: Draft, case: Case) -> None:
    """Say in which case the draft is written: only what was asked there can be filled in."""
    draft.case = case
    draft.save(update_fields=["case", "saved_at"])


def discard(draft: Draft) -> None:
    """Throw a draft away. What was sent stays sent."""
    draft.delete()


def referrer_of(actor: Actor, email: str, phone: str = "") -> Referrer:
    """Return what is known of whoever writes, so that nobody types it at two in the morning."""
    return Referrer(
        name=actor.name,
        role=actor.role_label,
        partner=actor.organisation_name,
        team=actor.team,
        email=email,
        phone=phone,
    )


def with_referrer(said: Said, referrer: Referrer) -> Said:
    """Return the referral with whoever refers."""
    return msgspec.structs.replace(said, referrer=referrer)


def begin_addition(actor: Actor, referral: Referral, said: Said) -> Draft:
    """Begin an addition: the form as it was sent last, from where each value was taken, to be filled further."""
    draft = begin(actor, said, adds_to=referral)
    last = Version.objects.filter(referral=referral).order_by("-number").first()
    return save(draft, said, last.filled if last else {})


def send_again(actor: Actor, submission: str, said: Said) -> Outcome:
    """Take what comes again under a form that was sent: the same words change nothing, others are a further version."""
    return send(actor, begin(actor, said, submission=submission))


def may_say_danger_again(draft: Draft, said: Said) -> bool:
    """Say whether whoever adds something is asked if the danger is now that it said before: somebody has taken it up since."""
    to = draft.adds_to
    return (
        to is not None and said.urgent and to.is_urgent and adding(to.state, danger=True) is Verb.ADD_DANGER
    )


def send(actor: Actor, draft: Draft, *, danger_again: bool = False) -> Outcome:
    """Send a draft: it becomes a referral, or a further version of the one to which it adds, and is then no draft any more.

    Where ledger or database take nothing it goes to the spool, and the draft stays until it is entered. Raises OSError where
    the disk does not take it either.
    """
    sent = spool.Spooled(
        actor=actor,
        said=said_in(draft),
        form=draft.submission,
        at=timezone.now(),
        case_id=draft.case_id,
        adds_to=draft.adds_to_id,
        filled=draft.filled,
        danger_again=danger_again,
    )
    try:
        # What was taken before under the same form goes before: its hour began then, and what is said now stands above it.
        if spool.holds(settings.DATA, actor, sent.form):
            _has_entered(spool.path_of(settings.DATA, actor, sent.form))
        return Outcome(_enter(sent, late=False))
    except (LedgerError, DatabaseError):
        log.exception("A referral could not be entered and goes to the spool.")
        return Outcome(None, spool.keep(settings.DATA, sent))


def send_at_once(actor: Actor, said: Said, *, submission: str, case: Case | None) -> Outcome:
    """Send what needs no draft any more. Where the database does not even take the draft, it goes to the spool as it is."""
    try:
        draft = begin(actor, said, submission=submission, case=case)
    except DatabaseError:
        log.exception("A draft could not be kept; what it says goes to the spool.")
        sent = spool.Spooled(
            actor=actor,
            said=said,
            form=submission or new_submission(),
            at=timezone.now(),
            case_id=case.pk if case else None,
        )
        return Outcome(None, spool.keep(settings.DATA, sent))
    return send(actor, draft)


def enter_spooled() -> int:
    """Enter what the spool holds and return how much it was. What still cannot be entered stays there, and the next is tried."""
    return sum(_has_entered(path) for path in spool.waiting(settings.DATA))


def acknowledge(actor: Actor, feedback: Feedback) -> None:
    """Keep that the author read an answer."""
    if feedback.acknowledged_at is not None:
        return
    reference = feedback.referral.reference
    with transaction.atomic():
        feedback.acknowledged_at = timezone.now()
        feedback.save(update_fields=["acknowledged_at"])
        facts: Facts = {"referral": reference, "kind": feedback.kind}
        ledger().record(
            event(actor, "change", "referral-acknowledge", facts, case=reference, purpose=services.PURPOSE),
            join=True,
        )


def _has_entered(path: Path) -> bool:
    """Enter what a file of the spool holds, and say whether that went well. What is wrong with it is told in the log alone."""
    try:
        sent = spool.read(settings.DATA, path)
        _enter(sent, late=True)
        # Only now: killed before this line it is entered again, which makes no second one.
        spool.let_go(settings.DATA, path, sent)
    except Exception:
        # Those behind it are entered all the same. Where it is gone another process entered it.
        if path.exists():
            log.exception("%s stays in the spool.", path.name[:12])
        return False
    return True


def _enter(sent: spool.Spooled, *, late: bool) -> Referral:
    at = sent.at if late else None
    with transaction.atomic():
        if sent.adds_to is None:
            referral = services.receive(
                sent.actor, sent.said, form=sent.form, case_id=sent.case_id, at=at, filled=sent.filled
            )
        else:
            referral = Referral.objects.get(pk=sent.adds_to)
            services.add(
                sent.actor,
                referral,
                sent.said,
                form=sent.form,
                at=at,
                filled=sent.filled,
                danger_again=sent.danger_again,
            )
        # The draft alone: whoever locks their role as well waits for whatever else they send at this moment.
        drafts = Draft.objects.select_for_update(of=("self",))
        draft = drafts.filter(submission=sent.form, by__user=sent.actor.user_id).first()
        # What another window saved while this was sent is in no referral yet: it stays a draft.
        if draft is not None and said_in(draft) == sent.said:
            draft.delete()
    return referral
