"""The evidence rule: a weight proposes, evidence disposes.

Same name and same birthday alone never join two records; the rules below say what does. A household fact counts once,
however many fields carry it, and sex, middle name and ethnicity never vote for. A force was reprimanded in 2024 for
merging people on name and birthday: officers stood at the wrong door.
"""

from __future__ import annotations

from typing import Final

import duckdb
import msgspec

from footprint.comparison import BY_NAME
from footprint.records.codes import STRONG_SCHEMES

# A birthday this many years away is another generation: John Smith senior and John Smith junior.
GENERATION_YEARS: Final = 12


class Rule(msgspec.Struct, frozen=True):
    """One way in which evidence joins two records: its name, the sentence a user reads, and the SQL over `facts`."""

    name: str
    sentence: str
    condition: str


class Veto(msgspec.Struct, frozen=True):
    """One reason that keeps two records apart for good: its name, the sentence, and the SQL over `facts`."""

    name: str
    sentence: str
    condition: str


def at(comparison: str, *labels: str) -> str:
    """Return SQL that holds where a comparison is at one of the levels named; raises KeyError for an unknown label."""
    levels = {level.label: index for index, level in enumerate(BY_NAME[comparison].levels)}
    return f"g_{comparison} IN ({', '.join(str(levels[label]) for label in labels)})"


def _else(comparison: str) -> str:
    return f"g_{comparison} = {BY_NAME[comparison].else_level}"


_CROSSED = f"({at('given', 'crossed')} AND {at('family', 'crossed')})"
_EQUIVALENT = f"({at('given', 'exact', 'alias', 'kin')})"
_ORDER_OR = "({given} AND {family} OR " + _CROSSED + ")"
LISTED_NAMES: Final = _ORDER_OR.format(given=_EQUIVALENT, family=at("family", "exact"))
AGREEING_NAMES: Final = _ORDER_OR.format(
    given=at("given", "exact", "alias", "kin", "slip"), family=at("family", "exact", "part", "slip")
)
# A newborn is "Baby" at one partner: its given name is not known, which is no disagreement when a number is the same.
_NEWBORN = f"(g_given = -1 AND {at('family', 'exact', 'part')} AND {at('birth', 'exact')})"
_ONE_NAME = f"(g_family = -1 AND {at('given', 'exact')} AND same_birth)"
NEAR_BIRTH: Final = f"(same_birth OR {at('birth', 'one-off', 'swapped', 'partial')})"
_VOTES = (
    f"(same_home::TINYINT + ({at('contact', 'personal')})::TINYINT + ({at('setting', 'same')})::TINYINT"
    f" + ({at('relative', 'same')})::TINYINT)"
)
# Where two people of that birthday are proved to live in the home, only the very same name may join.
_NOT_THE_TWIN = f"(NOT company_proved OR {at('given', 'exact')})"

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "E1",
        "the same checked number, an agreeing name and birthday",
        f"same_number AND {NEAR_BIRTH} AND {_NOT_THE_TWIN} AND ({AGREEING_NAMES} OR {_NEWBORN} OR {_ONE_NAME})",
    ),
    Rule(
        "E2",
        "the same names, birthday and home, and nobody else of that birthday known there",
        f"same_home AND {at('birth', 'exact')} AND {LISTED_NAMES} AND company_names = 1 AND {_NOT_THE_TWIN}",
    ),
    Rule(
        "E3",
        "an agreeing name and birthday, and two more facts of different kinds",
        f"{AGREEING_NAMES} AND {NEAR_BIRTH} AND {_VOTES} >= 2 AND {_NOT_THE_TWIN}",
    ),
)

VETOES: Final[tuple[Veto, ...]] = (
    Veto("numbers", "two valid different numbers of one scheme", "numbers_differ"),
    Veto(
        "sibling",
        "the same birthday and home, and given names that are not the same: twins or siblings",
f"same_home AND same_birth AND ({at('given', 'sound', 'initial')} OR {_else('given')})",
    ),
    Veto("one id", "one partner holds both and gives each person one number", "same_unique_partner"),
    Veto("generation", "birthdays a generation apart", f"years_apart >= {GENERATION_YEARS}"),
)


def judge(
    connection: duckdb.DuckDBPyConnection, unique_partners: frozenset[str], *, scored: str = "scored", into: str = "judged"
) -> None:
    """Make the table `into`: `scored` with `rule` (E1 to E3, or empty) and `veto` (a name, or empty) for each pair."""
    differ = " OR ".join(
        f"(len(a.{scheme}) > 0 AND len(b.{scheme}) > 0 AND NOT list_has_any(a.{scheme}, b.{scheme}))"
        for scheme in STRONG_SCHEMES
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE one_number (partner VARCHAR)")
    connection.executemany("INSERT INTO one_number VALUES (?)", [[name] for name in sorted(unique_partners)] or [[""]])
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE in_company AS
        SELECT rid, max(names) AS names, bool_or(proved) AS proved
        FROM homes JOIN rows USING (rid) JOIN company USING (home, birth) GROUP BY rid"""
    )
    rules = " ".join(f"WHEN {rule.condition} THEN '{rule.name}'" for rule in RULES)
    vetoes = " ".join(f"WHEN {veto.condition} THEN '{veto.name}'" for veto in VETOES)
    connection.execute(
        f"""CREATE OR REPLACE TABLE {into} AS
        SELECT * EXCLUDE (same_number, same_home, same_birth, numbers_differ, same_unique_partner, years_apart,
                          company_names, company_proved),
            CASE {rules} ELSE '' END AS rule, CASE {vetoes} ELSE '' END AS veto
        FROM (
            SELECT s.*, list_has_any(a.strong, b.strong) AS same_number, list_has_any(a.homes, b.homes) AS same_home,
                a.birth <> '' AND a.birth = b.birth AS same_birth, {differ} AS numbers_differ,
                a.partner = b.partner AND a.partner IN (SELECT partner FROM one_number) AS same_unique_partner,
                CASE WHEN a.birth_year = 0 OR b.birth_year = 0 THEN 0 ELSE abs(a.birth_year - b.birth_year) END AS years_apart,
                greatest(coalesce(x.names, 1), coalesce(y.names, 1)) AS company_names,
                coalesce(x.proved, false) OR coalesce(y.proved, false) AS company_proved
            FROM {scored} s JOIN rows a ON a.rid = s.l JOIN rows b ON b.rid = s.r
            LEFT JOIN in_company x ON x.rid = s.l LEFT JOIN in_company y ON y.rid = s.r)"""
    )
