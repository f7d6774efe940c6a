"""Supervisors are shown what will be deleted and nobody kept, and look into recordings of others, once each."""

import datetime as dt

import pytest
import time_machine

from footprint.web.cases import scope
from footprint.web.cases.published import published
from footprint.web.referrals.footage import queries
from footprint.web.referrals.models import Dip
from tests.web.cases.conftest import said
from tests.web.referrals.audited import NOVEMBER, at, row, table
from tests.web.referrals.filming import filmed, take, three_incidents
from tests.web.referrals.writers import Desk

FOUND = {"outcome": "looked", "child_heard": "yes", "prompt_used": "partly"}


pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def audit(audit):
    return three_incidents(audit)


def soon(number, **said):
    """An incident of four weeks ago: its recording goes in three days."""
    return filmed(
        number,
        **{
            "at": "2026-10-29T10:00",
            "arrived": "",
            "started": "2026-10-29T10:10",
            "ended": "2026-10-29T10:30",
            **said,
        },
    )


def test_a_supervisor_is_shown_first_what_nobody_kept(audit, desk):
    take(
        audit.site,
        soon(11),
        soon(12, kept="2026-11-01T10:00"),
        soon(13, children="0"),
        soon(14, team="Response B"),
    )
    page = said(desk("police-supervisor", team="Response A").get(at("team")))
    first = page.partition("Today, and what you have not read")[0]
    assert "20/11/26 3 days left 29 October 2026 at 10:00, 1 child listed. 1 recorded, none kept" in first
    for other in ("20/12/26", "20/13/26", "20/14/26"):
        assert other not in first


def test_what_a_supervisor_may_not_know_of_is_on_no_list(site_on_sqlite, borough, monkeypatch):
    site_on_sqlite.use(borough)
    there = max(published().children_there("police"), key=lambda one: one.day)
    sergeant = Desk(site_on_sqlite, site_on_sqlite.user("police-supervisor", team=there.team))
    take(site_on_sqlite, soon(11, team=there.team), soon(12, team=there.team, incident=there.reference))

    def listed():
        return {one.incident.reference for one in queries.soon_deleted(sergeant.actor, NOVEMBER)}

    assert listed() == {"20/11/26", there.reference}
    records = {one.record for one in published().children_there("police") if one.reference == there.reference}
    knows = scope.People.by_record
    monkeypatch.setattr(published(), "known", lambda *_: {})  # nothing is remembered of before
    monkeypatch.setattr(
        scope.People, "by_record", lambda self, key: None if key in records else knows(self, key)
    )
    assert listed() == {"20/11/26"}
    assert there.reference not in said(sergeant.get(at("team")))


@pytest.fixture
def two(audit, desk):
    """Two supervisors of two teams. Of Response A one recording of October is drawn, since none other is."""
    take(audit.site, soon(11), soon(12))
    return desk("police-supervisor", team="Response A"), desk("police-supervisor", team="Response B")


def waiting(desk):
    return queries.dips(desk.actor, NOVEMBER).to_look


def url_of(one):
    return f"{at('look', one.id)}?asset={one.drawn.asset}"


def test_a_supervisor_enters_what_was_found_and_it_counts(two, audit):
    sergeant, other = two
    (one,) = waiting(sergeant)
    page = said(sergeant.get(at("looks")))
    assert one.drawn.asset in page
    assert "Overdue" in page, "a fortnight is over"
    assert "1 recording waits to be looked into, 1 of them overdue" in said(sergeant.get(at("team")))
    assert waiting(other) == ()
    assert other.get(url_of(one)).status_code == 404
    half = sergeant.post(url_of(one), {"outcome": "looked"})
    assert "Say whether the prompt was used" in said(half)
    assert sergeant.post(url_of(one), FOUND).status_code == 302
    assert waiting(sergeant) == ()
    assert sergeant.post(url_of(one), FOUND).status_code == 404, "once"
    (entry,) = audit.site.entries(action="footage-look")
    assert entry.leaf.facts["child_heard"] == "yes"
    page = audit.police.get(at("measures")).content.decode()
    assert "1 of 1 (100%)" in row(table(page, "A drawn recording was looked into"), "Response A")[0]
    assert "0 of 1 (0%)" in row(table(page, "The prompt was used, in whole"), "Response A")[0]
    assert "1 of 2 (50%)" in row(table(page, "A supervisor looked into it"), "Response A")[0]
    assert sergeant.actor.name not in page.partition("Who was briefed on the prompt")[0]


def test_whoever_was_there_passes_it_on_to_another_team(two, desk):
    sergeant, other = two
    (one,) = waiting(sergeant)
    sergeant.post(url_of(one), FOUND | {"outcome": "was-there"})
    assert Dip.objects.get().child_heard == "", "what was not looked into was not found"
    assert waiting(sergeant) == ()
    (passed,) = waiting(other)
    assert passed.passed_on
    assert "of Response A, passed on to you" in said(other.get(at("looks")))
    assert other.post(url_of(passed), FOUND).status_code == 302
    assert waiting(other) == ()
    assert waiting(desk("police-supervisor", team="")) == ()


def test_nobody_is_given_what_they_wrote_the_referral_of(two, audit):
    sergeant, _ = two
    (one,) = waiting(sergeant)
    number = int(one.drawn.incident.reference.split("/")[1])
    audit.write(1, by=sergeant, first=number)
    assert waiting(sergeant) == ()
    assert sergeant.get(url_of(one)).status_code == 404


def test_what_was_deleted_before_anybody_looked_is_said(two):
    sergeant, _ = two
    with time_machine.travel(NOVEMBER + dt.timedelta(days=4)):
        page = said(Desk(sergeant.site, sergeant.user).get(at("looks")))
    assert "1 drawn recording was deleted before anybody looked" in page
    assert "Nothing waits for you" in page
