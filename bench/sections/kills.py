"""Loader, publisher, snapshots, ledger, pages and referrals, killed at random moments, many times: how often, how often torn.

The tests that `make test` runs twenty times are run here with more. A test that fails after a kill counts as torn, whatever
it was that it found wrong.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import msgspec

from bench.machine import ROOT
from bench.runs import Run
from bench.section import Bench, Section
from bench.watching import CommandFailed
from bench.writing import against, commands, table

ROOMS: Final = {
    "feeds": "loader",
    "publishing": "publisher",
    "snapshot": "snapshots",
    "ledger": "ledger",
    "web": "pages",
    "web/referrals": "referrals",
}
WANTED: Final = ("loader", "publisher", "pages", "referrals")
"""Who must have been killed as often as was asked for, before the figure is worth anything."""


class Killed(msgspec.Struct, frozen=True, kw_only=True):
    """How often one part was killed. `torn` are tests that found something wrong afterwards.

    `landed` are the kills that met the process at work and not just ended, None where the tests do not say.
    """

    who: str
    kills: int
    landed: int | None = None
    torn: int


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """All parts, and how many kills were asked for of each test."""

    asked: int
    killed: list[Killed]


def measure(bench: Bench, _residents: int | None) -> Figures:
    """Run the tests that kill, room by room."""
    there = {room: who for room, who in ROOMS.items() if (ROOT / "tests" / room).is_dir()}
    return Figures(asked=bench.kills, killed=[killed(room, who, bench.kills) for room, who in there.items()])


def killed(room: str, who: str, kills: int) -> Killed:
    """Run one room's tests that kill."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-k",
            "kill",
            f"--junitxml={report}",
            "-o",
            "junit_family=xunit1",  # the other kinds have no place for what a test records of itself
            f"tests/{room}",
            *(f"--ignore=tests/{inner}" for inner in ROOMS if inner.startswith(f"{room}/")),
        ]
        environment = os.environ | {"FOOTPRINT_KILLS": str(kills)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if not report.exists():
            raise CommandFailed(
                f"{' '.join(command)}\nended with {done.returncode} and said:\n{done.stdout[-2000:]}"
            )
        return counted(who, report)


def counted(who: str, report: Path) -> Killed:
    """Return what a report in JUnit's format says: a test tells how many it killed, or else counts as one."""
    kills = torn = 0
    landed: int | None = None
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - pytest wrote it a moment ago
        if case.find("skipped") is not None:
            continue
        said = {part.get("name"): int(part.get("value", "")) for part in case.iter("property")}
        kills += said.get("kills", 1)
        landed = said.get("landed", 0) + (landed or 0) if "landed" in said else landed
        torn += case.find("failure") is not None or case.find("error") is not None
    return Killed(who=who, kills=kills, landed=landed, torn=torn)


def tell(runs: Sequence[Run]) -> str:
    """Return the section's table."""
    figures = msgspec.convert(runs[-1].figures, Figures)
    by = {one.who: one for one in figures.killed}
    enough = all(who in by and by[who].kills >= figures.asked for who in WANTED)
    good = enough and not any(one.torn for one in figures.killed)
    return "\n\n".join(
        [
            table(
                ["killed", "times", "at work", "torn"],
                [[one.who, one.kills, one.landed, one.torn] for one in figures.killed],
            ),
            f"Target: loader, publisher, pages and referrals killed {figures.asked} times each, none torn: {against(good)}.",
            commands(f"FOOTPRINT_KILLS={figures.asked} pytest -k kill tests"),
        ]
    )


ABOUT: Final = """\
A process is started as a user would start it and killed (SIGKILL) at a random moment of its work; then what stands is read as
any reader would. Torn is any state but the old one whole or the new one whole; for the ledger, any acknowledged entry lost.
The pages are visited without pause meanwhile. Half of their kills are of the site and half of its database, and torn is also an
answer without its entry, or an entry without what is remembered of who was shown whom. For referrals those who submit, those who
deliver and those who receive are killed in turn; torn is a referral that was acknowledged and lost, or that had two effects."""

SECTION: Final = Section(
    name="kills", title="Killed at random moments", by_size=False, about=ABOUT, measure=measure, tell=tell
)
