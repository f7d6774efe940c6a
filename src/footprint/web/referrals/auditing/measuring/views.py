"""The page of measures, and the same as a spreadsheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from footprint.web.accounts.actor import Actor, acting
from footprint.web.ledger import suppressing
from footprint.web.referrals.auditing import paper
from footprint.web.referrals.auditing.framework.queries import sees_figures
from footprint.web.referrals.auditing.measuring import presenters, queries
from footprint.web.referrals.auditing.services import enter_reading


def measures(request: HttpRequest) -> HttpResponse:
    """Show the measures by team and month."""
    actor = acting(request)
    enter_reading(actor, "referral-measures")
    rules = {"small": suppressing.SMALL, "rounded_to": suppressing.ROUNDED_TO}
    reach = reach_of(actor)
    context = {"page": _page(actor, reach), "whole": reach.whole, "team": reach.team, **rules}
    return render(request, "referrals/audit_measures.html", context)


def spreadsheet(request: HttpRequest) -> HttpResponse:
    """Hand the measures over as a spreadsheet."""
    actor = acting(request)
    enter_reading(actor, "referral-measures-csv")
    return paper.spreadsheet("measures", presenters.cells_of(_page(actor, reach_of(actor))))


def reach_of(actor: Actor) -> presenters.Reach:
    """Return what somebody sees: the parties all, a supervisor the own team, everybody else suppressed figures of all."""
    if sees_figures(actor):
        return presenters.Reach(whole=True, by_team=True)
    if actor.may("supervise-referrals") and actor.sector == queries.SECTOR and actor.team:
        return presenters.Reach(whole=True, team=actor.team)
    return presenters.Reach(whole=False)


def _page(actor: Actor, reach: presenters.Reach) -> presenters.MeasuresPage:
    shown = queries.months(running=reach.whole)
    choices = queries.choices()
    by_month = {month: queries.tallied_in(actor.partnership, month, choices) for month in shown}
    followed = queries.followed(actor, shown[: queries.LATELY]) if reach.whole else None
    return presenters.measures_page(by_month, followed, choices, reach)
