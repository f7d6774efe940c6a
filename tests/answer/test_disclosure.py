"""Existence and content apart: what is withheld leaves no trace, and what exists says nothing but that."""

import datetime as dt
import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.answer import words
from footprint.answer.footprint import footprint
from footprint.answer.people import People
from footprint.answer.seen import seen
from footprint.decisions import NOTHING_DECIDED
from footprint.records import Address, DutyContact
from footprint.records.codes import INVOLVEMENTS
from footprint.records.disclosure import EVERYTHING, LEVELS, Disclosure
from footprint.records.mask import Mask
from tests.answer.conftest import DAY, DUTY, NOW, Dictionary, entry, record, reported

POLICE, CARE = "police/person-id/1", "childrens-social-care/la-child-id/2"
KEYS = [POLICE, CARE, "acute-trust/patient-id/3", "school-3351000/admission-number/4", "police/person-id/5"]
SARAH = DutyContact(worker="Sarah Jones", team="Family Help", phone="01632 960210")


def sharing(**levels):
    """A disclosure: partner (with underscores) -> {code: level}."""
    return Disclosure(levels={partner.replace("_", "-"): said for partner, said in levels.items()})


def of(answer, partner):
    return next(one for one in answer.partners if one.partner == partner)


def told(*involvements, disclosure, key=POLICE):
    content = Dictionary({"p1": [entry(record(key), *involvements)]})
    return footprint(People(content, Mask(), NOTHING_DECIDED), "p1", NOW, disclosure=disclosure)


def test_without_a_disclosure_everything_is_told():
    answer = told(reported(POLICE, "custody", "2026-06-01"), disclosure=EVERYTHING)
    assert [line.code for line in of(answer, "police").involvements] == ["custody"]
    assert not of(answer, "police").existence


def test_what_exists_is_said_without_kind_date_count_reference_or_worker():
    answer = told(
        reported(CARE, "allocated-worker", "2026-06-01", reference="W77", contact=SARAH),
        reported(CARE, "cp-plan", "2026-07-01", reference="CP88"),
        disclosure=sharing(childrens_social_care={"allocated-worker": "existence", "cp-plan": "existence"}),
        key=CARE,
    )
    care = of(answer, "childrens-social-care")
    assert (care.says, care.existence, care.involvements) == (words.EXISTS, True, ())
    assert care.duty.team == "Front door", "whom to ring stands in its place"
    assert answer.workers == ()
    bytes_told = msgspec.json.encode(answer).decode()
    for secret in ("W77", "CP88", "Sarah", "2026-06", "2026-07", "protection plan", "cp-plan", "960210"):
        assert secret not in bytes_told, secret


def test_what_more_exists_is_said_beside_what_is_told():
    answer = told(
        reported(POLICE, "incident", "2026-06-01"),
        reported(POLICE, "custody", "2026-07-01"),
        disclosure=sharing(police={"incident": "content", "custody": "existence"}),
    )
    police = of(answer, "police")
    assert [line.code for line in police.involvements] == ["incident"]
    assert (police.says, police.existence) == (words.MORE_EXISTS, True)


def test_what_is_withheld_is_said_in_the_words_of_nothing_held():
    answer = told(
        reported(POLICE, "custody", "2026-06-01"), disclosure=sharing(police={"incident": "content"})
    )
    assert (of(answer, "police").says, of(answer, "police").involvements) == (words.NOTHING_SHARED, ())
    assert not of(answer, "police").existence


@pytest.mark.parametrize(
    ("end", "months", "level", "shown"),
    [
        ("2025-03-01", 24, "content", True),
        ("2025-03-01", 12, "content", False),
        ("2024-10-01", 24, "content", False),
        ("2026-05-01", 6, "content", False),
        ("2026-06-01", 6, "content", True),
        ("2026-06-01", 6, "existence", True),
        ("2026-05-01", 6, "existence", False),
        # "In the last twelve months" would not be true, so the longer window is for content alone.
        ("2025-03-01", 24, "existence", False),
        ("", 6, "existence", True),
        ("", 6, "content", True),
    ],
)
def test_a_kind_has_the_window_that_was_agreed(end, months, level, shown):
    disclosure = Disclosure(levels={"childrens-social-care": {"cp-plan": level}}, months={"cp-plan": months})
    answer = told(reported(CARE, "cp-plan", "2023-02-01", end=end), disclosure=disclosure, key=CARE)
    care = of(answer, "childrens-social-care")
    assert bool(care.involvements) == (shown and level == "content")
    assert care.existence == (shown and level == "existence")
    assert bool(care.says) == (not shown or level == "existence")


