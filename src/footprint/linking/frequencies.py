"""How common each value is, counted once and frozen: agreeing on a rare name says more than agreeing on a common one.

Tables live in the working database as tf_COLUMN (COLUMN, tf_COLUMN: share among the records that say it) and are kept as
Parquet beside the model, so that today's births do not change yesterday's weights, and a run can be repeated.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from footprint.comparison import COMPARISONS

COLUMNS: Final = tuple(
    level.frequency for comparison in COMPARISONS for level in comparison.levels if level.frequency
)


def count(connection: duckdb.DuckDBPyConnection, rows: str = "rows") -> None:
    """Make the tables from the records at hand."""
    for column in COLUMNS:
        connection.execute(
            f"""CREATE OR REPLACE TABLE tf_{column} AS
            SELECT {column}, count(*) / sum(count(*)) OVER () AS tf_{column}
            FROM {rows} WHERE {column} <> '' AND NOT hidden GROUP BY {column} ORDER BY {column}"""
        )


def freeze(connection: duckdb.DuckDBPyConnection, into: Path) -> None:
    """Write the tables as Parquet into the directory `into`."""
    into.mkdir(parents=True, exist_ok=True)
    for column in COLUMNS:
        connection.execute(
            f"COPY (SELECT * FROM tf_{column} ORDER BY 1) TO '{into / column}.parquet' (FORMAT parquet)"
        )


def thaw(connection: duckdb.DuckDBPyConnection, source: Path) -> None:
    """Make the tables from what `freeze` wrote. Raises duckdb.IOException where a file is missing."""
    for column in COLUMNS:
        connection.execute(
            f"CREATE OR REPLACE TABLE tf_{column} AS SELECT * FROM read_parquet('{source / column}.parquet')"
        )
