"""What is kept for a while and then deleted: drafts that nobody sent, and what copies said that have arrived."""

import datetime as dt

import time_machine
from django.core.management import call_command
from django.utils import timezone

from footprint.referrals.delivering import RETRY, Outcome
from footprint.referrals.delivering import Attempt as Tried
from footprint.web.referrals import services as sending
from footprint.web.referrals.ending import end_copies, end_drafts, end_footage
from footprint.web.referrals.models import (
    Dip,
    Draft,
    FilmedIncident,
    FootageFile,
    Outgoing,
    Referral,
    Version,
)
from footprint.web.referrals.outbox.rows import add
from footprint.web.referrals.writing import services as writing
from footprint.web.referrals.writing import spool
from tests.web.cases.conftest import said
from tests.web.referrals.audited import at
from tests.web.referrals.filming import bare, filmed, take
from tests.web.referrals.systems import connect, destination
from tests.web.referrals.writers import URGENT, Desk

DAY = dt.timedelta(days=1)
NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)


def begun(officer, at, submission):
    with time_machine.travel(at, tick=False):
        return writing.begin(officer.actor, URGENT, submission=submission)


def test_a_draft_says_on_which_day_it_goes_and_goes_then_with_an_entry(officer):
    old, fresh = begun(officer, NOON, "old"), begun(officer, NOON + DAY, "fresh")
    sent = sending.receive(officer.actor, URGENT, form="sent", at=NOON)
    with time_machine.travel(NOON):
        for page in ("/referrals/", f"/referrals/drafts/{old.pk}/"):
            assert "24 December 2026" in said(officer.get(page))
    assert end_drafts(NOON + 27 * DAY) == 0
    assert (end_drafts(NOON + 28 * DAY), end_drafts(NOON + 28 * DAY)) == (1, 0)
    assert list(Draft.objects.all()) == [fresh]
    (entry,) = officer.site.entries(action="drafts-ended")
    assert (entry.leaf.facts, entry.leaf.actor) == ({"drafts": 1}, "none")
    assert Referral.objects.get() == sent, "what was sent is kept by its own rule"


def test_whoever_changes_a_draft_keeps_it_and_the_figure_is_that_of_the_day(officer):
    officer.site.set(DRAFT_DAYS="2026-01-01:28,2026-12-01:7")
    draft = begun(officer, NOON, "one")
    with time_machine.travel(NOON + 20 * DAY, tick=False):
        writing.save(draft, URGENT)
    assert end_drafts(NOON + 26 * DAY) == 0
    assert end_drafts(NOON + 27 * DAY) == 1


def test_a_draft_whose_words_lie_in_the_spool_is_kept_until_they_are_entered(officer):
    draft = begun(officer, NOON, "one")
    spool.keep(
        officer.site.data, spool.Spooled(actor=officer.actor, said=URGENT, form=draft.submission, at=NOON)
    )
    assert end_drafts(NOON + 90 * DAY) == 0


def test_what_a_copy_said_goes_some_days_after_it_was_acknowledged(site):
    officer = Desk(site, site.user("frontline"))
    begun(officer, NOON, "one")
    connect(officer.site.data, destination())
    with time_machine.travel(NOON, tick=False):
        for form in ("arrived", "hangs"):
            sending.receive(officer.actor, URGENT, form=form)
        arrived, hangs = Outgoing.objects.order_by("pk")
        add(arrived, Tried(at=NOON + DAY, outcome=Outcome.ACCEPTED), RETRY)
        add(hangs, Tried(at=NOON + DAY, outcome=Outcome.REFUSED), RETRY)
    assert end_copies(NOON + 28 * DAY) == 0, "it counts from when the other system took it"
    assert (end_copies(NOON + 29 * DAY), end_copies(NOON + 29 * DAY)) == (1, 0)
    bodies = {one.pk: (bytes(one.body), one.body_ended_at is None) for one in Outgoing.objects.all()}
    assert bodies[arrived.pk] == (b"", False)
    assert b"Alder" in bodies[hangs.pk][0], "what was refused may have to be sent again"
    (entry,) = officer.site.entries(action="copies-ended")
    assert entry.leaf.facts == {"copies": 1}
    assert Version.objects.count() == 2
    arrived.refresh_from_db()
    assert (arrived.standing, arrived.attempts.count()) == ("delivered", 1), "that it arrived is kept"
    assert end_drafts(NOON + 28 * DAY) == 1, "on each database"


def test_what_files_said_of_an_incident_goes_with_what_was_found_in_it(desk):
    sergeant = desk("police-supervisor", team="Response A")
    later = {"at": "2026-11-12T21:40", "arrived": "2026-11-12T21:50"}
    later |= {"started": "2026-11-12T21:50:30", "ended": "2026-11-12T22:10"}
    with time_machine.travel(NOON, tick=False):
        take(sergeant.site, filmed(1))  # of 10 November 2026
        take(sergeant.site, filmed(2, made="2026-11-26T07:00", **later))
        for row in FilmedIncident.objects.all():
            Dip.objects.create(filmed=row, asset="BWV", by_id=sergeant.actor.membership_id, outcome="gone")
        page = said(sergeant.get(at("measures")))
        assert "figures of footage stand from 27 October 2025 on" in page
    sergeant.site.set(FOOTAGE_DAYS="2026-01-01:396,2026-11-12:30")
    first = dt.datetime(2026, 11, 10, 12, tzinfo=dt.UTC)
    assert end_footage(first + 395 * DAY) == 1, "the later one, by the figure that held on its day"
    assert [row.key for row in FilmedIncident.objects.all()] == ["20126"]
    assert (end_footage(first + 396 * DAY), end_footage(first + 396 * DAY)) == (1, 0)
    assert not Dip.objects.exists()
    assert FootageFile.objects.count() == 1, "the newest says how fresh all is"
    with time_machine.travel(first + 396 * DAY, tick=False):
        again = take(sergeant.site, filmed(1), bare(3, **{"class": "BURG"}))
    assert (again.new, again.outside, again.outside_codes) == (0, 2, ("too long ago", "BURG"))
    facts = [entry.leaf.facts for entry in sergeant.site.entries(action="footage-ended")]
    assert facts == [{"incidents": 1, "files": 1}, {"incidents": 1, "files": 0}]


def test_the_clock_runs_it(officer, capsys):
    begun(officer, timezone.now() - 60 * DAY, "one")
    call_command("end_drafts")
    assert (
        "Deleted 1 drafts, what 0 copies said, what files said of 0 incidents, and 0 referrals."
        in capsys.readouterr().out
    )
