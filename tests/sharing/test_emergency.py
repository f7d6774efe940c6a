"""Whose sight break-glass lends: a role of the agreement's choice, and one that sees everybody."""

import pytest

from footprint.sharing import AgreementError, packaged_agreement
from footprint.sharing.reading import PACKAGED, read_agreement


def written(line=""):
    return PACKAGED.read_text(encoding="utf-8") + line


def test_it_is_who_decides_at_the_front_door_unless_the_agreement_says_otherwise():
    assert packaged_agreement().emergency == "social-work-decision-maker"
    assert read_agreement(written("emergency: central-referral-unit\n")).emergency == "central-referral-unit"


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("social-worker", "'social-worker' is no role."),
        ("school-lead", "'school-lead' does not look up everybody"),
        ("administrator", "'administrator' does not look up everybody"),
    ],
)
def test_a_role_that_sees_nobody_lends_nothing(role, told):
    with pytest.raises(AgreementError, match=told):
        read_agreement(written(f"emergency: {role}\n"))
