"""What a force's files say of footage is measured: by team and class, for those who may read it, and late where it is late."""

import datetime as dt

import pytest
import time_machine

from footprint.web.referrals import services
from footprint.web.referrals.auditing.measuring import incident_queries
from footprint.web.referrals.auditing.measuring import queries as measuring
from tests.web.referrals.audited import NOVEMBER, at, row, say, table
from tests.web.referrals.filming import bare, filmed, take, three_incidents
from tests.web.referrals.writers import Desk

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def audit(audit):
    return three_incidents(audit)


def test_measures_of_times_are_told_where_a_file_came(audit):
    page = audit.police.get(at("measures")).content.decode()
    assert "Incident log and body-worn video, as of 26 November 2026 at 06:00" in page
    assert "It cannot be told here" not in page
    (voice,) = row(
        table(page, "Each child has words, or it is explained why not, and enough of their day"), "Response A"
    )
    assert "1 of 2 (50%)" in voice, "of a child of whom no referral tells no voice is recorded"
    for label, share in {
        "Somebody recorded it": "2 of 3 (67%)",
        "A reason is given why not": "1 of 1 (100%)",
        "Recording began soon after arrival": "1 of 2 (50%)",
        "What a child said is in the recording": "1 of 2 (50%)",
        "It was kept before it would have been deleted": "1 of 1 (100%)",
        "The referral names it": "1 of 1 (100%)",
    }.items():
        assert share in row(table(page, label), "All teams")[0], label
    assert "Half began within" in page
    assert "It was forgotten" in page


def test_a_referral_that_comes_months_later_counts_by_itself_and_none_twice(audit):
    october = {
        "at": "2026-10-10T21:40",
        "arrived": "",
        "started": "2026-10-10T21:50",
        "ended": "2026-10-10T22:00",
    }
    august = {
        "at": "2026-08-10T21:40",
        "arrived": "",
        "started": "2026-08-10T21:50",
        "ended": "2026-08-10T22:00",
    }
    take(audit.site, filmed(31, **october), filmed(32, **august))
    before = incidents(audit)
    audit.write(2, dt.datetime(2026, 11, 12, 9, tzinfo=dt.UTC), first=31, video="BWV-31")
    after = incidents(audit)
    assert after["2026-10"] == before["2026-10"]
    assert after["2026-11"] == before["2026-11"] + 1
    assert after["2026-08"] == before["2026-08"]


def test_of_several_referrals_of_an_incident_the_latest_counts_however_many_there_are(audit, monkeypatch):
    monkeypatch.setattr(incident_queries, "_CHUNK", 1)
    for number in range(4):
        day = dt.datetime(2026, 11, 12, 9 + number, tzinfo=dt.UTC)
        told = say(2, heard=number == 3)
        services.receive(audit.officer.actor, told, form=f"again-{number}", at=day)
    (voice,) = row(
        table(
            audit.police.get(at("measures")).content.decode(),
            "Each child has words, or it is explained why not",
        ),
        "Response A",
    )
    assert "2 of 2 (100%)" in voice


def incidents(audit):
    """How many incidents each month counts as recorded or not."""
    found = {}
    months = ("2026-08", "2026-10", "2026-11")
    for month, tallied in measuring.tallied_in(
        audit.site.partnership.pk, months, measuring.choices()
    ).items():
        found[month] = sum(one.met.of for one in tallied.tallies if one.code == "recorded")
    return found


def test_one_class_can_be_read_alone_and_by_others_only_so(audit, desk):
    page = audit.police.get(f"{at('measures')}?class=stop-and-search").content.decode()
    assert "Response A" not in table(page, "Somebody recorded it")
    assert "0 of 1 (0%)" in row(table(page, "Somebody recorded it"), "Response B")[0]
    for url in (at("measures"), f"{at('measures')}?class=stop-and-search"):
        page = desk("overseer").get(url).content.decode()
        assert "Response" not in page
        assert "All teams" not in page, "from a total and its parts what is small could be worked out"


def test_a_large_figure_of_fewer_than_three_teams_is_not_shown_to_others(audit, desk):
    stop = {"class": "STOP", "at": "2026-10-10T21:40", "arrived": ""}
    mixed = [
        (filmed if number % 2 else bare)(
            number,
            **stop,
            **({"started": "2026-10-10T21:50", "ended": "2026-10-10T22:00"} if number % 2 else {}),
            team=f"Team {number % 4 // 2}",
        )
        for number in range(100, 140)
    ]
    take(audit.site, *mixed)
    label = "Somebody recorded it"
    page = desk("overseer").get(at("measures")).content.decode()
    assert "too few to show" in row(table(page, label), "Stop and search")[0]
    take(
        audit.site,
        *[one | {"made": "2026-11-26T08:00", "team": f"Team {place % 3}"} for place, one in enumerate(mixed)],
    )
    page = desk("overseer").get(at("measures")).content.decode()
    assert "20 of 40 (50%)" in row(table(page, label), "Stop and search")[0]


def test_a_late_file_and_a_team_that_is_named_no_more_are_said(audit):
    with time_machine.travel(NOVEMBER + dt.timedelta(days=20)):
        take(audit.site, filmed(9, made="2026-12-16T06:00"))
        police = Desk(audit.site, audit.police.user)
        page = police.get(at("measures")).content.decode()
        assert "Response B (not reported since 26 November 2026 at 06:00)" in page
        assert "A newer extract was due" not in page
    with time_machine.travel(NOVEMBER + dt.timedelta(days=22)):
        page = Desk(audit.site, audit.police.user).get(at("measures")).content.decode()
        assert "A newer extract was due by 17 December 2026 at 12:00" in page
