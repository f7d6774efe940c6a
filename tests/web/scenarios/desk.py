"""Somebody at a window of the site: opens a case, asks, opens somebody, reads. In the field's words, so that tests are too.

Each kind of page is held to what every page is held to (`check_page`), when it is first come to.
"""

import re
from typing import NamedTuple

PURPOSE = "Screening a contact or referral"
# How many milliseconds a page may take before a test gives up: a busy machine is no fault of the page's.
_PATIENCE = 90_000
# One person on a page of results, at an address, in a family.
_PEOPLE = ".fp-result, .fp-household > li, .fp-kin__one"


class Shown(NamedTuple):
    """A person whom a page of results shows: the name, and everything that stands beside it."""

    name: str
    text: str


class Desk:
    """One user in one window."""

    def __init__(self, page, check_page):
        self.page, self._check_page = page, check_page
        page.set_default_timeout(_PATIENCE)
        self._checked = set()
        self.case = ""

    # ---- asking

    def opens_a_case(self, concerns, purpose=PURPOSE, reference="MARF-2026-00123"):
        """Open a case by its form; what is asked from now on is asked in it."""
        self.page.goto("/cases/new/")
        self.page.get_by_label("Whom does it concern?").fill(concerns)
        self.page.get_by_label(purpose).check()
        self.page.get_by_label("Reference", exact=True).fill(reference)
        self._press("Open the case")
        self.case = self.page.url

    def asks_about(self, given="", family="", born="", place=""):
        """Ask about a person."""
        self.page.goto(f"{self.case}ask/person/")
        for label, text in (
            ("Given name", given),
            ("Family name", family),
            ("Date of birth or age", born),
            ("Address or postcode", place),
        ):
            self.page.get_by_label(label).fill(text)
        self._press("Look up")

    def asks_again_with(self, label, text):
        """Answer the one question that would tell those found apart."""
        self.page.get_by_label(label).fill(text)
        self._press("Ask again with this")

    def asks_about_the_address(self, address, flat=""):
        """Ask who lives somewhere."""
        self.page.goto(f"{self.case}ask/address/")
        self.page.get_by_label("Address", exact=True).fill(address)
        self.page.get_by_label("Flat").fill(flat)
        self._press("Look up")

    def asks_for_the_flat(self, flat, part="flat"):
        """Say which flat, or what it is called there, where a page asked for it."""
        self.page.get_by_label(part.capitalize()).fill(flat)
        self._press(f"Ask again with the {part}")

    def asks_about_the_family(self, people, place=""):
        """Ask about several people, each as (given name, family name, birthday), in one submission."""
        self.page.goto(f"{self.case}ask/family/")
        self.page.get_by_label("Address or postcode of the family").fill(place)
        for row, typed in enumerate(people, start=1):
            if not self.page.locator(f"#id_p{row}-given").count():
                self._press("Add another person")
            for field, text in zip(("given", "family", "born"), typed, strict=True):
                self.page.locator(f"#id_p{row}-{field}").fill(text)
        self._press("Look up the family")

    def opens(self, name, beside=""):
        """Open the first person of this name on the page, or the one beside whose name this stands."""
        among = self.page.locator(_PEOPLE, has_text=beside) if beside else self.page
        among.get_by_role("link", name=re.compile(f"^{name}$", re.IGNORECASE)).first.click()
        assert re.search(name, self.heading, re.IGNORECASE), self.heading
        self._check()

    def says_this_is_not_them(self, record, reason):
        """Say that a record on the footprint now open is another person's, and how that is known."""
        self.page.get_by_role("link", name="This is not them").first.click()
        for box in self.page.get_by_role("checkbox").all():
            box.uncheck()
        self.page.get_by_label(record).check()
        self.page.get_by_label("How do you know?").fill(reason)
        self._press("Take them apart now")
        self.page.get_by_text("They stand apart now").wait_for()

    def says_these_are_the_same(self, name, reason):
        """Say that somebody who stands beside the footprint now open is the same person: a steward decides."""
        self.follows("These are the same")
        self.sends("Ask a data steward", {"How do you know?": reason}, name)
        self.page.get_by_text("A data steward will decide").first.wait_for()

    def follows(self, link):
        """Follow the first link of these words, or whose words begin so."""
        self.page.get_by_role("link", name=link).first.click()
        self._check()

    def sends(self, button, typed, *chosen):
        """Fill in the form of this page, by its labels, and send it."""
        for label in chosen:
            self.page.get_by_label(label).first.check()
        for label, text in typed.items():
            self.page.get_by_label(label, exact=True).fill(text)
        self._press(button)

    def presses(self, button):
        """Press a button whose form a script sends, and come to the page to which that leads."""
        before = self.page.url
        self.page.get_by_role("button", name=button).click()
        self.page.wait_for_url(lambda url: url != before)
        self._check()

    def looks_again(self, page):
        """Come back to a page."""
        self.page.goto(page)
        self._check()

    # ---- reading

    @property
    def heading(self):
        """The page's one heading."""
        return self.page.locator("h1").inner_text()

    def reads(self, section=""):
        """Everything that the page says, or that a section of it says under its heading: also what is folded."""
        if section:
            found = self.page.locator(
                f"section:has(> h2:text-is('{section}')), section[aria-label='{section}']"
            )
        else:
            found = self.page.locator("main")
        return _in_a_line(found.first.text_content())

    def people(self):
        """The people whom results show, best first."""
        return [
            Shown(_in_a_line(one.locator(".fp-result__name").text_content()), _in_a_line(one.text_content()))
            for one in self.page.locator(".fp-result").all()
        ]

    def names(self):
        """The names of the people whom results show, in lower case: partners write capitals as they like."""
        return [one.name.lower() for one in self.people()]

    def homes(self):
        """Everybody who stands at each home of an address's answer, as the lines beside the home's own line."""
        return {
            _in_a_line(home.locator("h2, h3").first.text_content()): [
                _in_a_line(one.text_content()) for one in home.locator(".fp-household > li").all()
            ]
            for home in self.page.locator(".fp-home").all()
        }

    def _check(self):
        title = self.page.title()
        if title not in self._checked:
            self._checked.add(title)
            self._check_page(self.page)

    def _press(self, button):
        self.page.get_by_role("button", name=button, exact=True).click()
        self._check()


def _in_a_line(text):
    return " ".join((text or "").split())
