"""What a person reads in a terminal of what stands at the top of a footprint, and of namesakes at an address."""

import io

import pytest
from rich.console import Console

from footprint.answer.footprint import footprint
from footprint.answer.found import AddressAnswer, Household, Residence, Resident
from footprint.answer.people import People
from footprint.cli.pages import footprint_page, search_page
from footprint.decisions import NOTHING_DECIDED
from footprint.records import Address, DutyContact, PartialDate
from footprint.records.disclosure import Disclosure
from footprint.records.mask import Mask
from tests.answer.conftest import NOW, Dictionary, entry, record, reported, tie

POLICE, CARE, TRUST = "police/person-id/1", "childrens-social-care/la-child-id/2", "acute-trust/patient-id/4"
HOME = Address(number="14", street="High Street", postcode="WS1 1AA")


def printed(parts):
    console = Console(file=io.StringIO(), width=160)
    for part in parts:
        console.print(part)
    return " ".join(console.file.getvalue().split())


def shown(content, **options):
    answer = footprint(People(content, Mask(), NOTHING_DECIDED), "p1", NOW, **options)
    return printed(footprint_page.page(answer))


def test_a_death_stands_in_the_heading_and_below_it():
    content = Dictionary({"p1": [entry(record(POLICE, death=PartialDate(2026, 11, 17)))]})
    assert shown(content).startswith("Layla Hussain, born 27 March 2015, died 17 November 2026 p1")
    assert "Died on 17 November 2026, according to Police." in shown(content)


def test_a_team_with_an_open_case_is_to_be_rung_first_and_every_episode_named():
    sarah = DutyContact(worker="Sarah Jones", team="North", phone="01632 960210")
    said = [
        reported(CARE, "allocated-worker", "2026-01-05", contact=sarah),
        reported(CARE, "cp-plan", "2026-02-01"),
    ]
    told = shown(Dictionary({"p1": [entry(record(CARE), *said)]}))
    assert "Open to a worker: ring here first Sarah Jones, North, 01632 960210" in told
    assert "Allocated worker since 5 January 2026; Child protection plan;" in told
    assert "last confirmed open on 22 November 2026" in told
    assert "ring here first Front door, 01922 496 0200" in shown(
        Dictionary({"p1": [entry(record(CARE), said[1])]})
    )


def test_what_to_look_at_twice_stands_before_the_partners():
    people = {
        "p1": [
            entry(record(POLICE, addresses=(HOME,), birth=(2026, 11, 1))),
            entry(record(CARE, birth=(2026, 11, 2))),
        ],
        "p2": [entry(record(TRUST, given="Leyla", birth=(2026, 11, 1)))],
        "p3": [
            entry(
                record(
                    "police/person-id/9",
                    birth=None,
                    expected=PartialDate(2026, 11, 20, "XXX"),
                    addresses=(HOME,),
                )
            )
        ],
    }
    told = shown(Dictionary(people, ties=[tie(POLICE, TRUST, "possible", 6.0)]))
    doubts, _, _ = told.partition("What partners say")
    assert "This may be the expected child Layla Hussain, expected 20 November 2026." in doubts
    assert "One other person may be the same: Leyla Hussain, born 1 November 2026." in doubts
    assert "Partners disagree: born." in doubts


def test_nothing_to_look_at_twice_has_no_place():
    assert "Look twice" not in shown(Dictionary({"p1": [entry(record(POLICE))]}))


def test_a_partner_that_shares_only_that_it_is_involved_is_not_counted_among_the_silent():
    content = Dictionary({"p1": [entry(record(POLICE), reported(POLICE, "incident", "2026-06-01"))]})
    told = shown(content, disclosure=Disclosure(otherwise="existence"))
    assert "Involved in the last twelve months. Ring to ask. Ring Force control, 101 (always)" in told


@pytest.mark.parametrize("remark", ["", "Of the same name here: John Smith, born 14 March 1975 (51)."])
def test_a_namesake_at_an_address_is_warned_of_under_the_name(remark):
    resident = Resident(
        person_id="p1",
        name="John Smith",
        birth="",
        age="",
        start="",
        end="",
        said_by=(),
        died="1 May 2026",
        same_name=remark,
    )
    home = Residence(
        address="31 High Street", certain=True, now=(Household(residents=(resident,)),), before=()
    )
    answer = AddressAnswer(
        outcome="found",
        sentence="",
        flats=0,
        residents=0,
        residences=(home,),
        partners=(),
        snapshot="s",
        day="2026-11-22",
    )
    told = printed(search_page.address_page(answer))
    assert "John Smith, died 1 May 2026" in told
    assert ("Of the same name here" in told) is bool(remark)
