"""Early, late, repeated, replayed: whatever the order in which deliveries come, in the end the same is held."""

import datetime as dt
import hashlib
import itertools
import json
import shutil
from pathlib import Path

import msgspec
import pytest

from footprint.feeds import arrivals, generations
from footprint.feeds.parsed import SUMMARY, Parsed
from footprint.feeds.parsing import Job, parse
from footprint.feeds.receiving import receive
from tests.feeds.looking import records, reported, whole
from tests.feeds.making import DAY, acute, at, attendances

LAST = DAY
#: Six days: everybody moves on a little, somebody is left out each day and somebody is new.
PEOPLE = {number: [n for n in range(1, 60 + number) if n != number] for number in range(1, 7)}


class ReadOnce:
    """The parser, reading each delivery once: what it gives does not depend on the order in which it is asked."""

    def __init__(self, base: Path) -> None:
        self._base = base

    def __call__(self, job: Job) -> Parsed:
        kept = self._base / hashlib.sha256("".join(job.paths).encode()).hexdigest()
        if not kept.exists():
            kept.mkdir()
            parse(msgspec.structs.replace(job, out=str(kept)))
        shutil.copytree(kept, job.out, dirs_exist_ok=True)
        return msgspec.json.decode((kept / SUMMARY).read_bytes(), type=Parsed)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    base = tmp_path_factory.mktemp("deliveries")
    found = {}
    for number, people in PEOPLE.items():
        text = attendances(people).replace("Khan30,", f"Khan30-{number},", 1)
        day = LAST - dt.timedelta(days=6 - number)
        found[number] = acute(base / f"in{number}", text, day=day, sequence=number)
    return found


@pytest.fixture(scope="module")
def read_once(tmp_path_factory):
    return ReadOnce(tmp_path_factory.mktemp("parsed"))


@pytest.fixture(scope="module")
def in_order(folders, read_once, tmp_path_factory):
    data = tmp_path_factory.mktemp("in order")
    receive(data, "acute", [folders[number] for number in sorted(folders)], at(), parse=read_once)
    return data


#: Of the 720 orders: forwards, backwards, and nineteen spread over all of them.
ORDERS = [*itertools.islice(itertools.permutations(range(1, 7)), 0, None, 36), (6, 5, 4, 3, 2, 1)]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "".join(map(str, order)))
def test_every_order_ends_in_one_state(order, folders, in_order, read_once, data):
    for number in order:
        receive(data, "acute", [folders[number]], at(), parse=read_once)
    standing = generations.current(data, "acute").standing
    assert whole(data, "acute") == whole(in_order, "acute")
    assert (standing.as_of, standing.sequence) == (LAST, 6)
    assert not any(arrival.waits for arrival in arrivals.history(data, "acute"))


def test_the_latest_word_on_a_person_stands_and_who_was_left_out_stays(in_order):
    said = reported(in_order, "acute")
    assert len(said) == 65
    assert records(in_order, "acute")["acute-trust/patient-id/70030"].names[0].family == "Khan30-6"
    assert said["acute-trust/patient-id/70006"][1] == (LAST - dt.timedelta(days=1)).isoformat()
    assert said["acute-trust/patient-id/70001"] == (
        (LAST - dt.timedelta(days=4)).isoformat(),
        LAST.isoformat(),
    )


def test_an_early_delivery_waits_and_follows_by_itself(folders, take, data):
    assert take("acute", folders[1])[0].outcome == "accepted"
    assert take("acute", folders[3])[0].outcome == "parked"
    assert generations.current(data, "acute").standing.sequence == 1
    receipts = take("acute", folders[2])
    assert [(receipt.sequence, receipt.outcome) for receipt in receipts] == [(2, "accepted"), (3, "accepted")]


def test_a_feed_begins_at_whatever_number_it_carries(folders, take, data):
    assert take("acute", folders[4])[0].outcome == "accepted"
    assert take("acute", folders[5])[0].outcome == "accepted"


def test_the_same_delivery_again_changes_nothing_at_all(folders, take, data):
    take("acute", folders[1])
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    receipt = take("acute", folders[1])[0]
    assert (receipt.outcome, receipt.repeat) == ("accepted", True)
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


def test_an_old_delivery_replayed_changes_nothing(folders, take, data):
    take("acute", folders[1], folders[2])
    before = whole(data, "acute")
    receipt = take("acute", folders[1])[0]
    assert (receipt.outcome, receipt.repeat) == ("accepted", True)
    assert "taken before" in receipt.sentence
    assert whole(data, "acute") == before


def test_the_same_content_in_other_bytes_is_the_same(folders, take, data, tmp_path):
    take("acute", folders[1])
    text = (folders[1] / "ae_attendances.csv").read_text().splitlines()
    shuffled = "\r\n".join([text[0], *reversed(text[1:])]) + "\r\n"
    again = acute(
        tmp_path / "again", b"\xef\xbb\xbf" + shuffled.encode(), day=LAST - dt.timedelta(days=5), sequence=1
    )
    assert take("acute", again)[0].repeat
    assert generations.current(data, "acute").standing.number == 1


def test_the_same_content_on_the_next_day_confirms_it(folders, take, data, tmp_path):
    take("acute", folders[1])
    again = acute(tmp_path / "again", (folders[1] / "ae_attendances.csv").read_text(), sequence=2)
    receipt = take("acute", again)[0]
    assert (receipt.outcome, receipt.repeat) == ("accepted", False)
    assert {last for _first, last in reported(data, "acute").values()} == {DAY.isoformat()}


def test_the_same_content_without_a_day_of_its_own_confirms_nothing(take, data, tmp_path):
    """Nobody can tell whether a file that says no day is new, or the old one left lying there."""
    folder = tmp_path / "in"
    acute(folder, attendances(range(1, 4)))
    (folder / "manifest.json").unlink()
    take("acute", folder)
    assert take("acute", folder, day=DAY + dt.timedelta(days=1))[0].repeat
    assert generations.current(data, "acute").standing.as_of == DAY


def test_the_same_content_under_a_new_number_leaves_no_gap_behind_it(folders, take, tmp_path):
    take("acute", folders[1])
    manifest = json.loads((folders[1] / "manifest.json").read_text())
    again = acute(tmp_path / "again", (folders[1] / "ae_attendances.csv").read_text())
    (again / "manifest.json").write_text(json.dumps({**manifest, "sequence": 2}))
    assert take("acute", again)[0].repeat
    assert take("acute", folders[3])[0].outcome == "accepted"


def test_a_refused_number_may_come_again_and_is_no_gap(folders, take, data, tmp_path):
    take("acute", folders[1])
    broken = acute(tmp_path / "broken", "", day=LAST, sequence=2)
    assert take("acute", broken)[0].outcome == "refused"
    assert take("acute", folders[2])[0].outcome == "accepted"
    assert take("acute", acute(tmp_path / "broken2", "", day=LAST, sequence=3))[0].outcome == "refused"
    assert take("acute", folders[4])[0].outcome == "accepted"
