"""The footprint of one person, case by case: what a duty worker reads, and what nobody may."""

import msgspec
import pytest

from footprint.answer import words
from footprint.answer.footprint import footprint
from footprint.decisions import Subject
from footprint.records import Address, DutyContact, Name, Relationship, Setting
from footprint.records.mask import Mask

POLICE = "police/person-id/1"
CARE = "childrens-social-care/la-child-id/2"
SCHOOL = "school-3351000/admission-number/3"
TRUST = "acute-trust/patient-id/4"
HOME = Address(number="14", street="High Street", postcode="WS1 1AA")


@pytest.fixture
def layla(made):
    """Layla Hussain, known to four partners, open to a worker, and open to the police as a child present."""
    worker = DutyContact(worker="Sarah Jones", team="Family Help North", phone="01922 496 0210")
    return {
        "p1": [
            made.entry(
                made.record(POLICE, given="LAYLA", family="HUSSAIN", addresses=(HOME,)),
                made.reported(
                    POLICE, "domestic-abuse-incident", "2026-06-01", reference="INC1", role="child-present"
                ),
                made.reported(
                    POLICE, "domestic-abuse-incident", "2026-09-01", reference="INC2", role="child-present"
                ),
                made.reported(POLICE, "incident", "2024-01-01", reference="OLD"),
            ),
            made.entry(
                made.record(CARE, birth=(2015, 3, 28)),
                made.reported(CARE, "cp-plan", "2023-02-01", reference="CP1"),
                made.reported(CARE, "allocated-worker", "2026-01-05", reference="W1", contact=worker),
            ),
            made.entry(
                made.record(SCHOOL, settings=(Setting(kind="school", code="3351000"),)),
                made.reported(SCHOOL, "on-roll", "2020-09-01", last="2026-11-12"),
                last="2026-11-12",
            ),
        ]
    }


def of(answer, partner):
    return next(one for one in answer.partners if one.partner == partner)


def test_events_are_counted_by_kind_and_role_within_twelve_months(made, layla):
    police = of(footprint(made.people(made.content(layla)), "p1", made.now), "police")
    (line,) = police.involvements
    assert (line.label, line.count, line.first, line.last) == (
        "Domestic abuse incident",
        2,
        "2026-06-01",
        "2026-09-01",
    )
    assert (line.role, line.reference, line.contact.phone) == ("child present", "INC2", "101")
    assert police.says == ""


def test_an_open_episode_shows_however_long_ago_it_began_and_until_when_it_was_confirmed(made, layla):
    care = of(footprint(made.people(made.content(layla)), "p1", made.now), "childrens-social-care")
    plan = next(line for line in care.involvements if line.code == "cp-plan")
    assert (plan.first, plan.open, plan.confirmed_on, plan.not_reported_since) == (
        "2023-02-01",
        True,
        "2026-11-22",
        "",
    )


def test_whom_to_ring_falls_back_to_the_duty_contact_and_never_mixes_two_numbers_hours(made, layla):
    care = of(footprint(made.people(made.content(layla)), "p1", made.now), "childrens-social-care")
    plan, worker = (
        next(line for line in care.involvements if line.code == code)
        for code in ("cp-plan", "allocated-worker")
    )
    assert (plan.contact.phone, plan.contact.hours) == ("01922 496 0200", "Monday to Friday")
    assert (worker.contact.phone, worker.contact.hours) == ("01922 496 0210", "")
    assert worker.contact.fallback == "Emergency duty team, 01922 496 0299"


def test_the_worker_to_whom_the_child_is_open_comes_first(made, layla):
    (worker,) = footprint(made.people(made.content(layla)), "p1", made.now).workers
    assert (worker.contact.worker, worker.since, worker.partner) == (
        "Sarah Jones",
        "2026-01-05",
        "childrens-social-care",
    )


def test_what_later_data_no_longer_names_is_not_reported_since_and_does_not_end(made, layla):
    school = of(footprint(made.people(made.content(layla)), "p1", made.now), "school-3351000")
    (line,) = school.involvements
    assert (line.open, line.last, line.not_reported_since) == (True, "", "2026-11-12")
    assert school.not_reported_since == "2026-11-12"


def test_conflicting_birthdays_stand_side_by_side_with_who_says_so(made, layla):
    stated = {one.field: one for one in footprint(made.people(made.content(layla)), "p1", made.now).stated}
    assert stated["birth"].conflict
    assert {one.value: [said.partner for said in one.said_by] for one in stated["birth"].statements} == {
        "27 March 2015": ["police", "school-3351000"],
        "28 March 2015": ["childrens-social-care"],
    }
    assert not stated["name"].conflict
    assert {one.value for one in stated["name"].statements} == {"LAYLA HUSSAIN", "Layla Hussain"}


