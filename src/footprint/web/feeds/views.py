"""The pages of feeds."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.feeds.holding import NotPossibleError
from footprint.web.accounts.actor import acting
from footprint.web.feeds import presenters, queries, services
from footprint.web.feeds.forms import ReleaseForm


def status(request: HttpRequest) -> HttpResponse:
    """Show how fresh every feed is."""
    actor = acting(request)
    context = {
        "feeds": presenters.feeds(queries.all_feeds()),
        "sees_receipts": actor.may("feeds"),
        "releases": actor.may("release"),
    }
    return render(request, "feeds/status.html", context)


def receipts(request: HttpRequest, feed: str) -> HttpResponse:
    """Show the deliveries of a feed."""
    if not queries.is_known(feed):
        raise Http404
    deliveries = [presenters.delivery(one) for one in queries.receipts_of(feed)]
    return render(request, "feeds/receipts.html", {"feed": feed, "deliveries": deliveries})


def receipt(request: HttpRequest, feed: str, arrival: int) -> HttpResponse:
    """Show one receipt, as the partner gets it."""
    found = queries.receipt_of(feed, arrival)
    if found is None:
        raise Http404
    return render(request, "feeds/receipt.html", {"delivery": presenters.delivery(found)})


def held(request: HttpRequest) -> HttpResponse:
    """Show the deliveries that wait for a person."""
    return render(request, "feeds/held.html", {"deliveries": presenters.held(queries.all_held())})


def release(request: HttpRequest, feed: str, arrival: int) -> HttpResponse:
    """Ask why a held delivery is right, and release it."""
    waiting = queries.waiting_of(feed, arrival)
    if waiting is None:
        raise Http404
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.release(acting(request), feed, arrival, form.cleaned_data["reason"])
        except NotPossibleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                f"Delivery {arrival} of {feed} is released. It is answered from after the next publishing.",
            )
            return redirect("feeds:held")
    shown = presenters.delivery(waiting.receipt, feed, arrival, queries.standing_of(feed))
    context = {"delivery": shown, "form": form}
    return render(request, "feeds/release.html", context)
