"""Ids stay with people: through days on which records come, go, come back, join and part."""

from __future__ import annotations

import random
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from footprint.linking.identities import Event, History, assign, minted

KEYS = [f"police/id/{number}" for number in range(8)]
AGE = {key: f"2026-01-{1 + number // 2:02}" for number, key in enumerate(KEYS)}

# A day: for each record the group it is in, or None where no partner reports it.
days = st.lists(
    st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=8, max_size=8), min_size=1, max_size=6
)


class Day(NamedTuple):
    people: dict[str, str]
    events: list[Event]
    history: History

    def events_of(self, kind: str) -> list[tuple[str, str]]:
        return [(event.person, event.other) for event in self.events if event.kind == kind]


def after(history: History, *groups: list[str], hidden: frozenset[str] = frozenset()) -> Day:
    """Run a day and leave behind what the next one reads."""
    ids, events = assign(groups, history, AGE, hidden)
    people = {key: person for group, person in zip(groups, ids, strict=True) for key in group}
    assert len(set(ids)) == len(ids), "Two people of one day have one id."
    rows = history.after(people.items())
    former = {mark: person for mark, person in rows if mark}
    return Day(people, events, History(people, former, frozenset(person for _, person in rows)))


def groups_of(day: list[int | None]) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for key, group in zip(KEYS, day, strict=True):
        if group is not None:
            found.setdefault(group, []).append(key)
    return list(found.values())


@given(days)
def test_where_nothing_changes_no_id_does_and_nothing_happens(run):
    history = History()
    for day in run:
        history = after(history, *groups_of(day)).history
        again = after(history, *groups_of(day))
        assert again.people == history.people
        assert again.events == []


@given(days)
def test_people_whom_nothing_touched_keep_their_ids(run):
    history = History()
    for day in run:
        before = history.people
        now = after(history, *groups_of(day))
        for person in set(before.values()):
            then = {key for key in before if before[key] == person}
            if any(set(group) == then for group in groups_of(day)):
                assert {now.people[key] for key in then} == {person}
        history = now.history


@given(days)
def test_an_id_is_never_given_to_another_person(run):
    """An id goes on only with a record that bore it when last seen; a new one has never been seen."""
    history, last, ever = History(), dict[str, str](), set[str]()
    for day in run:
        now = after(history, *groups_of(day))
        for person in set(now.people.values()):
            bearers = {key for key, held in now.people.items() if held == person}
            assert person not in ever or person in {last.get(key) for key in bearers}
        ever |= set(now.people.values())
        last |= now.people
        history = now.history


@given(days)
def test_every_id_that_goes_or_comes_is_said(run):
    history = History()
    for day in run:
        now = after(history, *groups_of(day))
        before, today = set(history.people.values()), set(now.people.values())
        gone = {event.person for event in now.events if event.kind in ("merged", "retired")}
        come = {event.person for event in now.events if event.kind in ("founded", "split", "returned")}
        assert (gone, come) == (before - today, today - before)
        for event in now.events:
            assert event.kind not in ("merged", "split") or event.other in (
                today if event.kind == "merged" else before | today
            )
        history = now.history


@given(days, st.randoms())
def test_the_order_of_groups_and_records_changes_nothing(run, draw: random.Random):
    one = other = History()
    for day in run:
        groups = groups_of(day)
        shuffled = [draw.sample(group, len(group)) for group in draw.sample(groups, len(groups))]
        first, second = after(one, *groups), after(other, *shuffled)
        assert first.people == second.people
        assert first.events == second.events
        one, other = first.history, second.history


@given(days, st.frozensets(st.sampled_from(KEYS), max_size=4))
def test_hidden_records_have_no_say_in_the_ids_of_others(run, hidden):
    with_them = without = History()
    for day in run:
        groups = groups_of(day)
        shown = [rest for group in groups if (rest := [key for key in group if key not in hidden])]
        full, bare = after(with_them, *groups, hidden=hidden), after(without, *shown)
        assert {key: person for key, person in full.people.items() if key not in hidden} == bare.people
        with_them, without = full.history, bare.history


def test_a_record_that_is_deleted_and_comes_back_finds_its_id():
    first = after(History(), ["police/id/1", "police/id/2"], ["police/id/3"])
    gone = after(first.history, ["police/id/3"])
    back = after(gone.history, ["police/id/3"], ["police/id/2"])
    assert gone.events_of("retired") == [(first.people["police/id/1"], "")]
    assert back.people["police/id/2"] == first.people["police/id/1"]
    assert back.events_of("returned") == [(first.people["police/id/1"], "")]


def test_a_record_that_comes_back_takes_no_id_from_somebody_living():
    first = after(History(), ["police/id/0", "police/id/1"])
    alone = after(first.history, ["police/id/1"])
    back = after(alone.history, ["police/id/1"], ["police/id/0"])
    assert alone.people == {"police/id/1": first.people["police/id/1"]}
    assert back.people["police/id/1"] == first.people["police/id/1"]
    assert back.people["police/id/0"] != first.people["police/id/0"]


def test_a_merge_keeps_the_id_of_the_larger_person_and_says_so():
    apart = after(History(), ["police/id/1"], ["police/id/2", "police/id/3"])
    one = after(apart.history, ["police/id/1", "police/id/2", "police/id/3"])
    assert set(one.people.values()) == {apart.people["police/id/2"]}
    assert one.events_of("merged") == [(apart.people["police/id/1"], apart.people["police/id/2"])]


def test_of_two_alike_the_oldest_record_decides():
    apart = after(History(), ["police/id/5"], ["police/id/1"])
    one = after(apart.history, ["police/id/5", "police/id/1"])
    assert set(one.people.values()) == {apart.people["police/id/1"]}


def test_a_split_leaves_the_id_with_the_larger_part_and_says_so():
    one = after(History(), ["police/id/1", "police/id/2", "police/id/3"])
    apart = after(one.history, ["police/id/1"], ["police/id/2", "police/id/3"])
    assert apart.people["police/id/3"] == one.people["police/id/3"]
    assert apart.events_of("split") == [(apart.people["police/id/1"], one.people["police/id/1"])]


def test_an_id_tells_nothing_and_is_the_same_on_every_machine():
    assert minted("police/id/1") == "p1c3ea9bd5ea437a"
