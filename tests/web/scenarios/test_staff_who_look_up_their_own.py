"""Scenario 11 on the page. A worker looks up a neighbour, then a cousin, then herself, under a real case number.

| clause                                             | where tested |
| -------------------------------------------------- | -------------------------------------------------------- |
| not blocked, for it might be an emergency          | test_a_neighbour_then_a_cousin_then_herself |
| weighed within minutes, governance is told         | the same: the lead's page, after one turn of the clock |
| the worker sees no alert, and ends none            | the same |
| a colleague of the same unit does not review it    | the same |
| access is denied to the own family once declared   | test_what_she_declared_is_refused |
| near misses of several people are told together    | tests/web/protection/test_alerts |
"""

import pytest
from django.core.management import call_command

from footprint.answer import words
from footprint.web.accounts.models import DeclaredAddress
from footprint.web.protection.models import Observation
from tests.web.browsing import DESKTOP
from tests.web.protection.town import ELSEWHERE, IRIS, LEE, NED, told

#: She lives in the street of Ned Crane and of the cousin; the police still know her at a former home.
OWN_HOME = "3 Alder Road, WS7 1AB"
HERSELF = "Iris Whitlock"


@pytest.fixture
def town(begin, monkeypatch):
    """The town on its morning. In a town of a few people no surname is rarer than another; here hers is."""
    rare = {"whitlock": 4.2}
    monkeypatch.setattr("footprint.search.index.Index.rarity", lambda _, column, text: rare.get(text, -1.0))
    return begin(told)


@pytest.fixture
def snoop(town, served, seat):
    """A function that seats her, with the homes that she declared when she began."""

    def sits(*homes):
        user = served.user(name=HERSELF, team="Front door")
        for home in homes:
            text, _, postcode = home.rpartition(", ")
            DeclaredAddress.objects.create(user=user, text=text, postcode=postcode)
        return seat(user, DESKTOP, "The Arnold family")

    return sits


def asks_for(desk, whom):
    """Ask for somebody as the town knows them."""
    day = "/".join(reversed(whom["born"].split("-")))
    desk.asks_about(whom["given"], whom["family"], day)


def test_a_neighbour_then_a_cousin_then_herself(snoop, window):
    # Given a worker who declared her home, and works under a real case number
    desk = snoop(OWN_HOME)
    lead = window("information-governance", "partnership", name="Ingrid Vale")

    # When she looks up a neighbour, a cousin of her name, and herself
    for whom in (NED, LEE, IRIS):
        asks_for(desk, whom)
        desk.opens(f"{whom['given']} {whom['family']}")
        # Then nothing holds her back: it might be an emergency
        assert words.DECLARED not in desk.reads()
        assert "What partners share" in desk.reads()

    # and within one turn of the clock the lead reads who it was and why, and not about whom
    call_command("watch_use")
    lead.looks_again("/protection/alerts/")
    read = lead.reads()
    assert f"{HERSELF}, Social work decision maker, Children’s social care, Front door" in read
    for reason in ("Somebody of the user's own name.", "Somebody of the user's own street or postcode."):
        assert reason in read.replace("’", "'")
    for word in ("Ned", "Crane", "Lee", "Alder Road", "2012"):
        assert word not in read
    lead.looks_again("/notices/")
    told_of = [one for one in Observation.objects.filter(is_alert=True) if one.reference in lead.reads()]
    assert told_of

    # and she sees nothing of it on any page of hers, and ends nothing
    references = list(Observation.objects.values_list("reference", flat=True))
    for page in ("/", desk.case, "/notices/", "/ledger/mine/"):
        desk.looks_again(page)
        assert "alert" not in desk.reads().lower()
        assert [one for one in references if one and one in desk.page.content()] == []
    for page in ("/protection/alerts/", f"/protection/alerts/{told_of[0].reference}/"):
        desk.looks_again(page)
        assert "Points" not in desk.reads()
        assert "Reviewed" not in desk.reads()

    # and a colleague of her unit is offered no review
    colleague = window("information-governance", "childrens-social-care", name="Tess Hale", team="Front door")
    colleague.looks_again(f"/protection/alerts/{told_of[0].reference}/")
    assert colleague.page.get_by_role("button", name="Keep the review").count() == 0


def test_what_she_declared_is_refused(snoop, window):
    # Given that she declared the home at which the police know her, too
    desk = snoop(OWN_HOME, ELSEWHERE)

    # When she looks herself up
    asks_for(desk, IRIS)

    # Then it is not hers to look up, nor is she to open it
    assert words.DECLARED in desk.reads()
    desk.page.goto(desk.page.locator("a[href*='/people/']").first.get_attribute("href"))
    assert desk.heading == "Not yours to look up"

    # and the lead sees that she tried
    call_command("watch_use")
    lead = window("information-governance", "partnership", name="Ingrid Vale")
    lead.looks_again("/protection/alerts/")
    assert "Somebody of the home that the user declared as their own." in lead.reads()
