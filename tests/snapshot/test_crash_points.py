"""A publisher that dies just before each single thing that it does to the disk: every step is tried, none by chance."""

import os
import sys

from footprint import snapshot

DEEDS = {
    "open",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.remove",
    "os.chmod",
    "os.truncate",
    "tempfile.mkdtemp",
}
KILLED, DONE, FAILED = 9, 0, 3


def morning(root, stamp):
    """Write, publish, prune, and go back and forth: all that changes anything under a root."""
    with snapshot.writing(root, {"stamp": stamp}) as draft:
        for segment in ("people", "index"):
            (draft.segment(segment) / "file").write_text(stamp)
    snapshot.publish(root, draft.id)
    snapshot.prune(root, keep=2)
    snapshot.rollback(root)
    snapshot.roll_forward(root)


def killed_before(step, root, stamp):
    """Do a morning's work in a process of its own that dies before its step number `step`; say how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    done = 0

    def count(event, arguments):
        nonlocal done
        if event in DEEDS:
            done += 1
            if done == step:
                os._exit(KILLED)

    try:
        sys.addaudithook(count)
        morning(root, stamp)
        os._exit(DONE)
    finally:
        os._exit(FAILED)


def stamps_of(opened):
    return {(opened.segment(segment) / "file").read_text() for segment in ("people", "index")}


def test_whatever_the_step_one_whole_snapshot_stands(root):
    for stamp in ("first", "second"):
        with snapshot.writing(root, {"stamp": stamp}) as draft:
            for segment in ("people", "index"):
                (draft.segment(segment) / "file").write_text(stamp)
        snapshot.publish(root, draft.id)
    standing, step, ended = {"first", "second"}, 0, KILLED
    while ended == KILLED:
        step += 1
        stamp = f"step {step}"
        ended = killed_before(step, root, stamp)
        with snapshot.open_current(root) as opened:
            assert stamps_of(opened) == {opened.about["stamp"]}
            assert opened.about["stamp"] in standing | {stamp}
            standing = {opened.about["stamp"]}
        for name in {one.id for one in snapshot.history(root)} | set(snapshot.list_snapshots(root)):
            assert snapshot.verify(root / name) == []
            standing.add(snapshot.read_manifest(root / name).about["stamp"])
    assert ended == DONE
    assert step > 60, "each step to the disk was tried"
    assert {path.name for path in root.iterdir()} == {
        "current",
        ".pointer.lock",
        ".writer.lock",
        *snapshot.list_snapshots(root),
    }
