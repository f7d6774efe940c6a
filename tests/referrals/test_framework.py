"""The audit framework as a document: read strictly, signed to the letter, described and compared; and marking under it."""

import datetime as dt
import re

import msgspec
import pytest

from footprint.referrals.criteria import CRITERIA
from footprint.referrals.framework import (
    PACKAGED,
    Difference,
    Signature,
    audited_again,
    describe,
    differences,
    framework_of,
    packaged_framework,
    unsigned,
    why_not,
)
from footprint.referrals.moderating import (
    Audited,
    NotYetMarked,
    agreed,
    agreements,
    is_finished,
    seen_by,
    to_meet_about,
    to_talk_about,
)
from footprint.referrals.reading import ChoiceError

OURS = packaged_framework()
DAY = dt.date(2026, 11, 26)
POLICE, CARE = "police", "childrens-social-care"


def signature(partner, framework=OURS, on=DAY):
    return Signature(partner, "Somebody", on, framework.stamp)


BOTH = [signature(POLICE), signature(CARE)]


def changed(**said):
    return msgspec.structs.replace(OURS, **said)


def test_the_packaged_one_is_read_and_signed_by_nobody():
    assert [one.partner for one in unsigned(OURS, [], DAY)] == [POLICE, CARE]
    assert why_not(OURS, [], DAY) == ["Not yet signed by Police, Children's social care."]
    assert not OURS.verified


def test_it_is_in_force_when_all_have_signed_and_its_day_has_come():
    assert why_not(OURS, BOTH, DAY) == []
    assert why_not(OURS, BOTH, DAY - dt.timedelta(days=1)) != []  # signed only tomorrow
    early = [signature(POLICE, on=dt.date(2026, 8, 1)), signature(CARE, on=dt.date(2026, 8, 1))]
    assert why_not(OURS, early, dt.date(2026, 8, 31)) == ["It holds from 1 September 2026 on."]


def test_it_ends_on_its_last_day():
    ended = changed(valid=msgspec.structs.replace(OURS.valid, last=DAY))
    signed = [signature(POLICE, ended), signature(CARE, ended)]
    assert why_not(ended, signed, DAY) == []
    assert why_not(ended, signed, DAY + dt.timedelta(days=1)) == ["It ended on 26 November 2026."]


@pytest.mark.parametrize(
    "said",
    [{"talk_from": 1}, {"weights": "none"}, {"version": "2026.2"}, {"title": "Auditing"}, {"verified": True}],
)
def test_whatever_is_changed_needs_every_signature_again(said):
    assert len(unsigned(changed(**said), BOTH, DAY)) == 2


def test_criteria_that_were_written_anew_need_a_new_agreement():
    old = changed(criteria_since=dt.date(2026, 1, 1))
    signed = [signature(POLICE, old), signature(CARE, old)]
    assert "Agree again." in why_not(old, signed, DAY)[0]


WRONG = [
    ("partner: childrens-social-care", "partner: police", "two parties"),
    ("Q14, Q15]", "Q14, Q15, Q16]", "'Q16' is no criterion"),
    ("Q14, Q15]", "Q14, Q15, Q14]", "stands twice"),
    ("criteria: [Q1, Q2,", "criteria: [Q2,", "Q1 may not be left out"),
    ("valid: {from: 2026-09-01}", "valid: {from: 2026-09-01, until: 2026-08-01}", "ends before it begins"),
    ("scale: four-point", "scale: ten-point", "no scale 'ten-point'"),
    ("share: 0.05", "share: 5", "share from 0 to 1"),
    ("repeat: 0.1", "repeated: 0.1", "'repeated' is no kind"),
    ("weights: linear", "weights: cubic", "cubic"),
    ("talk_from: 2", "talk_from: 9", "this is more than 3, the most that can be meant."),
    ("review: 2027-09-01", "review: soon", "no date"),
    ("version:", "versoin:", "versoin"),
    ("title: Auditing", "colour: red\ntitle: Auditing", "'colour'"),
]


@pytest.mark.parametrize(("line", "other", "what"), WRONG)
def test_a_mistake_is_told_with_what_to_write(tmp_path, line, other, what):
    text = PACKAGED.read_text()
    assert line in text
    path = tmp_path / "audit-framework.yaml"
    path.write_text(text.replace(line, other))
    with pytest.raises(ChoiceError) as refused:
        framework_of(tmp_path)
    assert "audit-framework.yaml" in str(refused.value)
    assert what in str(refused.value)


def test_a_partnerships_own_is_read_from_its_data(tmp_path):
    assert framework_of(tmp_path) == OURS
    path = tmp_path / "audit-framework.yaml"
    path.write_text(PACKAGED.read_text().replace("share: 0.05", "share: 0.075"))
    ours = framework_of(tmp_path)
    assert ours.sampling.share == 0.075
    assert differences(OURS, ours) == [
        Difference(
            "Drawn at random",
            "5% of each team's referrals of a month; never fewer than 2, where it sent so many.",
            "7.5% of each team's referrals of a month; never fewer than 2, where it sent so many.",
        )
    ]


def test_everything_that_it_says_is_described():
    said = " ".join(one.said for one in describe(OURS))
    assert "Not confirmed by the field." in said
    assert "until" in describe(changed(valid=msgspec.structs.replace(OURS.valid, last=DAY)))[1].said
    for line in describe(OURS):
        assert line.said.endswith(".")
    assert "From 1 September 2026" in said
    assert not re.search(r"\d{4}-\d\d", said), "days stand as people read them"


