"""The first page of the audit, and what it found on paper, as a PDF and as a spreadsheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from footprint.web.accounts.actor import Actor, acting
from footprint.web.referrals.auditing import paper, presenters
from footprint.web.referrals.auditing.framework.presenters import framework_page
from footprint.web.referrals.auditing.framework.queries import base, sees_figures, versions
from footprint.web.referrals.auditing.learning import queries as learned
from footprint.web.referrals.auditing.learning.agreement_presenters import agreement_page
from footprint.web.referrals.auditing.learning.theme_presenters import themes_page
from footprint.web.referrals.auditing.sample.queries import own_list, samples
from footprint.web.referrals.auditing.services import enter_reading


def audit(request: HttpRequest) -> HttpResponse:
    """Show what holds, what waits for the reader, and the samples."""
    actor = acting(request)
    page = presenters.audit_page(
        actor,
        versions(actor.partnership),
        base(actor.partnership),
        own_list(actor),
        samples(actor.partnership),
        learned.again_for(actor),
    )
    return render(request, "referrals/audit.html", {"page": page})


def sheet(request: HttpRequest) -> HttpResponse:
    """Show what audits found as it is printed."""
    return render(request, "referrals/audit_print.html", {"sheet": _sheet(acting(request), "audit-print")})


def pdf(request: HttpRequest) -> HttpResponse:
    """Hand what audits found over as a PDF, or say why there is none."""
    context = {"sheet": _sheet(acting(request), "audit-pdf")}
    return paper.as_pdf(request, "referrals/audit_pdf.html", context, "audit")


def spreadsheet(request: HttpRequest) -> HttpResponse:
    """Hand what audits found over as a spreadsheet."""
    return paper.spreadsheet("audit", presenters.cells_of(_sheet(acting(request), "audit-csv")))


def _sheet(actor: Actor, how: str) -> presenters.Sheet:
    """What audits found, for this reader. That it leaves is entered first."""
    enter_reading(actor, how)
    whole, says, results = sees_figures(actor), base(actor.partnership), learned.results(actor.partnership)
    return presenters.sheet_of(
        framework_page(actor, versions(actor.partnership), says),
        agreement_page(results, says, actor.user_id, whole=whole),
        themes_page(
            results,
            learned.briefings(actor),
            learned.colleagues(actor.partnership),
            team="",
            whole=whole,
        ),
        timezone.now().isoformat(),
    )
