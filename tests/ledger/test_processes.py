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


def start(place, name, look_ups):
    return subprocess.Popen(
        [sys.executable, WRITER, place.kind, place.address, name, str(look_ups)],
        stdout=subprocess.PIPE,
        text=True,
    )


def acknowledged(lines):
    """The receipts on whole lines: a kill may cut the last one short."""
    whole = [line.split() for line in lines if line.endswith("\n") and line != "open\n"]
    return {int(sequence): digest for sequence, digest in whole}


@pytest.fixture
def ledger(place, keys):
    """The ledger on the machine's own clock, as the writers have it."""
    return Ledger.open(place.connect(), keys)


def held(ledger):
    return {place: leaf_hash(body).hex() for place, body in enumerate(bodies(ledger._database))}


def test_several_processes_write_without_gap_or_loss(ledger, place):
    writers = [start(place, f"user-{number}", 15) for number in range(4)]
    receipts = [acknowledged(writer.communicate()[0].splitlines(keepends=True)) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4
    together = {sequence: digest for receipt in receipts for sequence, digest in receipt.items()}
    assert sorted(together) == list(range(4 * 30))
    assert together == held(ledger)
    assert ledger.verify().sound


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_writer_loses_nothing_that_it_acknowledged(ledger, place, event, seed):
    chance = random.Random(seed)
    writers = [start(place, f"user-{number}", ENDLESS) for number in range(2)]
    lines = [[writer.stdout.readline()] for writer in writers]
    for _ in range(chance.randint(1, 25)):
        for writer, said in zip(writers, lines, strict=True):
            said.append(writer.stdout.readline())
    for writer, said in zip(writers, lines, strict=True):
        writer.kill()
        said.extend(writer.stdout.readlines())
        writer.wait()
        writer.stdout.close()
    receipts = {sequence: digest for said in lines for sequence, digest in acknowledged(said).items()}
    assert len(receipts) >= 2
    assert receipts.items() <= held(ledger).items()
    assert ledger.verify().sound
    assert ledger.record(event(kind="change", action="publish")).sequence == len(held(ledger)) - 1
