"""The evidence rule: a weight proposes, evidence disposes.

Same name and same birthday alone never join two records; the rules below say what does. A household fact counts once,
however many fields carry it, and sex, middle name and ethnicity never vote for. A force was reprimanded in 2024 for
merging people on name and birthday: officers stood at the wrong door. How we read the rule where it leaves room is in
docs/adr/0007-evidence-rule-in-sql.md.
"""

from __future__ import annotations

from typing import Final

import duckdb
import msgspec

from footprint.comparison import BY_NAME, sql
from footprint.linking import given
from footprint.linking.facts import GENERATION_YEARS, NUMBERS_DIFFER
from footprint.records.codes import STRONG_SCHEMES


class Rule(msgspec.Struct, frozen=True):
    """One way in which evidence joins two records: its name, the sentence a user reads, and the SQL over `FACTS`."""

    name: str
    sentence: str
    condition: str


class Veto(msgspec.Struct, frozen=True):
    """One reason that keeps two records apart for good: its name, the sentence, and the SQL over `FACTS`."""

    name: str
    sentence: str
    condition: str


def at(comparison: str, *labels: str) -> str:
    """Return SQL that holds where a comparison is at one of the levels named; raises KeyError for an unknown label."""
    levels = {level.label: index for index, level in enumerate(BY_NAME[comparison].levels)}
    return f"g_{comparison} IN ({', '.join(str(levels[label]) for label in labels)})"


# An id counts where the partner that issued it holds one of the two records: two others may both quote a family's file.
_SAME_ISSUED: Final = (
    "(list_has_any(issued_l, issued_r) AND len(list_filter(list_intersect(issued_l, issued_r), lambda x:"
    " starts_with(x, partner_l || '/') OR starts_with(x, partner_r || '/'))) > 0)"
)
#: What is asked of a pair beside its levels: name -> SQL over both records' columns, NAME_l and NAME_r.
FACTS: Final[dict[str, str]] = {
    "same_number": f"(list_has_any(numbers_l, numbers_r) OR {_SAME_ISSUED})",
    # The only number in common stands on records of two generations.
    "number_doubtful": f"(list_has_any(numbers_l, numbers_r) AND NOT list_has_any(certain_l, certain_r) AND NOT {_SAME_ISSUED})",
    "numbers_differ": NUMBERS_DIFFER,
    "one_register": "(partner_l = partner_r AND partner_l IN (SELECT partner FROM one_number))",
    "same_home": "list_has_any(homes_l, homes_r)",
    "same_contact": "list_has_any(reach_l, reach_r)",
    "same_birth": "(birth_l <> '' AND birth_l = birth_r)",
    "same_month": "(birth_month_l <> 0 AND birth_month_l = birth_month_r)",
    "years_apart": "CASE WHEN birth_year_l = 0 OR birth_year_r = 0 THEN 0 ELSE abs(birth_year_l - birth_year_r) END",
    "given_same": "(given_l <> '' AND given_l = given_r)",
    "given_alike": given.ALIKE,
    "given_one_name": given.SAME_NAME,
    "twin_spellings": given.TWIN_SPELLINGS,
    "given_slip": given.SLIP,
    "given_unlike": given.UNLIKE,
    "second_differs": given.SECOND_DIFFERS,
    "second_same": "(middle_l = middle_r)",
    "somebody_else": "(others_l OR others_r)",
    "twins_known": "(twins_l OR twins_r)",
    "namesakes_known": "(namesakes_l OR namesakes_r)",
}
_COLUMNS: Final = (
    *given.COLUMNS, "partner", "birth", "birth_year", "birth_month", *STRONG_SCHEMES,
    "numbers", "certain", "issued", "homes", "reach", "others", "twins", "namesakes",
)  # fmt: skip

