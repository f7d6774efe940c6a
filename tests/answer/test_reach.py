"""Own pupils only: whom a school's lead does not reach is as if they were not there, in searches, at addresses, in families."""

import random
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.answer.addresses import search_address
from footprint.answer.footprint import footprint
from footprint.answer.people import People
from footprint.answer.pupils import own_pupils
from footprint.answer.relatives import MOST_AT_HOME
from footprint.answer.searching import search_people
from footprint.decisions import NOTHING_DECIDED, Overlay
from footprint.records import Address, Name, Relationship
from footprint.records.codes import RELATIONSHIPS
from footprint.records.mask import Mask
from footprint.records.reading_addresses import parse_address
from footprint.search import question_from
from tests.answer import town
from tests.answer.conftest import DAY, DUTY, NOW, Dictionary, entry, feed, record, reported, ruling, tie

SCHOOL = "school-3351000"
PUPIL, CARE, MOTHER = (
    f"{SCHOOL}/admission-number/1",
    "childrens-social-care/la-child-id/1",
    "police/person-id/9",
)
HOME = Address(number="14", street="High Street", postcode="WS1 1AA")


def on_roll(key, *, end="", last=DAY, start="2020-09-01"):
    return reported(key, "on-roll", start, end=end, last=last)


# ---- who is an own pupil


@pytest.mark.parametrize(
    ("involvements", "is_pupil"),
    [
        ([on_roll(PUPIL)], True),
        ([on_roll(PUPIL, end="2026-07-20")], False),
        ([on_roll(PUPIL, end="2024-07-20"), on_roll(PUPIL, start="2026-09-01")], True),
        ([reported(PUPIL, "persistent-absence", "2026-09-01")], False),
        ([], False),
        # The school's later data no longer names the child: first a delivery may have been short, then the child has left.
        ([on_roll(PUPIL, last="2026-10-26")], True),
        ([on_roll(PUPIL, last="2026-10-24")], False),
    ],
)
def test_who_is_on_the_roll_now_is_an_own_pupil(involvements, is_pupil):
    content = Dictionary({"p1": [entry(record(PUPIL), *involvements)]})
    assert own_pupils(content, SCHOOL) == (frozenset({PUPIL}) if is_pupil else frozenset())


def test_another_schools_pupils_and_another_partners_records_are_not():
    other, longer = "school-3351001/admission-number/1", "school-33510001/admission-number/1"
    content = Dictionary(
        {
            "p1": [entry(record(PUPIL), on_roll(PUPIL)), entry(record(CARE))],
            "p2": [entry(record(other), on_roll(other))],
            "p3": [entry(record(longer), on_roll(longer))],
        },
        feeds=(*map(feed, DUTY),),
    )
    assert own_pupils(content, SCHOOL) == {PUPIL}
    assert own_pupils(content, "police") == frozenset()
    assert own_pupils(content, "nobody") == frozenset()


def test_a_school_that_never_delivered_has_no_pupils():
    content = Dictionary(
        {"p1": [entry(record(PUPIL), on_roll(PUPIL))]}, feeds=(feed(SCHOOL, as_of="", stale_from=""),)
    )
    assert own_pupils(content, SCHOOL) == frozenset()


# ---- one person, in parts


def people_of(content, *rulings, among, **mask):
    return People(content, Mask(among=frozenset(among), **mask), Overlay.of(rulings))


def test_a_pupil_is_seen_with_every_partners_records_and_nobody_else_is_seen():
    content = Dictionary({"p1": [entry(record(PUPIL)), entry(record(CARE))], "p2": [entry(record(MOTHER))]})
    people = people_of(content, among={PUPIL})
    assert people.find("p1").keys == (PUPIL, CARE)
    assert people.find("p2") is None
    assert people.by_record(MOTHER) is None


