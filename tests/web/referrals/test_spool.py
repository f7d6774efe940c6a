"""Rule 9: with the ledger down a referral is taken all the same, and nothing of it is lost, whenever somebody pulls the plug."""

import datetime as dt
import itertools
import os
import random
import time
from pathlib import Path
from unittest import mock

import msgspec
import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from footprint.referrals.referral import decode
from footprint.referrals.submissions import form_key
from footprint.web.ledger.store import ledger
from footprint.web.referrals.models import Draft, Outgoing, Referral, Version
from footprint.web.referrals.outbox.delivering import deliver
from footprint.web.referrals.writing import services, spool
from footprint.web.referrals.writing.queries import draft_of
from tests.web.cases.conftest import said
from tests.web.referrals.breaking import Running, broken, without_database
from tests.web.referrals.systems import connect, destination, listening, secret_of
from tests.web.referrals.writers import URGENT

FORM = {
    "submission": "abc",
    "then": "send",
    "referral-who": "Three children upstairs",
    "safety-danger_now": "yes",
}


@pytest.fixture
def officer(desk):
    return desk(team="Response A")


def files(officer):
    folder = officer.site.data / "spool" / "referrals"
    return sorted(folder.iterdir()) if folder.exists() else []


def test_with_the_ledger_down_it_is_taken_and_entered_later_as_of_when_it_was_sent(officer):
    night = timezone.now().replace(microsecond=0)
    with time_machine.travel(night, tick=False), broken():
        answer = officer.post("/referrals/new/", FORM, follow=True)
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert "Your referral is taken" in shown
        assert "Ring 999 now" in said(answer)
        assert not Referral.objects.exists()
        call_command("enter_spooled", verbosity=0)
        assert len(files(officer)) == 1, "still down: it stays"
    kept = answer.redirect_chain[-1][0]
    with time_machine.travel(night + dt.timedelta(minutes=20)):
        call_command("enter_spooled", verbosity=0)
        sent = Referral.objects.get()
        assert officer.get(kept)["Location"] == f"/referrals/sent/{sent.pk}/receipt/"
    assert sent.sent_at == night
    assert sent.due_at == night + dt.timedelta(hours=1), "the clock began when it was taken"
    assert files(officer) == []
    assert not Draft.objects.exists()
    (entry,) = officer.site.entries(action="referral-send")
    assert entry.leaf.actor == officer.actor.username
    assert Version.objects.get().receipt == entry.receipt_number


def test_they_are_entered_in_the_order_in_which_they_were_taken_and_the_ledger_says_both_times(officer, desk):
    first, second = officer, desk(team="Response B")
    night = timezone.now().replace(second=0, microsecond=0)
    with broken():
        for minute, who in enumerate((first, second, first)):  # the first one's thumb was nervous
            with time_machine.travel(night + dt.timedelta(minutes=minute), tick=False):
                who.post("/referrals/new/", FORM | {"submission": who.actor.username})
    with time_machine.travel(night + dt.timedelta(minutes=20), tick=False):
        assert services.enter_spooled() == 2
    entered = [one.leaf for one in officer.site.entries(action="referral-send")]
    minutes = [(one.actor, one.occurred[:16], one.time[:16]) for one in entered]
    assert minutes == [
        (who.actor.username, at(night, minute), at(night, 20)) for minute, who in enumerate((first, second))
    ]


def test_what_was_taken_first_is_entered_below_what_is_sent_when_the_record_works_again(officer):
    night = timezone.now().replace(microsecond=0)
    with time_machine.travel(night, tick=False), broken():
        officer.post("/referrals/new/", FORM)
    with time_machine.travel(night + dt.timedelta(minutes=5), tick=False):
        officer.post("/referrals/new/", FORM | {"concern-wrong": "He has a knife."})
    assert services.enter_spooled() == 0
    assert files(officer) == []
    sent = Referral.objects.get()
    assert (sent.sent_at, sent.due_at) == (night, night + dt.timedelta(hours=1))
    said = [decode(one.content).concern.wrong for one in sent.versions.order_by("number")]
    assert said == ["", "He has a knife."]


