"""Print view and PDF: who, when, why, which case, which receipt on every sheet; entered before they leave; nothing fetched."""

import io
import re
import subprocess
import sys

import pytest
from pypdf import PdfReader

from footprint.web.cases.models import Viewing
from footprint.web.cases.person import pdf, sheets
from tests.web.cases.person.street import CANARIES, ELLIE, LAYLA, SISTER, said


@pytest.fixture
def site(site_on_sqlite):
    """The same paper leaves whatever database there is."""
    return site_on_sqlite


@pytest.fixture
def library():
    """The PDF library's system parts, without which these tests are skipped and the block at the end says so."""
    if not pdf.can_make():
        pytest.skip(f"PDFs need {', '.join(pdf.PACKAGES)}")


def sheets_of(answer):
    assert answer.status_code == 200
    return PdfReader(io.BytesIO(answer.content))


def flat(text):
    return " ".join(text.split())


# ---------------------------------------------------------------- the print view


def test_every_printed_sheet_says_who_when_why_and_under_which_receipt(desk, site):
    answer = desk.opens(LAYLA, "print/")
    html = answer.content.decode()
    foot = re.search(r"<tfoot>.*?</tfoot>", html, re.DOTALL).group()
    (entry,) = site.entries(kind="disclosure")
    assert f"Receipt {entry.receipt_number}. Not a clearance." in foot
    assert (
        "Shown to Sam Alder, Social work decision maker, Children’s social care, on 20 November 2026 at 08:30"
        in foot
    )
    assert "Screening a contact or referral, case CR-2026-0001." in foot


def test_a_print_is_entered_as_a_disclosure_of_everybody_on_it(desk, site, town):
    desk.opens(LAYLA, "print/")
    assert [entry.leaf.kind for entry in site.entries(action="print")] == ["intent", "outcome", "disclosure"]
    entry = site.entries(kind="disclosure")[0]
    assert entry.leaf.subjects[0] == town.person(LAYLA)
    assert town.person(SISTER) in entry.leaf.subjects
    assert Viewing.objects.get(person_id=town.person(LAYLA)).how == "printed"


def test_nothing_is_folded_on_paper(desk):
    html = desk.opens(LAYLA, "print/").content.decode()
    assert "<details" not in html
    assert '<table class="govuk-table fp-stack fp-timeline__table">' in html
    page = said(desk.opens(LAYLA, "print/"))
    for words_there in (
        "Already open to a worker",
        "Imran Hussain",
        "Partners disagree",
        "May be the same person",
    ):
        assert words_there in page


def test_a_print_is_not_a_look_that_news_are_told_from(desk):
    desk.opens(LAYLA, "print/")
    assert "last looked" not in said(desk.opens(LAYLA))


# ---------------------------------------------------------------- the PDF


