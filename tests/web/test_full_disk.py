"""The disk full: whatever cannot be entered is not answered, nothing of it is shown, and with room again all goes on."""

import pytest
from django.db import connection

from footprint.web.cases.models import Viewing
from footprint.web.ledger.store import ledger
from tests.web.cases.conftest import Desk, agree, said
from tests.web.cases.town import told
from tests.web.killing import NO_RECORD, PERSON, RECEIPT

ANYBODY = {"given": "Jacob", "family": "Arnold", "born": "25/9/2013"}
PLENTY = "soft_per_hour: 1000, soft_per_day: 1000, hard_per_day: 1000, results: 20"


@pytest.fixture
def desk(site_on_sqlite, published):
    site_on_sqlite.use(published(told))
    agree(site_on_sqlite, limits=PLENTY)
    seated = Desk(site_on_sqlite, site_on_sqlite.user())
    seated.client.raise_request_exception = False  # what a browser gets is asked for here
    seated.opens()
    return seated


def most_pages(count):
    """Let the database file have at most so many pages, as a full disk would."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {count}")


def pages_now():
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA page_count").fetchone()[0]


@pytest.mark.parametrize("way", ["asking", "showing again", "opening"])
def test_on_a_full_disk_nothing_is_shown_and_with_room_all_goes_on(desk, way):
    url = desk.leads_to(**ANYBODY)
    person = PERSON.search(desk.get(url).content.decode())[1]
    ways = {
        "asking": lambda: desk.asks(**ANYBODY),
        "showing again": lambda: desk.get(url),
        "opening": lambda: desk.get(person),
    }
    most_pages(pages_now())
    answers = []
    for _ in range(200):  # what is left in the pages that there are takes a few
        answers.append(ways[way]())
        if answers[-1].status_code != 200:
            break
    *good, refused = answers
    assert refused.status_code == 503
    assert NO_RECORD in said(refused)
    assert "Arnold" not in refused.content.decode()
    assert not RECEIPT.search(refused.content.decode())

    most_pages(1_000_000)
    good.append(ways[way]())
    assert {answer.status_code for answer in good} == {200}
    receipts = {RECEIPT.search(answer.content.decode())[1] for answer in good}
    outcomes = {one.receipt_number: one.leaf for one in desk.site.entries(kind="outcome")}
    assert receipts <= set(outcomes)
    entered = {(number, person) for number, leaf in outcomes.items() for person in leaf.shown}
    assert set(Viewing.objects.values_list("receipt", "person_id")) == entered
    assert ledger().verify().sound
