"""What adds up to an alert: the table of rules with its points, days, weeks, and the figures that a partnership may set."""

import datetime as dt
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.calendars import LONDON
from footprint.watching import (
    RULES,
    Day,
    Figures,
    FiguresError,
    Seen,
    figures_of,
    is_alert,
    near_misses,
    read_figures,
    score,
    signs_of,
    signs_of_day,
    weightiest,
)

OURS = Figures()


def codes(seen, figures=OURS):
    return [sign.code for sign in signs_of(seen, figures)]


@pytest.mark.parametrize(
    ("what", "seen", "points", "tells"),
    [
        ("a child of a case with its reference", Seen(), 0, False),
        ("somebody at home with the user", Seen(connection="own-home", own_street=True), 10, True),
        ("a declared sister", Seen(connection="relative"), 10, True),
        ("a neighbour", Seen(own_street=True), 4, False),
        (
            "a neighbour, at night, before there is a reference",
            Seen(own_street=True, at_work=False, has_reference=False),
            6,
            True,
        ),
        ("a neighbour with whom the team works", Seen(own_street=True, team_holds=True), 1.5, False),
        ("a cousin of a rare name", Seen(surname_bits=7.3), 5, False),
        ("a namesake of a common name", Seen(surname_bits=-2.0), 0, False),
        ("a neighbour of a rather rare name", Seen(own_street=True, surname_bits=2.04), 6, True),
        ("oneself", Seen(own_name=True, surname_bits=7.3), 6, True),
        ("a colleague", Seen(staff="own"), 6, True),
        ("another partner's member of staff", Seen(staff="other"), 3, False),
        ("a child of whom everybody speaks", Seen(listed=True), 6, True),
        (
            "a child of whom everybody speaks, with whom the team works",
            Seen(listed=True, team_holds=True),
            3.5,
            True,
        ),
        (
            "one's own child, with whom the team works",
            Seen(connection="own-home", team_holds=True),
            7.5,
            True,
        ),
        ("somebody in a refuge", Seen(protected=True), 6, True),
        ("somebody in a refuge with whom the team works", Seen(protected=True, team_holds=True), 3.5, False),
        ("a refuge's address", Seen(protected_place=True), 6, True),
        ("a declared name without a birthday", Seen(relative_by_name=True), 4, False),
        (
            "a declared name, with a birthday too",
            Seen(relative_by_name=True, connection="relative"),
            10,
            True,
        ),
        ("late, and no reference", Seen(at_work=False, has_reference=False), 2, False),
    ],
)
def test_what_weighs_how_much(what, seen, points, tells):
    assert score(signs_of(seen, OURS)) == points, what
    assert is_alert(signs_of(seen, OURS), OURS) is tells, what


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.span == "look-up"])
def test_every_rule_of_a_look_up_speaks_of_something(code):
    everything = [
        Seen(connection="own-home"), Seen(connection="relative"), Seen(own_name=True), Seen(relative_by_name=True),
        Seen(own_street=True), Seen(surname_bits=3), Seen(staff="own"), Seen(staff="other"), Seen(listed=True),
        Seen(protected=True), Seen(protected_place=True), Seen(team_holds=True), Seen(has_reference=False),
        Seen(at_work=False), Seen(behind_shield=True),
    ]  # fmt: skip
    assert any(code in codes(seen) for seen in everything)


def test_a_list_of_namesakes_is_no_worse_than_one_of_them():
    one = signs_of(Seen(surname_bits=3.0), OURS)
    assert weightiest([one, one, one, signs_of(Seen(), OURS)]) == one
    assert weightiest([]) == ()


SEEN = st.builds(
    Seen,
    own_street=st.booleans(),
    protected=st.booleans(),
    team_holds=st.booleans(),
    surname_bits=st.floats(-20, 20),
    at_work=st.booleans(),
    has_reference=st.booleans(),
    listed=st.booleans(),
)


