"""What goes back to the author: everything that was decided, in words, and nothing that is protected."""

import datetime as dt

import pytest

from footprint.records.reading_addresses import parse_address
from footprint.referrals.codes import DECISIONS
from footprint.referrals.criteria import CRITERIA
from footprint.referrals.feedback import (
    ACKNOWLEDGED,
    FeedbackError,
    Kind,
    Point,
    Quality,
    check_quality,
    messages,
    overdue,
    waiting,
)
from footprint.referrals.grades import MarkError
from footprint.referrals.holding import MASK
from footprint.referrals.protected_places import protected
from footprint.referrals.states import DECISION_REASONS, Part, Step, Verb

FRIDAY = dt.datetime(2026, 3, 27, 16, tzinfo=dt.UTC)
MARKS = dict.fromkeys(CRITERIA, 2)


def step(verb, *, hours=0, part=Part.FRONT_DOOR, **said):
    return Step(verb=verb, part=part, by="u-7", at=FRIDAY + dt.timedelta(hours=hours), **said)


DECIDED = step(
    Verb.DECIDE,
    hours=2,
    outcome="section-17",
    reason="child-in-need",
    words="Level 4 of the guide: no food in the house.",
)
HISTORY = [
    step(Verb.RECEIVE, part=Part.AUTHOR),
    step(Verb.ROUTE, hours=1, words="Sam Field, family support."),
    step(Verb.SEND_BACK, hours=1, part=Part.SUPERVISOR, words="What did the eldest say?"),
    step(Verb.ADD, hours=1, part=Part.AUTHOR),
    step(Verb.READ, hours=1, seen=1),
    step(Verb.ACCEPT, hours=1),
    DECIDED,
    step(Verb.CLOSE, hours=400, words="Family help since April; the children are fed."),
    step(Verb.REOPEN, hours=500, words="A second call."),
    step(Verb.NOTE, hours=501, words="Their grandmother: they are with her."),
    step(Verb.PUT_BACK, hours=502, words="My shift ends."),
]
POINTS = (
    Point("Q5", "Write down what each child said."),
    Point("Q4", "You said what you saw.", keep=True),
)
QUALITY = Quality("good", "u-9", FRIDAY + dt.timedelta(hours=30), POINTS)


def test_the_author_is_told_every_step_that_somebody_took_and_nothing_of_mere_reading():
    assert [(one.kind, one.title) for one in messages(HISTORY, [QUALITY])] == [
        (Kind.RECEIPT, "It was sent"),
        (Kind.ROUTED, "The front door passed it to the family's worker"),
        (Kind.MORE, "More would help"),
        (Kind.RECEIPT, "What you added has arrived"),
        (Kind.ACCEPTED, "Somebody at the front door has taken it on"),
        (Kind.DECISION, "It was decided: Assessment (section 17)"),
        (Kind.QUALITY, "The form was graded: Good"),
        (Kind.CLOSURE, "What happened next"),
        (Kind.REOPENED, "It was opened again"),
        (Kind.NOTED, "The front door added what somebody told it"),
        (Kind.PUT_BACK, "It is back in the front door's queue"),
    ]


def test_a_decision_says_what_it_means_why_by_whom_and_when():
    (told,) = messages([DECIDED])
    assert told.says == (
        DECISIONS["section-17"].means,
        f"{DECISION_REASONS['child-in-need']}.",
        "Level 4 of the guide: no food in the house.",
    )
    assert (told.by, told.at) == ("u-7", FRIDAY + dt.timedelta(hours=2))


def test_being_asked_for_more_says_that_nothing_waits():
    (told,) = messages([HISTORY[2]])
    assert told.says == ("What did the eldest say?", "Nothing waits for it: your referral goes on meanwhile.")


def test_points_name_their_criterion_and_what_to_keep():
    (told,) = messages([], [QUALITY])
    assert told.says == (
        "Next time: The child's voice. Write down what each child said.",
        "Keep: The concern is specific. You said what you saw.",
    )


def test_what_others_write_is_masked_for_the_author_too():
    places = protected(addresses=[parse_address("14 Willow Lane, Walsall WS2 8QP")])
    words = "She is at 14 Willow Lane. The children are well."
    closed = step(Verb.CLOSE, words=words)
    graded = QUALITY._replace(points=(Point("Q4", words),))
    told = messages([closed], [graded], places)
    assert [one.says[-1].rpartition("specific. ")[2] for one in told] == [
        f"{MASK} The children are well."
    ] * 2
    assert messages([closed])[0].says == (words,)


def test_a_step_of_a_fuller_workflow_says_nothing_yet():
    assert messages([step("rate")]) == ()


# ---------------------------------------------------------------- acknowledged


def test_what_waits_to_be_acknowledged():
    told = messages(HISTORY, [QUALITY])
    assert [one.key for one in waiting(told, ())] == ["more/3", "decision/7", "quality/1", "closure/8"]
    assert [one.key for one in waiting(told, {"more/3", "closure/8"})] == ["decision/7", "quality/1"]
    assert waiting(told, {one.key for one in told if one.kind in ACKNOWLEDGED}) == ()


def test_what_was_not_acknowledged_within_five_working_days_over_easter():
    told = messages([DECIDED])  # Friday 27 March, 18:00; Good Friday and Easter Monday come between
    five_working_days = dt.datetime(2026, 4, 7, 16, tzinfo=dt.UTC)  # Tuesday, 17:00 in summer
    late = dt.timedelta(seconds=1)
    assert overdue(told, (), five_working_days) == ()
    ((message, when),) = overdue(told, (), five_working_days + late)
    assert (message.key, when.at, when.version) == (
        "decision/1",
        five_working_days,
        "acknowledgement/2018-07-01",
    )
    assert overdue(told, {"decision/1"}, five_working_days + late) == ()


# ---------------------------------------------------------------- what may be said


def test_up_to_three_points_each_in_words_under_a_criterion():
    check_quality(QUALITY._replace(points=(POINTS[0],) * 3), MARKS)
    for points, sentence in [
        ((POINTS[0],) * 4, "3 points or fewer"),
        ((Point("Q16", "Well."),), "no criterion 'Q16'"),
        ((Point("Q5", " "),), "in words"),
    ]:
        with pytest.raises(FeedbackError, match=sentence):
            check_quality(QUALITY._replace(points=points), MARKS)


def test_a_grade_above_the_cap_is_not_given():
    with pytest.raises(MarkError, match="best grade that the marks of Q5 allow"):
        check_quality(QUALITY, MARKS | {"Q5": 1})
