"""When something is due: over real bank holidays of England and both changes of British Summer Time.

The night of scenario 12, clause by clause, as far as its clocks are a referral's.

| clause                                              | where tested |
| --------------------------------------------------- | ------------------------------------------------------------------- |
| domestic abuse at 23:40 on Good Friday              | test_every_clock_over_a_night (the first night) |
| ... and at Christmas, and when the clocks change    | the same |
| bank holidays and their substitute days             | test_one_working_day_to_decide; all of 2025 to 2027: tests/calendars |
| nobody is due sooner for coming later, none pauses  | test_whatever_the_moment; test_states: test_on_any_walk |
| a late one is said to be late                       | test_on_the_dot_is_in_time_and_a_second_after_is_late |
| due before each setting's next school day           | waits for Operation Encompass: no clock counts school days yet |
"""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.calendars import is_working_day
from footprint.referrals.clocks import (
    Clock,
    NoTimescale,
    Timescales,
    Timing,
    due,
    due_if_any,
    filled,
    instant_of,
    is_late,
    packaged_timescales,
    timescales_of,
    timing,
    unconfirmed,
)
from footprint.referrals.reading import ChoiceError, read

LONDON = ZoneInfo("Europe/London")


def london(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=LONDON)


# Bank holidays of England as GOV.UK lists them, the proclaimed ones included: received, and decided by 17:00 of which day.
@pytest.mark.parametrize(
    ("received", "day"),
    [
        ("2026-11-23T09:00", "2026-11-24"),  # an ordinary Monday
        ("2026-11-23T00:00", "2026-11-24"),
        ("2026-11-23T23:59", "2026-11-24"),  # late on Monday is still Monday's
        ("2026-11-27T16:59", "2026-11-30"),  # Friday: St Andrew's Day is no holiday in England
        (
            "2026-11-27T17:01",
            "2026-11-30",
        ),  # the whole of a day counts as that day, as the guidance counts days
        ("2026-07-31T16:59", "2026-08-03"),  # the same in summer time
        ("2026-07-31T17:01", "2026-08-03"),
        ("2026-04-02T16:59", "2026-04-07"),  # and before Easter
        ("2026-04-02T17:01", "2026-04-07"),
        ("2026-11-28T02:00", "2026-11-30"),  # Saturday night
        ("2026-04-02T23:40", "2026-04-07"),  # Maundy Thursday: Good Friday, weekend, Easter Monday
        ("2026-04-03T23:40", "2026-04-07"),  # Good Friday, twenty to midnight
        ("2026-05-01T12:00", "2026-05-05"),  # early May
        ("2026-05-22T12:00", "2026-05-26"),  # spring
        ("2026-08-28T12:00", "2026-09-01"),  # summer, the last Monday of August (Scotland's was on the 3rd)
        ("2026-12-24T18:00", "2026-12-29"),  # Christmas Friday; Boxing Day on a Saturday: Monday instead
        ("2026-12-31T23:30", "2027-01-04"),  # New Year's Day is a Friday
        (
            "2027-12-24T10:00",
            "2027-12-29",
        ),  # Christmas and Boxing Day at a weekend: Monday and Tuesday instead
        ("2021-12-31T10:00", "2022-01-04"),  # New Year's Day on a Saturday: Monday instead
        ("2020-05-07T10:00", "2020-05-11"),  # early May moved to the Friday, VE Day
        ("2022-06-01T10:00", "2022-06-06"),  # Platinum Jubilee: spring moved to Thursday, and the Friday
        ("2022-09-16T10:00", "2022-09-20"),  # the state funeral
        ("2023-05-05T10:00", "2023-05-09"),  # the Coronation
    ],
)
def test_one_working_day_to_decide(received, day):
    assert due(Clock.DECISION, london(received)).at == london(f"{day}T17:00")


