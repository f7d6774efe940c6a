"""A graded form as an example for others: read by a person first, leading back to nobody, and never of what is held back."""

import msgspec
import pytest
from django.utils import timezone

from footprint.decisions import Decision, Subject
from footprint.referrals.referral import Concern, Safety
from footprint.web.accounts.models import DeclaredRelative
from footprint.web.ledger.store import decisions
from footprint.web.referrals import services as sending
from footprint.web.referrals.auditing.learning.services import Theme, brief
from footprint.web.referrals.desk.example_queries import HELD_BACK
from footprint.web.referrals.desk.example_services import offer
from footprint.web.referrals.models import Example
from tests.web.cases.conftest import said
from tests.web.referrals.supervised import graded
from tests.web.referrals.writers import ADA, URGENT

GOOD = msgspec.structs.replace(
    URGENT,
    children=(ADA,),
    concern=Concern(wrong="Ada hid with Kes. Police saw a bruise.", history="Ada told us before."),
    safety=Safety(plan="She sleeps at her aunt’s."),
)
SOURCE = msgspec.structs.replace(GOOD, concern=Concern(wrong="A CHIS told us. Ada hid."))
AT_HOME = msgspec.structs.replace(GOOD, concern=Concern(wrong="Ada hid at 12 Alder Road, WS1 1AA."))


@pytest.fixture
def unit(desk):
    return desk("central-referral-unit")


def offer_of(sent):
    return f"/referrals/desk/{sent.pk}/example/"


def test_a_graded_form_becomes_an_example_that_names_nobody_and_can_be_withdrawn(desk, officer, unit):
    sent = sending.receive(officer.actor, GOOD, form="one")
    assert unit.get(offer_of(sent)).status_code == 404, "nobody has graded it"
    graded(unit, sent)
    assert offer_of(sent) in unit.get("/referrals/grading/").content.decode()
    page = said(unit.get(offer_of(sent)))
    assert "Look at: Kes" in page
    typed = {
        "criterion": "Q3",
        "line-1": "[Child 1] hid with Kes, and Ada was cold.",
        "line-2": "",
        "read": "on",
    }
    assert "tick that you did" in said(unit.post(offer_of(sent), {**typed, "read": ""}))
    assert "Leave at least one line" in said(unit.post(offer_of(sent), {**typed, "line-1": ""}))
    assert not Example.objects.exists()
    assert unit.post(offer_of(sent), typed).status_code == 302
    row = Example.objects.get()
    assert [text for _, text in row.lines] == ["[Child 1] hid with [name], and [Child 1] was cold."]
    (entry,) = unit.site.entries(action="example-offered")
    assert sent.reference not in str(entry)
    writer, sergeant = desk("frontline"), desk("police-supervisor", team="Response A")
    for one in (writer, sergeant):
        page = said(one.get("/referrals/examples/"))
        assert "hid with [name]" in page
        assert sent.reference not in page
        assert "Withdraw" not in page
        assert one.post(f"/referrals/examples/{row.pk}/withdraw/").status_code == 403
    assert unit.post(f"/referrals/examples/{row.pk}/withdraw/").status_code == 302
    assert "None was offered yet" in said(writer.get("/referrals/examples/"))
    assert Example.objects.get().lines == []
    assert unit.post(f"/referrals/examples/{row.pk}/withdraw/").status_code == 404


def test_what_is_held_back_or_is_of_the_own_family_becomes_none_and_no_reason_is_told(officer, unit):
    held, home = (sending.receive(officer.actor, told, form=told.concern.wrong) for told in (SOURCE, AT_HOME))
    for sent in (held, home):
        graded(unit, sent)
    assert HELD_BACK not in said(unit.get(offer_of(home)))
    offer(unit.actor, "Q3", [("What is wrong", "A boy hid at 12 Alder Road, WS1 1AA.")])
    today = timezone.localdate()
    brief(unit.actor, Theme("Say where", "Q3", "As one did of 12 Alder Road, WS1 1AA.", today, today))
    reads = ("/referrals/examples/", "/referrals/briefings/")
    assert all("12 Alder Road" in said(officer.get(page)) for page in reads)
    decisions().add(
        Decision(
            id="d-1", kind="shield", subjects=(Subject("address", "WS11AA||12"),), partnership="town",
            reason="A refuge.", by="guardian", at=timezone.now().isoformat(),
        )
    )  # fmt: skip
    assert not any("Alder" in said(officer.get(page)) for page in reads)
    pages = {said(unit.get(offer_of(sent))).replace(sent.reference, "") for sent in (held, home)}
    assert len(pages) == 1
    assert HELD_BACK in pages.pop()
    for sent in (held, home):
        unit.post(offer_of(sent), {"criterion": "Q3", "line-1": "He hid.", "read": "on"})
    DeclaredRelative.objects.create(user=unit.user, name="Ada Birch", born="1 April 2017", relation="niece")
    assert unit.get(offer_of(held)).status_code == 403
    assert Example.objects.count() == 1, "the one from before"


def test_a_name_of_an_earlier_version_and_a_form_without_end_are_in_no_example(officer, unit):
    sent = sending.receive(officer.actor, GOOD, form="one")
    sending.add(officer.actor, sent, msgspec.structs.replace(GOOD, children=()), form="two")
    long = sending.receive(
        officer.actor, msgspec.structs.replace(GOOD, concern=Concern(wrong="a-" * 100_000)), form="three"
    )
    for one in (sent, long):
        graded(unit, one)
    page = said(unit.get(offer_of(sent)))
    assert "hid with Kes" in page
    assert "Ada" not in page
    assert "too long for an example" in said(unit.get(offer_of(long)))
