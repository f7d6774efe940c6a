"""Incidents with a child that went unanswered for longer than a team's day shows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from footprint.web.accounts.actor import acting
from footprint.web.referrals.desk import unanswered_queries
from footprint.web.referrals.desk.presenters.unanswered import unanswered_page


def unanswered(request: HttpRequest) -> HttpResponse:
    """Show the own team's to whoever supervises it, and all or one team's to a referral unit."""
    actor, now, number = acting(request), timezone.now(), request.GET.get("page", "")
    supervises = actor.may("supervise-referrals")
    of = actor.team if supervises else request.GET.get("team")
    found = unanswered_queries.unanswered(
        actor, now, of, int(number) if number.isdecimal() and len(number) < 7 else 1
    )
    context = {"page": unanswered_page(found, of, now), "supervises": supervises}
    return render(request, "referrals/desk_unanswered.html", context)
