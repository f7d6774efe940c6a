"""What time it is, twice: by the wall, in UTC, and since the machine was started, which nobody can set back.

Tests and the ledger take a `Clock`; only the composition roots know that it is the machine's.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

BOOT_FILE: Final = Path("/proc/sys/kernel/random/boot_id")


class Reading(NamedTuple):
    """One look at both clocks. `wall` is UTC; `uptime_ms` compares only with readings of the same `boot`."""

    wall: dt.datetime
    boot: str
    uptime_ms: int

    @property
    def time(self) -> str:
        """Return the wall clock in the one form of an entry, 2026-11-23T07:15:00.000000Z."""
        return written(self.wall)


Clock = Callable[[], Reading]


def written(moment: dt.datetime) -> str:
    """Return a moment (with any time zone) as UTC to the microsecond, always 27 characters."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def machine_clock() -> Clock:
    """Return the machine's clock. Where the system does not name its boots, each process counts as one."""
    boot = BOOT_FILE.read_text().strip()[:8] if BOOT_FILE.exists() else secrets.token_hex(4)
    since_boot = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

    def read() -> Reading:
        return Reading(dt.datetime.now(dt.UTC), boot, time.clock_gettime_ns(since_boot) // 1_000_000)

    return read
