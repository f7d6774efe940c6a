"""What the documents point at is there: files that they link to, targets of make that they name."""

import re

import pytest

from tests.repository.paths import ROOT, name_of, our_files
from tests.repository.test_make import TARGETS

PAGES = our_files(".md")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_targets_that_are_named_exist(page):
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(), re.MULTILINE))
    assert named - set(TARGETS) == set()


def test_the_way_in_names_the_commands_that_a_stranger_needs():
    text = (ROOT / "CONTRIBUTING.md").read_text()
    assert {"demo", "test", "check", "fix", "lock", "bench"} <= set(re.findall(r"\bmake ([a-z]+)", text))
