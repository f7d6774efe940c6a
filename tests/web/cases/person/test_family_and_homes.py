"""Family and homes on the page: who comes first, what somebody is to this person, and which home is in doubt."""

import pytest

from footprint.answer import words
from footprint.answer.values import Home, PerhapsBaby
from footprint.web.cases.household_presenters import living
from footprint.web.cases.person.presenters import family
from footprint.web.cases.person.presenters.homes import homes
from footprint.web.cases.result_presenters import found as found_on_card
from tests.web.cases.person.answers import (
    a_person,
    a_resident,
    footprint,
    relative,
    said,
)


def test_children_come_first_and_many_are_folded():
    grown = [relative(f"Adult{number}", "household", is_child=False) for number in range(family.MOST_KIN)]
    child = relative("Zara", is_child=True)
    found = family.family(footprint(relatives=(*grown, child)), {"zara": "/zara"})
    assert found.kin[0].name == "Zara"
    assert found.kin[0].url == "/zara"
    assert len(found.kin) == family.MOST_KIN
    assert [one.name for one in found.more] == [f"Adult{family.MOST_KIN - 1}"]


@pytest.mark.parametrize(
    ("kind", "phrase"),
    [
        ("household", "At the same home"),
        ("other-relative", "Other relative"),
        ("half-sibling", "Half-sibling"),
        ("mother, guardian", "Mother, guardian"),
    ],
)
def test_what_somebody_is_to_this_person_is_said_in_words(kind, phrase):
    assert family.family(footprint(relatives=(relative("A", kind),)), {}).kin[0].relation == phrase


def test_each_relative_stands_for_themselves():
    hidden = relative("Ellie", standing="protected", birth="", age="", said_by=(), is_child=True)
    declared = relative("", kind="", standing="declared", person_id="d", birth="", age="", said_by=())
    found = family.family(footprint(relatives=(hidden, declared)), {"ellie": "/e", "d": "/d"}).kin
    assert [mark.text for mark in found[0].marks] == ["Protected", "Child"]
    assert (found[1].note, found[1].name, found[1].marks) == (words.DECLARED, "", ())


def test_who_may_be_that_baby_can_be_opened():
    baby = PerhapsBaby(person_id="b", name="Baby Khan", birth="", sentence="This may be ...")
    assert family.babies(footprint(perhaps_baby=(baby,)), {"b": "/b"}) == (
        ("This may be ...", "Baby Khan", "/b"),
    )


def test_who_lives_at_an_old_home_is_no_household_and_stands_last():
    found = family.family(
        footprint(
            relatives=(
                relative("Tibor", "household", is_child=True, is_of_old_home=True),
                relative("Sana", "mother", is_child=False),
            )
        ),
        {},
    )
    assert [(one.name, one.relation) for one in found.kin] == [
        ("Sana", "Mother"),
        ("Tibor", "At what may be an old home"),
    ]


def test_a_relative_who_may_be_the_same_child_is_marked():
    found = family.family(
        footprint(relatives=(relative("Leo", remark="May be this same child (disputed)"),)), {}
    )
    assert found.kin[0].remark == "May be this same child (disputed)"


def home(address, state="lives", said_by=()):
    return Home(address=address, use="", state=state, says="Since 2 May 2026, says Police.", said_by=said_by)


def test_a_home_that_one_still_holds_stands_marked_after_the_current_one_and_one_left_is_folded():
    found = homes(footprint(homes=(home("New"), home("Old", "held"), home("Older", "left"))))
    assert [(one.address, one.mark and one.mark.text) for one in found.doors] == [
        ("New", None),
        ("Old", "May be an old home"),
    ]
    assert [one.address for one in found.left] == ["Older"]
    assert found.differ == "Partners hold 2 homes as current: look before anybody goes."


def test_one_home_needs_no_warning():
    assert homes(footprint(homes=(home("New"), home("Older", "left")))).differ == ""
    assert homes(footprint(homes=(home("New"), home("Other")))).differ == ""
    assert homes(footprint(homes=(home("New"), home("Other")), conflicts=("home",))).differ


@pytest.mark.parametrize(
    ("lone", "conflicts", "differ"),
    [
        (home("Old", "held", (said(),)), (), "One partner holds a home that another says was left"),
        (
            home("Old", "held", (said(), said("School"))),
            (),
            "2 partners hold a home that another says was left",
        ),
        (home("New"), ("home",), "Partners do not agree on the home"),
    ],
)
def test_of_one_home_in_doubt_it_is_said_why_to_look(lone, conflicts, differ):
    found = homes(footprint(homes=(lone, home("Older", "left")), conflicts=conflicts))
    assert found.differ == f"{differ}: look before anybody goes."


def test_an_old_home_is_marked_on_the_card_and_at_the_address():
    old = home("Old", "held")
    card = found_on_card(a_person(homes=("New",), old_homes=(old,)), {})
    assert card.homes == ("New",)
    assert [(one.address, one.mark.text, one.says) for one in card.old_homes] == [
        ("Old", "May be an old home", old.says)
    ]
    living_there = living(a_resident(old_home=old.says), {})
    assert [one.text for one in living_there.marks] == ["May be an old home", "Child"]
    assert (living_there.old_home, living_there.said_by) == (old.says, "")
    assert living(a_resident(), {}).said_by == "Police"
