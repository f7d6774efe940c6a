"""The agreement's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from footprint.web.accounts.actor import acting
from footprint.web.sharing import presenters, queries


def mine(request: HttpRequest) -> HttpResponse:
    """Show what the agreement shares with whoever asks."""
    shared = queries.shared_with(acting(request))
    context = {"agreement": shared.agreement, "purposes": presenters.purposes(shared)}
    return render(request, "sharing/mine.html", context)