@given(SEEN)
def test_points_are_those_of_the_table_and_the_surname_stays_within_its_own(seen):
    for sign in signs_of(seen, OURS):
        if sign.code == "same-surname":
            assert 0 < sign.points <= RULES["same-surname"].points
        else:
            assert sign.points == RULES[sign.code].points


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (Day(), []),
        (Day(streets={"a": 7, "b": 7}), []),
        (Day(streets={"a": 8}), ["one-street"]),
        (Day(without_reference=5), []),
        (Day(without_reference=6), ["many-without-reference"]),
        (Day(people=15), []),
        (Day(people=16), ["volume"]),
        (Day(people=40, before=[30, 32, 35, 31, 33, 29]), []),  # a front door has many on every day
        (Day(people=90, before=[30, 32, 35, 31, 33, 29]), ["volume"]),
        (Day(people=16, before=[0, 0, 40]), ["volume"]),  # three days tell nothing of what is usual
        (
            Day(people=99, without_reference=9, streets={"a": 30}),
            ["one-street", "many-without-reference", "volume"],
        ),
    ],
)
def test_a_day(day, expected):
    assert [sign.code for sign in signs_of_day(day, OURS)] == expected


def test_no_day_is_an_alert_of_its_volume_alone():
    assert score(signs_of_day(Day(people=500), OURS)) < OURS.alert_at


@given(st.lists(st.integers(0, 60), min_size=4, max_size=40), st.integers(0, 400))
def test_volume_is_above_the_floor_and_above_what_is_usual(before, people):
    quartiles = statistics.quantiles(before, n=4, method="inclusive")
    many = people > 15 and people > quartiles[1] + 5 * (quartiles[2] - quartiles[0])
    found = [sign.code for sign in signs_of_day(Day(people=people, before=before), OURS)]
    assert ("volume" in found) is many


@pytest.mark.parametrize(
    ("scores", "tells"),
    [
        ([], False),
        ([4, 4], False),
        ([4, 4, 5], True),
        ([2.9, 2.9, 2.9, 2.9], False),
        ([6, 6, 6], False),  # alerts, told one by one
        ([4, 6, 4, 10, 3], True),
    ],
)
def test_near_misses_tell_something_together(scores, tells):
    assert bool(near_misses(scores, OURS)) is tells


MONDAY = dt.datetime(2026, 11, 23, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("role", "when", "at_work"),
    [
        ("social-work-decision-maker", MONDAY.replace(hour=6, minute=59), False),
        ("social-work-decision-maker", MONDAY.replace(hour=7), True),
        ("social-work-decision-maker", MONDAY.replace(hour=18, minute=59), True),
        ("social-work-decision-maker", MONDAY.replace(hour=19), False),
        ("social-work-decision-maker", MONDAY.replace(day=22, hour=12), False),  # a Sunday
        ("social-work-decision-maker", dt.datetime(2026, 12, 25, 12, tzinfo=LONDON), False),
        ("school-lead", MONDAY.replace(hour=3), False),
        ("frontline", MONDAY.replace(hour=3), True),
        ("central-referral-unit", dt.datetime(2026, 12, 25, 3, tzinfo=LONDON), True),
    ],
)
def test_who_is_at_work_when(role, when, at_work):
    assert OURS.at_work(role, when) is at_work
    assert OURS.at_work(role, when.astimezone(dt.UTC)) is at_work


def test_a_partnership_sets_its_own_figures_in_one_file(tmp_path):
    assert figures_of(tmp_path) == OURS
    (tmp_path / "watching.yaml").write_text(
        "alert_at: 5\npoints: {own-street: 5}\nstreet_people: 3\nhours: {school-lead: {from: '06:00', until: '22:00'}}\n",
        encoding="utf-8",
    )
    theirs = figures_of(tmp_path)
    assert score(signs_of(Seen(own_street=True), theirs)) >= theirs.alert_at
    assert [one.code for one in signs_of_day(Day(streets={"a": 3}), theirs)] == ["one-street"]
    assert theirs.at_work("school-lead", MONDAY.replace(hour=21))
    assert theirs.points_of("colleague") == 6


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("points: {own-steet: 3}", "own-steet"),
        ("alert_at: high", "alert_at"),
        ("alerts: 3", "alerts"),
        ("alert_at: 3", "near_miss_at"),
        ("{", "cannot be read"),
        ("hours: {school-lead: {von: '06:00'}}", "von"),
    ],
)
def test_figures_that_cannot_be_meant_are_refused(text, says):
    with pytest.raises(FiguresError, match=says):
        read_figures(text)


def test_an_empty_file_says_nothing():
    assert read_figures("") == OURS
