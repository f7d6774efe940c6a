"""The ledger's pages: my own look-ups; for information governance who opened whom, and whether the log is whole."""

from __future__ import annotations

import uuid
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.web.accounts.actor import acting
from footprint.web.ledger import presenters, queries, services, suppressing
from footprint.web.ledger.forms import ReceiptForm, UserForm
from footprint.web.ledger.use import use as use_of_partners

_DAYS: Final = 7
_HEADS: Final = 20


def mine(request: HttpRequest) -> HttpResponse:
    """Show a user their own look-ups."""
    actor = acting(request)
    page = queries.mine(actor, _before(request))
    context = {
        "rows": presenters.rows(page, queries.cases_of(actor, page)),
        "next_before": page.next_before,
        "people": queries.shown_since(actor, _DAYS),
    }
    return render(request, "ledger/mine.html", context)


def oversight(request: HttpRequest) -> HttpResponse:
    """Ask by a receipt; whoever governs, by a user too."""
    actor = acting(request)
    governs = actor.may("govern")
    users = [(str(user.pk), f"{user.name} ({user.username})") for user in queries.users_of(actor) if governs]
    by_user = governs and request.method == "POST" and "user-user" in request.POST
    receipt = ReceiptForm(request.POST if request.method == "POST" and not by_user else None)
    user = UserForm(request.POST if by_user else None, users)
    if by_user and user.is_valid():
        return redirect("ledger:user", user.cleaned_data["user"])
    if receipt.is_valid():
        number = receipt.cleaned_data["receipt"].strip().upper()
        if queries.entry(actor, number):
            return redirect("ledger:entry", number)
        receipt.add_error("receipt", "No entry has this number. Check it against the page or the print")
    return render(request, "ledger/oversight.html", {"receipt": receipt, "user": user, "governs": governs})


def entry(request: HttpRequest, receipt: str) -> HttpResponse:
    """Show one entry, without what is sealed in it."""
    actor = acting(request)
    found = queries.entry(actor, receipt)
    if found is None:
        raise Http404
    shown = presenters.detail(found, queries.users_of(actor))
    return render(request, "ledger/entry.html", {"entry": shown, "governs": actor.may("govern")})


def person(request: HttpRequest, person: str) -> HttpResponse:
    """Show who opened a person."""
    actor = acting(request)
    found = presenters.openings(queries.who_opened(actor, person), queries.users_of(actor))
    return render(request, "ledger/person.html", {"person": person, "openings": found})


def user(request: HttpRequest, user: uuid.UUID) -> HttpResponse:
    """Show what a user opened."""
    actor = acting(request)
    found = queries.user_of(actor, user)
    if found is None:
        raise Http404
    page = queries.opened_by(actor, found, _before(request))
    context = {"user": found.name, "rows": presenters.rows(page), "next_before": page.next_before}
    return render(request, "ledger/user.html", context)


def pairs(request: HttpRequest) -> HttpResponse:
    """Show which users were shown whom more than once."""
    actor = acting(request)
    found = presenters.openings(queries.pairs(actor, 28), queries.users_of(actor))
    return render(request, "ledger/pairs.html", {"openings": found})


def use(request: HttpRequest) -> HttpResponse:
    """Show how much each partner uses Footprint, in suppressed figures."""
    rules = {
        "small": suppressing.SMALL,
        "fewest": suppressing.FEWEST_PEOPLE,
        "rounded_to": suppressing.ROUNDED_TO,
    }
    return render(request, "ledger/use.html", {"use": use_of_partners(acting(request)), **rules})


def heads(request: HttpRequest) -> HttpResponse:
    """Show the signed heads, and check the whole log when asked."""
    actor = acting(request)
    checked = presenters.checked(services.check(actor)) if request.method == "POST" else None
    context = {"heads": presenters.heads(queries.notes(_HEADS)), "checked": checked}
    return render(request, "ledger/heads.html", context)


def _before(request: HttpRequest) -> int | None:
    said = request.GET.get("before", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 16 else None
