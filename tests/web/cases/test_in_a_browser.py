"""The main way through a real browser: case, question, answer, family; on a phone and a laptop, by keyboard, without script."""

import datetime as dt

import pytest
import time_machine
from playwright.sync_api import expect

from footprint.web.cases.models import Case, LookUp
from tests.web.cases.conftest import agree, settle
from tests.web.cases.town import CLOVER, FLAT, TYPED


@pytest.fixture
def worker(served, published):
    """A social worker at a site with the town in it, on the town's morning."""
    town = settle(served, published)
    with time_machine.travel(town.now, tick=True):
        yield served.user("social-work-decision-maker", name="Sam Alder")


def opens_a_case(page, reference="MARF-2026-00123"):
    page.goto("/cases/new/")
    page.get_by_label("Whom does it concern?").fill("The Arnold family")
    page.get_by_label("Screening a contact or referral").check()
    page.get_by_label("Reference", exact=True).fill(reference)
    page.get_by_role("button", name="Open the case").click()
    assert page.locator("h1").inner_text() == "The Arnold family"


def comes_to(page, heading):
    """Wait for the page of this heading, after a key that says by nothing that it leads away."""
    page.locator("h1", has_text=heading).wait_for()


def fills_in_the_family(page, people=TYPED, place=FLAT):
    page.get_by_label("Address or postcode of the family").fill(place)
    for row, (given, family, born) in enumerate(people, start=1):
        if not page.locator(f"#id_p{row}-given").count():
            page.get_by_role("button", name="Add another person").click()
        page.locator(f"#id_p{row}-given").fill(given)
        page.locator(f"#id_p{row}-family").fill(family)
        page.locator(f"#id_p{row}-born").fill(born)


def test_a_case_a_question_and_an_answer(browsers, page, check_page, worker):
    browsers.sign_in(page, worker)
    page.goto("/")
    check_page(page)
    page.get_by_role("button", name="Open a case").click()
    check_page(page)
    page.get_by_role("button", name="Open the case").click()
    check_page(page)  # every error-summary link moves the focus
    opens_a_case(page)
    check_page(page)
    page.get_by_role("button", name="Ask about a person").click()
    check_page(page)
    page.get_by_label("Family name").fill("Wilton")
    page.get_by_text("More about them").click()
    page.get_by_label("NHS number").fill("123")
    page.get_by_role("button", name="Look up").click()
    check_page(page)
    page.get_by_label("NHS number").fill("")
    page.get_by_label("Given name").fill("Bonnie")
    page.get_by_label("Date of birth or age").fill("26/2/2009")
    page.get_by_label("Address or postcode").fill(FLAT)
    page.get_by_role("button", name="Look up").click()
    assert page.locator("h1").inner_text() == "One person matches"
    assert page.get_by_text("Already open to a worker: ring here first").is_visible()
    check_page(page)
    page.get_by_role("link", name="Bonnie").first.click()
    assert "bonnie wilton" in page.locator("h1").inner_text().lower()


def test_two_who_fit_equally_well_are_told_apart(browsers, page, check_page, worker):
    browsers.sign_in(page, worker)
    opens_a_case(page)
    page.get_by_role("button", name="Ask about a person").click()
    page.get_by_label("Given name").fill("Amandeep")
    page.get_by_label("Family name").fill("Kaur")
    page.get_by_label("Date of birth or age").fill("4 May 1991")
    page.keyboard.press("Enter")
    comes_to(page, "2 people fit equally well")
    check_page(page)
    page.get_by_label("Address or postcode").fill("27 Canning Road, WS2 6GW")
    page.get_by_role("button", name="Ask again with this").click()
    assert page.locator("h1").inner_text() == "One person matches"
    check_page(page)


def test_a_family_of_seven_in_one_submission(browsers, page, check_page, worker):
    browsers.sign_in(page, worker)
    opens_a_case(page)
    page.get_by_role("button", name="Ask about a whole family").click()
    check_page(page)
    fills_in_the_family(page)
    check_page(page)
    page.get_by_role("button", name="Look up the family").click()
    assert page.locator("h1").inner_text() == "The family"
    expect(page.locator(".fp-asked-one")).to_have_count(7)
    assert LookUp.objects.count() == 1
    check_page(page)


def test_an_address_and_a_block(browsers, page, check_page, worker):
    browsers.sign_in(page, worker)
    opens_a_case(page)
    page.get_by_role("button", name="Ask about an address").click()
    check_page(page)
    page.get_by_label("Address", exact=True).fill(CLOVER)
    page.get_by_role("button", name="Look up").click()
    assert page.locator("h1").inner_text() == "Who lives there"
    check_page(page)
    page.get_by_role("link", name="Change the question").click()
    page.get_by_label("Address", exact=True).fill("Wolsey Court, 2 Mill Lane, WS2 8AA")
    page.get_by_role("button", name="Look up").click()
    assert page.locator("h1").inner_text() == "Which flat?"
    check_page(page)
    page.get_by_label("Flat").fill("7")
    page.get_by_role("button", name="Ask again with the flat").click()
    check_page(page)


