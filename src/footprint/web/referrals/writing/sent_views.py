"""What was sent: the receipt, one's own referrals, one referral for everybody within reach, on paper, added to, acknowledged."""

from __future__ import annotations

import logging
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from footprint.referrals.feedback import now_said
from footprint.referrals.routing import advice, call_is_due
from footprint.referrals.states import Part, State, stand
from footprint.sharing.partnership import partnership_of
from footprint.web.accounts.actor import Actor, acting
from footprint.web.design.words import moment
from footprint.web.referrals.auditing.sample.blindness import blind_to
from footprint.web.referrals.desk import panels as desk
from footprint.web.referrals.desk.presenters.timing import when_due
from footprint.web.referrals.models import Referral
from footprint.web.referrals.outbox import presenters as outbox
from footprint.web.referrals.queries import (
    NotFound,
    by_hand,
    is_author,
    latest_of,
    parts_in,
    referral_of,
    sent_or_took_down,
)
from footprint.web.referrals.services import disclose, sent_as
from footprint.web.referrals.standing import history
from footprint.web.referrals.whoever_told import how_to_bind
from footprint.web.referrals.writing import services, spool
from footprint.web.referrals.writing.device import kept_with
from footprint.web.referrals.writing.presenters.referral import (
    Reader,
    ReferralPage,
    draft_lines,
    own_lines,
    referral_page,
)
from footprint.web.referrals.writing.queries import (
    adding_to,
    came_of,
    drafts_of,
    earlier_than,
    feedback_of,
    latest_said,
    read_by,
    sent_by,
    unread_by,
)
from footprint.web.referrals.writing.ringing import front_door
from footprint.web.referrals.writing.views import writer_of

log: Final = logging.getLogger(__name__)

#: The list from which somebody who did not write it reads a referral, by their right.
_LISTS: Final = (
    ("decide-referrals", "referrals:queue", "Referrals at the front door"),
    ("supervise-referrals", "referrals:team", "Referrals of your team"),
    ("grade-referrals", "referrals:queue", "Your organisation’s referrals at the front door"),
)


def receipt(request: HttpRequest, referral_id: str) -> HttpResponse:
    """Say that it has arrived, under which reference, and what to do now. It says nothing of what is in it."""
    actor = acting(request)
    held = by_hand(actor, referral_id)
    said = read_by(actor, held)[-1][1]
    context = {
        "call_is_due": call_is_due(said),
        "referral": {"id": held.pk, "reference": held.reference, "sent": held.sent_at, "due": held.due_at},
        # The number stands once, beside what is to be said if it is wrong.
        "now": now_said(history(held)),
        "decided": held.decided_at is not None,
        "unclaimed": stand(history(held)).state == State.RECEIVED,
        "due_tag": when_due(held.due_at, timezone.now(), urgent=True) if held.is_urgent else None,
        "advice": advice(said, partnership_of(settings.DATA).hub, says_number=False),
        "front_door": front_door(actor),
        "unbound": how_to_bind(actor, held),
    }
    return render(request, "referrals/writing_receipt.html", context)


def kept(request: HttpRequest, name: str) -> HttpResponse:
    """Say that it was taken although the record takes nothing now, that it will be entered, and what to do meanwhile."""
    actor = acting(request)
    try:
        sent = spool.find(settings.DATA, actor, name)
    except spool.SpoolUnreadable:
        log.exception("%s stays in the spool.", name[:12])
        return render(request, "referrals/writing_sealed.html", {"front_door": front_door(actor)}, status=503)
    if sent is None:
        entered = sent_as(name)
        if entered is None or not sent_or_took_down(actor, entered):
            raise NotFound
        return redirect("referrals:receipt", entered.pk)
    context = {
        "name": name[:8].upper(),
        "at": sent.at,
        "advice": advice(sent.said, partnership_of(settings.DATA).hub, says_number=False),
        "front_door": front_door(actor),
    }
    return render(request, "referrals/writing_kept.html", context)


def mine(request: HttpRequest) -> HttpResponse:
    """Show what the actor has begun, what they sent, and where they have an answer to read."""
    actor = acting(request)
    lines = own_lines(latest_said(actor, sent_by(actor)), unread_by(actor))
    context = {
        "drafts": draft_lines(drafts_of(actor)),
        "answered": [one for one in lines if one.unread],
        "sent": [one for one in lines if not one.unread],
        **kept_with(actor),
    }
    return render(request, "referrals/writing_mine.html", context)


def referral(request: HttpRequest, referral_id: str) -> HttpResponse:
    """Show a referral to anybody within reach: its author as it was written, everybody else with what is held masked."""
    actor = acting(request)
    held = referral_of(actor, referral_id)
    disclose(actor, held, "referral-read")
    context: dict[str, Any] = {
        "page": _page(actor, held),
        "panels": desk.panels_of(actor, held),
        "elsewhere": outbox.panels_of(actor, held),
        "front_door": front_door(actor),
        "back": _back(actor, held),
    }
    return render(request, "referrals/writing_referral.html", context)


def paper(request: HttpRequest, referral_id: str) -> HttpResponse:
    """Show a referral as it is printed."""
    actor = acting(request)
    held = referral_of(actor, referral_id)
    receipt = disclose(actor, held, "referral-print")
    context = {
        "page": _page(actor, held),
        "printed": f"{actor.name}, {actor.role_label}, {actor.organisation_name}, on {moment(timezone.now())}",
        "receipt": receipt,
    }
    return render(request, "referrals/writing_print.html", context)


def add(request: HttpRequest, referral_id: str) -> HttpResponse:
    """Begin an addition, or go on with the one that was begun: the form as it was sent, to be filled further."""
    actor = acting(request)
    held = referral_of(actor, referral_id)
    if not is_author(actor, held):
        raise NotFound
    begun = adding_to(actor, held) or services.begin_addition(actor, held, latest_of(held))
    if "call" in request.POST:
        return redirect("referrals:step", begun.pk, "safety")
    return redirect("referrals:draft", begun.pk)


def acknowledge(request: HttpRequest, referral_id: str, feedback_id: int) -> HttpResponse:
    """Keep that the author read an answer."""
    actor = acting(request)
    held = referral_of(actor, referral_id)
    if not is_author(actor, held):
        raise NotFound
    services.acknowledge(actor, feedback_of(held, feedback_id))
    messages.success(request, "It is noted that you read it.")
    return redirect("referrals:referral", held.pk)


def _back(actor: Actor, held: Referral) -> dict[str, str]:
    """Where this reader came from: their own list, or the list that is their work."""
    if not is_author(actor, held):
        for right, name, text in _LISTS:
            if actor.may(right):
                return {"text": text, "href": reverse(name)}
    return {"text": "Your referrals", "href": reverse("referrals:mine")}


def _page(actor: Actor, held: Referral) -> ReferralPage:
    """The page; that it is read is entered in the ledger before anything of it leaves."""
    sector = held.partner.sector if held.partner else ""
    parts = parts_in(actor, held)
    reader = Reader(
        Part.AUTHOR in parts,
        Part.FRONT_DOOR in parts,
        writer_of(actor).levels,
        sector,
        # Whoever wrote it is told its grade, and marks no form of theirs.
        is_blind=Part.AUTHOR not in parts and held.pk in blind_to(actor),
        # Whoever reaches a part of them would learn that there are others.
        earlier=earlier_than(actor, held) if Part.FRONT_DOOR in parts else (),
        user=actor.user_id,
    )
    return referral_page(held, read_by(actor, held), came_of(actor, held), reader)