_EXACT_BIRTH: Final = at("birth", "exact")
_ONE_PART_OFF: Final = at("birth", "one-off", "swapped")
# Of a birthday known in part the year alone says less than one part off would.
_PARTLY_KNOWN: Final = f"({at('birth', 'partial')} AND same_month)"
# A birthday that systems write when nobody knew it says a year. Brothers' records may both say Muhammad: where the
# birthday is off, the name by which they go must be the same.
NEAR_BIRTH: Final = f"({_EXACT_BIRTH} OR given_one_name AND ({_ONE_PART_OFF} OR {_PARTLY_KNOWN}))"
_CROSSED: Final = f"({at('given', 'crossed')} AND {at('family', 'crossed')})"
_FAMILY_AGREES: Final = at("family", "exact", "part", "slip")
LISTED_NAMES: Final = f"(given_one_name AND {at('family', 'exact')} OR {_CROSSED})"
# One letter off counts as spelling where nothing else is off: sisters one letter apart are born a year apart.
AGREEING_NAMES: Final = f"((given_alike OR given_slip AND {_EXACT_BIRTH}) AND {_FAMILY_AGREES} OR {_CROSSED})"
# A newborn is "Baby" at one partner: its given name is not known, which is no disagreement when a number is the same.
_NEWBORN: Final = (
    f"(g_given = -1 AND {at('family', 'exact', 'part')} AND {_EXACT_BIRTH}"
    " AND NOT (number_doubtful OR somebody_else OR twins_known OR namesakes_known))"
)
_ONE_NAME: Final = "(g_family = -1 AND given_same AND same_birth)"
_VOTES: Final = (
    f"(same_home::TINYINT + same_contact::TINYINT + ({at('setting', 'same')})::TINYINT"
    f" + ({at('relative', 'same')})::TINYINT)"
)
# Where a twin may stand behind the other record, only the very same given names may join.
_NOT_THE_TWIN: Final = (
    "(NOT (somebody_else OR twins_known) OR given_same)"
    " AND (NOT namesakes_known OR given_same AND second_same)"
)  # fmt: skip

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "E1",
        "the same checked number, an agreeing name and birthday",
        f"same_number AND (({AGREEING_NAMES} OR {_ONE_NAME}) AND (same_birth OR {at('birth', 'one-off', 'swapped', 'partial')})"
        " AND (NOT (twins_known OR number_doubtful) OR given_same)"
        f" AND NOT (second_differs AND (namesakes_known OR number_doubtful)) OR {_NEWBORN})",
    ),
    Rule(
        "E2",
        "the same names, birthday and home, and nobody else of that birthday known there",
        f"same_home AND {_EXACT_BIRTH} AND {LISTED_NAMES} AND NOT (second_differs OR twin_spellings)"
        " AND NOT (somebody_else OR twins_known OR namesakes_known)",
    ),
    Rule(
        "E3",
        "an agreeing name and birthday, and two more facts of different kinds",
        f"{AGREEING_NAMES} AND {NEAR_BIRTH} AND {_VOTES} >= 2 AND NOT second_differs AND {_NOT_THE_TWIN}",
    ),
)

VETOES: Final[tuple[Veto, ...]] = (
    Veto("numbers", "two valid different numbers of one scheme", "numbers_differ"),
    Veto(
        "sibling",
        "the same birthday and home, and given names that are not the same: twins or siblings",
        "same_home AND same_birth AND given_unlike",
    ),
    Veto("one id", "one partner holds both and gives each person one number", "one_register"),
    Veto("generation", "birthdays a generation apart", f"years_apart >= {GENERATION_YEARS}"),
)

# What was joined yesterday stays while its evidence thins (a family moves, a number is dropped, a mother marries), not
# when it turns: another given name, another birthday, a twin who has become known.
STAYS: Final = f"NOT given_unlike AND NOT second_differs AND g_birth <> {BY_NAME['birth'].else_level} AND {_NOT_THE_TWIN}"


def judge(
    connection: duckdb.DuckDBPyConnection,
    unique_partners: frozenset[str],
    *,
    scored: str = "scored",
    into: str = "judged",
) -> None:
    """Make the table `into`: `scored` with, for each pair, `rule` (E1 to E3, or empty), `veto` (a name, or empty) and
    `stays` (whether it may stay joined if it was joined yesterday)."""
    connection.execute("CREATE OR REPLACE TEMP TABLE one_number (partner VARCHAR)")
    connection.executemany(
        "INSERT INTO one_number VALUES (?)", [[name] for name in sorted(unique_partners)] or [[""]]
    )
    facts = ", ".join(f"{expression} AS {name}" for name, expression in FACTS.items())
    rules = " ".join(f"WHEN {rule.condition} THEN '{rule.name}'" for rule in RULES)
    vetoes = " ".join(f"WHEN {veto.condition} THEN '{veto.name}'" for veto in VETOES)
    levels = ", ".join(f"g_{name}" for name in BY_NAME)
    connection.execute(
        f"""CREATE OR REPLACE TABLE {into} AS
        SELECT l, r, weight, {levels}, CASE {rules} ELSE '' END AS rule, CASE {vetoes} ELSE '' END AS veto,
            {STAYS} AS stays
        FROM (SELECT l, r, weight, {levels}, {facts}
            FROM (SELECT s.*, {sql.both_sides(_COLUMNS)}
                FROM {scored} s JOIN rows a ON a.rid = s.l JOIN rows b ON b.rid = s.r))"""
    )
