"""The same predicates in the SQL of an engine: DuckDB by default, Spark when a partnership outgrows one machine.

Splink names the two sides of a column COLUMN_l and COLUMN_r; that is the form written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, Literal

from footprint.comparison import predicates as p
from footprint.comparison.declaration import UNKNOWN, Comparison
from footprint.comparison.reference import SLIP_LENGTH

Dialect = Literal["duckdb", "spark"]

_OVERLAP: Final[dict[str, str]] = {"duckdb": "list_has_any({0}, {1})", "spark": "arrays_overlap({0}, {1})"}
_CONTAINS: Final[dict[str, str]] = {"duckdb": "list_contains({0}, {1})", "spark": "array_contains({0}, {1})"}
_SIZE: Final[dict[str, str]] = {"duckdb": "len({0})", "spark": "size({0})"}

LISTS: Final = frozenset(
    "given_all given_kin given_codes family_all family_codes postcodes residences buildings uprns streets mobiles "
    "landlines emails identifiers superseded settings relatives".split()
)


def _sides(column: str) -> tuple[str, str]:
    return f"{column}_l", f"{column}_r"  # unquoted: to Spark, double quotes make a text of it


def _equal(q: p.Equal, dialect: Dialect) -> str:
    left, right = _sides(q.column)
    return f"({left} <> '' AND {left} = {right})"


def _shares(q: p.Shares, dialect: Dialect) -> str:
    return _OVERLAP[dialect].format(*_sides(q.column))


def _crossed(q: p.Crossed, dialect: Dialect) -> str:
    (a, b), (c, d) = _sides(q.text), _sides(q.listed)
    one = _CONTAINS[dialect].format(d, a)
    other = _CONTAINS[dialect].format(c, b)
    return f"(({a} <> '' AND {one}) OR ({b} <> '' AND {other}))"


def _swapped(q: p.Swapped, dialect: Dialect) -> str:
    (a, b), (c, d) = _sides(q.text), _sides(q.listed)
    one = _CONTAINS[dialect].format(d, a)
    other = _CONTAINS[dialect].format(c, b)
    return f"({a} <> '' AND {b} <> '' AND {one} AND {other})"


def _one_slip(q: p.OneSlip, dialect: Dialect) -> str:
    (a, b), (c, d) = _sides(q.column), _sides(q.letters)
    return (
        f"(length({a}) >= {SLIP_LENGTH} AND length({b}) >= {SLIP_LENGTH} AND abs(length({a}) - length({b})) <= 1"
        f" AND (levenshtein({a}, {b}) <= 1 OR ({c} = {d} AND levenshtein({a}, {b}) = 2)))"
    )


def _near(q: p.Near, dialect: Dialect) -> str:
    a, b = _sides(q.column)
    return (
        f"(length({a}) >= {q.length} AND length({b}) >= {q.length}"
        f" AND abs(length({a}) - length({b})) <= {q.distance} AND levenshtein({a}, {b}) <= {q.distance})"
    )


def _initial(q: p.Initial, dialect: Dialect) -> str:
    a, b = _sides(q.column)
    return f"(length({a}) >= 1 AND length({b}) >= 1 AND least(length({a}), length({b})) = 1 AND left({a}, 1) = left({b}, 1))"


def _same_number(q: p.SameNumber, dialect: Dialect) -> str:
    a, b = _sides(q.column)
    return f"({a} <> 0 AND {a} = {b})"


def _numbers_crossed(q: p.NumbersCrossed, dialect: Dialect) -> str:
    (a, c), (b, d) = _sides(q.first), _sides(q.second)
    return f"({a} <> 0 AND {b} <> 0 AND {a} = {d} AND {b} = {c})"


def _number_within(q: p.NumberWithin, dialect: Dialect) -> str:
    a, b = _sides(q.column)
    return f"({a} <> 0 AND {b} <> 0 AND abs({a} - {b}) <= {q.distance})"


def _some_unknown(q: p.SomeUnknown, dialect: Dialect) -> str:
    a, b = _sides(q.column)
    return f"({a} = 0 OR {b} = 0)"


def _known(q: p.Known, dialect: Dialect) -> str:
    a, b = _sides(q.column)
    if q.column in LISTS:
        a, b = (_SIZE[dialect].format(side) for side in (a, b))
        return f"({a} > 0 AND {b} > 0)"
    return f"({a} <> '' AND {b} <> '')"


def _flag(q: p.Flag, dialect: Dialect) -> str:
    a, b = _sides(q.column)
    return f"({a} OR {b})"


def _every(q: p.Every, dialect: Dialect) -> str:
    return "(" + " AND ".join(condition(part, dialect) for part in q.parts) + ")"


def _some(q: p.Some, dialect: Dialect) -> str:
    return "(" + " OR ".join(condition(part, dialect) for part in q.parts) + ")"


def _never(q: p.Never, dialect: Dialect) -> str:
    return f"(NOT {condition(q.part, dialect)})"


_FORM: Final[dict[type, Callable[[Any, Dialect], str]]] = {
    p.Equal: _equal,
    p.Shares: _shares,
    p.Crossed: _crossed,
    p.Swapped: _swapped,
    p.OneSlip: _one_slip,
    p.Near: _near,
    p.Initial: _initial,
    p.SameNumber: _same_number,
    p.NumbersCrossed: _numbers_crossed,
    p.NumberWithin: _number_within,
    p.SomeUnknown: _some_unknown,
    p.Known: _known,
    p.Flag: _flag,
    p.Every: _every,
    p.Some: _some,
    p.Never: _never,
}


def condition(predicate: p.Predicate, dialect: Dialect = "duckdb") -> str:
    """Return the SQL condition of `predicate` over columns NAME_l and NAME_r."""
    return _FORM[type(predicate)](predicate, dialect)


def level(comparison: Comparison, dialect: Dialect = "duckdb") -> str:
    """Return a SQL expression whose value is the level at which two rows agree, as `reference.level` has it."""
    cases = " ".join(
        f"WHEN {condition(one.condition, dialect)} THEN {index}"
        for index, one in enumerate(comparison.levels)
    )
    unknown = f"WHEN NOT {condition(comparison.known, dialect)} THEN {UNKNOWN}"
    return f"CASE {unknown} {cases} ELSE {comparison.else_level} END"


def both_sides(columns: Iterable[str], left: str = "a", right: str = "b") -> str:
    """Return the SELECT list that gives the columns of two rows as NAME_l and NAME_r."""
    return ", ".join(
        f"{row}.{column} AS {column}_{side}"
        for row, side in ((left, "l"), (right, "r"))
        for column in columns
    )