def test_what_is_sent_while_what_came_before_is_being_entered_is_not_thrown_away(officer):
    draft, enter = services.begin(officer.actor, URGENT), services._enter
    more = msgspec.structs.replace(URGENT, worker="Sam Dale")
    with broken():
        services.send(officer.actor, draft)

    def entered_and_meanwhile(sent, *, late):
        referral = enter(sent, late=late)
        spool.keep(officer.site.data, msgspec.structs.replace(sent, said=more))
        return referral

    with mock.patch.object(services, "_enter", entered_and_meanwhile):
        services.enter_spooled()
    assert len(files(officer)) == 1
    assert services.enter_spooled() == 1
    assert decode(Version.objects.get(number=2).content) == more


def at(night, minute):
    return (night + dt.timedelta(minutes=minute)).isoformat()[:16]


def test_nothing_that_was_written_can_be_read_in_the_file(officer):
    with broken():
        officer.post("/referrals/new/", FORM)
    (kept,) = files(officer)
    assert b"children" not in kept.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0
    assert "children" not in kept.name


def test_what_is_sent_again_meanwhile_is_still_one(officer):
    with broken():
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
    with broken():
        officer.post(f"/referrals/drafts/{draft.pk}/send/", {"submission": draft.submission})
    services.enter_spooled()
    assert Version.objects.filter(referral=sent).count() == 2


def test_more_words_under_a_form_that_was_entered_are_said_to_be_kept(officer):
    officer.post("/referrals/new/", FORM)
    with broken():
        same = officer.post("/referrals/new/", FORM, follow=True)
        more = officer.post("/referrals/new/", FORM | {"concern-wrong": "He has a knife."}, follow=True)
    assert "It was sent" in same.content.decode()
    assert "Your referral is taken" in more.content.decode()
    assert services.enter_spooled() == 1
    assert Version.objects.filter(referral=Referral.objects.get()).count() == 2


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
    with broken(), patched, pytest.raises(Killed):
        services.send(officer.actor, draft)
    assert services.enter_spooled() == 0
    assert services.send(officer.actor, draft_of(officer.actor, draft.pk)).referral is not None
    assert Referral.objects.count() == 1


def test_killed_after_it_was_entered_and_before_the_file_was_gone_it_is_entered_once(officer):
    draft = services.begin(officer.actor, URGENT)
    with broken():
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
        broken(),
        mock.patch.object(os, "fsync", side_effect=OSError(28, "No space left")),
        pytest.raises(OSError, match="No space"),
    ):
        services.send(officer.actor, draft)
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_one_file_that_cannot_be_read_holds_up_no_other(officer):
    first, second = (services.begin(officer.actor, URGENT) for _ in range(2))
    with broken():
        services.send(officer.actor, first)
        services.send(officer.actor, second)
    spoiled = files(officer)[0]
    spoiled.write_bytes(b"0" * 64)
    assert services.enter_spooled() == 1
    assert files(officer) == [spoiled]


def test_one_that_adds_to_what_is_gone_holds_up_no_other_and_stays(officer):
    draft = services.begin(officer.actor, URGENT)
    long_ago = timezone.now() - dt.timedelta(hours=1)
    lost = spool.Spooled(actor=officer.actor, said=URGENT, form="lost", at=long_ago, adds_to="nothing-here")
    spool.keep(officer.site.data, lost)
    with broken():
        services.send(officer.actor, draft)
    assert services.enter_spooled() == 1
    assert [one.name for one in files(officer)] == [spool.name_of(officer.actor, "lost")]


def test_nobody_else_opens_what_is_kept(officer, desk):
    with broken():
        answer = officer.post("/referrals/new/", FORM)
    assert desk().get(answer["Location"]).status_code == 404
    assert spool.find(officer.site.data, officer.actor, "../../keys/site.key") is None


def test_without_the_key_that_it_was_kept_with_one_is_told_to_ring_and_nothing_is_lost(officer):
    with broken():
        kept = officer.post("/referrals/new/", FORM)["Location"]
    key = officer.site.data / "keys" / "spool.key"
    right = key.read_bytes()
    key.unlink()
    page = officer.get(kept)
    assert page.status_code == 503
    assert "Ring the front door now" in page.content.decode()
    assert services.enter_spooled() == 0
    key.write_bytes(right)
    assert services.enter_spooled() == 1


