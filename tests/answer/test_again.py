"""Who was opened before, named once more: nobody who is gone or closed, and of somebody protected what a search says."""

import pytest

from footprint.answer.again import named_again

FORMER, POLICE = "childrens-social-care/la-child-id/1", "police/person-id/2"


@pytest.fixture
def opened(made):
    """The names of two people who were opened, under these rulings."""
    content = made.content(
        {
            "p1": [made.entry(made.record(FORMER))],
            "p2": [made.entry(made.record(POLICE, given="SANA", family="MIRZA"))],
        }
    )

    def told(*rulings):
        people = made.people(content, *rulings)
        return [(one.name, one.standing) for one in named_again(people, ["p2", "p1", "p3"])]

    return told


def test_they_stand_in_the_order_given_and_who_is_not_there_is_left_out(made, opened):
    assert opened() == [("Sana Mirza", "open"), ("Layla Hussain", "open")]
    assert opened(made.ruling("erase", [POLICE])) == [("Layla Hussain", "open")]


def test_a_closed_identity_is_in_no_list(made, opened):
    sealed = made.ruling("seal", [FORMER], ["childrens-social-care/la-child-id/9"])
    assert opened(sealed) == [("Sana Mirza", "open")]


def test_somebody_protected_is_named_as_a_search_names_them(made, opened):
    assert opened(made.ruling("shield", [POLICE]))[0] == ("Sana Mirza", "protected")
