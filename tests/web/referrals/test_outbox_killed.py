"""Who submits, who sends and who receives are killed at random moments: no referral is lost, and each key has one effect.

Twenty kills by default; FOOTPRINT_KILLS asks for more. What a failure prints brings its moments back.
"""

import datetime as dt
import itertools
import os
import random
import socket
import time
from pathlib import Path
from unittest import mock

import msgspec
import pytest
from django.db import OperationalError

from footprint.cli.receiver_service import ReceiverServer
from footprint.cli.record_system import RecordSystem
from footprint.referrals import destinations
from footprint.referrals.delivering import Schedule
from footprint.web.ledger.store import ledger
from footprint.web.referrals import services
from footprint.web.referrals.models import Outgoing, RecordReference, Referral, Version
from footprint.web.referrals.outbox.delivering import deliver
from tests.web.referrals.breaking import Running
from tests.web.referrals.systems import connect, destination, secret_of
from tests.web.referrals.writers import ADA, URGENT

KILLS = int(os.environ.get("FOOTPRINT_KILLS", "20"))
SEED = int(os.environ.get("FOOTPRINT_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 30)
LONGEST = 0.25  # seconds between two kills: some messages to and fro
ENOUGH = 60  # seconds in which all must have arrived once nobody is killed any more, however busy the machine
#: As in service, but for a sender that nobody waits for.
AT_ONCE = Schedule(first=dt.timedelta(milliseconds=10), longest=dt.timedelta(milliseconds=80), alarm=1 << 30)
DEAD = dt.timedelta(milliseconds=300)
WITH_ADA = msgspec.structs.replace(URGENT, children=(ADA,))


def submits(actor, said):
    """Refer, and add to it, again and again; say each reference once it was acknowledged."""
    with Path(said).open("a") as acknowledged:
        for number in itertools.count():
            form = f"{os.getpid()}-{number}"
            sent = services.receive(actor, URGENT, form=form)
            acknowledged.write(f"{sent.reference} 1\n")
            acknowledged.flush()
            if number % 2:
                services.add(actor, sent, WITH_ADA, form=f"{form}-more")
                acknowledged.write(f"{sent.reference} 2\n")
                acknowledged.flush()
            time.sleep(0.01)


def sends():
    """Deliver, again and again."""
    while True:
        deliver(claimed_for=DEAD)
        time.sleep(0.005)


def receives(folder, port, key, arrived):
    """Receive; say each message that came, even again."""
    system = RecordSystem(folder)
    take = system.take

    def told(content, now):
        receipt = take(content, now)
        with Path(arrived).open("a") as came:
            came.write(f"{receipt.key}\n")
        time.sleep(0.005)  # kept, and not yet answered: the moment that matters
        return receipt

    system.take = told
    ReceiverServer(("127.0.0.1", port), system, key).serve_forever(poll_interval=0.05)


@pytest.fixture
def free_port():
    with socket.socket() as wire:
        wire.bind(("127.0.0.1", 0))
        return wire.getsockname()[1]


def test_no_referral_is_lost_and_each_key_has_one_effect(desk, tmp_path, free_port, record_property):
    officer = desk()
    data, moments = officer.site.data, f"FOOTPRINT_SEED={SEED} brings these moments back"
    connect(data, destination(address=f"http://127.0.0.1:{free_port}/footprint"))
    acknowledged, arrived, kept = tmp_path / "acknowledged", tmp_path / "arrived", tmp_path / "records"
    acknowledged.touch(), arrived.touch()
    dice = random.Random(SEED)
    # What is loaded when it is first needed is loaded now, or each copy of this process would load it anew.
    services.add(officer.actor, services.receive(officer.actor, URGENT, form="first"), WITH_ADA, form="more")
    with mock.patch.object(destinations, "SCHEDULES", {"https": AT_ONCE}):
        deliver()
        running = [
            Running(submits, officer.actor, acknowledged),
            Running(sends),
            Running(receives, kept, free_port, secret_of(data), arrived),
        ]
        try:
            for _ in range(KILLS):
                time.sleep(dice.uniform(0, LONGEST))
                one = dice.choice(running)
                one.kill()
                one.start()
            running[0].kill()
            all_arrive(moments)
        finally:
            for one in running:
                one.process.kill()
                one.process.join()

    system = RecordSystem(kept)
    effects = system.effects()
    rows = Outgoing.objects.select_related("referral").order_by("referral__reference", "number")
    said = [(row.key, f"referral/{row.referral.reference}", row.number, row.kind) for row in rows]
    assert sorted(effect[:4] for effect in effects) == sorted(said), moments
    submitted = set(Version.objects.values_list("referral__reference", "number"))
    assert {(record.partition("/")[2], number) for _, record, number, _ in said} == submitted, moments
    told = {(name, int(number)) for name, number in map(str.split, acknowledged.read_text().splitlines())}
    assert told <= submitted, f"{told - submitted} were acknowledged and are not there: {moments}"
    assert told, "nothing was submitted: the test tests nothing"
    known = RecordReference.objects.values_list("referral__reference", "reference")
    assert {f"referral/{name}": reference for name, reference in known} == system.references(), moments
    assert ledger().verify().sound, moments
    record_property("kills", KILLS)
    record_property("referrals", Referral.objects.count())
    record_property("came again", len(arrived.read_text().splitlines()) - len(effects))


def all_arrive(moments):
    """Wait until nothing is on its way any more."""
    deadline = time.monotonic() + ENOUGH
    while True:
        try:
            left = Outgoing.objects.exclude(standing="delivered").count()
        except OperationalError:
            left = 1  # a sender holds the file
        if not left:
            return
        assert time.monotonic() < deadline, f"{left} did not arrive: {moments}"
        time.sleep(0.02)
