"""What a person does: release what waits, roll back what should not stand, and the ledger hears of it first."""

import datetime as dt

import pytest

from footprint.feeds import arrivals, generations
from footprint.feeds.holding import NotPossibleError, held, release, rollback
from tests.feeds.looking import records, whole
from tests.feeds.making import DAY, acute, at, attendances

NEXT = DAY + dt.timedelta(days=1)
AFTER = DAY + dt.timedelta(days=2)


@pytest.fixture
def half(take, data, tmp_path):
    """A hundred persons one day, forty of them and two new ones the next: held."""
    take("acute", acute(tmp_path / "first", attendances(range(1, 101))))
    second = acute(tmp_path / "second", attendances([*range(1, 41), 201, 202]), day=NEXT, sequence=2)
    return take("acute", second, day=NEXT)[0]


def let_go(data, **options):
    return release(data, "acute", by="a.steward", reason="A ward moved away.", now=at(NEXT), **options)


def test_a_held_delivery_is_listed_with_why(half, data):
    (waiting,) = held(data)
    assert (waiting.feed, waiting.arrival, waiting.receipt.outcome) == ("acute", 2, "held")
    assert {finding.gate for finding in waiting.receipt.gates} == {"rows", "persons returning"}


def test_a_released_delivery_stands_as_if_it_had_been_accepted(half, data, take, tmp_path):
    assert let_go(data)[0].outcome == "accepted"
    standing = generations.current(data, "acute").standing
    assert (standing.as_of, standing.sequence, standing.records) == (NEXT, 2, 102)
    assert held(data) == []
    later = acute(tmp_path / "third", attendances([*range(1, 41), 201, 202]), day=AFTER, sequence=3)
    assert (
        take("acute", later, day=AFTER)[0].gates != ()
    )  # the median of two days still remembers the hundred


def test_what_was_released_says_who_and_why_and_its_tables_are_gone(half, data):
    let_go(data)
    arrival = arrivals.history(data, "acute")[1]
    assert (arrival.resolved.how, arrival.resolved.by) == ("released", "a.steward")
    assert not list(arrival.folder.glob("*.parquet"))


def test_a_parked_delivery_can_be_released_over_its_gap(take, data, tmp_path):
    take("acute", acute(tmp_path / "first", attendances(range(1, 101))))
    take("acute", acute(tmp_path / "third", attendances(range(1, 103)), day=AFTER, sequence=3), day=AFTER)
    assert release(data, "acute", by="a.steward", reason="2 is lost.", now=at(AFTER))[0].outcome == "accepted"
    late = acute(tmp_path / "second", attendances(range(1, 102)), day=NEXT, sequence=2)
    assert take("acute", late, day=AFTER)[0].outcome == "refused"


def test_a_later_whole_extract_makes_a_held_one_past(half, take, data, tmp_path):
    third = acute(tmp_path / "third", attendances(range(1, 100)), day=AFTER, sequence=3)
    assert take("acute", third, day=AFTER)[0].outcome == "accepted"
    assert held(data) == []
    with pytest.raises(NotPossibleError, match="No delivery"):
        let_go(data)


def test_the_same_held_delivery_again_is_a_no_op(half, take, data, tmp_path):
    again = acute(tmp_path / "again", attendances([*range(1, 41), 201, 202]), day=NEXT, sequence=2)
    receipt = take("acute", again, day=NEXT)[0]
    assert (receipt.outcome, receipt.repeat) == ("held", True)
    assert len(held(data)) == 1


@pytest.mark.parametrize(
    ("feed", "arrival", "words"),
    [("police", 0, "No delivery of police"), ("acute", 9, "Delivery 9"), ("../../etc", 0, "No delivery")],
)
def test_releasing_what_does_not_wait_is_told(feed, arrival, words, half, data):
    with pytest.raises(NotPossibleError, match=words):
        release(data, feed, by="a", reason="b", now=at(NEXT), arrival=arrival)


