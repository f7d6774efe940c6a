"""What the evidence rule must know about each record beside its comparable columns, and about the homes records share.

A home counts only to the flat: where a building is known to have flats, an address in it without one is no home. What so
many share that it ties nobody to anybody (a hostel's door, a worker's telephone) counts for nothing. Records of a hidden
kind learn from the others here and teach them nothing: no count may tell that they exist.
"""

from __future__ import annotations

from typing import Final

import duckdb
import polars as pl

from footprint.comparison import sql
from footprint.linking import given
from footprint.records.codes import STRONG_SCHEMES
from footprint.records.given_names import given_families
from footprint.records.name_tables import HONOURS

# More birthdays, or more names, than this at one "flat" and it is an institution: living there ties nobody to anybody.
MOST_BIRTHDAYS_IN_A_HOME: Final = 20
MOST_NAMES_IN_A_HOME: Final = 100
# A mother's mobile stands on all her children's records. On more people's than these it is a worker's, or an office's.
MOST_BIRTHDAYS_AT_A_CONTACT: Final = 12
# Birthdays this many years apart are another generation's: John Smith senior and John Smith junior.
GENERATION_YEARS: Final = 12

#: SQL over columns NAME_l and NAME_r: each side has a live number of one scheme, and none in common.
NUMBERS_DIFFER: Final = "(" + " OR ".join(
    f"(len({scheme}_l) > 0 AND len({scheme}_r) > 0 AND NOT list_has_any({scheme}_l, {scheme}_r))" for scheme in STRONG_SCHEMES
) + ")"  # fmt: skip

_IS_STRONG: Final = "(" + " OR ".join(f"starts_with(x, '{scheme}:')" for scheme in STRONG_SCHEMES) + ")"


def prepare(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    into: str = "rows",
    hidden: frozenset[str] = frozenset(),
) -> int:
    """Make the table `into` from `source` (comparable columns) with what the rule must know; return its number of rows.

    `rid` is the row's place in the order of keys, from 0, so that a run does not depend on the order of arrival.
    `hidden` are the keys of records of hidden kinds. The columns added: `hidden`; `own_kin`, the spelling families of the
    given name itself; `seconds`, the given names after it, honours left out; for each strong scheme its live numbers;
    `numbers`, valid ones live or not; `certain`, those that two generations do not share; `issued`, ids that a partner
    gave; `homes` and `reach`, the residences and personal contacts that count; `others`, `twins`, `namesakes`: who else of
    that birthday is known at one of the homes, see `_find_company`.
    """
    _number_rows(connection, source, hidden)
    _read_numbers(connection)
    _read_reach(connection)
    _read_homes(connection)
    lists = (*STRONG_SCHEMES, "numbers", "certain", "reach", "homes")
    filled = ", ".join(f"coalesce({column}, []) AS {column}" for column in lists)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE ready AS
        SELECT numbered.*, {filled} FROM numbered
        LEFT JOIN numbers_of USING (rid) LEFT JOIN reach_of USING (rid) LEFT JOIN homes_of USING (rid)"""
    )
    _find_company(connection)
    connection.execute(
        f"""CREATE OR REPLACE TABLE {into} AS
        SELECT ready.*, coalesce(c.others, false) AS others, coalesce(c.twins, false) AS twins,
            coalesce(c.namesakes, false) AS namesakes
        FROM ready LEFT JOIN company_of c USING (rid) ORDER BY rid"""
    )
    for table in ("numbered", "numbers_of", "reach_of", "homes_of", "ready", "company_of"):
        connection.execute(f"DROP TABLE {table}")
    return int(connection.execute(f"SELECT count(*) FROM {into}").fetchall()[0][0])


def _number_rows(connection: duckdb.DuckDBPyConnection, source: str, hidden: frozenset[str]) -> None:
    names = connection.execute(
        f"SELECT DISTINCT given FROM {source} WHERE given <> '' ORDER BY given"
    ).fetchall()
    kin = pl.DataFrame(
        [(name, list(given_families(name))) for (name,) in names],
        schema={"form": pl.String, "families": pl.List(pl.String)}, orient="row",
    )  # fmt: skip
    connection.register("kin_frame", kin)
    connection.register("hidden_frame", pl.DataFrame({"key": sorted(hidden)}, schema={"key": pl.String}))
    honours = ", ".join(f"'{word}'" for word in sorted(HONOURS))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE numbered AS
        SELECT (row_number() OVER (ORDER BY key) - 1)::INTEGER AS rid, s.*,
            key IN (SELECT key FROM hidden_frame) AS hidden,
            coalesce(k.families, []) AS own_kin,
            list_filter(string_split(middle, ' '), lambda x: x <> '' AND x NOT IN ({honours})) AS seconds,
            list_filter(identifiers, lambda x: contains(split_part(x, ':', 1), '/')) AS issued
        FROM {source} s LEFT JOIN kin_frame k ON k.form = s.given"""
    )
    connection.unregister("kin_frame")
    connection.unregister("hidden_frame")


