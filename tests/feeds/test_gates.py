"""The gates, as a table of deliveries that are not what they should be. None of them makes the footprint smaller."""

import datetime as dt
import json
from pathlib import Path

import pytest

from footprint.feeds import generations
from footprint.feeds.gates import GATES
from tests.feeds.looking import is_no_smaller, records, reported, whole
from tests.feeds.making import DAY, acute, attendances, police

NEXT = DAY + dt.timedelta(days=1)
ALL = range(1, 101)


def rewrite(folder: Path, **said) -> Path:
    """Say something else in a manifest that is otherwise true."""
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, **said}))
    return folder


def tomorrow(folder: Path, numbers=ALL, *, day=NEXT, sequence=2, **said) -> Path:
    return acute(folder, attendances(numbers, **said), day=day, sequence=sequence)


def one_bit(folder: Path) -> Path:
    path = tomorrow(folder) / "ae_attendances.csv"
    content = bytearray(path.read_bytes())
    content[500] ^= 1
    path.write_bytes(content)
    return folder


def cut_short(folder: Path) -> Path:
    path = tomorrow(folder) / "ae_attendances.csv"
    path.write_bytes(path.read_bytes()[:-40])
    return folder


def lying(folder: Path) -> Path:
    declared = [{"name": "ae_attendances.csv", "rows": 101}]
    return rewrite(tomorrow(folder), files=declared)


def absent(folder: Path) -> Path:
    return rewrite(tomorrow(folder), files=[{"name": "ae_attendances.csv"}, {"name": "AE_ATTENDANCES.CSV"}])


def unnamed(folder: Path) -> Path:
    return rewrite(tomorrow(folder), files=[{"name": "../elsewhere.csv"}])


def renamed(folder: Path) -> Path:
    return acute(folder, attendances(ALL).replace("telephone", "phone", 1), day=NEXT, sequence=2)


def garbled(folder: Path) -> Path:
    (tomorrow(folder) / "manifest.json").write_text("{sequence: two")
    return folder


#: What came -> (how it is made, the outcome, the gate that says so, how many unseen persons are taken of it).
DELIVERIES = {
    "an empty file": (lambda folder: acute(folder, "", day=NEXT, sequence=2), "refused", "", 0),
    "the last bytes missing": (cut_short, "refused", "declared hash", 0),
    "one bit flipped": (one_bit, "refused", "declared hash", 0),
    "a count that lies": (lying, "refused", "declared rows", 0),
    "a file named and not sent": (absent, "refused", "declared rows", 0),
    "a manifest that cannot be read": (garbled, "refused", "", 0),
    "another sender": (lambda folder: rewrite(tomorrow(folder), sender="police"), "refused", "sender", 0),
    "another feed": (lambda folder: rewrite(tomorrow(folder), feed="police"), "refused", "feed", 0),
    "another mode": (lambda folder: rewrite(tomorrow(folder), mode="changes"), "refused", "mode", 0),
    "a day to come": (
        lambda folder: tomorrow(folder, day=NEXT + dt.timedelta(days=2)),
        "refused",
        "day not to come",
        0,
    ),
    "a day before": (
        lambda folder: tomorrow(folder, day=DAY - dt.timedelta(days=1)),
        "refused",
        "day not older",
        0,
    ),
    "a number that came before": (
        lambda folder: tomorrow(folder, range(1, 99), sequence=1),
        "refused",
        "sequence new",
        0,
    ),
    "a number too early": (lambda folder: tomorrow(folder, sequence=3), "parked", "sequence next", 0),
    "no rows": (lambda folder: tomorrow(folder, []), "held", "rows", 0),
    "half the rows": (lambda folder: tomorrow(folder, range(1, 51)), "held", "rows", 0),
    "half the rows, and five new persons": (
        lambda folder: tomorrow(folder, [*range(1, 51), *range(201, 206)]),
        "held",
        "rows",
        5,
    ),
    "three times the rows": (lambda folder: tomorrow(folder, range(1, 301)), "held", "more rows", 0),
    "another set of ids": (lambda folder: tomorrow(folder, range(501, 601)), "held", "persons known", 0),
    "a fifth of the persons gone": (
        lambda folder: tomorrow(folder, range(1, 80)),
        "held",
        "persons returning",
        0,
    ),
    "a column blank": (lambda folder: tomorrow(folder, given_name=""), "held", "empty fields", 0),
    "a column blank, and a new person": (
        lambda folder: tomorrow(folder, range(1, 102), given_name=""),
        "held",
        "empty fields",
        1,
    ),
    "one code for everything": (lambda folder: tomorrow(folder, disposal="DNW"), "held", "code shares", 0),
    "days and months swapped": (
        lambda folder: tomorrow(folder, date_of_birth="2015-27-03"),
        "held",
        "unreadable fields",
        0,
    ),
    "a file that the manifest does not name": (unnamed, "refused", "declared files", 0),
    "a column renamed": (renamed, "held", "columns", 0),
}


