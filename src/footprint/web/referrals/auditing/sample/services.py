"""The only writer of samples and marks: a draw, who marks what, each side's marks alone, and what both agreed on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple

import msgspec
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from footprint.referrals import criteria
from footprint.referrals.framework import Framework, Party
from footprint.referrals.grades import graded
from footprint.referrals.moderating import NotYetMarked, agreed
from footprint.referrals.referral import Referral as Said
from footprint.referrals.sampling import Candidate, Draw, assign, draw
from footprint.web.accounts.actor import Actor
from footprint.web.ledger.store import Facts, event, ledger
from footprint.web.notices.services import dealt_with, notify
from footprint.web.referrals.auditing.framework.queries import Kept, party_of, scale_of
from footprint.web.referrals.auditing.framework.services import NOTICE
from footprint.web.referrals.auditing.sample.candidates import candidates, seats
from footprint.web.referrals.auditing.sample.queries import (
    Marked,
    is_theirs,
    marked_of,
    months_to_draw,
    own_list,
    says_of,
    version_to_mark,
)
from footprint.web.referrals.models import Assigned, DrawnReferral, Marking, Referral, Sample
from footprint.web.referrals.models import Framework as FrameworkRow
from footprint.web.referrals.models.audit import MODERATED
from footprint.web.referrals.models.typed import as_typed
from footprint.web.referrals.protecting import as_recipients_read

_CANDIDATES: Final = msgspec.json.Decoder(list[Candidate])

PURPOSE: Final = "referral-audit"
_JOINED: Final = "+"
_TOLD: Final = "A sample of referrals waits for your marks."
_SEED: Final = re.compile(r"[\w./:-]{1,80}")


class Read(NamedTuple):
    """A version of a referral as recipients read it."""

    referral: Referral
    version: int
    said: Said


class NotDrawn(ValueError):
    """Nothing was drawn. The message says why."""


class NotMarked(ValueError):
    """These marks are not taken. The message says why."""


def usual_seed(says: Framework, month: str) -> str:
    """Return the seed that nobody chose: it follows from the framework and the month."""
    return f"{says.id}/{says.version}/{month}"


def draw_sample(actor: Actor, kept: Kept, month: str, seed: str) -> Sample:
    """Draw the sample of a month, once, and give each referral to a marker of each side. Raises NotDrawn, LedgerError."""
    if party_of(actor, kept.says) is None or not kept.holds:
        raise NotDrawn("A sample is drawn by a party, under a framework that holds.")
    if not _SEED.fullmatch(seed):
        raise NotDrawn("Write the seed in letters, figures and . / : - _, at most 80 of them.")
    with transaction.atomic():
        FrameworkRow.objects.select_for_update().get(pk=kept.row.pk)
        if month not in months_to_draw(actor.partnership):
            raise NotDrawn("This month is drawn already, or not over yet. A month is drawn once.")
        listed = candidates(actor.partnership, month, kept.says)
        if not listed:
            raise NotDrawn("No party sent a referral in this month.")
        pool = sorted((without_author(one) for one in listed), key=lambda one: one.id)
        drawn = draw(pool, kept.says.sampling, seed)
        row = Sample.objects.create(
            framework=kept.row,
            month=month,
            seed=seed,
            drawn_by_id=actor.membership_id,
            candidates=drawn.size,
            frame=drawn.frame,
            pool=msgspec.json.encode(pool).decode(),
        )
        _give_out(
            actor, row, drawn, [one for one in listed if one.id in {chosen.id for chosen in drawn.chosen}]
        )
        facts: Facts = {
            "framework": kept.says.stamp,
            "month": month,
            "seed": seed,
            "frame": drawn.frame,
            "candidates": drawn.size,
            "drawn": len(drawn.chosen),
        }
        ledger().record(event(actor, "change", "audit-draw", facts), join=True)
    return row


def without_author(one: Candidate) -> Candidate:
    """Return a candidate as the draw needs it: the author only keeps people apart when markers are found."""
    return msgspec.structs.replace(one, author="")


def drawn_again(sample: Sample) -> Draw:
    """Return what is drawn from the list that was kept, now."""
    pool = _CANDIDATES.decode(sample.pool)
    return draw(pool, says_of(sample).sampling, as_typed(sample.seed))


def enter_pool(actor: Actor, sample: Sample) -> None:
    """Enter that the list from which a sample was drawn is handed over. Raises LedgerError."""
    ledger().record(event(actor, "reading", "audit-list", {"month": sample.month, "frame": sample.frame}))


def read_to_mark(actor: Actor, one: Marked) -> Read:
    """Return what is marked, as recipients read it. That it is read is entered first. Raises LedgerError, NotFound."""
    number, said = version_to_mark(one.drawn)
    referral = one.drawn.referral
    ledger().record(
        event(
            actor,
            "disclosure",
            "audit",
            {"referral": referral.reference, "sample": one.drawn.sample_id},
            case=referral.reference,
            purpose=PURPOSE,
        )
    )
    return Read(referral, number, as_recipients_read(referral, said))


def give_to_me(actor: Actor, drawn_id: int) -> None:
    """Give a referral that nobody of the actor's side has marked yet to the actor. Raises NotFound, NotMarked, LedgerError."""
    with transaction.atomic():
        one, party = _locked(actor, drawn_id)
        if party.partner in one.finished(says_of(one.drawn.sample)):
            raise NotMarked("Your side has marked this one.")
        Assigned.objects.update_or_create(
            drawn=one.drawn, side=party.partner, defaults={"marker_id": actor.membership_id}
        )
        _record(actor, "audit-take-over", one, party.partner)