# Summer time began on 29 March 2026 at 01:00 UTC and ended on 25 October 2026 at 01:00 UTC.
@pytest.mark.parametrize(
    ("noticed", "due_by_the_wall"),
    [
        ("2026-03-27T22:00+00:00", "2026-03-28T22:00+00:00"),
        ("2026-03-28T22:00+00:00", "2026-03-29T23:00+01:00"),  # a day of 23 hours: an hour later by the wall
        ("2026-03-29T00:59+00:00", "2026-03-30T01:59+01:00"),
        ("2026-03-29T02:00+01:00", "2026-03-30T02:00+01:00"),
        (
            "2026-10-24T22:00+01:00",
            "2026-10-25T21:00+00:00",
        ),  # a day of 25 hours: an hour earlier by the wall
        ("2026-10-25T01:30+01:00", "2026-10-26T00:30+00:00"),  # half past one, the first time
        ("2026-10-25T01:30+00:00", "2026-10-26T01:30+00:00"),  # half past one, the second time
    ],
)
def test_24_hours_are_24_hours_over_both_changes_of_the_clock(noticed, due_by_the_wall):
    found = due(Clock.FORM, dt.datetime.fromisoformat(noticed))
    assert found.at == dt.datetime.fromisoformat(due_by_the_wall)
    assert found.at.astimezone(LONDON).isoformat(timespec="minutes") == due_by_the_wall


# A night each: noticed at twenty to midnight, sent ten minutes later, answered an hour after that. Each clock's own beginning,
# and what is due when, with the offset of that moment.
NIGHTS = {
    "Good Friday 2026": (
        ("form", "2026-04-03T23:40", "2026-04-04T23:40+01:00"),
        ("call", "2026-04-03T23:50", "2026-04-04T00:50+01:00"),
        ("urgent", "2026-04-03T23:50", "2026-04-04T00:50+01:00"),
        ("supervisor", "2026-04-03T23:50", "2026-04-04T00:50+01:00"),
        ("decision", "2026-04-03T23:50", "2026-04-07T17:00+01:00"),
        ("more", "2026-04-04T00:50", "2026-04-07T17:00+01:00"),
        ("acknowledgement", "2026-04-04T00:50", "2026-04-13T17:00+01:00"),
    ),
    "Christmas Eve 2026, Boxing Day on the Saturday": (
        ("form", "2026-12-24T23:40", "2026-12-25T23:40+00:00"),
        ("decision", "2026-12-24T23:50", "2026-12-29T17:00+00:00"),
        ("more", "2026-12-25T00:50", "2026-12-29T17:00+00:00"),
        ("acknowledgement", "2026-12-25T00:50", "2027-01-05T17:00+00:00"),  # New Year's Day is a Friday
    ),
    "Christmas Eve 2027, both days at the weekend": (
        ("form", "2027-12-24T23:40", "2027-12-25T23:40+00:00"),
        ("decision", "2027-12-24T23:50", "2027-12-29T17:00+00:00"),
        ("acknowledgement", "2027-12-25T00:50", "2028-01-05T17:00+00:00"),  # and New Year's Day: Monday instead
    ),
    "the night of 29 March 2026, an hour short": (
        ("form", "2026-03-28T23:40", "2026-03-30T00:40+01:00"),
        ("urgent", "2026-03-29T00:30", "2026-03-29T02:30+01:00"),
        ("supervisor", "2026-03-29T00:30", "2026-03-29T02:30+01:00"),
        ("decision", "2026-03-29T00:30", "2026-03-30T17:00+01:00"),
        ("acknowledgement", "2026-03-29T00:50", "2026-04-07T17:00+01:00"),  # over Easter
    ),
    "the night of 25 October 2026, an hour long": (
        ("form", "2026-10-24T23:40", "2026-10-25T22:40+00:00"),
        ("urgent", "2026-10-25T01:30+01:00", "2026-10-25T01:30+00:00"),  # half past one, and half past one again
        ("urgent", "2026-10-25T01:30+00:00", "2026-10-25T02:30+00:00"),
        ("decision", "2026-10-25T01:30+01:00", "2026-10-26T17:00+00:00"),
        ("acknowledgement", "2026-10-25T01:50+01:00", "2026-10-30T17:00+00:00"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("night", NIGHTS)
def test_every_clock_over_a_night(night):
    for clock, start, expected in NIGHTS[night]:
        begun = dt.datetime.fromisoformat(start)
        at = due(Clock(clock), begun if begun.tzinfo else london(start)).at
        assert at.astimezone(LONDON).isoformat(timespec="minutes") == expected, (clock, start)


@pytest.mark.parametrize(
    ("received", "utc"),
    [
        ("2026-03-27T10:00", "2026-03-30T16:00"),  # over the change: five o'clock in summer
        ("2026-03-26T10:00", "2026-03-27T17:00"),
        ("2026-10-23T10:00", "2026-10-26T17:00"),  # back to winter
        ("2026-10-22T10:00", "2026-10-23T16:00"),
    ],
)
def test_the_end_of_a_working_day_is_five_oclock_by_the_wall(received, utc):
    assert due(Clock.DECISION, london(received)).at == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)


def test_the_day_is_londons_even_where_utc_says_another():
    sunday_evening_in_utc = dt.datetime(2026, 7, 5, 23, 30, tzinfo=dt.UTC)  # Monday 00:30 in London
    assert due(Clock.DECISION, sunday_evening_in_utc).at == london("2026-07-07T17:00")


@settings(max_examples=100, deadline=None)
@given(
    st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2027, 12, 1), timezones=st.just(dt.UTC)),  # noqa: DTZ001
    st.sampled_from(Clock),
)
def test_whatever_the_moment(start, clock):
    found = due(clock, start)
    rule = packaged_timescales().at(clock, start)
    assert found.version == rule.version
    assert found.at > found.start == start
    if rule.working_days:
        assert is_working_day(found.at.astimezone(LONDON).date())
        assert f"{found.at.astimezone(LONDON):%H:%M}" == rule.by
    else:
        assert (found.at - start).total_seconds() == rule.hours * 3600
    assert due(clock, start + dt.timedelta(hours=5)).at >= found.at  # who comes later is never due sooner


