"""The whole way at the size of a borough: invented, received, linked and published, each step as the user types it."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from bench.runs import Run
from bench.section import FOOTPRINT, Bench, Section
from bench.watching import Cost, watch
from bench.writing import Cell, against, commands, table

SECONDS: Final = 300
PEAK_MB: Final = 4096
TARGET_SIZE: Final = 285_000


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One command of the way and what it cost."""

    name: str
    cost: Cost


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """The steps, what they made, and the bytes that lie on the disk afterwards."""

    steps: list[Step]
    residents: int
    delivered_mb: float
    records: int
    people: int
    involvements: int
    generations_mb: float
    snapshot_mb: float


def measure(bench: Bench, residents: int | None) -> Figures:
    """Go the way from nothing. What an earlier run left of this size is removed first."""
    place = bench.place(residents or 0)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    borough, data = place / "borough", place / "data"
    made = watch(
        [
            *FOOTPRINT,
            "sample",
            "--residents",
            str(residents),
            "--seed",
            str(bench.seed),
            "--out",
            str(borough),
            "--json",
        ]
    )
    about = json.loads(made.output)
    (place / "sample.json").write_text(made.output)
    delivered = borough / "deliveries" / about["last_day"]
    received = watch([*FOOTPRINT, "--data", str(data), "feeds", "receive", str(delivered), "--json"])
    (place / "receipts.json").write_text(received.output)
    published = watch([*FOOTPRINT, "--data", str(data), "publish", "--json"])
    said: dict[str, Any] = json.loads(published.output)
    return Figures(
        steps=[
            Step(name="sample", cost=made.cost),
            Step(name="receive", cost=received.cost),
            Step(name="publish", cost=published.cost),
        ],
        residents=about["residents"],
        delivered_mb=size_mb(delivered),
        records=said["records"],
        people=said["people"],
        involvements=said["involvements"],
        generations_mb=size_mb(data / "generations"),
        snapshot_mb=size_mb(data / "snapshots"),
    )


def size_mb(folder: Path) -> float:
    """Return the bytes of all files below a folder."""
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20, 1)


# ---- telling

WORDS: Final = {
    "sample": "write the borough (`sample`)",
    "receive": "receive every partner's delivery (`feeds receive`)",
    "publish": "link, index, publish (`publish`)",
}
COUNTED: Final = ("receive", "publish")
"""The steps of a real morning: writing an invented borough is none."""


def tell(runs: Sequence[Run]) -> str:
    """Return a table for each size."""
    return "\n\n".join(_tell(run.residents or 0, msgspec.convert(run.figures, Figures)) for run in runs)


def _tell(residents: int, figures: Figures) -> str:
    rows: list[Sequence[Cell]] = [
        [WORDS[step.name], step.cost.seconds, step.cost.processor_seconds, step.cost.peak_mb]
        for step in figures.steps
    ]
    counted = [step.cost for step in figures.steps if step.name in COUNTED]
    seconds, peak = sum(cost.seconds for cost in counted), max(cost.peak_mb for cost in counted)
    processor = sum(cost.processor_seconds for cost in counted)
    rows.append(["**received, linked and published**", seconds, processor, peak])
    if residents >= TARGET_SIZE:
        rows.append(
            [
                f"target ({against(seconds < SECONDS and peak < PEAK_MB)})",
                f"< {SECONDS}",
                None,
                f"< {PEAK_MB:,}",
            ]
        )
    made = (
        f"**{figures.residents:,} residents**: {figures.records:,} records with {figures.involvements:,} involvements in "
        f"{figures.delivered_mb:,.0f} MB of partners' files became {figures.people:,} people. On the disk: generations "
        f"{figures.generations_mb:,.0f} MB, snapshot {figures.snapshot_mb:,.0f} MB."
    )
    return "\n\n".join(
        [
            made,
            table(["step", "seconds", "processor seconds", "peak MB"], rows),
            commands(
                f"footprint sample --residents {residents} --out borough",
                "footprint --data data feeds receive borough/deliveries/*",
                "footprint --data data publish",
            ),
        ]
    )


ABOUT: Final = """\
One morning from nothing: each partner's files in that partner's own format, received through their contracts and gates in
confined child processes, linked, indexed and published. Each step is the command that an operator types, started cold;
seconds include starting Python. The target is for the council's machine of two cores."""

SECTION: Final = Section(
    name="way", title="The whole way", by_size=True, about=ABOUT, measure=measure, tell=tell
)
