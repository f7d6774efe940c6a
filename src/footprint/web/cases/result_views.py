"""The answer to a look-up, reached by GET: each time it is shown it is asked anew, and is a look-up of its own in the ledger."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from footprint.answer.words import HUB, Wrong
from footprint.web.accounts.actor import acting
from footprint.web.cases import ask_views, presenters
from footprint.web.cases.answering import answer_address, answer_family, answer_person, day_of
from footprint.web.cases.asking import PERSON_FIELDS
from footprint.web.cases.asking_forms import AddressForm, FlatForm, PersonForm, one_field
from footprint.web.cases.family_presenters import family_page
from footprint.web.cases.household_presenters import address_page
from footprint.web.cases.looking_up import Answered
from footprint.web.cases.models import LookUp
from footprint.web.cases.person.destinations import people
from footprint.web.cases.person.presenters.ring import Ring, ring
from footprint.web.cases.person.presenters.stamp import receipt_line
from footprint.web.cases.person.queries import reported_wrong
from footprint.web.cases.queries import NotFound, case_of, look_up_of
from footprint.web.cases.result_presenters import result_page
from footprint.web.cases.scope import Scope, scope_of
from footprint.web.cases.told import terms_of
from footprint.web.identity.presenters.apart import in_doubt

_MORE: Final = "more"


def results(request: HttpRequest, case_id: str, look_up_id: str) -> HttpResponse:
    """Show the answer to a look-up; with POST, ask again with one thing more."""
    actor = acting(request)
    case = case_of(actor, case_id)
    asked = look_up_of(case, look_up_id)
    scope = scope_of(actor, case)
    if request.method == "POST":
        return _asked_with_more(request, scope, asked)
    return _PAGES[asked.kind](request, scope, asked)


def _asked_with_more(request: HttpRequest, scope: Scope, asked: LookUp) -> HttpResponse:
    """Ask the same again with what was added: the flat of an address, or what tells two people apart.

    Whoever typed it may: the question then goes on under the name of whoever asks, who reads what was typed.
    """
    if not presenters.is_by(scope.actor, asked):
        raise NotFound
    if asked.kind == "address":
        terms = {**terms_of(asked), "flat": request.POST.get("flat", "")}
        return ask_views.ask_address(request, scope, AddressForm(terms))
    if asked.kind == "family":
        raise NotFound
    added = {name: request.POST[name] for name in PERSON_FIELDS if request.POST.get(name)}
    return ask_views.ask_person(request, scope, PersonForm({**terms_of(asked), **added}, day_of(scope)))


def _person(request: HttpRequest, scope: Scope, asked: LookUp) -> HttpResponse:
    everyone = _MORE in request.GET
    answered = answer_person(scope, asked, everyone=everyone)
    found, urls = answered.answer, _urls(scope, answered)
    wrong = reported_wrong(scope)
    page = result_page(
        found.answer, found.footprint, urls, partial(in_doubt, scope), _hub(scope, wrong), wrong
    )
    context: dict[str, Any] = {"page": page, "everyone": everyone, "one_field": None, "form": None}
    is_mine = presenters.is_by(scope.actor, asked)
    if page.tell_apart and is_mine:
        context["one_field"] = one_field(page.tell_apart)
    if page.outcome == "refine" and is_mine:
        context["form"] = PersonForm(None, day_of(scope), initial=terms_of(asked))
    return _page(request, "cases/results_person.html", scope, asked, answered, context)


def _address(request: HttpRequest, scope: Scope, asked: LookUp) -> HttpResponse:
    answered = answer_address(scope, asked)
    wrong = reported_wrong(scope)
    page = address_page(answered.answer, _urls(scope, answered), _hub(scope, wrong), wrong)
    may_add = page.outcome == "flat-needed" and presenters.is_by(scope.actor, asked)
    flat = FlatForm(page.part) if may_add else None
    context = {"page": page, "flat": flat}
    return _page(request, "cases/results_address.html", scope, asked, answered, context)


def _family(request: HttpRequest, scope: Scope, asked: LookUp) -> HttpResponse:
    answered = answer_family(scope, asked)
    wrong, urls = reported_wrong(scope), _urls(scope, answered)
    page = family_page(answered.answer, urls, partial(in_doubt, scope), _hub(scope, wrong), wrong)
    context = {"page": page}
    return _page(request, "cases/results_family.html", scope, asked, answered, context)


def _page(
    request: HttpRequest,
    template: str,
    scope: Scope,
    asked: LookUp,
    answered: Answered[Any],
    context: dict[str, Any],
) -> HttpResponse:
    is_mine = presenters.is_by(scope.actor, asked)
    everywhere = {
        "case_id": scope.case.pk,
        "concerns": scope.case.concerns,
        "look_up_id": asked.pk,
        "asked": presenters.asked_by(scope.actor, asked),
        "is_mine": is_mine,
        "asked_by": asked.membership.user.name,
        "is_overdue": scope.case.is_overdue(scope.now),
        "receipt": receipt_line(scope, answered.receipt),
    }
    return render(request, template, everywhere | context)


def _hub(scope: Scope, wrong: Wrong) -> Ring | None:
    return ring(scope.hub, HUB, wrong)


def _urls(scope: Scope, answered: Answered[Any]) -> dict[str, str]:
    return people(scope.case, answered.handles)


_PAGES: Final = {"person": _person, "address": _address, "family": _family}
