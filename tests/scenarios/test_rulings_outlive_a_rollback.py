"""Shield, seal, split or erase, then roll back: nothing reappears.

Two mornings are published, then somebody rules. What was ruled holds at once, after the next publishing, and after
rolling back to snapshots that were made before anybody knew. Each ruling is told as: whom it is about, how it is ruled,
how they are asked for, and the words that no answer may hold any more.
"""

from typing import NamedTuple

import pytest

from tests.scenarios.world import CASE, World, nhs

COUNCIL, POLICE, TRUST = "childrens-social-care/la-child-id/", "police/person-id/", "acute-trust/patient-id/"


class Ruled(NamedTuple):
    """One ruling: the command, the questions that a user asks before and after, and what must be gone."""

    ruling: tuple[str, ...]
    asked: tuple[tuple[str, ...], ...]
    gone: tuple[str, ...]


RULED = {
    "a person is shielded": Ruled(
        ("shield", COUNCIL + "NADIA"),
        (("--name", "Nadia Aziz", "--dob", "9/9/2015"), ("--address", "2 Castle View, WS1 4AA"), ("--phone", "07700 900401")),
        ("Castle View", "WS1 4AA", "Family Help North", "Rosa Bright"),
    ),
    "an address is shielded": Ruled(
        ("shield", "--address", "9 Haven Lane, WS5 4HL"),
        (("--name", "Ruth Okafor", "--dob", "1/4/1990"), ("--address", "9 Haven Lane, WS5 4HL"), ("--address", "9 Haven Lane")),
        ("Haven Lane", "WS5 4HL"),
    ),
    "a person is erased": Ruled(
        ("erase", POLICE + "ERROL", TRUST + "ERROL"),
        (("--name", "Errol Blake", "--dob", "8/8/2011"), ("--nhs", nhs(406)), ("--address", "77 Corporation Street, WS1 4HL")),
        ("Errol", "ERROL", "BLAKE", "Corporation Street"),
    ),
    "a record is erased": Ruled(
        ("erase", TRUST + "IVY"),
        (("--name", "Ivy Marlow", "--dob", "30/1/2012"), ("--nhs", nhs(404))),
        ("acute-trust/patient-id/IVY", "A&E attendance"),
    ),
}  # fmt: skip
STAGES = ("at once", "published again", "rolled back once", "rolled back twice")


def everything_told(town: World, asked) -> str:
    """Return all that the command says to these questions, and of everybody whom it then names."""
    answers = [town.command("search", *question, *CASE, "--json") for question in asked]
    people = dict.fromkeys(person for answer in answers for person in named(answer.json))
    return "\n".join(
        [
            *(answer.out for answer in answers),
            *(town.command("show", person, *CASE, "--json").out for person in people),
        ]
    )


def named(answer) -> list[str]:
    """Return the ids of all people whom an answer names."""
    groups = [
        group for place in answer.get("residences", ()) for when in ("now", "before") for group in place[when]
    ]
    return [
        one["person_id"]
        for one in (*answer.get("people", ()), *(one for group in groups for one in group["residents"]))
    ]


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """For each stage and ruling, everything told. "before" is the first morning, when all of it was open."""
    town = World(tmp_path_factory.mktemp("rollback"))
    # fmt: off
    town.social_care.knows("NADIA", "Nadia/Aziz", "2015-09-09", sex="F", home="2 Castle View, WS1 4AA", plan=("2026-02-02", ""))
    town.acute.treated("NADIA", "Nadia/Aziz", "2015-09-09", sex="F", home="2 Castle View, WS1 4AA", phone="07700 900401")
    town.police.knows("RUTH", "Ruth/Okafor", "1990-04-01", sex="F", home="9 Haven Lane, WS5 4HL", mobile="07700 900402",
                      seen=[("2026-10-10", "DOMESTIC", "VICTIM")])
    town.police.knows("ERROL", "Errol/Blake", "2011-08-08", sex="M", home="77 Corporation Street, WS1 4HL", nhs=nhs(406),
                      seen=[("2026-10-11", "MISSING", "MISSING")])
    town.acute.treated("ERROL", "Errol/Blake", "2011-08-08", sex="M", home="77 Corporation Street, WS1 4HL", nhs=nhs(406))
    town.social_care.knows("IVY", "Ivy/Marlow", "2012-01-30", sex="F", nhs=nhs(404), contacts=["2026-10-01"])
    town.acute.treated("IVY", "Ivy/Marlow", "2012-01-30", sex="F", nhs=nhs(404))
    town.police.knows("LENNY", "Leonard/Ward", "2010-10-10", sex="M", nhs=nhs(405), seen=[("2026-09-09", "ASB", "SUSPECT")])
    town.acute.treated("LENNY", "Leonard/Ward", "2010-10-10", sex="M", nhs=nhs(405))
    # fmt: on
    town.morning("2026-11-16")
    town.morning("2026-11-17")
    told = {"before": {name: everything_told(town, one.asked) for name, one in RULED.items()}}
    told["before"] |= {"joined": town.between(POLICE + "LENNY", TRUST + "LENNY"), "by phone": reached(town)}
    for one in RULED.values():
        town.decide(*one.ruling)
    town.decide("different", "--one", POLICE + "LENNY", "--other", TRUST + "LENNY")
    for stage in STAGES:
        if stage == "published again":
            town.publish()
        elif stage.startswith("rolled back"):
            assert town.command("rollback").code == 0
        told[stage] = {name: everything_told(town, one.asked) for name, one in RULED.items()}
        told[stage] |= {"joined": town.between(POLICE + "LENNY", TRUST + "LENNY"), "by phone": reached(town)}
    return told


def reached(town: World) -> list[int]:
    """Return how many people a search by the telephone of each who is shielded finds."""
    return [len(town.search(phone=phone).people) for phone in ("07700 900401", "07700 900402")]


@pytest.mark.parametrize("name", RULED)
def test_all_of_it_was_told_before(story, name):
    assert [word for word in RULED[name].gone if word not in story["before"][name]] == []


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", RULED)
def test_nothing_reappears(story, name, stage):
    assert [word for word in RULED[name].gone if word in story[stage][name]] == []


@pytest.mark.parametrize("stage", STAGES)
def test_nobody_who_is_shielded_is_found_by_telephone(story, stage):
    assert story["before"]["by phone"] == [1, 1]
    assert story[stage]["by phone"] == [0, 0]


@pytest.mark.parametrize("stage", STAGES)
def test_who_was_split_stays_two(story, stage):
    assert story["before"]["joined"] == "joined"
    assert story[stage]["joined"] == "apart"
