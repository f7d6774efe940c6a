"""A referral's reference is known however it is typed, and nothing else is taken for one."""

import pytest

from footprint.referrals.references import reference_in


@pytest.mark.parametrize(
    "typed",
    ["Ref: R-7KXM2QD", "R_7KXM2QD", "your reference no. r7kxm2qd",
     "R-7KXM2QD", "r-7kxm2qd", " R 7KX M2QD ", "R7KXM2QD", "R–7KXM2QD", "R-7KXM2QD-3", "r 7kxm2qd - 12", "(R-7KXM2QD)."],
)  # fmt: skip
def test_a_reference_is_known_however_it_is_typed(typed):
    assert reference_in(typed) == "R-7KXM2QD"


@pytest.mark.parametrize(
    "typed", ["", "R-7KXM2Q", "R-7KXM2QDD", "7KXM2QD", "R-7KXM2Q0", "%", "R-", "R-7KXM2QD" * 9]
)
def test_a_part_or_anything_else_is_none(typed):
    assert reference_in(typed) == ""
