"""Incidents with a child present of which no referral came, or came late: as a table, over the night on which clocks change."""

import datetime as dt

import pytest

from footprint.referrals.missing import NOT_NEEDED, Attended, How, Sent, standings

HOUR = dt.timedelta(hours=1)
NOTICED = dt.datetime(2026, 3, 28, 22, 0, tzinfo=dt.UTC)  # the clocks go forward within the next 24 hours


def attended(reference="20/123456/26", **said):
    return Attended(**({"reference": reference, "team": "A", "noticed": NOTICED, "children": 1} | said))


def sent(hours, **said):
    return Sent(**({"id": "R1", "sent": NOTICED + hours * HOUR, "incident": "20/123456/26"} | said))


TABLE = [
    ("none yet, and time is left", attended(), [], 24, "awaited"),
    ("none, and the time has passed", attended(), [], 24.01, "missing"),
    ("in time to the second, over the night of the clocks", attended(), [sent(24)], 48, "in-time"),
    ("late", attended(), [sent(24.01)], 48, "late"),
    ("two came, the first in time", attended(), [sent(30, id="R2"), sent(3)], 48, "in-time"),
    ("typed otherwise", attended(), [sent(1, incident="20 123456-26")], 48, "in-time"),
    ("named by its crime", attended(crime="CR/9"), [sent(1, incident="", crime="cr 9")], 48, "in-time"),
    ("another's", attended(), [sent(1, incident="20/123457/26")], 48, "missing"),
    (
        "one that names nothing belongs to nothing",
        attended("", crime=""),
        [sent(1, incident="")],
        48,
        "missing",
    ),
    ("not needed, with a reason of the list", attended(not_needed="with-worker"), [], 48, "not-needed"),
    ("not needed, without one", attended(not_needed="busy"), [], 48, "missing"),
    ("not needed, and yet one came", attended(not_needed="supervisor"), [sent(1)], 48, "in-time"),
]


@pytest.mark.parametrize(
    ("what", "incident", "referrals", "hours", "how"), TABLE, ids=[row[0] for row in TABLE]
)
def test_how_an_incident_stands(what, incident, referrals, hours, how):
    (found,) = standings([incident], referrals, NOTICED + hours * HOUR)
    assert found.how is How(how)
    assert found.due == NOTICED + 24 * HOUR
    assert found.referral == (
        min(referrals, key=lambda one: one.sent) if how in ("in-time", "late") else None
    )


def test_where_no_child_was_present_nothing_is_missing():
    assert standings([attended(children=0)], [], NOTICED + 48 * HOUR) == []


def test_what_wants_an_eye_comes_first_and_of_these_the_oldest():
    incidents = [
        attended("in time"),
        attended("new", noticed=NOTICED + 47 * HOUR),
        attended("late"),
        attended("younger", noticed=NOTICED + HOUR),
        attended("older"),
    ]
    referrals = [sent(1, incident="in time"), sent(40, incident="late")]
    found = standings(incidents, referrals, NOTICED + 48 * HOUR)
    assert [one.incident.reference for one in found] == ["older", "younger", "late", "new", "in time"]


def test_a_partnership_may_give_other_limits():
    (found,) = standings([attended()], [], NOTICED + 30 * HOUR, lambda noticed: noticed + 48 * HOUR)
    assert found.how is How.AWAITED


def test_reasons_for_none_are_said_in_words():
    assert all(NOT_NEEDED.values())
