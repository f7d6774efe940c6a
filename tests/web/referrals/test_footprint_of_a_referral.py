"""From a referral one click leads to the footprint of the whole family: one case, and one look-up."""

import re

import msgspec

from footprint.referrals.record_lines import lines_of
from footprint.referrals.referral import Adult, Child
from footprint.web.cases.models import Case, LookUp
from footprint.web.cases.published import published
from footprint.web.referrals import services as sending
from tests.web.cases.conftest import said
from tests.web.referrals.queued import CALM
from tests.web.referrals.writers import URGENT, Desk


def test_one_click_opens_one_case_and_asks_about_the_whole_family_once(site_on_sqlite, borough):
    site_on_sqlite.use(borough)
    officer = Desk(site_on_sqlite, site_on_sqlite.user("frontline"))
    door = Desk(site_on_sqlite, site_on_sqlite.user("social-work-decision-maker"))
    child = somebody()
    told = msgspec.structs.replace(
        CALM,
        place="",
        children=(child, Child(key="c2")),
        adults=(Adult(key="a1", name="Emma Nobody", birthday="1987-12-05"),),
    )
    sent = sending.receive(officer.actor, told, form="one")
    leads = [door.post(f"/referrals/desk/{sent.pk}/footprint/").headers["Location"] for _ in range(2)]
    assert leads[0] == leads[1]
    case, asked = Case.objects.get(), LookUp.objects.get()
    assert (case.reference, case.purpose) == (sent.reference, "front-door")
    assert case.opened_by_id == door.actor.membership_id
    assert [one["born"] for one in asked.terms["people"]] == [child.birthday, "1987-12-05"]
    assert child.name.split()[0] in said(door.get(leads[0]))


def test_what_cannot_be_asked_yet_is_completed_first(site_on_sqlite, borough):
    site_on_sqlite.use(borough)
    officer = Desk(site_on_sqlite, site_on_sqlite.user("frontline"))
    door = Desk(site_on_sqlite, site_on_sqlite.user("social-work-decision-maker"))
    vague = msgspec.structs.replace(CALM, place="", children=(Child(key="c1", name="Ada"),))
    one = sending.receive(officer.actor, vague, form="one")
    two = sending.receive(officer.actor, msgspec.structs.replace(CALM, children=(), place=""), form="two")
    page = door.get(door.post(f"/referrals/desk/{one.pk}/footprint/").headers["Location"])
    assert "Ada" in page.content.decode()
    three = sending.receive(officer.actor, msgspec.structs.replace(URGENT, children=()), form="three")
    at = door.post(f"/referrals/desk/{three.pk}/footprint/").headers["Location"]
    assert "12 Alder Road" in door.get(at).content.decode(), "nobody is named: the place is asked about"
    case = door.get(re.match(r"/cases/[^/]+/", at).group()).content.decode()
    assert f'href="/referrals/sent/{three.pk}/"' in case
    lead = door.post(f"/referrals/desk/{two.pk}/footprint/").headers["Location"]
    assert re.fullmatch(r"/cases/[^/]+/", lead)


def somebody():
    """A child of the borough whom social care knows by name and birthday."""
    content = published().content
    for key in content.keys_of_partner("childrens-social-care"):
        lines = lines_of(content.entry(key).record, "child")
        if len(lines["name"].split()) == 2 and lines["birthday"] > "2012":
            return Child(key="c1", name=lines["name"], birthday=lines["birthday"])
    raise LookupError("The borough has no such child.")
