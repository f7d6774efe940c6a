"""The form is data: every value of a referral is asked for once, in words that a person can answer."""

import re

import msgspec
import pytest

from footprint.referrals.fields import FIELDS, STEPS, URGENT, Kind, asked, step, step_of
from footprint.referrals.parts import PARTS
from footprint.referrals.referral import Said

#: What a value holds that is no question of its own: keys, parts within parts, and what the form notes by itself.
HELD = (
    {"not_known", "key", "record", "voice", "noted", "prompt", "statements"}
    | set(PARTS)
    | {
        "children",
        "adults",
        "responsibilities",
        "imported",
    }
)


def test_every_value_is_asked_for_once_and_nothing_else_is():
    held = {
        f"{part}.{name}"
        for part, kind in PARTS.items()
        for name in kind.__struct_fields__
        if name not in HELD
    }
    assert set(FIELDS) == held
    assert sum(len(one.fields) for one in STEPS) == len(held)


def test_five_answers_make_an_urgent_referral():
    assert [field.key for field in URGENT.fields] == [
        "referral.who",
        "referral.place",
        "concern.wrong",
        "safety.danger_now",
        "referrer.phone",
    ]
    assert STEPS[0] is URGENT


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda field: field.key)
def test_a_field_takes_the_kind_of_answer_that_its_value_holds(field):
    held = {one.name: one.type for one in msgspec.structs.fields(PARTS[field.part])}[field.name]
    assert (held == Said | None) == (field.kind is Kind.YES_NO)
    assert (held == tuple[str, ...]) == (field.kind is Kind.NAMES)
    assert bool(field.choices) == (field.kind is Kind.CHOICE and field.key != "request.level")


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda field: field.key)
def test_labels_are_short_and_hints_are_sentences(field):
    assert len(field.label) <= 60
    assert len(field.hint) <= 110
    assert not field.hint or re.fullmatch(r"[A-Z].*\.", field.hint)
    assert step_of(field) in {one.name for one in STEPS}


def test_only_police_are_asked_for_what_only_police_have():
    police = {field.name for field in asked(step("links"), "police")}
    assert {field.name for field in asked(step("links"), "school")} == {"domestic_abuse"}
    assert "video" in police
    assert "no_video" in police


def test_a_step_that_does_not_exist_is_told():
    with pytest.raises(LookupError, match="no step 'bodies'"):
        step("bodies")
