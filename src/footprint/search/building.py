"""Writing the search index: columns and persons in, a directory of arrays out, found able to find before it is handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl

from footprint.comparison.packing import laid_out, pack, text_hashes
from footprint.records.columns import rows_of
from footprint.records.mask import Mask
from footprint.search.index import (
    ABOUT,
    ARRAYS,
    FORMAT,
    MASKING,
    NAMED,
    PEOPLE,
    POSTINGS,
    ROWS,
    SHAPE,
    About,
    Index,
    UnusableIndex,
)
from footprint.search.keys import BIRTH_COLUMNS, RECIPES, all_keys
from footprint.search.postings import gather
from footprint.search.ranking import rank
from footprint.search.weights import MatchModel, name_rarities, rarities, weights_of


def build(
    directory: Path,
    comparables: pl.DataFrame,
    persons: npt.NDArray[np.int32],
    *,
    model: MatchModel,
    frequencies: Mapping[str, pl.DataFrame],
    day: dt.date,
) -> None:
    """Write the index of `comparables` (columns of records.columns.SCHEMA) into `directory`, which is made.

    Row n is record number n; `persons[n]` is its person's number, ascending from 0 without gaps. `frequencies` has for a
    column the share of its values (see weights.rarities). Raises ValueError where the persons are not so numbered, and
    UnusableIndex where what was written does not find its own records.
    """
    people = _ranges(persons, comparables.height)
    rows, pool = pack(comparables)
    marks = text_hashes(*laid_out(comparables["key"].to_list()), 0)
    order = np.argsort(marks, kind="stable")
    schemes = comparables["key"].str.extract(r"^([^/]*/[^/]*)/").fill_null("")
    named = schemes.unique().sort().to_list()
    scheme_of = schemes.replace_strict(named, range(len(named)), return_dtype=pl.Int32)
    arrays: dict[str, npt.NDArray[Any]] = dict(
        zip(ROWS, (rows.fixed, rows.starts, rows.values, pool.texts, pool.offsets), strict=True)
    )
    arrays |= zip(POSTINGS, gather(*all_keys(RECIPES, rows, BIRTH_COLUMNS)), strict=True)
    arrays |= zip(
        PEOPLE,
        (persons.astype(np.int32), people, marks, rarities(comparables, model, frequencies)),
        strict=True,
    )
    arrays |= zip(
        MASKING, (scheme_of.to_numpy().astype(np.int32), marks[order], order.astype(np.int32)), strict=True
    )
    arrays |= zip(NAMED, name_rarities(model, frequencies), strict=True)
    arrays["hashes"] = pool.hashes
    about = About(
        format=FORMAT,
        columns=SHAPE[0],
        families=SHAPE[1],
        salt=pool.salt,
        day=day.isoformat(),
        records=comparables.height,
        people=len(people) - 1,
        schemes=tuple(named),
        weights=weights_of(model),
    )
    directory.mkdir(parents=True, exist_ok=True)
    for name in ARRAYS:
        np.save(directory / f"{name}.npy", arrays[name])
    (directory / ABOUT).write_bytes(msgspec.json.format(msgspec.json.encode(about), indent=1))
    _prove(directory, comparables, persons)


def _ranges(persons: npt.NDArray[np.int32], records: int) -> npt.NDArray[np.int64]:
    steps = np.diff(persons)
    if len(persons) != records or (records and (persons[0] != 0 or not ((steps == 0) | (steps == 1)).all())):
        raise ValueError(
            "Records must stand in the order of their persons, and persons be numbered from 0 without gaps."
        )
    return np.append(np.flatnonzero(np.append(True, steps == 1))[:records], records).astype(np.int64)


def _prove(directory: Path, comparables: pl.DataFrame, persons: npt.NDArray[np.int32]) -> None:
    """Look for one person in the index as a user would. It also compiles the search, so that no user waits for it."""
    whole = comparables.with_columns(number=persons).filter(
        (pl.col("birth") != "") & (pl.col("family") != "")
    )
    if whole.is_empty():
        return
    index = Index.open(directory)
    (row,) = rows_of(whole.head(1))
    found = rank(index, [row], (0, 0), index.flags(Mask()))
    if whole["number"][0] not in found.people and not found.crowded:
        raise UnusableIndex(
            f"The index just written to {directory} does not find its own records. Publish again."
        )
