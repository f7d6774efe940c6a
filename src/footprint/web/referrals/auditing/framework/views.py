"""The pages of the audit framework: its versions, proposing one, reading and signing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.web.accounts.actor import acting
from footprint.web.referrals.auditing.framework import presenters, queries, services
from footprint.web.referrals.auditing.framework.forms import ProposalForm, SignForm
from footprint.web.referrals.desk.reading import scales

_PROPOSED = "The version is proposed. It holds once every party has signed it."
_SIGNED = "You have signed it."


def framework(request: HttpRequest) -> HttpResponse:
    """Show what holds, and every version."""
    actor = acting(request)
    kept = queries.versions(actor.partnership)
    page = presenters.framework_page(actor, kept, queries.base(actor.partnership))
    return render(request, "referrals/audit_framework.html", {"page": page})


def propose(request: HttpRequest) -> HttpResponse:
    """Propose a version, beginning from the one that holds."""
    actor = acting(request)
    offered = [(one.id, one.label) for one in scales().scales]
    data = request.POST if request.method == "POST" else None
    form = ProposalForm(queries.base(actor.partnership), offered, data)
    if form.is_valid():
        try:
            row = services.propose(actor, form.plain())
        except services.NotProposed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _PROPOSED)
            return redirect("referrals:audit_version", row.pk)
    return render(request, "referrals/audit_propose.html", {"form": form})


def version(request: HttpRequest, framework_id: int) -> HttpResponse:
    """Show one version with what it changes, and sign it."""
    actor = acting(request)
    kept = queries.version(actor.partnership, framework_id)
    form = SignForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.sign(actor, kept)
        except services.NotSigned as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _SIGNED)
            return redirect("referrals:audit_version", framework_id)
    page = presenters.version_page(actor, kept, queries.in_force(actor.partnership))
    return render(request, "referrals/audit_version.html", {"page": page, "form": form})
