"""The pages for what went wrong. Each says what to do next, and none repeats what was asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself was broken."""
    return render(request, "design/not_understood.html", status=400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this role may not."""
    return render(request, "design/refused.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for you; the two are one."""
    return render(request, "design/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours."""
    return render(request, "design/broken.html", status=500)
