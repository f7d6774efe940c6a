"""Scenario 6. A man with two names and two birthdays, in two households, with a child's file in each.

| clause                                                       | where                                                   |
| ------------------------------------------------------------ | ------------------------------------------------------- |
| an alias needs evidence                                      | test_his_two_names_are_joined_by_nobody_but_a_steward   |
| ... and is reversible                                        | the days "taken back" and "published again"             |
| both households are shown the adult whom they share          | test_each_child_is_shown_the_adult, the day "ruled"     |
| ... without narrative                                        | a footprint holds codes, days and roles; test below     |
| the workers are prompted                                     | waits for subscriptions and the hub                     |
| what links him to sealed intelligence is not told            | waits for sealed enquiries                              |
"""

from typing import NamedTuple

import pytest

from tests.scenarios.world import World, facts

POOLE, STEELE = "police/person-id/POOLE", "police/person-id/STEELE"
MIA, LEO = "police/person-id/MIA", "police/person-id/LEO"
FIRST, SECOND = "14 Walhouse Road, WS1 2BB", "6 Dudley Street, WS3 3AA"


class Seen(NamedTuple):
    """How his two names stand to each other on a day, and whose father or partner his first name is shown to be."""

    between: str
    children: set[str]


def seen(town: World) -> Seen:
    relatives = {one.person_id for one in town.show(POOLE).relatives}
    return Seen(
        town.between(POOLE, STEELE), {child for child in (MIA, LEO) if town.person(child) in relatives}
    )


def told_of_two_households(town):
    """A man under two names, in two households with a child each."""
    # fmt: off
    town.police.knows("POOLE", "Darren/Poole", "1988-02-03", sex="M", aliases=["Darren/Steele"],
                      seen=[("2026-06-01", "DOMESTIC", "SUSPECT")], related=[("FATHER OF", "MIA")])
    town.police.knows("STEELE", "Darren/Steele", "1990-07-21", sex="M", home=SECOND,
                      seen=[("2026-10-12", "DOMESTIC", "SUSPECT")], related=[("LIVES WITH", "LEO")])
    town.police.knows("MIA", "Mia/Poole", "2017-01-09", sex="F", home=FIRST, seen=[("2026-06-01", "DOMESTIC", "CHILD PRESENT")])
    town.police.knows("LEO", "Leo/Marsh", "2019-05-05", sex="M", home=SECOND, seen=[("2026-10-12", "DOMESTIC", "CHILD PRESENT")])
    town.social_care.knows("MIA", "Mia/Poole", "2017-01-09", sex="F", home=FIRST, plan=("2026-06-10", ""))
    town.social_care.knows("LEO", "Leo/Marsh", "2019-05-05", sex="M", home=SECOND, plan=("2026-10-20", ""))
    # fmt: on
    town.morning("2026-11-20")


@pytest.fixture(scope="module")
def days(tmp_path_factory):
    town = World(tmp_path_factory.mktemp("aliases"))
    told_of_two_households(town)
    told = {"town": town, "found": seen(town)}
    ruling = town.decide(
        "same", "--one", POOLE, "--other", STEELE, reason="Fingerprints; both custody records."
    )
    town.publish()
    told["ruled"] = seen(town)
    told["why"] = {line.rule: line.why for line in town.show(POOLE).links}
    told["workers"] = {
        child: {worker.contact.worker for worker in town.show(child).workers} for child in (MIA, LEO)
    }
    told["relatives"] = {
        child: [one for one in town.show(child).relatives if one.person_id == town.person(POOLE)]
        for child in (MIA, LEO)
    }
    town.command("decide", "undo", ruling["id"], "--reason", "The prints were another man's.")
    told["taken back"] = seen(town)
    town.publish()
    told["published again"] = seen(town)
    return told


@pytest.mark.parametrize(
    ("day", "between", "children"),
    [
        ("found", "apart", {MIA}),
        ("ruled", "joined", {MIA, LEO}),
        (
            "taken back",
            "joined",
            {MIA, LEO},
        ),  # until the next publishing; to part them at once is a ruling: different
        ("published again", "apart", {MIA}),
    ],
)
def test_his_two_names_are_joined_by_nobody_but_a_steward(days, day, between, children):
    assert days[day] == Seen(between, children)


def test_the_link_says_that_a_steward_ruled_it(days):
    assert days["why"]["E4"][0] == "a steward ruled that they are the same"


@pytest.mark.parametrize(("child", "kind"), [(MIA, "father"), (LEO, "household")])
def test_each_child_is_shown_the_adult(days, child, kind):
    (shown,) = days["relatives"][child]
    assert shown.kind == kind
    assert days["workers"][child] == {"Rosa Bright"}


def test_neither_childs_footprint_holds_a_word_of_the_others(days):
    town = days["town"]
    assert facts(town.show(MIA)) == {
        ("cin-plan", "the person concerned"),
        ("domestic-abuse-incident", "child present"),
    }
    assert facts(town.show(LEO)) == {
        ("cin-plan", "the person concerned"),
        ("domestic-abuse-incident", "child present"),
    }


def test_he_is_found_under_either_name(days):
    town = days["town"]
    by_alias = {
        person.person_id for person in town.search(given="Darren", family="Steele", born="1988").people
    }
    assert town.person(POOLE) in by_alias
