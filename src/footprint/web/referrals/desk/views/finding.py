"""Finding a referral by its reference."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.web.accounts.actor import acting
from footprint.web.referrals.desk import finding_queries
from footprint.web.referrals.desk.finding_forms import FindForm
from footprint.web.referrals.desk.presenters.queue import found_lines


def find(request: HttpRequest) -> HttpResponse:
    """Lead to the referral that bears a reference; where there are several of an incident, name them."""
    actor = acting(request)
    form = FindForm(request.GET if "reference" in request.GET else None)
    found = finding_queries.found_by(actor, form.cleaned_data["reference"]) if form.is_valid() else []
    if len(found) == 1:
        return redirect("referrals:referral", found[0].pk)
    context = {"find": form, "lines": found_lines(found), "asked": form.is_bound and form.is_valid()}
    return render(request, "referrals/desk_find.html", context)
