"""Publishers killed at random moments, and readers while everything is swapped: always exactly one whole snapshot."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from footprint import snapshot

HERE = Path(__file__).parent
KILLS = int(os.environ.get("FOOTPRINT_KILLS", "20"))
SWAPS = 100


def start(program, *arguments, **options):
    process = subprocess.Popen(
        [sys.executable, HERE / program, *map(str, arguments)], stdout=subprocess.PIPE, text=True, **options
    )
    assert process.stdout.readline() == "ready\n"
    return process


def stamps_of(opened):
    files = [path for segment in ("people", "index") for path in opened.segment(segment).iterdir()]
    assert len(files) == 4
    return {path.read_bytes()[:8] for path in files}


def test_a_publisher_killed_at_any_moment_leaves_one_whole_snapshot(root, record_property):
    record_property("kills", KILLS)
    chance = random.Random(20261123)
    current, swaps = None, 0
    for kill in range(KILLS):
        publisher = start("publisher.py", root, kill * 1_000)
        time.sleep(chance.uniform(0, 0.08))  # the moment of the kill; whatever it is, what follows must hold
        publisher.kill()
        publisher.communicate()
        try:
            opened = snapshot.open_current(root)
        except snapshot.NothingPublished:
            assert current is None, "what was published once is never lost"
            continue
        assert stamps_of(opened) == {opened.about["stamp"].encode()}
        assert snapshot.verify(opened.folder) == []
        if len(snapshot.history(root)) > 1:
            assert snapshot.verify(root / snapshot.history(root)[-2].id) == []
        swaps += opened.id != current
        current = opened.id
        opened.close()
    assert swaps > 0, "no publisher lived long enough to publish: the kills came too soon"
    with snapshot.writing(root, {}) as draft:
        draft.segment("people")
    snapshot.publish(root, draft.id)
    snapshot.prune(root, keep=1)
    assert [path.name for path in root.iterdir() if path.name.startswith((".draft-", ".gone-"))] == []


def test_readers_never_fail_while_a_hundred_snapshots_are_swapped(root):
    def publish(number):
        stamp = b"%04d" % number
        with snapshot.writing(root, {"stamp": stamp.decode()}) as draft:
            for segment in ("people", "index"):
                (draft.segment(segment) / "file").write_bytes((stamp + b";") * 500)
        snapshot.publish(root, draft.id)

    publish(0)
    readers = [start("reader.py", root, stdin=subprocess.PIPE) for _ in range(2)]
    for number in range(1, SWAPS + 1):
        publish(number)
        if number % 10 == 0:
            snapshot.rollback(root)
        snapshot.prune(root, keep=2)
    for reader in readers:
        said, _ = reader.communicate("stop")
        reads, seen, failures = said.split(" ", 2)
        assert failures == "[]\n"
        assert int(seen) > 1
        assert int(reads) > int(seen)
