"""The runs on the disk: each section writes its own file, so that a run of one keeps the figures of all others."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from bench.machine import Machine

RESULTS = Path(__file__).parent / "results"


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One section measured once: for a borough of `residents`, or for no borough (None)."""

    section: str
    residents: int | None
    machine: Machine
    figures: Any


def save(run: Run, folder: Path = RESULTS) -> Path:
    """Write a run in the place of the one before it."""
    folder.mkdir(parents=True, exist_ok=True)
    size = "" if run.residents is None else f"-{run.residents}"
    path = folder / f"{run.section}{size}.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(run), indent=1) + b"\n")
    return path


def load(folder: Path = RESULTS) -> list[Run]:
    """Return all runs, a section's in the order of size."""
    runs = [msgspec.json.decode(path.read_bytes(), type=Run) for path in sorted(folder.glob("*.json"))]
    return sorted(runs, key=lambda run: (run.section, run.residents or 0))


def of(section: str, runs: Iterable[Run]) -> list[Run]:
    """Return the runs of one section."""
    return [run for run in runs if run.section == section]
