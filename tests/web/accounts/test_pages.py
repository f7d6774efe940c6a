"""Every page of sign-in and accounts, as people meet it: phone and laptop, by keyboard, with errors, and without a script."""

import pytest
from playwright.sync_api import expect

from footprint.web.accounts.demo.services import make_demo
from tests.web.accounts.signing import code_of
from tests.web.sites import PASSWORD

READ = (
    "/account/",
    "/account/role/",
    "/account/sessions/",
    "/account/second-factor/",
    "/account/passkeys/",
    "/account/passkeys/new/",
    "/account/people/",
    "/account/people/{user}/",
    "/account/people/{user}/link/",
    "/account/partners/",
    "/account/sign-out/",
)
#: With a form that demands something.
FILLED_IN = (
    "/account/family/",
    "/account/family/address/",
    "/account/family/relative/",
    "/account/password/",
    "/account/second-factor/app/",
    "/account/people/new/",
    "/account/people/{user}/role/",
    "/account/people/{user}/role/{membership}/",
    "/account/people/{user}/details/",
    "/account/people/{user}/second-factor/",
    "/account/partners/new/",
    "/account/partners/of/police/",
    "/account/partners/partnership/",
)


@pytest.fixture
def admin(served):
    user = served.user("administrator", username="ada", password=PASSWORD)
    served.membership(user, "information-governance")
    return user


@pytest.fixture
def paths(served):
    bea = served.user("frontline", "police", name="Bea Lind")
    return {"user": bea.pk, "membership": bea.memberships.get().pk}


def test_every_page_is_right_on_phone_and_laptop(served, admin, paths, browsers, page, check_page):
    browsers.sign_in(page, admin)
    for path in READ + FILLED_IN:
        page.goto(path.format(**paths))
        assert page.url.endswith(path.format(**paths)), f"{path} led to {page.url}"
        check_page(page)


def test_every_form_says_what_is_wrong_and_leads_there(served, admin, paths, browsers, page, check_page):
    browsers.sign_in(page, admin)
    for path in FILLED_IN:
        page.goto(path.format(**paths))
        for typed in page.locator("main input[type=text], main input[type=email], main textarea").all():
            typed.fill("")
        page.locator("main form .govuk-button").last.click()
        expect(page.locator(".govuk-error-summary"), path).to_have_count(1)
        check_page(page)


def test_sign_in_says_what_is_wrong(served, page, check_page):
    page.goto("/account/sign-in/")
    check_page(page)
    page.get_by_role("button", name="Sign in", exact=True).click()
    check_page(page)
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Password", exact=True).fill("x")
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert "is not right" in page.locator(".govuk-error-summary").inner_text()
    check_page(page)
    for _ in range(4):
        page.get_by_label("Password", exact=True).fill("x")
        page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Too many attempts"
    check_page(page)


def test_the_demonstration_signs_in_by_one_button(served, borough, page, check_page):
    served.use(borough)
    served.set(DEMO=True)
    make_demo(served.data)
    page.goto("/account/sign-in/")
    check_page(page)
    page.get_by_role("button", name="Sign in as governance").click()
    assert "Colin Ferris" in page.locator("header").inner_text()


def test_a_link_that_is_over_and_no_role_have_their_pages(served, admin, browsers, page, check_page):
    page.goto("/account/first/made-up/")
    check_page(page)
    admin.memberships.update(ends=admin.memberships.first().starts)
    browsers.sign_in(page, admin)
    page.goto("/account/")
    assert page.get_by_role("heading", level=1).inner_text() == "You have no role here today"
    check_page(page)
    page.locator("main").get_by_role("button", name="Sign out").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"


def test_somebody_new_comes_in_without_a_script(served, admin, browsers, without_script):
    """From the administrator's page to the first case, in a browser that runs no script."""
    window = without_script
    served.partner("childrens-social-care")
    browsers.sign_in(window, admin)
    window.goto("/account/people/new/")
    window.get_by_label("Name", exact=True).fill("Bea Lind")
    window.get_by_label("Username").fill("bea.lind")
    window.get_by_label("Partner").select_option("childrens-social-care")
    window.get_by_label("Social work decision maker").check()
    window.get_by_role("button", name="Add, and make a link").click()
    link = window.locator("main code").inner_text()
    window.get_by_role("button", name="Sign out").click()

    window.goto(link)
    window.get_by_label("Password", exact=True).fill("seven sober herons walk")
    window.get_by_label("The same password again").fill("seven sober herons walk")
    window.get_by_role("button", name="Set it").click()
    window.get_by_label("Username").fill("bea.lind")
    window.get_by_label("Password", exact=True).fill("seven sober herons walk")
    window.get_by_role("button", name="Sign in", exact=True).click()

    assert window.get_by_role("heading", level=1).inner_text() == "Your second factor"
    window.get_by_role("link", name="Set up the authenticator app").click()
    window.get_by_label("Code").fill(code_of(window.locator("main code").inner_text().replace(" ", "")))
    window.get_by_role("button", name="Set it up").click()
    expect(window.locator("main li code")).to_have_count(10)

    window.get_by_role("link", name="Go to your first page").click()
    assert window.get_by_role("heading", level=1).inner_text() == "Your home and family"
    window.get_by_role("link", name="Add an address").click()
    window.get_by_label("Address", exact=True).fill("12 Mill Lane")
    window.get_by_label("Postcode").fill("WS1 2AA")
    window.get_by_label("Yes").check()
    window.get_by_role("button", name="Add", exact=True).click()
    window.get_by_role("link", name="Add somebody").click()
    window.get_by_label("Name", exact=True).fill("Mira Lind")
    window.get_by_label("Date of birth").fill("2015")
    window.get_by_label("Child", exact=True).check()
    window.get_by_role("button", name="Add", exact=True).click()
    window.get_by_label("This is complete").check()
    window.get_by_role("button", name="Declare").click()
    assert "Bea Lind, Social work decision maker" in window.locator("header").inner_text()
    assert window.url == f"{served.address}/"


def test_a_form_is_filled_and_sent_by_keyboard_alone(served, desktop):
    served.user("data-steward", username="ana", password=PASSWORD)
    served.set(DEMO=True)
    desktop.goto("/account/sign-in/")
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    desktop.get_by_label("Username").focus()
    desktop.keyboard.type("ana")
    desktop.keyboard.press("Tab")
    desktop.keyboard.type(PASSWORD)
    desktop.keyboard.press("Enter")
    desktop.get_by_role("button", name="Sign out").wait_for()
