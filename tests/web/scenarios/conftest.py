"""The acceptance scenarios in a real browser, as far as asking and seeing go: where each is, and what they are given.

| scenario                                             | where |
| ---------------------------------------------------- | -------------------------------------------------------------------- |
| 1 one name, one birthday, two people                 | test_one_name_one_birthday_two_people |
| 2 identical twins                                    | test_identical_twins |
| 3 unborn, then born                                  | test_unborn_then_born |
| 4 change of name, and transliteration                | test_names_and_transliteration |
| 5 Senior and Junior                                  | test_senior_and_junior |
| 6 aliases, and a partner who is hidden               | test_aliases_and_a_hidden_partner |
| 7 no fixed abode, hostel, site, a block of sixty     | test_blocks_sites_boats_and_no_fixed_abode |
| 8 a refuge, and whoever is protected                 | test_a_refuge_and_an_ex_partner_with_access |
| 10 a child in care, placed elsewhere, turns eighteen | test_placed_elsewhere_and_grown_up |
| 11 staff who look up their own                       | test_staff_who_look_up_their_own |
| 14 a poor referral, urgent danger                    | test_kids_upstairs |
| a family of seven in one submission                  | tests/web/cases: test_in_a_browser, test_a_family |

Each runs in the town of its namesake in tests/scenarios, which tries the same without pages, or in the town of the room that
tries it at the pages' own doors (tests/web/identity, tests/web/protection). Officers have a phone, and whoever decides at the
hub has a laptop.
"""

import contextlib

import pytest
import time_machine

from tests.web.browsing import DESKTOP, PHONE
from tests.web.scenarios.desk import Desk


@pytest.fixture
def begin(served, published):
    """A function that puts a town into the site and begins its day: `begin(told)`."""
    with contextlib.ExitStack() as stack:

        def begun(told):
            town = served.use(published(told))
            town.clock = stack.enter_context(time_machine.travel(town.now, tick=True))
            return town

        yield begun


@pytest.fixture
def seat(served, browsers, check_page):
    """A function that signs a user in at a window and gives them a case."""

    def sits(user, viewport, concerns):
        desk = Desk(browsers.open(user, viewport=viewport), check_page)
        desk.opens_a_case(concerns)
        return desk

    return sits


@pytest.fixture
def window(served, browsers, check_page):
    """A function that opens a window for somebody who asks about nobody: a steward, a guardian, a lead."""

    def opens(role, partner="", name="Sam Alder", **named):
        return Desk(browsers.open(served.user(role, partner, name=name, **named)), check_page)

    return opens


@pytest.fixture
def worker(served, seat):
    """A function that seats a social worker who decides at the hub, at a laptop."""
    return lambda concerns: seat(
        served.user("social-work-decision-maker", name="Sam Alder"), DESKTOP, concerns
    )


@pytest.fixture
def officer(served, seat):
    """A function that gives a police officer a phone."""
    return lambda concerns: seat(served.user("frontline", "police", name="Pat Birch"), PHONE, concerns)
