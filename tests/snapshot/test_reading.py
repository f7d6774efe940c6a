"""Opening: the whole of one snapshot, unchanged for as long as it is open; and noticing that another is current."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np
import pytest

from footprint import snapshot
from footprint.snapshot import reading
from footprint.snapshot.arrays import open_array, write_array
from footprint.snapshot.blobs import Blobs, write_blobs


def stamp_of(opened):
    return (opened.segment("people") / "names.txt").read_text()


def test_a_reader_stays_on_its_snapshot_until_it_refreshes(root, write):
    snapshot.publish(root, write("one"))
    reader = snapshot.Reader(root)
    held = reader.snapshot
    assert reader.refresh() is False
    assert reader.snapshot is held
    snapshot.publish(root, write("two"))
    assert stamp_of(reader.snapshot) == "one"
    assert reader.refresh() is True
    assert stamp_of(reader.snapshot) == "two"
    assert stamp_of(held) == "one"
    assert reader.refresh() is False
    snapshot.rollback(root)
    assert reader.refresh() is True
    assert stamp_of(reader.snapshot) == "one"


def test_a_swap_is_noticed_however_fast_swaps_follow(root, write):
    ids = [write("one"), write("two")]
    snapshot.publish(root, ids[0])
    reader = snapshot.Reader(root)
    for turn in range(1, 40):
        snapshot.publish(root, ids[turn % 2])
        assert reader.refresh() is True
        assert reader.snapshot.id == ids[turn % 2]


def test_swaps_that_lead_back_are_no_news(root, write):
    ids = [write("one"), write("two")]
    snapshot.publish(root, ids[0])
    reader = snapshot.Reader(root)
    snapshot.publish(root, ids[1])
    snapshot.rollback(root)
    assert reader.refresh() is False
    assert reader.snapshot.id == ids[0]


def test_a_reader_whose_pointer_is_taken_away_says_so(root, write):
    snapshot.publish(root, write("one"))
    reader = snapshot.Reader(root)
    (root / "current").unlink()
    with pytest.raises(snapshot.NothingPublished):
        reader.refresh()
    assert stamp_of(reader.snapshot) == "one"


def test_a_certain_snapshot_is_opened_published_or_not(root, write):
    first = write("one")
    with snapshot.open_snapshot(root, first) as opened:
        assert stamp_of(opened) == "one"
    for wrong in ("20261123T071500Z-00000000", "../" + first, ""):
        with pytest.raises(snapshot.SnapshotDamaged, match="list_snapshots"):
            snapshot.open_snapshot(root, wrong)


def test_a_segment_that_is_missing_is_named_with_those_that_are_there(root, write):
    opened = snapshot.open_snapshot(root, write("one"))
    with pytest.raises(snapshot.SnapshotDamaged, match=r"no segment 'maps' \(it has: index, people\)"):
        opened.segment("maps")


def test_a_snapshot_that_was_cut_short_is_not_opened(root, write):
    first = write("one")
    snapshot.publish(root, first)
    file = root / first / "segments" / "people" / "names.txt"
    file.chmod(0o644)
    file.write_text("on")
    for attempt in (lambda: snapshot.open_current(root), lambda: snapshot.open_snapshot(root, first)):
        with pytest.raises(snapshot.SnapshotDamaged, match="missing or cut"):
            attempt()


def test_a_snapshot_of_another_format_is_not_opened(root, write):
    manifest = root / write("one") / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"format": 1', b'"format": 2'))
    with pytest.raises(snapshot.SnapshotDamaged, match="of format 2"):
        snapshot.open_snapshot(root, manifest.parent.name)


def test_one_that_was_swapped_and_removed_while_being_opened_is_looked_for_again(root, write, monkeypatch):
    old, new = write("one"), write("two")
    snapshot.publish(root, old)
    plain = reading.Snapshot

    def removed_just_now(root, snapshot_id):
        if snapshot_id == old:
            snapshot.publish(root, new)
            shutil.rmtree(root / old)
        return plain(root, snapshot_id)

    monkeypatch.setattr(reading, "Snapshot", removed_just_now)
    assert stamp_of(snapshot.open_current(root)) == "two"


def test_one_that_is_removed_while_it_is_being_held_is_not_opened(root, write, monkeypatch):
    old = write("one")

    def pruned_first(descriptor, operation):
        shutil.move(root / old, root / ".gone")

    monkeypatch.setattr(reading.fcntl, "flock", pruned_first)
    with pytest.raises(snapshot.SnapshotDamaged, match="pruned just now"):
        snapshot.open_snapshot(root, old)


def test_snapshots_are_listed_oldest_first_and_nothing_else_is(root, write):
    assert snapshot.list_snapshots(root) == []
    ids = [write("one"), write("two")]
    snapshot.publish(root, ids[0])
    (root / "notes").mkdir()
    (root / "20261123T071500Z-00000000").mkdir()
    assert snapshot.list_snapshots(root) == ids


def test_what_threads_read_stays_whole_while_the_snapshot_under_it_is_swapped_and_pruned(root, clock):
    """What is mapped is let go of by whoever held it last, never by a swap: nobody reads memory that was given back."""

    def published(stamp):
        with snapshot.writing(root, {"stamp": stamp}, clock) as draft:
            people = draft.segment("people")
            write_blobs(people / "bodies", [stamp.encode() * 2_000] * 40)
            write_array(people / "numbers.npy", np.full(20_000, int(stamp)))
        snapshot.publish(root, draft.id)

    def opened():
        people = reader.snapshot.segment("people")
        return Blobs(people / "bodies"), open_array(people / "numbers.npy")

    published("0")
    reader, now = snapshot.Reader(root), []
    now.append(opened())
    is_over = Event()

    def read():
        stamps = set()
        while not is_over.is_set():
            bodies, numbers = now[0]
            said = {body[:1] for body in map(bodies.__getitem__, range(len(bodies)))}
            assert said == {str(number).encode() for number in np.unique(numbers)}
            stamps |= said
        return stamps

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        try:
            for turn in range(1, 10):
                published(str(turn))
                assert reader.refresh()
                now[0] = opened()
                snapshot.prune(root, 1)
        finally:
            is_over.set()
        assert set().union(*(one.result() for one in readers)) > {b"0"}
    assert len(snapshot.list_snapshots(root)) == 2
