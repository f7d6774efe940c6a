"""Children's voices and video: by team and month for the parties, a supervisor's own team, suppressed for others."""

import csv
import datetime as dt
import io

import msgspec
import pytest

from footprint.referrals.intervals import Proportion
from footprint.referrals.referral import Child
from footprint.web.cases.published import published
from footprint.web.referrals import services
from footprint.web.referrals.auditing.measuring import queries
from footprint.web.referrals.models import Briefing, Referral
from tests.web.referrals.audited import OCTOBER, at, row, say

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def audit(audit):
    """October: Response A heard three of four children and recorded two; Response B none of two."""
    audit.write(2, video="BWV-1")
    audit.write(1, first=3, no_video="fault")
    audit.write(1, first=4, heard=False)
    audit.write(2, by=audit.other, first=11, heard=False, abuse=True)
    return audit


def test_the_parties_see_each_team_and_all(audit):
    page = audit.police.get(at("measures")).content.decode()
    voice, words, concepts, recorded, accounted = row(page, "Response A")
    assert "3 of 4 (75%)" in voice
    assert "30% to 95%" in voice, "Wilson's interval of 3 in 4"
    assert "3 of 4" in words
    assert "3 of 4" in concepts
    assert "2 of 4 (50%)" in recorded
    assert "1 of 2 (50%)" in accounted
    assert "0 of 2 (0%)" in row(page, "Response B")[0]
    assert "3 of 6 (50%)" in row(page, "All teams")[0]
    assert "Not confirmed by the force" in page
    assert "Recording began soon after arrival" in page, "what cannot be told is said"
    assert len(audit.site.entries(action="referral-measures")) == 1


def test_a_supervisor_sees_the_own_team(audit, desk):
    page = desk("police-supervisor", team="Response A").get(at("measures")).content.decode()
    assert "3 of 4 (75%)" in page
    assert "Response B" not in page
    assert "All teams" not in page
    page = desk("police-supervisor", team="").get(at("measures")).content.decode()
    assert "Response A" not in page


@pytest.mark.parametrize("role", ["overseer", "exploitation-analyst", "independent-auditor"])
def test_others_see_suppressed_figures_of_all_teams_together(audit, desk, role):
    page = desk(role).get(at("measures")).content.decode()
    assert "Response" not in page
    assert " of 6" not in page
    assert "too few to show" in page
    assert "November 2026" not in page, "the month that runs is left out"


def test_what_is_large_enough_is_rounded(audit, desk):
    third = desk("frontline", team="Response C")
    audit.write(9, by=third, first=21)
    audit.write(3, by=audit.other, first=41, heard=False)
    audit.write(4, first=61, heard=False)
    page = desk("overseer").get(at("measures")).content.decode()
    assert "10 of 20 (50%)" in page, "12 of 20 of one class"


def heard(audit):
    """Of how many incidents of October each team's referrals tell, and in how many of them each child was heard."""
    found = queries.tallied_in(audit.site.partnership.pk, ["2026-10"], queries.choices())["2026-10"]
    of_team = {}
    for one in found.tallies:
        if one.code == "words":
            of_team[one.team] = of_team.get(one.team, Proportion(0, 0)).plus(one.met)
    return of_team


def test_an_incident_counts_once_and_an_addition_counts_at_once(audit):
    assert heard(audit) == {"Response A": (3, 4), "Response B": (0, 2)}
    later = OCTOBER + dt.timedelta(days=1)
    (again,) = audit.write(1, later, by=audit.other, first=4)  # the same incident, by another team
    assert heard(audit) == {"Response A": (3, 3), "Response B": (1, 3)}
    services.add(audit.other.actor, again, say(4, heard=False), form="more")
    assert heard(audit) == {"Response A": (3, 3), "Response B": (0, 3)}
    assert Referral.objects.count() == 7


def test_what_other_partners_send_is_not_the_polices(audit, desk):
    nurse = desk("navigator", "acute-trust", team="Ward 4")
    audit.write(1, by=nurse, first=31)
    assert set(heard(audit)) == {"Response A", "Response B"}


def test_a_child_that_is_not_listed_yet_is_said(audit):
    bare = msgspec.structs.replace(say(51), children=())
    services.receive(audit.officer.actor, bare, form="bare", at=OCTOBER)
    assert (
        "1 of these incidents list no child who is born yet"
        in audit.police.get(at("measures")).content.decode()
    )


def test_incidents_of_the_own_feed_that_no_referral_names_are_counted_beside_the_measures(
    site_on_sqlite, borough, desk
):
    site_on_sqlite.use(borough)
    unit = desk("central-referral-unit", team="Referral unit")
    there = [one for one in published().children_there("police") if one.day[:7] in ("2026-10", "2026-11")]
    one = max(there, key=lambda child: child.day)
    of = len({child.reference for child in there if (child.team, child.day[:7]) == (one.team, one.day[:7])})
    sent = say(1)
    named = msgspec.structs.replace(sent, links=msgspec.structs.replace(sent.links, incident=one.reference))
    services.receive(unit.actor, named, form="one")
    page = unit.get(at("measures")).content.decode()
    assert "A referral names it" in page
    assert f"1 of {of} (" in page.partition("A referral names it")[2]
    for role in ("social-work-decision-maker", "overseer"):
        assert "A referral names it" not in desk(role).get(at("measures")).content.decode()


def test_the_spreadsheet_says_what_the_page_says(audit):
    answer = audit.police.get(at("measures_csv"))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    (found,) = [
        one
        for one in rows
        if (one["team"], one["month"], one["measure"])
        == ("Response A", "October 2026", "Somebody recorded it")
    ]
    assert (found["number"], found["of"]) == ("2", "4")


def test_a_file_of_choices_that_cannot_be_read_leaves_ours(audit):
    (audit.site.data / "measuring.yaml").write_text("title: [")
    assert "3 of 4 (75%)" in audit.police.get(at("measures")).content.decode()


def test_a_baby_who_is_expected_is_asked_for_no_words(audit):
    told = say(21)
    baby = Child(key="c2", name="Baby Number21", due="2027-01")
    told = msgspec.structs.replace(told, children=(*told.children, baby))
    services.receive(audit.officer.actor, told, form="expecting", at=OCTOBER)
    assert "4 of 5 (80%)" in row(audit.police.get(at("measures")).content.decode(), "Response A")[0]


def test_who_was_briefed_on_the_prompt_is_told_by_role_and_who_not_to_whoever_arranges_it(audit, desk):
    typed = {"criterion": "prompt", "title": "AWARE", "text": "Ask each child.", "given_on": "2026-11-20"}
    assert audit.police.post(at("audit_brief"), typed).status_code == 302
    page = audit.officer.get(at("briefings")).content.decode()
    assert "The prompt for the child’s voice" in page
    audit.officer.post(at("briefing_had", Briefing.objects.get().pk))

    def told(reader):
        return reader.get(at("measures")).content.decode().partition("Who was briefed on the prompt")[2]

    unit = told(audit.police)
    assert "Officer or frontline practitioner</dt><dd>1 of 2 (50%)" in unit
    assert f"Not yet: {audit.other.actor.name} (Response B)" in unit
    assert f"{audit.officer.actor.name} (" not in unit
    sergeant = told(desk("police-supervisor", team="Response B"))
    assert "0 of 1 (0%)" in sergeant
    assert audit.other.actor.name in sergeant
    for reader in (audit.care, desk("overseer")):
        assert audit.other.actor.name not in told(reader)
    assert "too few to show" in told(desk("overseer"))
    assert "It cannot be told" not in audit.police.get(at("audit_themes")).content.decode()
