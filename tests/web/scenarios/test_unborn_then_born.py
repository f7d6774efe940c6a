"""Scenario 3 on the page. Sana Khan's baby: expected, born early at the hospital, known to the council, named.

| clause                                         | where tested                                          | waits for |
| ---------------------------------------------- | ----------------------------------------------------- | --------- |
| mother's alias; expected day only; "Baby Khan" | test_an_expected_child_is_found_through_its_mother    | |
| from unborn to child, the mother link kept     | test_a_worker_follows_the_child_from_before_its_birth | |
| accuracy of the birthday X -> A                | the same                                              | |
| no "two children"                              | the same: apart and pointed to, then one              | |
| a stillbirth closes sensitively                | test_a_lost_child_is_told_as_such                     | |
| ... and stops subscriptions                    | tests/web/subscriptions                               | |
| ... and letters                                |                                                       | referrals |
| a CP-IS-style flag                             |                                                       | connection to CP-IS |
"""

from tests.scenarios.test_unborn_then_born import (
    HOME,
    born_at_the_hospital,
    expected,
    known_to_the_council,
    named,
)

MOTHER = "Sana Khan, born 30 August 1996, aged 30 Mother, says Children's social care"


def test_an_expected_child_is_found_through_its_mother(begin, officer):
    # Given a mother whom the police know by an alias, too, and a child that is expected
    begin(expected)
    desk = officer("Sana, expecting a child")

    # When an officer asks by the alias
    desk.asks_about("Sana", "Mahmood", "30/8/1996")

    # Then she is possible, not certain, and her footprint leads to the child
    assert desk.heading == "One person fits, and is not certain"
    desk.opens("Sana Khan")
    assert "Sana MAHMOOD (alias)" in desk.reads("Who says what")
    desk.opens("Unborn Baby Khan")
    assert "Expected 20 December 2026 Unborn child" in desk.reads()
    assert MOTHER in desk.reads("Household and family")


def test_a_worker_follows_the_child_from_before_its_birth(begin, worker):
    # Given a worker who opened the expected child
    town = begin(expected)
    desk = worker("Sana, expecting a child")
    desk.asks_about("", "Khan", "", HOME)
    desk.opens("Unborn Baby Khan")
    assert "Rosa Bright" in desk.reads("Already open to a worker: ring here first")
    same_page = desk.page.url

    # When it is born early, and the hospital alone knows
    born_at_the_hospital(town)
    desk.looks_again(same_page)

    # Then nothing is claimed, and the page leads to the newborn, and from there back
    assert "Expected 20 December 2026" in desk.reads()
    assert "This may be the child that was born: Baby Khan, born 16 November 2026." in desk.reads()
    desk.page.get_by_role("link", name="Open Baby Khan").click()
    assert "This may be the expected child Unborn Baby Khan" in desk.reads("Before you rely on this")

    # When the council knows, too
    known_to_the_council(town)
    desk.looks_again(same_page)

    # Then the same page is the born child's: one child, its birthday known, its plan and its mother kept
    assert desk.heading == "Baby Khan"
    assert "Born 16 November 2026" in desk.reads()
    assert "xpected 20 December" not in desk.reads()
    assert MOTHER in desk.reads("Household and family")
    assert "Child in need plan Open Since 1 September 2026" in desk.reads("What partners share")
    assert "A&E attendance, 16 November 2026" in desk.reads("Since you last looked")
    assert desk.page.get_by_role("link", name="Open Baby Khan").count() == 0

    # When it is named, with its father's surname
    named(town)
    desk.looks_again(same_page)

    # Then both names are kept, with who says so
    assert desk.heading == "Yusuf Malik"
    assert "Baby Khan Acute hospital trust" in desk.reads("Who says what")
    assert MOTHER in desk.reads("Household and family")
    desk.asks_about_the_address(HOME)
    (there,) = desk.homes().values()
    assert len([line for line in there if " Child " in line]) == 1


def test_a_lost_child_is_told_as_such(begin, worker):
    # Given a child that died before its birth
    town = begin(expected)
    desk = worker("Ellie Moore")
    desk.asks_about("Ellie", "Moore", "20/1/1999")
    desk.opens("Ellie Moore")
    desk.opens("Unborn Baby Moore")
    same_page = desk.page.url
    known_to_the_council(town)

    # When somebody opens it again
    desk.looks_again(same_page)

    # Then the page says it first and plainly, expects nothing, and nothing is open
    assert "This pregnancy ended in the loss of the baby on 17 November 2026" in desk.reads()
    assert "xpected 1 December" not in desk.reads().partition("Who says what")[0]
    assert "Already open to a worker" not in desk.reads()
    assert "last confirmed open" not in desk.reads("What partners share")
