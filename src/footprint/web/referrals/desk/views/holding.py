"""The guardians' pages of sentences that are held back: what waits, and ruling on one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from footprint.web.accounts.actor import acting
from footprint.web.referrals import retention
from footprint.web.referrals.desk import holding_queries, holding_services
from footprint.web.referrals.desk.forms import ReasonForm
from footprint.web.referrals.desk.presenters import holding as shown
from footprint.web.referrals.desk.queries import entered


def held(request: HttpRequest) -> HttpResponse:
    """Show what is held back and waits, and what was ruled on lately."""
    actor = acting(request)
    waiting = shown.held_lines(holding_queries.waiting(actor))
    ruled = shown.held_lines(holding_queries.ruled_lately(actor))
    receipt = entered(actor, "held-sentences", len(waiting) + len(ruled))
    kept = shown.kept_said(retention.kept(actor.partnership, timezone.now()))
    context = {"waiting": waiting, "ruled": ruled, "kept": kept, "receipt": receipt}
    return render(request, "referrals/desk_held.html", context)


def held_one(request: HttpRequest, sentence_id: int) -> HttpResponse:
    """Show one sentence, and let it go or keep it."""
    actor = acting(request)
    found = holding_queries.sentence_of(actor, sentence_id)
    choices = shown.choices_of(found)
    form = ReasonForm(choices, request.POST if request.method == "POST" else None)
    complaint = ""
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            holding_services.rule(actor, found, said["after"], said["reason"])
        except holding_services.DecidedAlready as error:
            complaint = str(error)
        else:
            messages.success(request, f"{found.version.referral.reference}: {shown.RULED[said['after']]}.")
            return redirect("referrals:held")
    receipt = entered(actor, "held-sentence", 1)
    context = {"line": shown.held_line(found), "form": form, "complaint": complaint, "receipt": receipt}
    return render(request, "referrals/desk_held_one.html", context)
