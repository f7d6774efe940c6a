"""The policy rules as the agreement reads, denies what nobody shares, and names its rules."""

import datetime as dt
import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from footprint.records.codes import INVOLVEMENTS
from footprint.records.disclosure import LEVELS
from footprint.records.mask import Mask
from footprint.sharing import Ask, compile_policy, packaged_agreement
from footprint.sharing.agreement import Recipients, Rule
from footprint.sharing.policy import DENY, LONGEST
from tests.sharing import reference
from tests.sharing.agreements import KINDS, SECTORS, an_agreement, an_ask

DAY = dt.date(2026, 11, 26)
CARE, POLICE, SCHOOL = "childrens-social-care", "police", "school-1"


def ask(role="frontline", partner=POLICE, purpose="s47", day=DAY, sector=""):
    return Ask(role=role, partner=partner, sector=sector or SECTORS[partner], purpose=purpose, day=day)


def rule(name, *, effect="share", level="content", of=("all",), kinds=("all",), **more):
    return Rule(
        id=name,
        effect=effect,
        of=of,
        recipients=Recipients(roles=("frontline",), **more.pop("to", {})),
        reasons=more.pop("reasons", ("all",)),
        kinds=kinds,
        level=level,
        basis="A basis.",
        **more,
    )


def policy(*rules, **more):
    return compile_policy(structs.replace(packaged_agreement(), rules=rules, **more), SECTORS)


@settings(max_examples=150)
@given(seed=st.integers(0, 2**32))
def test_a_compiled_agreement_decides_as_its_rules_read(seed):
    draw = random.Random(seed)
    agreement = an_agreement(draw)
    compiled = compile_policy(agreement, SECTORS)
    for one in (an_ask(draw) for _ in range(10)):
        ruling = compiled.decide(one)
        levels = {
            (provider, kind): reference.level(agreement, SECTORS, one, provider, kind)
            for provider in [*SECTORS, "unheard-of"]
            for kind in KINDS
        }
        for (provider, kind), expected in levels.items():
            decision = compiled.level(one, provider, kind)
            assert decision.level == ruling.disclosure.level(provider, kind) == expected
            assert decision.rule
        told = {provider for (provider, kind), said in levels.items() if said != "nothing"}
        assert told <= ruling.partners <= set(SECTORS)
        assert ruling.allowed == bool(ruling.partners)
        assert ruling.allowed or (ruling.sentence and ruling.disclosure.levels == {})


def test_random_agreements_come_to_every_level_by_sharing_and_by_withholding():
    found = set()
    for seed in range(200):
        draw = random.Random(seed)
        agreement, one = an_agreement(draw), an_ask(draw)
        withheld = any(rule.effect == "withhold" for rule in agreement.rules)
        for provider, kind in product(SECTORS, KINDS):
            if reference.may_ask(agreement, one):
                found.add((reference.level(agreement, SECTORS, one, provider, kind), withheld))
    assert found == set(product(LEVELS, (False, True)))


@given(seed=st.integers(0, 2**32))
def test_withholding_only_ever_takes_away_and_the_order_of_rules_does_not_matter(seed):
    draw = random.Random(seed)
    agreement, one = an_agreement(draw), an_ask(draw)
    shares = tuple(rule for rule in agreement.rules if rule.effect == "share")
    shuffled = tuple(draw.sample(agreement.rules, len(agreement.rules)))
    as_it_is, without, in_disorder = (
        compile_policy(structs.replace(agreement, rules=rules), SECTORS)
        for rules in (agreement.rules, shares, shuffled)
    )
    for provider, kind in product(SECTORS, KINDS):
        level = as_it_is.level(one, provider, kind).level
        assert LEVELS.index(level) <= LEVELS.index(without.level(one, provider, kind).level)
        assert level == in_disorder.level(one, provider, kind).level


@given(seed=st.integers(0, 2**32))
def test_whatever_is_ruled_fits_into_the_ledger(seed):
    draw = random.Random(seed)
    ruling = compile_policy(an_agreement(draw), SECTORS).decide(an_ask(draw))
    for text in (ruling.rule, ruling.version):
        assert 0 < len(text) <= LONGEST
        assert text.isprintable()


def test_what_nobody_shares_is_not_shared():
    ruling = policy().decide(ask())
    assert (ruling.allowed, ruling.rule, ruling.partners) == (False, DENY, frozenset())
    assert ruling.mask() == Mask(partners=frozenset())


