"""Honest progress: what is being done, how far it is where that is known, and how long it took."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

#: Seconds between two signs of life within one step.
_EVERY = 0.2


class Step:
    """One step under way. On a terminal its line is written over; elsewhere only its end is told."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._live = sys.stderr.isatty()
        self._last = 0.0
        self.result = ""

    def at(self, remark: str) -> None:
        """Say how far it is."""
        now = time.monotonic()
        if self._live and now - self._last >= _EVERY:
            self._last = now
            sys.stderr.write(f"\r\x1b[2K  {self._title:<44} {remark}")
            sys.stderr.flush()

    def over(self, seconds: float) -> None:
        """Say how long it took, and what came of it."""
        start = "\r\x1b[2K" if self._live else ""
        sys.stderr.write(f"{start}  {self._title:<44} {seconds:6.1f} s  {self.result}".rstrip() + "\n")
        sys.stderr.flush()


@contextmanager
def step(title: str) -> Iterator[Step]:
    """Do one step, and tell of it. A step that fails tells nothing: its error does."""
    found = Step(title)
    found.at("...")
    started = time.monotonic()
    yield found
    found.over(time.monotonic() - started)
