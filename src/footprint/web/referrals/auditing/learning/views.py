"""The pages of what audits found: agreement and drift, themes and briefings, and the briefings for whoever writes referrals."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from footprint.referrals.framework import audited_again
from footprint.web.accounts.actor import acting
from footprint.web.referrals.auditing.framework.queries import base, sees_figures
from footprint.web.referrals.auditing.learning import queries, services
from footprint.web.referrals.auditing.learning.agreement_presenters import agreement_page
from footprint.web.referrals.auditing.learning.forms import BriefingForm
from footprint.web.referrals.auditing.learning.theme_presenters import themes_page, told_lines
from footprint.web.referrals.auditing.services import enter_reading
from footprint.web.referrals.queries import NotFound

_BRIEFED = "The briefing is kept. Everybody who writes referrals finds it, and says that they have had it."
_HAD = "It is kept that you have had this briefing."


def agreement(request: HttpRequest) -> HttpResponse:
    """Show how alike both sides mark, and whether that drifts."""
    actor = acting(request)
    enter_reading(actor, "audit-agreement")
    whole = sees_figures(actor)
    page = agreement_page(
        queries.results(actor.partnership), base(actor.partnership), actor.user_id, whole=whole
    )
    return render(request, "referrals/audit_agreement.html", {"page": page, "whole": whole})


def themes(request: HttpRequest) -> HttpResponse:
    """Show what to brief about, and whether briefings moved it."""
    actor = acting(request)
    enter_reading(actor, "audit-themes")
    whole = sees_figures(actor)
    page = themes_page(
        queries.results(actor.partnership),
        queries.briefings(actor),
        queries.colleagues(actor.partnership),
        team=request.GET.get("team", ""),
        whole=whole,
    )
    return render(request, "referrals/audit_themes.html", {"page": page, "whole": whole})


def brief(request: HttpRequest) -> HttpResponse:
    """Write a briefing."""
    actor = acting(request)
    if not sees_figures(actor):
        raise NotFound
    initial = {"criterion": request.GET.get("criterion", ""), "given_on": timezone.localdate().isoformat()}
    form = BriefingForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        again = said.pop("again_on") or audited_again(said["given_on"], base(actor.partnership))
        services.brief(actor, services.Theme(**said, again_on=again))
        messages.success(request, _BRIEFED)
        return redirect("referrals:audit_themes")
    return render(request, "referrals/audit_brief.html", {"form": form})


def briefings(request: HttpRequest) -> HttpResponse:
    """Show the briefings to whoever writes referrals."""
    lines = told_lines(queries.told_to(acting(request)))
    return render(request, "referrals/audit_briefings.html", {"lines": lines})


def had(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Take it that somebody has had a briefing."""
    actor = acting(request)
    services.had(actor, queries.briefing_of(actor, briefing_id))
    messages.success(request, _HAD)
    return redirect("referrals:briefings")
