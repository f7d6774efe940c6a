"""The pages of a user's own account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def account(request: HttpRequest) -> HttpResponse:
    """Show who is signed in, and as what."""
    return render(request, "accounts/account.html")
