"""How long something may wait, and how late it is, is said in words: by the rules of the partnership."""

import datetime as dt
import re

import time_machine
from django.utils import timezone

from footprint.web.referrals import services as sending
from footprint.web.referrals.models import Step
from tests.web.cases.conftest import said
from tests.web.referrals.queued import called, send
from tests.web.referrals.writers import Desk

FRIDAY = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)


def test_due_and_late_are_said_in_words(officer, door):
    with time_machine.travel(FRIDAY):
        send(officer, "Ada Birch")
    for at, words in (
        (FRIDAY, "Due 30 November 2026 at 17:00"),
        (dt.datetime(2026, 11, 30, 15, 40, tzinfo=dt.UTC), "Due in 1 hour"),
        (dt.datetime(2026, 11, 30, 19, 30, tzinfo=dt.UTC), "Late by 2 hours"),
    ):
        with time_machine.travel(at):
            page = Desk(door.site, door.user).get("/referrals/queue/")
            assert words in said(page)
            assert "a suggestion until the partnership confirms it" in said(page)


def test_danger_is_due_within_the_hour_to_the_minute_and_in_red_when_late(officer, door):
    with time_machine.travel(FRIDAY):
        sent = send(officer, "Dan Danger", urgent=True)
    sent.refresh_from_db()
    assert sent.due_at == FRIDAY + dt.timedelta(hours=1)
    for minutes, words, colour in (
        (17.5, "Due in 42 minutes", "yellow"),
        (155, "Late by 95 minutes", "red"),
        (60 + 994, "Late by 16 hours 34 minutes", "red"),
        (60 + 3 * 24 * 60, "Late by 3 days", "red"),
    ):
        with time_machine.travel(FRIDAY + dt.timedelta(minutes=minutes)):
            for reader, at in ((door, "/referrals/queue/"), (officer, f"/referrals/sent/{sent.pk}/")):
                page = Desk(reader.site, reader.user).get(at).content.decode()
                assert f'govuk-tag--{colour}">{words}' in page


def test_danger_that_is_told_of_later_is_due_as_soon_as_danger_told_of_at_once(officer):
    with time_machine.travel(FRIDAY):
        sent = send(officer, "Dan Danger")
    with time_machine.travel(FRIDAY + dt.timedelta(minutes=20)):
        sending.add(officer.actor, sent, called("Dan Danger", urgent=True), form="more")
    sent.refresh_from_db()
    assert (sent.is_urgent, sent.due_at) == (True, FRIDAY + dt.timedelta(minutes=80))


def test_what_was_asked_for_and_has_not_come_is_late_by_the_partnerships_rule(officer, door):
    sent = send(officer, "Ada Birch", hours=200)
    ask = {"verb": "send-back", "part": "front-door", "by_name": "Sam", "words": "Who lives there?"}
    Step.objects.create(referral=sent, at=timezone.now(), **ask)
    page = said(door.get("/referrals/queue/"))
    assert "More was asked for" in page
    assert "asked for, late" not in page
    Step.objects.filter(verb="send-back").update(at=timezone.now() - dt.timedelta(days=6))
    late = re.search(r"More was asked for, late by (\d) days", said(door.get("/referrals/queue/")))
    assert 1 <= int(late.group(1)) <= 5, "by the end of the next working day"
    sending.add(officer.actor, sent, called("Ada Birch", looks="A red coat"), form="more")
    assert "More was asked for" not in said(door.get("/referrals/queue/"))
