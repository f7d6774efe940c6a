"""The draw against the worked example of the document that it comes from, and what must hold of every draw."""

import hashlib
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from footprint.referrals.sampling import (
    INSUFFICIENT,
    RANDOM,
    TARGETS,
    Candidate,
    Marker,
    Plan,
    assign,
    draw,
    may_mark,
    pick,
)
from footprint.referrals.states import DECISION_REASONS


def referral(number, **said):
    given_ = {
        "partner": "police",
        "team": f"team-{number % 3}",
        "month": "2026-10",
        "author": f"author-{number % 7}",
    }
    return Candidate(id=f"r{number:03}", **(given_ | said))


def test_the_worked_example_of_rfc_3797():
    # RFC 3797 section 6: 25 candidates, ten drawn, with the digest that the RFC uses.
    def md5(content):
        return hashlib.md5(content, usedforsecurity=False).digest()

    key = "9319./2.5.8.10.12./9.18.26.34.41.45./"
    assert md5(b"\0\0" + key.encode() + b"\0\0").hex().upper() == "990DD0A5692A029A98B5E01AA28F3459"
    assert pick(range(1, 26), 10, key, md5) == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]


def test_all_are_drawn_where_there_are_fewer_and_none_of_none():
    assert sorted(pick("abc", 9, "seed")) == ["a", "b", "c"]
    assert pick("", 3, "seed") == []
    with pytest.raises(ValueError, match="by team and month"):
        pick(range(70_000), 1, "seed")


def test_each_has_the_same_chance():
    drawn = Counter(one for seed in range(2000) for one in pick(range(12), 3, str(seed)))
    assert stats.chisquare(list(drawn.values())).pvalue > 0.001
    assert len(drawn) == 12


PLAN = Plan(share=0.1, least=2, targets={"repeat": 1.0, "level-4": 0.5})


def test_the_same_seed_draws_the_same_in_any_order_and_another_seed_draws_otherwise():
    pool = [referral(number, repeat=number % 11 == 0, level=number % 5) for number in range(90)]
    first = draw(pool, PLAN, "2026-10/aldermarch")
    Random(5).shuffle(pool)
    assert draw(pool, PLAN, "2026-10/aldermarch") == first
    assert draw(pool, PLAN, "2026-10/other").chosen != first.chosen
    assert draw(pool[1:], PLAN, "2026-10/aldermarch").frame != first.frame


def test_every_team_and_month_gives_its_share_and_never_fewer_than_the_least():
    pool = [referral(number) for number in range(60)] + [
        referral(100, team="small"),
        referral(101, month="2026-11"),
    ]
    drawn = draw(pool, Plan(share=0.25, least=2), "seed")
    by_id = {one.id: one for one in pool}
    counted = Counter((by_id[one.id].team, by_id[one.id].month) for one in drawn.chosen)
    # team-2 has 20 of October and, as number 101 is of it, one of November.
    assert counted == {
        ("team-0", "2026-10"): 5,
        ("team-1", "2026-10"): 5,
        ("team-2", "2026-10"): 5,
        ("small", "2026-10"): 1,
        ("team-2", "2026-11"): 1,
    }
    assert all(one.why == (RANDOM,) for one in drawn.chosen)


@pytest.mark.parametrize(
    ("code", "said", "other"),
    [
        ("insufficient-information", {"reason": "insufficient-information"}, {"reason": "advice-given"}),
        ("repeat", {"repeat": True}, {}),
        ("first-five", {"ordinal": 5}, {"ordinal": 6}),
        ("domestic-abuse", {"domestic_abuse": True, "child_present": True}, {"domestic_abuse": True}),
        ("level-4", {"level": 4}, {"level": 3}),
    ],
)
def test_what_is_looked_for_on_purpose_is_found(code, said, other):
    plan = Plan(share=0, least=0, targets={code: 1})
    drawn = draw([referral(1, **said), referral(2, **other)], plan, "seed")
    assert [(one.id, one.why) for one in drawn.chosen] == [("r001", (code,))]


