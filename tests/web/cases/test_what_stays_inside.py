"""What was typed or found is in no address, log line or title, nor in clear in the ledger; nobody is reached from elsewhere."""

import logging
import re

import pytest

from footprint.web.cases.models import KnownPerson
from tests.web.cases.conftest import family_typed
from tests.web.cases.town import CLOVER, FLAT, TYPED

SECRETS = ("emma", "arnold", "bonnie", "wilton", "hope grove", "clover", "1987", "2009", "xerxes")


def told(text):
    return [secret for secret in SECRETS if secret in text.lower()]


@pytest.fixture
def walk(desk):
    """Every page of a case's way, with the address of each."""
    desk.opens(concerns="Xerxes")
    pages = [desk.get("/"), desk.get(desk.case)]
    for kind, typed in (
        ("person", {"given": "Bonnie", "family": "Wilton", "born": "26/2/2009", "place": FLAT}),
        ("person", {"given": "Bonnie"}),
        ("person", {"given": "Nobody", "family": "Wilton", "born": "1/1/2009", "nhs": "123"}),
        ("address", {"place": CLOVER}),
        ("family", family_typed(TYPED, FLAT)),
    ):
        pages += [desk.get(f"{desk.case}ask/{kind}/"), desk.asks(kind, **typed)]
    links = {
        link for page in pages for link in re.findall(r'(?:href|action)="(/[^"]*)"', page.content.decode())
    }
    pages += [desk.get(link) for link in links if "/people/" in link and link.endswith("/")]
    return pages, links


def test_no_address_on_any_page_holds_anything_personal(walk):
    pages, links = walk
    assert len(links) > 20
    assert [link for link in links if told(link)] == []
    assert [page.request["PATH_INFO"] for page in pages if told(page.request["PATH_INFO"])] == []


def test_no_title_names_anybody(walk):
    pages, _ = walk
    titles = [re.search(r"<title>(.*?)</title>", page.content.decode(), re.DOTALL)[1] for page in pages]
    assert [title for title in titles if told(title)] == []


def test_no_log_line_holds_what_was_typed_or_found(desk, caplog, request):
    with caplog.at_level(logging.DEBUG):
        request.getfixturevalue("walk")
        desk.get(f"{desk.case}look-ups/emma-arnold/")
    lines = [
        record.getMessage()
        for record in caplog.records
        # The database's own lines are switched off in service, and never reach a handler.
        if not record.name.startswith(("django.db", "django.template", "asyncio"))
    ]
    assert [line for line in lines if told(line.replace("/look-ups/emma-arnold/", ""))] == []


def test_nothing_personal_stands_in_clear_in_the_ledger(walk, site):
    entries = site.entries()
    assert len(entries) > 10
    clear = [str(entry.leaf) for entry in entries]
    assert [line for line in clear if told(re.sub(r"\b(?:p|s)?[0-9a-f]{8,}\b", "", line))] == []


def test_nobody_is_reached_by_the_handle_of_another_case_or_by_their_id(desk, desk_of):
    answer = desk.asks("family", **family_typed(TYPED, FLAT))
    links = set(re.findall(r'href="(/cases/[^/"]+/people/[^/"]+/)"', answer.content.decode()))
    assert len(links) > 6
    first = desk.case
    desk.opens()
    other = desk_of("social-work-decision-maker")
    other.opens()
    for link in links:
        assert desk.get(link).status_code == 200
        assert desk.get(link.replace(first, desk.case)).status_code == 404
        assert other.get(link).status_code == 404
        assert other.get(link.replace(first, other.case)).status_code == 404
    for person_id in KnownPerson.objects.values_list("person_id", flat=True):
        assert desk.get(f"{first}people/{person_id}/").status_code == 404


def test_a_page_about_somebody_is_kept_by_no_browser(walk):
    pages, _ = walk
    assert {page["Cache-Control"] for page in pages} == {"no-store"}
