"""Where the demonstration's social worker lives in its invented borough, so that the block on one's own household can be seen.

Reads what the borough was made of, as the one who made it may; no answer is ever made from that.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

STORY: Final = "worker-at-home"


class Home(NamedTuple):
    """An address and who else lives there."""

    text: str
    postcode: str
    relatives: tuple[tuple[str, dt.date], ...]


def demo_home(data: Path, worker: str) -> Home | None:
    """Return the home of the worker of this name, or None where the data folder holds no invented borough."""
    truth = data / "borough" / "truth"
    try:
        stories = json.loads((truth / "storylines.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    names = {
        one["person"]: one["name"] for story in stories if story["key"] == STORY for one in story["people"]
    }
    people = pl.read_parquet(truth / "people.parquet").filter(pl.col("person").is_in(list(names)))
    homes = {names[row["person"]]: row for row in people.iter_rows(named=True)}
    own = homes.pop(worker, None)
    if own is None:
        return None
    parts = (own["flat"], own["building"], f"{own['house_number'] or ''} {own['street'] or ''}".strip())
    return Home(
        text=", ".join(part for part in parts if part),
        postcode=own["postcode"],
        relatives=tuple((name, row["date_of_birth"]) for name, row in homes.items()),
    )
