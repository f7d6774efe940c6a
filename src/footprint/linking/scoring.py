"""Weighing pairs with Splink, on DuckDB by default and on Spark when a partnership outgrows one machine.

Splink's settings are made here from the declared comparisons and the model; nothing is declared twice. Weights are in
bits (log2 of the odds that the two records are one person's), the prior included.
"""

from __future__ import annotations

import logging
import warnings
from typing import Any, Final

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.blocking_rule_library import CustomRule
from splink.internals.comparison_creator import ComparisonCreator
from splink.internals.database_api import DatabaseAPISubClass
from splink.internals.splink_dataframe import SplinkDataFrame

from footprint.comparison import COMPARISONS, Comparison, Kind, sql
from footprint.linking import frequencies
from footprint.linking.model import Model

COLUMNS: Final = (
    "given", "middle", "family", "given_letters", "family_letters", "given_all", "given_kin", "given_codes",
    "family_all", "family_codes", "birth", "birth_year", "birth_month", "birth_day", "placeholder_birth", "sex",
    "postcodes", "residences", "buildings", "uprns", "streets", "mobiles", "landlines", "emails", "identifiers",
    "settings", "relatives", "place_of_birth", "occupation",
)  # fmt: skip

# No value counts as rarer than one in a million people: what is rarer is a misprint as often as a name.
RAREST: Final = 1e-6


def _levels(comparison: Comparison, model: Model, dialect: sql.Dialect) -> list[dict[str, Any]]:
    chances = model.comparisons[comparison.name]
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": f"NOT {sql.condition(comparison.known, dialect)}",
            "label_for_charts": "unknown",
            "is_null_level": True,
        }
    ]
    for index, level in enumerate(comparison.levels):
        settings: dict[str, Any] = {
            "sql_condition": sql.condition(level.condition, dialect),
            "label_for_charts": level.label,
            "m_probability": chances.m[index],
            "u_probability": chances.u[index],
        }
        if level.frequency:
            settings |= {
                "tf_adjustment_column": level.frequency,
                "tf_adjustment_weight": 1.0,
                "tf_minimum_u_value": RAREST,
                "disable_tf_exact_match_detection": True,
            }
        levels.append(settings)
    last = chances.m[-1], chances.u[-1]
    if comparison.positive_only:
        last = (0.5, 0.5)
    levels.append({"sql_condition": "ELSE", "label_for_charts": comparison.otherwise,
                   "m_probability": last[0], "u_probability": last[1]})  # fmt: skip
    return levels


def settings(model: Model, dialect: sql.Dialect = "duckdb") -> SettingsCreator:
    """Return Splink's settings for the declared comparisons under `model`."""
    comparisons: list[ComparisonCreator | dict[str, Any]] = [
        {"output_column_name": comparison.name, "comparison_levels": _levels(comparison, model, dialect)}
        for comparison in COMPARISONS
        if comparison.name in model.comparisons
    ]
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="rid",
        probability_two_random_records_match=model.prior,
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[CustomRule("l.rid = r.rid")],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def weigh(
    database: DatabaseAPISubClass,
    model: Model,
    dialect: sql.Dialect,
    *,
    floor: float,
    rows: str = "rows",
    blocked: str = "blocked",
) -> SplinkDataFrame:
    """Return Splink's weights (rid_l, rid_r, match_weight) of the pairs whose weight is at least `floor` bits.

    The engine behind `database` holds the tables `rows`, `blocked` (match_key, join_key_l, join_key_r) and tf_COLUMN.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Half a second's validation of what we made ourselves: a test asks for it once.
        made = settings(model, dialect)
        linker = Linker(database.register(rows), made, log_level=logging.ERROR, validate_settings=False)
        for column in frequencies.COLUMNS:
            linker.table_management.register_term_frequency_lookup(database.register(f"tf_{column}"), column)
        linker.table_management.register_blocked_pairs_for_predict(database.register(blocked))
        return linker.inference.predict(threshold_match_weight=floor, warning_mode="never")


def score(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    *,
    floor: float,
    rows: str = "rows",
    pairs: str = "pairs",
    into: str = "scored",
) -> None:
    """Make the table `into` (l, r, weight, g_NAME for each comparison) of the pairs whose weight is at least `floor` bits.

    The frequency tables (tf_COLUMN, see `frequencies`) must be there. A level is the index into the comparison's levels,
    its `else_level`, or UNKNOWN (-1).
    """
    connection.execute(
        f"CREATE OR REPLACE VIEW blocked AS SELECT 0 AS match_key, l AS join_key_l, r AS join_key_r FROM {pairs}"
    )
    predicted = weigh(DuckDBAPI(connection=connection), model, "duckdb", floor=floor, rows=rows)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE weighed AS
        SELECT least(rid_l, rid_r) AS l, greatest(rid_l, rid_r) AS r, match_weight AS weight
        FROM {predicted.physical_name}"""
    )
    predicted.drop_table_from_database_and_remove_from_cache(force_non_splink_table=True)
    connection.execute(
        f"""CREATE OR REPLACE TABLE {into} AS
        SELECT * REPLACE (weight - {_discount(model)} AS weight)
        FROM (SELECT l, r, weight, {level_columns()}
        FROM (SELECT l, r, weight, {both_sides()} FROM weighed p JOIN {rows} a ON p.l = a.rid JOIN {rows} b ON p.r = b.rid))
        WHERE weight - {_discount(model)} >= {floor}"""
    )
    connection.execute("DROP TABLE weighed")


def _discount(model: Model) -> str:
    """Return SQL for what a weight loses, in bits, because two people need not be strangers.

    Splink weighs a match against strangers. Against strangers, housemates or namesakes it is less by
    log2(1 + 2^housemates + 2^namesakes), where each is the weight, from the levels, that the two are of that kind:
    a family name, a home and a telephone in common are what brothers have, too.
    """
    kinds = " + ".join(f"pow(2.0, {_bits_of_kind(model, kind)})" for kind in model.others)
    return f"log2(1 + {kinds})" if kinds else "0.0"


def _bits_of_kind(model: Model, kind: Kind) -> str:
    terms = [repr(model.other_prior_bits(kind))]
    for name, chances in model.comparisons.items():
        if kind in chances.others:
            bits = [model.other_bits(kind, name, level) for level in range(len(chances.u))]
            whens = " ".join(f"WHEN {level} THEN {value!r}" for level, value in enumerate(bits))
            terms.append(f"(CASE g_{name} {whens} ELSE 0.0 END)")
    return " + ".join(terms)


def level_columns(dialect: sql.Dialect = "duckdb") -> str:
    """Return the SELECT list that gives every comparison's level as g_NAME, over columns NAME_l and NAME_r."""
    return ", ".join(f"({sql.level(one, dialect)})::TINYINT AS g_{one.name}" for one in COMPARISONS)


def both_sides() -> str:
    """Return the SELECT list that gives the compared columns of rows `a` and `b` as NAME_l and NAME_r."""
    return sql.both_sides(COLUMNS)
