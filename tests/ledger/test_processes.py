"""Several processes at once, and processes that are killed: no gap, no torn tree, and nothing lost that was acknowledged."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from footprint.ledger import Ledger
from footprint.ledger.store import bodies
from footprint.ledger.verifier.tree import leaf_hash

WRITER = Path(__file__).with_name("writer.py")
KILLS = int(os.environ.get("FOOTPRINT_KILLS", "5"))
ENDLESS = 1_000_000


def start(place, count, look_ups):
    """That many writers, all open and then let go at once."""
    writers = [
        subprocess.Popen(
            [sys.executable, WRITER, place.kind, place.address, f"user-{number}", str(look_ups)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(count)
    ]
    for writer in writers:
        assert writer.stdout.readline() == "open\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    return writers


def acknowledged(lines):
    """The receipts on whole lines: a kill may cut the last one short."""
    whole = [line.split() for line in lines if line.endswith("\n")]
    return {int(sequence): digest for sequence, digest in whole}


@pytest.fixture
def ledger(place, keys):
    """The ledger on the machine's own clock, as the writers have it."""
    return Ledger.open(place.connect(), keys)


def held(ledger):
    return {place: leaf_hash(body).hex() for place, body in enumerate(bodies(ledger._database))}


def test_several_processes_write_without_gap_or_loss(ledger, place):
    writers = start(place, 4, 15)
    receipts = [acknowledged(writer.communicate()[0].splitlines(keepends=True)) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4
    together = {sequence: digest for receipt in receipts for sequence, digest in receipt.items()}
    assert sorted(together) == list(range(4 * 30))
    assert together == held(ledger)
    assert ledger.verify().sound


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_writer_loses_nothing_that_it_acknowledged(ledger, place, event, record_property, seed):
    record_property("kills", 2)
    chance = random.Random(seed)
    writers, lines = start(place, 2, ENDLESS), []
    for _ in range(chance.randint(1, 25)):
        lines += [writer.stdout.readline() for writer in writers]
    for writer in writers:
        with writer:  # closes its pipes and waits for it
            writer.kill()
            lines += writer.stdout.readlines()
    receipts = acknowledged(lines)
    assert len(receipts) >= 2
    assert receipts.items() <= held(ledger).items()
    assert ledger.verify().sound
    assert ledger.record(event(kind="change", action="publish")).sequence == len(held(ledger)) - 1
