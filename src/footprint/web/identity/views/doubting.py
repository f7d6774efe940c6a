"""The two pages from a footprint: "this is not them", and "these are the same"; and that of what somebody said."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.web.accounts.actor import acting
from footprint.web.cases.person.queries import known
from footprint.web.cases.person.services import Shown, show
from footprint.web.cases.queries import case_of
from footprint.web.cases.scope import Scope, scope_of
from footprint.web.identity import deciding, presenters, queries, services
from footprint.web.identity.forms import DoubtTooForm, NotThemForm, SameForm, WithdrawForm
from footprint.web.identity.presenters.doubting import DoubtPage, name_of
from footprint.web.identity.states import IllegalMove
from footprint.web.protection.glass.queries import lent

_APART: Final = (
    "They stand apart now, for everybody. Whoever was shown them as one person is told at once, and a data steward "
    "settles it. Until then you can take it back, under “This is not them”."
)
_TOO: Final = (
    "The data steward reads what you know beside what was said first. Until it is settled you can take it back, under "
    "“This is not them”."
)
_WITHDRAWN: Final = (
    "You took it back. Unless somebody else doubts it too, they stand together again, at the latest with the next "
    "morning’s data, and everybody who was told is told so."
)
_PROPOSED: Final = "A data steward will decide. Until then they stand side by side, and you will be told."


def not_them(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Say that records are not this person's: they stand apart for everybody at once."""
    scope, shown = _shown(request, case_id, handle)
    mine = queries.withdrawable(scope.actor, services.records_in(shown.footprint))
    joins = queries.to_join(scope.actor, presenters.doubting.parts_of(shown.footprint))
    page = presenters.doubting.not_them(scope, shown, handle, mine, joins)
    offered = {"choices": [(one.value, one.label) for one in page.choices]}
    hints = {one.value: one.hint for one in page.choices}
    if request.method == "POST":
        form = NotThemForm(request.POST, **offered, hints=hints)
        if form.is_valid():
            chosen = set(form.cleaned_data["records"])
            picked = [key for key in services.records_in(shown.footprint) if name_of(key) in chosen]
            try:
                services.say_not_them(scope, shown.footprint, picked, form.cleaned_data["reason"])
            except services.NotDisputable as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _APART)
                return redirect("cases:person", case_id, handle)
    else:
        form = NotThemForm(**offered, hints=hints, initial={"records": list(page.suggested)})
    return _page(request, "identity/not_them.html", page, form)


def doubt_too(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Say that one doubts it too, where somebody else has parted a person already."""
    scope, shown = _shown(request, case_id, handle)
    dispute = queries.to_join(scope.actor, presenters.doubting.parts_of(shown.footprint))
    if dispute is None:
        raise Http404("There is no doubt here that this user could join.")
    form = DoubtTooForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.doubt_too(scope, shown.footprint, dispute, form.cleaned_data["reason"])
        except services.NotDisputable as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _TOO)
            return redirect("cases:person", case_id, handle)
    page = presenters.doubting.doubt_too(scope, shown, handle)
    return _page(request, "identity/doubt_too.html", page, form)


def said(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """Show somebody where stands what they said, and let them take it back while no steward did anything."""
    actor = acting(request)
    found = queries.said_by(actor, dispute_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.withdraw(actor, found, form.cleaned_data["reason"])
        except IllegalMove as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _WITHDRAWN)
            return redirect("identity:said", found.pk)
    page = presenters.doubting.report(found, queries.steps_of(found), queries.own_voice(actor, found))
    return render(request, "identity/said.html", {"page": page, "form": form})


def same(request: HttpRequest, case_id: str, handle: str) -> HttpResponse:
    """Say that somebody else is this person: a steward decides, and nothing is joined before."""
    scope, shown = _shown(request, case_id, handle)
    answer = shown.footprint
    said = queries.said_of(answer)
    page = presenters.doubting.same(scope, shown, handle, said, request.GET.get("other", ""))
    offered = {"choices": [(one.value, one.label) for one in page.choices]}
    hints = {one.value: one.hint for one in page.choices}
    if request.method == "POST":
        form = SameForm(request.POST, **offered, hints=hints)
        if form.is_valid():
            other = next(key for key, value in shown.handles.items() if value == form.cleaned_data["other"])
            try:
                services.say_same(scope, answer, other, form.cleaned_data["reason"])
            except services.NotDisputable as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _PROPOSED)
                return redirect("cases:person", case_id, handle)
    else:
        form = SameForm(**offered, hints=hints, initial={"other": next(iter(page.suggested), "")})
    return _page(request, "identity/same.html", page, form)


def _shown(request: HttpRequest, case_id: str, handle: str) -> tuple[Scope, Shown]:
    """Whoever says something of a person is shown them, by the same door and into the same ledger as on the footprint."""
    actor = acting(request)
    scope = scope_of(actor, case_of(actor, case_id))
    person_id = known(scope, handle)
    scope = lent(scope, person_id)
    shown = show(scope, person_id)
    if shown.footprint.standing != "open":
        raise Http404("Of somebody protected or closed nothing is shown that could be doubted here.")
    return scope, shown


def _page(request: HttpRequest, template: str, page: DoubtPage, form: Form) -> HttpResponse:
    return render(request, template, {"page": page, "form": form})