@pytest.mark.parametrize("hides", ["erased", "hidden", "the school withheld"])
def test_a_pupil_whose_school_record_is_gone_is_gone(hides):
    content = Dictionary({"p1": [entry(record(PUPIL)), entry(record(CARE))]})
    rulings = [ruling("erase", [PUPIL])] if hides == "erased" else []
    mask = {
        "hidden": {"hidden_records": frozenset({PUPIL})},
        "the school withheld": {"partners": frozenset({"childrens-social-care"})},
    }.get(hides, {})
    assert people_of(content, *rulings, among={PUPIL}, **mask).find("p1") is None


def test_of_a_person_that_a_ruling_split_only_the_part_with_the_pupils_record_is_reached():
    content = Dictionary(
        {"p1": [entry(record(PUPIL)), entry(record(CARE))]}, ties=[tie(PUPIL, CARE, weight=9.0)]
    )
    people = people_of(content, ruling("different", [CARE], [PUPIL]), among={PUPIL})
    assert [one.keys for one in people.of(0)] == [(PUPIL,)]
    assert footprint(people, "p1", NOW).possible == ()


# ---- the family of a pupil


def test_a_parent_whom_the_school_names_is_named_and_is_nobody_to_open():
    mother = Relationship(kind="mother", other=MOTHER, name=Name(given="Sana", family="Mirza"))
    content = Dictionary(
        {"p1": [entry(record(PUPIL, relationships=(mother,)))], "p2": [entry(record(MOTHER, given="Sana"))]}
    )
    (relative,) = footprint(people_of(content, among={PUPIL}), "p1", NOW).relatives
    assert (relative.kind, relative.name, relative.person_id) == ("mother", "Sana Mirza", "")


def test_an_adopted_childs_new_name_is_not_said_to_the_school_of_a_birth_sibling():
    new = "acute-trust/patient-id/7"
    sibling = Relationship(kind="sibling", other=new, name=Name(given="Layla", family="New"))
    content = Dictionary(
        {
            "p1": [entry(record(PUPIL, relationships=(sibling,)))],
            "old": [entry(record(CARE))],
            "new": [entry(record(new, family="New"))],
        }
    )
    seal = ruling("seal", [CARE], [new], since="2026-03-01")
    answer = footprint(people_of(content, seal, among={PUPIL}), "p1", NOW)
    assert answer.relatives == ()


def test_whom_one_may_not_know_does_not_make_a_home_a_hostel():
    others = {
        f"o{number}": [entry(record(f"police/person-id/{number}", given=f"Other{number}", addresses=(HOME,)))]
        for number in range(100, 100 + MOST_AT_HOME + 5)
    }
    sister = f"{SCHOOL}/admission-number/2"
    content = Dictionary(
        {
            "p1": [entry(record(PUPIL, addresses=(HOME,)))],
            "p2": [entry(record(sister, given="Zara", addresses=(HOME,)))],
        }
        | others
    )
    lead = people_of(content, among={PUPIL, sister})
    assert [one.name for one in footprint(lead, "p1", NOW).relatives] == ["Zara Hussain"]
    hub = People(content, Mask(), NOTHING_DECIDED)
    assert footprint(hub, "p1", NOW).relatives == ()


def a_borough(draw):
    """People at a few homes with records of several partners, who name each other as relatives."""
    keys = [f"{partner}/id/{number}" for number in range(9) for partner in draw.sample(list(DUTY), 2)]
    people, rest = {}, draw.sample(keys, len(keys))
    while rest:
        size = min(draw.randint(1, 3), len(rest))
        people[f"p{len(people)}"], rest = rest[:size], rest[size:]
    kinds = ["mother", "child", "sibling", "household"]
    assert set(kinds) <= set(RELATIONSHIPS)

    def kin():
        return tuple(
            Relationship(
                kind=draw.choice(kinds),
                other=draw.choice([*keys, "police/id/none", ""]),
                name=draw.choice([None, Name(given=draw.choice("ABC"), family="Khan")]),
            )
            for _ in range(draw.randint(0, 2))
        )

    entries = {
        person_id: [
            entry(
                record(
                    key,
                    given=draw.choice("ABCD"),
                    addresses=draw.choice([(), (HOME,)]),
                    relationships=kin(),
                )
            )
            for key in listed
        ]
        for person_id, listed in people.items()
    }
    links = [
        tie(one, other, draw.choice(["joined", "possible"]))
        for one, other in pairwise(draw.sample(keys, len(keys)))
    ]
    return entries, links, keys


