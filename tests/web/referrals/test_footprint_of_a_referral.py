"""From a referral one click leads to the footprint of the whole family: one case, and one look-up."""

import re
from importlib import import_module

import msgspec
from django.apps import apps

from footprint.referrals.record_lines import lines_of
from footprint.referrals.referral import Adult, Child
from footprint.web.cases.models import Case, LookUp
from footprint.web.cases.published import published
from footprint.web.cases.services import open_case, submit
from footprint.web.referrals import services as sending
from tests.web.cases.conftest import said
from tests.web.referrals.queued import CALM
from tests.web.referrals.test_typed import HOME, shield
from tests.web.referrals.writers import URGENT, Desk

mark_told = import_module("footprint.web.referrals.migrations.0024_cases_told").mark_told


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


def test_what_a_case_got_from_a_referral_is_masked_for_whoever_opened_it_and_not_what_they_typed(
    site_on_sqlite, borough
):
    site_on_sqlite.use(borough)
    officer = Desk(site_on_sqlite, site_on_sqlite.user("frontline"))
    door = Desk(site_on_sqlite, site_on_sqlite.user("social-work-decision-maker"))
    told = msgspec.structs.replace(URGENT, who=f"Two boys of {HOME}", place=HOME, children=())
    child = Child(key="c1", name="Ada Quist", birthday="2017-04-02")
    sent = [
        sending.receive(officer.actor, told, form="place"),
        sending.receive(officer.actor, msgspec.structs.replace(told, children=(child,)), form="child"),
        sending.receive(door.actor, msgspec.structs.replace(told, route="phone"), form="own"),
    ]
    place, family, own = (
        door.post(f"/referrals/desk/{one.pk}/footprint/").headers["Location"] for one in sent
    )
    again = re.sub(r"look-ups/([^/]+)/", r"ask/family/?again=\1", family)
    theirs = {place, re.match(r"/cases/[^/]+/", place).group(), again}
    pages = [*theirs, family, own]
    assert {page for page in pages if HOME in door.get(page).content.decode()} == {*theirs, own}
    assert said(door.get("/")).count(HOME) == 2
    shield()
    assert [page for page in pages if HOME in door.get(page).content.decode()] == [own]
    assert said(door.get("/")).count(HOME) == 1
    assert "Quist" in door.get(again).content.decode()


def test_what_was_opened_from_a_referral_before_is_told_too(site_on_sqlite, borough):
    site_on_sqlite.use(borough)
    officer = Desk(site_on_sqlite, site_on_sqlite.user("frontline"))
    door = Desk(site_on_sqlite, site_on_sqlite.user("social-work-decision-maker"))
    sent = sending.receive(officer.actor, msgspec.structs.replace(URGENT, children=()), form="one")
    door.post(f"/referrals/desk/{sent.pk}/footprint/")
    submit(door.actor, Case.objects.get(), "address", {"place": HOME})
    other = open_case(door.actor, purpose="front-door", concerns="Ada", reference="R-1")
    before = [list(model.objects.order_by("pk").values_list("pk", "told")) for model in (Case, LookUp)]
    assert [sorted(told for _pk, told in rows) for rows in before] == [[False, True]] * 2
    for model in (Case, LookUp):
        model.objects.update(told=False)
    for _ in range(2):
        mark_told(apps)
        now = [list(model.objects.order_by("pk").values_list("pk", "told")) for model in (Case, LookUp)]
        assert now == before
    assert not Case.objects.get(pk=other.pk).told
