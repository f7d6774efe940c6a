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
# Any name, given or family: a name in the wrong field, or one name only, still finds its own.
_NAMES = "list_distinct(list_concat(given_codes, family_codes))"
_DISTRICTS = "list_distinct(list_transform(postcodes, lambda p: left(p, greatest(length(p) - 3, 1))))"


def _crossed(first: str, second: str, mark: str) -> str:
    """Return SQL for every combination of a value of one list and a value of another."""
    return f"flatten(list_transform({first}, lambda a: list_transform({second}, lambda b: '{mark}|' || a || '|' || b)))"


# what the key is made of -> (what it survives, SQL giving a list of texts for one row)
KEYS: Final[dict[str, tuple[str, str]]] = {
    "identifier": ("everything but the number", "list_transform(identifiers, lambda x: 'i|' || x)"),
    "birthday": (
        "any name",
        f"CASE WHEN placeholder_birth OR birth = '' THEN [] ELSE ['b|' || {_BIRTH}] END",
    ),
    "a name, birthday with day and month in any order": (
        "a swap, with any other name",
        _each(_NAMES, "ns", _DAY_MONTH_YEAR),
    ),
    "a name, year and month": ("a wrong day or another name", _each(_NAMES, "ny", _YEAR_MONTH)),
    "a name, year and day": ("a wrong month", _each(_NAMES, "nd", _YEAR_DAY)),
    "a name, month and day": ("a wrong year", _each(_NAMES, "nm", _MONTH_DAY)),
    "both names in any order": (
        "any birthday and address",
        (
            "list_distinct(flatten(list_transform(given_codes, lambda g: list_transform(family_codes,"
            " lambda f: 'n|' || least(g, f) || '|' || greatest(g, f)))))"
        ),
    ),
    "kin of given name, family name": (
        "a nickname, any birthday",
        _crossed("given_kin", "family_codes", "k"),
    ),
    "a name, postcode": ("a wrong birthday and another name", _crossed(_NAMES, "postcodes", "np")),
    "a name, postcode district": ("a short move, one name only", _crossed(_NAMES, _DISTRICTS, "no")),
    "year, postcode": ("any name", _each("postcodes", "yp", _YEAR)),
    "a name, street": ("a wrong postcode", _crossed(_NAMES, "streets", "ns")),
    "street and number": ("every name and birthday", "list_transform(streets, lambda x: 's|' || x)"),
    "beginnings of names, year": ("wrong endings", f"[('st|' || ({_START}) || '|' || {_YEAR})]"),
    "mobile": ("everything else", "list_transform(mobiles, lambda x: 'm|' || x)"),
    "e-mail": ("everything else", "list_transform(emails, lambda x: 'e|' || x)"),
    "landline, initial": ("everything else", _each("landlines", "l", _INITIAL)),
    "setting, year and month": ("any name", _each("settings", "s", _YEAR_MONTH)),
    "relative": ("a child not yet named or born", "list_transform(relatives, lambda x: 'r|' || x)"),
    "a name, place of birth": ("any birthday", _each(_NAMES, "nb", "nullif(place_of_birth, '')")),
}


def block(connection: duckdb.DuckDBPyConnection, rows: str = "rows", into: str = "pairs") -> int:
    """Make the table `into` (l, r: numbers of rows, l < r) of all pairs that share a key; return how many there are.

    `rows` is a table with `rid` (INTEGER, unique), `hidden` and the comparable columns. Records of a hidden kind meet the
    others, never each other, and count for no block's size.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE keys (key UBIGINT, rid INTEGER, part UBIGINT, hidden BOOLEAN)"
    )
    for _, expression in KEYS.values():
        connection.execute(
            f"""INSERT INTO keys
            SELECT DISTINCT hash(key), rid, part, hidden FROM (
                SELECT unnest({expression}) AS key, rid, hash(birth_year, left(given, 1)) AS part, hidden FROM {rows}
            ) WHERE key IS NOT NULL"""
        )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE crowded AS
        SELECT key FROM keys WHERE NOT hidden GROUP BY key HAVING count(*) > {LARGEST_BLOCK}"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE blocks AS
        SELECT key, rid, hidden FROM keys ANTI JOIN crowded USING (key)
        UNION ALL
        SELECT key, rid, hidden FROM (
            SELECT hash(key, part) AS key, rid, hidden, count(*) FILTER (NOT hidden) OVER (PARTITION BY key, part) AS size
            FROM keys SEMI JOIN crowded USING (key)
        ) WHERE size <= {LARGEST_SPLIT_BLOCK}"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TABLE {into} AS
        WITH shown AS (SELECT key, rid FROM blocks WHERE NOT hidden),
        veiled AS (
            SELECT key, rid FROM blocks SEMI JOIN (
                SELECT key FROM blocks WHERE hidden GROUP BY key HAVING count(*) <= {LARGEST_BLOCK}) USING (key) WHERE hidden)
        SELECT DISTINCT a.rid AS l, b.rid AS r FROM shown a JOIN shown b ON a.key = b.key AND a.rid < b.rid
        UNION ALL
        SELECT DISTINCT least(a.rid, b.rid), greatest(a.rid, b.rid) FROM shown a JOIN veiled b ON a.key = b.key"""
    )
    for table in ("keys", "crowded", "blocks"):
        connection.execute(f"DROP TABLE {table}")
    return int(connection.execute(f"SELECT count(*) FROM {into}").fetchall()[0][0])
