"""A referral on a phone whose signal goes in mid-form: nothing is lost, nothing is sent twice, nothing is left on the phone."""

from footprint.referrals.referral import decode
from footprint.web.referrals.models import Draft, Referral, Version
from tests.web.browsing import PHONE

KEPT = "Object.entries(localStorage).filter(([name]) => name.startsWith('footprint-kept:')).map(([, kept]) => kept)"


def without_the_cut(browsers):
    """Forget what the browser logged because the test took its network away."""
    browsers.console[:] = [line for line in browsers.console if "ERR_INTERNET_DISCONNECTED" not in line]


def test_the_network_is_cut_in_mid_form(served, browsers, check_page):
    officer = served.user("frontline", team="Response A", name="Olga Birch")
    window = browsers.open(officer, viewport=PHONE)
    window.goto("/referrals/new/")
    check_page(window)
    window.get_by_label("Who is it about?").fill("Three children upstairs")
    window.get_by_role("textbox", name="Where are they now?").fill("12 Alder Road")
    window.get_by_label("What is wrong?").fill("Their mother was hit.")
    window.get_by_label("Yes").check()

    window.context.set_offline(True)
    window.get_by_role("button", name="Send it now").click()
    window.get_by_text("No connection. What you wrote is kept").wait_for()
    (kept,) = window.evaluate(KEPT)
    assert "children" not in kept
    assert not Referral.objects.exists()
    window.get_by_label("What is wrong?").fill("Their mother was hit. He has left.")
    window.get_by_role("textbox", name="Where are they now?").focus()
    window.context.set_offline(False)
    window.get_by_role("heading", name="It was sent").wait_for()
    without_the_cut(browsers)
    check_page(window)
    assert window.evaluate(KEPT) == []
    assert decode(Version.objects.get().content).concern.wrong == "Their mother was hit. He has left."

    window.get_by_role("button", name="Add to it").click()
    check_page(window)
    window.get_by_role("link", name="Add a child, or a baby who is expected").click()
    check_page(window)
    window.get_by_role("textbox", name="Full name").fill("Ada Birch")
    window.get_by_role("textbox", name="Date of birth").fill("in spring")
    window.get_by_role("button", name="Save and go on").click()
    window.wait_for_selector(".govuk-error-summary")
    check_page(window)
    window.get_by_role("textbox", name="Date of birth").fill("2017")

    # The page is left without a signal, and another one opened later: what was typed goes from there.
    window.context.set_offline(True)
    window.get_by_role("button", name="Save, and back to the list").click()
    window.get_by_text("No connection. What you wrote is kept").wait_for()
    window.goto("about:blank")
    window.context.set_offline(False)
    window.goto("/referrals/")
    window.get_by_text("What you wrote before the connection was lost is saved now").wait_for()
    without_the_cut(browsers)
    assert window.evaluate(KEPT) == []
    assert '"birthday":"2017"' in Draft.objects.get().content
    window.get_by_role("link", name="Ada Birch").first.click()
    check_page(window)
    window.get_by_role("link", name="Ada Birch: what was said and seen").click()
    check_page(window)
    window.get_by_role("button", name="Save and go on").click()
    window.goto("/referrals/")
    check_page(window)
    window.get_by_role("link", name="Ada Birch").first.click()
    window.get_by_role("link", name="Look through it first").click()
    check_page(window)
    window.get_by_role("button", name="Send it").click()
    window.get_by_role("link", name="Read what you sent").click()
    check_page(window)
    assert (Referral.objects.count(), Version.objects.count()) == (1, 2)


def test_what_is_older_than_an_hour_or_somebody_else_s_is_wiped(served, browsers):
    window = browsers.open(served.user("frontline"), viewport=PHONE)
    window.goto("/referrals/new/")
    old = "JSON.stringify({at: Date.now() - 3700000, nonce: '', sealed: ''})"
    window.evaluate(f"localStorage.setItem('footprint-kept:elsewhere', {old})")
    other = (
        "JSON.stringify({at: Date.now(), nonce: btoa('123456789012'), sealed: btoa('a key of another user')})"
    )
    window.evaluate(f"localStorage.setItem('footprint-kept:/referrals/new/', {other})")
    window.goto("/referrals/new/")
    window.wait_for_function(f"({KEPT}).length === 0")
