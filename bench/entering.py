"""Enters look-ups in a ledger as fast as it can: `python -m bench.entering ADDRESS LOOK_UPS BATCH`, `... ADDRESS verify`.

A program of its own, so that several can write to one ledger at once, as the web's workers do. ADDRESS is a file of
SQLite or the URL of a PostgreSQL. A look-up is two entries, intent and outcome; a BATCH of 1 commits each by itself.
"""

import json
import sqlite3
import sys
import time
from collections.abc import Iterator

import psycopg

from footprint.ledger import Event, KeyRing, Ledger, outcome_of

KEYS = KeyRing(bytes(range(32)))


def opened(address: str) -> Ledger:
    """Open the ledger at an address."""
    if address.startswith("postgresql:"):
        return Ledger.open(psycopg.connect(address), KEYS)
    return Ledger.open(sqlite3.connect(address), KEYS)


def asked(number: int) -> Event:
    """Return what a duty worker's search enters: references in clear, what was typed under a key of its own."""
    return Event(
        kind="intent",
        action="search",
        actor="user-17",
        role="duty-worker",
        organisation="borough-council",
        partnership="borough",
        purpose="section-47",
        legal_basis="children-act-1989-s47",
        case=f"C-{number}",
        terms={"given_name": "Amelia", "family_name": f"Name {number}", "date_of_birth": "2017-04-09"},
    )


def enter(ledger: Ledger, look_ups: int, batch: int) -> int:
    """Enter look-ups and return the number of entries."""
    for number in range(look_ups):
        if batch == 1:
            question = asked(number)
            receipt = ledger.record(question)
            ledger.record(outcome_of(question, receipt.sequence, shown=(f"P{number}",)))
        elif number % batch == 0:
            size = min(batch, look_ups - number)
            ledger.record_all(list(pairs(ledger.size(), number, size)))
    return 2 * look_ups


def pairs(end: int, first: int, size: int) -> Iterator[Event]:
    """Yield `size` look-ups whose entries will follow the `end` that stand."""
    for place in range(size):
        question = asked(first + place)
        yield question
        yield outcome_of(question, end + 2 * place, shown=(f"P{first + place}",))


def main(address: str, what: str, batch: str = "1") -> None:
    ledger = opened(address)
    start = time.perf_counter()
    if what == "verify":
        if not ledger.verify().sound:
            raise SystemExit("The ledger does not hold together.")
        entries = ledger.size()
    else:
        entries = enter(ledger, int(what), int(batch))
    json.dump({"entries": entries, "seconds": time.perf_counter() - start}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
