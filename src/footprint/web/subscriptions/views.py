"""The pages of subscriptions."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from footprint.web.accounts.actor import acting
from footprint.web.cases.person.queries import known
from footprint.web.cases.queries import case_of
from footprint.web.cases.scope import scope_of
from footprint.web.notices.queries import is_written_to
from footprint.web.subscriptions import queries, services, words
from footprint.web.subscriptions.forms import StartForm

_STARTED: Final = "You are told when anything new happens, until {day}."
_ENDED: Final = "You are told of nothing more."


def start(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Ask for how long, and start."""
    actor = acting(request)
    scope = scope_of(actor, case_of(actor, case_id))
    person_id = known(scope, handle)
    form = StartForm(request.POST if request.method == "POST" else None)
    refusal = ""
    try:
        if request.method == "POST" and form.is_valid():
            made = services.start(
                scope, person_id, int(form.cleaned_data["months"]), form.cleaned_data["called"]
            )
            messages.success(request, _STARTED.format(day=words.day(made.expires)))
            return redirect("cases:person", case_id, handle)
        services.check_startable(scope, person_id)
    except services.NotPossible as error:
        refusal = str(error)
    shown = {
        "form": form,
        "refusal": refusal,
        "case": words.of_case(scope.case.reference),
        "case_id": case_id,
        "handle": handle,
        "by_mail": is_written_to(actor),
        "stands": queries.standing_for(scope, person_id) is not None,
    }
    return render(request, "subscriptions/start.html", shown)


def listed(request: HttpRequest) -> HttpResponse:
    """Show this user's own."""
    return render(
        request, "subscriptions/list.html", {"lines": queries.mine(acting(request), timezone.now())}
    )


def renew(request: HttpRequest, subscription_id: str) -> HttpResponse:
    """Let one go on for three months from today."""
    actor = acting(request)
    found = queries.subscription_of(actor, subscription_id)
    services.renew(actor, found, services.MONTHS[0])
    messages.success(request, _STARTED.format(day=words.day(found.expires)))
    return redirect("subscriptions:list")


def end(request: HttpRequest, subscription_id: str) -> HttpResponse:
    """End one."""
    actor = acting(request)
    services.end(actor, queries.subscription_of(actor, subscription_id))
    messages.success(request, _ENDED)
    return redirect("subscriptions:list")
