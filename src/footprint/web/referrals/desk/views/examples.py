"""Examples of good forms: offering one from a form that was graded, the list for whoever writes, and withdrawing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.referrals.exemplars import struck
from footprint.web.accounts.actor import acting
from footprint.web.referrals.desk import example_queries, example_services
from footprint.web.referrals.desk.example_forms import ExampleForm
from footprint.web.referrals.desk.presenters import examples as shown
from footprint.web.referrals.services import disclose


def offer(request: HttpRequest, referral_id: str) -> HttpResponse:
    """Show what of a graded form could be an example, and keep what its reader left of it."""
    actor = acting(request)
    held = example_queries.graded_form(actor, referral_id)
    disclose(actor, held, "referral-example-page")
    try:
        said, earlier = example_queries.offerable(held)
    except example_queries.NoExample as error:
        return render(request, "referrals/desk_example.html", {"held": held, "no": str(error), "form": None})
    form = ExampleForm(shown.lines_to_read(said, earlier), request.POST if request.method == "POST" else None)
    if form.is_valid():
        left = form.texts()
        texts = struck(said, [text for _, text in left], form.let(), earlier)
        if left:
            labels = [label for label, _ in left]
            example_services.offer(
                actor, form.cleaned_data["criterion"], list(zip(labels, texts, strict=True))
            )
            messages.success(request, "It is an example now. Look at it once more as others read it.")
            return redirect("referrals:examples")
        form.add_error("criterion", "Leave at least one line: an example without words shows nothing.")
    return render(request, "referrals/desk_example.html", {"held": held, "no": "", "form": form})


def examples(request: HttpRequest) -> HttpResponse:
    """Show the examples that stand, by criterion."""
    actor = acting(request)
    context = {
        "groups": shown.by_criterion(example_queries.examples(actor)),
        "withdraws": actor.may("grade-referrals"),
        "briefed": actor.may("refer"),
    }
    return render(request, "referrals/desk_examples.html", context)


def withdraw(request: HttpRequest, example_id: int) -> HttpResponse:
    """Take an example out of the list."""
    actor = acting(request)
    example_services.withdraw(actor, example_queries.example_of(actor, example_id))
    messages.success(request, "It is withdrawn, and its text is gone.")
    return redirect("referrals:examples")
