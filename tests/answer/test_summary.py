"""The lines for a case record: short, complete, and without anything protected."""

import msgspec
import pytest

from footprint.answer import words
from footprint.answer.footprint import footprint
from footprint.answer.summary import Stamp, family_summary, summary
from footprint.decisions import Subject
from footprint.records import Address, DutyContact, PartialDate, Relationship
from footprint.records.disclosure import Disclosure
from tests.answer.conftest import FEEDS, feed
from tests.answer.test_family import ASKED, asked
from tests.answer.town import C
from tests.publishing.conftest import ruling

POLICE = "police/person-id/1"
CARE = "childrens-social-care/la-child-id/2"
HOME = Address(number="14", street="High Street", postcode="WS1 1AA")
STAMP = Stamp("R-12", "Sam Porter, Front door", "CR-1", "23 November 2026, 09:00")
WHOM = "Layla Hussain, born 27 March 2015"


@pytest.fixture
def child(made):
    """Layla, open to a worker, known to the police; homes in every record."""
    sarah = DutyContact(worker="Sarah Jones", team="Family Help North", phone="01632 960210")
    return [
        made.entry(
            made.record(POLICE, addresses=(HOME,)),
            made.reported(POLICE, "incident", "2026-06-01", reference="A", role="victim"),
            made.reported(POLICE, "incident", "2026-09-01", reference="B", role="victim"),
        ),
        made.entry(
            made.record(CARE, birth=(2015, 3, 28), addresses=(HOME,)),
            made.reported(CARE, "allocated-worker", "2026-01-05", contact=sarah),
            made.reported(CARE, "cp-plan", "2026-02-01"),
        ),
    ]


def text(made, entries, *rulings, feeds=FEEDS, **options):
    people = made.people(made.content({"p1": entries}, feeds=feeds), *rulings)
    return summary(footprint(people, "p1", made.now, **options), STAMP, asked=WHOM)


def test_the_lines_about_one_child(made, child):
    assert text(made, child) == (
        "Footprint of Layla Hussain, born 27 March 2015, as asked.\n"
        "Found: Layla Hussain, born 28 March 2015 (11).\n"
        "Home: 14 High Street, WS1 1AA. Police and Childrens Social Care (data of 22 November 2026) give no date of moving in.\n"
        "Open to: Sarah Jones, Family Help North, 01632 960210; otherwise Emergency duty team, 01922 496 0299 "
        "(Childrens Social Care: allocated worker and child protection plan, last confirmed open on 22 November 2026).\n"
        "Childrens Social Care (as of 22 November 2026): child protection plan, open since 1 February 2026, last confirmed "
        "open on 22 November 2026; allocated worker, open since 5 January 2026, last confirmed open on 22 November 2026. "
        "Ring Front door, 01922 496 0200 (Monday to Friday); otherwise Emergency duty team, 01922 496 0299.\n"
        "Police (as of 22 November 2026): incident attended, 2 times, last 1 September 2026, as victim. "
        "Ring Force control, 101 (always).\n"
        "Partners disagree on: birthday.\n"
        "Acute Trust (as of 22 November 2026): Nothing this partner shares with you for this purpose. "
        "This is not a clearance. Ring Safeguarding nurse, 01922 496 0400.\n"
        "School 3351000 (as of 22 November 2026): Nothing this partner shares with you for this purpose. "
        "This is not a clearance. Ring Designated safeguarding lead, 01922 496 0301.\n"
        "\n"
        "As published for 22 November 2026 (s1). This is not a clearance.\n"
        "Receipt: R-12. Asked by: Sam Porter, Front door. Case: CR-1. On: 23 November 2026, 09:00.\n"
    )


def test_of_somebody_protected_there_is_whom_to_ring_and_not_even_a_name(made, child):
    hub = DutyContact(team="Hub", phone="01632 960100")
    told = text(made, [*child], made.ruling("shield", [POLICE]), hub=hub)
    assert told.startswith(
        f"Footprint of {WHOM}, as asked.\n{words.PROTECTED}\nRing Hub, 01632 960100.\n\nAs published"
    )
    for secret in ("28 March", "Sarah", "North", "incident", "High Street", "Police", "0299"):
        assert secret not in told, secret


def test_no_number_of_a_record_and_no_protected_home_is_in_it(made, child):
    assert "person-id" not in text(made, child)
    told = text(made, child, made.ruling("shield", [Subject("address", "WS11AA||14")]))
    for secret in ("High Street", "WS1", "person-id", "la-child-id"):
        assert secret not in told, secret


def test_homes_and_family_stand_in_a_fixed_order_and_whoever_is_protected_is_not_among_them(made, child):
    mother = made.record(
        "police/person-id/9", given="Sana", family="Mirza", birth=(1990, 5, 4), addresses=(HOME,)
    )
    gone = Address(number="9", street="Old Lane", postcode="WS9 9AA", end="2024-01-01")
    child[0] = msgspec.structs.replace(
        child[0],
        record=msgspec.structs.replace(
            child[0].record,
            addresses=(HOME, gone),
            relationships=(Relationship(kind="mother", other="police/person-id/9"),),
        ),
    )

    def told(*rulings):
        people = made.people(made.content({"p1": child, "p2": [made.entry(mother)]}), *rulings)
        return summary(footprint(people, "p1", made.now), STAMP, asked=WHOM)

    lines = [line.partition(":")[0] for line in told().splitlines()]
    assert lines[:5] == [
        "Footprint of Layla Hussain, born 27 March 2015, as asked.",
        "Found",
        "Home",
        "Family and household",
        "Open to",
    ]
    assert "Family and household: Sana Mirza, born 4 May 1990 (mother).\n" in told()
    assert "Old Lane" not in told()
    shielded = told(made.ruling("shield", ["police/person-id/9"]))
    for secret in ("Sana", "Mirza", "mother"):
        assert secret not in shielded, secret


