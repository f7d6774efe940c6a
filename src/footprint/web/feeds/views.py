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
        "corrects": actor.may("steward") or actor.may("govern"),
    }
    return render(request, "feeds/status.html", context)


def receipts(request: HttpRequest, feed: str) -> HttpResponse:
    """Show the deliveries of a feed."""
    if not queries.is_known(feed):
        raise Http404
    names = queries.names()
    deliveries = [presenters.delivery(one, names) for one in queries.receipts_of(feed)]
    context = {"feed": feed, "name": names.get(feed, feed), "deliveries": deliveries}
    return render(request, "feeds/receipts.html", context)


def receipt(request: HttpRequest, feed: str, arrival: int) -> HttpResponse:
    """Show one receipt, as the partner gets it."""
    found = queries.receipt_of(feed, arrival)
    if found is None:
        raise Http404
    shown = presenters.delivery(found, queries.names())
    return render(request, "feeds/receipt.html", {"delivery": shown})


def held(request: HttpRequest) -> HttpResponse:
    """Show the deliveries that wait for a person."""
    found = presenters.held(queries.all_held(), queries.names())
    return render(request, "feeds/held.html", {"deliveries": found})


def numbers(request: HttpRequest) -> HttpResponse:
    """Show the numbers that are said to be wrong, to whoever can find out."""
    actor = acting(request)
    found = presenters.marked(queries.wrong_numbers(actor), queries.partner_names(actor))
    return render(request, "feeds/numbers.html", {"numbers": found})


def right_number(request: HttpRequest, number: int) -> HttpResponse:
    """Take the mark from a number that was found to be right."""
    actor = acting(request)
    found = next((one for one in queries.wrong_numbers(actor) if one.pk == number), None)
    if found is None:
        raise Http404
    services.confirm_right(actor, found)
    messages.success(request, f"{found.number} is no longer marked as wrong.")
    return redirect("feeds:numbers")


def release(request: HttpRequest, feed: str, arrival: int) -> HttpResponse:
    """Ask why a held delivery is right, and release it."""
    waiting = queries.waiting_of(feed, arrival)
    if waiting is None:
        raise Http404
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = queries.names().get(feed, feed)
        try:
            services.release(acting(request), feed, arrival, form.cleaned_data["reason"])
        except NotPossibleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                f"Delivery {arrival} of {name} is released. It is answered from after the next publishing.",
            )
            return redirect("feeds:held")
    shown = presenters.delivery(waiting.receipt, queries.names(), feed, arrival, queries.standing_of(feed))
    context = {"delivery": shown, "form": form}
    return render(request, "feeds/release.html", context)