@pytest.mark.parametrize(
    ("said", "about"),
    [
        ({"title": "Other"}, ["Title"]),
        ({"talk_from": 1}, ["When both talk"]),
        ({"marked_within": 5}, ["Marked within"]),
        ({"audited_again_after": 6}, ["Audited again"]),
        ({"agreement_from": 0.7}, ["Agreement"]),
        ({"weights": "quadratic"}, ["Agreement"]),
        ({"scale": "five-point"}, ["Grades"]),
        ({"review": DAY}, ["In force"]),
        ({"verified": True}, ["Figures"]),
        ({"sampling": msgspec.structs.replace(OURS.sampling, targets={})}, "Looked for"),
    ],
)
def test_no_change_goes_unsaid(said, about):
    found = differences(OURS, changed(**said))
    assert found
    if about == "Looked for":
        assert all(one.about.startswith(about) and not one.after for one in found)
    else:
        assert [one.about for one in found] == about
    assert differences(OURS, OURS) == []


@pytest.mark.parametrize(
    ("briefed", "again"),
    [
        ("2026-11-26", "2027-02-26"),
        ("2026-11-30", "2027-02-28"),
        ("2027-11-30", "2028-02-29"),
        ("2026-09-30", "2026-12-30"),
    ],
)
def test_what_a_briefing_was_about_is_audited_again(briefed, again):
    assert audited_again(dt.date.fromisoformat(briefed), OURS) == dt.date.fromisoformat(again)


# ------------------------------------------------ marking, each side alone


def marks(value=2, **said):
    return dict.fromkeys(CRITERIA, value) | said


def audited(police, care):
    return Audited("r1", {POLICE: police, CARE: care})


def test_a_side_sees_only_its_own_marks_until_both_have_finished():
    half = dict.fromkeys(list(CRITERIA)[:-1], 2)
    assert not is_finished(half, OURS)
    assert seen_by(POLICE, audited(marks(), half), OURS) == {POLICE: marks()}
    assert seen_by(CARE, audited(marks(), half), OURS) == {CARE: half}
    assert seen_by(CARE, Audited("r1", {POLICE: marks()}), OURS) == {CARE: {}}
    assert seen_by("somebody", audited(marks(), half), OURS) == {"somebody": {}}
    assert seen_by(CARE, audited(marks(), marks(3)), OURS) == {POLICE: marks(), CARE: marks(3)}


def test_they_talk_where_they_are_far_apart_or_differ_in_what_is_critical():
    # Q2 is one apart and not critical, Q6 two apart, Q1 one apart and critical.
    assert to_talk_about(audited(marks(), marks(Q2=1, Q6=0, Q1=1)), OURS) == ("Q1", "Q6")
    assert to_talk_about(audited(marks(), marks()), OURS) == ()


def test_what_they_said_together_stands_and_else_the_lower():
    one = audited(marks(), marks(Q2=1, Q6=0))
    with pytest.raises(NotYetMarked, match="Agree on Q6"):
        agreed(one, {}, OURS)
    assert agreed(one, {"Q6": 1}, OURS) == marks(Q2=1, Q6=1)
    assert agreed(one, {"Q6": 3, "Q2": 3}, OURS) == marks(Q2=3, Q6=3)


@pytest.mark.parametrize("said", [{"Q1": 4}, {"Q99": 1}])
def test_nothing_is_agreed_that_is_no_mark(said):
    with pytest.raises(NotYetMarked, match="cannot be marked so"):
        agreed(audited(marks(), marks()), said, OURS)


def test_nothing_is_agreed_before_both_have_finished_and_nothing_of_the_marks_is_told():
    with pytest.raises(NotYetMarked, match="Children's social care has not finished") as refused:
        agreed(audited(marks(3), {"Q1": 0}), {}, OURS)
    assert not any(sign.isdigit() for sign in str(refused.value))


def test_agreement_is_counted_of_what_each_gave_alone():
    audits = [
        audited(marks(Q1=one), marks(Q1=other)) for one, other in [(0, 0), (1, 1), (2, 2), (3, 3), (3, 2)]
    ]
    found = agreements([*audits, audited(marks(), {})], OURS)
    assert list(found) == list(CRITERIA)
    assert found["Q1"].pairs == 5
    assert found["Q1"].kappa > 0.8
    assert found["Q2"].kappa is None  # all alike: chance alone would bring it


def test_a_later_version_that_asks_for_more_forgets_no_agreement_of_before():
    before = [code for code in CRITERIA if code != "Q2"]
    audits = [audited(dict.fromkeys(before, one), dict.fromkeys(before, 2)) for one in (1, 2, 3)]
    found = agreements([*audits, audited(marks(3), dict.fromkeys(before, 2))], OURS)
    assert found["Q1"].pairs == 3
    assert found["Q2"].pairs == 0, "it was asked for under no version before"


def test_markers_meet_about_what_they_see_differently():
    audits = [audited(marks(Q4=one), marks(Q4=other)) for one, other in [(0, 3), (3, 0), (1, 1), (2, 0)]]
    assert to_meet_about(agreements(audits, OURS), OURS) == ["Q4"]
