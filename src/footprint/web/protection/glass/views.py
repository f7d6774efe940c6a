"""The pages of break-glass: breaking it for one person, and what governance reviews."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from footprint.web.accounts.actor import acting
from footprint.web.accounts.step_up import recently_authenticated, way_to_confirm
from footprint.web.cases.person.queries import known
from footprint.web.cases.purposes import all_purposes
from footprint.web.cases.queries import case_of
from footprint.web.cases.scope import scope_of
from footprint.web.design.words import moment
from footprint.web.protection.alerts.services import enter_reading
from footprint.web.protection.glass import presenters, queries, services
from footprint.web.protection.glass.forms import BreakForm, ReviewForm


def break_glass(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Say why, and see one person for a quarter of an hour. Whoever found a screen unlocked comes no further than this."""
    actor = acting(request)
    case = case_of(actor, case_id)
    scope = scope_of(actor, case)
    person_id = known(scope, handle)
    context = {"case_id": case_id, "concerns": case.concerns, "handle": handle, "holds": "", "form": None}
    try:
        services.check(scope, person_id)
    except services.GlassHolds as error:
        return render(request, "protection/break_glass.html", context | {"holds": str(error)}, status=403)
    if not recently_authenticated(request):
        return way_to_confirm(request, back_to=request.path)
    form = BreakForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        use = services.break_glass(scope, person_id, form.cleaned_data["reason"])
        messages.success(request, f"Break-glass {use.reference}: open until {moment(use.until)}.")
        return redirect("cases:person", case_id, handle)
    return render(request, "protection/break_glass.html", context | {"form": form})


def uses(request: HttpRequest) -> HttpResponse:
    """Show every use of break-glass in the partnership, those that wait first, and the share of look-ups."""
    actor = acting(request)
    found = queries.uses(actor)
    receipt = enter_reading(actor, "break-glass", len(found))
    today, purposes = timezone.localdate().isoformat(), all_purposes()
    context = {
        "uses": [presenters.use_of(one, today, purposes) for one in found],
        "share": presenters.share_sentence(queries.share(actor)),
        "receipt": receipt,
    }
    return render(request, "protection/glass_uses.html", context)


def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one use and take the reviewer's finding."""
    actor = acting(request)
    use = queries.use_of(actor, reference)
    may = queries.may_review_use(actor, use)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if form.is_valid():
            said = form.cleaned_data
            services.review(actor, use, said["outcome"], said["finding"])
            messages.success(request, f"The review of {use.reference} is kept.")
            return redirect("protection:glass_uses")
    context = {
        "use": presenters.use_of(use, timezone.localdate().isoformat(), all_purposes()),
        "form": form if may else None,
        "waits": use.reviewed_at is None,
        "receipt": enter_reading(actor, "break-glass", 1, {"break-glass": use.reference}),
    }
    return render(request, "protection/glass_review.html", context)
