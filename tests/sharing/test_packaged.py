"""What the agreement of the invented partnership gives to whom: the cases that a practitioner would ask about."""

import datetime as dt

import pytest

from footprint.feeds.contract_reading import load_contracts
from footprint.records.codes import INVOLVEMENTS
from footprint.sharing import ROLES, Ask, compile_policy, may_ask, packaged_agreement

DAY = dt.date(2026, 11, 26)
PARTNERS = {
    "police": "police",
    "childrens-social-care": "childrens-social-care",
    "acute-trust": "acute-trust",
    "school-3351000": "school",
    "school-3351001": "school",
}
AGREEMENT = packaged_agreement()
POLICY = compile_policy(AGREEMENT, PARTNERS)


def ruling(role, partner, purpose):
    return POLICY.decide(Ask(role=role, partner=partner, sector=PARTNERS[partner], purpose=purpose, day=DAY))


@pytest.mark.parametrize(
    ("role", "partner", "purpose", "provider", "kind", "level"),
    [
        ("social-work-decision-maker", "childrens-social-care", "front-door", "police", "investigation", "content"),
        ("social-work-decision-maker", "childrens-social-care", "s47", "acute-trust", "was-not-brought", "content"),
        ("central-referral-unit", "police", "front-door", "childrens-social-care", "cp-plan", "content"),
        ("frontline", "police", "s47", "police", "custody", "content"),
        ("frontline", "police", "s47", "childrens-social-care", "allocated-worker", "content"),
        ("frontline", "police", "s47", "childrens-social-care", "referral", "existence"),
        ("frontline", "police", "s47", "acute-trust", "ae-attendance", "existence"),
        ("frontline", "acute-trust", "s47", "police", "custody", "existence"),
        ("frontline", "acute-trust", "s47", "police", "investigation", "existence"),
        ("frontline", "acute-trust", "s47", "police", "police-protection", "existence"),
        ("frontline", "acute-trust", "s47", "police", "domestic-abuse-incident", "content"),
        ("frontline", "childrens-social-care", "s47", "acute-trust", "ae-attendance", "content"),
        ("frontline", "police", "early-help", "childrens-social-care", "cp-plan", "nothing"),
        ("school-lead", "school-3351000", "pupil", "school-3351000", "persistent-absence", "content"),
        ("school-lead", "school-3351000", "pupil", "school-3351001", "persistent-absence", "nothing"),
        ("school-lead", "school-3351000", "pupil", "childrens-social-care", "cp-plan", "existence"),
        ("school-lead", "school-3351000", "pupil", "police", "domestic-abuse-incident", "existence"),
        ("school-lead", "school-3351000", "pupil", "police", "custody", "nothing"),
        ("school-lead", "school-3351000", "pupil", "acute-trust", "ae-attendance", "nothing"),
        ("school-lead", "school-3351000", "s47", "childrens-social-care", "cp-plan", "nothing"),
        ("early-help", "childrens-social-care", "early-help", "childrens-social-care", "early-help", "content"),
        ("early-help", "childrens-social-care", "early-help", "childrens-social-care", "cp-plan", "existence"),
        ("early-help", "childrens-social-care", "early-help", "police", "incident", "nothing"),
        ("early-help", "childrens-social-care", "s47", "childrens-social-care", "early-help", "nothing"),
        ("data-steward", "childrens-social-care", "steward", "police", "custody", "existence"),
    ],
)  # fmt: skip
def test_who_is_told_what_of_whom(role, partner, purpose, provider, kind, level):
    assert ruling(role, partner, purpose).disclosure.level(provider, kind) == level


def test_a_schools_lead_reaches_own_pupils_only_and_everybody_else_every_person():
    for purpose in AGREEMENT.purposes:
        for partner in PARTNERS:
            for role in ROLES:
                said = ruling(role, partner, purpose)
                assert not said.allowed or said.reach == (
                    "own-pupils" if role == "school-lead" else "everyone"
                )


def test_every_role_that_may_ask_gets_an_answer_for_some_purpose_and_no_other_role_does():
    for role in ROLES:
        allowed = any(
            ruling(role, partner, purpose).allowed for partner in PARTNERS for purpose in AGREEMENT.purposes
        )
        assert allowed == (may_ask(role) or role == "data-steward"), role


def test_its_parties_are_the_partners_that_the_feeds_bring():
    partners = {(one.partner.id, one.partner.sector) for one in load_contracts().values()}
    assert all(AGREEMENT.has_signed(partner, sector, DAY) for partner, sector in partners)


def test_an_ended_protection_plan_is_shown_for_longer_and_nothing_else():
    disclosure = ruling("social-work-decision-maker", "childrens-social-care", "s47").disclosure
    assert {code for code in INVOLVEMENTS if disclosure.months_of(code) != 12} == {"cp-plan"}
    assert disclosure.months_of("cp-plan") == 24


def test_limits_stop_trawling_and_no_front_door():
    limits = AGREEMENT.limits
    assert (limits.soft_per_hour, limits.soft_per_day, limits.hard_per_day, limits.results) == (
        40,
        120,
        200,
        20,
    )
