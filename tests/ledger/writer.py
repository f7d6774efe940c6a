"""A process that enters look-ups until it is killed, and says each receipt only when it has it: run by the tests."""

import sqlite3
import sys

import psycopg

from footprint.ledger import Event, KeyRing, Ledger, outcome_of


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


kind, address, name, look_ups = sys.argv[1:]
connection = sqlite3.connect(address) if kind == "sqlite" else psycopg.connect(address)
ledger = Ledger.open(connection, KeyRing(bytes(range(32))))
say("open")
sys.stdin.readline()  # all start together, so that they do get in each other's way
for number in range(int(look_ups)):
    asked = Event(
        kind="intent",
        action="search",
        actor=name,
        role="duty-worker",
        organisation="borough-council",
        partnership="borough",
        purpose="section-47",
        case=f"C-{number}",
        terms={"family_name": f"Name {number}"},
    )
    receipt = ledger.record(asked)
    say(f"{receipt.sequence} {receipt.leaf_hash.hex()}")
    receipt = ledger.record(outcome_of(asked, receipt.sequence, shown=(f"P{number}",)))
    say(f"{receipt.sequence} {receipt.leaf_hash.hex()}")
connection.close()
