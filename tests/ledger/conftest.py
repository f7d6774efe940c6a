"""A ledger on each of the two databases, a clock that the test sets, and keys of its own."""

import datetime as dt
import sqlite3
import uuid

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from footprint.ledger import Event, KeyRing, Ledger, Signer, outcome_of
from footprint.ledger.clock import Reading
from footprint.ledger.verifier.heads import COSIGNATURE, NOTE


class SetClock:
    """A clock that goes on by a millisecond at each look, and otherwise as the test says."""

    def __init__(self):
        self.wall = dt.datetime(2026, 11, 23, 7, 15, tzinfo=dt.UTC)
        self.uptime_ms = 1_000_000

    def __call__(self):
        self.wall += dt.timedelta(milliseconds=1)
        self.uptime_ms += 1
        return Reading(self.wall, "0badc0de", self.uptime_ms)


class Place:
    """A database of the test's own. `address` lets another process connect to the same one."""

    def __init__(self, kind, address):
        self.kind, self.address, self.open = kind, address, []

    def connect(self, **options):
        connection = (
            sqlite3.connect(self.address, **options)
            if self.kind == "sqlite"
            else psycopg.connect(self.address, **options)
        )
        self.open.append(connection)
        return connection

    def run(self, *statements):
        """Do what only the database's owner can do."""
        connection = self.connect()
        try:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        finally:
            connection.close()

    def drop_triggers(self):
        if self.kind == "sqlite":
            names = self.connect().execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            self.run(*[f"DROP TRIGGER {name}" for (name,) in names])
        else:
            self.run("DROP FUNCTION ledger_refuse CASCADE", "DROP FUNCTION ledger_no_gap CASCADE")


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    if request.param == "sqlite":
        place = Place("sqlite", str(tmp_path / "ledger.sqlite"))
    else:
        schema = f"ledger_{uuid.uuid4().hex}"
        url = request.getfixturevalue("postgresql_url")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}")
        place = Place("postgresql", make_conninfo(url, options=f"-c search_path={schema}"))
    yield place
    for connection in place.open:
        connection.close()


@pytest.fixture
def clock():
    return SetClock()


@pytest.fixture
def keys():
    return KeyRing(bytes(range(32)))


@pytest.fixture
def ledger(place, keys, clock):
    return Ledger.open(place.connect(), keys, clock)


@pytest.fixture
def event():
    """A function that returns an intent to search, with what the test wants changed."""

    def make(**changes):
        usual = {
            "kind": "intent",
            "action": "search",
            "actor": "user-17",
            "role": "duty-worker",
            "organisation": "borough-council",
            "partnership": "borough",
            "purpose": "section-47",
            "legal_basis": "children-act-1989-s47",
            "case": "C-1042",
        }
        return Event(**(usual | changes))

    return make


@pytest.fixture
def true_log(ledger, event):
    """Twenty look-ups, each with its outcome."""
    events = []
    for number in range(20):
        actor = "snooper" if number % 5 == 4 else f"user-{number % 3}"
        asked = event(actor=actor, case=f"C-{number}", terms={"family_name": f"Name {number}"})
        events += [asked, outcome_of(asked, 2 * number, subjects=(f"P{number}",), shown=(f"P{number}",))]
    ledger.record_all(events)
    return ledger


@pytest.fixture
def log_signer():
    return Signer("ledger.example.org/borough", {NOTE: b"L" * 32})


@pytest.fixture
def witness_signer():
    return Signer("witness.example.org/police", {COSIGNATURE: b"W" * 32})
