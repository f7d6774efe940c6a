"""The role that PostgreSQL is served with: it can do all that the ledger asks, and nothing to what only grows."""

import datetime as dt
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from footprint.decisions import DecisionStore
from footprint.ledger import Ledger, LedgerUnavailable, outcome_of

ROLES = Path(__file__).parents[2] / "deploy" / "postgresql-roles.sql"
ONLY_GROW = ("ledger_entry", "ledger_subject", "ledger_node", "ledger_head", "decision", "decision_undone")

pytestmark = pytest.mark.parametrize("place", ["postgresql"], indirect=True)


@pytest.fixture
def served(place, ledger, event, log_signer):
    """A connection of the role, to a ledger in which its owner entered something."""
    asked = event(subjects=("P1",))
    ledger.record_all([asked, outcome_of(asked, 0, shown=("P1",))])
    ledger.sign_head(log_signer)
    owner = place.connect(autocommit=True)
    DecisionStore(owner, "postgresql").create_tables()
    owner.execute("CREATE TABLE a_page_of_the_site (id INTEGER)")
    for _ in range(2):  # after an upgrade it is run again
        owner.execute(ROLES.read_text())
    with psycopg.connect(make_conninfo(place.address, user="footprint_web"), autocommit=True) as connection:
        yield connection


ATTEMPTS = {
    "update": "UPDATE {table} SET {column} = {column}",
    "delete": "DELETE FROM {table}",
    "truncate": "TRUNCATE {table} CASCADE",
    "disable the trigger": "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "drop": "DROP TABLE {table} CASCADE",
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize("table", ONLY_GROW)
def test_the_role_cannot_change_or_remove_what_only_grows(served, table, attempt):
    (column,) = served.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum = 1", (table,)
    ).fetchone()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        served.execute(ATTEMPTS[attempt].format(table=table, column=column))


@pytest.mark.parametrize(
    "round_about",
    [
        "SET session_replication_role = replica",
        "SET ROLE footprint",
        "SET SESSION AUTHORIZATION footprint",
        "ALTER TABLE ledger_entry OWNER TO footprint_web",
        "DROP TRIGGER ledger_entry_only_grows ON ledger_entry",
        "DROP FUNCTION ledger_refuse CASCADE",
        "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "CREATE TABLE ledger_entries (sequence BIGINT)",
        "CREATE TEMPORARY TABLE ledger_entry (sequence BIGINT)",
        "CREATE RULE nothing AS ON INSERT TO ledger_entry DO INSTEAD NOTHING",
        "INSERT INTO ledger_entry SELECT * FROM ledger_entry ON CONFLICT (sequence) DO UPDATE SET actor = 'another'",
        "UPDATE ledger_key SET wrapped = wrapped",
        "TRUNCATE ledger_key",
        "ALTER ROLE footprint_web SUPERUSER",
    ],
)
def test_no_way_round_is_open_to_it(served, round_about):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        served.execute(round_about)


def test_it_can_do_all_that_is_asked_of_a_ledger(served, keys, clock, event, log_signer):
    """No table is made or touched when it opens the ledger, and a second entry, an erasure and a hold go their way."""
    ledger = Ledger.open(served, keys, clock)
    assert ledger.record(event(terms={"family_name": "Kaur"}, keyed_to="P1")).sequence == 2
    note = ledger.sign_head(log_signer)
    ledger.keep_note(note)
    ledger.hold("subject:P1", clock.wall + dt.timedelta(days=1), event(kind="decision"))
    ledger.release_hold("subject:P1", event(kind="decision"))
    ledger.destroy_key("subject:P1", event(kind="erasure"))
    assert ledger.verify(keys=log_signer.verifier_keys).sound
    assert DecisionStore(served, "postgresql").is_made()
    served.execute("INSERT INTO a_page_of_the_site VALUES (1)")
    assert served.execute("DELETE FROM a_page_of_the_site").rowcount == 1


def test_where_the_owner_has_not_made_the_tables_it_says_so(served, place, keys):
    place.run("DROP TRIGGER ledger_entry_only_grows ON ledger_entry")
    with pytest.raises(LedgerUnavailable, match="cannot be opened"):
        Ledger.open(served, keys)


def test_the_script_refuses_a_role_that_owns_something(served, place):
    owner = place.connect(autocommit=True)
    owner.execute("ALTER TABLE a_page_of_the_site OWNER TO footprint_web")
    with pytest.raises(psycopg.errors.RaiseException, match="owns something"):
        owner.execute(ROLES.read_text())
    owner.rollback()
    owner.execute("DROP TABLE a_page_of_the_site")


def test_the_script_refuses_a_role_that_is_a_member_of_another(served, place):
    owner = place.connect(autocommit=True)
    owner.execute("GRANT pg_write_all_data TO footprint_web")
    try:
        with pytest.raises(psycopg.errors.RaiseException, match="member of another"):
            owner.execute(ROLES.read_text())
        owner.rollback()
    finally:
        owner.execute("REVOKE pg_write_all_data FROM footprint_web")