def test_a_doubt_and_its_parts_are_named_and_not_counted_twice(made, child):
    people = made.people(made.content({"p1": child}), made.ruling("disputed", [POLICE], [CARE]))
    found = footprint(people, people.by_record(POLICE).id, made.now)
    told = summary(found, STAMP, asked=WHOM, doubt="You have doubted it.")
    assert "You have doubted it. Not counted here: Layla Hussain, born 28 March 2015.\n" in told
    assert "may be the same" not in told
    assert words.DISPUTED in summary(found, STAMP, asked=WHOM)


def test_a_partner_that_shares_no_more_than_that_it_is_involved_is_told_with_whom_to_ring(made, child):
    told = text(made, child, disclosure=Disclosure(levels={"police": {"incident": "existence"}}))
    assert (
        "Police (as of 22 November 2026): Involved in the last twelve months. Ring to ask. Force control, 101 (always)"
        in told
    )
    assert "Open to a worker: nothing shared with you." in told
    assert "victim" not in told


def test_many_silent_partners_of_a_sector_are_one_line_with_their_freshness(made, child):
    schools = [
        msgspec.structs.replace(
            feed("school-3351000"), feed=f"s{number}", partner=f"school-{number}", name=f"School {number}"
        )
        for number in range(9)
    ]
    told = text(made, child, feeds=(*FEEDS[:2], *schools))
    assert f"School, 9 partners (9 fresh): {words.NOTHING_SHARED}\n" in told
    assert "School 4" not in told


def test_a_death_and_others_who_may_be_the_same_are_told_without_naming_them(made, child):
    dead = msgspec.structs.replace(child[0].record, death=PartialDate(2026, 11, 17))
    child[0] = msgspec.structs.replace(child[0], record=dead)
    other = made.entry(made.record("acute-trust/patient-id/4", given="Leyla"))
    content = made.content(
        {"p1": child, "p2": [other]}, ties=[made.tie(POLICE, "acute-trust/patient-id/4", "possible", 6.0)]
    )
    told = summary(footprint(made.people(content), "p1", made.now), STAMP, asked=WHOM)
    assert "Died on 17 November 2026, according to Police.\n" in told
    assert "1 other person may be the same; not counted here.\n" in told
    assert "Leyla" not in told


def test_nothing_handed_in_leaves_no_empty_place(made, child):
    people = made.people(made.content({"p1": child}))
    told = summary(footprint(people, "p1", made.now), Stamp(case="CR-1"), asked=WHOM)
    assert told.endswith("This is not a clearance.\nCase: CR-1.\n")


@pytest.fixture(scope="module")
def family(town):
    return family_summary(
        asked(town, [*ASKED.values(), {"given": "J", "family": "Smith", "born": "2009"}]), STAMP
    )


def test_each_of_a_family_has_lines_children_first(family):
    first = [line for line in family.splitlines() if line.endswith("as asked.")]
    assert [line.split(",")[0] for line in first] == [
        "Layla Hussain", "Omar Hussain", "J Smith", "Sana Mirza", "Imran Hussain", "Amina Hussain",
    ]  # fmt: skip
    assert f"\nPolice: {words.NOTHING_SHARED}\n" in family
    assert f"\nChildrens-Social-Care and Police: {words.NOTHING_SHARED}\n" in family


def test_of_whoever_is_not_surely_found_stands_who_it_may_be_what_agrees_and_what_differs_and_no_home(family):
    _, _, after = family.partition("J Smith, born 2009, as asked.\n")
    sure, line, *_ = after.splitlines()
    assert sure == "What is known does not make it certain. Compare before you rely on it."
    assert line.startswith(
        "Not certain: John Smith, born 14 March 2009 (17). Agrees: family name and birthday."
    )
    assert line.endswith("Close: given name and address.")
    assert "31 High Street" not in family


def test_what_joins_the_family_how_fresh_it_is_and_the_stamp_end_it(family):
    _, _, end = family.partition("\nThe family:\n")
    assert "Layla Hussain and Omar Hussain are open to the same worker: Sarah Jones" in end
    assert "Zara Hussain, born 8 February 2021: sibling of Layla Hussain" in end
    assert (
        "How fresh this is:\nChildrens-Social-Care: as of 22 November 2026.\nPolice: as of 22 November 2026.\n"
        in end
    )
    assert end.endswith(
        "Receipt: R-12. Asked by: Sam Porter, Front door. Case: CR-1. On: 23 November 2026, 09:00.\n"
    )
    assert "\nWhom to ring:\nChildrens-Social-Care: " in end
    for secret in ("person-id", "Leo", "Dudley"):
        assert secret not in family, secret


def test_a_protected_sibling_is_not_named_in_it(town):
    told = family_summary(asked(town, ASKED.values(), ruling("shield", [f"{C}ZARA"])), STAMP)
    assert "Zara" not in told


def test_that_a_search_was_not_certain_stands_above_whom_it_found(made, child):
    people = made.people(made.content({"p1": child}))
    said = "Not certain. Somebody else fits better. Compare before you rely on it."
    told = summary(footprint(people, "p1", made.now), STAMP, asked=WHOM, caution=said)
    assert told.startswith(f"Footprint of {WHOM}, as asked.\n{said}\nFound: ")
    shielded = made.people(made.content({"p1": child}), made.ruling("shield", [POLICE]))
    assert said not in summary(footprint(shielded, "p1", made.now), STAMP, asked=WHOM, caution=said)
