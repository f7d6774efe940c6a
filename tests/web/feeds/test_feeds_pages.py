"""How fresh partners are, what came, and the held delivery that a steward releases: on the page, entered before it counts."""

from unittest import mock

import pytest
from django.utils import timezone

from footprint.ledger import LedgerUnavailable
from footprint.web.feeds import services
from footprint.web.feeds.services import mark_wrong
from tests.cli.conftest import footprint
from tests.feeds.making import acute, attendances

REASON = "The ward has closed; the named nurse confirmed it."


@pytest.fixture
def steward(site, tmp_path):
    """A steward's window; the acute trust delivered sixty people, and then half of them."""
    for number, people in ((1, range(1, 61)), (2, range(1, 31))):
        footprint(
            site.data, "feeds", "receive", acute(tmp_path / str(number), attendances(people), sequence=number)
        )
    return site.client(site.user("data-steward"))


def text(response):
    return response.content.decode()


def test_feeds_that_need_somebody_stand_first(steward):
    page = text(steward.get("/feeds/"))
    assert page.index("Acute hospital trust") < page.index("Not connected")
    assert "Deliveries that wait for a person" in page


def test_whoever_asks_sees_freshness_and_no_receipt(site, steward):
    worker = site.client(site.user("social-work-decision-maker"))
    page = text(worker.get("/feeds/"))
    assert "Acute hospital trust" in page
    assert "/feeds/acute/" not in page
    assert worker.get("/feeds/acute/").status_code == 403


def test_two_feeds_of_one_partner_have_two_names_and_a_heading_is_in_plain_words(steward):
    page = text(steward.get("/feeds/"))
    for what in (
        "Case records, the Standard Safeguarding Dataset (every day)",
        "Children in Need census return (once a year)",
    ):
        assert page.count(f"Children&#39;s social care: {what}") == 1
    assert "Deliveries of Acute hospital trust" in text(steward.get("/feeds/acute/"))


def test_a_receipt_says_what_the_partner_was_told(steward):
    page = text(steward.get("/feeds/acute/2/"))
    assert "Held" in page
    assert "usually about 60" in page
    assert steward.get("/feeds/acute/9/").status_code == 404
    assert steward.get("/feeds/no-such-feed/").status_code == 404


def test_a_held_delivery_says_why_and_what_releasing_would_leave_out(steward):
    assert "usually about 60" in text(steward.get("/feeds/held/"))
    page = text(steward.get("/feeds/acute/2/release/"))
    assert "30 rows came, 30 of them can be used." in page
    assert "30 records are in it; 60 stand now. At least 30 of these are not in it." in page


def test_without_a_reason_nothing_is_released(steward):
    page = text(steward.post("/feeds/acute/2/release/", {"reason": " "}))
    assert "Say why the delivery is right" in page
    assert "usually about 60" in text(steward.get("/feeds/held/"))


def test_a_released_delivery_waits_no_more_and_the_ledger_says_who_and_why(site, steward):
    ended = steward.post("/feeds/acute/2/release/", {"reason": REASON}, follow=True)
    assert "Delivery 2 of Acute hospital trust is released" in text(ended)
    assert "No delivery waits" in text(ended)
    entry = site.entries(kind="change")[-1]
    assert entry.leaf.facts["feed"] == "acute"
    assert entry.leaf.role == "data-steward"
    assert entry.personal["reason"] == REASON
    assert steward.post("/feeds/acute/2/release/", {"reason": REASON}).status_code == 404


def test_no_ledger_no_release(steward):
    with mock.patch.object(services, "ledger") as broken:
        broken.return_value.record.side_effect = LedgerUnavailable("down")
        answer = steward.post("/feeds/acute/2/release/", {"reason": REASON})
    assert answer.status_code == 503
    assert "usually about 60" in text(steward.get("/feeds/held/"))


def test_the_pages_are_good_to_read(served, browsers, page, check_page, tmp_path):
    for number, people in ((1, range(1, 61)), (2, range(1, 31))):
        footprint(
            served.data,
            "feeds",
            "receive",
            acute(tmp_path / str(number), attendances(people), sequence=number),
        )
    browsers.sign_in(page, served.user("data-steward"))
    mark_wrong(served.partnership.pk, "police", "01632 960101", timezone.now())
    paths = (
        "/feeds/numbers/",
        "/feeds/",
        "/feeds/acute/",
        "/feeds/acute/2/",
        "/feeds/held/",
        "/feeds/acute/2/release/",
    )
    for path in paths:
        page.goto(path)
        check_page(page)
    page.get_by_role("button", name="Release it").click()
    check_page(page)
