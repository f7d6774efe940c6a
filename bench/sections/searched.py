"""Search over the borough's records with questions that go wrong in many ways, and a batch engine made live beside it."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import polars as pl

from bench.runs import Run
from bench.section import FOOTPRINT, Bench, Section
from bench.watching import watch
from bench.writing import Cell, against, commands, share, table

OF_EACH_KIND: Final = 250
FOR_THE_PEER: Final = 20
P99_MS: Final = 20


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of question."""

    queries: int
    recall_at_1: float
    recall_at_5: float


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One engine on one set of questions. `records` and `index_bytes` are nought where the engine does not say."""

    queries: int
    build_seconds: float
    p50_ms: float
    p99_ms: float
    recall_at_1: float
    recall_at_5: float
    records: int = 0
    index_bytes: int = 0
    by_kind: dict[str, Kind] = {}


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """All questions, and on the first few of each kind both engines."""

    whole: Found
    few: Found
    peer: Found


def measure(bench: Bench, residents: int | None) -> Figures:
    """Ask every question; ask the first of each kind again, and the peer the same."""
    from footprint.sample import write_queries

    truth = bench.place(residents or 0) / "borough" / "truth"
    write_queries(truth.parent, OF_EACH_KIND, bench.seed)
    few = first_of_each_kind(truth / "queries.parquet")
    records = truth / "records_flat.parquet"
    return Figures(
        whole=ours(records, truth / "queries.parquet"),
        few=ours(records, few),
        peer=found(watch([sys.executable, "-m", "bench.peers.searching", str(records), str(few)]).output),
    )


def first_of_each_kind(queries: Path) -> Path:
    """Write the first questions of each kind beside the whole, and return their file."""
    few = queries.with_name("queries_few.parquet")
    place = pl.int_range(pl.len()).over("kind")
    pl.read_parquet(queries).filter(place < FOR_THE_PEER).write_parquet(few)
    return few


def ours(records: Path, queries: Path) -> Found:
    """Measure our own search by its command."""
    given = [
        "--columns",
        str(queries.with_name("query_columns.yaml")),
        "--truth",
        "person",
        "--kind",
        "kind",
        "--json",
    ]
    return found(watch([*FOOTPRINT, "evaluate", "search", str(records), str(queries), *given]).output)


def found(output: str) -> Found:
    said: dict[str, Any] = msgspec.json.decode(output)
    return msgspec.convert({name: said[name] for name in Found.__struct_fields__ if name in said}, Found)


# ---- telling


def tell(runs: Sequence[Run]) -> str:
    """Return the figures of each size, then a table of kinds."""
    figures = [(run.residents or 0, msgspec.convert(run.figures, Figures)) for run in runs]
    return "\n\n".join(
        [
            table(
                ["", *(f"{size:,} residents" for size, _ in figures), "target"],
                [[words, *cells, target] for words, cells, target in _rows([one for _, one in figures])],
            ),
            *(_beside(size, one) for size, one in figures),
            "Recall at 1 / at 5 by kind of question:",
            table(
                ["kind", *(f"{size:,} residents" for size, _ in figures)],
                list(_kinds([one for _, one in figures])),
            ),
            commands(
                "footprint evaluate search borough/truth/records_flat.parquet borough/truth/queries.parquet \\",
                "    --columns borough/truth/query_columns.yaml --truth person --kind kind",
                "python -m bench.peers.searching borough/truth/records_flat.parquet borough/truth/queries_few.parquet",
            ),
        ]
    )


def _rows(figures: Sequence[Figures]) -> list[tuple[str, list[Cell], str]]:
    whole = [one.whole for one in figures]
    met = against(all(one.p99_ms < P99_MS for one in whole))
    return [
        ("records indexed", [one.records for one in whole], ""),
        ("questions", [one.queries for one in whole], ""),
        ("seconds to build the index", [one.build_seconds for one in whole], ""),
        ("index, MB", [one.index_bytes / 2**20 for one in whole], ""),
        ("p50, ms", [one.p50_ms for one in whole], ""),
        ("p99, ms", [one.p99_ms for one in whole], f"< {P99_MS} ({met})"),
        ("right person first", [share(one.recall_at_1) for one in whole], ""),
        ("right person among five", [share(one.recall_at_5) for one in whole], ""),
    ]


def _beside(size: int, one: Figures) -> str:
    few, peer = one.few, one.peer
    rows: list[Sequence[Cell]] = [
        [who, engine.p50_ms, engine.p99_ms, share(engine.recall_at_1), share(engine.recall_at_5)]
        for who, engine in (("Footprint", few), ("DuckDB and Splink", peer))
    ]
    rows.append(
        [
            "ratio",
            f"{peer.p50_ms / few.p50_ms:,.0f} times faster",
            f"{peer.p99_ms / few.p99_ms:,.0f} times faster",
            f"{few.recall_at_1 / peer.recall_at_1:.3f}",
            f"{few.recall_at_5 / peer.recall_at_5:.3f}",
        ]
    )
    head = [f"{few.queries:,} questions, {size:,} residents", "p50 ms", "p99 ms", "first", "among five"]
    return table(head, rows)


def _kinds(figures: Sequence[Figures]) -> list[Sequence[Cell]]:
    kinds = list(dict.fromkeys(kind for one in figures for kind in one.whole.by_kind))
    return [
        [kind.replace("-", " "), *(_both(one.whole.by_kind.get(kind)) for one in figures)] for kind in kinds
    ]


def _both(kind: Kind | None) -> str:
    return "–" if kind is None else f"{kind.recall_at_1:.3f} / {kind.recall_at_5:.3f}"


ABOUT: Final = f"""\
What somebody asks who knows the true person and gets something wrong: up to {OF_EACH_KIND} questions of each kind, drawn from
the truth and never from a stored record. A hit is a record of that person in first place, or among the first five records.
Milliseconds are of one question in one process with a warm index, up to five records with a verdict on every field; drawing
the page and entering the ledger come on top. Sampling error is about ±0.005 over all questions and ±0.03 within a kind.

The peer is how a batch engine is usually made to answer live: DuckDB brings candidates together by ten wide SQL keys, and
Splink's `compare_records`, with its SQL cached and a model that it trained on the same records, weighs them. It is asked the
first {FOR_THE_PEER} questions of each kind, and we the same."""

SECTION: Final = Section(name="search", title="Search", by_size=True, about=ABOUT, measure=measure, tell=tell)
