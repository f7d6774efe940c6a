"""Where a referral stands at the front door: every state, part and verb, and walks of any length."""

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.referral_states_page import diagram
from footprint.referrals.codes import DECISIONS
from footprint.referrals.states import (
    DECISION_REASONS,
    FRONT_DOOR,
    PARTS,
    SETTLED,
    STATE_LABELS,
    VERB_LABELS,
    IllegalMove,
    Incomplete,
    Move,
    NotTheirs,
    Part,
    Standing,
    State,
    Step,
    Verb,
    adding,
    asked_at,
    danger_since,
    moves_from,
    parts_of,
    stand,
    take,
    workflow,
)
from footprint.sharing.roles import ROLES

NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
FILLED = {"outcome": "section-17", "reason": "child-in-need", "words": "Home alone twice this month."}


def step(verb, part=Part.FRONT_DOOR, *, minutes=0, **said):
    move = next((one for one in FRONT_DOOR.values() if one.verb == verb), None)
    needed = {field: FILLED[field] for field in (move.needs if move else ())}
    return Step(verb=verb, part=part, by="u-1", at=NOON + dt.timedelta(minutes=minutes), **needed | said)


def received(*steps):
    return stand([step(Verb.RECEIVE, Part.AUTHOR), *steps])


# ---------------------------------------------------------------- the table, whole

ADDERS = {Part.AUTHOR, Part.FRONT_DOOR}
ASKERS = {Part.SUPERVISOR, Part.REFERRAL_UNIT, Part.FRONT_DOOR}
DESK = {Part.FRONT_DOOR}
SETTLERS = {Part.FRONT_DOOR, Part.RECORD_SYSTEM}
# (state, verb): the state after, and by whom. Written out a second time on purpose.
EXPECTED = {
    ("new", "receive"): ("received", {Part.AUTHOR, Part.REFERRAL_UNIT} | DESK),
    ("received", "route"): ("routed", DESK),
    ("received", "accept"): ("accepted", DESK),
    ("received", "decide"): ("decided", SETTLERS),
    ("received", "send-back"): ("received", ASKERS),
    ("received", "add"): ("received", ADDERS),
    ("received", "note"): ("received", {Part.FRONT_DOOR}),
    ("received", "read"): ("received", {Part.FRONT_DOOR}),
    ("routed", "route"): ("routed", DESK),
    ("routed", "accept"): ("accepted", DESK),
    ("routed", "decide"): ("decided", SETTLERS),
    ("routed", "send-back"): ("routed", ASKERS),
    ("routed", "add"): ("routed", ADDERS),
    ("routed", "note"): ("routed", {Part.FRONT_DOOR}),
    ("routed", "read"): ("routed", {Part.FRONT_DOOR}),
    ("accepted", "put-back"): ("received", DESK),
    ("accepted", "decide"): ("decided", SETTLERS),
    ("accepted", "send-back"): ("accepted", ASKERS),
    ("accepted", "add"): ("accepted", ADDERS),
    ("accepted", "add-danger"): ("accepted", ADDERS),
    ("accepted", "note"): ("accepted", {Part.FRONT_DOOR}),
    ("accepted", "read"): ("accepted", {Part.FRONT_DOOR}),
    ("decided", "decide"): ("decided", SETTLERS),
    ("decided", "send-back"): ("decided", ASKERS),
    ("decided", "add"): ("decided", ADDERS),
    ("decided", "add-danger"): ("received", ADDERS),
    ("decided", "note"): ("decided", {Part.FRONT_DOOR}),
    ("decided", "read"): ("decided", {Part.FRONT_DOOR}),
    ("decided", "close"): ("closed", SETTLERS),
    ("decided", "reopen"): ("accepted", DESK),
    ("closed", "add-danger"): ("received", ADDERS),
    ("closed", "add"): ("received", ADDERS),
    ("closed", "note"): ("closed", {Part.FRONT_DOOR}),
    ("closed", "reopen"): ("accepted", DESK),
}


