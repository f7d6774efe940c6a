"""Who tells what the front door takes down: how it came and from whom say one thing, and nobody gets a name by mistake."""

import pytest

from footprint.referrals import fields
from footprint.referrals.taking_down import differ, tellers, who_told

POLICE = "Police"


@pytest.mark.parametrize(
    ("route", "told_by", "settled"),
    [
        ("phone", POLICE, ("phone", POLICE)),
        ("", POLICE, ("phone", POLICE)),
        ("letter", "", ("letter", "")),
        ("phone", "public", ("public", "")),
        ("", "anonymous", ("anonymous", "")),
        ("anonymous", POLICE, ("anonymous", "")),
        ("anonymous", "public", ("anonymous", "")),
        ("public", "anonymous", ("anonymous", "")),
        ("public", POLICE, ("public", "")),
        ("", "", ("", "")),
    ],
)
def test_two_questions_have_one_answer_and_whoever_gives_no_name_stays_without(route, told_by, settled):
    assert who_told(route, told_by) == settled


def test_an_organisation_beside_somebody_who_has_none_is_asked_about():
    assert differ("public", POLICE)
    assert not any((differ("public", ""), differ("public", "public"), differ("phone", POLICE)))


def test_what_was_typed_before_there_was_a_list_stays_in_it():
    assert list(tellers([POLICE], "Alder Primary")) == ["", "public", "anonymous", POLICE, "Alder Primary"]
    assert list(tellers([POLICE])) == ["", "public", "anonymous", POLICE]


def test_of_whoever_rings_from_the_police_the_references_are_asked_for_and_no_recording():
    def asked(*who):
        return {one.key for one in fields.asked(fields.step("links"), *who)}

    assert asked("childrens-social-care", "police") - asked("childrens-social-care") == {
        "links.incident",
        "links.crime",
    }
    assert asked("childrens-social-care", "health-provider") == asked("childrens-social-care")
