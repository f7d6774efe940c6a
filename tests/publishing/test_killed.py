"""A publisher killed at any moment: the old snapshot stands whole, or the new one does. FOOTPRINT_KILLS says how often."""

import multiprocessing
import os
import random
import signal
import time

from footprint import snapshot
from footprint.answer.opened import OpenedSnapshot
from footprint.publishing.task import root
from tests.publishing.conftest import deliver, happened, person, run

KILLS = int(os.environ.get("FOOTPRINT_KILLS", "20"))
NUMBERS = ("9434765919", "9434765870", "9434765838", "9434765900")


def fill(data, day):
    """Two partners and some families; `day` changes what happened, so that every publishing writes another snapshot."""
    people = [
        person(f"police/person-id/{n}", "Ava", f"Family{chr(97 + n)}", (2015, 1, n + 1)) for n in range(20)
    ]
    facts = [happened(str(one.key), "incident", f"2026-06-{day % 28 + 1:02}") for one in people]
    deliver(data, "police", people, facts)
    deliver(data, "acute", [person("acute-trust/patient-id/1", "Ava", "Familya", (2015, 1, 1))])


def publish_once(data):
    run(data)


def is_whole(data):
    """Whether the current snapshot is what its manifest says, and answers."""
    current = snapshot.current_id(root(data))
    content = OpenedSnapshot(snapshot.open_snapshot(root(data), current))
    return (
        snapshot.verify(root(data) / current) == [] and len(content.entry("police/person-id/1").reported) == 1
    )


def test_a_publisher_killed_at_any_moment_leaves_a_whole_snapshot(tmp_path, record_property):
    data = tmp_path / "data"
    fill(data, 0)
    # The server imports the engines once, before it has any thread; each child starts from there in no time.
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.publishing.test_killed"])
    first = processes.Process(target=publish_once, args=(data,))
    first.start()
    first.join()
    assert is_whole(data)
    started = time.monotonic()
    second = processes.Process(target=publish_once, args=(data,))
    second.start()
    second.join()
    takes = time.monotonic() - started
    dice = random.Random(20261123)
    landed = 0
    for number in range(KILLS):
        before = snapshot.current_id(root(data))
        fill(data, number + 1)
        child = processes.Process(target=publish_once, args=(data,))
        child.start()
        time.sleep(dice.uniform(0, 0.9 * takes))
        child.kill()  # SIGKILL, or nothing where it has just ended by itself
        child.join()
        landed += child.exitcode == -signal.SIGKILL
        assert is_whole(data), f"torn after kill {number}"
        assert before in snapshot.list_snapshots(root(data))
    record_property("kills", KILLS)
    record_property("landed", landed)
    assert landed, "no kill hit a publisher at work: the test tests nothing"
    publish_once(data)
    assert is_whole(data)
    assert not [path for path in root(data).iterdir() if path.name.startswith(".draft")]
