"""Entering: numbered without a gap, in order of time, all or none, never changed; or a sentence that says why not."""

import datetime as dt
import sqlite3

import psycopg
import pytest

from footprint.ledger import EntryInvalid, Ledger, LedgerUnavailable, outcome_of
from footprint.ledger.verifier.tree import leaf_hash
from tests.ledger import reference

REFUSALS = (sqlite3.IntegrityError, psycopg.errors.RaiseException)


def bodies(place):
    rows = place.connect().execute("SELECT body FROM ledger_entry ORDER BY sequence").fetchall()
    return [bytes(body) for (body,) in rows]


def test_entries_are_numbered_from_nought_and_receipts_carry_their_hash(ledger, place, event):
    receipts = [ledger.record(event()) for _ in range(3)]
    assert [receipt.sequence for receipt in receipts] == [0, 1, 2]
    assert [receipt.leaf_hash for receipt in receipts] == [leaf_hash(body) for body in bodies(place)]
    assert ledger.by_receipt(receipts[1].number).leaf.sequence == 1


def test_a_ledger_of_exactly_one_entry(ledger, place, event, log_signer):
    assert ledger.size() == 0
    ledger.record(event())
    assert ledger.size() == 1
    ledger.sign_head(log_signer)
    assert ledger.inclusion_proof(0, 1) == []
    assert ledger.verify(keys=log_signer.verifier_keys).sound
    assert ledger.record(event()).sequence == 1


def test_an_empty_ledger_verifies(ledger, log_signer):
    ledger.sign_head(log_signer)
    assert ledger.verify(keys=log_signer.verifier_keys).sound


def test_batches_of_any_size_grow_the_same_tree(ledger, place, event):
    for size in (1, 2, 5, 1, 8, 3):
        ledger.record_all([event() for _ in range(size)])
    report = ledger.verify()
    assert report.sound
    assert report.entries == 20
    assert report.root == reference.mth(bodies(place))


def test_many_entries_in_one_batch_and_across_the_chunks_of_reading(ledger, place, event):
    ledger.record_all([event(case=f"C-{number}") for number in range(2_100)])
    report = ledger.verify()
    assert report.sound
    assert report.entries == 2_100


def test_a_batch_enters_whole_or_not_at_all(ledger, event):
    double = event()
    with pytest.raises(LedgerUnavailable):
        ledger.record_all([event(), double, double])
    assert ledger.size() == 0
    assert ledger.record(double).sequence == 0


def test_an_outcome_answers_an_intent_that_was_entered(ledger, event):
    asked = event(terms={"family_name": "Kaur"})
    receipt = ledger.record(asked)
    answer = outcome_of(asked, receipt.sequence, subjects=("P1",), shown=("P1", "P2"))
    ledger.record(answer)
    leaf = ledger.entries(kind="outcome")[0].leaf
    assert (leaf.intent, leaf.count, leaf.actor, leaf.case) == (0, 2, asked.actor, asked.case)
    for wrong in (1, 2, 99, -1):
        with pytest.raises(EntryInvalid, match="no intent"):
            ledger.record(outcome_of(asked, wrong))


def test_an_outcome_may_follow_its_intent_in_the_same_batch(ledger, event):
    asked = event()
    ledger.record_all([event(kind="change", action="publish"), asked, outcome_of(asked, 1)])
    assert ledger.verify().sound
    with pytest.raises(EntryInvalid, match="no intent"):
        ledger.record_all([event(kind="change", action="publish"), outcome_of(asked, 3)])


def test_a_look_up_that_died_between_shows(ledger, event):
    asked = event()
    ledger.record_all([asked, outcome_of(asked, 0), event()])
    assert ledger.verify().remarks == ["1 look-up(s) have an intent and no outcome: no answer left for them."]


@pytest.mark.parametrize(
    "weakened", ["DISABLE TRIGGER ledger_entry_only_grows", "ENABLE TRIGGER ledger_entry_only_grows"]
)
@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_a_trigger_that_was_weakened_is_whole_again_when_the_owner_opens_the_ledger(
    ledger, place, keys, event, weakened
):
    ledger.record(event())
    place.run(f"ALTER TABLE ledger_entry {weakened}")
    Ledger.open(place.connect(), keys)
    with pytest.raises(REFUSALS, match="only grows"):
        place.run("SET session_replication_role = replica; DELETE FROM ledger_entry")


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_subject", "ledger_node", "ledger_head"])
def test_the_database_refuses_to_change_or_remove(ledger, place, event, log_signer, table):
    ledger.record(event(subjects=("P1",)))
    ledger.sign_head(log_signer)
    column = {"ledger_entry": "actor", "ledger_subject": "subject_id", "ledger_head": "note"}.get(
        table, "hash"
    )
    statements = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]
    if place.kind == "sqlite":
        statements.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    else:
        statements.append(f"TRUNCATE {table}")
        statements.append(f"SET session_replication_role = replica; DELETE FROM {table}")
    for statement in statements:
        with pytest.raises(REFUSALS, match=r"only grows|no gaps"):
            place.run(statement)


def test_replacing_an_entry_by_its_event_is_refused_too(ledger, place, event):
    ledger.record(event())
    copy = "SELECT 1, event_id, time, kind, 'another', partnership, case_reference, intent, body, action FROM ledger_entry"
    replace = {
        "sqlite": f"INSERT OR REPLACE INTO ledger_entry {copy}",
        "postgresql": f"INSERT INTO ledger_entry {copy} ON CONFLICT (event_id) DO UPDATE SET actor = 'another'",
    }
    with pytest.raises(REFUSALS, match="only grows"):
        place.run(replace[place.kind])


