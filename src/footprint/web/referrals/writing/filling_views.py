"""Filling a draft from what a case has shown, or from an occurrence: line by line, by choice, each with whose word it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.web.accounts.actor import Actor, acting
from footprint.web.cases.queries import case_of, recent_cases
from footprint.web.cases.scope import scope_of
from footprint.web.referrals.models import Draft
from footprint.web.referrals.writing import services
from footprint.web.referrals.writing.filling import Offered, filled_with, of_an_occurrence, of_the_case
from footprint.web.referrals.writing.forms import LinesForm, ReferenceForm
from footprint.web.referrals.writing.presenters.offers import choices_of
from footprint.web.referrals.writing.presenters.sheets import kept_origins, origins_of
from footprint.web.referrals.writing.queries import draft_of, said_in


def footprint(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Offer what the draft's case has shown, and fill in what was ticked. Without a case, ask in which one."""
    actor = acting(request)
    held = draft_of(actor, draft_id)
    if held.case is None:
        return _which_case(request, actor, held)
    offered = of_the_case(scope_of(actor, case_of(actor, held.case.pk)))
    form = LinesForm(choices_of(offered), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _fill(request, held, offered, form)
    context = {"draft": held, "form": form, "nobody": not offered.people, "reference": None}
    return render(request, "referrals/writing_fill.html", context)


def occurrence(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Ask for the reference of an occurrence, offer what it holds, and fill in what was ticked."""
    actor = acting(request)
    held = draft_of(actor, draft_id)
    if held.case is None:
        return _which_case(request, actor, held)
    form = ReferenceForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "referrals/writing_occurrence.html", {"draft": held, "form": form})
    offered = of_an_occurrence(scope_of(actor, case_of(actor, held.case.pk)), form.cleaned_data["reference"])
    is_chosen = "chosen" in request.POST
    lines = LinesForm(choices_of(offered), request.POST if is_chosen else None)
    if is_chosen and lines.is_valid():
        return _fill(request, held, offered, lines)
    nobody = not (offered.people or offered.lines)
    context = {"draft": held, "form": lines, "nobody": nobody, "reference": form}
    return render(request, "referrals/writing_fill.html", context)


def _fill(request: HttpRequest, held: Draft, offered: Offered, form: LinesForm) -> HttpResponse:
    with services.changing(held) as draft:
        filled = filled_with(said_in(draft), offered, form.chosen())
        before = origins_of(draft.filled)
        services.save(draft, filled.referral, kept_origins((*before, *filled.origins)))
    said = f"{len(filled.origins)} filled in."
    if filled.kept:
        said += f" {len(filled.kept)} left as you wrote it: " + ", ".join(line.label for line in filled.kept)
    messages.success(request, said)
    return redirect("referrals:draft", held.pk)


def _which_case(request: HttpRequest, actor: Actor, held: Draft) -> HttpResponse:
    """Every look-up happens inside a case: ask which of the open ones it is, and come back to where one was."""
    if request.method == "POST" and (chosen := request.POST.get("case")):
        services.put_into(held, case_of(actor, chosen))
        return redirect(request.path)
    context = {"draft": held, "cases": recent_cases(actor)}
    return render(request, "referrals/writing_case.html", context)