@pytest.mark.parametrize(("state", "part", "verb"), list(itertools.product(State, Part, Verb)))
def test_every_state_part_and_verb(state, part, verb):
    before = Standing(state=state)
    after, by = EXPECTED.get((state, verb), ("", set()))
    if not after:
        with pytest.raises(IllegalMove):
            take(before, step(verb, part))
    elif part not in by:
        with pytest.raises(NotTheirs):
            take(before, step(verb, part))
    else:
        assert take(before, step(verb, part)).state == after
    assert (verb in {move.verb for move in moves_from(state, {part})}) is bool(after and part in by)


def test_every_role_named_is_a_role_and_every_state_and_verb_has_words():
    assert PARTS.keys() <= ROLES.keys()
    assert set(STATE_LABELS) == set(State)
    assert set(VERB_LABELS) == set(Verb)


def test_who_sent_it_is_its_author_whatever_the_role():
    assert parts_of("school-lead", is_author=True) == {Part.AUTHOR}
    assert parts_of("police-supervisor", is_author=True) == {Part.AUTHOR, Part.SUPERVISOR}
    assert parts_of("administrator") == frozenset()


# ---------------------------------------------------------------- what steps must say


@pytest.mark.parametrize("field", ["outcome", "reason", "words"])
def test_a_decision_says_what_why_and_in_words(field):
    with pytest.raises(Incomplete) as raised:
        received(step(Verb.DECIDE, **{field: " " if field == "words" else ""}))
    assert raised.value.field == field


@pytest.mark.parametrize(
    ("before", "verb"), [([], Verb.ROUTE), ([], Verb.SEND_BACK), ([Verb.ACCEPT], Verb.PUT_BACK)]
)
def test_passing_on_putting_back_and_asking_for_more_say_it_in_words(before, verb):
    with pytest.raises(Incomplete):
        received(*map(step, before), step(verb, words=""))


@pytest.mark.parametrize(("field", "code"), [("outcome", "red"), ("reason", "score-above-7")])
def test_an_outcome_or_reason_that_nobody_listed_is_refused(field, code):
    with pytest.raises(Incomplete):
        received(step(Verb.DECIDE, **{field: code}))


def test_an_outcome_belongs_to_a_decision_alone():
    with pytest.raises(Incomplete):
        received(step(Verb.ACCEPT, outcome="section-17"))


def test_every_outcome_and_reason_can_be_said():
    for outcome, reason in itertools.product(DECISIONS, DECISION_REASONS):
        assert received(step(Verb.DECIDE, outcome=outcome, reason=reason)).outcome == outcome


def test_a_time_without_an_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        stand([Step(verb=Verb.RECEIVE, part=Part.AUTHOR, by="u-1", at=dt.datetime(2026, 3, 29, 1, 30))])  # noqa: DTZ001


# ---------------------------------------------------------------- nothing is held up, nothing goes unread


def test_with_the_familys_worker_it_still_waits_at_the_front_door_until_somebody_there_accepts():
    routed = received(step(Verb.ROUTE, words="Sam Field, family support team"))
    assert routed.waits
    with pytest.raises(NotTheirs):
        take(routed, step(Verb.ACCEPT, Part.AUTHOR))
    assert not take(take(routed, step(Verb.ACCEPT)), step(Verb.DECIDE, outcome="routed")).waits