def mark(actor: Actor, drawn_id: int, marks: Mapping[str, int]) -> None:
    """Keep one side's marks. They may be given anew until the other side has marked. Raises NotFound, NotMarked, LedgerError."""
    with transaction.atomic():
        one, party = _locked(actor, drawn_id)
        says = says_of(one.drawn.sample)
        if not is_theirs(actor, one):
            raise NotMarked("This one was given to somebody else of your side.")
        if set(one.finished(says)) == {other.partner for other in says.parties}:
            raise NotMarked("Both sides have marked it. What was given alone stands; now you agree on it.")
        kept = {code: marks[code] for code in says.criteria}
        _write(actor, one, party.partner, kept)
        _record(actor, "audit-mark", one, party.partner)
        if all(party.partner in other.given.given for other in own_list(actor)):
            among = Q(sentence=_TOLD, membership=actor.membership_id)
            dealt_with(NOTICE, reverse("referrals:audit_mine"), among)


def moderate(actor: Actor, drawn_id: int, said: Mapping[str, int]) -> None:
    """Keep what both sides agreed on, once. Raises NotFound, NotMarked, LedgerError."""
    with transaction.atomic():
        one, _ = _locked(actor, drawn_id)
        if not is_theirs(actor, one):
            raise NotMarked("Whoever marked it for either side enters what was agreed.")
        if one.agreed is not None:
            raise NotMarked("It was agreed on already.")
        try:
            marks = agreed(one.given, said, says_of(one.drawn.sample))
        except NotYetMarked as error:
            raise NotMarked(str(error)) from None
        _write(actor, one, MODERATED, marks)
        _record(actor, "audit-moderate", one, MODERATED)


def _give_out(actor: Actor, row: Sample, drawn: Draw, chosen: list[Candidate]) -> None:
    """Write what was drawn, and who marks it; tell each marker once."""
    rows = {
        one.id: DrawnReferral.objects.create(sample=row, referral_id=one.id, kind=_JOINED.join(one.why))
        for one in drawn.chosen
    }
    says = says_of(row)
    here = seats(actor.partnership, says, [one.id for one in chosen])
    memberships = {seat.marker.id: seat.membership for seat in here}
    given = assign(chosen, [seat.marker for seat in here], as_typed(row.seed))
    pairs = {(one.referral, one.side): memberships.get(one.marker) for one in given}
    Assigned.objects.bulk_create(
        Assigned(drawn=rows[one.id], side=party.partner, marker=pairs.get((one.id, party.partner)))
        for one in drawn.chosen
        for party in says.parties
    )
    load = Counter(one.marker for one in given if one.marker)
    notify([memberships[marker] for marker in load], NOTICE, _TOLD, reverse("referrals:audit_mine"))


def _locked(actor: Actor, drawn_id: int) -> tuple[Marked, Party]:
    DrawnReferral.objects.select_for_update().filter(pk=drawn_id).first()
    return marked_of(actor, drawn_id)


def _write(actor: Actor, one: Marked, side: str, marks: Mapping[str, int]) -> None:
    scale = scale_of(says_of(one.drawn.sample))
    Marking.objects.create(
        referral_id=one.drawn.referral_id,
        drawn=one.drawn,
        side=side,
        by_id=actor.membership_id,
        version=version_to_mark(one.drawn)[0],
        criteria=criteria.VERSION,
        scale=scale.id,
        marks=dict(marks),
        grade=graded(marks, scale).proposed,
    )


def _record(actor: Actor, action: str, one: Marked, side: str) -> None:
    facts: Facts = {
        "referral": one.drawn.referral.reference,
        "sample": one.drawn.sample_id,
        "side": side,
    }
    ledger().record(event(actor, "change", action, facts), join=True)
