"""The decisions in docs/adr are numbered once, without a gap, and each says how we would notice that it is wrong."""

import re

import pytest

from tests.repository.paths import ROOT

FOLDER = ROOT / "docs" / "adr"
PAGES = sorted(FOLDER.glob("[0-9]*.md"))
SECTIONS = ["Context", "Options", "Decision", "Consequences", "How we would notice that this is wrong"]


def test_numbers_are_used_once_and_leave_no_gap():
    numbers = [page.name[:4] for page in PAGES]
    assert numbers == [f"{number:04}" for number in range(1, len(PAGES) + 1)]


@pytest.mark.parametrize("page", [*PAGES, FOLDER / "template.md"], ids=lambda page: page.stem)
def test_a_decision_has_its_number_date_status_and_sections(page):
    text = page.read_text()
    number = page.name[:4] if page in PAGES else "0000"
    assert text.startswith(f"# {number}. "), "the heading begins with the number of the file"
    assert re.search(r"^Date: \d{4}-\d{2}-\d{2}$", text, re.MULTILINE)
    assert re.search(r"^Status: (accepted|proposed|rejected|replaced by \d{4})$", text, re.MULTILINE)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_decision_that_was_replaced_names_one_that_exists(page):
    for number in re.findall(r"[Rr]eplace[sd](?: by)? (\d{4})", page.read_text()):
        assert list(FOLDER.glob(f"{number}-*.md")), f"{page.name} speaks of {number}, which is not there"
