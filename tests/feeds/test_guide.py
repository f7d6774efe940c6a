"""docs/feeds.md says what the code does: its gates, its outcomes, its sections, and a contract that can be read."""

import re
from pathlib import Path
from typing import get_args

from footprint.cli.exits import Exit
from footprint.feeds.contract import Every, Thresholds
from footprint.feeds.contract_reading import load_contract
from footprint.feeds.fields import FIELDS
from footprint.feeds.gates import GATES
from footprint.feeds.receipt import Outcome

GUIDE = (Path(__file__).parents[2] / "docs" / "feeds.md").read_text(encoding="utf-8")
FOLLOWS = {"refuse": "refused", "park": "parked", "hold": "held"}


def test_the_contract_in_the_guide_can_be_read(tmp_path):
    (block,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "fire.yaml").write_text(block, encoding="utf-8")
    contract = load_contract(tmp_path / "fire.yaml")
    assert contract.files[0].rows[0].person["name.family"].columns == ("surname", "last_name")


def test_every_gate_is_in_the_guide_with_what_follows():
    table = {
        name.strip(): follows
        for names, follows in re.findall(
            r"^\| ([a-z, ]+) \| (refused|parked|held(?:, adds)?) \|", GUIDE, re.MULTILINE
        )
        for name in names.split(",")
    }
    assert table == {gate.name: FOLLOWS[gate.verdict] + (", adds" if gate.adds else "") for gate in GATES}


def test_the_figures_of_the_gates_are_the_defaults():
    limits = Thresholds()
    assert (limits.rows_least, limits.rows_most, limits.empty_points, limits.few) == (0.7, 1.6, 10.0, 40)
    assert (limits.code_least, limits.code_most, limits.returning_least, limits.known_least) == (
        0.5,
        2.0,
        0.9,
        0.9,
    )
    for words in (
        "0.7 of the median",
        "1.6 times",
        "ten points",
        "half and double",
        "nine in ten",
        "fewer than forty",
    ):
        assert words in GUIDE


def test_every_outcome_has_its_exit_code_in_the_guide():
    codes = dict(re.findall(r"^\| (accepted|held|parked|refused) \|.*\| (\d+) \|$", GUIDE, re.MULTILINE))
    assert set(codes) == set(get_args(Outcome))
    assert codes == {
        "accepted": str(Exit.DONE.value),
        "held": str(Exit.HELD.value),
        "parked": str(Exit.HELD.value),
        "refused": str(Exit.REFUSED.value),
    }


def test_every_section_and_cadence_is_in_the_guide():
    for word in [*(set(FIELDS) - {"header"}), *get_args(Every)]:
        assert word in GUIDE, word