def test_an_explicit_withhold_beats_every_share():
    compiled = policy(
        rule("all"),
        rule("no-custody", effect="withhold", level="existence", kinds=("custody",)),
        rule("more"),
    )
    assert compiled.level(ask(), POLICE, "custody") == ("nothing", "no-custody")
    assert compiled.level(ask(), POLICE, "incident") == ("content", "all")


def test_withholding_content_leaves_existence():
    compiled = policy(rule("all"), rule("ring", effect="withhold", level="content", kinds=("custody",)))
    assert compiled.level(ask(), POLICE, "custody") == ("existence", "ring")


def test_a_rule_holds_from_its_first_day_to_its_last():
    compiled = policy(rule("autumn", first=dt.date(2026, 9, 1), last=dt.date(2026, 11, 30)))
    days = [dt.date(2026, 8, 31), dt.date(2026, 9, 1), dt.date(2026, 11, 30), dt.date(2026, 12, 1)]
    assert [compiled.decide(ask(day=day)).allowed for day in days] == [False, True, True, False]


def test_a_bilateral_rule_is_for_that_partner_alone():
    compiled = policy(rule("pair", of=(CARE,), to={"sectors": ("police",)}))
    assert compiled.decide(ask()).partners == {CARE}
    assert not compiled.decide(ask(partner="acute-trust")).allowed


def test_own_means_the_recipients_own_partner():
    compiled = policy(rule("own", of=("own",)))
    assert compiled.decide(ask(partner=SCHOOL)).partners == {SCHOOL}
    assert compiled.decide(ask()).partners == {POLICE}


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (ask(purpose="curiosity"), "no-such-purpose"),
        (ask(day=dt.date(2024, 12, 31)), "not-in-force"),
        (ask(role="administrator"), "role-may-not-ask"),
        (ask(role="somebody"), "role-may-not-ask"),
        (ask(role="data-steward"), "role-may-not-ask"),
        (ask(purpose="steward"), "role-may-not-ask"),
        (ask(partner="press", sector="newspapers"), "not-a-party"),
    ],
)
def test_who_may_not_ask_is_told_why_and_gets_nothing(asked, why):
    ruling = policy(rule("all")).decide(asked)
    assert (ruling.allowed, ruling.rule) == (False, why)
    assert ruling.sentence.endswith(".")
    assert ruling.mask() == Mask(partners=frozenset())
    assert ruling.disclosure.level(POLICE, "incident") == "nothing"


def test_a_partner_that_has_left_shares_nothing_and_is_told_nothing():
    agreement = packaged_agreement()
    left = tuple(
        structs.replace(party, last=dt.date(2026, 6, 30)) if party.sector == "police" else party
        for party in agreement.parties
    )
    compiled = policy(rule("all"), parties=left)
    assert compiled.decide(ask(day=dt.date(2026, 6, 30))).allowed
    assert compiled.decide(ask()).rule == "not-a-party"
    assert POLICE not in compiled.decide(ask(partner=CARE)).partners


def test_the_narrowest_reach_holds():
    compiled = policy(rule("all"), rule("pupils", reach="own-pupils", of=("own",)))
    ruling = compiled.decide(ask(partner=SCHOOL))
    assert ruling.reach == "own-pupils"
    assert ruling.mask(frozenset({"school-1/upn/1"})).among == {"school-1/upn/1"}
    assert ruling.mask().among == frozenset(), "who forgets to say which pupils shows nobody"


def test_many_rules_are_named_as_far_as_a_line_holds():
    names = [f"a-rule-with-a-long-name-{number:02}" for number in range(20)]
    compiled = policy(*(rule(name, kinds=(kind,)) for name, kind in zip(names, INVOLVEMENTS, strict=False)))
    said = compiled.decide(ask()).rule
    assert said.startswith(f"{names[0]} {names[1]}")
    assert said.endswith(" +13")
    assert len(said) <= LONGEST


def test_the_version_changes_with_every_word_of_the_agreement():
    agreement = packaged_agreement()
    other = structs.replace(agreement, rules=agreement.rules[:-1])
    assert agreement.stamp == packaged_agreement().stamp
    assert agreement.stamp.rpartition("/")[0] == other.stamp.rpartition("/")[0]
    assert agreement.stamp != other.stamp