def test_the_database_refuses_a_gap(ledger, place, event):
    ledger.record(event())
    copy = "SELECT 2, 'other', time, kind, actor, partnership, case_reference, intent, body, action FROM ledger_entry"
    with pytest.raises(REFUSALS, match="no gaps"):
        place.run(f"INSERT INTO ledger_entry {copy}")


def test_opening_again_goes_on_where_it_stood(ledger, place, keys, clock, event):
    ledger.record_all([event() for _ in range(5)])
    again = Ledger.open(place.connect(), keys, clock)
    assert again.record(event()).sequence == 5
    assert again.verify().sound


def test_no_ledger_no_answer(ledger, place, event):
    ledger.record(event())
    for connection in place.open:
        connection.close()
    with pytest.raises(LedgerUnavailable, match="nothing may be answered"):
        ledger.record(event())


def test_a_ledger_that_cannot_be_written_says_so_and_recovers(ledger, place, event):
    place.drop_triggers()
    place.run("ALTER TABLE ledger_node RENAME TO elsewhere")
    with pytest.raises(LedgerUnavailable, match="nothing may be answered"):
        ledger.record(event())
    place.run("ALTER TABLE elsewhere RENAME TO ledger_node")
    assert ledger.record(event()).sequence == 0


def test_messages_of_failure_repeat_no_value(ledger, place, event):
    place.drop_triggers()
    place.run(
        "ALTER TABLE ledger_entry ADD CHECK (actor <> 'Ms Jones')"
        if place.kind == "postgresql"
        else "SELECT 1"
    )
    double = event(actor="Ms Jones")
    with pytest.raises(LedgerUnavailable) as caught:
        ledger.record_all([double, double])
    assert "Jones" not in str(caught.value)


def test_only_the_two_databases_are_spoken_to(keys):
    class Stranger:
        pass

    with pytest.raises(LedgerUnavailable, match="SQLite"):
        Ledger.open(Stranger(), keys)


# ---------------------------------------------------------------- the caller's transaction


def begun(place, **options):
    connection = place.connect(**options)
    connection.execute("BEGIN IMMEDIATE" if place.kind == "sqlite" else "SELECT 1")
    return connection


def test_an_entry_joins_the_transaction_of_its_caller(ledger, place, keys, clock, event):
    place.run("CREATE TABLE ruling (id INTEGER)")
    connection = begun(place)
    joined = Ledger.open(connection, keys, clock)
    joined.record(event(kind="decision", action="same"), join=True)
    connection.execute("INSERT INTO ruling VALUES (1)")
    connection.rollback()
    assert ledger.size() == 0
    assert joined.record(event()).sequence == 0

    connection.execute("BEGIN IMMEDIATE" if place.kind == "sqlite" else "SELECT 1")
    joined.record(event(kind="decision", action="same"), join=True)
    connection.execute("INSERT INTO ruling VALUES (1)")
    connection.commit()
    assert ledger.size() == 2
    assert place.connect().execute("SELECT COUNT(*) FROM ruling").fetchone() == (1,)
    assert ledger.verify().sound


def test_an_open_transaction_is_never_committed_by_surprise(place, keys, clock, event):
    connection = begun(place)
    ledger = Ledger.open(connection, keys, clock)
    with pytest.raises(LedgerUnavailable, match="join=True"):
        ledger.record(event())
    connection.rollback()


def test_a_connection_that_commits_by_itself_serves_as_well(place, keys, clock, event):
    options = {"isolation_level": None} if place.kind == "sqlite" else {"autocommit": True}
    ledger = Ledger.open(place.connect(**options), keys, clock)
    double = event()
    ledger.record(double)
    with pytest.raises(LedgerUnavailable):
        ledger.record_all([event(), double])
    assert ledger.size() == 1


def test_entries_are_durable_whatever_the_server_is_set_to(ledger, place, keys, event):
    connection = place.connect()
    joined = Ledger.open(connection, keys)
    if place.kind == "sqlite":
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerUnavailable, match="power cut"):
            Ledger.open(connection, keys)
    else:
        connection.execute("SET synchronous_commit = off")
        joined.record(event(), join=True)
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
    connection.rollback()


# ---------------------------------------------------------------- time


def test_a_clock_that_was_set_back_stops_entering(ledger, clock, event):
    ledger.record(event())
    clock.wall -= dt.timedelta(seconds=1)
    ledger.record(event())
    clock.wall -= dt.timedelta(hours=1)
    with pytest.raises(LedgerUnavailable, match="Set the clock right"):
        ledger.record(event())
    assert ledger.verify().sound


def test_a_clock_that_had_been_ahead_is_corrected_by_an_entry(ledger, clock, event):
    ledger.record(event())
    clock.wall -= dt.timedelta(days=1)
    ledger.correct_clock(event(actor="operator-1"))
    ledger.record(event())
    assert ledger.entries(kind="change")[0].leaf.action == "clock-corrected"
    assert ledger.verify().sound


def test_summer_time_and_zones_change_nothing(ledger, clock, event):
    clock.wall = dt.datetime(2026, 10, 25, 1, 59, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    ledger.record(event())
    clock.wall = dt.datetime(2026, 10, 25, 1, 1, tzinfo=dt.UTC)
    ledger.record(event())
    times = [entry.leaf.time[:16] for entry in ledger.entries()]
    assert times == ["2026-10-25T00:59", "2026-10-25T01:01"]


def test_an_event_from_the_spool_keeps_when_it_occurred(ledger, clock, event):
    before = clock.wall - dt.timedelta(hours=3)
    ledger.record(event(occurred=before))
    leaf = ledger.entries()[0].leaf
    assert leaf.occurred == "2026-11-23T04:15:00.000000Z"
    assert leaf.time > leaf.occurred
