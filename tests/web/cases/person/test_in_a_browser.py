"""A footprint in a real browser: as on a phone and on a laptop, by keyboard alone, without a script, and on paper."""

import pytest
import time_machine

from tests.web.agreements import agree
from tests.web.browsing import DESKTOP, PHONE
from tests.web.cases.person import street
from tests.web.cases.person.street import BABY, ELLIE, LAYLA, QUIET, Desk


@pytest.fixture
def desk(served, published):
    """A social worker on the served site."""
    town = served.use(published(street.told))
    agree(served)
    with time_machine.travel(town.now, tick=True):
        yield Desk(served, town, served.user("social-work-decision-maker", name="Sam Alder"))


@pytest.fixture
def window(request, browsers, desk):
    """A window signed in at that desk."""

    def open_window(viewport=DESKTOP, *, script=True):
        return browsers.open(desk.user, viewport=viewport, script=script)

    return open_window


@pytest.mark.parametrize(
    "viewport", [PHONE, DESKTOP, {"width": 320, "height": 640}], ids=["phone", "desktop", "320"]
)
@pytest.mark.parametrize("record", [LAYLA, ELLIE, QUIET, BABY], ids=["layla", "ellie", "quiet", "baby"])
def test_every_footprint_passes_what_every_page_is_held_to(window, desk, check_page, viewport, record):
    page = window(viewport)
    page.goto(desk.url(record))
    for closed in page.locator("details").all():
        closed.evaluate("one => one.open = true")
    check_page(page)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", ["print/", "summary/"])
def test_paper_and_text_pass_too(window, desk, check_page, viewport, name):
    page = window(viewport)
    page.goto(desk.url(LAYLA, name))
    check_page(page)


def test_the_number_to_ring_is_in_the_first_window_of_a_phone(window, desk):
    page = window(PHONE)
    page.goto(desk.url(LAYLA))
    box = page.locator(".fp-ring__number").first.bounding_box()
    assert box["y"] + box["height"] < PHONE["height"]
    assert page.locator(".fp-ring__number a").first.get_attribute("href").startswith("tel:")


def test_the_letters_of_the_picture_keep_their_size_on_a_phone(window, desk):
    sizes = []
    for viewport in (DESKTOP, {"width": 320, "height": 640}):
        page = window(viewport)
        page.goto(desk.url(LAYLA))
        word = page.locator(".fp-timeline__word").first
        sizes.append(word.bounding_box()["height"])
        right = page.evaluate(
            "Math.max(...[...document.querySelectorAll('.fp-timeline text')].map(t => t.getBoundingClientRect().right))"
        )
        assert right <= viewport["width"]
    assert sizes[0] == sizes[1] >= 14


def test_a_wrong_number_is_told_by_keyboard_alone(window, desk, check_page):
    page = window()
    page.goto(desk.url(LAYLA))
    tab_to(page, "summary", "This number is wrong")
    page.keyboard.press("Enter")
    tab_to(page, "input", "")
    page.keyboard.type("01632 960999")
    tab_to(page, "button", "Tell them")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/*/")
    assert "They were told that the number is wrong." in page.locator("main").inner_text()
    check_page(page)


def test_a_wrong_number_that_was_not_chosen_is_said_and_the_link_leads_there(window, desk, check_page):
    page = window(PHONE)
    page.goto(desk.url(LAYLA))
    page.get_by_text("A number on this page is wrong").click()
    page.get_by_role("button", name="Tell them").last.click()
    page.wait_for_url("**/wrong-number/")
    check_page(page)


def tab_to(page, tag, words):
    """Press Tab until something of this kind has the focus, as somebody without a mouse does."""
    for _ in range(80):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "[document.activeElement.tagName.toLowerCase(), document.activeElement.textContent.trim()]"
        )
        if found[0] == tag and words in found[1]:
            return
    raise AssertionError(f"no {tag} {words!r} is reached by keyboard")


def test_without_a_script_everything_is_there(window, desk):
    page = window(script=False)
    page.goto(desk.url(LAYLA))
    page.get_by_text("The same as a table").click()
    assert page.locator(".fp-timeline__table").is_visible()
    page.get_by_text("This number is wrong").first.click()
    page.get_by_role("button", name="Tell them").first.click()
    page.wait_for_url("**/people/*/")
    page.goto(desk.url(LAYLA, "summary/"))
    assert page.locator("textarea").is_visible()
    assert not page.get_by_role("button", name="Copy").is_visible()


def test_the_text_is_copied_whole_by_one_button(window, desk):
    page = window()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(desk.url(LAYLA, "summary/"))
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("textarea").input_value()
    assert "Receipt: " in copied


def test_what_is_folded_is_open_on_paper(window, desk):
    page = window()
    page.goto(desk.url(LAYLA))
    page.emulate_media(media="print")
    assert page.locator(".fp-timeline__table").is_visible()
    assert not page.locator(".fp-person__do").is_visible()
    page.goto(desk.url(LAYLA, "print/"))
    assert not page.locator(".screen-only").is_visible()
    assert page.locator("tfoot").is_visible()


def test_browsers_print_the_foot_on_every_sheet(window, desk):
    import io

    from pypdf import PdfReader

    page = window()
    page.goto(desk.url(LAYLA, "print/"))
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) >= 2
    for sheet in printed.pages:
        assert "Not a clearance." in " ".join(sheet.extract_text().split())