@pytest.fixture
def yesterday(take, tmp_path):
    return take("acute", acute(tmp_path / "first", attendances(ALL)))[0]


@pytest.mark.parametrize("name", DELIVERIES)
def test_a_delivery_that_is_not_what_it_should_be(name, yesterday, take, data, tmp_path):
    make, outcome, gate, added = DELIVERIES[name]
    before = whole(data, "acute")
    receipt = take("acute", make(tmp_path / "second"), day=NEXT)[0]
    assert receipt.outcome == outcome
    assert not gate or gate in [finding.gate for finding in receipt.gates]
    assert is_no_smaller(before, whole(data, "acute"))
    assert len(records(data, "acute")) == 100 + added
    assert generations.current(data, "acute").standing.as_of == DAY


def test_the_next_days_extract_is_accepted_with_a_few_more_and_a_few_less(yesterday, take, data, tmp_path):
    receipt = take("acute", tomorrow(tmp_path / "second", range(5, 108)), day=NEXT)[0]
    assert (receipt.outcome, receipt.gates) == ("accepted", ())
    changes = receipt.changes
    assert (changes.records_added, changes.records_not_reported, changes.records_changed) == (7, 4, 0)


def test_who_is_left_out_stays_with_the_day_they_were_last_reported(yesterday, take, data, tmp_path):
    take("acute", tomorrow(tmp_path / "second", range(5, 108)), day=NEXT)
    said = reported(data, "acute")
    assert said["acute-trust/patient-id/70001"] == (DAY.isoformat(), DAY.isoformat())
    assert said["acute-trust/patient-id/70050"] == (DAY.isoformat(), NEXT.isoformat())
    assert said["acute-trust/patient-id/70105"] == (NEXT.isoformat(), NEXT.isoformat())


def test_an_accepted_delivery_changes_what_it_says_otherwise(yesterday, take, data, tmp_path):
    text = attendances(ALL).replace("Khan7,", "Ali,", 1)
    assert (
        take("acute", acute(tmp_path / "second", text, day=NEXT, sequence=2), day=NEXT)[
            0
        ].changes.records_changed
        == 1
    )
    assert records(data, "acute")["acute-trust/patient-id/70007"].names[0].family == "Ali"


def test_what_was_not_reported_for_longer_than_the_retention_is_forgotten(yesterday, take, data, tmp_path):
    later = DAY.replace(year=DAY.year + 3, month=12)
    recent = {"arrived_at": f"{later}T10:00:00"}
    assert (
        take("acute", tomorrow(tmp_path / "second", range(5, 108), day=later, **recent), day=later)[0].outcome
        == "accepted"
    )
    assert set(records(data, "acute")) == {
        f"acute-trust/patient-id/{70000 + number}" for number in range(5, 108)
    }
    assert all(str(later) in repr(row) for row in whole(data, "acute")[1])


def test_a_file_that_usually_comes_and_does_not_holds_the_delivery(take, data, tmp_path):
    persons = "person_id,surname,forename1,dob\n" + "".join(
        f"P{n},KHAN,Amina,01/02/2015\n" for n in range(1, 61)
    )
    aliases = "person_id,surname,forename1,forename2\nP1,ALI,Amina,\n"
    take("police", police(tmp_path / "first", {"persons.csv": persons, "aliases.csv": aliases}))
    before = whole(data, "police")
    receipt = take(
        "police", police(tmp_path / "second", {"persons.csv": persons}, day=NEXT, sequence=2), day=NEXT
    )[0]
    assert (receipt.outcome, [finding.gate for finding in receipt.gates]) == ("held", ["files"])
    assert whole(data, "police") == before


def test_small_numbers_are_not_judged_by_shares(take, tmp_path):
    take("acute", acute(tmp_path / "first", attendances(range(1, 11))))
    text = attendances([*range(1, 9), 21], disposal="DNW")
    assert (
        take("acute", acute(tmp_path / "second", text, day=NEXT, sequence=2), day=NEXT)[0].outcome
        == "accepted"
    )


def test_every_gate_has_its_delivery():
    """A gate that no delivery above trips is not tested."""
    tripped = {gate for _, _, gate, _ in DELIVERIES.values()} | {"files", "somebody"}
    assert {gate.name for gate in GATES} == tripped - {""}
