""" "This number is wrong": recorded, told to the partner's lead and the data steward, and in nobody's way."""

import re
from unittest import mock

import pytest
from django.core import mail
from django.utils import timezone

from footprint.ledger import LedgerUnavailable
from footprint.web.cases.models import LookUp
from footprint.web.feeds.models import WrongNumber
from footprint.web.feeds.presenters import marked
from footprint.web.notices.models import Mail, Notice
from tests.web.cases.person.street import ELLIE, HOME, LAYLA, Desk, said

COUNCIL = "childrens-social-care"


#: Layla alone, and with her mother in one submission.
ASKED = {
    "person": {"given": "Layla", "family": "Hussain", "born": "2015-03-27", "place": HOME},
    "family": {
        "people": [
            {"given": "Layla", "family": "Hussain", "born": "2015-03-27"},
            {"given": "Sana", "family": "Hussain", "born": "1990-06-01"},
        ],
        "place": HOME,
        "flat": "",
    },
}


@pytest.fixture
def told(site):
    """The council's lead and the steward, who are told; the lead of the police, who is not."""
    council = site.partner(COUNCIL)
    council.lead_email = "lead@example.test"
    council.save()
    return {
        name: site.user(role, partner).memberships.get()
        for name, role, partner in (
            ("lead", "information-governance", COUNCIL),
            ("steward", "data-steward", COUNCIL),
            ("police", "information-governance", "police"),
        )
    }


def notices_to(membership):
    return list(Notice.objects.filter(membership=membership).values_list("kind", "sentence"))


def number_on(answer):
    return re.search(r'name="number" value="([^"]+)"', answer.content.decode()).group(1)


def test_the_lead_and_the_steward_are_told_and_it_is_entered(desk, site, told):
    number = number_on(desk.opens(LAYLA))
    answer = desk.says_wrong(LAYLA, number, "01632 960999")
    assert (answer.status_code, answer["Location"]) == (302, desk.url(LAYLA))
    phone = number.partition("/")[2]
    sentence = (
        f"Sam Alder (Children’s social care) says that the number {phone} is wrong. Right is: 01632 960999."
    )
    for name in ("lead", "steward"):
        ((kind, said_there),) = notices_to(told[name])
        assert kind == "wrong-number"
        assert said_there.endswith(sentence)
    assert notices_to(told["police"]) == []
    (entry,) = site.entries(action="wrong-number")
    assert (entry.leaf.kind, entry.leaf.case) == ("change", "CR-2026-0001")
    assert entry.leaf.facts["partner"] == COUNCIL
    assert entry.terms == {"number": phone, "right": "01632 960999"}
    assert desk.town.person(LAYLA) not in (*entry.leaf.subjects, *entry.leaf.shown)
    assert "They were told that the number is wrong." in said(desk.client.get(answer["Location"]))


def test_everybody_else_reads_that_it_was_reported_until_the_partners_lead_finds_it_right(desk, site, told):
    number = number_on(desk.opens(LAYLA))
    desk.says_wrong(LAYLA, number)
    mark = "Reported wrong on 20 November 2026"
    other = Desk(site, desk.town, site.user("social-work-decision-maker", name="Jo Birch"))
    for page in ("", "print/", "summary/"):
        shown = said(other.opens(LAYLA, page))
        assert mark.lower() in shown.lower(), page
        assert "Sam Alder" not in shown
    for kind, terms in ASKED.items():
        asked = LookUp.objects.create(case=other.case, membership=other.membership, kind=kind, terms=terms)
        pages = ("", "summary/") if kind == "family" else ("",)
        for page in pages:
            found = said(other.client.get(f"/cases/{other.case.pk}/look-ups/{asked.pk}/{page}"))
            assert mark.lower() in found.lower(), (kind, page)

    assert "childrens-social-care" not in said(site.client(told["police"].user).get("/feeds/numbers/"))
    lead = site.client(told["lead"].user)
    (wrong,) = WrongNumber.objects.all()
    assert number.partition("/")[2] in said(lead.get("/feeds/numbers/"))
    assert site.client(told["police"].user).post(f"/feeds/numbers/{wrong.pk}/right/").status_code == 404
    assert "is no longer marked as wrong" in said(lead.post(f"/feeds/numbers/{wrong.pk}/right/", follow=True))
    assert mark not in said(other.opens(LAYLA))
    (entry,) = site.entries(action="right-number")
    assert entry.terms == {"number": number.partition("/")[2]}


