"""How fast the ledger takes entries, each safe on the disk before it is acknowledged, on the databases that are here.

Its pace is the disk's: so the same disk is asked in the same run how often it makes a small write safe, and entries are
told as a share of that. PostgreSQL runs with its own durable defaults, unlike in the tests.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec

from bench.runs import Run
from bench.section import Bench, Section
from bench.writing import Cell, commands, table
from tests.private_postgresql import running_postgresql

LOOK_UPS: Final = 1_000
BATCHED: Final = 10_000
BATCH: Final = 50
WRITERS: Final = 2
SYNCS: Final = 500
DURABLE: Final = ("listen_addresses=", "shared_buffers=32MB")


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """Entries a second on one database, in three ways; and the seconds to check `held` entries from first to last."""

    database: str
    single: float
    shared: float
    batched: float
    held: int
    verify_seconds: float


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """The paces, and how many small writes a second the disk makes safe (`syncs`)."""

    syncs: float
    paces: list[Pace]


def measure(bench: Bench, _residents: int | None) -> Figures:
    """Measure on SQLite, and on PostgreSQL where it is installed."""
    bench.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
        syncs = safe_writes(Path(folder))
        paces = [pace("SQLite", str(Path(folder) / "ledger.sqlite3"))]
    with postgresql() as url:
        if url:
            paces.append(pace("PostgreSQL", url))
    return Figures(syncs=syncs, paces=paces)


def safe_writes(folder: Path) -> float:
    """Return how many writes of one block a second reach the disk, one after another."""
    block = os.urandom(4096)
    with (folder / "block").open("wb", buffering=0) as file:
        start = time.perf_counter()
        for _ in range(SYNCS):
            file.write(block)
            os.fsync(file.fileno())
        return round(SYNCS / (time.perf_counter() - start), 1)


def pace(database: str, address: str) -> Pace:
    """Measure one database."""
    single = at_once(address, 1, LOOK_UPS)
    shared = at_once(address, WRITERS, LOOK_UPS)
    batched = at_once(address, 1, BATCHED, BATCH)
    checked = enter(address, "verify")
    return Pace(
        database=database,
        single=single,
        shared=shared,
        batched=batched,
        held=checked["entries"],
        verify_seconds=round(checked["seconds"], 2),
    )


def at_once(address: str, writers: int, look_ups: int, batch: int = 1) -> float:
    """Return the entries a second of several processes that write at once to one ledger."""
    command = [sys.executable, "-m", "bench.entering", address, str(look_ups // writers), str(batch)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(writers)]
    said = [json.loads(process.communicate()[0]) for process in running]
    entered, seconds = sum(one["entries"] for one in said), max(one["seconds"] for one in said)
    return round(float(entered / seconds), 1)


def enter(address: str, *what: str) -> Any:
    done = subprocess.run([sys.executable, "-m", "bench.entering", address, *what], capture_output=True, check=True)  # fmt: skip
    return json.loads(done.stdout)


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the URL of a PostgreSQL of our own, durable as it comes; empty where none is installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, debian)])
    initdb, postgres = (shutil.which(program, path=path) for program in ("initdb", "postgres"))
    if not (initdb and postgres):
        yield ""
        return
    with running_postgresql(Path(initdb).resolve(), Path(postgres).resolve(), DURABLE) as url:
        yield url


def tell(runs: Sequence[Run]) -> str:
    """Return the section's text and table."""
    figures = msgspec.convert(runs[-1].figures, Figures)
    head = [
        "",
        "one commit each",
        f"the same, {WRITERS} processes",
        f"{2 * BATCH} in a commit",
        "entries checked",
        "seconds to check all",
    ]
    rows: list[Sequence[Cell]] = [
        [one.database, one.single, one.shared, one.batched, one.held, one.verify_seconds]
        for one in figures.paces
    ]
    return "\n\n".join(
        [
            "Entries a second:",
            table(head, rows),
            f"The disk made {figures.syncs:,.0f} writes of 4 KB safe a second, one after another, in the same run.",
            commands(
                "python -m bench --only ledger",
                "python -m bench.entering FILE.sqlite3 1000 1    # look-ups, and look-ups in a commit",
                "python -m bench.entering FILE.sqlite3 verify",
            ),
        ]
    )


ABOUT: Final = f"""\
A look-up enters what is asked before it is put and what is shown before it leaves: two entries, each safe on the disk before
anything goes on. What was typed lies encrypted under a key of the entry's own. *One commit each* is what a duty worker waits
for, twice; {2 * BATCH} in a commit is how a spool catches up after an outage. A borough that made a look-up every second of the
working day would need two a second. The check reads every entry, hashes it anew and compares every node of the tree."""

SECTION: Final = Section(
    name="ledger", title="The ledger", by_size=False, about=ABOUT, measure=measure, tell=tell
)
