"""Runs a command as a user would and watches what it costs: seconds, processor seconds, and memory with all its children.

The kernel's own peak (`ru_maxrss`) is that of the largest single process. A command that shares its work among several
would look small by it, so the memory of the whole tree is summed, several times a second, while it runs. Pages that two
processes share count twice: the figure may be too high, never too low by more than what came and went between two looks.
"""

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

LOOKS_PER_SECOND = 20
PAGE = os.sysconf("SC_PAGE_SIZE")


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """What one command took. `peak_mb` (2^20 bytes) is of the command and its children together."""

    seconds: float
    processor_seconds: float
    peak_mb: float


class Ran(msgspec.Struct, frozen=True, kw_only=True):
    """A command that ended: what it printed, how, and what it cost."""

    code: int
    output: str
    complaint: str
    cost: Cost


class CommandFailed(RuntimeError):
    """A command that is measured ended badly: a figure of it would be a lie."""


def watch(command: Sequence[str]) -> Ran:
    """Run a command to its end and return what it cost. Raises CommandFailed, with its own words, where it fails."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaint:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=output, stderr=complaint, stdin=subprocess.DEVNULL)
        tree = _Tree(child.pid)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        # The kernel's own peak counts what the parent held when it forked: taken only where nothing else tells.
        peak = tree.stop() or usage.ru_maxrss * 1024
        for stream in (output, complaint):
            stream.seek(0)
        ran = Ran(
            code=child.returncode,
            output=output.read().decode(errors="replace"),
            complaint=complaint.read().decode(errors="replace"),
            cost=Cost(
                seconds=round(seconds, 2),
                processor_seconds=round(usage.ru_utime + usage.ru_stime, 2),
                peak_mb=round(peak / 2**20, 1),
            ),
        )
    if ran.code:
        said = (ran.complaint or ran.output).strip()[-2000:]
        raise CommandFailed(f"{' '.join(map(str, command))}\nended with {ran.code} and said:\n{said}")
    return ran


class _Tree:
    """Looks at the memory of a process and all below it until it is told to stop."""

    def __init__(self, top: int) -> None:
        self._top = top
        self._peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """Return the most bytes seen at once."""
        self._ended.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._ended.wait(1 / LOOKS_PER_SECOND):
            self._peak = max(self._peak, sum(map(resident, family(self._top))))


def family(top: int) -> set[int]:
    """Return a process and all below it. Only Linux tells; elsewhere the kernel's own peak must do."""
    below: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        parent = _parent(folder)
        if parent is not None:
            below.setdefault(parent, []).append(int(folder.name))
    found, waiting = set(), [top]
    while waiting:
        number = waiting.pop()
        found.add(number)
        waiting += below.get(number, [])
    return found


def _parent(folder: Path) -> int | None:
    try:
        # The name stands in brackets and may hold anything; what follows the last bracket is plain.
        return int((folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return None  # it ended while we looked


def resident(number: int) -> int:
    """Return the bytes of memory that a process has now; 0 when it has ended."""
    try:
        return int(Path(f"/proc/{number}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0
