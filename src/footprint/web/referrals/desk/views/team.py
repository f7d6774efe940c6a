"""The supervisor's pages: the team's day, that a referral was read, and how the team's forms go from month to month."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from footprint.referrals.trends import points
from footprint.web.accounts.actor import Actor, acting
from footprint.web.cases.scope import NotShared
from footprint.web.referrals.desk import overview_queries, reading, services, team_queries, trend_queries
from footprint.web.referrals.desk.finding_forms import FindForm
from footprint.web.referrals.desk.presenters import team as shown
from footprint.web.referrals.desk.presenters.teams import overview_page, trend_rows
from footprint.web.referrals.footage.presenters import FootageOfTeam, footage_of_team
from footprint.web.referrals.footage.queries import dips, freshness, soon_deleted
from footprint.web.referrals.queries import NotFound


def team(request: HttpRequest) -> HttpResponse:
    """Show what left the team today, what is missing or late, and what was not read; a referral unit reads any of its teams."""
    actor, now = acting(request), timezone.now()
    if not actor.may("supervise-referrals"):
        return _read_only(request, actor, now)
    found = team_queries.team(actor, now, actor.team)
    page = shown.team_page(actor.team, found, reading.now(actor), reading.scales(), actor.sector)
    context = {
        "page": page,
        "supervises": True,
        "footage": _footage(actor, now),
        "no_team": "" if actor.team else shown.NO_TEAM,
        "caution": reading.caution(),
        "find": FindForm(),
    }
    return render(request, "referrals/desk_team.html", context)


def _read_only(request: HttpRequest, actor: Actor, now: dt.datetime) -> HttpResponse:
    """Show how the teams of the own organisation stand, or one of them, with nothing to do but what the table of steps gives."""
    wanted = request.GET.get("team", "")
    if not wanted:
        context = {"page": overview_page(overview_queries.overview(actor, now)), "find": FindForm()}
        return render(request, "referrals/desk_teams.html", context)
    if not overview_queries.is_team(actor, wanted, now):
        raise NotFound
    found = team_queries.team(actor, now, wanted)
    page = shown.team_page(wanted, found, reading.now(actor), reading.scales(), actor.sector)
    context = {
        "page": page,
        "supervises": False,
        "footage": None,
        "no_team": "",
        "caution": reading.caution(),
        "find": FindForm(),
    }
    return render(request, "referrals/desk_team.html", context)


def _footage(actor: Actor, now: dt.datetime) -> FootageOfTeam:
    """What the day shows of footage: what will be deleted, and what was drawn to be looked into."""
    refusal, soon = "", []
    try:
        soon = soon_deleted(actor, now)
    except NotShared as error:
        refusal = str(error)
    fresh = freshness(actor.partnership, actor.organisation)
    return footage_of_team(soon, refusal, dips(actor, now), fresh, now)


def seen(request: HttpRequest) -> HttpResponse:
    """Keep that the supervisor has read some referrals of the team."""
    count = services.mark_seen(acting(request), request.POST.getlist("referral")[: team_queries.MOST])
    if count:
        messages.success(
            request, f"{count} {'referral is' if count == 1 else 'referrals are'} marked as read."
        )
    return redirect("referrals:team")


def trends(request: HttpRequest) -> HttpResponse:
    """Show by criterion how many forms meet it, of how many, and how sure that is; of one team or of all."""
    actor = acting(request)
    marked = trend_queries.marked(actor, timezone.now())
    teams = sorted({one.team for one in marked} - {""})
    team = actor.team if actor.may("supervise-referrals") else request.GET.get("team", "")
    context = {
        "rows": trend_rows(points(marked, team or None)),
        "teams": [] if actor.may("supervise-referrals") else teams,
        "team": team,
        "months": trend_queries.MONTHS,
    }
    return render(request, "referrals/desk_trends.html", context)
