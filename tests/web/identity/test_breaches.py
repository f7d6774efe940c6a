"""A wrong link that had been shown: a clock, a list of who saw it, steps worked off; references and never whom it is about."""

import datetime as dt

import pytest
import time_machine

from footprint.calendars import LONDON
from footprint.web.identity.clock import due_after
from footprint.web.identity.models import Breach
from footprint.web.notices.models import Notice
from tests.web.identity.scene import SUSPECT, VICTIM, said
from tests.web.identity.test_settling import settle, take_back


@pytest.fixture
def breach(town):
    """Two users saw the link, one of them twice; it was ruled wrong."""
    town.worker.opens(VICTIM)
    town.officer.opens(SUSPECT)
    town.officer.client.get(town.officer.url(SUSPECT, "print/"))
    town.worker.says_not_them(VICTIM, SUSPECT)
    settle(town, "different")
    found = Breach.objects.get()
    found.town = town
    return found


def page(breach):
    return breach.town.lead.get(f"/breaches/{breach.pk}/")


def takes(breach, step, reason="Looked at with both partners."):
    return breach.town.lead.post(f"/breaches/{breach.pk}/", {"step": step, "reason": reason})


def test_it_lists_who_was_shown_it_when_and_under_which_receipt(breach):
    text = said(page(breach))
    assert "shown to 2 users" in text
    for words in ("Wendy Alder, Children’s social care", "Omar Birch, Police", "CRU-77", "CR-2026-0001"):
        assert words in text
    receipts = set(breach.shown.values_list("receipt", flat=True))
    assert len(receipts) >= 3
    assert all(receipt in text for receipt in receipts)


def test_it_says_nothing_of_whom_it_is_about(breach):
    for answer in (page(breach), breach.town.lead.get("/breaches/")):
        for word in (
            "Amandeep",
            "Kaur",
            "1991",
            "Mill Lane",
            "Elm Road",
            "AMANDEEP",
            "domestic",
            "Another woman",
        ):
            assert word not in answer.content.decode()


def test_the_clock_runs_from_the_ruling_for_seventy_two_hours(breach):
    assert breach.due_at - breach.known_at == dt.timedelta(hours=72)
    assert "72 hours left to tell the ICO" in said(page(breach))
    later = breach.due_at + dt.timedelta(hours=5)
    with time_machine.travel(later, tick=True):
        lead = breach.town.site.client(breach.town.site.user("information-governance"))
        text = said(lead.get("/breaches/"))
    assert "Overdue" in text
    assert "Overdue for 5 hours" in text


def test_whoever_is_told_that_the_ico_need_not_be_told_sees_no_clock(breach):
    takes(breach, "assessed-no-risk")
    with time_machine.travel(breach.due_at + dt.timedelta(hours=5), tick=True):
        lead = breach.town.site.client(breach.town.site.user("information-governance"))
        assert "Overdue" not in said(lead.get("/breaches/"))


def test_its_steps_are_worked_off_and_each_says_who_when_and_why(breach):
    assert "This cannot follow" in said(takes(breach, "closed"))
    for step in ("assessed-risk", "ico-told", "subjects-told", "closed"):
        assert takes(breach, step, reason=f"Reason for {step}.").status_code == 302
    text = said(page(breach))
    assert text.index("Reason for closed.") < text.index("Reason for ico-told.")
    assert "Ivo Dale, Children’s social care" in text
    assert "Enter it" not in text
    assert takes(breach, "ico-told").status_code == 200
    assert breach.steps.count() == 5
    entered = [one.leaf.action for one in breach.town.site.entries(kind="change")]
    assert entered == [
        "breach-opened",
        "breach-assessed-risk",
        "breach-ico-told",
        "breach-subjects-told",
        "breach-closed",
    ]


def test_a_step_needs_its_reason(breach):
    answer = takes(breach, "assessed-risk", reason="")
    assert "Say what was found or said" in said(answer)
    assert breach.steps.count() == 1


def test_the_leads_are_told_and_whoever_reads_it_is_entered(breach):
    notice = Notice.objects.get(kind="breach")
    assert notice.sentence.startswith(f"{breach.reference}: a wrong link was shown to 2 users.")
    page(breach)
    read = breach.town.site.entries(kind="reading")[-1]
    assert (read.leaf.action, read.leaf.facts["breach"]) == ("breach", breach.reference)


def test_a_ruling_taken_back_is_noted_and_the_breach_stays(breach):
    take_back(breach.town)
    assert [one.step for one in breach.steps.order_by("pk")] == ["opened", "ruling-taken-back"]
    assert "The ruling was taken back" in said(page(breach))
    assert Notice.objects.filter(kind="breach").latest("pk").sentence.endswith("was taken back.")
    assert takes(breach, "closed").status_code == 302


def test_a_link_that_nobody_saw_is_no_breach(town):
    viewing = town.worker.url(VICTIM, "not-them/")
    from footprint.web.cases.models import Viewing
    from tests.web.identity.scene import not_them

    town.worker.client.post(viewing, not_them(SUSPECT))
    Viewing.objects.all().delete()
    settle(town, "different")
    assert not Breach.objects.exists()


def test_a_breach_of_another_partnership_is_not_there(breach):
    from footprint.web.accounts.models import Partner, Partnership

    elsewhere = Partnership.objects.create(id="elsewhere", name="Elsewhere")
    office = Partner.objects.create(partnership=elsewhere, code="office", name="Office", sector="partnership")
    stranger = breach.town.site.user("information-governance")
    stranger.memberships.update(partner=office)
    client = breach.town.site.client(stranger)
    assert client.get(f"/breaches/{breach.pk}/").status_code == 404
    assert breach.reference not in said(client.get("/breaches/"))


# ---- the clock as a setting


def test_a_new_clock_holds_for_what_becomes_known_from_its_day_on(site_on_sqlite):
    site_on_sqlite.set(BREACH_HOURS="2018-05-25:72,2027-01-01:48")
    before, after = (
        dt.datetime(year, month, day, 0, 30, tzinfo=LONDON)
        for year, month, day in ((2026, 12, 31), (2027, 1, 1))
    )
    assert due_after(before) - before == dt.timedelta(hours=72)
    assert due_after(after) - after == dt.timedelta(hours=48)
