"""The pages of one person in one case."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from footprint.web.accounts.actor import acting
from footprint.web.cases.person import pdf as paper
from footprint.web.cases.person.destinations import destinations
from footprint.web.cases.person.forms import WrongNumberForm
from footprint.web.cases.person.presenters.page import page_of
from footprint.web.cases.person.presenters.sheet import sheet_of
from footprint.web.cases.person.queries import known
from footprint.web.cases.person.services import disclose, report_wrong_number, show
from footprint.web.cases.queries import case_of
from footprint.web.cases.scope import Scope, scope_of

_TOLD: Final = "They were told that the number is wrong. If it is urgent, do not wait: ring the hub, or 999."


def person(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Show a footprint."""
    scope, person_id = _reach(request, case_id, handle)
    page = page_of(scope, show(scope, person_id), handle)
    workers = [WrongNumberForm(auto_id=f"worker-{number}-%s") for number, _ in enumerate(page.open_to, 1)]
    numbers = WrongNumberForm(numbers=page.numbers)
    return render(request, "cases/person/person.html", {"page": page, "workers": workers, "numbers": numbers})


def sheet(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Show a footprint as it is printed."""
    scope, person_id = _reach(request, case_id, handle)
    return render(
        request,
        "cases/person/print.html",
        {"sheet": sheet_of(scope, disclose(scope, person_id, "print"), handle)},
    )


def pdf(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Hand a footprint over as a PDF, or say why there is none and lead to the print view."""
    scope, person_id = _reach(request, case_id, handle)
    if not paper.can_make():
        return _no_pdf(request, case_id, handle, "")
    made = sheet_of(scope, disclose(scope, person_id, "pdf"), handle)
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
    from footprint.web.cases.person.presenters.text import text_of

    scope, person_id = _reach(request, case_id, handle)
    return render(
        request,
        "cases/person/summary.html",
        {"text": text_of(scope, disclose(scope, person_id, "summary"), handle)},
    )


def _reach(request: HttpRequest, case_id: str, handle: str) -> tuple[Scope, str]:
    """The scope of whoever asks in this case, and the person's id; nothing is entered or shown yet."""
    actor = acting(request)
    scope = scope_of(actor, case_of(actor, case_id))
    return scope, known(scope, handle)


def _no_pdf(request: HttpRequest, case_id: str, handle: str, sentence: str) -> HttpResponse:
    context = {"sentence": sentence, "packages": paper.PACKAGES, "case_id": case_id, "handle": handle}
    return render(request, "cases/person/no_pdf.html", context, status=503)
