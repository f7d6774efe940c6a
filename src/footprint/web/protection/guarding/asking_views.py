"""The pages on which whoever has a case asks something of the guardians, and looks behind a shield the one time they were let."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.answer.behind import behind_the_shield
from footprint.ledger import LedgerError
from footprint.web.accounts.actor import acting
from footprint.web.cases.limits import may_open
from footprint.web.cases.looking_up import ShownPerson, look_up
from footprint.web.cases.person.presenters.stamp import receipt_line
from footprint.web.cases.person.queries import known
from footprint.web.cases.queries import NotFound, case_of
from footprint.web.cases.scope import Scope, scope_of
from footprint.web.notices.queries import is_written_to
from footprint.web.protection.alerts.observing import BEHIND
from footprint.web.protection.guarding import queries, services
from footprint.web.protection.guarding.forms import AskShieldForm, OverrideForm, QuestionForm

_SENT = "Sent to the guardians as {reference}. You are told here{by_mail}."


def question(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Have a question passed on to somebody who is protected."""
    scope, person_id = _reach(request, case_id, handle, "protected")
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        text = f"{said['question']} Ring back: {said['reach']}"
        return _asked(request, scope, services.Kind.QUESTION, person_id, text, handle)
    return _page(request, "protection/question.html", form, scope, handle)


def override(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Ask two guardians to be let look behind a shield, once."""
    scope, person_id = _reach(request, case_id, handle, "protected")
    form = OverrideForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _asked(request, scope, services.Kind.OVERRIDE, person_id, form.cleaned_data["reason"], handle)
    return _page(request, "protection/override.html", form, scope, handle)


def ask_shield(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Ask the guardians to shield somebody."""
    scope, person_id = _reach(request, case_id, handle, "open")
    form = AskShieldForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _asked(request, scope, services.Kind.SHIELD, person_id, form.cleaned_data["reason"], handle)
    return _page(request, "protection/ask_shield.html", form, scope, handle)


def behind(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Look behind a shield: the page itself answers the POST, for the view is gone when it is loaded again."""
    scope, person_id = _reach(request, case_id, handle, "protected")
    granted = queries.granted_override(scope, person_id)
    if granted is None:
        raise NotFound
    context = {"case_id": case_id, "handle": handle, "reference": granted.reference, "lines": None}
    if request.method != "POST":
        return render(request, "protection/behind.html", context)
    may_open(scope, person_id)
    if not services.use_up(granted):
        raise NotFound
    try:
        answered = look_up(
            scope,
            BEHIND,
            lambda: behind_the_shield(scope.people, person_id, scope.ruling.disclosure),
            lambda _: [ShownPerson(person_id, "opened")],
            subjects=[person_id],
            facts={"request": granted.reference},
        )
    except LedgerError:
        services.give_back(granted)
        raise
    receipt = receipt_line(scope, answered.receipt)
    return render(request, "protection/behind.html", context | {"lines": answered.answer, "receipt": receipt})


def _reach(request: HttpRequest, case_id: str, handle: str, standing: str) -> tuple[Scope, str]:
    """The scope and the person, who must stand so: what makes no sense of somebody is not there."""
    actor = acting(request)
    scope = scope_of(actor, case_of(actor, case_id))
    person_id = known(scope, handle)
    shown = scope.people.find(person_id)
    if shown is None or shown.standing != standing:
        raise NotFound
    return scope, person_id


def _asked(
    request: HttpRequest, scope: Scope, kind: str, person_id: str, text: str, handle: str
) -> HttpResponse:
    asked = services.ask(scope, kind, person_id, text)
    by_mail = " and by e-mail" if is_written_to(scope.actor) else ""
    messages.success(request, _SENT.format(reference=asked.reference, by_mail=by_mail))
    return redirect("cases:person", scope.case.pk, handle)


def _page(request: HttpRequest, template: str, form: object, scope: Scope, handle: str) -> HttpResponse:
    return render(request, template, {"form": form, "case_id": scope.case.pk, "handle": handle})