def test_all_other_pages_of_a_case(browsers, page, check_page, worker, served):
    browsers.sign_in(page, worker)
    page.goto("/cases/new/")
    page.get_by_label("Whom does it concern?").fill("A family without a reference")
    page.get_by_label("Screening a contact or referral").check()
    page.get_by_label("There is no reference yet").check()
    page.get_by_role("button", name="Open the case").click()
    Case.objects.update(reference_due=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    page.reload()
    check_page(page)
    page.goto("/")
    check_page(page)
    page.get_by_role("link", name="complete by").click()
    page.get_by_role("button", name="Keep the reference").click()
    check_page(page)
    page.get_by_label("Reference").fill("CR-1")
    page.get_by_role("button", name="Keep the reference").click()
    check_page(page)
    page.get_by_role("button", name="Ask about a person").click()
    page.get_by_label("Given name").fill("Xavier")
    page.get_by_label("Family name").fill("Quillfeather")
    page.get_by_label("Date of birth or age").fill("1 1 2001")
    agree(served, limits="soft_per_hour: 1, soft_per_day: 1, hard_per_day: 2, results: 20")
    page.get_by_role("button", name="Look up").click()
    assert page.locator("h1").inner_text() == "Nobody was found"
    check_page(page)
    page.get_by_role("link", name="Change the question").click()
    check_page(page)  # asks why
    page.get_by_role("button", name="Look up").click()
    check_page(page)
    page.get_by_label("Why?").fill("A meeting")
    page.get_by_role("button", name="Look up").click()
    page.get_by_role("link", name="Change the question").click()
    assert page.locator("h1").inner_text() == "You have reached today’s limit"
    check_page(page)
    page.goto("/cases/from/nonsense/")
    check_page(page)
    page.goto("/")
    page.get_by_role("link", name="A family without a reference").click()
    page.get_by_role("button", name="Close the case").click()
    check_page(page)
    page.get_by_role("button", name="Close the case").click()
    check_page(page)


def test_by_keyboard_alone(browsers, desktop, worker):
    page = desktop
    browsers.sign_in(page, worker)
    opens_a_case(page)
    url = page.url
    page.goto(f"{url}ask/family/")
    page.locator("#id_home-place").focus()
    page.keyboard.type(FLAT)

    def tab_to(name):
        for _ in range(40):
            page.keyboard.press("Tab")
            focused = page.evaluate("document.activeElement.id || document.activeElement.innerText.trim()")
            if focused == name:
                return
        raise AssertionError(f"{name} is not reached by the tab key")

    for field, text in (("given", "Bonnie"), ("family", "Wilton"), ("born", "26/2/2009")):
        tab_to(f"id_p1-{field}")
        page.keyboard.type(text)
    tab_to("Add another person")
    page.keyboard.press("Enter")
    page.locator("#id_p4-given").wait_for()
    assert page.locator("#id_p1-given").input_value() == "Bonnie"
    page.locator("#id_p4-born").focus()
    page.keyboard.press("Enter")  # means the look-up, not one more person
    comes_to(page, "The family")
    # Whatever is folded away, nobody gets to by keyboard either.
    outlines = page.evaluate(
        """() => [...document.querySelectorAll('main a, main button, main summary')].filter(one => {
            if (one.matches('details:not([open]) :not(summary)') && !one.matches('summary *')) return false;
            one.focus();
            if (document.activeElement !== one) return false;
            const style = getComputedStyle(one);
            return style.outlineStyle === 'none' && style.boxShadow === 'none';
        }).length"""
    )
    assert outlines == 0


def test_without_script_nothing_is_missing(browsers, without_script, worker):
    page = without_script
    browsers.sign_in(page, worker)
    opens_a_case(page)
    page.get_by_role("button", name="Ask about a whole family").click()
    fills_in_the_family(page)
    page.get_by_role("button", name="Look up the family").click()
    assert page.locator("h1").inner_text() == "The family"
    page.get_by_role("link", name="Change the question").click()
    assert page.locator("#id_p7-given").input_value() == "Isla-Rae"
    page.goto("/")
    page.get_by_role("link", name="Ask about a person").click()
    page.get_by_label("Family name").fill("Wilton")
    page.get_by_role("button", name="Look up").click()
    assert page.get_by_text("There is a problem").is_visible()
