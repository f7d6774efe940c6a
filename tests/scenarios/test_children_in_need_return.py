"""The Children in Need return goes through the real path: received confined, its faults named, and shown in footprints.

The return has no names. It joins the council's own extract by the council's child id, so the council's delivery is
arranged here for the two children whom the example names. Publishing and one look-up run as the command in its own process.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from footprint.feeds.receipt import as_text
from tests.scenarios.world import CASE, World, facts

EXAMPLE = Path(__file__).parents[3] / "shared" / "data" / "cin_census_2024_invented.xml"
MAYA, ADAM = (
    "childrens-social-care/la-child-id/DfEX0000001",
    "childrens-social-care/la-child-id/child_fails_assessments",
)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    if not EXAMPLE.exists():
        pytest.skip(
            f"{EXAMPLE} is missing: put the invented census return there to see it go through the real path."
        )
    town = World(tmp_path_factory.mktemp("census"), confined=True)
    home = "52 Lord Street, WS1 4DQ"
    town.social_care.knows("DfEX0000001", "Maya/Collins", "2015-03-27", sex="F", home=home)
    town.social_care.knows("child_fails_assessments", "Adam/Collins", "2023-09-25", sex="M", home=home)
    town.acute.treated("MAYA", "Maya/Collins", "2015-03-27", sex="F", home=home, on=["2024-06-06"])
    council = town.deliver("2024-11-30")
    returned = town.folder / "returned"
    returned.mkdir()
    shutil.copy(EXAMPLE, returned)
    town.receipts = {
        receipt.feed: receipt for receipt in (*town.receive(council), *town.receive(returned, "cin-census"))
    }
    return town


def footprint(town, *arguments):
    """Run the command in a process of its own."""
    command = [str(Path(sys.executable).parent / "footprint"), "--data", str(town.data), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def published(town):
    ran = footprint(town, "publish", "--as-of", "2024-12-01", "--json")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["window"]["shown_from"] == "2023-12-01"
    return town


@pytest.mark.parametrize(
    ("line", "field", "words"),
    [
        (19, "ChildIdentifiers", "Text stands between"),
        (21, "UPN", "check letter"),
        (22, "FormerUPN", "check letter"),
        (23, "UPNunknown", "reason why there is none"),
        (25, "Sex", "'1' is not a code"),
        (42, "AssessmentActualStartDate", "after the reference date"),
        (43, "AssessmentAuthorisationDate", "before it started"),
        (46, "AssessmentFactors", "'RB' is no code"),
        (57, "DateOfInitialCPC", "before the referral"),
        (63, "CPPendDate", "after the case closed"),
        (87, "CINreferralDate", "after the reference date"),
        (95, "FactorsIdentifiedAtAssessment", "names no factor"),
    ],
)
def test_the_receipt_names_each_fault_by_its_line(town, line, field, words):
    receipt = town.receipts["cin-census"]
    assert receipt.outcome == "accepted"
    assert [
        one
        for one in receipt.reasons
        if one.line == line and one.field.endswith(field) and words in one.reason
    ]
    assert f"line {line}" in as_text(receipt)


def lines(shown):
    """Return what the council shares, of an answer in JSON."""
    partner = next(one for one in shown["partners"] if one["partner"] == "childrens-social-care")
    return {(line["code"], line["first"], line["last"]) for line in partner["involvements"]}


def test_what_lies_in_the_window_stands_in_the_childs_footprint(published):
    ran = footprint(published, "show", published.person(ADAM), *CASE, "--json")
    assert ran.returncode == 0, ran.stderr
    assert lines(json.loads(ran.stdout)) == {
        ("assessment", "2023-12-25", "2024-01-27"),
        ("child-in-need", "2024-10-24", "2024-10-29"),
        ("referral", "2024-10-24", "2024-10-24"),
    }


def test_what_is_older_is_kept_and_not_shown(published):
    assert lines(published.show(MAYA).as_json()) == set()
    assert len(published.opened[1].entry(MAYA).reported) == 8


def test_the_return_joins_the_councils_own_record_and_no_other(published):
    shown = published.show(MAYA)
    assert shown.name == "Maya Collins"
    assert published.between(MAYA, "acute-trust/patient-id/MAYA") == "joined"
    assert published.person(ADAM) != published.person(MAYA)


def test_the_older_childs_plans_show_as_of_a_day_when_they_were_fresh(published):
    """The same data, published as of the summer of 2023."""
    try:
        published.publish(as_of="2023-06-01")
        told = {code for code, _ in facts(published.show(MAYA))}
    finally:
        published.publish(as_of="2024-12-01")
    assert told >= {
        "child-in-need",
        "cin-plan",
        "cp-plan",
        "cp-review",
        "referral",
        "section-47",
        "initial-cp-conference",
    }