@settings(max_examples=100)
@given(seed=st.integers(0, 2**32))
def test_the_footprint_of_a_pupil_is_as_if_nobody_else_were_there(seed):
    draw = random.Random(seed)
    entries, links, keys = a_borough(draw)
    among = frozenset(draw.sample(keys, 6))
    reached = {
        person_id: listed
        for person_id, listed in entries.items()
        if not among.isdisjoint(str(one.record.key) for one in listed)
    }
    there = {str(one.record.key) for listed in reached.values() for one in listed}
    with_all = People(Dictionary(entries, links), Mask(among=among), NOTHING_DECIDED)
    with_reached = People(
        Dictionary(reached, [one for one in links if {one.one, one.other} <= there]), Mask(), NOTHING_DECIDED
    )
    for person_id in entries:
        assert msgspec.json.encode(footprint(with_all, person_id, NOW)) == msgspec.json.encode(
            footprint(with_reached, person_id, NOW)
        )


# ---- searching a published town


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    return town.published(tmp_path_factory.mktemp("reach"))


QUESTIONS = (
    {"given": "Layla", "family": "Hussain", "born": "2015-03-27"},
    {"given": "Omar", "family": "Hussain", "born": "2018-09-01"},
    {"name": "John Smith", "born": "2009"},
    {"family": "Hussain", "postcode": "WS1 1AA"},
    {"given": "Leo", "family": "Marsh", "born": "2019-05-05"},
)


def all_keys(content):
    return sorted(
        key for partner in {one.partner for one in content.feeds} for key in content.keys_of_partner(partner)
    )


def answers(content, people):
    for terms in QUESTIONS:
        question = question_from(terms, latest=town.NOW.date())
        answer = search_people(people, content, question, town.NOW, everyone=True)
        yield msgspec.json.encode(answer)
        for one in answer.people:
            assert footprint(people, one.person_id, town.NOW)
    for address in (town.HOME, town.ELSEWHERE, town.SMITHS):
        yield msgspec.json.encode(
            search_address(people, content, parse_address(f"{address}, WS1 1AA"), town.NOW)
        )


@settings(max_examples=25)
@given(seed=st.integers(0, 2**32))
def test_a_search_of_the_town_finds_as_if_everybody_elses_records_were_hidden(content, seed):
    draw = random.Random(seed)
    keys = all_keys(content)
    among = frozenset(draw.sample(keys, draw.randint(0, 6)))
    apart = [key for key in keys if len(content.keys_of(content.number_of_record(key))) > 1]
    rulings = []
    for key in draw.sample(apart, draw.randint(0, 2)):
        others = [one for one in content.keys_of(content.number_of_record(key)) if one != key]
        rulings.append(ruling("different", [key], [draw.choice(others)]))
    everybody = town.people_of(content, *rulings)
    parts = {part.keys for key in keys for part in everybody.of(content.number_of_record(key))}
    hidden = frozenset(key for part in parts if among.isdisjoint(part) for key in part)
    reached = town.people_of(content, *rulings, mask=Mask(among=among))
    stripped = town.people_of(content, *rulings, mask=Mask(hidden_records=hidden))
    assert list(answers(content, reached)) == list(answers(content, stripped))


def test_the_keys_of_a_partner_are_all_of_its_and_no_others(content):
    by_number = {key for number in range(len(content._ids)) for key in content.keys_of(number)}
    for partner in ("police", "childrens-social-care", "poli", "police0", ""):
        expected = sorted(key for key in by_number if key.partition("/")[0] == partner)
        assert list(content.keys_of_partner(partner)) == expected
