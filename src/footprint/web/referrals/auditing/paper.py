"""Pages of the audit as a spreadsheet and as a PDF."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from footprint.web.cases.person import pdf
from footprint.web.referrals.auditing.figures import Cell, table


def spreadsheet(name: str, rows: Iterable[Iterable[Cell]]) -> HttpResponse:
    """Return rows as CSV (RFC 4180, UTF-8 with a mark, as spreadsheets want it); no cell is taken for a formula."""
    written = io.StringIO()
    csv.writer(written).writerows(table(rows))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(
        written.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers
    )


def as_pdf(request: HttpRequest, template: str, context: Mapping[str, Any], name: str) -> HttpResponse:
    """Return a page as a PDF, or the page that says why there is none."""
    sentence = ""
    if pdf.can_make():
        try:
            written = pdf.make(render_to_string(template, dict(context), request))
        except pdf.NoPDF as error:
            sentence = str(error)
        else:
            headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
            return HttpResponse(written, content_type="application/pdf", headers=headers)
    said = {"sentence": sentence, "packages": pdf.PACKAGES}
    return render(request, "referrals/audit_no_pdf.html", said, status=503)
