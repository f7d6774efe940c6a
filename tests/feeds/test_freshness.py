"""How fresh a feed is, on the mornings when somebody asks."""

import datetime as dt

import pytest

from footprint.calendars import LONDON
from footprint.feeds.contract import Cadence
from footprint.feeds.freshness import feed_states, moments, partners_of_one_number, status
from tests.feeds.making import DAY, acute, at, attendances, pupil, school, transfer_file


def cadence(every, stale=26, alarm=50):
    return Cadence(every=every, expected_by=dt.time(8), stale_after_hours=stale, alarm_after_hours=alarm)


def when(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


# Cadence, day of the data, when the next is due, when it is stale, when it is an alarm.
MOMENTS = [
    (cadence("day"), "2026-11-23", "2026-11-24T08:00", "2026-11-24T10:00", "2026-11-25T10:00"),
    (cadence("day"), "2026-11-28", "2026-11-29T08:00", "2026-11-29T10:00", "2026-11-30T10:00"),
    (cadence("working-day"), "2026-11-27", "2026-11-30T08:00", "2026-11-30T10:00", "2026-12-01T10:00"),
    (cadence("working-day"), "2026-12-24", "2026-12-29T08:00", "2026-12-29T10:00", "2026-12-30T10:00"),
    (cadence("term"), "2026-09-01", "2027-01-01T08:00", "2027-01-01T10:00", "2027-01-02T10:00"),
    (
        cadence("year", 24 * 90, 24 * 180),
        "2026-03-31",
        "2027-03-31T08:00",
        "2027-06-28T08:00",
        "2027-09-26T08:00",
    ),
    (cadence("year"), "2024-02-29", "2025-02-28T08:00", "2025-02-28T10:00", "2025-03-01T10:00"),
]


@pytest.mark.parametrize(
    ("agreed", "day", "due", "stale", "alarm"), MOMENTS, ids=[f"{one[0].every} {one[1]}" for one in MOMENTS]
)
def test_when_the_next_delivery_is_due_and_when_this_one_is_too_old(agreed, day, due, stale, alarm):
    found = moments(dt.date.fromisoformat(day), agreed)
    assert (found.due, found.stale, found.alarm) == (when(due), when(stale), when(alarm))


def test_an_hour_is_an_hour_when_the_clocks_go_back():
    """Due at eight by the clock on the wall, whatever the clock did in the night."""
    found = moments(dt.date(2026, 10, 24), cadence("day"))
    assert found.due.utcoffset() == dt.timedelta(0)
    assert found.due == dt.datetime(2026, 10, 25, 8, tzinfo=dt.UTC)


# When somebody asks, what is said of data of 23 November, whether it is an alarm.
ASKED = [
    ("2026-11-23T09:00", "fresh", False),
    ("2026-11-24T07:59", "fresh", False),
    ("2026-11-24T08:00", "late", False),
    ("2026-11-24T10:00", "stale", False),
    ("2026-11-25T10:00", "stale", True),
]


@pytest.mark.parametrize(("moment", "state", "alarm"), ASKED)
def test_a_feed_is_fresh_then_late_then_stale_then_an_alarm(moment, state, alarm, take, data, tmp_path):
    take("acute", acute(tmp_path / "in", attendances([1])))
    found = {one.feed: one for one in status(data, when(moment))}["acute"]
    assert (found.state, found.alarm, found.as_of, found.records) == (state, alarm, DAY, 1)


def test_a_feed_that_never_delivered_is_unconnected_and_still_says_whom_to_ring(data):
    found = {one.feed: one for one in status(data, at())}
    assert {one.state for one in found.values()} == {"unconnected"}
    assert set(found) == {"acute", "childrens-social-care", "cin-census", "police", "schools"}
    assert all(state.duty.phone for state in feed_states(data))


def test_each_school_has_a_state_of_its_own_with_its_own_name(take, data, tmp_path):
    take("schools", school(tmp_path / "in", transfer_file(pupil(1))))
    states = {state.feed: state for state in feed_states(data)}
    assert "schools" not in states
    assert (states["schools--3354001"].name, states["schools--3354001"].partner) == (
        "Alder Primary",
        "school-3354001",
    )


def test_a_refused_or_held_delivery_makes_nothing_fresher(take, data, tmp_path):
    take("acute", acute(tmp_path / "first", attendances(range(1, 101))))
    next_day = DAY + dt.timedelta(days=1)
    take(
        "acute",
        acute(tmp_path / "second", attendances([*range(1, 40), 500]), day=next_day, sequence=2),
        day=next_day,
    )
    (found,) = [one for one in status(data, when("2026-11-24T11:00")) if one.feed == "acute"]
    assert (found.state, found.as_of, found.last_outcome, found.waiting, found.records) == (
        "stale",
        DAY,
        "held",
        1,
        101,
    )


def test_a_feed_whose_contract_is_gone_is_stale(take, data, tmp_path):
    from tests.feeds.test_contracts import PLAIN

    own = data / "contracts"
    own.mkdir(parents=True)
    (own / "fire.yaml").write_text(PLAIN)
    (tmp_path / "visits.csv").write_text("person_id,surname,kind,visited_on\nF1,Khan,HFSV,2026-11-01\n")
    take("fire", tmp_path / "visits.csv")
    (own / "fire.yaml").unlink()
    (found,) = [one for one in status(data, at()) if one.feed == "fire"]
    assert found.state == "stale"


def test_only_a_partner_that_gives_one_number_each_keeps_its_numbers_apart(take, data, tmp_path):
    take("schools", school(tmp_path / "school", transfer_file(pupil(1))))
    take("acute", acute(tmp_path / "acute", attendances([1])))
    assert partners_of_one_number(data) == {"school-3354001"}
