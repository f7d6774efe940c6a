"""The pages of alerts, for whoever governs: what waits, by user and by weight, and one of them with its review."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.web.accounts.actor import acting
from footprint.web.protection.alerts import presenters, queries, services
from footprint.web.protection.alerts.forms import AssignForm, FindingForm


def alerts(request: HttpRequest) -> HttpResponse:
    """Show the alerts that wait, and those that were reviewed."""
    actor = acting(request)
    waiting = [presenters.alert_of(one) for one in queries.waiting(actor)]
    closed = [presenters.alert_of(one) for one in queries.closed(actor)]
    context = {
        "clusters": presenters.clusters(waiting),
        "closed": closed,
        "receipt": services.enter_reading(actor, "alerts", len(waiting) + len(closed)),
    }
    return render(request, "protection/alerts.html", context)


def alert(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one alert, and take who reviews it or what they found."""
    actor = acting(request)
    found = queries.alert_of(actor, reference)
    choices = presenters.reviewer_choices(queries.reviewers(found))
    is_finding = request.method == "POST" and "outcome" in request.POST
    is_assigning = request.method == "POST" and not is_finding
    assigning = AssignForm(choices, request.POST if is_assigning else None)
    finding = FindingForm(request.POST if is_finding else None)
    try:
        if is_assigning and assigning.is_valid():
            services.assign(actor, found, int(assigning.cleaned_data["reviewer"]))
            return redirect("protection:alert", reference)
        if is_finding and finding.is_valid():
            said = finding.cleaned_data
            services.close(actor, found, said["outcome"], said["finding"])
            messages.success(request, f"The review of {reference} is kept.")
            return redirect("protection:alerts")
    except PermissionError as error:
        raise PermissionDenied from error
    is_open = found.closed_at is None
    context = {
        "alert": presenters.alert_of(found),
        "others": [presenters.alert_of(one) for one in queries.same_user(found)],
        "assigning": assigning if is_open and choices else None,
        "finding": finding if is_open and queries.is_theirs_to_review(actor, found) else None,
        "forms": [form for form in (assigning, finding) if form.is_bound],
        "receipt": services.enter_reading(actor, "alerts", 1, {"alert": reference}),
    }
    return render(request, "protection/alert.html", context)
