"""Passkeys, for real: a browser with a virtual authenticator sets one up, signs in with it, confirms with it, and loses it."""

import pytest
from allauth.mfa.models import Authenticator

from tests.web.browsing import DESKTOP
from tests.web.sites import PASSWORD


class Keyring:
    """A virtual authenticator in a window: a laptop with a fingerprint reader. `verified` says whether the finger fits."""

    def __init__(self, page):
        self._debugger = page.context.new_cdp_session(page)
        self._debugger.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        added = self._debugger.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self._id = added["authenticatorId"]

    @property
    def held(self):
        return self._debugger.send("WebAuthn.getCredentials", {"authenticatorId": self._id})["credentials"]

    def verified(self, fits):
        self._debugger.send("WebAuthn.setUserVerified", {"authenticatorId": self._id, "isUserVerified": fits})

    def lose(self):
        self._debugger.send("WebAuthn.clearCredentials", {"authenticatorId": self._id})


@pytest.fixture
def ana(served):
    return served.user("administrator", username="ana", password=PASSWORD)


@pytest.fixture
def window(browsers):
    return browsers.open(viewport=DESKTOP)


@pytest.fixture
def keyring(window):
    return Keyring(window)


def sign_in(page):
    page.goto("/account/sign-in/")
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page):
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()


def set_up(page):
    page.goto("/account/passkeys/new/")
    page.get_by_label("What to call it").fill("Work laptop")
    page.get_by_role("button", name="Set up a passkey").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()


def test_a_passkey_is_set_up_and_opens_everything(ana, served, window, keyring, check_page):
    sign_in(window)
    assert window.get_by_role("heading", level=1).inner_text() == "Your second factor"
    window.goto("/account/passkeys/new/")
    check_page(window)
    set_up(window)
    check_page(window)
    (held,) = keyring.held
    assert (held["isResidentCredential"], held["rpId"]) == (True, "localhost")
    window.goto("/account/people/")
    assert window.get_by_role("heading", level=1).inner_text() == "People who use this"
    window.goto("/account/passkeys/")
    assert window.locator("dt").inner_text() == "Work laptop"
    check_page(window)
    assert [entry.leaf.facts["type"] for entry in served.entries(action="second-factor-added")] == [
        "webauthn"
    ]


def test_a_passkey_alone_signs_in(ana, served, window, keyring, check_page):
    sign_in(window)
    set_up(window)
    sign_out(window)
    check_page(window)
    window.get_by_role("button", name="Sign in with a passkey").click()
    window.get_by_role("button", name="Sign out").wait_for()
    window.goto("/account/sessions/")
    assert "by passkey" in window.locator("main").inner_text()
    assert served.entries(action="sign-in")[-1].leaf.facts["strength"] == "passkey"


def test_a_passkey_is_the_second_step_after_a_password(ana, served, window, keyring, check_page):
    sign_in(window)
    set_up(window)
    sign_out(window)
    sign_in(window)
    check_page(window)
    window.get_by_role("button", name="Use your passkey").click()
    window.get_by_role("button", name="Sign out").wait_for()
    assert served.entries(action="sign-in")[-1].leaf.facts["strength"] == "password+passkey"


def test_a_finger_that_does_not_fit_signs_nobody_in_and_says_so(ana, window, keyring, check_page):
    sign_in(window)
    set_up(window)
    sign_out(window)
    keyring.verified(False)
    window.get_by_role("button", name="Sign in with a passkey").click()
    window.get_by_text("That did not work.").wait_for()
    check_page(window)
    window.goto("/account/")
    assert window.get_by_role("heading", level=1).inner_text() == "Sign in"


def test_a_lost_passkey_leaves_the_recovery_codes(ana, window, keyring):
    sign_in(window)
    set_up(window)
    code = window.locator("main code").first.inner_text()
    sign_out(window)
    keyring.lose()
    sign_in(window)
    window.get_by_label("Code").fill(code)
    window.get_by_role("button", name="Go on").click()
    window.get_by_role("button", name="Sign out").wait_for()


def test_a_passkey_proves_that_it_is_still_you(ana, served, window, keyring, browsers, check_page):
    sign_in(window)
    set_up(window)
    browsers.sign_in(window, ana, strength="passkey", recently=False)
    window.goto("/account/people/new/")
    assert window.get_by_role("heading", level=1).inner_text() == "Is it still you?"
    check_page(window)
    window.get_by_role("button", name="Use your passkey").click()
    window.get_by_role("heading", name="Add somebody").wait_for()


def test_the_only_passkey_stays_and_one_of_two_can_go(ana, served, window, keyring, check_page):
    sign_in(window)
    set_up(window)
    window.goto("/account/passkeys/")
    window.get_by_role("link", name="Remove Work laptop").click()
    check_page(window)
    window.get_by_role("button", name="Remove it").click()
    assert "This is your only second factor" in window.locator("main").inner_text()
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    served.set(DEMO=True)
    window.get_by_role("link", name="Remove Work laptop").click()
    window.get_by_role("button", name="Remove it").click()
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_without_a_script_the_page_leads_to_an_app(ana, served, without_script, browsers):
    browsers.sign_in(without_script, ana, strength="password")
    without_script.goto("/account/passkeys/new/")
    assert not without_script.get_by_role("button", name="Set up a passkey").is_visible()
    without_script.get_by_role("link", name="Set up an authenticator app").click()
    assert without_script.get_by_role("heading", level=1).inner_text() == "Set up an authenticator app"
