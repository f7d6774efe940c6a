"""Publishing, rolling back and forward: a line of publications with one place in it, like the pages of a browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint import snapshot
from footprint.snapshot import publication


def ids(root):
    return [one.id for one in snapshot.history(root)]


def test_nothing_is_current_before_the_first(root, write):
    assert snapshot.current_id(root) is None
    with pytest.raises(snapshot.NothingPublished, match="publish it"):
        snapshot.open_current(root)
    with pytest.raises(snapshot.NothingPublished):
        snapshot.rollback(root)
    only = write("one")
    assert snapshot.current_id(root) is None
    with pytest.raises(snapshot.NothingToReturnTo, match="roll back"):
        snapshot.rollback(root)
    snapshot.publish(root, only)
    assert snapshot.current_id(root) == only


def test_back_and_forward_along_the_line(root, write):
    line = [write(stamp) for stamp in ("one", "two", "three")]
    for one in line:
        snapshot.publish(root, one)
    assert ids(root) == line
    assert [snapshot.rollback(root), snapshot.rollback(root)] == [line[1], line[0]]
    with pytest.raises(snapshot.NothingToReturnTo, match="earlier"):
        snapshot.rollback(root)
    assert snapshot.current_id(root) == line[0]
    assert [snapshot.roll_forward(root), snapshot.roll_forward(root)] == [line[1], line[2]]
    with pytest.raises(snapshot.NothingToReturnTo, match="later"):
        snapshot.roll_forward(root)
    assert snapshot.open_current(root).about == {"stamp": "three"}


def test_what_was_rolled_back_from_is_not_returned_to_after_a_new_publication(root, write):
    good, bad, mended = write("good"), write("bad"), write("mended")
    for one in (good, bad):
        snapshot.publish(root, one)
    snapshot.rollback(root)
    snapshot.publish(root, mended)
    assert ids(root) == [good, mended]
    assert snapshot.rollback(root) == good
    snapshot.publish(root, bad)
    assert ids(root) == [good, bad]


def test_publishing_the_current_one_again_changes_nothing(root, write):
    first, second = write("one"), write("two")
    for one in (first, second, second, first, first):
        snapshot.publish(root, one)
    assert ids(root) == [first, second, first]
    before = (root / "current").read_bytes()
    snapshot.publish(root, first)
    assert (root / "current").read_bytes() == before


def test_publications_say_when(root, write, clock):
    first = write("one")
    snapshot.publish(root, first, clock)
    (only,) = snapshot.history(root)
    assert only == snapshot.Publication(first, only.at)
    assert only.at.isoformat() == "2026-11-23T07:17:00+00:00"


def test_the_line_remembers_so_many(root, write, monkeypatch):
    monkeypatch.setattr(publication, "LONGEST_LINE", 3)
    line = [write(str(number)) for number in range(5)]
    for one in line:
        snapshot.publish(root, one)
    assert ids(root) == line[-3:]
    assert snapshot.current_id(root) == line[-1]


@pytest.mark.parametrize("wrong", ["20261123T071500Z-00000000", "../elsewhere", "", "current"])
def test_only_a_snapshot_that_is_there_can_be_published(root, write, wrong):
    write("one")
    with pytest.raises(snapshot.SnapshotDamaged):
        snapshot.publish(root, wrong)
    assert snapshot.current_id(root) is None


def test_a_snapshot_that_is_not_whole_is_not_published_nor_returned_to(root, write):
    first, second = write("one"), write("two")
    snapshot.publish(root, first)
    snapshot.publish(root, second)
    (root / first / "segments" / "people" / "names.txt").unlink()
    with pytest.raises(snapshot.SnapshotDamaged, match="people/names"):
        snapshot.rollback(root)
    with pytest.raises(snapshot.SnapshotDamaged, match="people/names"):
        snapshot.publish(root, first)
    assert snapshot.current_id(root) == second


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"publications": [], "place": 0}',
        b'{"publications": [{"id": "20261123T071500Z-00000000", "at": "2026-11-23T07:15:00Z"}], "place": -1}',
        b'{"publications": [{"id": "../../etc", "at": "2026-11-23T07:15:00Z"}], "place": 0}',
    ],
)
def test_a_pointer_that_points_nowhere_says_what_to_do(root, write, content):
    only = write("one")
    (root / "current").write_bytes(content)
    for attempt in (snapshot.open_current, snapshot.current_id, snapshot.rollback):
        with pytest.raises(snapshot.SnapshotDamaged, match="Remove it and publish"):
            attempt(root)
    (root / "current").unlink()
    snapshot.publish(root, only)
    assert snapshot.current_id(root) == only


STEPS = st.lists(st.sampled_from(["publish 0", "publish 1", "publish 2", "back", "forward"]), max_size=25)


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    root = tmp_path_factory.mktemp("snapshots")
    written = []
    for stamp in range(3):
        with snapshot.writing(root, {"stamp": stamp}) as draft:
            draft.segment("people")
        written.append(draft.id)
    return root, written


@given(steps=STEPS)
def test_the_line_behaves_like_two_piles(three, steps):
    """The slow obvious reference: a pile of what was before, the current one, a pile of what was rolled back from."""
    root, written = three
    (root / "current").unlink(missing_ok=True)
    before, current, after = [], None, []
    for step in steps:
        if step == "back" and before:
            after.append(current)
            current = before.pop()
            assert snapshot.rollback(root) == current
        elif step == "forward" and after:
            before.append(current)
            current = after.pop()
            assert snapshot.roll_forward(root) == current
        elif step.startswith("publish"):
            chosen = written[int(step[-1])]
            if current is not None and chosen != current:
                before.append(current)
            if chosen != current:
                after = []
            current = chosen
            snapshot.publish(root, chosen)
        else:
            with pytest.raises(snapshot.NothingToReturnTo):
                (snapshot.rollback if step == "back" else snapshot.roll_forward)(root)
        assert snapshot.current_id(root) == current
        assert ids(root) == [one for one in (*before, current, *reversed(after)) if one]
