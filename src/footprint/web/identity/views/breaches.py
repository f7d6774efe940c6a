"""The information-governance lead's pages: breaches, and the steps of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from footprint.web.accounts.actor import acting
from footprint.web.identity import breaching, queries
from footprint.web.identity.forms import BreachStepForm
from footprint.web.identity.presenters.breaches import line_of, page_of
from footprint.web.identity.reading import enter_reading
from footprint.web.identity.states import BreachStep, IllegalMove


def breaches(request: HttpRequest) -> HttpResponse:
    """Show every breach, the newest first."""
    actor, now = acting(request), timezone.now()
    enter_reading(actor, "breaches")
    return render(
        request,
        "identity/breaches.html",
        {"lines": [line_of(one, now) for one in queries.breaches_of(actor)]},
    )


def breach(request: HttpRequest, breach_id: str) -> HttpResponse:
    """Show one breach, and take a step."""
    actor = acting(request)
    found = queries.breach_of(actor, breach_id)
    enter_reading(actor, "breach", found.reference)
    page = page_of(found, timezone.now())
    form = BreachStepForm(request.POST if request.method == "POST" else None, choices=page.choices)
    if request.method == "POST" and form.is_valid():
        step = BreachStep(form.cleaned_data["step"])
        try:
            breaching.take_step(actor, found, step, form.cleaned_data["reason"])
        except IllegalMove as error:
            form.add_error("step", str(error))
        else:
            messages.success(request, f"Entered: {dict(page.choices)[step.value].lower()}.")
            return redirect("identity:breach", found.pk)
    return render(request, "identity/breach.html", {"page": page, "form": form})