def test_a_rollback_makes_the_earlier_generation_stand_in_one_step(take, data, tmp_path):
    take("acute", acute(tmp_path / "first", attendances(range(1, 101))))
    before = whole(data, "acute")
    wrong = attendances(range(1, 101)).replace("Khan", "Kahn")
    take("acute", acute(tmp_path / "second", wrong, day=NEXT, sequence=2), day=NEXT)
    assert (
        rollback(data, "acute", by="a.steward", reason="Names were changed.", now=at(NEXT)).standing.as_of
        == DAY
    )
    assert whole(data, "acute") == before
    assert arrivals.history(data, "acute")[1].resolved.how == "rolled back"


def test_what_was_rolled_back_may_come_again_under_its_own_number(take, data, tmp_path):
    take("acute", acute(tmp_path / "first", attendances(range(1, 101))))
    second = acute(tmp_path / "second", attendances(range(1, 103)), day=NEXT, sequence=2)
    take("acute", second, day=NEXT)
    rollback(data, "acute", by="a", reason="b", now=at(NEXT))
    receipt = take("acute", second, day=NEXT)[0]
    assert (receipt.outcome, receipt.repeat, receipt.generation) == ("accepted", False, 3)
    assert len(records(data, "acute")) == 102


@pytest.mark.parametrize(
    ("feed", "words"), [("acute", "no earlier generation"), ("police", "no data"), ("../x", "no data")]
)
def test_a_rollback_that_cannot_be_is_told(feed, words, take, data, tmp_path):
    take("acute", acute(tmp_path / "first", attendances(range(1, 101))))
    with pytest.raises(NotPossibleError, match=words):
        rollback(data, feed, by="a", reason="b", now=at())


def test_the_ledger_hears_of_each_change_before_it_takes_effect(take, data, tmp_path):
    heard = []

    def on_change(change):
        heard.append((change.kind, change.generation, generations.current(data, "acute")))

    take("acute", acute(tmp_path / "first", attendances(range(1, 101))), on_change=on_change)
    assert heard == [("accepted", 1, None)]
    take(
        "acute",
        acute(tmp_path / "second", attendances([*range(1, 41), 201]), day=NEXT, sequence=2),
        day=NEXT,
        on_change=on_change,
    )
    let_go(data, on_change=on_change)
    rollback(data, "acute", by="a", reason="b", now=at(NEXT), on_change=on_change)
    assert [(kind, number) for kind, number, _ in heard] == [
        ("accepted", 1),
        ("held", 2),
        ("released", 3),
        ("rolled back", 2),
    ]
    assert [found.standing.number for _, _, found in heard[1:]] == [1, 2, 3]


def test_a_ledger_that_fails_stops_every_change(half, take, data, tmp_path):
    before = whole(data, "acute")

    def fail(_change):
        raise OSError("the ledger is full")

    third = acute(tmp_path / "third", attendances(range(1, 101)), day=AFTER, sequence=3)
    for act in (
        lambda: take("acute", third, day=AFTER, on_change=fail),
        lambda: let_go(data, on_change=fail),
        lambda: rollback(data, "acute", by="a", reason="b", now=at(NEXT), on_change=fail),
    ):
        with pytest.raises(OSError, match="ledger is full"):
            act()
        assert whole(data, "acute") == before
    assert take("acute", third, day=AFTER)[0].outcome == "accepted"


def test_no_more_generations_and_deliveries_are_kept_than_said(take, data, tmp_path, monkeypatch):
    monkeypatch.setattr(generations, "KEPT", 3)
    monkeypatch.setattr(arrivals, "KEPT", 3)
    for number in range(1, 6):
        day = DAY - dt.timedelta(days=6 - number)
        take("acute", acute(tmp_path / f"{number}", attendances([1, number]), day=day, sequence=number))
    assert sorted(path.name for path in (data / "generations" / "acute").glob("0*")) == [
        "000003",
        "000004",
        "000005",
    ]
    assert [arrival.number for arrival in arrivals.history(data, "acute")] == [3, 4, 5]
