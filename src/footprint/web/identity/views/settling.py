"""The steward's pages: what waits, the two sides of a dispute, settling it, and taking that back."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from footprint.web.accounts.actor import acting
from footprint.web.cases.scope import scope_for_steward
from footprint.web.identity import deciding, queries, reading
from footprint.web.identity.forms import SettleForm, TakeBackForm, offer
from footprint.web.identity.presenters.disputes import (
    DisputePage,
    choices_of,
    line_of,
    page_of,
    refusal_of,
)
from footprint.web.identity.states import IllegalMove, Said, State

_SETTLED: Final = "{reference} is settled: {state}. Everybody who was told of it is told so."
_UNCLEAR: Final = "{reference} stays in the queue. Everybody who was told of it is told so."
_TAKEN_BACK: Final = "{reference} is open again. Everybody who was told of it is told so."


def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits: children first, then what has waited longest; and what was settled lately."""
    actor, now = acting(request), timezone.now()
    lines = [line_of(one, now) for one in queries.waiting(actor)]
    settled = [line_of(one, now) for one in queries.settled_lately(actor)]
    return render(request, "identity/queue.html", {"lines": lines, "settled": settled, "most": queries.MOST})


def dispute(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """Show both sides of a dispute."""
    return _page(request, dispute_id, None, None)


def settle(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """Settle it."""
    actor = acting(request)
    found = queries.dispute_of(actor, dispute_id)
    scope = scope_for_steward(actor)
    compared = reading.compare(scope, found)
    said, state = Said(found.said), queries.state_of(found)
    form = SettleForm(
        request.POST, choices=[(after.value, label) for after, label, _ in choices_of(said, state)]
    )
    refusal = refusal_of(found, queries.voices_of(found), actor.user_id, is_own=compared.is_own)
    if refusal or not form.is_valid():
        return _page(request, dispute_id, form, None)
    after = State(form.cleaned_data["after"])
    try:
        deciding.settle(scope, found, compared.sides, after, form.cleaned_data["reason"])
    except (IllegalMove, deciding.KeptApart, deciding.NotToBeSeen) as error:
        form.add_error("after", str(error))
        return _page(request, dispute_id, form, None)
    told = _UNCLEAR if after is State.UNCLEAR else _SETTLED
    state_words = {one: label.lower() for one, label, _ in choices_of(said, state)}
    messages.success(request, told.format(reference=found.reference, state=state_words[after]))
    return redirect("identity:queue")


def take_back(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """Take back what was settled."""
    actor = acting(request)
    found = queries.dispute_of(actor, dispute_id)
    scope = scope_for_steward(actor)
    form = TakeBackForm(request.POST)
    is_own = reading.compare(scope, found).is_own
    refusal = refusal_of(found, queries.voices_of(found), actor.user_id, is_own=is_own)
    if refusal or not form.is_valid():
        return _page(request, dispute_id, None, form)
    try:
        deciding.take_back(scope, found, form.cleaned_data["reason"])
    except IllegalMove as error:
        form.add_error("reason", str(error))
        return _page(request, dispute_id, None, form)
    messages.success(request, _TAKEN_BACK.format(reference=found.reference))
    return redirect("identity:dispute", found.pk)


def _page(
    request: HttpRequest, dispute_id: str, settling: SettleForm | None, taking_back: TakeBackForm | None
) -> HttpResponse:
    actor = acting(request)
    found = queries.dispute_of(actor, dispute_id)
    scope = scope_for_steward(actor)
    seen = reading.read(scope, found)
    voices = queries.voices_of(found)
    refusal = refusal_of(found, voices, actor.user_id, is_own=seen.is_own)
    page = page_of(scope, found, queries.state_of(found), queries.steps_of(found), seen, refusal, voices)
    context = {
        "page": page,
        "dispute_id": dispute_id,
        "settling": _offered(page, settling),
        "taking_back": taking_back or TakeBackForm(auto_id="back-%s"),
    }
    return render(request, "identity/dispute.html", context)


def _offered(page: DisputePage, form: SettleForm | None) -> Form:
    """The form with what may be ruled now: after an error with what was typed."""
    if form is None:
        return SettleForm(choices=page.choices, hints=page.hints)
    offer(form.fields["after"], page.choices, page.hints)
    return form
