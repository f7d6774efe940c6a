"""Levels of need are the partnership's own, and only their order is compared."""

import pytest

from footprint.referrals.levels import PACKAGED, levels_of, packaged_levels
from footprint.referrals.reading import ChoiceError


def test_four_levels_come_with_footprint_and_say_that_nobody_confirmed_them():
    levels = packaged_levels()
    assert list(levels.labels) == ["1", "2", "3", "4"]
    assert not levels.verified
    assert [levels.position(code) for code in ("1", "4", "", "5")] == [1, 4, 0, 0]


def test_a_partnerships_own_levels_win(tmp_path):
    own = tmp_path / "levels.yaml"
    own.write_text(PACKAGED.read_text().replace('"4"', "D"))
    assert levels_of(tmp_path).position("D") == 4
    assert levels_of(tmp_path / "nowhere") == packaged_levels()


def test_two_levels_of_one_code_are_refused(tmp_path):
    (tmp_path / "levels.yaml").write_text(PACKAGED.read_text().replace('"4"', '"3"'))
    with pytest.raises(ChoiceError, match="each with a code of its own"):
        levels_of(tmp_path)
