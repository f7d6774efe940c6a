"""A real browser over the served site, watched: what it logs, what it asks other hosts for, and what axe says of each page."""

import os
from functools import lru_cache, wraps
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, sync_playwright

from tests.system_components import need
from tests.web.sites import signed_in_as

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, once a process."""
    (program,) = need("Chromium", "chromium")
    # Playwright turns an event loop in this thread, where Django would then refuse to speak to its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=list(ARGUMENTS))
        with mock.patch.object(Locator, "click", _until_loaded(Locator.click)):
            yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _until_loaded(click):
    # A click waits until the next page begins to come, and `count`, `all` and axe then look at what has come of it:
    # on a busy machine that is half a page.
    @wraps(click)
    def clicked(locator, **options):
        click(locator, **options)
        locator.page.wait_for_load_state("load")

    return clicked


class Browsers:
    """Windows of a real browser on a served site. Each has cookies of its own."""

    def __init__(self, browser, site):
        self._browser, self._site, self._open = browser, site, []
        self.console, self.elsewhere = [], []

    def open(self, user=None, *, viewport=DESKTOP, script=True, **signed_in):
        """A new window, signed in as a user where one is given (as `site.client` does)."""
        context = self._browser.new_context(
            base_url=self._site.address, viewport=viewport, java_script_enabled=script, locale="en-GB"
        )
        self._open.append(context)
        context.set_default_timeout(15_000)
        context.route("**/*", self._stay_here)
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        if user is not None:
            self.sign_in(page, user, **signed_in)
        return page

    def sign_in(self, page, user, **signed_in):
        """Sign a window in as a user, without a password."""
        self.carry(page, self._site.client(user, **signed_in))

    def carry(self, page, client):
        """Give a window the cookies of a client."""
        assert signed_in_as(client)
        page.context.add_cookies(
            [
                {"name": name, "value": cookie.value, "url": self._site.address}
                for name, cookie in client.cookies.items()
            ]
        )

    def _hear(self, message):
        if message.type in ("error", "warning") and not _is_an_error_page(message.text):
            self.console.append(message.text)

    def _stay_here(self, route, request):
        if (
            request.url.startswith(("data:", "blob:"))
            or urlsplit(request.url).netloc == urlsplit(self._site.address).netloc
        ):
            route.continue_()
        else:
            self.elsewhere.append(request.url)
            route.abort()

    def close(self):
        for context in self._open:
            context.close()


def _is_an_error_page(text):
    # Chromium reports each answer of 4xx or 5xx so; that a refusal is a refusal is no error.
    return text.startswith("Failed to load resource: the server responded with a status of")


@lru_cache(maxsize=1)
def _axe():
    return _AXE.read_text(encoding="utf-8")


def problems(page):
    """What axe finds on the page: WCAG 2.2 AA and best practice, each problem as rule, place and sentence."""
    # Through the debugger's door: the page's own policy lets no foreign script in, and stays in force. The door stays
    # open: closing it takes virtual authenticators out of the page.
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": _axe()})
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
        list(_RULES),
    )
    assert found["passes"], "axe looked at nothing"
    return [
        (one["id"], node["target"], node["failureSummary"])
        for one in found["violations"]
        for node in one["nodes"]
    ]


def dead_links(page):
    """The links of the error summary that do not move the focus to something that can be put right."""
    dead = []
    links = page.locator(".govuk-error-summary a")
    for number in range(links.count()):
        link = links.nth(number)
        target = (link.get_attribute("href") or "").removeprefix("#")
        link.click()
        if not target or page.evaluate("document.activeElement.id") != target:
            dead.append((target, link.inner_text()))
    return dead


def tab_to(page, target, most=120):
    """Press Tab until this has the focus, as somebody without a mouse does."""
    for _ in range(most):
        if target.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached by the tab key")


def press(page, role, name, key="Enter"):
    """Go by the tab key to the first link or button of this name, press it, and wait for the page to which it leads."""
    tab_to(page, page.get_by_role(role, name=name, exact=True).first)
    with page.expect_navigation():
        page.keyboard.press(key)


def say(page, label, text):
    """Go by the tab key to a field and type."""
    tab_to(page, page.get_by_label(label, exact=True).first)
    page.keyboard.type(text)


def choose(page, group, downs=0):
    """Go by the tab key to a question's choices, and choose the first, or one so many below."""
    tab_to(page, page.get_by_role("group", name=group).get_by_role("radio").first)
    for key in ["Space", *["ArrowDown"] * downs]:
        page.keyboard.press(key)


def first_error(page):
    """Follow the error summary's first link by the keyboard, and say whether the focus went where it leads."""
    link = page.locator(".govuk-error-summary a").first
    tab_to(page, link)
    page.keyboard.press("Enter")
    return f"#{page.evaluate('document.activeElement.id')}" == link.get_attribute("href")


def sideways(page):
    """How many pixels the page is wider than its window: nobody scrolls sideways on a phone."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