def test_danger_that_is_said_of_what_was_decided_or_closed_is_nobodys_and_its_clock_begins_anew():
    decided = [step(Verb.DECIDE, minutes=10)]
    for before, words in ((decided, "decided"), ([*decided, step(Verb.CLOSE, minutes=20)], "closed")):
        danger = step(Verb.ADD_DANGER, Part.AUTHOR, minutes=90)
        back = received(*before, danger)
        assert (back.state, back.outcome, back.waits, back.unread) == (State.RECEIVED, "", True, True)
        assert back.received == danger.at
        assert danger_since([*before, danger]) == words
        assert danger_since([*before, danger, step(Verb.ACCEPT)]) == words, "it is not decided yet"
        assert danger_since([*before, danger, step(Verb.DECIDE)]) == ""
        assert take(back, step(Verb.READ, seen=1)).waits, "to have read it settles nothing"
    accepted = received(step(Verb.ACCEPT))
    assert take(accepted, step(Verb.ADD_DANGER, Part.AUTHOR)).received == accepted.received


def test_something_added_is_danger_only_where_it_says_so_and_somebody_had_taken_it_up():
    said = {state: adding(state, danger=True) for state in State if state != State.NEW}
    assert {state for state, verb in said.items() if verb == Verb.ADD_DANGER} == {
        "accepted",
        "decided",
        "closed",
    }
    assert {adding(state, danger=False) for state in State} == {Verb.ADD}


def test_what_was_accepted_can_be_put_back_and_waits_on_the_clock_that_it_had():
    accepted = received(step(Verb.ACCEPT))
    back = take(accepted, step(Verb.PUT_BACK, minutes=50))
    assert (back.state, back.waits, back.received) == (State.RECEIVED, True, accepted.received)
    assert take(back, step(Verb.ACCEPT, minutes=55)) == accepted


def test_what_was_asked_for_counts_from_the_first_that_asked_until_something_comes():
    ask, again = step(Verb.SEND_BACK, minutes=5), step(Verb.SEND_BACK, minutes=50)
    added = step(Verb.ADD, Part.AUTHOR, minutes=20)
    assert asked_at([]) is None
    assert asked_at([ask, again]) == ask.at
    assert asked_at([ask, added]) is None
    assert asked_at([ask, added, again]) == again.at
    assert asked_at([ask, step(Verb.CLOSE)]) is None


def test_asking_for_more_changes_nothing_but_that_it_was_asked():
    plain = received()
    asked = take(plain, step(Verb.SEND_BACK, Part.SUPERVISOR))
    assert asked == plain._replace(asked=True)
    assert not take(asked, step(Verb.ADD, Part.AUTHOR)).asked
    assert take(asked, step(Verb.DECIDE)).asked


def test_an_addition_after_the_decision_brings_it_back_into_the_queue_until_it_was_read():
    decided = received(step(Verb.DECIDE))
    assert not decided.waits
    added = take(decided, step(Verb.ADD, Part.AUTHOR))
    assert (added.state, added.outcome) == (State.DECIDED, "section-17")
    assert added.waits
    with pytest.raises(IllegalMove, match="Read it first"):
        take(added, step(Verb.CLOSE))
    assert not take(added, step(Verb.READ, seen=1)).waits
    assert take(added, step(Verb.CLOSE, seen=1)).state == State.CLOSED


def test_an_addition_that_came_while_somebody_was_deciding_is_not_thought_to_be_read():
    page_showed = 0
    decided = received(step(Verb.ADD, Part.AUTHOR), step(Verb.DECIDE, seen=page_showed))
    assert decided.unread
    assert decided.waits


def test_a_record_system_reads_nothing_for_the_front_door():
    added = received(step(Verb.ADD, Part.AUTHOR))
    assert take(added, step(Verb.DECIDE, Part.RECORD_SYSTEM, seen=1)).unread


def test_nobody_has_read_more_than_there_is():
    with pytest.raises(ValueError, match="than there are"):
        received(step(Verb.READ, seen=1))


def test_an_addition_to_what_is_closed_is_received_anew_with_a_clock_of_its_own():
    closed = received(step(Verb.DECIDE), step(Verb.CLOSE))
    again = take(closed, step(Verb.ADD, Part.AUTHOR, minutes=90))
    assert (again.state, again.received, again.outcome) == (
        State.RECEIVED,
        NOON + dt.timedelta(minutes=90),
        "",
    )


