"""What an agreement comes to, said for people: every word of it must be what the policy decides."""

import datetime as dt
import random
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from footprint.records.codes import INVOLVEMENTS
from footprint.sharing import compile_policy, packaged_agreement
from footprint.sharing.describing import grants, notes, partners_of, questions
from footprint.sharing.differing import changes, other_changes
from tests.sharing.agreements import DAYS, an_agreement

DAY = dt.date(2026, 11, 26)


def told(policy, day):
    """Every cell that the description names, as (role, recipient, purpose, provider, kind) -> level."""
    cells = {}
    for grant in grants(policy, day):
        for recipient, purpose, share in product(grant.recipients, grant.purposes, grant.shares):
            own, other = share.provider.startswith("own "), share.provider.startswith("other ")
            name = share.provider.removeprefix("own ").removeprefix("other ")
            for provider in [name] if own else [f"other {name}"] if other else [name, f"other {name}"]:
                if provider in policy.providers:
                    levels = [(kind, "content") for kind in share.content]
                    levels += [(kind, "existence") for kind in share.existence]
                    cells |= {
                        (grant.role, recipient, purpose, provider, kind): level for kind, level in levels
                    }
    return cells


@settings(max_examples=20)
@given(seed=st.integers(0, 2**32))
def test_who_gets_what_is_told_as_the_policy_decides(seed):
    draw = random.Random(seed)
    agreement, day = an_agreement(draw), draw.choice(DAYS)
    policy = compile_policy(agreement, partners_of(agreement))
    decided = {
        (ask.role, ask.partner, ask.purpose, provider, kind): decision.level
        for ask in questions(policy.providers, agreement.purposes, day)
        for provider, kinds in policy.cells(ask).items()
        for kind, decision in kinds.items()
        if decision.level != "nothing" and INVOLVEMENTS[kind].sector == policy.providers[provider]
    }
    assert told(policy, day) == decided


@settings(max_examples=20)
@given(seed=st.integers(0, 2**32))
def test_what_changes_is_every_decision_that_differs_and_no_other(seed):
    draw = random.Random(seed)
    old, new, day = an_agreement(draw), an_agreement(draw), draw.choice(DAYS)
    new = draw.choice([new, structs.replace(old, rules=old.rules[1:]), old])
    partners = partners_of(old, new)
    before, after = compile_policy(old, partners), compile_policy(new, partners)
    rulings = [
        (ask, before.decide(ask).disclosure, after.decide(ask).disclosure)
        for ask in questions(partners, old.purposes, day)
    ]
    expected = {
        (ask.role, ask.partner, ask.purpose, provider, kind)
        for ask, was, becomes in rulings
        for provider, kind in product(partners, INVOLVEMENTS)
        if was.level(provider, kind) != becomes.level(provider, kind)
    }
    said = [change for change in changes(old, new, day) if change.provider]
    named = {
        (change.role, recipient, purpose, change.provider, kind): (change.before, change.after)
        for change in said
        for recipient, purpose, kind in product(change.recipients, change.purposes, change.kinds)
    }
    also = {(*cell[:3], f"other {cell[3]}", cell[4]) for cell in named}
    assert set(named) <= expected <= set(named) | also
    assert old is not new or not said


def test_a_narrower_reach_is_a_change():
    old = packaged_agreement()
    hub = structs.replace(old.rules[0], reach="own-pupils")
    (first, *_) = changes(old, structs.replace(old, rules=(hub, *old.rules[1:])), DAY)
    assert (first.provider, first.before, first.after) == ("", "everyone", "own-pupils")


def test_windows_and_limits_that_differ_are_said():
    old = packaged_agreement()
    new = structs.replace(
        old, windows={"cp-plan": 18, "custody": 6}, limits=structs.replace(old.limits, results=10)
    )
    assert other_changes(old, new) == [
        "cp-plan is shown for 18 months after its end instead of 24.",
        "custody is shown for 6 months after its end instead of 12.",
        "The limit results is 10 instead of 20.",
    ]
    assert other_changes(old, old) == []


def test_what_is_worth_knowing_before_it_is_signed():
    agreement = packaged_agreement()
    assert notes(agreement, DAY) == []
    twice = structs.replace(agreement.rules[0], id="hub-again")
    late = structs.replace(agreement, rules=(*agreement.rules, twice), review=dt.date(2026, 11, 1))
    assert notes(late, DAY) == [
        "The review was due on 2026-11-01.",
        f"Rule 'hub-again' decides nothing on {DAY}: other rules say the same, or it meets nobody.",
    ]
    assert notes(agreement, dt.date(2020, 1, 1)) == [
        "The agreement is not in force on 2020-01-01: on that day nobody may ask."
    ]