# ---------------------------------------------------------------- late or not


def test_on_the_dot_is_in_time_and_a_second_after_is_late():
    at = london("2026-11-24T17:00")
    after = at + dt.timedelta(seconds=1)
    assert timing(at, now=at) is Timing.RUNNING
    assert timing(at, now=after) is Timing.OVERDUE
    assert timing(at, now=after, done=at) is Timing.IN_TIME
    assert timing(at, now=after, done=after) is Timing.LATE
    assert [is_late(at, at), is_late(at, after), is_late(at, after, at), is_late(at, after, after)] == [
        False,
        True,
        False,
        True,
    ]


def test_a_time_without_an_offset_is_refused():
    naive = dt.datetime(2026, 10, 25, 1, 30)  # noqa: DTZ001
    with pytest.raises(ValueError, match="offset"):
        due(Clock.FORM, naive)
    with pytest.raises(ValueError, match="offset"):
        timing(naive, london("2026-10-25T12:00"))


# ---------------------------------------------------------------- dated settings

HEAD = "title: Ours\nsince: 2026-01-01\nsource: Our procedures\nverified: true\ntimescales:\n"


def rule(clock="form", since="2026-09-01", span="hours: 48", verified="true"):
    return f"  - {{clock: {clock}, label: Form sent, since: {since}, {span}, source: ours, verified: {verified}}}\n"


def ours(*rules):
    return read(HEAD + "".join(rules), Timescales, "ours.yaml")


