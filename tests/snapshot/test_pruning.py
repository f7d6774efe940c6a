"""Pruning: old snapshots go; the current one, the one to roll back to, and those in use stay."""

import pytest

from footprint import snapshot


@pytest.fixture
def five(root, write):
    """Five snapshots, all published, the last one current."""
    ids = [write(str(number)) for number in range(5)]
    for one in ids:
        snapshot.publish(root, one)
    return ids


def test_the_newest_stay(root, five):
    assert snapshot.prune(root, keep=3) == five[:2]
    assert snapshot.list_snapshots(root) == five[2:]
    assert [one.id for one in snapshot.history(root)] == five[2:]
    assert snapshot.current_id(root) == five[-1]
    assert snapshot.prune(root, keep=3) == []
    assert sorted(path.name for path in root.glob(".gone-*")) == []


def test_the_current_one_and_the_one_before_it_always_stay(root, five):
    for _ in range(3):
        snapshot.rollback(root)
    assert snapshot.prune(root, keep=1) == five[2:4]
    assert snapshot.current_id(root) == five[1]
    assert snapshot.rollback(root) == five[0]
    assert [snapshot.roll_forward(root), snapshot.roll_forward(root)] == [five[1], five[4]]


def test_one_that_somebody_has_open_stays_until_it_is_closed(root, five):
    opened = snapshot.open_snapshot(root, five[0])
    assert snapshot.prune(root, keep=2) == five[1:3]
    assert (opened.segment("people") / "names.txt").read_text() == "0"
    opened.close()
    assert snapshot.prune(root, keep=2) == five[:1]


def test_a_reader_that_went_on_lets_go_of_the_old_one(root, five, write):
    snapshot.rollback(root)
    reader = snapshot.Reader(root)
    snapshot.roll_forward(root)
    snapshot.publish(root, write("5"))
    reader.refresh()
    assert five[3] in snapshot.prune(root, keep=1)


def test_those_never_published_are_pruned_as_well(root, write):
    ids = [write(str(number)) for number in range(3)]
    assert snapshot.prune(root, keep=1) == ids[:2]
    assert snapshot.current_id(root) is None


def test_what_a_killed_pruning_left_is_removed_by_the_next(root, five):
    (root / five[0]).rename(root / f".gone-{five[0]}")
    snapshot.prune(root, keep=5)
    assert list(root.glob(".gone-*")) == []


def test_nobody_keeps_none(root, five):
    with pytest.raises(snapshot.SnapshotError, match="at least one"):
        snapshot.prune(root, keep=0)


def test_what_is_outdated_goes_however_new_it_is_but_not_the_one_to_return_to(root, five):
    def outdated(manifest):
        return manifest.id in {five[2], five[3], five[4]}

    assert snapshot.prune(root, keep=5, outdated=outdated) == [five[2]]
    assert snapshot.list_snapshots(root) == [*five[:2], *five[3:]]


def test_what_will_go_is_told_first_and_stays_where_that_fails(root, five):
    def fails(ids):
        told.extend(ids)
        raise OSError("no ledger")

    told = []
    with snapshot.open_snapshot(root, five[0]):
        with pytest.raises(OSError, match="no ledger"):
            snapshot.prune(root, keep=3, before_removing=fails)
        assert told == [five[1]]  # what is in use does not go, and is not told
        assert snapshot.list_snapshots(root) == five
        snapshot.prune(root, keep=3)
        snapshot.prune(root, keep=3, before_removing=fails)
    assert told == [five[1]]
