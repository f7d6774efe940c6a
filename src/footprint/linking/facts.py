"""What the evidence rule must know about each record beside its comparable columns: homes to the flat, and who else is there.

A home counts only to the flat: where a building is known to have flats, an address in it without one is no home.
"""

from __future__ import annotations

from typing import Final

import duckdb

from footprint.records.codes import STRONG_SCHEMES

# More birthdays than this at one "flat" and it is an institution: living there ties nobody to anybody.
MOST_BIRTHDAYS_IN_A_HOME: Final = 20


def _numbers(scheme: str) -> str:
    """Return SQL for a row's valid numbers of one scheme that have not been superseded."""
    return (
        f"list_filter(identifiers, lambda x: starts_with(x, '{scheme}:') AND NOT list_contains(superseded, x)) AS {scheme}"
    )


def prepare(connection: duckdb.DuckDBPyConnection, source: str, into: str = "rows") -> int:
    """Make the table `into` from `source` (comparable columns): adds rid, homes, strong, one column per strong scheme.

    rid is the row's place in the order of keys, from 0, so that a run does not depend on the order of arrival.
    Returns the number of rows. Makes also the table `company` (see `_company`).
    """
    schemes = ", ".join(_numbers(scheme) for scheme in STRONG_SCHEMES)
    prefixes = " OR ".join(f"starts_with(x, '{scheme}:')" for scheme in STRONG_SCHEMES)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE numbered AS
        SELECT (row_number() OVER (ORDER BY key) - 1)::INTEGER AS rid, * EXCLUDE (rid), {schemes},
            list_filter(identifiers, lambda x: {prefixes} OR contains(split_part(x, ':', 1), '/')) AS strong
        FROM (SELECT 0 AS rid, * FROM {source})"""
    )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE flats AS
        SELECT DISTINCT split_part(x, '|', 1) || '|' || split_part(x, '|', 3) AS building
        FROM (SELECT unnest(residences) AS x FROM numbered) WHERE split_part(x, '|', 2) <> ''"""
    )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE places AS
        SELECT rid, x AS home FROM (SELECT rid, unnest(residences) AS x FROM numbered)
        WHERE split_part(x, '|', 2) <> ''
            OR (split_part(x, '|', 1) || '|' || split_part(x, '|', 3)) NOT IN (SELECT building FROM flats)
        UNION ALL
        SELECT rid, 'uprn:' || unnest(uprns) FROM numbered"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE homes AS
        SELECT rid, home FROM places SEMI JOIN (
            SELECT home FROM places JOIN numbered USING (rid) GROUP BY home
            HAVING count(DISTINCT nullif(birth, '')) <= {MOST_BIRTHDAYS_IN_A_HOME}) USING (home)"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TABLE {into} AS
        SELECT n.*, coalesce(h.homes, []) AS homes FROM numbered n
        LEFT JOIN (SELECT rid, list(DISTINCT home ORDER BY home) AS homes FROM homes GROUP BY rid) h USING (rid)
        ORDER BY rid"""
    )
    _company(connection, into)
    for table in ("numbered", "flats", "places"):
        connection.execute(f"DROP TABLE {table}")
    return int(connection.execute(f"SELECT count(*) FROM {into}").fetchall()[0][0])


def _company(connection: duckdb.DuckDBPyConnection, rows: str) -> None:
    """Make the table `company` (home, birth): homes where more than one given name has that birthday.

    `names` counts given names that are neither equal nor listed as equivalents: somebody else of that birthday is known
    there (E2). `spelt` counts the given names as spelt; `proved` says that two people are certain, because one partner
    holds both or their numbers differ: then only the very same name may join (twins named Ibrahim and Ebrahim).
    """
    numbers = " OR ".join(f"count(DISTINCT {scheme}[1]) > 1" for scheme in STRONG_SCHEMES)
    connection.execute(
        f"""CREATE OR REPLACE TABLE company AS
        SELECT home, birth, count(DISTINCT coalesce(list_min(given_kin), given)) AS names,
            count(DISTINCT given) AS spelt,
            count(DISTINCT given) > 1 AND (max(held) > 1 OR {numbers}) AS proved
        FROM (
            SELECT h.home, r.birth, r.given, r.given_kin, {", ".join(f"r.{scheme}" for scheme in STRONG_SCHEMES)},
                count(*) OVER (PARTITION BY h.home, r.birth, r.partner) AS held
            FROM homes h JOIN {rows} r USING (rid) WHERE r.birth <> '' AND r.given <> '')
        GROUP BY home, birth HAVING count(DISTINCT given) > 1"""
    )
