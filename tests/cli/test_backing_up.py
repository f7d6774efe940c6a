"""A backup brings everything back, on both databases: the ledger under the same root, what was erased still unreadable."""

import datetime as dt
import shutil
import sqlite3

import psycopg
import pytest

from footprint import snapshot
from footprint.cli.backing_up import held
from footprint.cli.exits import Exit
from tests.cli.conftest import Borough, footprint


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, borough, tmp_path, monkeypatch):
    """A borough whose operational database is of either kind, and how to begin an empty one of the same kind."""
    monkeypatch.delenv("FOOTPRINT_DATABASE", raising=False)
    if request.param == "sqlite":
        yield borough, lambda: None
        return
    server = request.getfixturevalue("postgresql_url")
    made = []

    def begin():
        name = f"backup_{len(made)}_{tmp_path.name[-12:].lower().replace('-', '_')}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        made.append(name)
        monkeypatch.setenv("FOOTPRINT_DATABASE", server.replace("/postgres?", f"/{name}?"))

    begin()
    yield borough, begin
    with psycopg.connect(server, autocommit=True) as connection:
        for name in made:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def restored(place, tmp_path, keys="keys"):
    """A new folder with the master key put back, and what `restore` said."""
    borough, begin = place
    begin()
    data = tmp_path / "new"
    (data / "keys").mkdir(parents=True, mode=0o700)
    shutil.copy2(borough.data / "keys" / "master.key", data / "keys" / "master.key")
    return Borough(data), footprint(data, "restore", tmp_path / "backup", "--keys", tmp_path / keys)


def test_what_was_backed_up_comes_back_whole(place, tmp_path):
    borough, _ = place
    found = borough.search(*borough.story(0), "--json").json
    assert borough("backup", tmp_path / "backup", "--keys", tmp_path / "keys").code == Exit.DONE
    before = borough.entries()
    borough.search(*borough.story(1))
    back, ended = restored(place, tmp_path)
    assert ended.code == Exit.DONE, ended.err
    kept = before[:-1]  # the last is the reading itself
    assert back.entries()[: len(kept)] == kept
    assert "sound" in back("ledger", "verify", "--json").out
    again = back.search(*back.story(0), "--json").json
    assert again["people"] == found["people"]


def test_the_backup_itself_opens_nothing_that_is_sealed(place, tmp_path):
    borough, _ = place
    borough.search("--family", "Zephyrquill", "--dob", "2016-03-03")
    borough("backup", tmp_path / "backup", "--keys", tmp_path / "keys")
    dump = (tmp_path / "backup" / "operational.dump").read_bytes()
    assert b"Zephyrquill" not in dump
    assert (tmp_path / "keys" / "ledger-keys.jsonl").stat().st_mode & 0o077 == 0
    assert not list((tmp_path / "backup").rglob("*.key"))


def test_whoever_was_erased_since_stays_erased_under_todays_keys(place, tmp_path):
    borough, _ = place
    person = borough.search(*borough.story(0), "--json").json["people"][0]["person_id"]
    borough("backup", tmp_path / "backup", "--keys", tmp_path / "keys")
    borough("decide", "erase", person, "--reason", "The family asked, and it was right.")
    borough("backup", tmp_path / "later", "--keys", tmp_path / "later-keys")
    old = (tmp_path / "keys" / "ledger-keys.jsonl").read_bytes().splitlines()
    new = (tmp_path / "later-keys" / "ledger-keys.jsonl").read_bytes().splitlines()
    gone = set(old) - set(new)
    assert gone, "the erasure destroyed a key"
    back, ended = restored(place, tmp_path, keys="later-keys")
    assert ended.code == Exit.DONE, ended.err
    assert "sound" in back("ledger", "verify", "--json").out


def test_nothing_is_written_over_and_each_refusal_says_what_to_do(borough, tmp_path):
    (tmp_path / "backup").mkdir()
    ended = borough("backup", tmp_path / "backup", "--keys", tmp_path / "keys")
    assert (ended.code, "nothing is ever written over" in ended.err) == (Exit.REFUSED, True)
    ended = footprint(tmp_path / "empty", "restore", tmp_path / "backup", "--keys", tmp_path / "keys")
    assert (ended.code, "no backup" in ended.err) == (Exit.REFUSED, True)
    borough("backup", tmp_path / "good", "--keys", tmp_path / "keys")
    ended = footprint(tmp_path / "empty", "restore", tmp_path / "good", "--keys", tmp_path / "keys")
    assert (ended.code, "Put the master key back first" in ended.err) == (Exit.NOT_READY, True)
    ended = borough("restore", tmp_path / "good", "--keys", tmp_path / "keys")
    assert (ended.code, "nothing is ever written over" in ended.err) == (Exit.REFUSED, True)


def test_a_ledger_that_was_tampered_with_in_the_backup_is_not_taken(borough, tmp_path):
    borough("backup", tmp_path / "backup", "--keys", tmp_path / "keys")
    connection = sqlite3.connect(tmp_path / "backup" / "operational.dump", isolation_level=None)
    connection.execute("DROP TRIGGER ledger_entry_no_update")
    connection.execute("UPDATE ledger_entry SET actor = 'nobody' WHERE sequence = 0")
    connection.close()
    _, ended = restored((borough, lambda: None), tmp_path)
    assert (ended.code, "not the one that was backed up" in ended.err) == (Exit.FAULTS, True)


def test_no_snapshot_is_pruned_while_it_is_backed_up(tmp_path):
    root = tmp_path / "snapshots"
    ids = []
    for second in range(3):
        now = dt.datetime(2026, 11, 23, 7, 15, second, tzinfo=dt.UTC)
        with snapshot.writing(root, {}, lambda now=now: now) as draft:
            (draft.segment("people") / "names.txt").write_text("x")
        ids.append(draft.id)
    with held(tmp_path):
        assert snapshot.prune(root, keep=1) == []
    assert snapshot.prune(root, keep=1) == ids[:2]
