"""The loader killed at random moments: the old generation stands whole, or the new one does, and loading goes on.

Twenty kills by default; FOOTPRINT_KILLS asks for more. What a failure prints brings its moments back.
"""

import contextlib
import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from footprint.feeds import arrivals, generations
from tests.feeds.looking import whole
from tests.feeds.making import DAY, acute, attendances

KILLS = int(os.environ.get("FOOTPRINT_KILLS", "20"))
SEED = int(os.environ.get("FOOTPRINT_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 30)
ROOT = Path(__file__).parents[2]


class Loader:
    """The process of `loader.py`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.feeds.loader"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )

    def load(self, data: Path, delivery: Path, kill_after: float | None = None) -> float:
        """Load a delivery, killing the loader after some seconds where that is said; return how long it lived."""
        self._process.stdin.write(f"{data} {delivery}\n")
        self._process.stdin.flush()
        child = int(self._process.stdout.readline())
        started = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self._process.stdout.readline()
        return time.monotonic() - started

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@pytest.fixture
def loader():
    started = Loader()
    yield started
    started.close()


def deliveries(base: Path, count: int) -> list[Path]:
    start = DAY - dt.timedelta(days=count)
    return [
        acute(
            base / f"{number:04}",
            attendances(range(number, number + 300)).replace("Khan", f"Khan{number}-"),
            day=start + dt.timedelta(days=number),
            sequence=number,
        )
        for number in range(1, count + 1)
    ]


def test_a_killed_loader_leaves_one_generation_whole(loader, data, tmp_path, record_property):
    record_property("kills", KILLS)
    moments = random.Random(SEED)
    listed = deliveries(tmp_path / "in", min(KILLS, 12) + 1)
    reference = tmp_path / "reference"
    took = [loader.load(reference, listed[0])]
    took += [loader.load(reference, delivery) for delivery in listed[1:3]]
    assert generations.current(reference, "acute").standing.number == 3

    loader.load(data, listed[0])
    clean = tmp_path / "clean"
    loader.load(clean, listed[0])
    place, old = 1, whole(data, "acute")
    loader.load(clean, listed[place])
    new = whole(clean, "acute")
    for _ in range(KILLS):
        loader.load(data, listed[place], kill_after=moments.uniform(0, max(took)))
        state = whole(data, "acute")
        assert state in (old, new), f"torn: FOOTPRINT_SEED={SEED} brings these moments back"
        if state == new and place + 1 < len(listed):
            place, old = place + 1, new
            loader.load(clean, listed[place])
            new = whole(clean, "acute")
    loader.load(data, listed[place])
    assert whole(data, "acute") == new
    assert generations.current(data, "acute").standing.sequence == place + 1
    assert not list((data / "deliveries").glob(".work-*"))
    kept = {path.name for path in (data / "generations" / "acute").iterdir() if path.is_dir()}
    lineage = generations.read_lineage(data, "acute")
    assert kept - {".building"} == {f"{number:06}" for number in lineage.line}
    assert all(
        arrivals.receipt_in(arrival.folder).outcome == "accepted"
        for arrival in arrivals.history(data, "acute")
    )
