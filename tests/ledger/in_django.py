"""A site's request on Django's own connection, on either database: run by the tests, says what it found as JSON."""

import json
import sqlite3
import sys

import django
import psycopg
from django.conf import settings
from psycopg.conninfo import conninfo_to_dict

from footprint.ledger import (
    SQLITE_INIT_COMMAND,
    Event,
    KeyRing,
    Ledger,
    LedgerUnavailable,
    Signer,
    outcome_of,
)
from footprint.ledger.verifier.heads import NOTE

kind, address = sys.argv[1:]
if kind == "sqlite":
    options = {"transaction_mode": "IMMEDIATE", "init_command": SQLITE_INIT_COMMAND}
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": address, "OPTIONS": options}
else:
    named = conninfo_to_dict(address)
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": named["dbname"],
        "USER": named["user"],
        "HOST": named["host"],
        "OPTIONS": {"options": named["options"]},
    }
settings.configure(DATABASES={"default": database}, USE_TZ=True)
django.setup()

from django.db import connection, transaction  # noqa: E402 - Django wants its settings first

found = {}
keys = KeyRing(bytes(range(32)))


def ledger():
    connection.ensure_connection()
    return Ledger.over(connection.connection, keys)


def event(**changes):
    usual = {
        "kind": "intent",
        "action": "search",
        "actor": "user-17",
        "role": "duty-worker",
        "organisation": "borough-council",
        "partnership": "borough",
        "purpose": "s47",
        "case": "C-1",
    }
    return Event(**(usual | changes))


def refused(attempt):
    try:
        attempt()
    except (LedgerUnavailable, sqlite3.Error, psycopg.Error) as error:
        return str(error)
    return "not refused"


with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE ruling (id INTEGER)")


def rule(number, *, fail=False):
    """What a service does: a change and its entry, both or neither."""
    with transaction.atomic():
        ledger().record(event(kind="decision", action="same", case=f"R-{number}"), join=True)
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO ruling VALUES (%s)", [number])
        if fail:
            raise ArithmeticError


# A look-up: intent, outcome, each durable by itself.
asked = event(terms={"family_name": "Kaur"})
receipt = ledger().record(asked)
ledger().record(outcome_of(asked, receipt.sequence, shown=("P1",)))
rule(1)
try:
    rule(2, fail=True)
except ArithmeticError:
    found["rolled back"] = True
with transaction.atomic(), transaction.atomic():  # a savepoint within
    ledger().record(event(kind="decision", action="different"), join=True)
with transaction.atomic():
    connection.cursor().execute("INSERT INTO ruling VALUES (3)")
    found["own transaction within another"] = refused(lambda: ledger().record(event()))
found["joined without a transaction"] = refused(lambda: ledger().record(event(), join=True))
ledger().sign_head(Signer("ledger.example.org/borough", {NOTE: b"L" * 32}))
for table, column in {"ledger_entry": "actor", "ledger_subject": "subject_id", "ledger_head": "note"}.items():
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        found[statement] = refused(lambda statement=statement: connection.connection.execute(statement))
with connection.cursor() as cursor:
    cursor.execute("SELECT id FROM ruling ORDER BY id")
    found["rulings"] = [number for (number,) in cursor.fetchall()]
found["entries"] = [[entry.leaf.kind, entry.leaf.case] for entry in ledger().entries(order="newest", limit=2)]
found["opened"] = [[row.actor, row.subject] for row in ledger().who_opened("P1")]
found["sound"] = ledger().verify().sound
found["size"] = ledger().size()
sys.stdout.write(json.dumps(found))
