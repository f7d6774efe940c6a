"""The front door's pages: the queue, one step with a referral, and the way to the family's footprint."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from footprint.referrals import states
from footprint.web.accounts.actor import Actor, acting
from footprint.web.cases.services import CaseNotOpened
from footprint.web.referrals.desk import footprint, queries, reading, services
from footprint.web.referrals.desk.finding_forms import FindForm
from footprint.web.referrals.desk.forms import StepForm
from footprint.web.referrals.desk.presenters import moving
from footprint.web.referrals.desk.presenters import queue as shown
from footprint.web.referrals.models import Referral
from footprint.web.referrals.queries import referral_of
from footprint.web.referrals.services import disclose

#: After so many minutes the queue is made again, so many times.
_MINUTES: Final = 3
_TIMES: Final = 8


def queue(request: HttpRequest) -> HttpResponse:
    """Show what came in: the urgent first, then by level, then what has waited longest."""
    actor, number = acting(request), request.GET.get("page", "")
    show = request.GET.get("show", "")
    show = show if show in queries.SHOWS else "waiting"
    found = queries.queue(actor, show, int(number) if number.isdecimal() and len(number) < 7 else 1)
    again = _again(request)
    context = {
        "page": shown.queue_page(found, show, reading.now(actor)),
        "caution": reading.caution(),
        "again": again,
        "find": FindForm(),
        "minutes": _MINUTES,
        "still": f"?show={show}&page={found.number}&again=0",
    }
    page = render(request, "referrals/desk_queue.html", context)
    if again:
        # A header, so that it needs no script; it ends, so that a screen that nobody looks at signs itself out.
        page["Refresh"] = f"{60 * _MINUTES}; url=?show={show}&page={found.number}&again={again - 1}"
    return page


def move(request: HttpRequest, referral_id: str, verb: str) -> HttpResponse:
    """Show what a step asks for, and take it."""
    actor = acting(request)
    held = referral_of(actor, referral_id)
    offered = reading.move_of(actor, held, verb)
    if offered is None:
        return _moved_on(request, actor, held, verb)
    untold = moving.untold(held)
    if request.method != "POST":
        form = StepForm(offered, initial=reading.marks_of(held), danger=held.is_urgent, untold=untold)
        return _page(request, held, verb, form)
    form = StepForm(offered, request.POST, danger=held.is_urgent, untold=untold)
    if not form.is_valid():
        return _page(request, held, verb, form)
    step = reading.step_of(actor, held, offered, form.said(), form.cleaned_data["seen"])
    try:
        services.take(actor, held, step, moves=form.cleaned_data["moves"], grounds=form.grounds())
    except states.IllegalMove:
        return _moved_on(request, actor, held, verb)
    except states.Incomplete as error:
        form.refuse(error)
        return _page(request, held, verb, form)
    messages.success(request, moving.done(held.reference, verb, untold))
    return redirect(_back(actor, held.pk))


def show_footprint(request: HttpRequest, referral_id: str) -> HttpResponse:
    """Open or find the case of a referral, and lead to the footprint of its family."""
    actor = acting(request)
    held = referral_of(actor, referral_id)
    try:
        return redirect(footprint.footprint_of(actor, held))
    except CaseNotOpened as error:
        return render(
            request,
            "referrals/desk_no_case.html",
            {"sentence": str(error), "referral_id": held.pk},
            status=403,
        )


def _again(request: HttpRequest) -> int:
    """How often the page is made again by itself."""
    said = request.GET.get("again", "")
    return min(int(said), _TIMES) if said.isdecimal() and len(said) < 4 else _TIMES


def _page(request: HttpRequest, held: Referral, verb: str, form: StepForm, status: int = 200) -> HttpResponse:
    actor = acting(request)
    disclose(actor, held, "referral-step")
    page = moving.step_page(held, verb, reading.about(actor, held))
    context: dict[str, Any] = {"page": page, "form": form}
    return render(request, "referrals/desk_step.html", context, status=status)


def _moved_on(request: HttpRequest, actor: Actor, held: Referral, verb: str) -> HttpResponse:
    """Say that somebody was quicker; a step that there is not, or that is never theirs, is no page."""
    if not reading.is_ever_theirs(actor, held, verb):
        raise Http404
    fresh = referral_of(actor, held.pk)
    disclose(actor, fresh, "referral-step")
    context = {
        "sentence": moving.QUICKER,
        "page": moving.step_page(fresh, verb, reading.about(actor, fresh)),
        "typed": moving.typed(request.POST),
    }
    return render(request, "referrals/desk_moved_on.html", context, status=409)


def _back(actor: Actor, referral_id: str) -> Any:
    for right, place in (("decide-referrals", "referrals:queue"), ("supervise-referrals", "referrals:team")):
        if actor.may(right):
            return place
    return reverse("referrals:referral", args=[referral_id])
