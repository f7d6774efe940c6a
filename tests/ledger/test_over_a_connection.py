"""A ledger over a connection that somebody else prepared: nothing made, nothing set, and joined only to what is open."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from footprint.ledger import KeyRing, KeyUnusable, Ledger, LedgerUnavailable

IN_DJANGO = Path(__file__).with_name("in_django.py")


def autocommitting(place):
    options = {"isolation_level": None} if place.kind == "sqlite" else {"autocommit": True}
    return place.connect(**options)


def test_nothing_is_made_or_set(place, keys):
    connection = autocommitting(place)
    said = []
    if place.kind == "sqlite":
        connection.set_trace_callback(said.append)
    ledger = Ledger.over(connection, keys)
    assert said == (["PRAGMA synchronous"] if place.kind == "sqlite" else [])
    with pytest.raises(LedgerUnavailable, match="cannot be read"):
        ledger.entries()


def test_it_writes_and_reads_what_open_made(ledger, place, keys, clock, event):
    ledger.record(event())
    over = Ledger.over(autocommitting(place), keys, clock)
    assert over.record(event(case="C-2")).sequence == 1
    assert [entry.leaf.case for entry in ledger.entries()] == ["C-1042", "C-2"]


def test_a_connection_that_would_lose_entries_is_refused(place, keys):
    connection = autocommitting(place)
    if place.kind == "postgresql":
        assert Ledger.over(connection, keys).size is not None  # there it is asked for with each entry
        return
    connection.execute("PRAGMA synchronous = NORMAL")
    with pytest.raises(LedgerUnavailable, match="power cut"):
        Ledger.over(connection, keys)


def test_another_master_key_is_noticed_before_anything_is_entered(ledger, place, clock, event):
    ledger.record(event(terms={"family_name": "Kaur"}))
    foreign = Ledger.over(autocommitting(place), KeyRing(bytes(32)), clock)
    with pytest.raises(KeyUnusable, match="master key"):
        foreign.record(event(terms={"family_name": "Khan"}))
    assert ledger.size() == 1


def test_without_a_transaction_there_is_nothing_to_join(ledger, place, keys, clock, event):
    over = Ledger.over(autocommitting(place), keys, clock)
    with pytest.raises(LedgerUnavailable, match="no open transaction"):
        over.record(event(), join=True)
    assert ledger.size() == 0


def test_erasing_overwrites_also_where_the_connection_was_not_told_to(ledger, place, keys, clock, event):
    connection = autocommitting(place)
    if place.kind == "sqlite":
        connection.execute("PRAGMA secure_delete = OFF")
    over = Ledger.over(connection, keys, clock)
    over.record(event(terms={"family_name": "Kaur"}, keyed_to="P1"))
    over.destroy_key("subject:P1", event(kind="erasure"))
    if place.kind == "sqlite":
        assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)
    assert over.keys_about("P1") == []


def test_a_sites_request_enters_reads_and_joins_through_djangos_own_connection(ledger, place):
    done = subprocess.run(
        [sys.executable, IN_DJANGO, place.kind, place.address], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["rolled back"]
    assert found["rulings"] == [1, 3]
    assert (found["size"], found["sound"]) == (4, True)
    assert found["entries"] == [["decision", "C-1"], ["decision", "R-1"]]
    assert found["opened"] == [["user-17", "P1"]]
    assert "join=True to join it" in found["own transaction within another"]
    assert "no open transaction" in found["joined without a transaction"]
    refusals = [said for statement, said in found.items() if statement.startswith(("UPDATE", "DELETE"))]
    assert len(refusals) == 6
    assert all("only grows" in said for said in refusals)
    assert ledger.verify().sound
