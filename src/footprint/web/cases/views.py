"""The first page, and the pages of a case: open one, complete its reference, close it, come to it from another system."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from footprint.ledger import LedgerUnavailable
from footprint.sharing import Purpose
from footprint.web.accounts.actor import Actor, acting
from footprint.web.cases import presenters, queries, services
from footprint.web.cases.answering import named_again
from footprint.web.cases.first_pages import FIRST_PAGES
from footprint.web.cases.forms import CaseForm, ReferenceForm
from footprint.web.cases.freshness import stale_partners
from footprint.web.cases.linking import LinkedSystemsError, LinkError
from footprint.web.cases.models import Case
from footprint.web.cases.person.destinations import people as urls_of_people
from footprint.web.cases.published import published_or_none
from footprint.web.cases.purposes import all_purposes, purposes_of
from footprint.web.cases.scope import NotShared, scope_of
from footprint.web.notices.queries import for_home
from footprint.web.referrals.desk import first_page as referrals
from footprint.web.subscriptions import queries as subscriptions

_log: Final = logging.getLogger(__name__)
#: What a signed link said, kept in the session until its case is opened: it belongs in no address.
_SENT: Final = "sent-by-system"


def home(request: HttpRequest) -> HttpResponse:
    """Show the first page: for those who ask their cases, for everybody else what they may do."""
    actor = acting(request)
    if not (actor.may("ask") or actor.may("ask-own-pupils")):
        says = FIRST_PAGES.get(actor.role, ())
        others = {"says": says, "tasks": presenters.tasks(actor), "notices": for_home(actor)}
        return render(request, "cases/home_of_others.html", others)
    purposes, now = all_purposes(), timezone.now()
    context: dict[str, Any] = {
        "notices": for_home(actor),
        "subscriptions": subscriptions.for_home(actor),
        "recent": [presenters.case_line(one, purposes, now) for one in queries.recent_cases(actor)],
        "team": _team(actor, purposes, now),
        "referrals": referrals.for_home(actor),
        "stale": stale_partners(now),
    }
    return render(request, "cases/home.html", context)


def _team(actor: Actor, purposes: Mapping[str, Purpose], now: dt.datetime) -> presenters.TeamCases | None:
    """What a supervisor sees of their team; None for anybody else."""
    if actor.role not in queries.SUPERVISORS:
        return None
    return presenters.team_cases(actor, queries.team_cases(actor), purposes, now)


def new(request: HttpRequest) -> HttpResponse:
    """Open a case."""
    actor = acting(request)
    purposes = purposes_of(actor)
    if "sent" not in request.GET:
        request.session.pop(_SENT, None)
    sent: dict[str, str] = request.session.get(_SENT, {})
    if request.method == "POST":
        form = CaseForm(purposes, request.POST)
        if form.is_valid():
            said = form.cleaned_data
            request.session.pop(_SENT, None)
            opened = services.open_case(
                actor,
                purpose=said["purpose"],
                concerns=said["concerns"],
                reference=said["reference"],
                system=sent.get("system", ""),
            )
            return redirect("cases:case", opened.pk)
    else:
        form = CaseForm(purposes, initial=sent)
    context = {"form": form, "can_ask": bool(purposes), "sent_by": sent.get("name", "")}
    return render(request, "cases/new.html", context)


def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show a case: ask in it, see what was asked, complete its reference, close it."""
    actor = acting(request)
    held = queries.case_of(actor, case_id)
    page = presenters.case_page(actor, held, queries.look_ups_in(held), all_purposes(), timezone.now())
    context = {"page": page, "referral": referrals.of_case(actor, held.reference), **_opened(actor, held)}
    return render(request, "cases/case.html", context)


def _opened(actor: Actor, held: Case) -> dict[str, Any]:
    """Whom this user opened in the case. The rest of its page needs neither data nor the record of look-ups."""
    opened = queries.opened_in(actor, held) if held.closed_at is None else {}
    if not opened or published_or_none() is None:
        return {"opened": (), "is_unlisted": False}
    try:
        people = named_again(scope_of(actor, held), opened)
    except NotShared:
        return {"opened": (), "is_unlisted": False}
    except LedgerUnavailable:
        return {"opened": (), "is_unlisted": True}
    urls = urls_of_people(held, queries.handles_in(held, opened))
    lines = [presenters.opened_line(one, opened[one.person_id], urls) for one in people]
    return {"opened": lines, "is_unlisted": False}


def reference(request: HttpRequest, case_id: str) -> HttpResponse:
    """Complete or correct the reference of a case."""
    actor = acting(request)
    held = queries.case_of(actor, case_id)
    if request.method == "POST":
        form = ReferenceForm(request.POST)
        if form.is_valid():
            services.complete_reference(actor, held, form.cleaned_data["reference"])
            messages.success(request, "The reference is kept.")
            return redirect("cases:case", held.pk)
    else:
        form = ReferenceForm(initial={"reference": held.reference})
    return render(
        request, "cases/reference.html", {"form": form, "case_id": held.pk, "concerns": held.concerns}
    )


def close(request: HttpRequest, case_id: str) -> HttpResponse:
    """Say what ends with a case, and close it."""
    actor = acting(request)
    held = queries.case_of(actor, case_id)
    if request.method == "POST":
        services.close_case(actor, held)
        messages.success(request, "The case is closed.")
        return redirect("home")
    if held.closed_at is not None:
        return redirect("cases:case", held.pk)
    context = {
        "case_id": held.pk,
        "concerns": held.concerns,
        "subscriptions": subscriptions.in_case(actor, held),
    }
    return render(request, "cases/close.html", context)


def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """Lead somebody whom another system sent to the case with its reference, or to the form that opens it."""
    actor = acting(request)
    try:
        link = services.follow_link(actor, token)
    except LinkError:
        return render(request, "cases/no_way_from_there.html", status=400)
    except LinkedSystemsError as error:
        _log.error("A signed link could not be checked: %s", error)
        return render(request, "cases/no_way_from_there.html", status=400)
    if found := queries.cases_with_reference(actor, link.reference, link.purpose):
        return redirect("cases:case", found[0].pk)
    request.session[_SENT] = {
        "system": link.system.id,
        "name": link.system.name,
        "reference": link.reference,
        "purpose": link.purpose,
    }
    return redirect(f"{reverse('cases:new')}?sent")
