"""The demonstration: the whole way by the real steps, five answers worth seeing, and a second run that reuses it."""

import json
import re

from tests.cli.conftest import RESIDENTS, SEED, footprint


def test_it_makes_receives_publishes_and_says_how_long_each_took(demonstration):
    steps = [line for line in demonstration.told.err.splitlines() if " s  " in line]
    assert [line.split("  ")[1].strip() for line in steps] == [
        "People, homes, and what partners hold",
        "Partners' files received",
        "Linked and published",
    ]
    assert re.search(r"\d+ deliveries, [\d,]+ rows, \d+ of them quarantined", steps[1])


def test_it_answers_five_searches_with_why(demonstration):
    stories = json.loads((demonstration.data / "borough" / "searches.json").read_text())
    assert len(stories) == 5
    for story in stories:
        assert story["title"] in demonstration.told.out
    assert "agrees: same birthday" in demonstration.told.out
    assert "This person is protected." in demonstration.told.out
    assert "Where to go from here" in demonstration.told.out


def test_a_second_run_reuses_what_is_there(demonstration):
    snapshots = sorted(path.name for path in (demonstration.data / "snapshots").iterdir())
    again = footprint(demonstration.root, "demo", "--no-site", "--residents", RESIDENTS, "--seed", SEED)
    assert again.code == 0
    assert "as it was left" in again.err
    assert sorted(path.name for path in (demonstration.data / "snapshots").iterdir()) == snapshots
    assert again.out == demonstration.told.out


def test_every_step_is_in_the_ledger(demonstration):
    entries = footprint(demonstration.data, "ledger", "entries", "--limit", 1000, "--json").json
    actions = [entry["action"] for entry in entries]
    assert "publish" in actions
    assert actions.count("search") >= 2 * 4, "intent and outcome of each"
    assert actions.index("publish") < actions.index("search")


def test_the_truth_and_the_product_never_meet(demonstration):
    """Nothing of the borough's truth folder is named in what was published."""
    current = json.loads((demonstration.data / "snapshots" / "current").read_text())["publications"][-1]["id"]
    manifest = (demonstration.data / "snapshots" / current / "manifest.json").read_text()
    assert "truth" not in manifest
