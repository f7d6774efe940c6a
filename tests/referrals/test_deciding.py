"""What a decision must not contradict, and what it must say where somebody is in danger now."""

import datetime as dt
import itertools

import msgspec
import pytest

from footprint.referrals.codes import DECISIONS
from footprint.referrals.deciding import (
    CONTRADICTIONS,
    LEFT_TO_A_WORKER,
    NOTHING_SAID,
    REASONS_OF_PEOPLE,
    TOO_LITTLE_SAID,
    Grounds,
    checked,
    passes_by_danger,
)
from footprint.referrals.states import DECISION_REASONS, Incomplete, Part, Step, Verb

NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
SPOKEN = Grounds("PC Olga Birch", "The children sleep at their aunt's, and the officer took them there.")
ACCEPTED = Grounds(worker="Sam Field, family support", worker_number="01632 960222", accepted="Today, 14:10")


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
        checked(decision(outcome, reason), danger=danger, grounds=SPOKEN)
    assert raised.value.field == "reason"


@pytest.mark.parametrize(
    ("grounds", "field"),
    [
        (NOTHING_SAID, "spoke_to"),
        (Grounds("nfa", "nfa"), "spoke_to"),
        (Grounds("....................", SPOKEN.tonight), "spoke_to"),
        (Grounds(SPOKEN.spoke_to, "nfa"), "tonight"),
        (Grounds(SPOKEN.spoke_to, "-" * 80), "tonight"),
    ],
)
def test_danger_is_put_away_in_one_click_by_no_decision(grounds, field):
    known = ACCEPTED._replace(spoke_to=grounds.spoke_to, tonight=grounds.tonight)
    for outcome in DECISIONS:
        with pytest.raises(Incomplete) as raised:
            checked(decision(outcome, "already-known", "nfa"), danger=True, grounds=known)
        assert raised.value.field == field


@pytest.mark.parametrize("danger", [False, True])
@pytest.mark.parametrize("field", ["worker", "worker_number", "accepted"])
@pytest.mark.parametrize(("outcome", "reason"), [("routed", "child-in-need"), *LEFT_TO_A_WORKER])
def test_what_leaves_for_a_worker_needs_the_worker_who_accepted_it(outcome, reason, field, danger):
    known = ACCEPTED._replace(spoke_to=SPOKEN.spoke_to, tonight=SPOKEN.tonight)
    for said in ("", "-", "x"):
        with pytest.raises(Incomplete, match="Pass it to the family’s worker") as raised:
            checked(decision(outcome, reason), danger=danger, grounds=known._replace(**{field: said}))
        assert raised.value.field == field
    kept = checked(decision(outcome, reason), danger=danger, grounds=known)
    assert "\nAccepted by the worker: Sam Field, family support, 01632 960222, Today, 14:10.\n" in kept.words


def test_too_little_to_act_on_is_asked_for_before_it_is_put_away():
    for outcome, reason in TOO_LITTLE_SAID:
        with pytest.raises(Incomplete, match="Ring whoever sent it") as raised:
            checked(decision(outcome, reason), danger=False)
        assert raised.value.field == "spoke_to"
        assert checked(decision(outcome, reason), danger=False, is_call_noted=True)
        kept = checked(decision(outcome, reason), danger=False, grounds=Grounds("Olga Birch, 14:10"))
        assert kept.words.endswith("Spoke to: Olga Birch, 14:10.")


def test_words_are_still_asked_for_where_something_stands_beside_them():
    step = decision("routed", "child-in-need", words=" ")
    assert checked(step, danger=False, grounds=ACCEPTED) == step


def test_what_makes_tonight_safe_is_kept_with_the_words():
    kept = checked(decision("section-17", "child-in-need"), danger=True, grounds=SPOKEN)
    assert kept.words.startswith("The aunt has them.\nSpoke to: PC Olga Birch.")
    assert kept.words.endswith(f"With the child now: {SPOKEN.tonight}")


def test_what_is_no_danger_is_asked_nothing_more():
    for outcome, reason in (("strategy-discussion", "significant-harm"), ("information", "below-threshold")):
        step = decision(outcome, reason)
        assert checked(step, danger=False) == step


def test_a_strategy_discussion_alone_meets_danger_at_the_front_door():
    passed_by = {outcome for outcome in DECISIONS if passes_by_danger(outcome, danger=True)}
    assert passed_by == DECISIONS.keys() - {"strategy-discussion"}
    assert not any(passes_by_danger(outcome, danger=False) for outcome in DECISIONS)


def test_a_strategy_discussion_is_held_before_there_is_an_enquiry():
    assert DECISIONS["strategy-discussion"].label == "Strategy discussion"


def test_what_a_record_system_decided_is_only_told():
    step = decision("information", "record-system", part=Part.RECORD_SYSTEM)
    assert checked(step, danger=True) == step


def test_other_steps_are_left_alone():
    step = msgspec.structs.replace(decision("", ""), verb=Verb.ACCEPT)
    assert checked(step, danger=True) == step
