"""Scenario 8 on the page. June and her mother fled to a refuge; the ex-partner works for the council and may look people up.

| clause                                                      | where tested |
| ----------------------------------------------------------- | ---------------------------------------------------- |
| a search of the refuge yields the same as empty             | test_the_refuge_is_as_a_house_where_nobody_lives |
| a search of the child shows brokered contact only           | test_the_child_leads_to_contact_through_the_hub_alone |
| the ex-partner's search raises an alert                     | test_the_ex_partner_is_told_no_more_and_is_seen |
| ... and is refused where the connection is declared         | test_who_declared_the_connection_is_refused |
| an override takes two people, lasts one view, is looked into | test_two_guardians_open_the_shield_once |
| no channel; export, PDF, audit reader, timing               | tests/web/protection: test_canary, test_alerts |
"""

import re

import pytest
from django.core.management import call_command

from footprint.answer import words
from footprint.web.accounts.models import DeclaredRelative
from tests.web.browsing import DESKTOP
from tests.web.protection.town import JUNE, MARA, REFUGE, UNKNOWN, told

WHY = "The court asks today whether the child is known to anybody."
PLACES = ("zephyrquill", "obsidianwick", "ws7 9qj", "ws79qj", "10099887766", "07700 900801", "07700900801")
CHILD = ("June", "Quist", "17/7/2017")


@pytest.fixture
def town(begin):
    """The town on its morning; the police mark the refuge, the school and the hospital do not."""
    return begin(told)


def finds_her(desk):
    """Ask for the child by name and birthday, and open her."""
    desk.asks_about(*CHILD)
    desk.opens("June Quist")


def tells_nothing_of_the_place(desk):
    """Whether the whole page, what is folded and its source included, is without a word of the refuge."""
    source = desk.page.content().lower()
    return [word for word in PLACES if word in source] == []


def test_the_refuge_is_as_a_house_where_nobody_lives(town, officer):
    desk = officer("A mother and her child")
    for ask in (
        desk.asks_about_the_address,
        lambda place: desk.asks_about("June", "Quist", "17/7/2017", place),
    ):
        # When an officer asks with the refuge's address, and with that of a house where nobody lives
        pages = []
        for place in (REFUGE, UNKNOWN):
            ask(place)
            pages.append((desk.heading, desk.reads().replace(place, "WHAT WAS TYPED")))

        # Then the two answers are one
        assert pages[0] == pages[1]
    desk.asks_about_the_address(REFUGE)
    assert desk.heading == "Nobody was found there"


def test_the_child_leads_to_contact_through_the_hub_alone(town, worker):
    # When a worker opens the child
    desk = worker("June Quist")
    finds_her(desk)

    # Then the page says that she is protected, and gives the hub's number and no other
    assert words.PROTECTED in desk.reads()
    assert "Ring 01922 496 0100 Safeguarding hub" in desk.reads()
    for word in ("01632", "Child in need", "On roll", "A&E", "Rosa Bright"):
        assert word not in desk.reads()
    assert tells_nothing_of_the_place(desk)
    person = desk.page.url

    # and neither the text nor the paper says more
    for form in ("summary/", "print/"):
        desk.looks_again(person + form)
        assert "01632" not in desk.reads()
        assert tells_nothing_of_the_place(desk)

    # When the worker has a question passed on
    desk.looks_again(person)
    desk.follows("Have a question passed on")
    desk.sends(
        "Send the question",
        {"What do you want to ask?": "Is she safe tonight?", "Your telephone number": "01632 960777"},
    )

    # Then they are back at her page, and nothing of the place came of it
    assert desk.page.url == person
    assert tells_nothing_of_the_place(desk)


def test_the_ex_partner_is_told_no_more_and_is_seen(town, served, seat, worker, window):
    # Given an ex-partner who works for the council and declared nothing
    spy = seat(served.user(name="Rex Pryor", team="Front door"), DESKTOP, "June Quist")
    other = worker("June Quist")
    lead = window("information-governance", "partnership", name="Ingrid Vale")

    # When he looks for the child, as any worker does
    pages = []
    for desk in (spy, other):
        desk.asks_about(*CHILD)
        pages.append(desk.reads())

    # Then he is answered as anybody is
    assert pages[0] == pages[1]
    assert words.PROTECTED in pages[0]
    assert tells_nothing_of_the_place(spy)

    # and the lead is told at the next turn of the clock, by a reference, and reads who it was, never about whom
    call_command("watch_use")
    lead.looks_again("/notices/")
    assert re.search(r"\bA-\w+", lead.reads())
    assert "Rex Pryor" not in lead.reads()
    lead.looks_again("/protection/alerts/")
    assert "Rex Pryor, Social work decision maker, Children’s social care, Front door" in lead.reads()
    assert not any(word in lead.reads() for word in ("June", "Quist"))
    lead.follows("A-")
    assert not any(word in lead.reads() for word in ("June", "Quist"))
    assert tells_nothing_of_the_place(lead)

    # and he sees nothing of that
    for page in ("/", "/notices/"):
        spy.looks_again(page)
        assert "alert" not in spy.reads().lower()


def test_who_declared_the_connection_is_refused(town, served, seat):
    # Given one who declared the mother when he began
    ex = served.user(name="Rex Pryor", team="Front door")
    DeclaredRelative.objects.create(user=ex, name="Mara Quist", born="12 2 1992", relation="former partner")
    desk = seat(ex, DESKTOP, "The Quist family")

    # When he looks for her
    desk.asks_about(MARA["given"], MARA["family"], "12/2/1992")

    # Then it is not his to look up, and he does not even read that she is protected
    assert words.DECLARED in desk.reads()
    assert words.PROTECTED not in desk.reads()
    assert tells_nothing_of_the_place(desk)


def test_two_guardians_open_the_shield_once(town, worker, window):
    # Given a worker who asks to look behind the shield
    desk = worker("June Quist")
    finds_her(desk)
    person = desk.page.url
    desk.follows("Ask to look behind the shield")
    desk.sends("Ask the guardians", {"Why do you need to know it?": WHY})

    # When two guardians of two organisations let them look
    for name, partner in (("Grace Holt", "childrens-social-care"), ("Gideon Marsh", "police")):
        desk.looks_again(person)
        assert desk.page.get_by_role("link", name="Look behind the shield, once").count() == 0
        guardian = window("identity-guardian", partner, name=name)
        guardian.looks_again("/protection/")
        guardian.follows("Look behind a shield, once")
        guardian.sends("Answer", {"Why?": "I spoke to the worker, and it is so."}, "Let them look, once")
        assert tells_nothing_of_the_place(guardian)

    # Then the worker sees once what there was, in which sector and when, and no place, school, team or number
    desk.looks_again(person)
    desk.follows("Look behind the shield, once")
    desk.sends("Look now, once", {})
    seen = desk.reads()
    assert "Domestic abuse incident Police, 1 October 2026" in seen
    assert "On roll School, open since" in seen
    for word in ("Bloxwich", "01632", "01922", "Rosa", "Ref."):
        assert word not in seen
    assert tells_nothing_of_the_place(desk)

    # and not again
    desk.looks_again(f"{person}behind/")
    assert desk.heading == "There is nothing here for you"

    # and it is looked into afterwards
    lead = window("information-governance", "partnership", name="Ingrid Vale")
    lead.looks_again("/protection/alerts/")
    assert "A shield was looked behind, after two guardians approved" in lead.reads()
    assert JUNE["given"] not in lead.reads()
