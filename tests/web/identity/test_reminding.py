"""Reminders of a breach: before its clock ends, when it is overdue, and daily while it is; each once, and nothing personal."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from footprint.web.identity.models import Breach, BreachShown, BreachStepTaken, Dispute
from footprint.web.identity.reminding import remind
from footprint.web.identity.states import BreachStep, Said
from footprint.web.notices.models import Mail, Notice

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def breach(site_on_sqlite):
    """A breach that became known this moment; a lead, and an address of the lead's partner."""
    site = site_on_sqlite
    site.partner("police", lead_email="lead@police.test")
    site.user("information-governance", "police")
    officer = site.user("frontline", "police").memberships.get()
    dispute = Dispute.objects.create(
        partnership=site.partnership,
        said=Said.NOT_THEM,
        by=officer,
        reason="Another woman called Zephyrquill.",
        about_a_child=False,
    )
    now = timezone.now()
    made = Breach.objects.create(
        partnership=site.partnership, dispute=dispute, known_at=now, due_at=now + 72 * HOUR
    )
    BreachShown.objects.create(breach=made, membership=officer, at=now, how="opened", case_reference="CRU-77")
    BreachStepTaken.objects.create(breach=made, step=BreachStep.OPENED)
    return made


def told():
    return list(Notice.objects.filter(kind="breach-due").order_by("pk"))


def test_the_leads_are_reminded_a_day_before_when_it_is_overdue_and_daily_after_each_once(breach):
    counted = []
    for hours in (0, 47, 48, 60, 71, 72, 73, 95, 96, 97, 200, 201):
        remind(breach.known_at + hours * HOUR)
        counted.append(len(told()))
    assert counted == [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4]
    assert [("is to be told by" in one.sentence, one.due_at) for one in told()] == [
        (True, breach.due_at),
        *[(False, breach.due_at)] * 3,
    ]
    # To the lead, and to the address of the lead's partner.
    assert Mail.objects.count() == 8


def test_a_reminder_names_the_breach_and_nothing_of_whom_it_is_about(breach):
    remind(breach.due_at)
    (notice,) = told()
    assert notice.sentence.startswith(f"{breach.reference}: the time to tell the ICO ended on ")
    assert notice.link == f"/breaches/{breach.pk}/"
    assert not any(word in notice.sentence for word in ("Zephyrquill", "CRU-77", "officer"))


@pytest.mark.parametrize("step", [BreachStep.NO_RISK, BreachStep.ICO_TOLD, BreachStep.CLOSED])
def test_where_the_clock_does_not_run_nobody_is_reminded(breach, step):
    BreachStepTaken.objects.create(breach=breach, step=step)
    assert remind(breach.due_at) == 0


def test_when_and_how_often_are_dated_settings(breach, site_on_sqlite):
    site_on_sqlite.set(BREACH_REMINDS="2018-05-25:12", BREACH_REMINDS_AGAIN="2018-05-25:6")
    found = [remind(breach.due_at + hours * HOUR) for hours in (-13, -12, 0, 5, 6)]
    assert found == [0, 1, 1, 0, 1]


def test_the_command_does_nothing_twice(breach, capsys):
    Breach.objects.update(due_at=breach.known_at)
    for _ in range(2):
        call_command("remind")
    assert capsys.readouterr().out.split("\n")[:2] == ["1 reminded of.", "0 reminded of."]
