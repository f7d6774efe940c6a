"""The guardians' pages: what waits, one request, shields and their review. An address is typed here and never shown."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from footprint.web.accounts.actor import Actor, acting
from footprint.web.cases.scope import named, people_at
from footprint.web.protection.alerts.services import enter_reading
from footprint.web.protection.guarding import presenters, queries, rulings, services
from footprint.web.protection.guarding.forms import LiftForm, NoteForm, ShieldForm, VerdictForm
from footprint.web.protection.models import GuardianRequest


def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits, and every shield with the day on which it is to be looked at again."""
    actor = acting(request)
    today = timezone.localdate().isoformat()
    shields = queries.shields(actor)
    waiting = queries.waiting(actor)
    context = {
        "waiting": [presenters.asked(one) for one in waiting],
        "settled": [presenters.asked(one) for one in queries.settled(actor)],
        "shields": [presenters.shield_line(one, today) for one in shields],
        "receipt": enter_reading(actor, "shields", len(shields) + len(waiting)),
    }
    return render(request, "protection/queue.html", context)


def request_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a request, and take what a guardian says to it."""
    actor = acting(request)
    found = queries.request_of(actor, reference)
    person = _whom(actor, found)
    shown = presenters.asked(found, person.name)
    form = VerdictForm(shown.yes, shown.no, request.POST if request.method == "POST" else None)
    complaint = ""
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            services.say(actor, found, grants=said["verdict"] == "yes", reason=said["reason"])
        except (services.AlreadySaid, rulings.NobodyThere) as error:
            complaint = str(error)
        else:
            messages.success(request, f"What you said to {reference} is kept.")
            return redirect("protection:queue")
    context = {
        "asked": shown,
        "form": form if found.state == GuardianRequest.State.OPEN else None,
        "complaint": complaint,
        "receipt": person.receipt,
    }
    return render(request, "protection/request.html", context)


def new_shield(request: HttpRequest) -> HttpResponse:
    """Shield a person or an address, at once."""
    actor = acting(request)
    form = ShieldForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            covered = _shield(actor, form)
        except rulings.NobodyThere as error:
            form.add_error(form.cleaned_data["what"], str(error))
        else:
            messages.success(request, f"Shielded. It applies at once, everywhere. {covered}".strip())
            return redirect("protection:queue")
    return render(request, "protection/new_shield.html", {"form": form})


def shield(request: HttpRequest, decision: str) -> HttpResponse:
    """Look at a shield again and leave it, or ask a second guardian to lift it."""
    actor = acting(request)
    found = queries.shield_of(actor, decision)
    is_note = request.method == "POST" and "note" in request.POST
    is_lift = request.method == "POST" and not is_note
    note = NoteForm(request.POST if is_note else None)
    lift = LiftForm(request.POST if is_lift else None)
    if is_note and note.is_valid():
        services.look_at_again(actor, found.decision, note.cleaned_data["note"])
        messages.success(request, "The shield stays. It is looked at again in six months.")
        return redirect("protection:queue")
    waits = queries.lift_waits(actor, decision)
    if is_lift and lift.is_valid() and not waits:
        asked = services.ask_lift(actor, found.decision, lift.cleaned_data["reason"])
        messages.success(
            request, f"A second guardian decides on {asked.reference}. Until then the shield stays."
        )
        return redirect("protection:queue")
    context: dict[str, Any] = {
        "shield": presenters.shield_line(found, timezone.localdate().isoformat()),
        "note": note,
        "lift": None if waits else lift,
        "forms": [form for form in (note, lift) if form.is_bound],
        "receipt": enter_reading(actor, "shields", 1, {"decision": decision}),
    }
    return render(request, "protection/shield.html", context)


def _shield(actor: Actor, form: ShieldForm) -> str:
    """Shield what the form names, and say whom an address covers: it is not shown again, so a slip would not be seen."""
    said = form.cleaned_data
    if said["what"] != "address":
        services.shield(actor, rulings.about_person(said["person"].strip()), said["reason"])
        return ""
    subjects = rulings.about_address(form.place)
    covered = people_at([one.value for one in subjects])
    services.shield(actor, subjects, said["reason"])
    if not covered:
        return (
            "BUT no partner lists anybody there now. If you meant a home where somebody lives, it was written otherwise: "
            "shield it again, with its house number and postcode as partners write them."
        )
    return f"Partners list {covered} {'person' if covered == 1 else 'people'} there now or before."


class _Whom(NamedTuple):
    """Whom a request is about, and the receipt of its being read."""

    name: str
    receipt: str


def _whom(actor: Actor, found: GuardianRequest) -> _Whom:
    receipt = services.enter_reading(actor, found)
    return _Whom(named(found.person_id) if found.person_id else "", receipt)
