"""On what a figure was measured: without this line a figure means nothing."""

import datetime as dt
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

import msgspec

ROOT = Path(__file__).parent.parent

LIBRARIES = ("duckdb", "splink", "polars", "numpy", "numba", "rapidfuzz", "msgspec")
"""The libraries that most of the time is spent in."""


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when something ran. `load` is the mean number of busy processes in the minute before it began."""

    day: str
    processor: str
    cores: int
    memory_gb: float
    system: str
    python: str
    libraries: dict[str, str]
    commit: str
    load: float

    def words(self) -> str:
        """Return the machine, but not the moment, as one line of the page."""
        libraries = ", ".join(f"{name} {number}" for name, number in self.libraries.items())
        return (
            f"{self.cores} cores ({self.processor}), {self.memory_gb:.0f} GB of memory, {self.system}; "
            f"Python {self.python}, {libraries}"
        )


def this_machine() -> Machine:
    """Return what can be said of this machine now."""
    return Machine(
        day=dt.datetime.now(tz=dt.UTC).date().isoformat(),
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory_gb=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        libraries={name: version(name) for name in LIBRARIES},
        commit=_commit(),
        load=round(os.getloadavg()[0], 2),
    )


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _commit() -> str:
    try:
        changed = _git("status", "--porcelain", "--", "src", "bench", "requirements")
        return _git("rev-parse", "--short", "HEAD") + (" with uncommitted changes" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(*asked: str) -> str:
    command = ["git", *asked]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
