"""Which pairs of records are compared at all.

Each family of keys survives another kind of error: a misspelt name, a wrong birthday, a changed family name, a move. Two
records that share any key are compared. A block that is too large to be worth comparing whole is split by year of birth
and first letter; what is still too large then says nothing, because so many share it.
"""

from __future__ import annotations

from typing import Final

import duckdb

LARGEST_BLOCK: Final = 160
LARGEST_SPLIT_BLOCK: Final = 80

# family -> (what it survives, SQL giving a list of texts for one row)


def _each(listed: str, mark: str, rest: str) -> str:
    return f"CASE WHEN {rest} IS NULL THEN [] ELSE list_transform({listed}, lambda x: '{mark}|' || x || '|' || {rest}) END"


_BIRTH = "nullif(birth, '')"
_YEAR = "nullif(birth_year, 0)"
_YEAR_MONTH = "nullif(birth_year, 0) * 100 + nullif(birth_month, 0)"
_YEAR_DAY = "nullif(birth_year, 0) * 100 + nullif(birth_day, 0)"
_MONTH_DAY = "nullif(birth_month, 0) * 100 + nullif(birth_day, 0)"
_DAY_MONTH_YEAR = (
    "nullif(birth_year, 0) * 10000 + least(nullif(birth_month, 0), nullif(birth_day, 0)) * 100"
    " + greatest(birth_month, birth_day)"
)
_INITIAL = "nullif(left(given, 1), '')"
_START = "nullif(left(given, 3), '') || nullif(left(family, 3), '')"

KEYS: Final[dict[str, tuple[str, str]]] = {
    "identifier": ("everything but the number", "list_transform(identifiers, lambda x: 'i|' || x)"),
    "birthday": ("any name", f"CASE WHEN placeholder_birth OR birth = '' THEN [] ELSE ['b|' || {_BIRTH}] END"),
    "birthday, day and month in any order": ("a swap, with any family name", _each("given_codes", "bs", _DAY_MONTH_YEAR)),
    "family name, year": ("a wrong day or given name", _each("family_codes", "fy", _YEAR_MONTH)),
    "family name, day": ("a wrong month", _each("family_codes", "fd", _YEAR_DAY)),
    "family name, month and day": ("a wrong year", _each("family_codes", "fm", _MONTH_DAY)),
    "given name, year and month": ("a changed family name and wrong day", _each("given_codes", "gy", _YEAR_MONTH)),
    "given name, year and day": ("a changed family name and wrong month", _each("given_codes", "gd", _YEAR_DAY)),
    "given name, month and day": ("a changed family name and wrong year", _each("given_codes", "gm", _MONTH_DAY)),
    "both names": (
        "any birthday and address",
        "list_distinct(flatten(list_transform(given_codes, lambda g: list_transform(family_codes,"
        " lambda f: 'n|' || least(g, f) || '|' || greatest(g, f)))))",
    ),
    "kin of given name, family name": (
        "a nickname, any birthday",
        "list_distinct(flatten(list_transform(given_kin, lambda g: list_transform(family_codes, lambda f: 'k|' || g || '|' || f))))",
    ),
    "given name, postcode": (
        "a wrong birthday and family name",
        "flatten(list_transform(given_codes, lambda g: list_transform(postcodes, lambda p: 'gp|' || g || '|' || p)))",
    ),
    "family name, postcode": (
        "a wrong birthday and given name",
        "flatten(list_transform(family_codes, lambda f: list_transform(postcodes, lambda p: 'fp|' || f || '|' || p)))",
    ),
    "year, postcode": ("any name", _each("postcodes", "yp", _YEAR)),
    "given name, street": (
        "a wrong postcode",
        "flatten(list_transform(given_codes, lambda g: list_transform(streets, lambda s: 'gs|' || g || '|' || s)))",
    ),
    "beginnings of names, year": ("wrong endings", f"[('st|' || ({_START}) || '|' || {_YEAR})]"),
    "mobile": ("everything else", "list_transform(mobiles, lambda x: 'm|' || x)"),
    "e-mail": ("everything else", "list_transform(emails, lambda x: 'e|' || x)"),
    "landline, initial": ("everything else", _each("landlines", "l", _INITIAL)),
    "setting, year and month": ("any name", _each("settings", "s", _YEAR_MONTH)),
    "relative, initial": ("an unborn child, any birthday", _each("relatives", "r", _INITIAL)),
    "place of birth, family name": (
        "any birthday",
        "CASE WHEN place_of_birth = '' THEN [] ELSE list_transform(family_codes, lambda f: 'pf|' || f || '|' || place_of_birth) END",
    ),
    "place of birth, given name, year": (
        "a changed family name",
        f"CASE WHEN place_of_birth = '' THEN [] ELSE {_each('given_codes', 'pg', f'place_of_birth || {_YEAR}')} END",
    ),
}


def block(connection: duckdb.DuckDBPyConnection, rows: str = "rows", into: str = "pairs") -> int:
    """Make the table `into` (l, r: numbers of rows, l < r) of all pairs that share a key; return how many there are.

    `rows` is a table with `rid` (INTEGER, unique) and the comparable columns.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE keys (key UBIGINT, rid INTEGER, part UBIGINT)")
    for _, expression in KEYS.values():
        connection.execute(
            f"""INSERT INTO keys
            SELECT DISTINCT hash(key), rid, part FROM (
                SELECT unnest({expression}) AS key, rid, hash(birth_year, left(given, 1)) AS part FROM {rows}
            ) WHERE key IS NOT NULL"""
        )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE crowded AS
        SELECT key FROM keys GROUP BY key HAVING count(*) > {LARGEST_BLOCK}"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE blocks AS
        SELECT key, rid FROM keys ANTI JOIN crowded USING (key)
        UNION ALL
        SELECT key, rid FROM (
            SELECT hash(key, part) AS key, rid, count(*) OVER (PARTITION BY key, part) AS size
            FROM keys SEMI JOIN crowded USING (key)
        ) WHERE size <= {LARGEST_SPLIT_BLOCK}"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TABLE {into} AS
        SELECT DISTINCT a.rid AS l, b.rid AS r FROM blocks a JOIN blocks b ON a.key = b.key AND a.rid < b.rid"""
    )
    for table in ("keys", "crowded", "blocks"):
        connection.execute(f"DROP TABLE {table}")
    return int(connection.execute(f"SELECT count(*) FROM {into}").fetchall()[0][0])