def test_too_little_written_is_a_reason_that_the_front_door_can_give():
    assert INSUFFICIENT in DECISION_REASONS


def test_every_target_was_tried_above():
    assert set(TARGETS) == {"insufficient-information", "repeat", "first-five", "domestic-abuse", "level-4"}


def test_one_that_is_drawn_twice_is_marked_once_and_says_both_reasons():
    drawn = draw([referral(1, repeat=True)], Plan(share=1, targets={"repeat": 1}), "seed")
    assert [one.why for one in drawn.chosen] == [(RANDOM, "repeat")]


def test_a_share_is_not_rounded_up_by_the_last_bit():
    pool = [referral(number, team="one") for number in range(100)]
    assert len(draw(pool, Plan(share=0.07), "seed").chosen) == 7


@pytest.mark.parametrize(
    "wrong",
    [
        {"share": 1.5},
        {"share": 0.1, "least": -1},
        {"share": 0.1, "targets": {"repeat": 2}},
        {"share": 0, "targets": {"bad": 1}},
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(wrong):
    with pytest.raises(ValueError, match="'"):
        Plan(**wrong)


def test_a_referral_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        draw([referral(1), referral(1)], PLAN, "seed")


def marker(name, partner="police", **said):
    return Marker(id=name, side=partner, partner=partner, **said)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (marker("m", teams=frozenset({"team-2"})), True),
        (marker("author-1", teams=frozenset({"team-2"})), False),
        (marker("m", teams=frozenset({"team-1"})), False),
        (marker("m", teams=frozenset({"team-2"}), line=frozenset({"team-1"})), False),
        (marker("m"), False),
        (marker("m", "childrens-social-care", teams=frozenset({"team-1"})), True),
        (marker("author-1", "childrens-social-care"), False),
    ],
)
def test_nobody_marks_their_own_or_their_line(who, may):
    assert may_mark(who, referral(1)) is may


def test_nobody_marks_what_they_graded_before_on_either_side():
    """Whoever gave the unit's grade has made up their mind; on the other side that is somebody of the front door."""
    police = marker("m", teams=frozenset({"team-2"}), graded=frozenset({"r001"}))
    care = marker("m", "childrens-social-care", graded=frozenset({"r001"}))
    assert [may_mark(one, referral(1)) for one in (police, care)] == [False, False]
    assert [may_mark(one, referral(4)) for one in (police, care)] == [True, True]


def test_where_no_team_is_said_the_whole_partner_is_one():
    assert not may_mark(marker("m", teams=frozenset({"team-2"})), referral(1, team=""))


teams = st.sampled_from(["team-0", "team-1", "team-2", "team-3"])
markers = st.lists(
    st.builds(
        Marker,
        id=st.integers(0, 9).map("author-{}".format),
        side=st.sampled_from(["police", "social care"]),
        partner=st.sampled_from(["police", "childrens-social-care"]),
        teams=st.frozensets(teams, max_size=2),
        line=st.frozensets(teams, max_size=2),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)


@settings(max_examples=60)
@given(markers, st.integers(1, 20), st.text(max_size=5))
def test_whatever_the_rota_nobody_marks_what_they_may_not(people, count, seed):
    pool = [referral(number) for number in range(count)]
    by_id, named = {one.id: one for one in pool}, {one.id: one for one in people}
    found = assign(pool, people, seed)
    assert found == assign(reversed(pool), reversed(people), seed)
    for marking in found:
        free = [one for one in people if one.side == marking.side and may_mark(one, by_id[marking.referral])]
        assert named[marking.marker] in free if free else marking.marker == ""


def test_the_work_is_shared_evenly():
    people = [marker(f"m{number}", "childrens-social-care") for number in range(3)]
    load = Counter(one.marker for one in assign([referral(number) for number in range(30)], people, "seed"))
    assert set(load.values()) == {10}
