"""Twelve months as a picture and as a table: both say the same, and neither claims more than was confirmed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.answer.footprint import footprint
from footprint.answer.people import People
from footprint.answer.timeline import timeline
from footprint.decisions import NOTHING_DECIDED
from footprint.records.mask import Mask
from tests.answer.conftest import DAY, NOW, Dictionary, entry, record, reported

POLICE = "police/person-id/1"
CARE = "childrens-social-care/la-child-id/2"
FIRST = dt.date(2025, 11, 22)
LENGTH = 365


def drawn(*said):
    keys = (POLICE, CARE)
    entries = [entry(record(key), *(one for one in said if one.involvement.record == key)) for key in keys]
    people = People(Dictionary({"p1": entries}), Mask(), NOTHING_DECIDED)
    return timeline(footprint(people, "p1", NOW))


def abuse(day, **more):
    reference = more.pop("reference", f"INC{day}")
    return reported(POLICE, "domestic-abuse-incident", day, reference=reference, **more)


def plan(start, end="", **more):
    return reported(CARE, "cp-plan", start, end=end, **more)


def test_the_window_and_its_months():
    picture = drawn()
    assert (picture.start, picture.end) == ("2025-11-22", DAY)
    assert [
        month.label for month in picture.months
    ] == "Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov".split()
    assert (picture.months[0].name, picture.months[0].at) == ("December 2025", round(9 / LENGTH, 4))
    assert (picture.rows, picture.table) == ((), ())


def test_an_event_is_a_place_and_a_day():
    picture = drawn(abuse("2025-11-22"), abuse("2026-11-22"), abuse("2026-05-24"))
    (row,) = picture.rows
    assert (row.name, row.label, row.role) == ("Police", "Domestic abuse incident", "the person concerned")
    assert [(mark.shape, mark.at, mark.until) for mark in row.marks] == [
        ("event", 0.0, 0.0),
        ("event", round(183 / LENGTH, 4), round(183 / LENGTH, 4)),
        ("event", 1.0, 1.0),
    ]
    assert [said.when for said in picture.table] == ["22 November 2025", "24 May 2026", "22 November 2026"]


def test_two_events_of_a_day_are_one_mark_that_says_so():
    (row,) = drawn(abuse("2026-05-24", reference="A"), abuse("2026-05-24", reference="B")).rows
    assert [(mark.count, mark.words) for mark in row.marks] == [(2, "24 May 2026 (2 times)")]


@pytest.mark.parametrize(
    ("episode", "mark", "words"),
    [
        (
            plan("2024-03-01"),
            (0.0, 1.0, True, True),
            "open since 1 March 2024, last confirmed open on 22 November 2026",
        ),
        (
            plan("2026-03-01", last="2026-05-24"),
            (0.2712, 0.5014, False, True),
            "open since 1 March 2026, last confirmed open on 24 May 2026, not reported since 24 May 2026",
        ),
        (plan("2024-03-01", "2026-05-24"), (0.0, 0.5014, True, False), "1 March 2024 to 24 May 2026"),
        (plan("2026-03-01", "2026-05-24"), (0.2712, 0.5014, False, False), "1 March 2026 to 24 May 2026"),
    ],
)
def test_an_episode_is_a_bar_cut_off_at_the_windows_start_and_no_longer_than_confirmed(episode, mark, words):
    picture = drawn(episode)
    ((found,),) = [row.marks for row in picture.rows]
    assert (found.at, found.until, found.began_before, found.open) == mark
    assert found.shape == "episode"
    assert [said.when for said in picture.table] == [words]


def test_episodes_of_one_kind_stand_in_one_row_whether_open_or_over():
    picture = drawn(plan("2026-06-01"), plan("2025-12-01", "2026-02-01"))
    (row,) = picture.rows
    assert [mark.open for mark in row.marks] == [False, True]
    assert [said.start for said in picture.table] == ["2025-12-01", "2026-06-01"]


DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 11, 22)).map(dt.date.isoformat)
LAST = st.sampled_from([DAY, "2026-10-01"])
EVENTS = st.builds(abuse, DAYS, role=st.sampled_from(["victim", "witness"]), reference=st.sampled_from("ABC"))
OPEN = st.builds(plan, DAYS, last=LAST)
CLOSED = st.tuples(DAYS, DAYS).map(lambda pair: plan(*sorted(pair)))


def day_at(place):
    return (FIRST + dt.timedelta(days=round(place * LENGTH))).isoformat()


@given(st.lists(st.one_of(EVENTS, OPEN, CLOSED), max_size=9))
def test_picture_and_table_say_the_same(said):
    picture = drawn(*said)
    marks = [(row.partner, row.label, row.role, mark) for row in picture.rows for mark in row.marks]
    assert len(marks) == len(picture.table)
    for (partner, label, role, mark), row in zip(marks, picture.table, strict=True):
        assert (partner, label, role, mark.words) == (row.partner, row.label, row.role, row.when)
        assert 0.0 <= mark.at <= mark.until <= 1.0
        assert mark.began_before is (row.start < picture.start)
        assert day_at(mark.at) == max(row.start, picture.start)
        assert mark.open is (row.end == "")
        if row.end:
            assert day_at(mark.until) == row.end


@given(st.lists(st.one_of(EVENTS, OPEN, CLOSED), max_size=9))
def test_nothing_of_a_footprint_is_left_out(said):
    entries = [entry(record(POLICE), *said)]
    people = People(Dictionary({"p1": entries}), Mask(), NOTHING_DECIDED)
    answer = footprint(people, "p1", NOW)
    counted = sum(line.count for partner in answer.partners for line in partner.involvements)
    assert sum(mark.count for row in timeline(answer).rows for mark in row.marks) == counted
