"""Who submits, who sends and who receives are killed at random moments: no referral is lost, and each key has one effect.

Three receive: a system by HTTPS, one from a watched folder, and a mail server. Twenty kills by default; FOOTPRINT_KILLS asks for
more. What a failure prints brings its moments back.
"""

import asyncio
import datetime as dt
import email
import itertools
import os
import random
import socket
import time
from pathlib import Path
from unittest import mock

import msgspec
import pytest
from aiosmtpd.smtp import SMTP
from django.db import OperationalError

from footprint.cli.receiver_service import ReceiverServer, read_folder
from footprint.cli.record_system import RecordSystem
from footprint.referrals import destinations
from footprint.referrals.delivering import Schedule
from footprint.web.ledger.store import ledger
from footprint.web.referrals import services
from footprint.web.referrals.models import Attempt, Outgoing, RecordReference, Referral, Version
from footprint.web.referrals.outbox.delivering import deliver
from footprint.web.referrals.outbox.watching import watch
from tests.web.referrals.breaking import Running
from tests.web.referrals.systems import connect, destination, secret_of
from tests.web.referrals.writers import ADA, URGENT

KILLS = int(os.environ.get("FOOTPRINT_KILLS", "20"))
SEED = int(os.environ.get("FOOTPRINT_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 30)
LONGEST = 0.25  # seconds between two kills: some messages to and fro
ENOUGH = 60  # seconds in which all must have arrived once nobody is killed any more, however busy the machine
#: As in service, but for a sender that nobody waits for.
AT_ONCE = Schedule(first=dt.timedelta(milliseconds=10), longest=dt.timedelta(milliseconds=80), alarm=1 << 30)
#: In a folder a message lies until its receipt does: nobody lays it there anew each moment.
PATIENT = Schedule(first=dt.timedelta(milliseconds=200), longest=dt.timedelta(seconds=1), alarm=1 << 30)
SCHEDULES = {"https": AT_ONCE, "folder": PATIENT, "email": AT_ONCE}
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
            time.sleep(0.03)


def sends():
    """Deliver, and read what lies in the folder, again and again."""
    while True:
        watch()
        deliver(claimed_for=DEAD)
        time.sleep(0.005)


def remembering(kept, arrived):
    """The records of a system that says each message that came, even again."""
    system = RecordSystem(kept)
    take = system.take

    def told(content, now):
        receipt = take(content, now)
        with Path(arrived).open("a") as came:
            came.write(f"{receipt.key}\n")
        time.sleep(0.005)  # kept, and not yet answered: the moment that matters
        return receipt

    system.take = told
    return system


def receives(kept, port, key, arrived):
    """Receive by HTTPS."""
    system = remembering(kept, arrived)
    ReceiverServer(("127.0.0.1", port), system, key).serve_forever(poll_interval=0.05)


def collects(kept, folder, key, arrived):
    """Read the watched folder, again and again."""
    system = remembering(kept, arrived)
    while True:
        read_folder(folder, system, key)
        time.sleep(0.01)


class Letterbox:
    """What a mail server does with each message: it writes down which it is and what it is called, and then says so."""

    def __init__(self, arrived):
        self.arrived = arrived

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - what aiosmtpd asks
        made = email.message_from_bytes(envelope.content)
        with self.arrived.open("a") as came:
            came.write(f"{made['Message-ID'].strip('<>').partition('@')[0]} {made['Subject']}\n")
        await asyncio.sleep(0.005)
        return "250 taken"


def takes_mail(port, arrived):
    """Take e-mails."""
    loop = asyncio.new_event_loop()
    letterbox = Letterbox(arrived)
    serving = loop.create_server(lambda: SMTP(letterbox, loop=loop), "127.0.0.1", port, reuse_address=True)
    loop.run_until_complete(serving)
    loop.run_forever()


@pytest.fixture
def free_ports():
    with socket.socket() as wire, socket.socket() as other:
        for one in (wire, other):
            one.bind(("127.0.0.1", 0))
        return wire.getsockname()[1], other.getsockname()[1]


def test_no_referral_is_lost_and_each_key_has_one_effect(desk, tmp_path, free_ports, record_property):
    officer = desk()
    data, moments = officer.site.data, f"FOOTPRINT_SEED={SEED} brings these moments back"
    https, smtp = free_ports
    folder, office = tmp_path / "agreed", {"address": "office@borough.example", "key": None}
    folder.mkdir()
    connect(
        data,
        destination("records", address=f"http://127.0.0.1:{https}/footprint"),
        destination("folder", kind="folder", address=str(folder)),
        destination("office", kind="email", **office),
    )
    mail = {"MAIL": f"smtp://127.0.0.1:{smtp}", "MAIL_FROM": "footprint@borough.example"}
    officer.site.set(SITE="https://footprint.example", **mail)
    acknowledged = tmp_path / "acknowledged"
    arrived = {name: tmp_path / f"arrived-{name}" for name in ("records", "folder", "office")}
    kept = {name: tmp_path / f"kept-{name}" for name in ("records", "folder")}
    for file in (acknowledged, *arrived.values()):
        file.touch()
    dice = random.Random(SEED)
    # What is loaded when it is first needed is loaded now, or each copy of this process would load it anew.
    services.add(officer.actor, services.receive(officer.actor, URGENT, form="first"), WITH_ADA, form="more")
    with mock.patch.object(destinations, "SCHEDULES", SCHEDULES):
        deliver()
        running = [
            Running(submits, officer.actor, acknowledged),
            Running(sends),
            Running(receives, kept["records"], https, secret_of(data), arrived["records"]),
            Running(collects, kept["folder"], folder, secret_of(data, "folder"), arrived["folder"]),
            Running(takes_mail, smtp, arrived["office"]),
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

    submitted = set(Version.objects.values_list("referral__reference", "number"))
    told = {(name, int(number)) for name, number in map(str.split, acknowledged.read_text().splitlines())}
    assert told <= submitted, f"{told - submitted} were acknowledged and are not there: {moments}"
    assert told, "nothing was submitted: the test tests nothing"
    for name in arrived:
        assert sent_to(name, submitted, moments) == effects_at(name, kept, arrived), f"{name}: {moments}"
    assert ledger().verify().sound, moments
    record_property("kills", KILLS)
    record_property("referrals", Referral.objects.count())
    record_property("came again", sum(map(came_again, arrived.values())))


def sent_to(name, submitted, moments):
    """What left for a destination: every version that was submitted, once; and as what it is known there."""
    rows = Outgoing.objects.filter(destination=name).select_related("referral")
    assert {(row.referral.reference, row.number) for row in rows} == submitted, f"{name}: {moments}"
    if name == "office":
        return {row.key for row in rows}, {}
    known = RecordReference.objects.filter(destination=name).values_list("referral__reference", "reference")
    names = {f"referral/{reference}": there for reference, there in known}
    return {(row.key, f"referral/{row.referral.reference}", row.number, row.kind) for row in rows}, names


def effects_at(name, kept, arrived):
    """What it has come to there, each message once; an e-mail is known for a second copy by its Message-ID."""
    if name == "office":
        said = set(arrived[name].read_text().splitlines())
        assert len(said) == len({line.split()[0] for line in said}), "one id, one message"
        return {line.split()[0] for line in said}, {}
    system = RecordSystem(kept[name])
    effects = [effect[:4] for effect in system.effects()]
    assert len(effects) == len(set(effects))
    return set(effects), system.references()


def came_again(arrived):
    """How many messages came that had come before."""
    lines = arrived.read_text().splitlines()
    return len(lines) - len(set(lines))


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
        assert time.monotonic() < deadline, f"{left} did not arrive ({why_not()}): {moments}"
        time.sleep(0.02)


def why_not():
    """What was last said of one that did not arrive at each destination."""
    rows = Outgoing.objects.exclude(standing="delivered")
    last = Attempt.objects.filter(outgoing__in=rows).order_by("pk")
    return dict(last.values_list("outgoing__destination", "sentence"))
