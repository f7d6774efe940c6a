"""The pages of those who work with referrals, over a year of them: one reader at a time, and eight at once."""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import psycopg

from bench.runs import Run
from bench.section import Bench, Section
from bench.sections.entries import postgresql
from bench.sections.pages import P95_MS, Took, manage, site, told
from bench.watching import watch
from bench.writing import Cell, against, commands, table

REFERRALS: Final = 30_000
DESKS: Final = 4
AT_ONCE: Final = 8
ROUNDS: Final = 30
WARMING: Final = 3
BOROUGH: Final = 30_000
"""Residents of the borough in which they are written: what is read here are referrals, however many people there are."""


class Served(msgspec.Struct, frozen=True, kw_only=True):
    """One database: each page, with one reader at each desk in turn, and with eight readers at once."""

    database: str
    alone: dict[str, Took]
    at_once: dict[str, Took]


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """How many referrals there were, and every database."""

    referrals: int
    served: list[Served]


def measure(bench: Bench, _residents: int | None) -> Figures:
    """Fill the site of a borough with a year's referrals, on each database, and read them."""
    data = bench.place(BOROUGH) / "data"
    if not data.is_dir():
        raise FileNotFoundError(
            f"There is no borough yet. First: python -m bench --only way --sizes {BOROUGH}"
        )
    found = [serve("SQLite", data, "")]
    with postgresql() as url:
        if url:
            found.append(serve("PostgreSQL", data, url))
    return Figures(referrals=REFERRALS, served=found)


def serve(database: str, data: Path, url: str) -> Served:
    """Start the site over a copy of the data folder, fill it, and read it."""
    with (
        tempfile.TemporaryDirectory(dir=data.parent) as scratch,
        site(data, Path(scratch), url) as (address, _),
    ):
        manage(Path(scratch), url, "sample_referrals", "--bulk", str(REFERRALS))
        if url:
            vacuumed(url)
        reads(address, DESKS, WARMING)
        one_by_one = [reads(address, 1, ROUNDS, first) for first in range(DESKS)]
        alone = {name: took for part in one_by_one for name, took in part.items()}
        return Served(
            database=database, alone=told_of(alone), at_once=told_of(reads(address, AT_ONCE, ROUNDS))
        )


def vacuumed(url: str) -> None:
    """Have PostgreSQL do now what it does by itself after so many rows: a year's referrals do not come in one minute."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def reads(address: str, readers: int, rounds: int, first: int = 0) -> dict[str, list[float]]:
    """Read in a process of its own, so that its work is not taken for the site's."""
    command = [sys.executable, "-m", "bench.at_desks", address, str(readers), str(rounds), str(first)]
    took: dict[str, list[float]] = json.loads(watch(command).output)
    return took


def told_of(taken: dict[str, list[float]]) -> dict[str, Took]:
    return {name: told(milliseconds) for name, milliseconds in taken.items()}


# ---- telling


def tell(runs: Sequence[Run]) -> str:
    """Return a table for each database."""
    figures = msgspec.convert(runs[-1].figures, Figures)
    return "\n\n".join(
        [
            *(_tell(one) for one in figures.served),
            commands(
                f"python -m footprint.web sample_referrals --bulk {figures.referrals}",
                f"python -m bench.at_desks http://127.0.0.1:8000 {AT_ONCE} {ROUNDS}",
            ),
        ]
    )


def _tell(one: Served) -> str:
    rows: list[Sequence[Cell]] = [
        [name, took.p50_ms, took.p95_ms, one.at_once[name].p50_ms, one.at_once[name].p95_ms]
        for name, took in one.alone.items()
    ]
    head = [f"{one.database}, ms", "alone p50", "alone p95", "8 at once p50", "8 at once p95"]
    met = [
        against(all(took.p95_ms <= P95_MS for took in pages.values())) for pages in (one.alone, one.at_once)
    ]
    return f"{table(head, rows)}\n\nTarget of p95 ≤ {P95_MS} ms on every page: alone {met[0]}, eight at once {met[1]}."


ABOUT: Final = f"""\
A year of {REFERRALS:,} invented referrals, with their versions, steps, decisions, grades and feedback, a framework signed by
both sides and last month's sample. Those at the four desks go through their pages without a pause: *alone* is one reader with the
site to themselves, *8 at once* are two at each desk. The site runs as its command starts it, with 2 processes of 4 threads, on
the same cores as its readers; each form that is opened is an entry, safe on the disk before it leaves. PostgreSQL is vacuumed
once, after all of the year has come in one minute."""

SECTION: Final = Section(
    name="referrals", title="The referral pages", by_size=False, about=ABOUT, measure=measure, tell=tell
)
