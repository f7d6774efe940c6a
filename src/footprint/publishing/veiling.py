# ruff: noqa: S608 - SQL is composed here of our own column names.
"""Which people of a run are protected or sealed, and their records as they may enter a snapshot.

What is protected stays in the generations and is not copied: no address of a refuge is anywhere in a snapshot.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

import duckdb
import polars as pl

from footprint.decisions import Overlay, marked_places, severed, standing, veiled
from footprint.publishing.gathering import COMPARED, put_in
from footprint.records.wire import record_from_bytes

# As `wire` writes it: a partner marks an address, or the person.
MARK: Final = '"protected":true'

#: Records at a protected place, whoever says so; needs the table `shielded_places` of `mark_places`.
AT_PROTECTED: Final = """list_has_any(
    residences
    || list_transform(residences, lambda x: split_part(x, '|', 1) || '||' || split_part(x, '|', 3))
    || list_transform(uprns, lambda x: 'uprn:' || x),
    (SELECT coalesce(list(key), []) FROM shielded_places))"""

# People of whom anything might have to be hidden: more than need be, and every one is then judged record by record.
_TOUCHED: Final = f"""WITH touched AS (
    SELECT DISTINCT person FROM stated JOIN person_of USING (key)
    WHERE contains(body, ?) OR key IN (FROM ruled_keys) OR person IN (FROM ruled_people)
        OR key IN (SELECT key FROM severed_records)
        OR {AT_PROTECTED})
SELECT person, body FROM stated JOIN person_of USING (key) WHERE person IN (FROM touched) ORDER BY person, key"""


def sever(engine: duckdb.DuckDBPyConnection, overlay: Overlay) -> None:
    """Make the table `severed_records`: records that a seal changes, as they may be linked."""
    _keys(engine, "sealed_keys", overlay.severed.keys() | overlay.former)
    _keys(engine, "former_numbers", overlay.former_identifiers.keys())
    rows = engine.execute(
        """SELECT body FROM stated WHERE key IN (FROM sealed_keys)
        OR list_has_any(identifiers, (SELECT list(key) FROM former_numbers)) ORDER BY key"""
        if overlay.severed or overlay.former_identifiers
        else "SELECT body FROM stated WHERE false"
    ).fetchall()
    put_in(engine, "severed_records", [severed(record_from_bytes(body), overlay) for (body,) in rows])


def published(engine: duckdb.DuckDBPyConnection) -> None:
    """Make the view `published` (record, key, body, comparable columns): every record as it enters the snapshot, in order.

    Needs `numbered`, `stated` and `veiled`.
    """
    engine.execute(
        f"""CREATE VIEW published AS
        SELECT record, body, {COMPARED} FROM numbered JOIN stated USING (key) ANTI JOIN veiled USING (key)
        UNION ALL
        SELECT record, body, {COMPARED} FROM numbered JOIN veiled USING (key)"""
    )


def veil(engine: duckdb.DuckDBPyConnection, overlay: Overlay) -> int:
    """Make the table `veiled` of the records that protections change; return how many people are protected or closed.

    Needs `stated`, and `person_of` (key, person) of the run.
    """
    marked = mark_places(engine, overlay)
    _keys(engine, "ruled_keys", overlay.shielded_records | overlay.former | overlay.severed.keys())
    _keys(engine, "ruled_people", overlay.shielded_people)
    rows = engine.execute(_TOUCHED, [MARK]).fetchall()
    kept = []
    closed = 0
    for person, bodies in groupby(rows, key=lambda row: row[0]):
        records = [record_from_bytes(body) for _, body in bodies]
        stands = standing(records, overlay, marked=marked, person_id=person)
        closed += stands != "open"
        kept += [veiled(record, overlay, stands, marked) for record in records]
    put_in(engine, "veiled", kept)
    # A right guess at a partner's reference would tell which school, ward or team knows a protected person.
    engine.execute(
        "UPDATE veiled SET identifiers = list_filter(identifiers, lambda x: starts_with(x, 'nhs:')) WHERE contains(body, ?)",
        [MARK],
    )
    return closed


def mark_places(engine: duckdb.DuckDBPyConnection, overlay: Overlay) -> frozenset[str]:
    """Return the places that any partner marked as protected, of people who have not left them. Needs `stated`.

    Makes the table `shielded_places` (key) of these and of those that were shielded.
    """
    rows = engine.execute("SELECT body FROM stated WHERE contains(body, ?)", [MARK]).fetchall()
    marked = frozenset(place for (body,) in rows for place in marked_places(record_from_bytes(body)))
    _keys(engine, "shielded_places", marked | overlay.shielded_places)
    return marked


def _keys(engine: duckdb.DuckDBPyConnection, table: str, keys: Iterable[str]) -> None:
    engine.register("keys_given", pl.DataFrame({"key": sorted(keys)}, schema={"key": pl.String}))
    engine.execute(f"CREATE OR REPLACE TABLE {table} AS FROM keys_given")
    engine.unregister("keys_given")