def test_what_no_list_names_is_withheld_where_anything_is():
    answer = told(
        reported(POLICE, "new-kind", "2026-06-01"), disclosure=sharing(police={"custody": "content"})
    )
    assert of(answer, "police").says == words.NOTHING_SHARED


# ---- two worlds


def a_disclosure(draw):
    return Disclosure(
        levels={
            partner: {code: draw.choice(LEVELS) for code in INVOLVEMENTS}
            for partner in DUTY
            if draw.random() < 0.8
        },
        months={code: draw.randint(1, 36) for code in INVOLVEMENTS if draw.random() < 0.1},
    )


def an_involvement(draw, key, code):
    start = dt.date.fromisoformat(DAY) - dt.timedelta(days=draw.randint(0, 900))
    is_over = INVOLVEMENTS[code].shape == "episode" and draw.random() < 0.5
    end = min(start + dt.timedelta(days=draw.randint(0, 400)), dt.date.fromisoformat(DAY)) if is_over else ""
    return reported(
        key,
        code,
        start.isoformat(),
        end=str(end),
        last=draw.choice([DAY, "2026-11-01"]),
        reference=f"REF{draw.randint(0, 10**9)}",
        contact=draw.choice([DutyContact(), SARAH]),
    )


def a_person(draw):
    """The records of one person, with involvements by record."""
    home = Address(number="14", street="High Street", postcode="WS1 1AA")
    return {
        key: (
            record(key, addresses=(home,) if draw.random() < 0.5 else ()),
            [
                an_involvement(draw, key, code)
                for code in draw.choices(list(INVOLVEMENTS), k=draw.randint(0, 6))
            ],
        )
        for key in draw.sample(KEYS, draw.randint(1, len(KEYS)))
    }


def answered(person, disclosure):
    content = Dictionary({"p1": [entry(one, *involvements) for one, involvements in person.values()]})
    answer = footprint(People(content, Mask(), NOTHING_DECIDED), "p1", NOW, disclosure=disclosure)
    return msgspec.json.encode(answer), msgspec.json.encode(seen(answer))


def level(disclosure, one):
    return disclosure.level(one.involvement.record.partition("/")[0], one.involvement.code)


@settings(max_examples=150)
@given(seed=st.integers(0, 2**32))
def test_a_world_with_what_is_withheld_answers_as_the_world_without_it(seed):
    draw = random.Random(seed)
    person, disclosure = a_person(draw), a_disclosure(draw)
    without = {
        key: (one, [involvement for involvement in listed if level(disclosure, involvement) != "nothing"])
        for key, (one, listed) in person.items()
    }
    assert answered(person, disclosure) == answered(without, disclosure)


@settings(max_examples=150)
@given(seed=st.integers(0, 2**32))
def test_what_exists_and_what_else_exists_in_its_place_answer_alike(seed):
    """However many there are, of whichever kind, whenever in the last twelve months: the same bytes."""
    draw = random.Random(seed)
    person, disclosure = a_person(draw), msgspec.structs.replace(a_disclosure(draw), months={})

    def another(key, involvement):
        partner = key.partition("/")[0]
        code = draw.choice([code for code in INVOLVEMENTS if disclosure.level(partner, code) == "existence"])
        day = dt.date.fromisoformat(DAY) - dt.timedelta(days=draw.randint(0, 360))
        return [
            reported(key, code, day.isoformat(), end=day.isoformat(), reference=f"OTHER{number}")
            for number in range(draw.randint(1, 3))
        ]

    def lasts(involvement):
        is_open = INVOLVEMENTS[involvement.code].shape == "episode" and not involvement.end
        return is_open or (involvement.end or involvement.start) >= "2025-11-22"

    instead = {}
    for key, (one, listed) in person.items():
        kept = [involvement for involvement in listed if level(disclosure, involvement) != "existence"]
        there = [
            involvement
            for involvement in listed
            if level(disclosure, involvement) == "existence" and lasts(involvement.involvement)
        ]
        instead[key] = (one, kept + [new for old in there for new in another(key, old)])
    assert answered(person, disclosure) == answered(instead, disclosure)


def test_random_worlds_hold_what_is_told_what_exists_and_what_is_withheld():
    found = set()
    for seed in range(30):
        draw = random.Random(seed)
        person, disclosure = a_person(draw), a_disclosure(draw)
        found |= {level(disclosure, one) for _, listed in person.values() for one in listed}
    assert found == set(LEVELS)
