"""The referral unit's pages: which forms wait to be marked, and marking one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.referrals.feedback import FeedbackError
from footprint.referrals.grades import MarkError
from footprint.web.accounts.actor import acting
from footprint.web.referrals.desk import assessing, grading_queries, marking_services, reading
from footprint.web.referrals.desk.finding_forms import FindForm
from footprint.web.referrals.desk.grading_forms import GradeForm
from footprint.web.referrals.desk.presenters import grading as shown
from footprint.web.referrals.queries import NotFound, is_author, referral_of
from footprint.web.referrals.services import disclose


def grading(request: HttpRequest) -> HttpResponse:
    """Show which forms wait to be marked, and which were marked last."""
    actor, scales = acting(request), reading.scales()
    order, number = request.GET.get("show", ""), request.GET.get("page", "")
    order = order if order in grading_queries.ORDERS else "latest"
    found = grading_queries.to_grade(
        actor, order, int(number) if number.isdecimal() and len(number) < 7 else 1
    )
    context = {
        "waiting": shown.waiting_page(found, order, reading.now(actor)),
        "find": FindForm(),
        "graded": [shown.graded_line(one, scales, actor) for one in grading_queries.graded_lately(actor)],
    }
    return render(request, "referrals/desk_grading.html", context)


def grade(request: HttpRequest, referral_id: str) -> HttpResponse:
    """Show a form with its fifteen criteria, and take its marks."""
    actor = acting(request)
    held = referral_of(actor, referral_id)
    if is_author(actor, held):
        raise NotFound
    if why := marking_services.why_not(actor, held):
        messages.info(request, why)
        return redirect("referrals:grading")
    form_read, scale = assessing.read(held), reading.scales().scale()
    hints = shown.hints_of(form_read.findings)
    if request.method == "POST":
        form = GradeForm(scale, hints, request.POST)
        if form.is_valid() and (given := assessing.given(form, scale, form_read)):
            try:
                marking_services.grade(actor, held, given)
            except (MarkError, FeedbackError, marking_services.NotToGrade) as error:
                form.add_error("grade", str(error))
            else:
                messages.success(request, f"{held.reference} is graded. Whoever wrote it is told.")
                return redirect("referrals:grading")
    else:
        form = GradeForm(scale, hints, initial=assessing.begin(form_read))
    disclose(actor, held, "referral-grade-page")
    before = grading_queries.marking_of(held)
    page = shown.grade_page(held, form_read.said, scale, before, reading.now(actor))
    return render(request, "referrals/desk_grade.html", {"page": page, "form": form})