def test_another_decision_is_a_further_step_and_opening_again_takes_the_outcome_away():
    decided = received(step(Verb.DECIDE, outcome="information"))
    assert take(decided, step(Verb.DECIDE, outcome="strategy-discussion")).outcome == "strategy-discussion"
    assert take(decided, step(Verb.REOPEN)).outcome == ""


# ---------------------------------------------------------------- walks

DRAWN = st.lists(st.tuples(st.sampled_from(Verb), st.sampled_from(Part), st.integers(0, 3)), max_size=30)


@settings(max_examples=150, deadline=None)
@given(DRAWN)
def test_on_any_walk(drawn):
    standing, history = Standing(), []
    for minute, (verb, part, seen) in enumerate(drawn):
        taken = step(verb, part, minutes=minute, seen=min(seen, standing.additions))
        try:
            after = take(standing, taken)
        except (IllegalMove, NotTheirs):
            assert stand(history) == standing  # what may not be done changed nothing
            continue
        move = FRONT_DOOR[standing.state, verb]
        assert (after.state, part in move.by) == (
            move.after,
            True,
        )  # nothing happens that no line of the table says
        # No clock is paused or set anew, whatever is asked for, added or put back; only what was decided or closed is received
        # again, and what is opened again is due again.
        anew = standing.state in {State.NEW, *SETTLED} and after.state == State.RECEIVED
        anew = anew or verb == Verb.REOPEN
        assert after.received == (taken.at if anew else standing.received)
        if verb in {Verb.SEND_BACK, Verb.READ, Verb.NOTE}:
            assert after.state == standing.state  # holds nothing up
        assert after.outcome == "" or after.state in SETTLED
        assert (after.state == State.CLOSED) <= (not after.unread)  # nothing unread is put away
        assert after.read <= after.additions
        history.append(taken)
        standing = after
        assert standing.waits or standing.state in SETTLED
    assert stand(history) == standing
    # The history only grows: each beginning of it is where the referral once stood, in a state that the table has.
    stood = [stand(history[:number]).state for number in range(len(history) + 1)]
    assert set(stood) <= {move.after for move in FRONT_DOOR.values()} | {State.NEW}
    assert State.NEW not in stood[1:]
    if history:
        assert standing.received is not None
        # Whatever happened: somebody at the front door can go on, and the author can always add.
        assert moves_from(standing.state, {Part.FRONT_DOOR})
        assert Verb.ADD in {move.verb for move in moves_from(standing.state, {Part.AUTHOR})}


# ---------------------------------------------------------------- a fuller workflow, and the picture


def test_a_fuller_workflow_adds_lines_and_keeps_these():
    rated = Move("rate", State.ACCEPTED, "rated", frozenset({Part.FRONT_DOOR}))
    decided = Move(Verb.DECIDE, "rated", State.DECIDED, frozenset({Part.FRONT_DOOR}), ("words",))
    fuller = workflow([rated, decided], extending=FRONT_DOOR)
    assert fuller.items() > FRONT_DOOR.items()
    standing = take(received(step(Verb.ACCEPT)), step("rate"), fuller)
    assert standing.state == "rated"
    assert standing.waits
    assert "accepted --> rated: rate" in diagram(fuller)


def test_one_state_and_verb_never_lead_two_ways():
    other = Move(Verb.ACCEPT, State.RECEIVED, State.CLOSED, frozenset({Part.FRONT_DOOR}))
    with pytest.raises(ValueError, match="stands twice"):
        workflow([other], extending=FRONT_DOOR)


def test_the_diagram_shows_every_line_of_the_table():
    drawn = diagram()
    assert drawn.count("-->") == len({(move.before, move.after) for move in FRONT_DOOR.values()})
    assert "[*] --> received: receive" in drawn
    assert "decided --> decided: decide, ask for more, add, note a call, mark what was added as read" in drawn
