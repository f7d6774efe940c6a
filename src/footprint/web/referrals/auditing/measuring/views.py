"""The page of measures, and the same as a spreadsheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from footprint.web.accounts.actor import Actor, acting
from footprint.web.ledger import suppressing
from footprint.web.referrals.auditing import paper
from footprint.web.referrals.auditing.framework.queries import sees_figures
from footprint.web.referrals.auditing.measuring import presenters, prompting_queries, queries
from footprint.web.referrals.auditing.measuring import prompting_presenters as prompting
from footprint.web.referrals.auditing.measuring.choices import choices
from footprint.web.referrals.auditing.measuring.incident_queries import SECTOR
from footprint.web.referrals.auditing.services import enter_reading
from footprint.web.referrals.footage.queries import freshness


def measures(request: HttpRequest) -> HttpResponse:
    """Show the measures by team and month, of all classes of incidents or of one."""
    actor = acting(request)
    enter_reading(actor, "referral-measures")
    rules = {"small": suppressing.SMALL, "rounded_to": suppressing.ROUNDED_TO}
    reach = _reach(request, actor)
    context = {"page": _page(actor, reach), "whole": reach.whole, "team": reach.team, "kind": reach.kind}
    return render(request, "referrals/audit_measures.html", context | rules | {"told": _told(actor, reach)})


def spreadsheet(request: HttpRequest) -> HttpResponse:
    """Hand the measures over as a spreadsheet."""
    actor = acting(request)
    enter_reading(actor, "referral-measures-csv")
    return paper.spreadsheet("measures", presenters.cells_of(_page(actor, _reach(request, actor))))


def reach_of(actor: Actor) -> presenters.Reach:
    """Return what somebody sees: the parties all, a supervisor the own team, everybody else suppressed figures by class."""
    if sees_figures(actor):
        return presenters.Reach(whole=True, by_team=True)
    if actor.may("supervise-referrals") and actor.sector == SECTOR and actor.team:
        return presenters.Reach(whole=True, team=actor.team)
    return presenters.Reach(whole=False)


def _reach(request: HttpRequest, actor: Actor) -> presenters.Reach:
    reach, kind = reach_of(actor), request.GET.get("class", "")
    is_known = choices().class_of(kind) is not None
    return reach._replace(kind=kind) if reach.whole and is_known else reach


def _page(actor: Actor, reach: presenters.Reach) -> presenters.MeasuresPage:
    months = queries.months(running=reach.whole)
    says = choices()
    by_month = queries.tallied_in(actor.partnership, months, says)
    followed = queries.followed(actor, months[: queries.LATELY]) if reach.whole else None
    fresh = freshness(actor.partnership)
    return presenters.measures_page(by_month, followed, says, reach, fresh, timezone.now())


def _told(actor: Actor, reach: presenters.Reach) -> prompting.Prompted:
    """Who was briefed on the prompt, by role; and who not, by name, to whoever arranges that for their own."""
    people = prompting_queries.prompted(actor.partnership, SECTOR)
    names = reach.whole and actor.sector == SECTOR
    return prompting.prompted(
        people, prompting_queries.prompt_since(), whole=reach.whole, named=names, team=reach.team
    )
