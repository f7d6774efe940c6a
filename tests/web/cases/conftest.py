"""What tests of cases are given: the town in a site, an agreement for it, and a desk at which somebody asks."""

import re
from html import unescape

import pytest
import time_machine

from tests.web.agreements import agree
from tests.web.cases import town as story

SCHOOL = "school-9284001"


def settle(site, published):
    """Put the town into a site, with an agreement of its partners; return the town as it is there."""
    town = site.use(published(story.told))
    site.partner(SCHOOL, name="Bloxwich Green Primary", sector="school")
    agree(site)
    return town


class Desk:
    """Somebody signed in who asks, through the pages."""

    def __init__(self, site, user, town=None):
        self.site, self.user, self.town = site, user, town
        self.client = site.client(user)
        self.case = ""

    def get(self, url):
        return self.client.get(url)

    def post(self, url, **typed):
        return self.client.post(url, typed)

    def opens(self, concerns="The Arnold family", purpose="front-door", reference="MARF-2026-00123", **typed):
        """Open a case; its URL is then `case`."""
        answer = self.post("/cases/new/", concerns=concerns, purpose=purpose, reference=reference, **typed)
        assert answer.status_code == 302, said(answer)
        self.case = answer["Location"]
        return self.case

    def asks(self, kind="person", **typed):
        """Send a question; return the page that comes back, or the answer to which it leads."""
        if not self.case:
            self.opens()
        sent = self.client.post(f"{self.case}ask/{kind}/", typed)
        return self.get(sent["Location"]) if sent.status_code == 302 else sent

    def leads_to(self, kind="person", **typed):
        """Send a question and return the URL of its answer."""
        if not self.case:
            self.opens()
        return self.client.post(f"{self.case}ask/{kind}/", typed)["Location"]


def said(answer):
    """Everything that a page says, in one line a piece; what is hidden from sight is said too."""
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)
    text = re.sub(r"<[^>]+>", "\n", main.group() if main else answer.content.decode())
    return " ".join(unescape(text).split())


def family_typed(people, place="", **more):
    """What a form of a family sends: people as (given, family, born)."""
    typed = {"home-place": place}
    for row in range(1, max(3, len(people)) + 1):
        given, family, born = people[row - 1] if row <= len(people) else ("", "", "")
        typed |= {f"p{row}-given": given, f"p{row}-family": family, f"p{row}-born": born}
    return typed | more


@pytest.fixture
def town(site, published):
    """The town in a site on each database, on its morning."""
    here = settle(site, published)
    with time_machine.travel(here.now, tick=True):
        yield here


@pytest.fixture
def desk(site, town):
    """A social worker who decides at the front door."""
    return Desk(site, site.user("social-work-decision-maker", name="Sam Alder"), town)


@pytest.fixture
def desk_on_sqlite(site_on_sqlite, published):
    """The same on SQLite alone, for what no database makes different."""
    here = settle(site_on_sqlite, published)
    with time_machine.travel(here.now, tick=True):
        yield Desk(site_on_sqlite, site_on_sqlite.user("social-work-decision-maker", name="Sam Alder"), here)


@pytest.fixture
def desk_of(site, town):
    """A function that seats somebody else: `desk_of("frontline", "police", team="East")`."""
    return lambda role, partner="", **named: Desk(site, site.user(role, partner, **named), town)
