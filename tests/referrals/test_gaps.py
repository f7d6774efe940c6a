"""Only what is blank is a gap, the most helpful first, each with a short sentence that says why it helps."""

import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.referrals.answers import called
from footprint.referrals.fields import FIELDS, STEPS, Kind
from footprint.referrals.gap_table import HELPS, OPTIONAL, TABLE
from footprint.referrals.gaps import gaps
from footprint.referrals.parts import PARTS, Place, places, put
from footprint.referrals.prompts import NOT_ASKED, WRITTEN
from footprint.referrals.referral import (
    Adult,
    Child,
    Concern,
    Informing,
    Links,
    Referral,
    Referrer,
    Responsibility,
    Safety,
    Said,
    Source,
    Statement,
    Voice,
    Words,
)
from tests.referrals.drawn import referrals

ROWS = [row for rows in TABLE.values() for row in rows]
#: Rows that are no field of the form but a list, or a concept of the voice.
LISTS = {
    "referral.children",
    "referral.adults",
    "referral.responsibilities",
    "concern.statements",
    "voice.noted",
    "voice.appearance",
}
FAMILY = Referral(
    children=(Child(key="c1", name="Ada"), Child(key="c2")), adults=(Adult(key="a1", relationship="lodger"),)
)
HEARD = Voice(noted=tuple(Words(concept=concept, text="said") for concept in WRITTEN))


def keys(referral, sector="police", place=None):
    return [f"{gap.place.part}.{gap.field}" for gap in gaps(referral, sector) if place in (None, gap.place)]