def test_a_number_reported_twice_is_marked_once_and_can_be_reported_again(desk, told):
    number = number_on(desk.opens(LAYLA))
    for _ in range(2):
        desk.says_wrong(LAYLA, number)
    assert WrongNumber.objects.count() == 1
    WrongNumber.objects.update(right_at=timezone.now())
    desk.says_wrong(LAYLA, number)
    assert WrongNumber.objects.filter(right_at__isnull=True).count() == 1


def test_nobody_has_to_know_the_right_number(desk, told):
    desk.says_wrong(LAYLA, number_on(desk.opens(LAYLA)))
    ((_, sentence),) = notices_to(told["steward"])
    assert sentence.endswith("The right one is not known.")


def test_no_notice_and_no_mail_names_whom_it_was_about(desk, told):
    mail.outbox.clear()
    desk.says_wrong(LAYLA, number_on(desk.opens(LAYLA)), "01632 960999")
    everything = " ".join(Notice.objects.values_list("sentence", flat=True))
    assert not [one for one in ("Layla", "Hussain", "CR-2026") if one in everything]
    assert Mail.objects.filter(partner__code=COUNCIL).count() == 1


def test_a_number_of_the_hub_is_the_stewards(desk, told):
    number = number_on_select(desk.opens(ELLIE))
    assert number.startswith("hub/")
    desk.says_wrong(ELLIE, number)
    ((_, sentence),) = notices_to(told["steward"])
    assert sentence.startswith("The safeguarding hub: ")
    assert notices_to(told["lead"]) == []


def number_on_select(answer):
    return re.search(r'<option value="([^"]+/[^"]+)"', answer.content.decode()).group(1)


def test_every_number_of_the_page_can_be_chosen(desk, told):
    html = desk.opens(LAYLA).content.decode()
    chosen = re.findall(r'<option value="([^"/]+)/([^"]+)"', html)
    numbers = set(
        re.findall(r"fp-ring__number.*?<a [^>]*>([^<]+)</a>|Ring <a [^>]*>([^<]+)</a>", html, re.DOTALL)
    )
    assert {number for pair in numbers for number in pair if number} <= {number for _, number in chosen}


@pytest.mark.parametrize(
    ("number", "right", "field", "sentence"),
    [
        ("", "", "id_number", "Choose the number that is wrong."),
        ("police", "", "id_number", "Choose the number that is wrong."),
        ("police/<script>", "", "id_number", "Choose the number that is wrong."),
        ("police/101", "x" * 61, "id_right", "Write the number alone, in at most 60 characters."),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(desk, told, number, right, field, sentence):
    answer = desk.says_wrong(LAYLA, number, right)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'href="#{field}"' in html
    assert sentence in said(answer)
    assert "<title>Error: " in html
    assert "<script>" not in html
    assert Notice.objects.count() == 0
    if number == "police/101":
        assert '<option value="police/101" selected' in html


def test_of_a_partner_that_nobody_knows_nothing_is_marked_and_nobody_told(desk, told):
    assert desk.says_wrong(LAYLA, "no-such-partner/01632 960123").status_code == 404
    assert (WrongNumber.objects.count(), Notice.objects.count()) == (0, 0)


def test_only_the_hubs_number_is_called_the_hubs():
    found = [
        WrongNumber(pk=1, partner=code, number="1", said_at=timezone.now())
        for code in ("hub", "police", "gone")
    ]
    names = {"hub": "The safeguarding hub", "police": "Police"}
    assert [one.partner for one in marked(found, names)] == ["The safeguarding hub", "Police", "gone"]


def test_without_the_ledger_nobody_is_told(desk, told):
    number = number_on(desk.opens(LAYLA))
    with mock.patch("footprint.web.cases.person.services.ledger", side_effect=LedgerUnavailable("away")):
        assert desk.says_wrong(LAYLA, number).status_code == 503
    assert Notice.objects.count() == 0


def test_it_is_said_by_post_alone(desk):
    assert desk.opens(LAYLA, "wrong-number/").status_code == 405
