"""`footprint feeds`, as the council's data engineer uses it in the morning."""

import json

import pytest

from footprint.cli.exits import Exit
from tests.cli.conftest import footprint
from tests.feeds.making import DAY, acute, attendances

FEEDS = ["acute", "childrens-social-care", "cin-census", "police", "schools"]


@pytest.fixture
def feeds(tmp_path):
    """Run `footprint feeds` on a data folder of this test's own."""
    return lambda *arguments: footprint(tmp_path / "data", "feeds", *arguments)


@pytest.fixture
def first(feeds, tmp_path):
    assert feeds("receive", acute(tmp_path / "first", attendances(range(1, 61)))).code == Exit.DONE


def half(folder):
    return acute(folder, attendances(range(1, 31)), sequence=2)


def test_the_feeds_are_listed_and_each_is_described(feeds):
    listed = feeds("list")
    assert [line.split()[0] for line in listed.out.splitlines()] == FEEDS
    assert [one["feed"] for one in feeds("list", "--json").json] == FEEDS
    for feed in FEEDS:
        said = feeds("describe", feed)
        assert said.code == Exit.DONE
        for word in ("purpose", "basis", "signed off", "cohort", "retention", "duty"):
            assert word in said.out
    assert feeds("describe", "acute", "--json").json["partner"]["id"] == "acute-trust"
    assert feeds("describe", "fire").code == Exit.REFUSED


def test_check_prints_what_is_promised_and_leaves_nothing(feeds, tmp_path):
    ended = feeds("check", acute(tmp_path / "in", attendances([1])), "--feed", "acute", "--json")
    assert ended.code == Exit.DONE
    assert {"outcome", "rows_in", "kept", "quarantined", "reasons"} <= set(ended.json)
    assert ended.json["outcome"] == "accepted"
    assert not (tmp_path / "data").exists()


def test_check_of_single_files_needs_no_manifest(feeds, tmp_path):
    (tmp_path / "ae_attendances.csv").write_text(attendances([1, 2]))
    ended = feeds("check", tmp_path / "ae_attendances.csv", "--feed", "acute", "--json")
    assert (ended.code, ended.json["kept"]) == (Exit.DONE, 2)


def test_accepted_held_and_refused_end_each_in_their_own_code(first, feeds, tmp_path):
    held = feeds("receive", half(tmp_path / "second"))
    assert (held.code, "held." in held.out) == (Exit.HELD, True)
    refused = feeds("receive", acute(tmp_path / "third", "", sequence=3), "--json")
    assert (refused.code, refused.json[0]["outcome"]) == (Exit.REFUSED, "refused")


def test_a_held_delivery_is_listed_released_and_rolled_back(first, feeds, tmp_path):
    feeds("receive", half(tmp_path / "second"))
    assert "usually about 60" in feeds("held").out
    assert feeds("held", "--json").json[0]["feed"] == "acute"
    assert feeds("release", "acute", "--reason", "The ward has closed.").code == Exit.DONE
    assert feeds("held").out == "No delivery waits.\n"
    assert "generation 1" in feeds("rollback", "acute", "--reason", "It was wrong after all.").out
    assert feeds("rollback", "acute", "--reason", "Again.").code == Exit.NOT_READY


def test_a_release_needs_a_reason(first, feeds, tmp_path):
    feeds("receive", half(tmp_path / "second"))
    assert feeds("release", "acute", "--reason", " ").code == Exit.WRONG_COMMAND
    assert feeds("release", "acute").code == Exit.WRONG_COMMAND


def test_every_change_is_in_the_ledger_and_its_reason_lies_encrypted(first, feeds, tmp_path):
    feeds("receive", half(tmp_path / "second"))
    feeds("release", "acute", "--reason", "Amina Khan moved away.")
    entries = footprint(tmp_path / "data", "ledger", "entries", "--limit", 100, "--json")
    said = json.dumps(entries.json)
    assert said.count("feed accepted") == 1
    assert said.count("feed released") == 1
    database = (tmp_path / "data" / "footprint.sqlite3").read_bytes()
    assert b"Amina Khan moved away" not in database


def test_status_says_every_feed_of_every_partner(first, feeds):
    found = {one["feed"]: one for one in feeds("status", "--json").json}
    assert set(found) == set(FEEDS)
    assert (found["acute"]["as_of"], found["acute"]["records"]) == (DAY.isoformat(), 60)
    assert found["police"]["state"] == "unconnected"
    assert len(feeds("status").out.splitlines()) == 5


def test_a_contract_that_cannot_be_read_is_told_with_its_line(feeds, tmp_path):
    own = tmp_path / "data" / "contracts"
    own.mkdir(parents=True)
    (own / "ours.yaml").write_text("feed: fire\ntitel: Fire\n")
    ended = feeds("list")
    assert ended.code == Exit.REFUSED
    assert "ours.yaml, line 2" in ended.err
    assert "Did you mean 'title'?" in ended.err
