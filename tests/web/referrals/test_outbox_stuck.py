"""What hangs is seen by those who can mend it, without a word of what it says, and they send it again or set it aside."""

import datetime as dt

import time_machine
from django.db import transaction
from django.utils import timezone

from footprint.referrals import delivering as rules
from footprint.referrals.destinations import destinations_of
from footprint.web.notices.models import Notice
from footprint.web.referrals import services
from footprint.web.referrals.models import Outgoing
from footprint.web.referrals.outbox import services as outbox
from footprint.web.referrals.outbox.delivering import deliver
from footprint.web.referrals.outbox.presenters import panels_of
from tests.web.referrals.copies import NOON, WITH_ADA, send
from tests.web.referrals.systems import (
    connect,
    destination,
)
from tests.web.referrals.writers import URGENT


def test_what_hangs_is_seen_without_a_word_of_its_content_and_the_steward_is_told_once_a_day(desk):
    officer, steward, lead = desk(), desk("data-steward"), desk("information-governance")
    connect(officer.site.data, destination())
    with time_machine.travel(NOON, tick=False) as clock:
        for form in ("one", "two"):
            send(officer, WITH_ADA, form=form)
        for _ in range(40):
            deliver()
            clock.shift(dt.timedelta(minutes=16))
        assert set(Outgoing.objects.values_list("standing", flat=True)) == {"stuck"}
        told = Notice.objects.filter(kind="outbox")
        assert [one.membership.user_id for one in told] == [steward.user.pk]
        steward_page, lead_page = (one.get("/referrals/outbox/").content.decode() for one in (steward, lead))
        for page in (steward_page, lead_page):
            assert "Stuck: alarm" in page
            assert "2 stuck" in page
            assert "It cannot be reached" in page
            assert not any(word in page for word in ("Ada", "Birch", "Alder", "hit in front"))
        row = Outgoing.objects.first()
        assert f"/referrals/outbox/{row.pk}/" in steward_page
        assert f"/referrals/outbox/{row.pk}/" not in lead_page
        assert lead.get(f"/referrals/outbox/{row.pk}/").status_code == 403
        assert officer.get("/referrals/outbox/").status_code == 403


def test_a_steward_sends_again_or_sets_aside_with_a_reason_that_is_entered(records):
    officer = records.officer
    steward = officer.__class__(officer.site, officer.site.user("data-steward"))
    sent = send(officer)
    services.add(officer.actor, sent, WITH_ADA, form="two")
    first, second = Outgoing.objects.order_by("number")
    page = f"/referrals/outbox/{first.pk}/"
    assert "Say why" in steward.post(page, {"what": "aside"}).content.decode()
    assert steward.post(page, {"what": "aside", "reason": "They have it on paper."}).status_code == 302
    assert deliver().outcomes == {"accepted": 1}, "what comes after goes on"
    assert [one.number for one in records.system.effects()] == [second.number]
    # Its old place is past, so it goes under a new number.
    assert steward.post(page, {"what": "again", "reason": "They lost the paper."}).status_code == 302
    assert deliver().outcomes == {"accepted": 1}
    assert [one.number for one in records.system.effects()] == [2, 3]
    again = steward.post(f"/referrals/outbox/{second.pk}/", {"what": "again", "reason": "To be sure."})
    assert "It has arrived meanwhile" in again.content.decode()
    entries = {one.leaf.action: one for one in officer.site.entries(actor=steward.user.username)}
    assert entries["outbox-set-aside"].personal["reason"] == "They have it on paper."
    assert "outbox-send-again" in entries


def test_what_was_refused_is_sent_again_as_it_is(records):
    officer = records.officer
    send(officer)
    steward = officer.site.user("data-steward")
    row = Outgoing.objects.get()
    refused = rules.Attempt(at=timezone.now(), outcome=rules.Outcome.REFUSED, sentence="We are closed.")
    (where,) = destinations_of(officer.site.data)
    from footprint.web.referrals.outbox.delivering import settle

    assert settle(row, where, refused)
    assert deliver().outcomes == {}
    client = officer.site.client(steward)
    assert "We are closed." in client.get("/referrals/outbox/").content.decode()
    client.post(f"/referrals/outbox/{row.pk}/", {"what": "again", "reason": "They are open."})
    assert deliver().outcomes == {"accepted": 1}
    assert records.system.effects()[0].key == row.key


def test_a_referrals_page_says_the_same_whether_anything_was_held_and_let_go(desk):
    officer = desk()
    connect(officer.site.data, destination())
    sent = send(officer)
    without = panels_of(officer.actor, sent)
    with transaction.atomic():
        outbox.enqueue(sent, "addition", URGENT)  # as when a guardian lets a sentence go
    assert panels_of(officer.actor, sent) == without
    assert without[0].rows == [("The system records", "A copy is on its way.")]


def test_a_destination_that_is_gone_while_messages_wait_is_an_alarm(desk):
    officer, steward = desk(), desk("data-steward")
    connect(officer.site.data, destination())
    send(officer)
    connect(officer.site.data)
    page = steward.get("/referrals/outbox/").content.decode()
    assert "no longer in destinations.yaml" in page
    assert "alarm" in page