def test_every_field_of_the_form_is_a_gap_or_is_known_not_to_be():
    assert {row.key for row in ROWS} - LISTS == set(FIELDS) - OPTIONAL
    assert list(TABLE) == list(HELPS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_a_sentence_asks_and_then_says_why_it_helps(row):
    assert re.fullmatch(r"[A-Z][^?]*\?(, [^?]*\?)? [A-Z].*\.", row.says)
    assert len(row.says) <= 130
    assert not re.search(
        r"\b(must|fail|missing|required|incomplete|invalid|error)\b",
        row.says.replace("They must be asked", ""),
    )


def test_an_empty_form_asks_first_what_lets_somebody_go_tonight():
    first = gaps(Referral())
    assert [gap.field for gap in first[:5]] == ["danger_now", "place", "who", "wrong", "phone"]
    assert all(gap.step == "urgent" for gap in first[:5])
    assert [gap.helps for gap in first] == sorted((gap.helps for gap in first), key=list(HELPS).index)


def test_once_five_are_answered_the_children_come_next():
    urgent = Referral(
        who="three children upstairs",
        place="12 Alder Road",
        concern=Concern(wrong="Nobody has fed them"),
        safety=Safety(danger_now=Said.YES),
        referrer=Referrer(phone="07700 900123"),
    )
    assert keys(urgent)[:6] == [
        "safety.called_999",
        "referrer.spoke_to",
        "safety.plan",
        "safety.risk_at_place",
        "referral.children",
        "referral.worker",
    ]


def test_the_fuller_answer_stands_for_the_line_of_the_first_step():
    full = Referral(
        children=(Child(key="c1", name="Ada", address="12 Alder Road"),),
        concern=Concern(statements=(Statement(source=Source.SEEN, text="No food"),)),
    )
    assert not {"referral.who", "referral.place", "concern.wrong"} & set(keys(full))


def test_a_child_is_named_as_far_as_we_can():
    says = [
        gap.says for gap in gaps(FAMILY) if gap.place.key and gap.field in ("name", "school", "lives_here")
    ]
    assert says == [
        "What is the second child called? With the full name nobody takes another child for this one.",
        "Which school or nursery does Ada go to? They see the child tomorrow morning.",
        "Which school or nursery does the second child go to? They see the child tomorrow morning.",
        "Does the lodger live with the children? It shows who is there at night.",
        "What is the lodger called? With a name, others find what they know.",
    ]
    alone = Referral(
        children=(Child(key="c1"),), adults=tuple(Adult(key=f"a{number}") for number in range(12))
    )
    assert called(alone, Place("child", "c1")) == "the child"
    assert called(alone, Place("adult", "a11")) == "adult 12"
    assert called(alone, Place("safety")) == ""


@pytest.mark.parametrize(
    ("relationship", "said"),
    [
        ("Mother", "the mother"),
        ("his new partner", "his new partner"),
        ("Mum's friend", "the mum's friend"),
        (" ", "the adult"),
    ],
)
def test_an_adult_without_a_name_is_called_what_they_are(relationship, said):
    referral = Referral(adults=(Adult(key="a1", relationship=relationship),))
    assert called(referral, Place("adult", "a1")) == said


def test_a_baby_unborn_has_no_school_and_is_asked_for_no_words():
    unborn = Referral(children=(Child(key="c1", name="Baby Khan", due="2027-02"),), place="here")
    fields = [gap.field for gap in gaps(unborn) if gap.place.key]
    assert fields == ["impact", "health_visitor"]


def test_a_baby_is_asked_for_a_health_visitor_and_not_for_a_school():
    baby = put(FAMILY, Place("voice", "c1"), {"absence": "baby"})
    fields = [gap.field for gap in gaps(baby) if gap.place == Place("child", "c1")]
    assert "health_visitor" in fields
    assert not {"school", "upn"} & set(fields)


@pytest.mark.parametrize(
    ("voice", "asked"),
    [
        (Voice(), True),
        (Voice(noted=(Words(concept="words", text="I hid"),)), False),
        (Voice(absence="asleep"), False),
        (Voice(absence=NOT_ASKED), True),
        (Voice(absence=NOT_ASKED, absence_said="Taken to hospital"), False),
        (Voice(present="elsewhere"), False),
    ],
)
def test_words_or_why_there_are_none(voice, asked):
    referral = put(FAMILY, Place("child", "c1"), {"voice": voice})
    assert ("voice.noted" in keys(referral, place=Place("voice", "c1"))) == asked


@pytest.mark.parametrize(("concepts", "asked"), [(WRITTEN[:2], True), (WRITTEN[:3], False), (WRITTEN, False)])
def test_three_concepts_show_how_a_child_lives(concepts, asked):
    voice = Voice(noted=tuple(Words(concept=concept, text="said") for concept in concepts))
    assert (
        "voice.appearance"
        in keys(put(FAMILY, Place("child", "c1"), {"voice": voice}), place=Place("voice", "c1"))
    ) == asked


def test_parental_responsibility_is_asked_for_each_child_until_it_is_answered():
    answered = msgspec.structs.replace(
        FAMILY, responsibilities=(Responsibility(child="c1", adult="a1", held=Said.NOT_KNOWN),)
    )
    assert [gap.place.key for gap in gaps(answered) if gap.field == "responsibilities"] == ["c2"]
    unknown = put(FAMILY, Place("referral"), {}, ["responsibilities"])
    assert "child.responsibilities" not in keys(unknown)


@pytest.mark.parametrize(
    ("informing", "asked"),
    [
        (Informing(), {"parents_told", "agreed", "childs_view"}),
        (Informing(parents_told=Said.NO), {"reason", "explanation", "agreed", "childs_view"}),
        (Informing(parents_told=Said.YES, agreed=Said.YES), {"agreed_by", "covers", "childs_view"}),
        (Informing(parents_told=Said.NOT_KNOWN, agreed=Said.NO), {"childs_view"}),
    ],
)
def test_the_reason_is_asked_only_where_nobody_was_told(informing, asked):
    assert {
        gap.field for gap in gaps(Referral(informing=informing)) if gap.place.part == "informing"
    } == asked


@pytest.mark.parametrize(
    ("sector", "links", "asked"),
    [
        ("school", Links(), {"domestic_abuse"}),
        ("police", Links(), {"incident", "video", "domestic_abuse"}),
        ("police", Links(no_video="fault", domestic_abuse=Said.YES), {"incident", "dash", "encompass"}),
    ],
)
def test_only_police_are_asked_for_a_recording(sector, links, asked):
    assert {gap.field for gap in gaps(Referral(links=links), sector) if gap.place.part == "links"} == asked


@pytest.mark.parametrize(
    ("route", "asked"),
    [
        ("anonymous", set()),
        ("public", {"phone", "name", "email", "safe_to_name"}),
    ],
)
def test_a_neighbour_is_not_asked_for_a_threshold_and_the_nameless_not_for_a_name(route, asked):
    found = gaps(Referral(route=route))
    assert {gap.field for gap in found if gap.place.part == "referrer"} == asked
    assert not {"level", "argument"} & {gap.field for gap in found}


@settings(max_examples=25)
@given(referrals(), st.sampled_from(["police", "school", ""]))
def test_a_gap_is_always_a_blank_and_is_asked_on_a_step_of_the_form(referral, sector):
    parts = dict(places(referral))
    steps = {step.name for step in STEPS}
    found = gaps(referral, sector)
    assert len(found) == len(set(found))
    for gap in found:
        assert gap.step in steps
        assert "{" not in gap.says
        part = parts.get(gap.place, Voice())
        if hasattr(part, gap.field):
            assert part.is_blank(gap.field) or gap.field == "noted"


@settings(max_examples=15)
@given(referrals(), st.sampled_from(["police", "school", ""]))
def test_not_known_everywhere_leaves_no_gap(referral, sector):
    for child in referral.children:
        referral = put(referral, Place("voice", child.key), {})
    for place, part in places(referral):
        if place.part == "statement":
            continue
        names = [name for name in part.__struct_fields__ if part.is_blank(name)]
        referral = put(referral, place, {}, names)
    unanswered = [gap for gap in gaps(referral, sector) if gap.field not in ("noted", "appearance")]
    assert unanswered == []


def test_the_table_speaks_only_of_parts_that_there_are():
    assert {row.key.partition(".")[0] for row in ROWS} <= set(PARTS)
    assert {field.kind for field in FIELDS.values()} == set(Kind)