def test_a_name_given_up_is_shown_to_no_one(made):
    names = (Name(given="Ash", family="Cole"), Name(given="Ashley", family="Cole", use="old"))
    content = made.content({"p1": [made.entry(made.record(POLICE, names=names))]})
    assert b"Ashley" not in msgspec.json.encode(footprint(made.people(content), "p1", made.now))


def test_a_partner_that_holds_nothing_and_one_that_is_withheld_give_equal_bytes(made, layla):
    withheld = made.people(
        made.content(layla), mask=Mask(partners=frozenset({"childrens-social-care", "school-3351000"}))
    )
    without_police = {"p1": layla["p1"][1:]}
    held = footprint(withheld, "p1", made.now)
    assert of(held, "police").says == words.NOTHING_SHARED
    assert msgspec.json.encode(held) == msgspec.json.encode(
        footprint(made.people(made.content(without_police)), "p1", made.now)
    )


def test_a_person_of_whom_everything_is_hidden_is_nobody(made, layla):
    hidden = frozenset({POLICE, CARE, SCHOOL})
    assert (
        footprint(made.people(made.content(layla), mask=Mask(hidden_records=hidden)), "p1", made.now) is None
    )
    assert footprint(made.people(made.content(layla)), "p2", made.now) is None


def test_a_partner_that_never_delivered_is_not_connected_and_says_so(made, layla):
    feeds = (made.feed("police"), made.feed("acute-trust", as_of="", late_from="", stale_from=""))
    trust = of(footprint(made.people(made.content(layla, feeds=feeds)), "p1", made.now), "acute-trust")
    assert (trust.state, trust.says) == ("unconnected", words.NOT_CONNECTED)


@pytest.mark.parametrize(
    "subject", [Subject("record", POLICE), Subject("person", "p1"), Subject("address", "WS11AA||14")]
)
def test_of_a_shielded_child_no_address_school_area_team_or_number_remains(made, layla, subject):
    people = made.people(made.content(layla), made.ruling("shield", [subject]))
    hub = DutyContact(team="Hub", phone="01922 496 0100")
    answer = footprint(people, "p1", made.now, hub=hub)
    assert (answer.standing, answer.sentence, answer.ring) == ("protected", words.PROTECTED, hub)
    assert (answer.name, answer.workers, answer.stated, answer.links) == ("Layla Hussain", (), (), ())
    told = msgspec.json.encode(answer).decode()
    for secret in ("High Street", "WS1", "3351000/", "Family Help", "0200", "0210", "0301", POLICE, "Sarah"):
        assert secret not in told, secret
    assert {one.says for one in answer.partners} == {words.PROTECTED}


def test_without_a_hub_the_council_brokers(made, layla):
    answer = footprint(made.people(made.content(layla), made.ruling("shield", [POLICE])), "p1", made.now)
    assert answer.ring.team == "Front door"


def test_a_school_roll_is_no_worker(made, layla):
    contact = DutyContact(worker="Mr Osei", phone="01922 496 0301")
    layla["p1"] = [
        made.entry(made.record(SCHOOL), made.reported(SCHOOL, "on-roll", "2020-09-01", contact=contact))
    ]
    assert footprint(made.people(made.content(layla)), "p1", made.now).workers == ()


def test_a_twin_is_not_offered_as_the_same_child(made, layla):
    twin = made.record(TRUST, given="Leyla", relationships=(Relationship(kind="twin", other=POLICE),))
    layla["p2"] = [made.entry(twin)]
    content = made.content(layla, ties=[made.tie(POLICE, TRUST, "possible", 10.3)])
    answer = footprint(made.people(content), "p1", made.now)
    assert answer.possible == ()
    assert [one.kind for one in answer.relatives] == ["twin"]


def test_a_home_that_one_partner_protects_protects_the_child_at_every_partner(made, layla):
    marked = msgspec.structs.replace(HOME, protected=True)
    layla["p1"].append(made.entry(made.record(TRUST, addresses=(marked,))))
    answer = footprint(made.people(made.content(layla)), "p1", made.now)
    assert answer.standing == "protected"


def test_records_ruled_different_since_are_shown_as_two_people_at_once(made, layla):
    content = made.content(layla, ties=[made.tie(POLICE, CARE), made.tie(CARE, SCHOOL, weight=9.0)])
    people = made.people(content, made.ruling("different", [SCHOOL], [POLICE]))
    first = footprint(people, "p1", made.now)
    assert of(first, "school-3351000").says == words.NOTHING_SHARED
    assert [link.other for link in first.links] == [CARE]
    assert first.possible == ()
    (other,) = [one for one in people.of(0) if one.id != "p1"]
    second = footprint(people, other.id, made.now)
    assert [one.partner for one in second.partners if one.records] == ["school-3351000"]


