"""`make bench`: measure, keep each section's figures under bench/results/, and write docs/figures.md from all of them."""

import argparse
import fcntl
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from bench import page, runs
from bench.machine import ROOT, this_machine
from bench.runs import Run
from bench.section import Bench, Section
from bench.sections import SECTIONS


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for and write the page. The exit code is the number of measurements that failed."""
    asked = _parser().parse_args(arguments)
    if asked.render:
        page.write(SECTIONS, runs.load())
        return 0
    bench = Bench(folder=asked.folder.resolve(), seed=asked.seed, kills=asked.kills)
    failed = 0
    with alone(bench.folder):
        for section, residents in _plan(asked.only, asked.sizes):
            failed += not _measured(section, bench, residents)
            page.write(SECTIONS, runs.load())
    print(f"docs/figures.md is written{f'; {failed} measurements failed' if failed else ''}.")
    return failed


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder for one run: two at once would take each other's boroughs away, and neither's seconds be worth a line."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(
                f"Another run measures in {folder}. Wait for it, or give --folder another."
            ) from None
        yield


def _plan(only: Sequence[str], sizes: Sequence[int]) -> Iterator[tuple[Section, int | None]]:
    """Yield what to measure: all that needs one borough together, so that its data is made once and used warm."""
    chosen = [section for section in SECTIONS if not only or section.name in only]
    for residents in sizes:
        yield from ((section, residents) for section in chosen if section.by_size)
    yield from ((section, None) for section in chosen if not section.by_size)


def _measured(section: Section, bench: Bench, residents: int | None) -> bool:
    """Measure one section and keep its figures. A failure is told, and the figures before it stand."""
    name = section.name + (f" at {residents:,} residents" if residents else "")
    print(f"{name} ...", flush=True)
    machine, start = this_machine(), time.monotonic()
    try:
        figures: Any = msgspec.to_builtins(section.measure(bench, residents))
    except Exception as error:  # noqa: BLE001 - one section that fails must not cost an hour of others
        print(f"{name} FAILED: {error}", file=sys.stderr, flush=True)
        return False
    runs.save(Run(section=section.name, residents=residents, machine=machine, figures=figures))
    print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)
    return True


def _sizes(text: str) -> list[int]:
    return sorted(int(part.replace("_", "")) for part in text.split(","))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--sizes", type=_sizes, default=[30_000, 285_000], help="residents of the boroughs, by commas"
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=[section.name for section in SECTIONS],
        default=[],
        help="one section; repeat for more",
    )
    parser.add_argument("--kills", type=int, default=200, help="how often to kill in each test that kills")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the boroughs")
    parser.add_argument(
        "--folder", type=Path, default=ROOT / "var" / "bench", help="where the boroughs and their data lie"
    )
    parser.add_argument(
        "--render", action="store_true", help="only write the page again from the figures kept"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
