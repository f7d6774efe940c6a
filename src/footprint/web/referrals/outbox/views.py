"""The page of the outbox, what is done with a message that hangs, and the address at which other systems leave decisions."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from footprint.web.accounts.actor import acting
from footprint.web.referrals.outbox import presenters, queries, services
from footprint.web.referrals.outbox.answering import answer
from footprint.web.referrals.outbox.forms import AGAIN, HangingForm


def outbox(request: HttpRequest) -> HttpResponse:
    """Show what waits, is stuck or was refused, by destination."""
    actor = acting(request)
    whereto, rows = queries.whereto(), queries.unsettled(actor)
    tried, releases = queries.attempts(rows), actor.may("release")
    context = {
        "fault": whereto.fault,
        "systems": presenters.systems(
            whereto.destinations, queries.counts(actor), queries.arrived(whereto.destinations)
        ),
        "lines": presenters.lines(actor, rows, tried, whereto.destinations, releases=releases),
        "most": queries.MOST,
    }
    return render(request, "referrals/outbox.html", context)


def message(request: HttpRequest, number: int) -> HttpResponse:
    """Show what was tried with one message; send it again, or set it aside."""
    actor = acting(request)
    row = queries.message(actor, number)
    if row is None:
        raise Http404
    form = HangingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        does = services.send_again if form.cleaned_data["what"] == AGAIN else services.set_aside
        try:
            does(actor, row, form.cleaned_data["reason"])
        except services.NotPossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "It is done, and entered with your reason.")
            return redirect("referrals:outbox")
    tried = queries.attempts([row])[row.pk]
    context = {
        "line": presenters.line(actor, row, tried, queries.whereto().destinations),
        "tries": presenters.tries(actor, tried),
        "form": form,
    }
    return render(request, "referrals/outbox_message.html", context)


@csrf_exempt  # no browser and no session: the signature is what guards it
def inbox(request: HttpRequest) -> HttpResponse:
    """Take a signed message of another system, and give a signed receipt."""
    said = answer(request.META, request.read, settings.DATA, timezone.now())
    return HttpResponse(said.content, status=said.status, content_type=said.type, headers=dict(said.fields))