def test_a_disputed_link_splits_at_once_and_shows_both_sides_as_disputed(made, layla):
    content = made.content(layla, ties=[made.tie(POLICE, CARE), made.tie(CARE, SCHOOL, weight=9.0)])
    people = made.people(content, made.ruling("disputed", [SCHOOL], [CARE]))
    (other,) = footprint(people, "p1", made.now).possible
    assert (other.records, other.disputed) == ((SCHOOL,), True)


def test_possible_others_stand_beside_with_why(made, layla):
    layla["p2"] = [made.entry(made.record(TRUST, given="Leyla"))]
    content = made.content(layla, ties=[made.tie(POLICE, TRUST, "possible", 6.2)])
    (other,) = footprint(made.people(content), "p1", made.now).possible
    assert (other.person_id, other.name, other.weight, other.why) == (
        "p2",
        "Leyla Hussain",
        6.2,
        ("the same NHS number",),
    )
    masked = made.people(content, mask=Mask(hidden_records=frozenset({TRUST})))
    assert footprint(masked, "p1", made.now).possible == ()


def test_what_was_erased_is_gone_and_with_its_last_record_the_person(made, layla):
    one = footprint(made.people(made.content(layla), made.ruling("erase", [POLICE])), "p1", made.now)
    assert of(one, "police").says == words.NOTHING_SHARED
    assert (
        footprint(
            made.people(made.content(layla), made.ruling("erase", [POLICE, CARE, SCHOOL])), "p1", made.now
        )
        is None
    )
    assert (
        footprint(
            made.people(made.content(layla), made.ruling("erase", [Subject("person", "p1")])), "p1", made.now
        )
        is None
    )


class TestAdoption:
    """Scenario 9: the former identity is closed, the new one starts at the severance, and nothing leads across."""

    def content(self, made):
        mother = "police/person-id/50"
        people = {
            "former": [
                made.entry(
                    made.record(
                        CARE, family="Old", relationships=(Relationship(kind="mother", other=mother),)
                    ),
                    made.reported(CARE, "cp-plan", "2023-02-01", end="2026-02-01"),
                )
            ],
            "new": [
                made.entry(
                    made.record(
                        TRUST, family="New", relationships=(Relationship(kind="mother", other=mother),)
                    ),
                    made.reported(TRUST, "ae-attendance", "2026-01-01", reference="BEFORE"),
                    made.reported(TRUST, "ae-attendance", "2026-10-01", reference="AFTER"),
                )
            ],
            "mother": [
                made.entry(
                    made.record(
                        mother,
                        given="Jane",
                        family="Old",
                        birth=(1990, 1, 2),
                        relationships=(Relationship(kind="child", other=TRUST),),
                    )
                )
            ],
        }
        ties = [made.tie(CARE, TRUST, "possible", 8.0)]
        seal = made.ruling("seal", [CARE], [TRUST], since="2026-03-01")
        return made.people(made.content(people, ties=ties), seal)

    def test_the_former_identity_is_closed(self, made):
        answer = footprint(self.content(made), "former", made.now)
        assert (answer.standing, answer.sentence) == ("restricted", words.RESTRICTED)
        assert (answer.relatives, answer.possible, answer.stated) == ((), (), ())
        assert all(not one.involvements and not one.records for one in answer.partners)

    def test_the_new_identity_starts_at_the_severance_and_names_nobody_from_before(self, made):
        answer = footprint(self.content(made), "new", made.now)
        (line,) = of(answer, "acute-trust").involvements
        assert line.reference == "AFTER"
        assert (answer.relatives, answer.possible) == ((), ())

    def test_the_birth_mother_leads_to_nobody(self, made):
        assert footprint(self.content(made), "mother", made.now).relatives == ()


def test_the_way_it_looks_as_json(made, layla):
    answer = footprint(made.people(made.content(layla)), "p1", made.now).as_json()
    assert set(answer) == {
        "person_id", "standing", "sentence", "ring", "name", "birth", "age", "day", "shown_from", "snapshot",
        "workers", "partners", "stated", "relatives", "links", "possible",
        "died", "death", "is_child", "unborn", "conflicts", "may_be_same", "perhaps_baby", "homes", "apart",
        "open_at_home",
    }  # fmt: skip
    assert {"partner", "as_of", "state"} <= set(answer["partners"][0])
