"""A supervisor's ruling that an incident needs no referral, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from footprint.web.accounts.actor import acting
from footprint.web.referrals.desk import no_referral_services, unanswered_queries
from footprint.web.referrals.desk.no_referral_forms import NoReferralForm
from footprint.web.referrals.desk.presenters import team as shown


def no_referral(request: HttpRequest) -> HttpResponse:
    """Rule that an incident of the own team needs no referral."""
    actor = acting(request)
    incident, page = unanswered_queries.without_referral(
        actor, request.GET.get("incident", ""), timezone.now()
    )
    form = NoReferralForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        no_referral_services.rule(actor, incident.incident.reference, said["reason"], said["words"])
        messages.success(
            request, f"{incident.incident.reference} needs no referral. It stays on this page as such."
        )
        return redirect(page)
    line = shown.missing_line(incident, timezone.now())
    return render(request, "referrals/desk_no_referral.html", {"line": line, "form": form})


def undo(request: HttpRequest, ruling_id: int) -> HttpResponse:
    """Take such a ruling back."""
    actor = acting(request)
    ruling, page = unanswered_queries.ruling_of(actor, ruling_id, timezone.now())
    no_referral_services.undo(actor, ruling)
    messages.success(request, f"{ruling.reference} is looked for again.")
    return redirect(page)