def test_a_rule_holds_from_its_day_on_and_leaves_alone_what_was_begun_before():
    rules = filled(ours(rule(), rule(since="2027-01-01", span='working_days: 2, by: "12:00"')))
    assert due(Clock.FORM, london("2026-08-31T23:59"), rules).version == "form/2018-07-01"
    assert due(Clock.FORM, london("2026-09-01T00:00"), rules)[2:] == (
        london("2026-09-03T00:00"),
        "form/2026-09-01",
    )
    assert due(Clock.FORM, london("2027-01-01T10:00"), rules).at == london("2027-01-05T12:00")


def test_a_clock_that_the_partnership_forgot_keeps_our_rule(tmp_path):
    (tmp_path / "timescales.yaml").write_text(HEAD + rule())
    assert due(Clock.DECISION, london("2026-11-24T10:00"), timescales_of(tmp_path)).version == (
        "decision/2018-07-01"
    )


def test_without_a_file_ours_hold_and_every_one_of_them_is_said_to_be_unconfirmed(tmp_path):
    assert timescales_of(tmp_path) == packaged_timescales()
    assert unconfirmed(packaged_timescales()) == packaged_timescales().timescales
    assert unconfirmed(ours(rule(), rule(clock="call", verified="false")))[0].clock is Clock.CALL


def test_what_nothing_times_is_said_and_not_guessed():
    with pytest.raises(NoTimescale, match=r"'call' is in force on 2026-11-24"):
        ours(rule()).at(Clock.CALL, london("2026-11-24T10:00"))
    with pytest.raises(NoTimescale):
        due(Clock.FORM, london("2018-06-30T10:00"))


@pytest.mark.parametrize(
    "at",
    [
        "2018-06-30T10:00:00+01:00",
        "9999-12-31T23:30:00+00:00",
        "9999-12-31T23:30:00-05:00",
        "0001-01-01T00:00:00+05:00",
    ],
)
def test_of_a_time_that_no_rule_reaches_nothing_is_due_and_nothing_breaks(at):
    for clock in Clock:
        assert due_if_any(clock, dt.datetime.fromisoformat(at)) is None


def test_an_instant_that_a_form_says_is_read_or_is_none():
    assert instant_of("2026-11-24T10:00:00+01:00") == dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC)
    for said in ("", "soon", "2026-11-24T10:00:00", "9999-12-31T23:30:00-05:00", "0001-01-01T00:00:00+05:00"):
        assert instant_of(said) is None


def test_every_clock_has_a_rule_and_words():
    start = london("2026-11-24T10:00")
    assert {clock: packaged_timescales().at(clock, start).said for clock in Clock} == {
        Clock.DECISION: "1 working day, by 17:00",
        Clock.URGENT: "1 hour",
        Clock.FORM: "24 hours",
        Clock.CALL: "1 hour",
        Clock.SUPERVISOR: "1 hour",
        Clock.MORE: "1 working day, by 17:00",
        Clock.ACKNOWLEDGEMENT: "5 working days, by 17:00",
    }


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ([rule(span="hours: 0")], "one of them alone"),
        ([rule(span="hours: -3")], "line 6: "),
        ([rule(span="hours: soon")], "line 6: this is no number"),
        ([rule(span='hours: 24, working_days: 1, by: "17:00"')], "one of them alone"),
        ([rule(span='by: "17:00"')], "one of them alone"),
        ([rule(span="working_days: 1")], "needs 'by'"),
        ([rule(span='hours: 24, by: "17:00"')], "needs 'by'"),
        ([rule(span='working_days: 1, by: "25:00"')], "line 6: "),
        ([rule(clock="forms")], "'forms' is no word for this"),
        ([rule(), rule()], "'form/2026-09-01' stands twice"),
        ([rule(span="hour: 24")], "Did you mean 'hours'?"),
    ],
)
def test_a_mistake_is_told_with_what_to_write(rules, sentence):
    with pytest.raises(ChoiceError) as raised:
        ours(*rules)
    assert sentence in str(raised.value)
