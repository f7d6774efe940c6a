"""Scenario 6 on the page. A man with two names and two birthdays, in two households, with a child's file in each.

| clause                                   | where tested                                          | waits for |
| ---------------------------------------- | ----------------------------------------------------- | --------- |
| an alias needs evidence                  | test_before_anybody_ruled_each_family_has_its_own_man | |
| ... and is reversible                    | test_a_wrong_alias_is_taken_apart_by_whoever_sees_it  | |
| both workers get a "shared adult" prompt | test_each_family_is_told_of_the_adult_whom_they_share | |
| ... with no narrative                    | the same: not the other child's name, nor a fact      | |
| no link to sealed intelligence is told   |                                                       | sealed enquiries |
"""

import pytest

from tests.scenarios.test_aliases_and_a_hidden_partner import (
    FIRST,
    POOLE,
    SECOND,
    STEELE,
    told_of_two_households,
)

SHARED = "Belongs to other children too"
MIA, LEO = ("Mia", "Poole", "9/1/2017"), ("Leo", "Marsh", "5/5/2019")


@pytest.fixture
def town(begin):
    """The two households on their morning."""
    return begin(told_of_two_households)


def rule_that_he_is_one(town):
    """A steward has his fingerprints from both custody records."""
    town.decide("same", "--one", POOLE, "--other", STEELE, reason="Fingerprints; both custody records.")
    town.publish()


def test_before_anybody_ruled_each_family_has_its_own_man(town, worker):
    desk = worker("Mia Poole")
    for child, place in ((MIA, FIRST), (LEO, SECOND)):
        desk.asks_about_the_family([child], place)
        assert SHARED not in desk.reads()
    desk.asks_about("Darren", "Poole", "3/2/1988")
    desk.opens("Darren Poole")
    assert "Darren STEELE (alias)" in desk.reads("Who says what")
    assert "21 July 1990" not in desk.reads("Who says what")


@pytest.mark.parametrize(
    ("child", "place", "other"), [(MIA, FIRST, ("Leo", "Marsh")), (LEO, SECOND, ("Mia", "Walhouse"))]
)
def test_each_family_is_told_of_the_adult_whom_they_share(town, worker, child, place, other):
    # Given a steward's ruling that the two are one man
    rule_that_he_is_one(town)

    # When a worker of one household asks about its family
    desk = worker("A family")
    desk.asks_about_the_family([child], place)

    # Then they are told that he belongs to a child elsewhere, and whom to ring
    prompt = desk.reads(SHARED)
    assert "to that of a child who is not of this family" in prompt
    assert "Ring Rosa Bright" in prompt

    # and of that child not a name, not a place, not a fact
    for word in other:
        assert word not in desk.reads()


def test_a_wrong_alias_is_taken_apart_by_whoever_sees_it(town, worker):
    # Given that the ruling was wrong
    rule_that_he_is_one(town)
    desk = worker("Mia Poole")
    desk.asks_about("Darren", "Poole", "3/2/1988")
    desk.opens("Darren (Poole|Steele)")
    assert "a steward ruled that they are the same" in desk.reads("Why these records are one person")

    # When a worker says so
    desk.says_this_is_not_them("Police STEELE", "The prints were another man’s.")

    # Then they stand apart at once, and no family is told of him any more
    assert town.person(POOLE) != town.person(STEELE)
    desk.asks_about_the_family([MIA], FIRST)
    assert SHARED not in desk.reads()
