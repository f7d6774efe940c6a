"""The pages on which somebody asks, inside a case: about a person, an address, a family. What was typed is never lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.web.accounts.actor import acting
from footprint.web.accounts.sessions import ends_at
from footprint.web.cases import services
from footprint.web.cases.answering import day_of
from footprint.web.cases.asking import member_of
from footprint.web.cases.asking_forms import AddressForm, FamilyForm, PersonForm, WhyForm
from footprint.web.cases.limits import has_said_why, may_ask
from footprint.web.cases.models import LookUp
from footprint.web.cases.presenters import is_by
from footprint.web.cases.queries import NotFound, case_of, look_up_of
from footprint.web.cases.scope import Scope, scope_of
from footprint.web.cases.told import terms_of
from footprint.web.design.words import moment

#: In an address, the look-up whose question is to be changed.
AGAIN: Final = "again"
#: Beside it, which person of a family is to be asked about alone.
MEMBER: Final = "member"
_ADD: Final = "add"


class Asking(Protocol):
    """What every form of a question has."""

    @property
    def errors(self) -> Any: ...

    def is_valid(self) -> bool: ...


def person(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask about a person."""
    scope = _scope(request, case_id)
    if request.method == "POST":
        return ask_person(request, scope, PersonForm(request.POST, day_of(scope)))
    form = PersonForm(None, day_of(scope), initial=_again(request, scope, "person"))
    return ask_person(request, scope, form)


def address(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask about an address."""
    scope = _scope(request, case_id)
    if request.method == "POST":
        return ask_address(request, scope, AddressForm(request.POST))
    return ask_address(request, scope, AddressForm(initial=_again(request, scope, "address")))


def family(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask about a whole family at once."""
    scope = _scope(request, case_id)
    why = _why(request, scope)
    if request.method != "POST":
        form = FamilyForm(None, day_of(scope), _again(request, scope, "family") or None)
    else:
        form = FamilyForm(request.POST, day_of(scope))
        if _ADD in request.POST:
            form.add()
        elif _all_valid(form, why):
            return _submitted(scope, "family", form.cleaned, why)
    return _page(request, scope, "cases/ask_family.html", form, why)


def ask_person(request: HttpRequest, scope: Scope, form: PersonForm) -> HttpResponse:
    """Keep a question about a person and lead to its answer, or show the form with what is to be put right."""
    why = _why(request, scope)
    if form.is_bound and _all_valid(form, why):
        return _submitted(scope, "person", form.cleaned_data, why)
    return _page(request, scope, "cases/ask_person.html", form, why)


def ask_address(request: HttpRequest, scope: Scope, form: AddressForm) -> HttpResponse:
    """Keep a question about an address and lead to its answer, or show the form with what is to be put right."""
    why = _why(request, scope)
    if form.is_bound and _all_valid(form, why):
        return _submitted(scope, "address", form.cleaned_data, why)
    return _page(request, scope, "cases/ask_address.html", form, why)


def _scope(request: HttpRequest, case_id: str) -> Scope:
    actor = acting(request)
    return scope_of(actor, case_of(actor, case_id))


def _again(request: HttpRequest, scope: Scope, kind: str) -> dict[str, Any]:
    """What was typed in the look-up whose question is to be changed; nothing where there is none of this kind.

    Of what somebody else typed, as of a look-up that is not there, NotFound.
    """
    before = request.GET.get(AGAIN)
    asked: LookUp | None = look_up_of(scope.case, before) if before else None
    if asked and not is_by(scope.actor, asked):
        raise NotFound
    if asked and asked.kind == "family" and kind == "person":
        return member_of(terms_of(asked), request.GET.get(MEMBER, ""))
    return terms_of(asked) if asked and asked.kind == kind else {}


def _why(request: HttpRequest, scope: Scope) -> WhyForm | None:
    """The question why there are so many look-ups, where it is to be asked. Raises LimitReached where there may be no more."""
    if not may_ask(scope).asks_why or has_said_why(scope):
        return None
    return WhyForm(request.POST if "why-reason" in request.POST else None, prefix="why")


def _all_valid(form: Asking, why: WhyForm | None) -> bool:
    reasoned = why is None or why.is_valid()
    return form.is_valid() and reasoned


def _submitted(scope: Scope, kind: str, terms: Mapping[str, Any], why: WhyForm | None) -> HttpResponse:
    reason = why.cleaned_data["reason"] if why else ""
    asked = services.submit(scope.actor, scope.case, kind, terms, reason)
    return redirect("cases:results", scope.case.pk, asked.pk)


def _page(
    request: HttpRequest, scope: Scope, template: str, form: Asking, why: WhyForm | None
) -> HttpResponse:
    context = {
        "form": form,
        "why": why,
        "case_id": scope.case.pk,
        "concerns": scope.case.concerns,
        "has_errors": bool(form.errors or (why and why.errors)),
        "until": moment(ends_at(request.session)),
    }
    return render(request, template, context)
