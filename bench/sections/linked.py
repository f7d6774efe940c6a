"""Linking of the whole borough against the truth that lies beside it: what was joined, what could be, and what was wrong.

It reads the very links of the snapshot that the whole way published; nothing is linked again for the figure.
"""

import datetime as dt
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb
import msgspec
import polars as pl

from bench.runs import Run
from bench.section import Bench, Section
from bench.writing import against, commands, share, table
from footprint import snapshot
from footprint.feeds.generations import current_generations
from footprint.linking import against_truth
from footprint.linking.against_truth import RunFigures
from footprint.publishing.gathering import COMPARED, gather
from footprint.publishing.task import LINKS, root

GROWN: Final = 18
PRECISION: Final = 0.999
OF_CEILING: Final = 0.90
SHOWN: Final = 0.95


def measure(bench: Bench, residents: int | None) -> RunFigures:
    """Measure the published links of the borough of this size."""
    place = bench.place(residents or 0)
    about = json.loads((place / "sample.json").read_text())
    truth = truth_of(place / "borough" / "truth", dt.date.fromisoformat(about["last_day"]))
    with (
        tempfile.TemporaryDirectory(dir=place) as scratch,
        snapshot.open_current(root(place / "data")) as current,
    ):
        comparables = linked_records(place / "data", Path(scratch) / "comparables.parquet")
        return against_truth.measure(current.segment(LINKS), [comparables], truth)


def linked_records(data: Path, file: Path) -> Path:
    """Write the records as publishing links them, each once: what several feeds of one partner say is put together."""
    engine = duckdb.connect()
    gather(engine, current_generations(data))
    engine.execute(f"COPY (SELECT {COMPARED}, first_reported FROM stated) TO '{file}' (FORMAT parquet)")
    engine.close()
    return file


def truth_of(folder: Path, day: dt.date) -> pl.DataFrame:
    """Return key, human and child (under 18 on the day, or not yet born) of every record of the borough."""
    grown = day.replace(year=day.year - GROWN, day=min(day.day, 28))
    people = pl.scan_parquet(folder / "people.parquet").select(
        pl.col("person").alias("human"),
        child=pl.coalesce("date_of_birth", "expected").gt(grown).fill_null(value=False),
    )
    records = pl.scan_parquet(folder / "records.parquet").select(
        key=pl.concat_str("partner", "scheme", "id", separator="/"), human="person"
    )
    return records.unique("key").join(people.unique("human"), on="human").collect()


def tell(runs: Sequence[Run]) -> str:
    """Return the section's table: one column a size."""
    figures = [msgspec.convert(run.figures, RunFigures) for run in runs]
    head = ["", *(f"{run.residents:,} residents" for run in runs), "target"]

    def row(words: str, field: str, target: str, *, as_share: bool = False) -> list[str | int | float]:
        values = [getattr(one, field) for one in figures]
        return [words, *(map(share, values) if as_share else values), target]

    rows = [
        row("records of people whom truth knows", "records", ""),
        row("pairs of records of one person", "true_pairs", ""),
        row("the evidence rule's ceiling", "ceiling", "", as_share=True),
        row("joined", "joined", "", as_share=True),
        row("joined, of the ceiling", "joined_of_ceiling", f"≥ {OF_CEILING:.2f}", as_share=True),
        row("joined or at least possible", "possible_or_joined", f"≥ {SHOWN:.2f}", as_share=True),
        row("precision of what was joined", "precision", f"≥ {PRECISION}", as_share=True),
        row("pairs joined wrongly", "false_joins", ""),
        row("of these, of two children", "false_joins_of_children", "0"),
    ]
    return "\n\n".join(
        [
            table(head, rows),
            " ".join(_verdict(run, one) for run, one in zip(runs, figures, strict=True)),
            commands(
                *(f"python -m bench --only way --only linking --sizes {run.residents}" for run in runs),
            ),
        ]
    )


def _verdict(run: Run, figures: RunFigures) -> str:
    met = {
        "precision": figures.precision >= PRECISION,
        "no false join of two children": not figures.false_joins_of_children,
        "joined": figures.joined_of_ceiling >= OF_CEILING,
        "at least possible": figures.possible_or_joined >= SHOWN,
    }
    return (
        f"At {run.residents:,}: " + ", ".join(f"{name} {against(good)}" for name, good in met.items()) + "."
    )


ABOUT: Final = """\
Of all pairs of records that are truly of one person, in different partners' files or in one partner's twice. The *ceiling* is
what the evidence rule would join if every true pair were compared and nothing else were: no run can join more without
breaking the rule. *Precision* is of pairs within people; a false join of two children is two different children in one
person, which the rule exists to prevent. The truth is read by this measurement alone."""

SECTION: Final = Section(
    name="linking",
    title="Linking the borough, against its truth",
    by_size=True,
    about=ABOUT,
    measure=measure,
    tell=tell,
)
