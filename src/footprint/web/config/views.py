"""The pages for what went wrong. Each says what to do next, and none repeats what was asked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html

from footprint.sharing.partnership import PartnershipError, partnership_of
from footprint.web.cases.person.presenters.ring import tel
from footprint.web.cases.published import published

_HERE: Final = Path(__file__).parent
_BROKEN: Final = (_HERE / "broken.html").read_text(encoding="utf-8")
_NO_DATABASE: Final = (_HERE / "no_database.html").read_text(encoding="utf-8")
#: As PEP 249 calls what is no fault of a program: a database that is down, full or locked, a connection that was cut. By
#: name, since the ledger and the rulings use a driver's connection below Django's, and its exceptions then.
_UNREACHABLE: Final = frozenset({"OperationalError", "InterfaceError"})


def health(request: HttpRequest) -> HttpResponse:
    """Say whether this process can answer: the database takes a question, and something is published."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    published()
    return HttpResponse("ok\n", content_type="text/plain")


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself was broken; 503 where it was the database that went, while the session was being kept."""
    if _is_unreachable(exception):
        return _no_database()
    return render(request, "design/not_understood.html", status=400)


def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was of another session, as when one signed in anew in a second window. Or of another site."""
    return render(request, "design/not_understood.html", status=403)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this role may not."""
    return render(request, "design/refused.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not for you; the two are one."""
    return render(request, "design/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours; 503 where the database is away. Read from files, since whatever broke may be what pages need."""
    if _is_unreachable(sys.exc_info()[1]):
        return _no_database()
    return HttpResponse(_BROKEN, status=500)


def _no_database() -> HttpResponse:
    """The page that says so, with the hub's number where the partnership's own file gives one: that needs no database."""
    try:
        phone = partnership_of(settings.DATA).hub.phone
    except (PartnershipError, OSError):
        phone = ""
    number = format_html(' on <a href="{}">{}</a>', tel(phone), phone) if tel(phone) else ""
    return HttpResponse(_NO_DATABASE.replace("<!-- its number -->", number), status=503)


def _is_unreachable(error: BaseException | None) -> bool:
    """Whether it is this that went wrong, or that in whose handling something else did."""
    while error is not None:
        if any(kind.__name__ in _UNREACHABLE for kind in type(error).__mro__):
            return True
        error = error.__cause__ or error.__context__
    return False
