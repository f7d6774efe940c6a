"""The form on a phone while nothing can be sent: what is written is kept there, goes by itself, and then is there no more.

That the network is cut while the first page is filled in is in scenario 14 (tests/web/scenarios/test_kids_upstairs).
"""

import msgspec

from footprint.referrals.referral import Safety, Said
from footprint.web.referrals import services
from footprint.web.referrals.models import Draft, Referral, Version
from tests.web.browsing import PHONE
from tests.web.referrals.breaking import without_database
from tests.web.referrals.keeping import KEPT
from tests.web.referrals.writers import URGENT, Desk


def test_what_is_written_while_the_database_is_away_is_kept_and_goes_from_another_page(
    served, browsers, check_page
):
    (served.data / "partnership.yaml").write_text("hub: {team: The hub, phone: 01922 496 0100}\n")
    officer = served.user("frontline", team="Response A", name="Olga Birch")
    calm = msgspec.structs.replace(URGENT, safety=Safety(danger_now=Said.NO))
    sent = services.receive(Desk(served, officer).actor, calm, form="one")
    window = browsers.open(officer, viewport=PHONE)
    window.goto(f"/referrals/sent/{sent.pk}/receipt/")
    check_page(window)
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

    # The page says whom to ring and is left, and another one is opened later: what was typed goes from there.
    with without_database():
        window.get_by_role("button", name="Save, and back to the list").click()
        window.get_by_text("NOT SENT: Footprint takes nothing at this moment").wait_for()
        assert "The front door’s number is 01922 496 0100." in window.locator("[data-said]").inner_text()
        (kept,) = window.evaluate(KEPT)
        assert "2017" not in kept
        window.goto("about:blank")
    window.goto("/referrals/")
    window.get_by_text("What you wrote before the connection was lost is saved now").wait_for()
    assert window.evaluate(KEPT) == []
    # What lay there unsent for over an hour is gone, and the next page says so, once.
    window.evaluate(
        "localStorage.setItem('footprint-kept:/x/', JSON.stringify({ at: Date.now() - 2 * 60 * 60 * 1000 }))"
    )
    window.reload()
    window.get_by_text("was NEVER SENT and is gone").wait_for()
    assert window.evaluate("localStorage.length") == 0
    assert '"birthday":"2017"' in Draft.objects.get().content
    window.get_by_role("link", name="Ada Birch").first.click()
    check_page(window)
    window.get_by_role("link", name="Ada Birch: what was said and seen").click()
    check_page(window)

    # Signed out while writing, it says where to sign in; signed in again, what was written goes without a word typed anew.
    words = "She hid. " * 15_000
    window.get_by_role("textbox").first.fill(words)
    cookies = window.context.cookies()
    window.context.clear_cookies()
    window.get_by_role("button", name="Save and go on").click()
    link = window.get_by_role("link", name="Sign in and come back here")
    link.wait_for()
    check_page(window)
    assert window.evaluate("link => link.href === location.href", link.element_handle())
    assert len(window.evaluate(KEPT)) == 1
    window.context.add_cookies([one for one in cookies if "session" in one["name"]])
    with window.expect_navigation():
        window.evaluate("dispatchEvent(new Event('online'))")
    assert window.evaluate(KEPT) == []
    assert words.strip() in Draft.objects.get().content
    window.goto("/referrals/")
    check_page(window)
    window.get_by_role("link", name="Ada Birch").first.click()
    window.get_by_role("link", name="Look through it first").click()
    check_page(window)
    window.get_by_role("button", name="Send it").click()
    window.get_by_role("link", name="Read what you sent").click()
    check_page(window)
    assert (Referral.objects.count(), Version.objects.count()) == (1, 2)


def test_what_is_older_than_an_hour_or_somebody_else_s_is_wiped(served, browsers, check_page):
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

    # What cannot be saved any more when the connection is back is shown, and nobody is told that it is saved.
    window.get_by_role("textbox", name="Who is it about").fill("Three children upstairs")
    window.get_by_role("button", name="Say more before sending").click()
    window.wait_for_url("**/steps/safety/")
    with without_database():
        window.locator("[name=safety-plan]").fill("Their aunt has them.")
        window.get_by_role("button", name="Save and go on").click()
        window.get_by_text("NOT SENT: Footprint takes nothing at this moment").wait_for()
        window.goto("about:blank")
    Draft.objects.all().delete()
    window.goto("/referrals/")
    window.get_by_role("heading", name="This page is no longer here").wait_for()
    check_page(window)
    assert "Their aunt has them." in window.locator("main").inner_text()
    assert window.evaluate(KEPT) == []

    # Of what waits in two windows the step goes before the draft is sent.
    window.goto("/referrals/new/")
    window.get_by_role("textbox", name="Who is it about").fill("Three children upstairs")
    window.get_by_role("button", name="Say more before sending").click()
    window.wait_for_url("**/steps/safety/")
    other = window.context.new_page()
    other.goto(window.url.replace("steps/safety/", ""))
    with without_database():
        window.locator("[name=safety-plan]").fill("Their aunt has them.")
        window.get_by_role("button", name="Save and go on").click()
        window.get_by_text("NOT SENT: Footprint takes nothing at this moment").wait_for()
        window.goto("about:blank")
        other.get_by_role("button", name="Send it now").click()
        other.get_by_text("NOT SENT: Footprint takes nothing at this moment").wait_for()
    with other.expect_navigation():
        other.evaluate("dispatchEvent(new Event('online'))")
    assert "Their aunt has them." in Version.objects.get().content
    assert other.evaluate(KEPT) == []
    other.close()
