"""What a decision must not contradict, and what it must say where somebody is in danger now."""

import datetime as dt
import itertools

import msgspec
import pytest

from footprint.referrals.codes import DECISIONS
from footprint.referrals.deciding import CONTRADICTIONS, REASONS_OF_PEOPLE, Safe, asks_for_safety, checked
from footprint.referrals.states import DECISION_REASONS, Incomplete, Part, Step, Verb

NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
SPOKEN = Safe("PC Olga Birch", "The children sleep at their aunt's, and the officer took them there.")


def decision(outcome, reason, words="The aunt has them.", part=Part.FRONT_DOOR):
    return Step(verb=Verb.DECIDE, part=part, by="u-1", at=NOON, outcome=outcome, reason=reason, words=words)


def test_every_line_names_what_there_is_and_every_outcome_has_a_reason():
    assert CONTRADICTIONS.keys() <= DECISION_REASONS.keys()
    for one in CONTRADICTIONS.values():
        assert one.outcomes <= DECISIONS.keys()
    free = {
        outcome
        for outcome, reason in itertools.product(DECISIONS, DECISION_REASONS)
        if reason not in CONTRADICTIONS or outcome not in CONTRADICTIONS[reason].outcomes
    }
    assert free == DECISIONS.keys()
    assert set(REASONS_OF_PEOPLE) == DECISION_REASONS.keys() - {"record-system"}


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        ("information", "significant-harm"),
        ("early-help", "significant-harm"),
        ("section-17", "significant-harm"),
        ("information", "child-in-need"),
        ("strategy-discussion", "below-threshold"),
        ("information", "record-system"),
    ],
)
@pytest.mark.parametrize("danger", [False, True])
def test_a_reason_that_contradicts_an_outcome_is_refused_in_a_sentence(outcome, reason, danger):
    with pytest.raises(Incomplete, match="contradict each other") as raised:
        checked(decision(outcome, reason), danger=danger, safe=SPOKEN)
    assert raised.value.field == "reason"


@pytest.mark.parametrize(
    ("safe", "field"),
    [
        (Safe(), "spoke_to"),
        (Safe("nfa", "nfa"), "spoke_to"),
        (Safe("....................", SPOKEN.tonight), "spoke_to"),
        (Safe(SPOKEN.spoke_to, "nfa"), "tonight"),
        (Safe(SPOKEN.spoke_to, "-" * 80), "tonight"),
    ],
)
def test_danger_is_not_put_away_in_one_click(safe, field):
    for outcome in DECISIONS.keys() - {"strategy-discussion"}:
        with pytest.raises(Incomplete) as raised:
            checked(decision(outcome, "already-known", "nfa"), danger=True, safe=safe)
        assert raised.value.field == field


def test_what_makes_tonight_safe_is_kept_with_the_words():
    kept = checked(decision("section-17", "child-in-need"), danger=True, safe=SPOKEN)
    assert kept.words.startswith("The aunt has them.\nSpoke to: PC Olga Birch.")
    assert kept.words.endswith(SPOKEN.tonight)


def test_a_strategy_discussion_and_what_is_no_danger_are_asked_nothing_more():
    for step, danger in (
        (decision("strategy-discussion", "significant-harm"), True),
        (decision("information", "below-threshold"), False),
    ):
        assert checked(step, danger=danger) == step
        assert not asks_for_safety(step.outcome, danger=danger)


def test_what_a_record_system_decided_is_only_told():
    step = decision("information", "record-system", part=Part.RECORD_SYSTEM)
    assert checked(step, danger=True) == step


def test_other_steps_are_left_alone():
    step = msgspec.structs.replace(decision("", ""), verb=Verb.ACCEPT)
    assert checked(step, danger=True) == step