def test_a_database_that_takes_no_draft_either_loses_nothing(officer):
    with broken("referrals_draft"):
        answer = officer.post("/referrals/new/", FORM, follow=True)
    assert "Your referral is taken" in answer.content.decode()
    assert services.enter_spooled() == 1
    assert Referral.objects.get().is_urgent


def test_with_everything_else_down_as_well_it_is_taken_entered_and_delivered_later(officer, tmp_path):
    data = officer.site.data
    post = destination("office", kind="email", address="office@borough.example", key=None)
    connect(data, destination(), post)
    officer.site.set(MAIL="smtp://127.0.0.1:9", MAIL_FROM="footprint@borough.example")
    with broken():
        answer = officer.post("/referrals/new/", FORM, follow=True)
        assert "Your referral is taken" in answer.content.decode()
    assert services.enter_spooled() == 1
    assert deliver().outcomes == {"unreached": 2}
    assert set(Outgoing.objects.values_list("standing", flat=True)) == {"waiting"}
    with (
        listening(tmp_path / "records", secret_of(data)) as server,
        time_machine.travel(timezone.now() + dt.timedelta(minutes=10)),
    ):
        connect(data, destination(address=server.address), post)
        deliver()
        ((_, record, number, kind, _),) = server.system.effects()
    assert (record, number, kind) == (f"referral/{Referral.objects.get().reference}", 1, "referral")


def test_with_the_database_away_the_page_says_whom_to_ring_and_the_same_form_comes_through_later(officer):
    (officer.site.data / "partnership.yaml").write_text("hub: {team: The hub, phone: 01922 496 0100}\n")
    officer.client.raise_request_exception = False
    with without_database():
        answer = officer.post("/referrals/new/", FORM)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert '<a href="tel:019224960100">01922 496 0100</a>' in page
    assert "Load this page again and it is sent once more" in page
    assert "children" not in page
    for _ in range(2):
        assert officer.post("/referrals/new/", FORM).status_code == 302
    assert (Referral.objects.count(), Version.objects.count()) == (1, 1)


# ---- killed in earnest

SEED = int(os.environ.get("FOOTPRINT_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 30)
KILLS, LONGEST = 6, 0.12


def submits(actor, said):
    """Send one after the other, and say each that was taken."""
    with Path(said).open("a") as taken:
        for number in itertools.count():
            form = f"{os.getpid()}-{number}"
            outcome = services.send_at_once(actor, URGENT, submission=form, case=None)
            assert outcome.spooled == form_key(str(actor.user_id), form)
            taken.write(f"{outcome.spooled}\n")
            taken.flush()


def enters():
    """Enter what there is, again and again."""
    while True:
        services.enter_spooled()
        time.sleep(0.005)


def test_killed_at_any_moment_everything_that_was_taken_is_entered_once(officer, tmp_path):
    dice, moments = random.Random(SEED), f"FOOTPRINT_SEED={SEED} brings these moments back"
    said = tmp_path / "taken"
    said.touch()
    services.send(officer.actor, services.begin(officer.actor, URGENT))  # loads what is loaded once

    def killed_again_and_again(*does, until=lambda: True):
        running = Running(*does)
        for _ in range(KILLS):
            time.sleep(dice.uniform(0, LONGEST))
            running.kill()
            running.start()
        deadline = time.monotonic() + 60  # however busy the machine
        while not until() and time.monotonic() < deadline:
            time.sleep(0.01)
        running.kill()

    with broken():
        killed_again_and_again(submits, officer.actor, said, until=said.read_text)
    assert Referral.objects.count() == 1
    killed_again_and_again(enters)
    services.enter_spooled()
    taken = said.read_text().split()
    entered = list(Referral.objects.values_list("submission", flat=True))
    assert taken, "nothing was taken: the test tests nothing"
    assert set(taken) <= set(entered), moments
    assert Version.objects.count() == len(entered) == len(officer.site.entries(action="referral-send")), (
        moments
    )
    assert files(officer) == [one for one in files(officer) if one.name.startswith(".")], moments
    assert ledger().verify().sound, moments
