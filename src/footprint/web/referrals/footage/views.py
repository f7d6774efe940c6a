"""The supervisor's pages of footage: what was drawn to be looked into, and what was found in one recording."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from footprint.web.accounts.actor import acting
from footprint.web.referrals.auditing.measuring.choices import choices
from footprint.web.referrals.desk.queries import entered
from footprint.web.referrals.footage import presenters, queries, services
from footprint.web.referrals.footage.forms import LookForm

_LONGEST = 60


def looks(request: HttpRequest) -> HttpResponse:
    """Show the recordings that were drawn for this supervisor to look into."""
    actor, now = acting(request), timezone.now()
    waiting = queries.dips(actor, now)
    fresh = queries.freshness(actor.partnership, actor.organisation)
    page = presenters.look_page(waiting, fresh, choices(), actor.partnership, now)
    context = {"page": page, "team": actor.team, "receipt": entered(actor, "footage-looks", len(page.lines))}
    return render(request, "referrals/footage_looks.html", context)


def look(request: HttpRequest, filmed_id: int) -> HttpResponse:
    """Take what a supervisor found in a recording."""
    actor, now = acting(request), timezone.now()
    row, waiting = queries.to_look_into(actor, filmed_id, request.GET.get("asset", "")[:_LONGEST], now)
    form = LookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.look(actor, row, waiting.drawn.asset, form.found())
        messages.success(request, f"{waiting.drawn.asset}: what you found is kept.")
        return redirect("referrals:looks")
    line = presenters.look_line(waiting, now)
    return render(request, "referrals/footage_look.html", {"line": line, "form": form})
