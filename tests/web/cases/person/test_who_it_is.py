"""Who a person is, on the page: the name and its marks, who says so, why this is one person, who else it may be, what is new."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.answer import words
from footprint.answer.changes import Change
from footprint.answer.values import LinkView
from footprint.linking.evidence import RULES as EVIDENCE
from footprint.web.cases.person.presenters import identity, partners, statements
from footprint.web.cases.person.presenters.changed import MOST, changed
from footprint.web.cases.person.presenters.who import born, who
from footprint.web.identity.presenters import doubting
from tests.web.cases.person.answers import (
    footprint,
    link,
    other,
    partner,
    said,
    stated,
)


@pytest.mark.parametrize(
    ("birth", "age", "phrase"),
    [
        ("27 March 2015", "11", "Born 27 March 2015, aged 11"),
        ("3 March 2026", "8 months", "Born 3 March 2026, 8 months old"),
        ("20 November 2026", "5 days", "Born 20 November 2026, 5 days old"),
        ("1 January 1990 (estimated)", "about 36", "Born 1 January 1990 (estimated), aged about 36"),
        ("expected 25 January 2027", "", "Expected 25 January 2027"),
        ("27 March 2015", "", "Born 27 March 2015"),
        ("", "11", "Aged 11"),
        ("", "", ""),
    ],
)
def test_a_birthday_is_said_with_the_age(birth, age, phrase):
    assert born(birth, age) == phrase


@pytest.mark.parametrize(
    ("fields", "marks"),
    [
        ({}, ["Child"]),
        ({"is_child": False}, []),
        ({"unborn": True}, ["Unborn child"]),
        ({"standing": "protected"}, ["Protected", "Child"]),
        ({"standing": "restricted", "is_child": False}, ["Closed"]),
        # The sentence about a death stands below: of a child lost before birth it is another.
        ({"died": "3 May 2026", "death": "Died on 3 May 2026."}, ["Child"]),
    ],
)
def test_what_to_know_before_anything_else_stands_beside_the_name(fields, marks):
    assert [mark.text for mark in who(footprint(**fields)).marks] == marks


def test_who_says_so_is_named_once_with_the_day_only_where_it_is_another():
    by = (said("School"), said("Police"), said("School", "2026-03-01"), said("Trust", "2026-03-03"))
    assert statements.said(by, "2026-11-20") == "School and Police; Trust (3 March 2026)"


def test_values_that_cannot_all_be_right_are_marked_and_named_at_the_top():
    answer = footprint(
        conflicts=("birth", "sex"),
        stated=(
            stated("birth", "27 March 2015", "27 March 2016", conflict=True),
            stated("name", ("Layla", "usual", said()), ("Lala", "nickname", said())),
        ),
    )
    birth, name = statements.fields(answer)
    assert birth.conflict == "Partners disagree: 2 different values"
    assert [value.use for value in name.values] == ["", "nickname"]
    assert statements.conflicts(answer) == "Partners disagree about the birthday and sex."
    assert statements.conflicts(footprint()) == ""


def test_the_words_of_every_rule_are_its_authors():
    assert {rule.name: rule.sentence for rule in EVIDENCE}.items() <= identity.RULES.items()


def test_the_strongest_links_that_hold_everything_together_come_first():
    links = (link("a/i/1", "b/i/1", 9.0), link("b/i/1", "c/i/1", 30.0), link("a/i/1", "c/i/1", 20.0))
    needed, further = identity.spanning(links)
    assert [one.weight for one in needed] == [30.0, 20.0]
    assert [one.weight for one in further] == [9.0]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 9)), max_size=20))
def test_the_links_that_are_shown_hold_together_whatever_all_links_hold_together(drawn):
    links = [link(f"p/i/{a}", f"p/i/{b}", w) for a, b, w in drawn if a != b]
    needed, further = identity.spanning(links)
    assert sorted(needed + further, key=repr) == sorted(links, key=repr)
    assert closure(needed) == closure(links)
    records = {key for one in links for key in (one.one, one.other)}
    assert len(needed) == len(records) - len({frozenset(group) for group in closure(links).values()})


def closure(links):
    groups = {}
    for one in links:
        whole = groups.get(one.one, {one.one}) | groups.get(one.other, {one.other})
        for key in whole:
            groups[key] = whole
    return groups


def test_a_record_is_called_as_on_the_telephone():
    names = {"police": "Police"}
    assert identity.called("police/person-id/P99", names) == "Police P99"
    assert identity.called("fire/id/7", names) == "fire 7"


def test_others_stand_beside_with_their_records_and_a_wall_of_them_is_folded():
    possible = tuple(other(f"Other {number}") for number in range(identity.MOST_OTHERS + 2))
    answer = footprint(possible=possible, partners=(partner("police"), partner("acute-trust")))
    found = identity.identity(answer, {"other 0": "/0"}, {"other 0": "/same"})
    assert len(found.others) == identity.MOST_OTHERS
    assert len(found.many) == 2
    first = found.others[0]
    assert (first.url, first.same, first.records) == ("/0", "/same", "Police 2, Acute trust 3")
    assert first.why == "same given name; same birthday"


@pytest.mark.parametrize("standing", ["protected", "restricted", "declared"])
def test_of_somebody_protected_nobody_can_say_that_they_are_the_same(standing):
    hidden = other("X", standing=standing, records=(), why=())
    found = identity.identity(footprint(possible=(hidden,)), {"x": "/x"}, {"x": "/same"}).others[0]
    assert (found.same, found.records, found.why) == ("", "", "")


def test_whose_record_stands_in_another_part_is_said_to_be_held_apart_where_that_part_may_be_seen():
    silent = {"involvements": (), "says": words.NOTHING_SHARED, "existence": False}
    here, there = partner("police", **silent), partner("acute-trust", **silent, records=())
    part = other("Layla Husain", records=("acute-trust/id/3",), disputed=True)

    def said(**fields):
        found = partners.silent(footprint(partners=(here, there), **fields))
        return {one.id: group.says for group in found for one in group.partners}

    assert said() == {"police": words.NOTHING_SHARED, "acute-trust": words.NOTHING_SHARED}
    assert said(apart=(part,)) == {"police": words.NOTHING_SHARED, "acute-trust": words.HELD_APART}


def test_before_records_are_taken_apart_stands_what_two_people_seldom_share():
    shared = LinkView(
        one="police/id/1", other="acute-trust/id/2", weight=9.0, rule="E1", why=("same number, checked",)
    )
    names = {"police": "Police", "acute-trust": "Acute trust"}
    assert list(doubting.agreeing(footprint(links=(shared, link("police/id/1", "x/i/3"))), names)) == [
        "Police 1 and Acute trust 2 carry the same number, such as an NHS number."
    ]


def test_news_are_dated_once_loud_ones_loud_and_many_folded():
    looked = dt.datetime(2026, 11, 18, 9, 10, tzinfo=dt.UTC)
    news = [
        Change(kind="split", sentence="A record of Police is another person's now.", day=""),
        Change(kind="event", sentence="Police: incident attended, 3 May 2026.", day="2026-05-03"),
        Change(kind="worker", sentence="Open to Rosa.", day="2026-05-01"),
        *[Change(kind="fresh", sentence=f"{number}") for number in range(MOST)],
    ]
    found = changed(looked, news)
    assert found.looked == "18 November 2026 at 09:10"
    assert [(one.is_loud, one.day) for one in found.news[:3]] == [
        (True, ""), (False, ""), (False, "1 May 2026"),
    ]  # fmt: skip
    assert (len(found.news), len(found.more)) == (MOST, 3)
