"""How a dispute and a breach go on, as tables: every state is in them, illegal moves raise, what is open can be settled."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.web.identity import words
from footprint.web.identity.presenters.disputes import CHOICES
from footprint.web.identity.states import (
    MOVES,
    NEEDS,
    OPENED,
    OVER,
    SETTLED,
    WAITING,
    BreachStep,
    Effect,
    IllegalMove,
    Said,
    State,
    check_step,
    clock_runs,
    effect,
    may_withdraw,
    next_of,
    steps_left,
)

S = BreachStep


def test_every_state_waits_is_settled_or_over_and_every_move_is_told_in_words():
    assert sorted(State) == sorted([*WAITING, *SETTLED, *OVER])
    for said in Said:
        reached = {after for _, after in MOVES[said]}
        assert reached == set(State) - (OVER if said is Said.SAME else set())
        assert {(said, after) for after in reached} == {key for key in words.OUTCOME if key[0] is said}
        assert said in words.THANKS
        assert said in words.SAYS
        assert {one[0] for one in CHOICES[said]} == set(State) - OVER - {State.OPEN}
    assert set(words.STATES) == set(State)
    assert set(words.STEPS) == set(NEEDS) == set(BreachStep)


@pytest.mark.parametrize(("said", "before", "after"), list(itertools.product(Said, State, State)))
def test_what_is_in_no_table_raises(said, before, after):
    if (before, after) in MOVES[said]:
        assert after in next_of(said, before)
        assert effect(said, before, after) is MOVES[said][before, after]
    else:
        assert after not in next_of(said, before)
        with pytest.raises(IllegalMove, match="Somebody else may have been quicker"):
            effect(said, before, after)


def test_tables_cannot_be_changed():
    with pytest.raises(TypeError):
        MOVES[Said.SAME][State.OPEN, State.OPEN] = Effect()


@given(st.sampled_from(list(Said)), st.lists(st.sampled_from(list(State)), max_size=30))
def test_wherever_it_goes_what_was_settled_as_two_is_kept_apart_and_what_is_open_can_be_settled(said, wishes):
    state, standing = State.OPEN, [OPENED[said].makes] if OPENED[said].makes else []
    for wish in wishes:
        if wish not in next_of(said, state):
            continue
        what = effect(said, state, wish)
        if what.takes_back in standing:
            standing.remove(what.takes_back)
        standing += [what.makes] if what.makes else []
        state = wish
        assert len(standing) == len(set(standing)), "two rulings of one kind stand"
        if state is State.DIFFERENT:
            assert "different" in standing
        if state in OVER:
            assert standing == []
            assert next_of(said, state) == frozenset()
        if state is State.SAME:
            assert not {"different", "disputed"} & set(standing)
        if said is Said.NOT_THEM and state in WAITING:
            assert "disputed" in standing
        if state in WAITING:
            assert {State.DIFFERENT, State.SAME} <= next_of(said, state)
        elif state in SETTLED:
            assert next_of(said, state) == {State.OPEN}


@pytest.mark.parametrize("said", Said)
def test_it_is_withdrawn_before_a_steward_did_anything_and_never_after(said):
    assert may_withdraw(said, [State.OPEN]) is (said is Said.NOT_THEM)
    for done in (State.UNCLEAR, State.DIFFERENT, State.SAME, State.WITHDRAWN):
        assert not may_withdraw(said, [State.OPEN, done])
        assert not may_withdraw(said, [State.OPEN, done, State.OPEN])


# ---- a breach

TABLE = [
    # what was done, what may be done now, whether the clock runs
    ([S.OPENED], {S.RISK, S.NO_RISK}, True),
    ([S.OPENED, S.RISK], {S.NO_RISK, S.ICO_TOLD, S.SUBJECTS_TOLD, S.CLOSED}, True),
    ([S.OPENED, S.NO_RISK], {S.RISK, S.ICO_TOLD, S.SUBJECTS_TOLD, S.CLOSED}, False),
    ([S.OPENED, S.NO_RISK, S.RISK], {S.NO_RISK, S.ICO_TOLD, S.SUBJECTS_TOLD, S.CLOSED}, True),
    ([S.OPENED, S.RISK, S.ICO_TOLD], {S.NO_RISK, S.SUBJECTS_TOLD, S.CLOSED}, False),
    ([S.OPENED, S.RISK, S.ICO_TOLD, S.SUBJECTS_TOLD], {S.NO_RISK, S.CLOSED}, False),
    ([S.OPENED, S.TAKEN_BACK], {S.RISK, S.NO_RISK, S.CLOSED}, True),
    ([S.OPENED, S.RISK, S.CLOSED], set(), False),
]


@pytest.mark.parametrize(("done", "left", "runs"), TABLE)
def test_the_steps_of_a_breach_are_worked_off(done, left, runs):
    assert steps_left(done) == left
    assert clock_runs(done) is runs
    for step in set(BreachStep) - {S.TAKEN_BACK}:
        if step in left:
            check_step(done, step)
        else:
            with pytest.raises(IllegalMove):
                check_step(done, step)


def test_a_ruling_taken_back_is_noted_until_the_breach_is_closed():
    check_step([S.OPENED], S.TAKEN_BACK)
    with pytest.raises(IllegalMove):
        check_step([S.OPENED, S.RISK, S.CLOSED], S.TAKEN_BACK)


@given(st.lists(st.sampled_from(list(BreachStep)), max_size=20))
def test_a_breach_ends_once_and_is_never_closed_unlooked_at(wishes):
    done = [S.OPENED]
    for wish in wishes:
        if wish in steps_left(done):
            done.append(wish)
    assert done.count(S.CLOSED) <= 1
    assert S.CLOSED not in done or done[-1] is S.CLOSED
    for step in (S.ICO_TOLD, S.SUBJECTS_TOLD, S.CLOSED):
        if step in done:
            assert {S.RISK, S.NO_RISK} & set(done[: done.index(step)])
