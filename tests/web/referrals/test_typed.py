"""What somebody types beside a referral, or takes down for somebody else: masked for all but whoever typed it.

A mask on their own page would tell them that the place is a protected one.

| clause                                                     | where                                                  |
| ---------------------------------------------------------- | ------------------------------------------------------ |
| a briefing, an example, its title on the audit's first page | test_a_briefing_and_an_example_are_masked_for_others   |
| who rang, as it was typed, and of which team               | test_the_name_that_was_typed_is_masked_in_every_list   |
| a call that is an officer's own                            | test_whoever_took_a_call_down_reads_what_they_typed    |
| a call of nobody who is a user here                        | the same                                               |
| two at a place in words                                    | test_a_place_in_words_leads_to_no_other_referral       |
| the right number of the front door, in a notice            | test_what_is_right_of_a_number_is_masked_in_a_notice   |
"""

import msgspec
import pytest
from django.utils import timezone

from footprint.decisions import Decision, Subject
from footprint.referrals.holding import MASK
from footprint.referrals.referral import Referrer
from footprint.web.cases.person.services import report_wrong_hub_number
from footprint.web.ledger.store import decisions
from footprint.web.referrals import services as sending
from footprint.web.referrals.auditing.learning.services import Theme, brief
from footprint.web.referrals.desk.example_services import offer
from footprint.web.referrals.importing.services import take_file
from footprint.web.referrals.models import Referral
from tests.web.cases.conftest import said
from tests.web.referrals.test_importing import written
from tests.web.referrals.writers import ADA, URGENT

HOME = "12 Alder Road, WS1 1AA"
PHONED = msgspec.structs.replace(URGENT, children=(ADA,), route="phone", worker=f"Sam Dale, of {HOME}")
DOOR = "social-work-decision-maker"


def shield():
    decisions().add(
        Decision(
            id="d-1", kind="shield", subjects=(Subject("address", "WS11AA||12"),), partnership="town",
            reason="A refuge.", by="guardian", at=timezone.now().isoformat(),
        )
    )  # fmt: skip


def test_a_briefing_and_an_example_are_masked_for_others_and_not_for_who_wrote_them(desk):
    unit, other = desk("central-referral-unit"), desk("central-referral-unit")
    today = timezone.localdate()
    brief(unit.actor, Theme(f"As at {HOME}", "Q3", f"As one did of {HOME}.", today, today))
    offer(unit.actor, "Q3", [("What is wrong", f"A boy hid at {HOME}.")])
    pages = (
        "/referrals/audit/",
        "/referrals/audit/themes/",
        "/referrals/audit/print/",
        "/referrals/examples/",
    )
    before = [said(unit.get(page)).partition("Receipt")[0] for page in pages]
    shield()
    assert [said(unit.get(page)).partition("Receipt")[0] for page in pages] == before
    assert not any("Alder Road" in said(other.get(page)) for page in pages)


def test_the_name_that_was_typed_is_masked_in_every_list_and_a_team_that_nobody_has_is_none(desk):
    door, other, unit = desk(DOOR), desk(DOOR), desk("central-referral-unit")
    rang = Referrer(
        name=f"A neighbour of {HOME}", team=f"Refuge at {HOME}", partner=unit.actor.organisation_name
    )
    sent = sending.receive(door.actor, msgspec.structs.replace(PHONED, referrer=rang), form="one")
    take_file(
        written(door.site, f'M/1,7 Mill Lane,Hit,IMM,"Of {HOME}",Response A,Ada,Quist,2/4/2017,'), "emarf-csv"
    )
    assert (sent.partner, sent.team) == (unit.actor and Referral.objects.get(pk=sent.pk).partner, "")
    shield()
    own = f"/referrals/sent/{sent.pk}/"
    for page in (
        "/referrals/queue/",
        "/referrals/grading/",
        own,
        f"{own}print/",
        f"/referrals/desk/{sent.pk}/grade/",
    ):
        assert "Alder Road" not in said(other.get(page)), page
    assert "Alder Road" not in said(unit.get("/referrals/team/"))


@pytest.mark.parametrize("name", ["Olga Birch", "A neighbour"])
def test_whoever_took_a_call_down_reads_what_they_typed_and_nothing_that_was_added(desk, name):
    olga, door, other = desk(name="Olga Birch", team="Response A"), desk(DOOR), desk(DOOR)
    rang = Referrer(name=name, partner=olga.actor.organisation_name, team="Response A")
    shield()
    sent = sending.receive(door.actor, msgspec.structs.replace(PHONED, referrer=rang), form="one")
    own = f"/referrals/sent/{sent.pk}/"
    pages = (
        "/referrals/",
        "/referrals/queue/",
        own,
        f"{own}print/",
        f"/referrals/desk/{sent.pk}/steps/decide/",
    )
    assert [page for page in pages if MASK in said(door.get(page))] == []
    assert [page for page in pages[1:] if MASK not in said(other.get(page))] == []
    if sent.by:
        more = msgspec.structs.replace(PHONED, who="A boy of 12 Alder Road, WS1 1AA", referrer=rang)
        sending.add(olga.actor, sent, more, form="two")
        page = said(door.get(own))
        assert "Sam Dale, of 12 Alder Road" in page
        assert "A boy of" not in page
        assert MASK not in said(olga.get(own))


def test_a_place_in_words_leads_to_no_other_referral_of_it(desk):
    officer, door = desk(team="Response A"), desk(DOOR)
    shield()
    for number in range(2):
        place = msgspec.structs.replace(URGENT, place="The refuge at 12 Alder Rd by the park, WS1 1AA")
        sending.receive(officer.actor, place, form=str(number))
    page = said(door.get("/referrals/queue/"))
    assert MASK in page
    assert "Same home" not in page


def test_what_is_right_of_a_number_is_masked_in_a_notice_for_all_but_who_typed_it(desk):
    typing, other = desk("data-steward"), desk("data-steward")
    report_wrong_hub_number(typing.actor, "01632 960500", f"They sit at {HOME}")
    before = said(typing.get("/notices/"))
    assert HOME in before
    assert HOME in said(other.get("/notices/"))
    shield()
    assert said(typing.get("/notices/")) == before
    for page in ("/notices/", "/"):
        read = said(other.get(page))
        assert "01632 960500" in read, page
        assert MASK in read, page
        assert HOME not in read, page
