"""Who may do what, as a truth table: one row a role, one column a right."""

import pytest

from footprint.sharing import RIGHTS, ROLES, Right, holds, may_ask

COLUMNS = (
    "ask", "ask-own-pupils", "break-glass", "dispute", "subscribe", "steward", "guard", "gatekeep", "govern", "feeds",
    "release", "administer", "oversee", "refer", "supervise-referrals", "grade-referrals", "decide-referrals",
    "audit-referrals", "audit", "freshness",
)  # fmt: skip
TABLE = {
    #                              ask pup gls dis sub stw grd gat gov fds rel adm ovr ref sup grd dec aud rec frs
    "frontline":                  "yes  -  yes yes yes  -   -   -   -   -   -   -   - yes  -   -   -   -   -   -",
    "police-supervisor":          "yes  -  yes yes yes  -   -   -   -   -   -   -   - yes yes  -   -   -   -   -",
    "central-referral-unit":      "yes  -  yes yes yes  -   -   -   -   -   -   -   - yes  -  yes  -  yes  -   -",
    "social-work-decision-maker": "yes  -  yes yes yes  -   -   -   -   -   -   -   - yes  -  yes yes yes  -   -",
    "navigator":                  "yes  -   -  yes yes  -   -   -   -   -   -   -   - yes  -   -   -   -   -   -",
    "school-lead":                " -  yes  -  yes yes  -   -   -   -   -   -   -   - yes  -   -   -   -   -   -",
    "early-help":                 "yes  -   -  yes yes  -   -   -   -   -   -   -   - yes  -   -   -   -   -   -",
    "exploitation-analyst":       " -   -   -   -   -   -   -   -   -   -   -   -  yes  -   -   -   -   -   -  yes",
    "identity-guardian":          " -   -   -   -   -   -  yes  -   -   -   -   -   -  -   -   -   -   -   -   -",
    "adoption-gatekeeper":        " -   -   -   -   -   -   -  yes  -   -   -   -   -  -   -   -   -   -   -   -",
    "information-governance":     " -   -   -   -   -   -   -   -  yes yes  -   -   -  -   -   -   -   -   -   -",
    "independent-auditor":        " -   -   -   -   -   -   -   -   -   -   -   -  yes  -   -   -   -  yes yes  -",
    "overseer":                   " -   -   -   -   -   -   -   -   -   -   -   -  yes  -   -   -   -   -   -   -",
    "data-steward":               " -   -   -   -   -  yes  -   -   -  yes yes  -   -  -   -   -   -   -   -   -",
    "administrator":              " -   -   -   -   -   -   -   -   -   -   -  yes  -  -   -   -   -   -   -   -",
}  # fmt: skip


def test_every_role_and_every_right_is_in_the_table():
    assert set(TABLE) == set(ROLES)
    assert set(COLUMNS) == {str(right) for right in Right} == {str(right) for right in RIGHTS}
    assert {len(row.split()) for row in TABLE.values()} == {len(COLUMNS)}


@pytest.mark.parametrize("role", TABLE)
def test_a_role_has_the_rights_of_its_row_and_no_other(role):
    expected = {right for right, said in zip(COLUMNS, TABLE[role].split(), strict=True) if said == "yes"}
    assert {str(right) for right in ROLES[role].rights} == expected
    assert all(holds(role, right) == (str(right) in expected) for right in Right)


@pytest.mark.parametrize(
    "role",
    ["administrator", "overseer", "information-governance", "exploitation-analyst", "independent-auditor"],
)
def test_who_keeps_the_rules_or_the_system_can_never_look_anybody_up(role):
    assert not may_ask(role)
    assert ROLES[role].rights.isdisjoint({Right.BREAK_GLASS, Right.DISPUTE, Right.SUBSCRIBE, Right.STEWARD})


def test_nobody_who_administers_has_any_other_right():
    for role in ROLES.values():
        assert Right.ADMINISTER not in role.rights or role.rights == {Right.ADMINISTER}


def test_a_role_that_nobody_listed_has_no_right():
    assert not may_ask("superuser")
    assert not any(holds("superuser", right) for right in Right)


def test_each_role_says_who_has_it_in_one_sentence():
    for name, role in ROLES.items():
        assert role.id == name
        assert role.label
        assert role.sentence.endswith(".")
        assert role.sentence.count(". ") == 0
