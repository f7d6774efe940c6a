"""The pages of subscriptions in a real browser, on a phone and on a laptop."""

import pytest

from tests.web.subscriptions.conftest import COUNCIL, begun


@pytest.fixture
def town(served, published):
    """The first morning, at a real address."""
    yield from begun(served, published)


def test_somebody_asks_to_be_told_and_ends_it(town, browsers, page, check_page):
    desk = town.desk("CASE-NEWS")
    browsers.sign_in(page, town.worker)
    page.goto(desk.url(COUNCIL + "NEWS"))
    page.get_by_role("link", name="Tell me if anything new happens").click()
    check_page(page)
    page.get_by_label("How do you call them?").fill("x" * 61)
    page.get_by_role("button", name="Tell me").click()
    page.wait_for_selector(".govuk-error-summary")
    check_page(page)
    page.get_by_label("How do you call them?").fill("the elder girl")
    page.get_by_role("button", name="Tell me").click()
    page.get_by_text("You are told when anything new happens").wait_for()
    page.goto("/subscriptions/")
    check_page(page)
    page.get_by_role("button", name="End it: the elder girl, case CASE-NEWS").click()
    page.get_by_text("Ended. You ended it.").wait_for()
    check_page(page)