def _read_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `numbers_of` (rid, numbers, certain, and live numbers by scheme).

    A number that anybody calls superseded is live nowhere. One that people a generation apart carry stands on somebody's
    record by mistake: a mother's, typed on her baby's.
    """
    live = ", ".join(
        f"list(x ORDER BY x) FILTER (starts_with(x, '{scheme}:') AND NOT ended) AS {scheme}"
        for scheme in STRONG_SCHEMES
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE numbers_of AS
        WITH said AS (SELECT rid, hidden, birth_year, superseded, unnest(identifiers) AS x FROM numbered),
        strong AS (SELECT * FROM said WHERE {_IS_STRONG}),
        ended AS (SELECT DISTINCT unnest(superseded) AS x FROM numbered WHERE NOT hidden),
        shared AS (
            SELECT x FROM strong WHERE birth_year > 0 AND NOT hidden
            GROUP BY x HAVING max(birth_year) - min(birth_year) >= {GENERATION_YEARS})
        SELECT rid, {live}, list(x ORDER BY x) AS numbers, list(x ORDER BY x) FILTER (NOT doubtful) AS certain
        FROM (SELECT rid, x, list_contains(superseded, x) OR x IN (SELECT x FROM ended) AS ended,
                x IN (SELECT x FROM shared) AS doubtful FROM strong)
        GROUP BY rid"""
    )


def _read_reach(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `reach_of` (rid, reach): the mobiles and e-mail addresses that are a person's, or a family's."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE reach_of AS
        WITH said AS (SELECT rid, hidden, birth, unnest(list_concat(mobiles, emails)) AS x FROM numbered),
        offices AS (
            SELECT x FROM said WHERE NOT hidden
            GROUP BY x HAVING count(DISTINCT nullif(birth, '')) > {MOST_BIRTHDAYS_AT_A_CONTACT})
        SELECT rid, list(x ORDER BY x) AS reach FROM said ANTI JOIN offices USING (x) GROUP BY rid"""
    )


def _read_homes(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `homes_of` (rid, homes), where a home is a residence to the flat, or a UPRN that is not a whole building's."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE homes_of AS
        WITH said AS (
            SELECT rid, hidden, x AS home, split_part(x, '|', 2) AS flat,
                split_part(x, '|', 1) || '|' || split_part(x, '|', 3) AS building
            FROM (SELECT rid, hidden, unnest(residences) AS x FROM numbered)),
        blocks AS (SELECT DISTINCT building FROM said WHERE flat <> '' AND NOT hidden),
        sites AS (
            SELECT uprns[1] AS uprn FROM numbered WHERE len(uprns) = 1 AND len(residences) = 1 AND NOT hidden
            GROUP BY uprns[1] HAVING count(DISTINCT nullif(split_part(residences[1], '|', 2), '')) > 1),
        places AS (
            SELECT rid, home FROM said WHERE flat <> '' OR building NOT IN (SELECT building FROM blocks)
            UNION ALL
            SELECT rid, 'uprn:' || uprn FROM (SELECT rid, unnest(uprns) AS uprn FROM numbered) ANTI JOIN sites USING (uprn)),
        institutions AS (
            SELECT home FROM places JOIN numbered USING (rid) WHERE NOT hidden GROUP BY home
            HAVING count(DISTINCT nullif(birth, '')) > {MOST_BIRTHDAYS_IN_A_HOME}
                OR count(DISTINCT given || ' ' || family) > {MOST_NAMES_IN_A_HOME})
        SELECT rid, list(DISTINCT home ORDER BY home) AS homes FROM places ANTI JOIN institutions USING (home) GROUP BY rid"""
    )


def _find_company(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `company_of` (rid, others, twins, namesakes): who else of that birthday is known at one of the record's homes.

    `others`: two given names that cannot be one person's. `twins`: names that could (Ibrahim and Ebrahim), and proof that
    they are two people's, because one partner holds both or their numbers differ. `namesakes`: first names that could, and
    second names that differ (Noor Fatima and Noor Aisha).
    """
    columns = (*given.COLUMNS, "partner", *STRONG_SCHEMES)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE company_of AS
        WITH at_home AS (SELECT *, unnest(homes) AS home FROM ready WHERE birth <> '' AND given <> ''),
        beside AS (
            SELECT a.home, a.birth, {sql.both_sides(columns)}
            FROM at_home a JOIN at_home b ON a.home = b.home AND a.birth = b.birth AND a.rid < b.rid
            WHERE NOT a.hidden AND NOT b.hidden),
        company AS (
            SELECT home, birth, bool_or({given.UNLIKE}) AS others,
                bool_or(NOT {given.UNLIKE} AND given_l <> given_r AND (partner_l = partner_r OR {NUMBERS_DIFFER})) AS twins,
                bool_or(NOT {given.UNLIKE} AND {given.SECOND_DIFFERS}) AS namesakes
            FROM beside GROUP BY home, birth)
        SELECT rid, bool_or(others) AS others, bool_or(twins) AS twins, bool_or(namesakes) AS namesakes
        FROM at_home JOIN company USING (home, birth) GROUP BY rid"""
    )
