"""Points, seeds, and what is said of copies and by other systems: masked at each reading, but for whoever typed it.

A mask on their own page would tell them that the place is a protected one.
"""

import re

import msgspec
import pytest
import time_machine
from django.utils import timezone

from footprint.decisions import Decision, Subject
from footprint.referrals.feedback import Point
from footprint.referrals.referral import Referrer
from footprint.web.ledger.store import decisions
from footprint.web.referrals import services
from footprint.web.referrals.models import Incoming, Outgoing, RecordReference, Sample
from footprint.web.referrals.outbox.services import set_aside
from tests.web.referrals.audited import NOVEMBER, Audit, at
from tests.web.referrals.supervised import graded
from tests.web.referrals.systems import connect, decision, destination
from tests.web.referrals.writers import URGENT

HOME = "12 Alder Road, WS1 1AA"
_PASSING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|\b\d+-[A-Z2-7]{8}\b')


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOVEMBER, tick=False):
        yield


def shield():
    decisions().add(
        Decision(
            id="d-1", kind="shield", subjects=(Subject("address", "WS11AA||12"),), partnership="town",
            reason="A refuge.", by="guardian", at=timezone.now().isoformat(),
        )
    )  # fmt: skip


def read(pages):
    answers = {name: who.get(url) for name, (who, url) in pages.items()}
    assert [name for name, answer in answers.items() if answer.status_code != 200] == []
    return {name: _PASSING.sub("", answer.content.decode()) for name, answer in answers.items()}


def names_it(pages):
    return {name for name, text in pages.items() if re.search("Alder.Road", text)}


def test_what_is_typed_beside_a_referral(desk):
    audit, steward, front = Audit(desk), desk("data-steward"), desk("social-work-decision-maker")
    audit.agree(share="100")
    connect(audit.site.data, destination())
    (sent,) = audit.write(1)
    audit.draw(seed="12.Alder.Road.WS1.1AA")
    marked = services.receive(audit.officer.actor, URGENT, form="marked")
    graded(audit.police, marked, points=(Point("Q6", f"Say what was seen at {HOME}."),))
    phoned = msgspec.structs.replace(
        URGENT, place="", route="public", referrer=Referrer(name=f"Jo of {HOME}")
    )
    phoned = services.receive(audit.care.actor, phoned, form="phoned")
    copy = Outgoing.objects.filter(referral=sent).first()
    set_aside(steward.actor, copy, f"They rang from {HOME}.")
    RecordReference.objects.create(referral=phoned, destination="records", reference=HOME, at=timezone.now())
    came = decision(phoned, reason=f"They live at {HOME}.", by=f"Sam of {HOME}")
    Incoming.objects.create(
        key="0" * 32, source="records", referral=phoned, record=came.record, number=1, fingerprint="",
        receipt=b"", body=came.body, how="conflict",
    )  # fmt: skip
    sample = at("audit_sample", Sample.objects.get().pk)
    others = {
        "points": (audit.officer, at("referral", marked.pk)),
        "points on paper": (audit.officer, at("print", marked.pk)),
        "seed": (audit.care, sample),
        "why it was set aside": (
            desk("data-steward", name=steward.actor.name),
            at("outbox_message", copy.pk),
        ),
        "what another system says": (front, at("referral", phoned.pk)),
    }
    own = {
        "seed": (audit.police, sample),
        "why it was set aside": (steward, at("outbox_message", copy.pk)),
    }
    read(own)  # what was done is told once
    before = read(own)
    assert names_it(read(others)) == others.keys()
    assert names_it(before) == own.keys()
    shield()
    assert names_it(read(others)) == {"points", "points on paper"}, "their author reads where they wrote it"
    assert f"seen at {HOME}" not in read(others)["points"]
    assert read(own) == before
