"""The pages of notices."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from footprint.web.accounts.actor import acting
from footprint.web.notices import queries, services


def listed(request: HttpRequest) -> HttpResponse:
    """Show this user's notices, the most urgent first."""
    groups = queries.mine(acting(request))
    unread = sum(one.is_new for group in groups for one in group.lines)
    context = {"groups": groups, "unread": unread, "sends_mail": queries.sends_mail()}
    return render(request, "notices/list.html", context)


def read(request: HttpRequest, reference: str) -> HttpResponse:
    """Mark one as read."""
    if not services.mark_read(acting(request), reference):
        raise Http404
    return redirect("notices:list")


def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    services.mark_all_read(acting(request))
    return redirect("notices:list")
