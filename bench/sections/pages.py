"""The pages as duty workers see them: eight at once, every look-up in the ledger, on SQLite and on PostgreSQL."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec

from bench.machine import ROOT
from bench.runs import Run
from bench.section import FOOTPRINT, Bench, Section
from bench.sections.entries import postgresql
from bench.watching import watch
from bench.writing import Cell, against, commands, table

VISITORS: Final = 8
LOOK_UPS: Final = 40
AT_WORK: Final = 15
"""Look-ups of each who reads: so many, for each takes as long as reading does."""
READING: Final = 2.0
"""Seconds for which somebody at work looks at a page before the next step: short, for a page that holds a child's year."""
WARMING: Final = 4
WORKERS: Final = 2
THREADS: Final = 4
P95_MS: Final = 150
TARGET_SIZE: Final = 285_000


class Took(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of page: how many were asked for, and milliseconds."""

    pages: int
    p50_ms: float
    p95_ms: float


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """One database: the pages for many who never pause, for as many who read, for one alone, and each worker's memory.

    Memory is in MB: a worker's own, and with its share of what is mapped (PSS).
    """

    database: str
    search: Took
    footprint: Took
    search_at_work: Took
    footprint_at_work: Took
    search_alone: Took
    footprint_alone: Took
    own_mb: float
    share_mb: float


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Every database."""

    served: list[Served]


def measure(bench: Bench, residents: int | None) -> Figures:
    """Serve the borough of a size on each database, and visit it."""
    place = bench.place(residents or 0)
    records = place / "borough" / "truth" / "records_flat.parquet"
    found = [serve("SQLite", place / "data", "", records)]
    with postgresql() as url:
        if url:
            found.append(serve("PostgreSQL", place / "data", url, records))
    return Figures(served=found)


def serve(database: str, data: Path, url: str, records: Path) -> Served:
    """Start the site over a copy of the data folder, visit it, and look at its workers' memory."""
    with (
        tempfile.TemporaryDirectory(dir=data.parent) as scratch,
        site(data, Path(scratch), url) as (address, pids),
    ):
        visits(address, records, VISITORS, WARMING)
        alone = visits(address, records, 1, LOOK_UPS)
        at_work = visits(address, records, VISITORS, AT_WORK, READING)
        took = visits(address, records, VISITORS, LOOK_UPS)
        own, share = zip(*(memory(pid) for pid in pids()), strict=True)
    return Served(
        database=database,
        search=told(took["search"]),
        footprint=told(took["footprint"]),
        search_at_work=told(at_work["search"]),
        footprint_at_work=told(at_work["footprint"]),
        search_alone=told(alone["search"]),
        footprint_alone=told(alone["footprint"]),
        own_mb=round(max(own), 1),
        share_mb=round(max(share), 1),
    )


@contextmanager
def site(data: Path, scratch: Path, url: str) -> Iterator[tuple[str, Any]]:
    """Run the site as its command does; give its address and how to find its workers."""
    folder = scratch / "data"
    folder.mkdir()
    for name in ("snapshots", "generations"):
        shutil.copytree(data / name, folder / name, copy_function=os.link)
    limits = "limits: {soft_per_hour: 100000, soft_per_day: 100000, hard_per_day: 100000, results: 20}"
    agreement = (ROOT / "src/footprint/sharing/agreements/aldermarch.yaml").read_text()
    lines = [limits if line.startswith("limits:") else line for line in agreement.splitlines()]
    (folder / "agreement.yaml").write_text("\n".join(lines) + "\n")
    (folder / "partnership.yaml").write_text("id: aldermarch\nname: Invented\n")
    environment = surroundings(scratch, url)
    address = free_address()
    run(
        environment,
        "serve",
        "--listen",
        address,
        "--workers",
        str(WORKERS),
        "--threads",
        str(THREADS),
        "--detach",
    )
    manage(scratch, url, "demo_accounts")
    try:
        yield f"http://{address}", lambda: workers(int((folder / "site.pid").read_text()))
    finally:
        run(environment, "serve", "--stop")


def surroundings(scratch: Path, url: str) -> dict[str, str]:
    """Return the environment in which the site in a scratch folder runs."""
    return os.environ | {
        "FOOTPRINT_DATA": str(scratch / "data"),
        "FOOTPRINT_DEMO": "1",
        "FOOTPRINT_DATABASE": url,
    }


def manage(scratch: Path, url: str, *arguments: str) -> None:
    """Run a command of the site."""
    command = [sys.executable, "-m", "footprint.web", *arguments]
    subprocess.run(command, env=surroundings(scratch, url), check=True, capture_output=True)


def run(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([*FOOTPRINT, *arguments], env=environment, check=True, capture_output=True)


def free_address() -> str:
    from footprint.cli.serving import free_address as free

    return free()


def visits(
    address: str, records: Path, visitors: int, look_ups: int, reading: float = 0
) -> dict[str, list[float]]:
    """Visit in a process of its own, so that its work is not taken for the site's."""
    numbers = map(str, (visitors, look_ups, reading))
    command = [sys.executable, "-m", "bench.visiting", address, str(records), *numbers]
    took: dict[str, list[float]] = json.loads(watch(command).output)
    return took


def told(milliseconds: Sequence[float]) -> Took:
    """Return the median and the 95th percentile."""
    cuts = statistics.quantiles(milliseconds, n=100, method="inclusive")
    return Took(pages=len(milliseconds), p50_ms=round(cuts[49], 1), p95_ms=round(cuts[94], 1))


def workers(first: int) -> list[int]:
    """Return the processes that answer: the children of the server that the first process started."""
    names = [one.name for one in Path("/proc").iterdir() if one.name.isdecimal()]
    children = {int(name): parent(int(name)) for name in names}
    servers = [pid for pid, above in children.items() if above == first]
    return [pid for pid, above in children.items() if above in servers]


def parent(pid: int) -> int:
    try:
        return int((Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return 0


def memory(pid: int) -> tuple[float, float]:
    """Return the MB that are a process's own, and its proportional share of all that it has mapped."""
    lines = (Path("/proc") / str(pid) / "smaps_rollup").read_text().splitlines()
    kilobytes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines[1:])}
    own = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return own / 1024, kilobytes["Pss"] / 1024


# ---- telling


def tell(runs: Sequence[Run]) -> str:
    """Return a table for each size."""
    return "\n\n".join(
        [
            *(_tell(run.residents or 0, msgspec.convert(run.figures, Figures)) for run in runs),
            commands(
                "footprint --data data serve --workers 2 --threads 4",
                f"python -m bench.visiting http://127.0.0.1:8000 borough/truth/records_flat.parquet {VISITORS} {LOOK_UPS} 0",
            ),
        ]
    )


def _tell(residents: int, figures: Figures) -> str:
    head = [f"{residents:,} residents", *(one.database for one in figures.served), "target"]
    rows: list[Sequence[Cell]] = [
        row
        for what, kind in (("a look-up, from button to results", "search"), ("a footprint", "footprint"))
        for row in _rows(what, kind, figures, with_target=residents >= TARGET_SIZE)
    ]
    rows += [
        [
            "look-ups and footprints measured",
            *(one.search.pages + one.footprint.pages for one in figures.served),
            "",
        ],
        ["memory of a worker, its own, MB", *(one.own_mb for one in figures.served), ""],
        [
            "memory of a worker, with its share of what is mapped, MB",
            *(one.share_mb for one in figures.served),
            "",
        ],
    ]
    return table(head, rows)


def _rows(what: str, kind: str, figures: Figures, *, with_target: bool) -> list[Sequence[Cell]]:
    """How long one kind of page took: who never pauses, who reads, and who is alone."""

    def row(label: str, figure: str, share: str, *, has_target: bool) -> Sequence[Cell]:
        took = [getattr(getattr(one, figure), share) for one in figures.served]
        target = f"≤ {P95_MS} ({against(max(took) <= P95_MS)})" if has_target and with_target else ""
        return [label, *took, target]

    return [
        row(f"{what}, {VISITORS} without a pause, p50 ms", kind, "p50_ms", has_target=False),
        row("the same, p95 ms", kind, "p95_ms", has_target=True),
        row(f"{what}, {VISITORS} who read, p50 ms", f"{kind}_at_work", "p50_ms", has_target=False),
        row("the same, p95 ms", f"{kind}_at_work", "p95_ms", has_target=True),
        row(f"{what}, one alone, p95 ms", f"{kind}_alone", "p95_ms", has_target=False),
    ]


ABOUT: Final = f"""\
{VISITORS} duty workers at once: each asks for a person, and opens the first who comes. *Without a pause* nobody ever reads
what is there: no front door works so, and it shows what the machine can bear. *Who read* look at each page for some
{READING:.0f} seconds. The site runs as its command starts it, with {WORKERS} processes of {THREADS} threads, on the same cores
as its visitors. Every look-up and every footprint writes two entries, intent and outcome, each safe on the disk before a byte
of the answer leaves. A look-up is a form sent, a redirect followed, and the results."""

SECTION: Final = Section(
    name="pages", title="The pages", by_size=True, about=ABOUT, measure=measure, tell=tell
)
