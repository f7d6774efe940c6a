"""Writing: whole under its own name, or not there at all."""

import datetime as dt
import json

import pytest

from footprint import snapshot


def test_a_snapshot_stands_under_its_time_and_hash_with_a_manifest(root, write):
    first = write("one")
    folder = root / first
    assert first.startswith("20261123T071600Z-")
    assert (folder / "segments" / "people" / "names.txt").read_text() == "one"
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["id"] == first
    assert manifest["made_at"] == "2026-11-23T07:16:00Z"
    assert manifest["about"] == {"stamp": "one"}
    assert manifest["segments"]["people"]["names.txt"]["bytes"] == 3
    assert set(manifest["segments"]["index"]) == {"by/key/keys.bin"}
    assert snapshot.read_manifest(folder).size == 3_003
    assert snapshot.verify(folder) == []


def test_the_hash_is_of_the_content_and_the_time_apart(root, write):
    ids = [write(stamp) for stamp in ("one", "two", "one")]
    hashes = [snapshot_id[-8:] for snapshot_id in ids]
    assert hashes[0] == hashes[2] != hashes[1]
    assert ids == sorted(set(ids))


def test_the_same_content_in_the_same_second_is_the_same_snapshot(root):
    def now():
        return dt.datetime(2026, 11, 23, 7, 15, tzinfo=dt.UTC)

    ids = set()
    for _ in range(2):
        with snapshot.writing(root, {}, now) as draft:
            (draft.segment("people") / "file").write_text("x")
        ids.add(draft.id)
    assert snapshot.list_snapshots(root) == list(ids)
    assert not list(root.glob(".draft-*"))


def test_what_is_said_about_it_may_grow_while_it_is_written(root, clock):
    about = {"inputs": ["a"]}
    with snapshot.writing(root, about, clock) as draft:
        draft.about["counts"] = {"people": 3}
    assert snapshot.open_snapshot(root, draft.id).about == {"inputs": ["a"], "counts": {"people": 3}}
    assert about == {"inputs": ["a"]}


def test_a_segment_may_be_asked_for_twice_and_may_be_empty(root, clock):
    with snapshot.writing(root, {}, clock) as draft:
        assert draft.segment("people") == draft.segment("people")
    opened = snapshot.open_snapshot(root, draft.id)
    assert list(opened.segment("people").iterdir()) == []
    assert snapshot.verify(opened.folder) == []


def test_an_error_while_writing_leaves_no_trace(root, write):
    kept = write("one")
    drafts = []

    def write_half():
        with snapshot.writing(root, {}) as draft:
            drafts.append(draft)
            (draft.segment("people") / "half").write_text("half")
            raise RuntimeError("disk")

    with pytest.raises(RuntimeError, match="disk"):
        write_half()
    assert drafts[0].id == ""
    assert snapshot.list_snapshots(root) == [kept]
    assert sorted(path.name for path in root.iterdir()) == [".writer.lock", kept]


def test_what_a_killed_writer_left_is_swept_by_the_next(root, write):
    root.mkdir()
    leftover = root / ".draft-abc" / "segments"
    leftover.mkdir(parents=True)
    (leftover / "half").write_text("half")
    write("one")
    assert not (root / ".draft-abc").exists()


def test_two_do_not_write_at_once_but_a_swap_does_not_wait(root, write):
    kept = write("one")
    with snapshot.writing(root, {}) as draft:
        (draft.segment("people") / "file").write_text("x")
        with pytest.raises(snapshot.AlreadyWriting, match="Wait for it"), snapshot.writing(root, {}):
            pytest.fail("a second writer got in")
        snapshot.publish(root, kept)
    assert snapshot.list_snapshots(root) == sorted([kept, draft.id])


@pytest.mark.parametrize("name", ["", "People", "../up", "a/b", ".hidden", "-x", "a b"])
def test_a_name_that_is_none_for_a_directory_is_refused(root, name):
    with (
        pytest.raises(snapshot.SnapshotError, match="cannot name a segment"),
        snapshot.writing(root, {}) as draft,
    ):
        draft.segment(name)


def test_a_link_to_elsewhere_is_refused(root, tmp_path):
    (tmp_path / "elsewhere").write_text("changes later")
    with pytest.raises(snapshot.SnapshotError, match="no plain file"), snapshot.writing(root, {}) as draft:
        (draft.segment("people") / "link").symlink_to(tmp_path / "elsewhere")
    assert snapshot.list_snapshots(root) == []


def test_files_cannot_be_written_again(root, write):
    folder = root / write("one")
    modes = [
        path.stat().st_mode & 0o222
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    ]
    assert modes == [0, 0]
