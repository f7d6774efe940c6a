"""The pages of one person in one case."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from footprint.web.accounts.actor import acting
from footprint.web.cases.answering import named_by
from footprint.web.cases.person import pdf as paper
from footprint.web.cases.person.destinations import destinations, people
from footprint.web.cases.person.forms import WrongNumberForm
from footprint.web.cases.person.presenters.page import page_of
from footprint.web.cases.person.presenters.sheet import sheet_of
from footprint.web.cases.person.presenters.text import text_of_family, text_of_person
from footprint.web.cases.person.queries import known, reported_wrong
from footprint.web.cases.person.services import disclose, disclose_family, report_wrong_number, show
from footprint.web.cases.queries import NotFound, case_of, look_up_of
from footprint.web.cases.scope import Scope, scope_of
from footprint.web.identity.queries import said_of
from footprint.web.protection.glass.queries import lent
from footprint.web.protection.panel import panel_of

_TOLD: Final = "They were told that the number is wrong. If it is urgent, do not wait: ring the hub, or 999."


def person(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Show a footprint."""
    scope, person_id = _reach(request, case_id, handle)
    shown = show(scope, person_id)
    page = page_of(scope, shown, handle)
    panel = panel_of(scope, person_id, shown.footprint.standing, handle)
    workers = [WrongNumberForm(auto_id=f"worker-{number}-%s") for number, _ in enumerate(page.open_to, 1)]
    numbers = WrongNumberForm(numbers=page.numbers)
    context = {"page": page, "panel": panel, "workers": workers, "numbers": numbers}
    said = said_of(shown.footprint)
    context["said"] = set(people(scope.case, {one: shown.handles[one] for one in said}).values())
    return render(request, "cases/person/person.html", context)


def sheet(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Show a footprint as it is printed."""
    scope, person_id = _reach(request, case_id, handle)
    shown = disclose(scope, person_id, "print")
    made = sheet_of(scope, shown, handle, named_by(scope, shown.footprint.person_id))
    return render(request, "cases/person/print.html", {"sheet": made})


def pdf(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Hand a footprint over as a PDF, or say why there is none and lead to the print view."""
    scope, person_id = _reach(request, case_id, handle)
    if not paper.can_make():
        return _no_pdf(request, case_id, handle, "")
    shown = disclose(scope, person_id, "pdf")
    made = sheet_of(scope, shown, handle, named_by(scope, shown.footprint.person_id))
    try:
        written = paper.make(render_to_string("cases/person/pdf.html", {"sheet": made}, request))
    except paper.NoPDF as error:
        return _no_pdf(request, case_id, handle, str(error))
    return HttpResponse(
        written,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{made.receipt}.pdf"'},
    )


def wrong_number(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Take what is said of a number, tell those who can put it right, and go back."""
    scope, _ = _reach(request, case_id, handle)
    form = WrongNumberForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "to": destinations(scope.case, handle)}
        return render(request, "cases/person/wrong_number.html", context)
    partner, _, number = form.cleaned_data["number"].partition("/")
    report_wrong_number(scope, partner, number, form.cleaned_data["right"])
    messages.success(request, _TOLD)
    return redirect("cases:person", case_id, handle)


def summary(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Show a footprint as a text to paste into a case record."""
    scope, person_id = _reach(request, case_id, handle)
    shown = disclose(scope, person_id, "summary")
    back = destinations(scope.case, handle).person
    urls = people(scope.case, shown.handles)
    wrong, unsure = reported_wrong(scope), named_by(scope, shown.footprint.person_id)
    text = text_of_person(scope, shown.footprint, shown.receipt, back, urls, wrong, unsure)
    return render(request, "cases/person/summary.html", {"text": text})


def family_summary(request: HttpRequest, case_id: str, look_up_id: str) -> HttpResponse:
    """Show the answer about a whole family as a text to paste."""
    actor = acting(request)
    case = case_of(actor, case_id)
    asked = look_up_of(case, look_up_id)
    if asked.kind != "family":
        raise NotFound
    scope = scope_of(actor, case)
    answer, receipt = disclose_family(scope, asked)
    back = reverse("cases:results", args=(case_id, look_up_id))
    text = text_of_family(scope, answer, receipt, back, reported_wrong(scope))
    return render(request, "cases/person/summary.html", {"text": text})


def _reach(request: HttpRequest, case_id: str, handle: str) -> tuple[Scope, str]:
    """The scope of whoever asks in this case, and the person's id; nothing is entered or shown yet."""
    actor = acting(request)
    scope = scope_of(actor, case_of(actor, case_id))
    person_id = known(scope, handle)
    return lent(scope, person_id), person_id


def _no_pdf(request: HttpRequest, case_id: str, handle: str, sentence: str) -> HttpResponse:
    context = {"sentence": sentence, "packages": paper.PACKAGES, "case_id": case_id, "handle": handle}
    return render(request, "cases/person/no_pdf.html", context, status=503)
