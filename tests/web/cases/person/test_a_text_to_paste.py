"""A summary to paste into a case record: each making of it is a disclosure in the ledger, and its receipt stands in the text."""

import re
from html import unescape

import pytest

from footprint.web.cases.models import LookUp
from footprint.web.cases.person.presenters.text import text_of_person
from tests.web.cases.person.answers import footprint, partner, scope, worker
from tests.web.cases.person.street import CANARIES, ELLIE, LAYLA, Desk, said


class _Receipt:
    number = "7-ABCDEFGH"


def text_in(answer):
    """The text in the field, as it would be pasted."""
    assert answer.status_code == 200
    found = re.search(r"<textarea([^>]*)>(.*?)</textarea>", answer.content.decode(), re.DOTALL)
    assert "readonly" in found.group(1)
    return unescape(found.group(2))


def test_the_text_says_who_asked_when_why_and_under_which_receipt():
    found = text_of_person(
        scope(), footprint(workers=(worker(),), partners=(partner("police"),)), _Receipt, "/back", {}, {}
    )
    assert "Footprint of Layla Hussain, born 27 March 2015" in found.text
    assert "Receipt: 7-ABCDEFGH" in found.text
    assert "Asked by: Sam Alder, Social worker, The council" in found.text
    assert "Case: CR-1, Screening a contact or referral" in found.text
    assert "On: 20 November 2026 at 08:30" in found.text
    assert found.lines == found.text.count("\n") > 5


def test_each_making_is_a_disclosure_and_its_receipt_stands_in_the_text(desk, site):
    texts = [text_in(desk.opens(LAYLA, "summary/")) for _ in range(2)]
    entries = site.entries(kind="disclosure")
    assert [entry.leaf.action for entry in entries] == ["summary", "summary"]
    for text, entry in zip(texts, entries, strict=True):
        assert f"Receipt: {entry.receipt_number}" in text
    assert "Open to: Rosa Bright" in texts[0]
    assert "This is not a clearance." in texts[0]


@pytest.mark.parametrize("record", [ELLIE, LAYLA])
def test_the_text_holds_nothing_that_is_protected(desk, record):
    text = text_in(desk.opens(record, "summary/"))
    assert not [one for one in CANARIES if one.lower() in text.lower()]


@pytest.fixture
def family(desk):
    """A family that was asked for in one submission."""
    return LookUp.objects.create(case=desk.case, membership=desk.membership, kind="family", terms=FAMILY)


FAMILY = {
    "people": [
        {"given": "Layla", "family": "Hussain", "born": "2015-03-27"},
        {"given": "Sana", "family": "Hussain", "born": "1990-06-01"},
    ],
    "place": "3 Bath Street, WS1 3BX",
    "flat": "",
}


def test_a_whole_family_is_one_text(desk, site, family, town):
    text = text_in(desk.client.get(f"/cases/{desk.case.pk}/look-ups/{family.pk}/summary/"))
    entry = site.entries(kind="disclosure")[0]
    assert "Footprint of a family of 2." in text
    assert f"Receipt: {entry.receipt_number}" in text
    assert town.person(LAYLA) in entry.leaf.subjects


def test_only_a_family_has_a_familys_text_and_only_in_its_own_case(desk, site, town, family):
    alone = LookUp.objects.create(case=desk.case, membership=desk.membership, kind="person", terms={})
    other = Desk(site, town, site.user("social-work-decision-maker"), reference="CR-2")
    for client, case, look_up in (
        (desk.client, desk.case, alone.pk),
        (other.client, other.case, family.pk),
        (other.client, desk.case, family.pk),
        (desk.client, desk.case, "nothing"),
    ):
        assert client.get(f"/cases/{case.pk}/look-ups/{look_up}/summary/").status_code == 404


def test_the_answer_of_a_family_leads_to_its_text(desk, family):
    page = desk.client.get(f"/cases/{desk.case.pk}/look-ups/{family.pk}/")
    assert f"/cases/{desk.case.pk}/look-ups/{family.pk}/summary/" in page.content.decode()
    assert "Summary to paste" in said(page)
