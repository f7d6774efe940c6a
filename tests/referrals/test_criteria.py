"""The fifteen criteria, and from marks to a grade."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.referrals.criteria import CRITERIA, CRITICAL, MARKS, VERSION, Checked, criterion
from footprint.referrals.grades import (
    MarkError,
    Scales,
    check_grade,
    check_marks,
    graded,
    packaged_scales,
    scales_of,
)
from footprint.referrals.reading import ChoiceError, read

SCALES = packaged_scales().scales
ALL_THREE = dict.fromkeys(CRITERIA, 3)


def marked(mark=3, **others):
    return dict.fromkeys(CRITERIA, mark) | others


# ---------------------------------------------------------------- the criteria


def test_fifteen_criteria_of_which_six_are_critical():
    assert list(CRITERIA) == [f"Q{number}" for number in range(1, 16)]
    assert {"Q1", "Q3", "Q4", "Q5", "Q10", "Q15"} == CRITICAL
    assert VERSION == "criteria/2026-09-01"


def test_who_can_tell_which():
    by = {kind: [one.id for one in CRITERIA.values() if one.checked is kind] for kind in Checked}
    assert by == {
        Checked.MACHINE: ["Q1", "Q12", "Q13"],
        Checked.PERSON: ["Q4", "Q6", "Q9", "Q11"],
        Checked.BOTH: ["Q2", "Q3", "Q5", "Q7", "Q8", "Q10", "Q14", "Q15"],
    }


def test_every_criterion_asks_a_question_about_the_form_and_says_what_strong_is():
    for one in CRITERIA.values():
        assert one.asks.endswith("?")
        assert one.strong.endswith(".")
    assert criterion("Q5").label == "The child's voice"
    with pytest.raises(KeyError, match="There is no criterion 'Q16'"):
        criterion("Q16")


# ---------------------------------------------------------------- grades


@pytest.mark.parametrize(
    ("marks", "four", "three", "five"),
    [
        (marked(3), "outstanding", "good", "outstanding"),
        (marked(2), "requires-improvement", "requires-improvement", "adequate"),
        (marked(2, Q1=3, Q3=3), "good", "good", "adequate"),
        (marked(2, Q1=3, Q3=3, Q4=3, Q5=3), "good", "good", "good"),
        (marked(1), "inadequate", "inadequate", "inadequate"),
        (marked(0), "inadequate", "inadequate", "inadequate"),
        (marked(3, Q5=1), "requires-improvement", "requires-improvement", "requires-improvement"),
        (marked(3, Q5=0), "inadequate", "inadequate", "inadequate"),
        (marked(3, Q6=0), "outstanding", "good", "outstanding"),  # not a critical one: 42 of 45
        (marked(3, Q1=1, Q15=0), "inadequate", "inadequate", "inadequate"),
    ],
)
def test_one_set_of_marks_on_three_scales(marks, four, three, five):
    found = [
        graded(marks, packaged_scales().scale(f"{name}-point")).proposed for name in ("four", "three", "five")
    ]
    assert found == [four, three, five]


@pytest.mark.parametrize(("code", "scale"), list(itertools.product(sorted(CRITICAL), SCALES)))
def test_each_critical_criterion_caps_on_each_scale(code, scale):
    absent, weak = graded(marked(**{code: 0}), scale), graded(marked(**{code: 1}), scale)
    assert (absent.best, absent.capped_by) == ("inadequate", (code,))
    assert (weak.best, weak.capped_by) == ("requires-improvement", (code,))
    assert graded(marked(**{code: 2}), scale).capped_by == ()


def test_the_worst_cap_holds_and_names_what_holds_it():
    found = graded(marked(Q1=1, Q5=0, Q15=0))
    assert (found.best, found.capped_by) == ("inadequate", ("Q5", "Q15"))


def test_without_a_mark_for_each_critical_criterion_there_is_no_grade_and_the_points_are_kept():
    found = graded({"Q1": 3, "Q2": 1})
    assert (found.proposed, found.best, found.points, found.possible) == ("", "", 4, 6)
    assert found.unmarked == tuple(f"Q{number}" for number in range(3, 16))
    with pytest.raises(MarkError, match="Mark Q3, Q4, Q5, Q10, Q15 first"):
        check_grade("good", {"Q1": 3, "Q2": 1})


def test_what_has_no_mark_counts_neither_for_nor_against():
    without = {code: mark for code, mark in ALL_THREE.items() if code != "Q13"}
    assert graded(without)[:2] == ("outstanding", "outstanding")
    assert graded(without).possible == 42


def test_somebody_may_grade_lower_than_proposed_and_up_to_the_cap():
    check_grade("inadequate", ALL_THREE)
    check_grade("outstanding", marked(2))
    check_grade("requires-improvement", marked(Q4=1))
    with pytest.raises(MarkError, match="Requires improvement is the best grade that the marks of Q4 allow"):
        check_grade("good", marked(Q4=1))
    with pytest.raises(MarkError, match="'superb' is no grade here"):
        check_grade("superb", ALL_THREE)


@pytest.mark.parametrize("marks", [{"Q1": 4}, {"Q1": -1}, {"Q1": True}, {"Q1": 1.5}, {"Q1": 1.0}, {"Q16": 1}])
def test_what_is_no_mark_is_refused(marks):
    with pytest.raises(MarkError):
        check_marks(marks)


MARKED = st.fixed_dictionaries({code: st.sampled_from(sorted(MARKS)) for code in CRITERIA})


@settings(max_examples=100, deadline=None)
@given(MARKED, st.sampled_from(SCALES), st.sampled_from(list(CRITERIA)))
def test_a_better_mark_never_makes_a_grade_worse(marks, scale, code):
    better = marks | {code: min(3, marks[code] + 1)}
    assert scale.rank(graded(better, scale).proposed) <= scale.rank(graded(marks, scale).proposed)
    worst = min(marks[one] for one in CRITICAL)
    cap = {0: "inadequate", 1: "requires-improvement"}.get(worst, scale.grades[0].code)
    assert graded(marks, scale).best == cap
    assert scale.rank(graded(marks, scale).proposed) >= scale.rank(cap)


# ---------------------------------------------------------------- scales as configuration

HEAD = "title: Ours\nsince: 2026-10-01\nsource: Our board\nverified: true\nscales:\n"
TWO = (
    "  - id: two\n    label: Two\n    verified: true\n    grades:\n      - {code: fine, label: Fine, at_least: 0.5}\n"
    '      - {code: not-yet, label: Not yet, at_least: 0}\n    caps: {"0": not-yet}\n'
)


def test_a_partnership_has_a_scale_of_its_own(tmp_path):
    assert scales_of(tmp_path) == packaged_scales()
    (tmp_path / "scales.yaml").write_text(HEAD + TWO)
    scale = scales_of(tmp_path).scale()
    assert graded(marked(3, Q1=1), scale).proposed == "fine"
    assert graded(marked(3, Q1=0), scale).proposed == "not-yet"
    with pytest.raises(ValueError, match="There is no scale 'three'"):
        scales_of(tmp_path).scale("three")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD + TWO.replace("0.5", "1.5"), "line 10"),
        (HEAD + TWO.replace("at_least: 0}", "at_least: 0.5}"), "from best to worst"),
        (HEAD + TWO.replace("at_least: 0}", "at_least: 0.1}"), "the last begins at_least: 0"),
        (HEAD + TWO.replace("code: not-yet", "code: fine"), "a code of its own"),
        (HEAD + TWO.replace('"0": not-yet', '"0": bad'), "caps at 'bad', which is none of its grades"),
        (HEAD + TWO.replace('"0"', '"4"'), "caps at the mark '4'"),
        (HEAD + TWO.replace('"0"', '"1"'), "no cap for a critical criterion that is absent"),
        (HEAD + TWO + TWO, "an id of its own"),
        (HEAD + TWO.replace("caps:", "cap:"), "Did you mean 'caps'?"),
    ],
)
def test_a_mistake_is_told_with_what_to_write(text, sentence):
    with pytest.raises(ChoiceError) as raised:
        read(text, Scales, "ours.yaml")
    assert sentence in str(raised.value)