@pytest.mark.usefixtures("library")
def test_the_pdf_is_tagged_has_a_language_and_a_title_that_names_nobody(desk, site):
    answer = desk.opens(LAYLA, "pdf/")
    document = sheets_of(answer)
    (entry,) = site.entries(kind="disclosure")
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert document.metadata.title == f"Footprint, receipt {entry.receipt_number}"
    assert answer["Content-Disposition"] == f'attachment; filename="{entry.receipt_number}.pdf"'
    told = str(document.metadata) + str(root["/Metadata"].get_object().get_data())
    assert re.search(r'pdfuaid:part(="1"|>1<)', told)
    assert not [one for one in ("Layla", "Hussain", "Alder", "CR-2026") if one in told]
    tags = set(kinds(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/H3", "/L", "/Table", "/Figure"} <= tags


def kinds(node, depth=0):
    """The kinds of every element of a PDF's structure."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            yield from kinds(one, depth)
    elif isinstance(node, dict) and depth < 40:
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from kinds(node["/K"], depth + 1)


@pytest.mark.usefixtures("library")
def test_every_sheet_of_the_pdf_says_who_when_why_and_under_which_receipt(desk, site):
    document = sheets_of(desk.opens(LAYLA, "pdf/"))
    (entry,) = site.entries(kind="disclosure")
    assert len(document.pages) >= 2
    for number, sheet in enumerate(document.pages, 1):
        text = flat(sheet.extract_text())
        for part in (
            "Shown to Sam Alder, Social work decision maker, Children’s social care, on 20 November 2026 at 08:30",
            f"Screening a contact or referral, case CR-2026-0001. Receipt {entry.receipt_number}. Not a clearance.",
            f"Sheet {number} of {len(document.pages)}",
        ):
            assert part in text, (number, part, text)


@pytest.mark.usefixtures("library")
def test_the_pdf_says_what_the_print_view_says(desk):
    text = flat(" ".join(sheet.extract_text() for sheet in sheets_of(desk.opens(LAYLA, "pdf/")).pages))
    for part in (
        "Layla Hussain",
        "Rosa Bright",
        "A&E attendance",
        "Imran Hussain",
        "Partners disagree",
        "28 March 2015",
    ):
        assert part in text


@pytest.mark.usefixtures("library")
def test_of_somebody_protected_the_pdf_holds_only_whom_to_ring(desk):
    for record in (ELLIE, LAYLA):
        answer = desk.opens(record, "pdf/")
        text = flat(" ".join(sheet.extract_text() for sheet in sheets_of(answer).pages))
        assert not [one for one in CANARIES if one.lower() in text.lower()]
        assert not [one for one in CANARIES if one.encode() in answer.content]
        assert "Protected" in text


# ---------------------------------------------------------------- what it may cost and reach


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    "html",
    [
        '<img src="file:///etc/passwd">',
        '<link rel="stylesheet" href="http://example.test/a.css">',
        '<object data="file:///etc/hostname"></object>',
        '<style>@import url("file:///etc/passwd"); body { background: url(http://example.test/x.png) }</style>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd" width="9" height="9"/></svg>',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
    ],
)
def test_a_sheet_fetches_nothing(html, monkeypatch):
    asked = []

    def hear(self, url, headers=None):
        asked.append(url)
        raise ValueError

    monkeypatch.setattr("weasyprint.urls.URLFetcher.fetch", hear)
    written = sheets.pdf(f'<html lang="en"><title>t</title><body><p>Kept</p>{html}</body></html>')
    text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(written)).pages)
    assert "Kept" in text
    assert "root:" not in text
    assert asked == []


@pytest.mark.usefixtures("library")
def test_more_pages_than_anybody_prints_are_refused():
    html = '<html lang="en"><title>t</title>' + '<p style="page-break-after: always">x</p>' * (
        sheets.MOST_PAGES + 1
    )
    with pytest.raises(pdf.NoPDF, match="more than 40 pages"):
        pdf.make(html)


def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(pdf, "_PATIENCE", 0)
    with pytest.raises(pdf.NoPDF, match="too long"):
        pdf.make("<p>x</p>")


def test_what_goes_wrong_in_there_is_said(monkeypatch):
    ended = subprocess.CompletedProcess([], 1, b"")
    monkeypatch.setattr(pdf.subprocess, "run", lambda *_, **__: ended)
    with pytest.raises(pdf.NoPDF, match="could not be made"):
        pdf.make("<p>x</p>")


# ---------------------------------------------------------------- without the library


@pytest.fixture
def without_library(tmp_path, monkeypatch):
    """A machine on which the library is installed and Pango is not: it raises what it raises there."""
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "weasyprint.py").write_text(
        "raise OSError(\"cannot load library 'libpango-1.0-0': no such file\")\n", encoding="utf-8"
    )
    monkeypatch.setattr(sys, "path", [str(tmp_path / "bare"), *sys.path])
    pdf.can_make.cache_clear()
    yield
    pdf.can_make.cache_clear()


@pytest.mark.usefixtures("without_library")
def test_without_the_library_the_page_says_what_to_install_and_leads_to_the_print_view(desk, site):
    answer = desk.opens(LAYLA, "pdf/")
    assert answer.status_code == 503
    page = said(answer)
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in page
    assert "Layla" not in page
    assert desk.url(LAYLA, "print/") in answer.content.decode()
    assert site.entries(kind="disclosure") == []
    assert desk.opens(LAYLA, "print/").status_code == 200


def test_a_pdf_that_failed_is_no_answer_but_its_entry_stands(desk, site, monkeypatch):
    monkeypatch.setattr(pdf, "can_make", lambda: True)
    monkeypatch.setattr(pdf, "_PATIENCE", 0)
    answer = desk.opens(LAYLA, "pdf/")
    assert answer.status_code == 503
    assert "It took too long to make the PDF. Nothing left." in said(answer)
    assert "Layla" not in said(answer)
    assert len(site.entries(kind="disclosure")) == 1
