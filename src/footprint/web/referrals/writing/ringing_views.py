"""Saying that the front door's number is wrong, wherever it stands beside a referral."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.sharing.partnership import partnership_of
from footprint.web.accounts.actor import acting
from footprint.web.cases.person.forms import RightNumberForm
from footprint.web.cases.person.services import report_wrong_hub_number
from footprint.web.referrals.queries import NotFound
from footprint.web.referrals.writing.ringing import front_door

_TOLD: Final = "They were told that the number is wrong. If it is urgent, do not wait: ring 999, or 101."


def wrong_number(request: HttpRequest) -> HttpResponse:
    """Ask for the right number, and tell those who can put it right. It has a tab of its own: nothing that is written is lost."""
    actor = acting(request)
    number = partnership_of(settings.DATA).hub.phone
    if not number:
        raise NotFound
    form = RightNumberForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        report_wrong_hub_number(actor, number, form.cleaned_data["right"])
        messages.success(request, _TOLD)
        return redirect("referrals:wrong_number")
    context = {"front_door": front_door(actor), "form": form}
    return render(request, "referrals/writing_wrong_number.html", context)
