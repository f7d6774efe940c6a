"""The pages of who is who in a real browser, on a phone and on a laptop: nothing that axe finds, no script, the keyboard."""

from tests.web.browsing import PHONE
from tests.web.identity.scene import CHILD_AT_HOME, CHILD_AT_HOSPITAL, SUSPECT, VICTIM


def test_a_link_is_doubted_and_settled_on_every_size_of_window(town_served, browsers, page, check_page):
    town = town_served
    browsers.sign_in(page, town.worker.user)
    page.goto(town.worker.url(VICTIM))
    page.get_by_role("link", name="This is not them").first.click()
    check_page(page)
    page.get_by_role("button", name="Take them apart now").click()
    page.wait_for_selector(".govuk-error-summary")
    check_page(page)
    assert page.get_by_label("Police AMANDEEP-S").is_checked()
    page.get_by_label("How do you know?").fill("Another woman, at another address.")
    page.get_by_role("button", name="Take them apart now").click()
    page.get_by_text("They stand apart now, for everybody.").wait_for()
    check_page(page)
    page.goto(f"/cases/{town.worker.case.pk}/ask/person/")
    for label, typed in (
        ("Given name", "Amandeep"),
        ("Family name", "Kaur"),
        ("Date of birth or age", "4/5/1991"),
    ):
        page.get_by_label(label).fill(typed)
    page.get_by_role("button", name="Look up").click()
    page.get_by_role("heading", name="Disputed: one person or several").wait_for()
    check_page(page)
    page.get_by_role("region", name="Disputed").get_by_role("link").last.click()
    page.get_by_text("You have doubted since").wait_for()
    check_page(page)

    page.goto(town.worker.url(VICTIM, "not-them/"))
    page.get_by_role("link", name="Take that back").click()
    page.get_by_role("heading", name="You said: this is not them").wait_for()
    check_page(page)
    page.get_by_role("button", name="Take it back").click()
    page.wait_for_selector(".govuk-error-summary")
    check_page(page)

    steward = browsers.open(town.site.user("data-steward"), viewport=page.viewport_size)
    steward.goto("/who-is-who/")
    check_page(steward)
    steward.get_by_role("link", name="D-").first.click()
    steward.get_by_role("heading", name="Side by side").wait_for()
    check_page(steward)
    steward.get_by_role("button", name="Settle it").click()
    steward.wait_for_selector(".govuk-error-summary")
    check_page(steward)
    steward.get_by_label("Two people").check()
    steward.get_by_label("How do you know?").fill("Both partners checked their files.")
    steward.get_by_role("button", name="Settle it").click()
    steward.get_by_role("heading", name="Settled lately").wait_for()
    check_page(steward)
    steward.get_by_role("link", name="D-").first.click()
    steward.get_by_role("button", name="Take it back").click()
    steward.wait_for_selector(".govuk-error-summary")
    check_page(steward)

    lead = browsers.open(town.site.user("information-governance"), viewport=page.viewport_size)
    lead.goto("/breaches/")
    check_page(lead)
    lead.get_by_role("link", name="B-").first.click()
    lead.get_by_role("button", name="Enter it").click()
    lead.wait_for_selector(".govuk-error-summary")
    check_page(lead)

    page.goto("/notices/")
    check_page(page)


def test_two_are_said_to_be_one_without_a_script(town_served, browsers, check_page):
    town = town_served
    window = browsers.open(town.worker.user, viewport=PHONE, script=False)
    window.goto(town.worker.url(CHILD_AT_HOME, "same/"))
    window.get_by_label("Ebrahim Khan").check()
    window.get_by_role("button", name="Ask a data steward").click()
    window.get_by_text("Say how you know").first.wait_for()
    window.get_by_label("How do you know?").fill("The mother says so.")
    window.get_by_role("button", name="Ask a data steward").click()
    window.get_by_text("A data steward will decide. Until then").wait_for()
    assert "Somebody says these are the same" in window.content()
    assert town.between(CHILD_AT_HOME, CHILD_AT_HOSPITAL) == "possible"


def test_it_can_be_done_by_the_keyboard_alone(town_served, browsers):
    town = town_served
    window = browsers.open(town.worker.user)
    window.goto(town.worker.url(VICTIM, "not-them/"))
    window.get_by_label("Acute hospital trust AMANDEEP-HOME").focus()
    window.keyboard.press("Space")
    window.keyboard.press("Space")  # and not, after all
    reason = window.get_by_label("How do you know?")
    for _ in range(4):
        if reason.evaluate("one => one === document.activeElement"):
            break
        window.keyboard.press("Tab")
    window.keyboard.type("Another woman.")
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    window.get_by_text("They stand apart now").wait_for()
    assert town.person(VICTIM) != town.person(SUSPECT)
