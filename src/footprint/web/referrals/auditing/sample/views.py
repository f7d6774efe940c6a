"""The pages of samples: drawing, a sample, a marker's own list, marking, taking over, agreeing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.web.accounts.actor import Actor, acting
from footprint.web.referrals.auditing.framework.queries import in_force, party_of
from footprint.web.referrals.auditing.sample import presenters, queries, services
from footprint.web.referrals.auditing.sample.forms import DrawForm, MarksForm
from footprint.web.referrals.desk.reading import labels_of_levels
from footprint.web.referrals.queries import NotFound

_MARKED = "Your marks are kept. The other side sees them once it has marked, too."
_AGREED = "What you agreed on is kept."
_TAKEN = "It is yours to mark now."


def draw(request: HttpRequest) -> HttpResponse:
    """Draw the sample of a month."""
    actor = acting(request)
    kept = in_force(actor.partnership)
    months = [(one, presenters.month_name(one)) for one in queries.months_to_draw(actor.partnership)]
    form = DrawForm(months, request.POST if request.method == "POST" else None)
    if kept is not None and form.is_valid():
        month = form.cleaned_data["month"]
        seed = form.cleaned_data["seed"] or services.usual_seed(kept.says, month)
        try:
            row = services.draw_sample(actor, kept, month, seed)
        except services.NotDrawn as error:
            form.add_error(None, str(error))
        else:
            return redirect("referrals:audit_sample", row.pk)
    may = kept is not None and party_of(actor, kept.says) is not None
    return render(request, "referrals/audit_draw.html", {"form": form, "may": may})


def sample(request: HttpRequest, sample_id: int) -> HttpResponse:
    """Show how a sample was drawn, and where each of its referrals stands."""
    actor = acting(request)
    row = queries.sample_of(actor, sample_id)
    marked = queries.marked_in([row])
    takes = queries.to_take_over(actor, row, marked)
    page = presenters.sample_page(
        row, marked, services.drawn_again(row), actor, takes, queries.taken_down_beside(row)
    )
    marks = party_of(actor, queries.says_of(row)) is not None
    return render(request, "referrals/audit_sample.html", {"page": page, "marks": marks})


def pool(request: HttpRequest, sample_id: int) -> HttpResponse:
    """Hand over the list from which a sample was drawn, byte by byte as it was."""
    actor = acting(request)
    row = queries.sample_of(actor, sample_id)
    if party_of(actor, queries.says_of(row)) is None:
        raise NotFound
    services.enter_pool(actor, row)
    name = f"audit-{row.month}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(row.pool, content_type="application/json", headers=headers)


def mine(request: HttpRequest) -> HttpResponse:
    """Show a marker's own list."""
    actor = acting(request)
    lines = [presenters.drawn_line(one, actor) for one in queries.own_list(actor)]
    return render(request, "referrals/audit_mine.html", {"lines": lines})


def mark(request: HttpRequest, drawn_id: int) -> HttpResponse:
    """Show a referral's form to whoever marks it, and take the marks."""
    actor = acting(request)
    one, _ = queries.marked_of(actor, drawn_id)
    says = queries.says_of(one.drawn.sample)
    if len(one.finished(says)) == len(says.parties):
        return redirect("referrals:audit_moderate", drawn_id)
    read = services.read_to_mark(actor, one)
    data = request.POST if request.method == "POST" else None
    form = MarksForm(says.criteria, data, presenters.hints_of(read, says.criteria))
    if form.is_valid() and _taken(actor, drawn_id, form):
        messages.success(request, _MARKED)
        return redirect("referrals:audit_mine")
    page = presenters.mark_page(one, read, labels_of_levels(), actor)
    return render(request, "referrals/audit_mark.html", {"page": page, "form": form})


def take(request: HttpRequest, drawn_id: int) -> HttpResponse:
    """Take over a referral that a colleague was given."""
    try:
        services.give_to_me(acting(request), drawn_id)
    except services.NotMarked as error:
        messages.info(request, str(error))
    else:
        messages.success(request, _TAKEN)
    return redirect("referrals:audit_mark", drawn_id)


def moderate(request: HttpRequest, drawn_id: int) -> HttpResponse:
    """Show what each side gave alone, and take what both agreed on."""
    actor = acting(request)
    one, _ = queries.marked_of(actor, drawn_id)
    says = queries.says_of(one.drawn.sample)
    if len(one.finished(says)) < len(says.parties):
        return redirect("referrals:audit_mark", drawn_id)
    page = presenters.moderate_page(one, services.read_to_mark(actor, one), labels_of_levels(), actor)
    form = MarksForm(page.talk, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.moderate(actor, drawn_id, form.marks())
        except services.NotMarked as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _AGREED)
            return redirect("referrals:audit_moderate", drawn_id)
    return render(request, "referrals/audit_moderate.html", {"page": page, "form": form})


def _taken(actor: Actor, drawn_id: int, form: MarksForm) -> bool:
    """Keep the marks, or say on the form why not."""
    try:
        services.mark(actor, drawn_id, form.marks())
    except services.NotMarked as error:
        form.add_error(None, str(error))
        return False
    return True
