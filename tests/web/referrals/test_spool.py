"""Rule 9: with the ledger down a referral is taken all the same, and nothing of it is lost, whenever somebody pulls the plug."""

import datetime as dt
import os
from unittest import mock

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from footprint.web.referrals.models import Draft, Referral, Version
from footprint.web.referrals.writing import services, spool
from footprint.web.referrals.writing.queries import draft_of
from tests.web.referrals.writers import URGENT

FORM = {
    "submission": "abc",
    "then": "send",
    "referral-who": "Three children upstairs",
    "safety-danger_now": "yes",
}


class Broken:
    """The ledger, really failing: its table takes no entry, as when a guard or a disk refuses. Or another table."""

    def __init__(self, table="ledger_entry"):
        self.table = table

    def __enter__(self):
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TRIGGER no_entry BEFORE INSERT ON {self.table} BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            )

    def __exit__(self, *_error):
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER no_entry")


@pytest.fixture
def officer(desk):
    return desk(team="Response A")


def files(officer):
    folder = officer.site.data / "spool" / "referrals"
    return sorted(folder.iterdir()) if folder.exists() else []


def test_with_the_ledger_down_it_is_taken_and_entered_later_as_of_when_it_was_sent(officer):
    night = timezone.now().replace(microsecond=0)
    with time_machine.travel(night, tick=False), Broken():
        answer = officer.post("/referrals/new/", FORM, follow=True)
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert "Your referral is taken" in shown
        assert "Ring 999 now" in shown
        assert not Referral.objects.exists()
        call_command("enter_spooled", verbosity=0)
        assert len(files(officer)) == 1, "still down: it stays"
    kept = answer.redirect_chain[-1][0]
    with time_machine.travel(night + dt.timedelta(minutes=20)):
        call_command("enter_spooled", verbosity=0)
        sent = Referral.objects.get()
        assert officer.get(kept)["Location"] == f"/referrals/sent/{sent.pk}/receipt/"
    assert sent.sent_at == night
    assert files(officer) == []
    assert not Draft.objects.exists()
    (entry,) = officer.site.entries(action="referral-send")
    assert entry.leaf.actor == officer.actor.username
    assert Version.objects.get().receipt == entry.receipt_number


def test_nothing_that_was_written_can_be_read_in_the_file(officer):
    with Broken():
        officer.post("/referrals/new/", FORM)
    (kept,) = files(officer)
    assert b"children" not in kept.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0
    assert "children" not in kept.name


def test_what_is_sent_again_meanwhile_is_still_one(officer):
    with Broken():
        for _ in range(2):
            officer.post("/referrals/new/", FORM)
        (draft,) = Draft.objects.all()
        assert "kept" in officer.get(f"/referrals/drafts/{draft.pk}/")["Location"]
    services.enter_spooled()
    officer.post("/referrals/new/", FORM)
    assert (Referral.objects.count(), Version.objects.count()) == (1, 1)


def test_an_addition_is_taken_as_well(officer):
    officer.post("/referrals/new/", FORM)
    sent = Referral.objects.get()
    officer.post(f"/referrals/sent/{sent.pk}/add/")
    draft = Draft.objects.get()
    officer.post(f"/referrals/drafts/{draft.pk}/steps/safety/", {"safety-plan": "With Nan."})
    with Broken():
        officer.post(f"/referrals/drafts/{draft.pk}/send/", {"submission": draft.submission})
    services.enter_spooled()
    assert Version.objects.filter(referral=sent).count() == 2


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_killed_while_it_is_written_down_the_draft_is_there_and_no_half_file_counts(officer, moment):
    class Killed(BaseException):
        pass

    draft = services.begin(officer.actor, URGENT)
    patched = (
        mock.patch("os.fsync", side_effect=Killed)
        if moment == "fsync"
        else mock.patch("pathlib.Path.replace", side_effect=Killed)
    )
    with Broken(), patched, pytest.raises(Killed):
        services.send(officer.actor, draft)
    assert services.enter_spooled() == 0
    assert services.send(officer.actor, draft_of(officer.actor, draft.pk)).referral is not None
    assert Referral.objects.count() == 1


def test_killed_after_it_was_entered_and_before_the_file_was_gone_it_is_entered_once(officer):
    draft = services.begin(officer.actor, URGENT)
    with Broken():
        services.send(officer.actor, draft)

    class Killed(BaseException):
        pass

    with mock.patch("pathlib.Path.unlink", side_effect=Killed), pytest.raises(Killed):
        services.enter_spooled()
    assert Referral.objects.count() == 1
    assert services.enter_spooled() == 1
    assert (Referral.objects.count(), Version.objects.count()) == (1, 1)
    assert files(officer) == []


def test_a_disk_that_takes_nothing_either_is_an_error_and_the_draft_stays(officer):
    draft = services.begin(officer.actor, URGENT)
    with (
        Broken(),
        mock.patch.object(os, "fsync", side_effect=OSError(28, "No space left")),
        pytest.raises(OSError, match="No space"),
    ):
        services.send(officer.actor, draft)
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_one_file_that_cannot_be_read_holds_up_no_other(officer):
    first, second = (services.begin(officer.actor, URGENT) for _ in range(2))
    with Broken():
        services.send(officer.actor, first)
        services.send(officer.actor, second)
    spoiled = files(officer)[0]
    spoiled.write_bytes(b"0" * 64)
    assert services.enter_spooled() == 1
    assert files(officer) == [spoiled]


def test_nobody_else_opens_what_is_kept(officer, desk):
    with Broken():
        answer = officer.post("/referrals/new/", FORM)
    assert desk().get(answer["Location"]).status_code == 404
    assert spool.find(officer.site.data, officer.actor, "../../keys/site.key") is None


def test_a_database_that_takes_no_draft_either_loses_nothing(officer):
    with Broken("referrals_draft"):
        answer = officer.post("/referrals/new/", FORM, follow=True)
    assert "Your referral is taken" in answer.content.decode()
    assert services.enter_spooled() == 1
    assert Referral.objects.get().is_urgent
