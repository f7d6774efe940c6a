"""Rule and veto of every pair are what the slow reference says; closure asks the same of records that never met."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import duckdb
import pytest

from footprint.comparison import BY_NAME
from footprint.linking import evidence, facts
from footprint.linking.joining import _cards_of
from footprint.linking.scoring import both_sides, level_columns
from footprint.linking.vetoes import forbids
from footprint.records import Comparable
from footprint.records.columns import frame_of
from tests.linking import reference_evidence as slow
from tests.linking.neighbours import neighbourhood

SEEDS = range(32)
ONE_ID_EACH = frozenset({"school"})


def judged(rows: list[Comparable]) -> duckdb.DuckDBPyConnection:
    """Return a connection in which every pair of rows is judged."""
    connection = duckdb.connect()
    connection.register("said", frame_of(rows))
    facts.prepare(connection, "said")
    connection.execute(
        f"""CREATE TABLE scored AS SELECT l, r, 0.0 AS weight, {level_columns()} FROM (
            SELECT a.rid AS l, b.rid AS r, {both_sides()} FROM rows a JOIN rows b ON a.rid < b.rid)"""
    )
    evidence.judge(connection, ONE_ID_EACH)
    return connection


@pytest.fixture(scope="module")
def neighbourhoods():
    """Seeded neighbourhoods, with limits so low that hostels and offices are among their doors and telephones."""
    with pytest.MonkeyPatch.context() as patch:
        for name, reference, limit in (
            ("MOST_BIRTHDAYS_IN_A_HOME", "HOUSEHOLD", 6),
            ("MOST_NAMES_IN_A_HOME", "NAMES", 11),
            ("MOST_BIRTHDAYS_AT_A_CONTACT", "PHONES", 3),
        ):
            patch.setattr(facts, name, limit)
            patch.setattr(slow, reference, limit)
        found = []
        for seed in SEEDS:
            rows = neighbourhood(seed, 16 + 4 * (seed % 5))
            world = slow.World(rows, ONE_ID_EACH)
            pairs = {tuple(sorted((a.key, b.key))): slow.Pair(world, a, b) for a, b in combinations(rows, 2)}
            expected = {
                keys: (slow.rule(pair), slow.veto(pair), slow.stays(pair)) for keys, pair in pairs.items()
            }
            found.append((pairs, expected, judged(rows)))
        yield found


def test_every_pair_is_judged_as_the_reference_judges_it(neighbourhoods):
    for pairs, expected, connection in neighbourhoods:
        results = connection.execute(
            """SELECT a.key, b.key, j.rule, j.veto, j.stays
            FROM judged j JOIN rows a ON a.rid = l JOIN rows b ON b.rid = r"""
        ).fetchall()
        outcome = {(one, other): (rule, veto, stays) for one, other, rule, veto, stays in results}
        assert outcome.keys() == expected.keys()
        wrong = {
            keys: (outcome[keys], expected[keys], pairs[keys][1:])
            for keys in expected
            if outcome[keys] != expected[keys]
        }
        assert not wrong, next(iter(wrong.values()))


def test_the_neighbourhoods_hold_every_rule_and_veto(neighbourhoods):
    seen = Counter(
        verdict for _, expected, _ in neighbourhoods for triple in expected.values() for verdict in triple
    )
    names = {*(rule.name for rule in evidence.RULES), *(veto.name for veto in evidence.VETOES), True, False}
    assert {name for name in names if seen[name] >= 5} == names
    worlds = [next(iter(pairs.values())).world for pairs, _, _ in neighbourhoods]
    for company in ("somebody_else", "twins", "namesakes"):
        assert sum(getattr(world, company)(row) for world in worlds for row in world.rows) >= 20, company
    assert any(
        world.is_institution(door) for world in worlds for row in world.rows for door in world.doors(row)
    )
    assert any(
        len(world.reach(row)) < len(row.mobiles + row.emails) for world in worlds for row in world.rows
    )


def test_a_merge_asks_for_the_same_vetoes_and_for_strangers(neighbourhoods):
    strangers = 0
    for pairs, expected, connection in neighbourhoods:
        numbers = dict(connection.execute("SELECT key, rid FROM rows").fetchall())
        cards = _cards_of(connection, set(numbers.values()))
        for (one, other), (_, veto, _) in expected.items():
            for a, b in ((one, other), (other, one)):
                said = forbids(cards[numbers[a]], cards[numbers[b]], ONE_ID_EACH)
                # The order in which vetoes are named is not their subject.
                assert (said in {"", "strangers"}) == (veto == ""), (pairs[one, other], said, veto)
                strangers += said == "strangers"
                if said == "strangers":
                    assert are_strangers(pairs[one, other].a, pairs[one, other].b)
                elif said == "":
                    assert not are_strangers(pairs[one, other].a, pairs[one, other].b)
    assert strangers > 100


def are_strangers(a: Comparable, b: Comparable) -> bool:
    """Two whole birthdays of which two parts differ, or one part and the name; 1 January is no birthday."""
    if not a.birth or not b.birth or a.placeholder_birth or b.placeholder_birth or a.birth == b.birth:
        return False
    parts = ((a.birth_year, b.birth_year), (a.birth_month, b.birth_month), (a.birth_day, b.birth_day))
    crossed = a.birth_year == b.birth_year and (a.birth_month, a.birth_day) == (b.birth_day, b.birth_month)
    one_off = crossed or sum(one == other for one, other in parts) == 2
    return not one_off or slow.unlike(a, b)


def test_who_is_named_first_does_not_matter(neighbourhoods):
    for pairs, expected, _ in neighbourhoods[:3]:
        for keys, pair in pairs.items():
            turned = slow.Pair(pair.world, pair.b, pair.a)
            assert (slow.rule(turned), slow.veto(turned), slow.stays(turned)) == expected[keys]


@pytest.mark.parametrize("rule", evidence.RULES, ids=lambda rule: rule.name)
def test_same_name_and_same_birthday_alone_never_join(rule):
    """Whatever else is unknown: no rule holds of two records that agree on names, birthday, sex and middle name only."""
    bare = {
        "given": "amina",
        "given_all": ["amina"],
        "given_kin": ["amina"],
        "given_letters": "aaimn",
        "middle": "grace",
    }
    rows = [
        Comparable(key=f"{who}/id/1", partner=who, family="khan", family_all=["khan"], birth="2014-03-05", sex="F",
                   birth_year=2014, birth_month=3, birth_day=5, **bare)
        for who in ("police", "trust")
    ]  # fmt: skip
    connection = judged(rows)
    assert connection.execute("SELECT count(*) FROM judged").fetchall() == [(1,)]
    assert connection.execute(f"SELECT rule FROM judged WHERE rule = '{rule.name}'").fetchall() == []


def test_a_level_that_was_renamed_is_an_error_and_no_silent_rule():
    with pytest.raises(KeyError):
        evidence.at("given", "no such level")
    assert set(BY_NAME) >= {"given", "family", "birth", "setting", "relative"}
