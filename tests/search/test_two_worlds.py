"""What is hidden leaves no trace: a world with hidden records under a mask answers as the world without them does."""

import random
import tempfile
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from footprint.records import Address, PartialDate
from footprint.records.addressing import read_place
from footprint.records.mask import Mask
from footprint.search import Age, Question, ask, ask_address
from footprint.search.index import Index, whole_building
from tests.comparison.rows import FAMILY, GIVEN
from tests.search.test_index_agrees_with_scan import a_world
from tests.search.worlds import a_record, at, index_of, world

PLACES = [
    Address(number="2", street="Mill Lane", postcode="WS1 1AA"),
    Address(flat="Flat 1", number="2", street="Mill Lane", postcode="WS1 1AA"),
    Address(postcode="WS1 1AB"),
    Address(uprn="1000"),
    Address(number="3", street="Mill Lane"),
]
VEILED = {
    column: []
    for column in "postcodes residences buildings uprns streets mobiles landlines emails settings relatives".split()
} | {"place_of_birth": "", "occupation": ""}


def a_partners(row, partner: str):
    return structs.replace(row, partner=partner, key=row.key.replace("p/", f"{partner}/", 1))


def questions(draw: random.Random):
    for _ in range(6):
        in_one_line = draw.random() < 0.3
        yield Question(
            given="" if in_one_line else draw.choice(GIVEN),
            family="" if in_one_line else draw.choice(FAMILY),
            full_name=f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}" if in_one_line else "",
            birth=draw.choice([None, PartialDate(2015, 3, 4), PartialDate(2015), PartialDate(2016, 4, 4)]),
            age=draw.choice([None, Age(11, 1)]),
            address=draw.choice([None, *PLACES]),
            phone=draw.choice(["", "07700 900001"]),
            reference=draw.choice(["", "police/n/7", "7"]),
        )


def answers(index: Index, mask: Mask, keys: list[list[str]], draw: random.Random):
    """Everything that a user could see, with records named by their keys."""
    flat = [key for records in keys for key in records]
    for question in questions(draw):
        answer = ask(index, question, mask)
        people = [
            (one.weight, one.verdicts, [flat[number] for number in one.records]) for one in answer.people
        ]
        yield answer.outcome, answer.reason, answer.tied, answer.ask_next, answer.further, people
    for place in PLACES:
        found = ask_address(index, place, mask)
        dwellings = [
            (one.residence, one.certain, [flat[number] for number in one.records]) for one in found.dwellings
        ]
        yield found.outcome, found.reason, found.flats, found.people, dwellings


def seen(people, mask: Mask, seed: int):
    with tempfile.TemporaryDirectory() as directory:
        index = index_of(Path(directory), people)
        keys = [[row.key for row in records] for records in people]
        return list(answers(index, mask, keys, random.Random(seed)))


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32))
def test_hidden_records_change_nothing_that_can_be_seen(seed):
    draw = random.Random(seed)
    people = [
        [a_partners(row, draw.choice(["police", "school"])) for row in records]
        for records in a_world(draw, 30)
    ]
    hidden = frozenset(row.key for records in people for row in records if draw.random() < 0.2)
    mask = Mask(partners=draw.choice([None, frozenset({"school"})]), hidden_records=hidden)
    without = [[row for row in records if mask.sees(row.partner, row.key)] for records in people]
    assert seen(people, mask, seed) == seen([records for records in without if records], Mask(), seed)


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32))
def test_whom_a_user_does_not_reach_is_as_if_they_did_not_live(seed):
    draw = random.Random(seed)
    people = [
        [a_partners(row, draw.choice(["police", "school"])) for row in records]
        for records in a_world(draw, 30)
    ]
    keys = [row.key for records in people for row in records]
    mask = Mask(
        partners=draw.choice([None, frozenset({"school"})]),
        hidden_records=frozenset(key for key in keys if draw.random() < 0.1),
        among=frozenset([key for key in keys if draw.random() < 0.3] + ["school/n/nobody"]),
    )
    known = [[row for row in records if mask.sees(row.partner, row.key)] for records in people]
    without = [records for records in known if not mask.among.isdisjoint(row.key for row in records)]
    assert seen(people, mask, seed) == seen(without, Mask(), seed)


def test_who_reaches_nobody_finds_nobody(tmp_path):
    draw = random.Random(2)
    people = a_world(draw, 20)
    index = index_of(tmp_path, people)
    answered = list(answers(index, Mask(among=frozenset()), [], draw))
    assert {answer[0] for answer in answered} <= {"none", "refine"}
    assert not any(answer[-1] for answer in answered)


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32))
def test_a_veiled_record_is_as_one_whose_home_and_telephone_nobody_said(seed):
    draw = random.Random(seed)
    people = a_world(draw, 30)
    veiled = frozenset(row.key for records in people for row in records if draw.random() < 0.3)
    bare = [
        [structs.replace(row, **VEILED) if row.key in veiled else row for row in records]
        for records in people
    ]
    assert seen(people, Mask(veiled_records=veiled), seed) == seen(bare, Mask(), seed)


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32))
def test_nobody_is_found_by_a_place_that_was_shielded_since(seed):
    draw = random.Random(seed)
    people = a_world(draw, 30)
    place = draw.choice(["WS11AA|1|2", "WS11AA||2", "uprn:1000"])

    def is_there(row):
        homes = {
            *row.residences,
            *map(whole_building, row.residences),
            *(f"uprn:{uprn}" for uprn in row.uprns),
        }
        return place in homes

    bare = [
        [structs.replace(row, **VEILED) if is_there(row) else row for row in records] for records in people
    ]
    assert seen(people, Mask(veiled_places=frozenset({place})), seed) == seen(bare, Mask(), seed)


def test_a_protected_address_is_answered_with_the_bytes_of_one_that_does_not_exist(tmp_path):
    refuge, elsewhere = at("9", "Haven Road", "WS3 3DE"), at("9", "Nowhere Road", "WS3 3DF")
    index = world(
        tmp_path,
        [
            a_record(
                "police/nominal/1",
                "Sana",
                "Ali",
                "1990-02-03",
                address=structs.replace(refuge, protected=True),
            )
        ],
        [
            a_record(
                "school/upn/2", "Zara", "Ali", "2018-02-03", address=structs.replace(refuge, protected=True)
            )
        ],
    )
    for protected, unknown in ((refuge, elsewhere), (Address(uprn="77"), Address(uprn="78"))):
        told, untold = (
            msgspec.json.encode(ask_address(index, place, Mask())) for place in (protected, unknown)
        )
        assert told == untold
    assert read_place(refuge).residences  # it would have been found, had it not been protected
    by_postcode = Question(family="Ali", postcode="WS3 3DE")
    for person in ask(index, by_postcode, Mask()).people:
        assert person.verdicts["place"].words == "not known"
