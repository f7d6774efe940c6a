"""The pages of the list: what stands on it, putting somebody on it, and taking an entry off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.records.reading_addresses import parse_address
from footprint.web.accounts.actor import acting
from footprint.web.protection.alerts.services import enter_reading
from footprint.web.protection.lists import presenters, queries, services
from footprint.web.protection.lists.forms import RaiseForm
from footprint.web.protection.models import ListEntry


def listed(request: HttpRequest) -> HttpResponse:
    """Show the entries that hold."""
    actor = acting(request)
    entries = queries.standing(actor)
    context = {
        "entries": [presenters.line_of(one) for one in entries],
        "receipt": enter_reading(actor, "watched-over", len(entries)),
    }
    return render(request, "protection/lists.html", context)


def raise_entry(request: HttpRequest) -> HttpResponse:
    """Put somebody on the list."""
    form = RaiseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            entry = _raised(request, form)
        except services.NothingToRecognise as error:
            form.add_error("address" if form.cleaned_data["sort"] == "address" else "name", str(error))
        else:
            messages.success(request, f"{entry.reference} is watched over from now on.")
            return redirect("protection:lists")
    return render(request, "protection/raise.html", {"form": form})


def end_entry(request: HttpRequest, reference: str) -> HttpResponse:
    """Take an entry off the list."""
    actor = acting(request)
    services.end_entry(actor, queries.entry_of(actor, reference))
    messages.success(request, f"{reference} is off the list.")
    return redirect("protection:lists")


def _raised(request: HttpRequest, form: RaiseForm) -> ListEntry:
    said = form.cleaned_data
    sort = said["sort"]
    if sort == "person":
        digests, typed = services.of_person(said["person"]), said["person"]
    elif sort == "address":
        digests, typed = services.of_address(parse_address(said["address"])), said["address"]
    else:
        digests = services.of_name(said["name"], form.birthday)
        typed = f"{said['name']} {said['born'] if sort == 'named' else ''}".strip()
    return services.raise_entry(acting(request), sort, digests, said["why"], form.last_day, typed)
