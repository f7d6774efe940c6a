"""What to ask where two may be meant: concrete, from what really differs, and never with the answers in it."""

import pytest

from footprint.answer.telling_apart import MOST, questions
from footprint.records import Address
from footprint.records.mask import Mask
from footprint.records.person import Setting

ONE, OTHER, THIRD = "police/person-id/1", "police/person-id/2", "childrens-social-care/la-child-id/3"
ELM = Address(number="3", street="Elm Row", postcode="WS5 1AA")
OAK = Address(number="9", street="Oak Row", postcode="WS5 9AA")


def school(code, name="Bloxwich Green Primary"):
    return Setting(kind="school", code=code, name=name)


def asked(made, *records, rulings=(), mask=Mask()):  # noqa: B008 - a frozen value
    entries = {f"p{number}": [made.entry(one)] for number, one in enumerate(records)}
    people = made.people(made.content(entries), *rulings, mask=mask)
    return questions([people.find(person_id) for person_id in entries if people.find(person_id)])


def test_it_asks_for_what_differs_and_for_nothing_else(made):
    said = asked(
        made,
        made.record(ONE, addresses=(ELM,), settings=(school("3351000"),), sex="F"),
        made.record(OTHER, addresses=(OAK,), settings=(school("3351001"),), sex="F"),
    )
    assert said == (
        "Which school or nursery is it?",
        "Which street do they live in, or what is the postcode?",
    )


def test_it_never_holds_an_answer(made):
    said = " ".join(
        asked(
            made,
            made.record(ONE, birth=(2015, 3, 27), addresses=(ELM,), settings=(school("3351000"),)),
            made.record(OTHER, birth=(2015, 4, 1), addresses=(OAK,), settings=(school("3351001"),)),
        )
    )
    assert said.startswith("What is the full date of birth, as on a passport or birth certificate?")
    for secret in ("Elm", "Oak", "Bloxwich", "2015", "March", "WS5"):
        assert secret not in said


@pytest.mark.parametrize(("birth", "differs"), [((2015,), False), ((2015, 3), False), ((2015, 4), True)])
def test_a_birthday_known_in_part_differs_in_its_known_parts_alone(made, birth, differs):
    said = asked(made, made.record(ONE, birth=(2015, 3, 27)), made.record(OTHER, birth=birth))
    assert bool(said) is differs


def test_what_is_known_of_all_comes_before_what_is_known_of_two(made):
    said = asked(
        made,
        made.record(ONE, settings=(school("3351000"),), addresses=(ELM,), sex="F"),
        made.record(OTHER, settings=(school("3351001"),), addresses=(OAK,), sex="M"),
        made.record(THIRD, addresses=(Address(number="1", street="Ash Row", postcode="WS5 3AA"),), sex=""),
    )
    assert said[0] == "Which street do they live in, or what is the postcode?"
    assert len(said) == MOST


def test_what_may_not_be_known_asks_nothing(made):
    records = [made.record(ONE, addresses=(ELM,)), made.record(OTHER, addresses=(OAK,))]
    shield = made.ruling("shield", [OTHER])
    assert asked(made, *records) != ()
    assert asked(made, *records, rulings=[shield]) == ()
    assert asked(made, *records, mask=Mask(hidden_records=frozenset({OTHER}))) == ()


def test_a_whole_name_tells_nobody_apart_who_has_it_too(made):
    assert asked(made, made.record(ONE, birth=None), made.record(OTHER, birth=None)) == ()
