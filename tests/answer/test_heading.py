"""What stands at the top of a footprint: to whom the person is open, a death, conflicts, who else it may be, a baby."""

import pytest

from footprint.answer.footprint import footprint
from footprint.records import Address, DutyContact, PartialDate, Relationship
from tests.answer.conftest import DUTY

POLICE = "police/person-id/1"
CARE = "childrens-social-care/la-child-id/2"
TRUST = "acute-trust/patient-id/4"
MOTHER = "childrens-social-care/la-child-id/50"
MOTHER_AT_TRUST = "acute-trust/patient-id/51"
HOME = Address(number="14", street="High Street", postcode="WS1 1AA")
SARAH = DutyContact(worker="Sarah Jones", team="Family Help North", phone="01632 960210")
TOM = DutyContact(worker="Tom Reid", team="Looked After", phone="01632 960211")


def top(made, entries, *rulings, person="p1", **others):
    content = made.content({"p1": entries, **others})
    return footprint(made.people(content, *rulings), person, made.now)


class TestOpenTo:
    """Already open to a worker: half of what reaches a front door is."""

    def open_to(self, made, *said, key=CARE):
        workers = top(made, [made.entry(made.record(key), *said)]).workers
        return [(one.contact.worker, one.contact.team, one.episodes) for one in workers]

    def test_an_open_episode_without_a_named_worker_is_open_to_its_team(self, made):
        plan = made.reported(CARE, "cp-plan", "2026-02-01", contact=DutyContact(team="Family Help North"))
        assert self.open_to(made, plan) == [("", "Family Help North", ("Child protection plan",))]

    def test_where_no_team_is_named_it_is_open_to_the_duty_team_with_its_number_hours_and_fallback(
        self, made
    ):
        (worker,) = top(
            made,
            [made.entry(made.record(CARE), made.reported(CARE, "cp-plan", "2026-02-01", last="2026-11-20"))],
        ).workers
        assert worker.contact == DUTY["childrens-social-care"]
        assert (worker.label, worker.since, worker.confirmed_on, worker.not_reported_since) == (
            "Child protection plan",
            "2026-02-01",
            "2026-11-20",
            "2026-11-20",
        )

    def test_the_named_worker_has_the_episodes_for_which_nobody_is_named(self, made):
        plan = made.reported(CARE, "cp-plan", "2026-02-01")
        worker = made.reported(CARE, "allocated-worker", "2026-01-05", reference="W", contact=SARAH)
        assert self.open_to(made, plan, worker) == [
            ("Sarah Jones", "Family Help North", ("Allocated worker", "Child protection plan"))
        ]

    def test_of_two_named_workers_each_has_their_own(self, made):
        said = [
            made.reported(CARE, "allocated-worker", "2026-01-05", reference="W", contact=SARAH),
            made.reported(CARE, "child-looked-after", "2026-03-05", reference="L", contact=TOM),
            made.reported(CARE, "cp-plan", "2026-02-01"),
        ]
        assert self.open_to(made, *said) == [
            ("Tom Reid", "Looked After", ("Looked after",)),
            ("Sarah Jones", "Family Help North", ("Allocated worker",)),
        ]

    @pytest.mark.parametrize("end", ["2026-11-01"])
    def test_nothing_that_closed_is_open_to_anybody(self, made, end):
        assert self.open_to(made, made.reported(CARE, "cp-plan", "2026-02-01", end=end)) == []

    def test_a_school_roll_and_an_investigation_of_nobody_in_particular_are_no_team_with_a_case(self, made):
        assert self.open_to(made, made.reported(POLICE, "investigation", "2026-02-01"), key=POLICE) == []


class TestDeath:
    """Whoever rings must know before."""

    def test_a_death_is_said_with_who_says_so_and_there_is_no_age(self, made):
        dead = made.record(POLICE, death=PartialDate(2026, 11, 17))
        answer = top(made, [made.entry(dead), made.entry(made.record(CARE))])
        assert (answer.died, answer.death, answer.age) == (
            "17 November 2026",
            "Died on 17 November 2026, according to Police.",
            "",
        )
        assert answer.is_child, "as old as on that day"

    def test_the_fullest_day_is_told_and_everybody_who_says_so(self, made):
        entries = [
            made.entry(made.record(POLICE, death=PartialDate(2026))),
            made.entry(made.record(TRUST, death=PartialDate(2026, 11, 17))),
        ]
        assert top(made, entries).death == "Died on 17 November 2026, according to Police and Acute Trust."

    def test_a_death_without_a_day_is_one_all_the_same(self, made):
        answer = top(made, [made.entry(made.record(POLICE, death=PartialDate()))])
        assert (answer.died, answer.death) == ("day not said", "Died, according to Police.")

    def test_of_a_protected_person_nobody_is_named_as_saying_so(self, made):
        entries = [made.entry(made.record(POLICE, death=PartialDate(2026, 11, 17)))]
        assert top(made, entries, made.ruling("shield", [POLICE])).death == "Died on 17 November 2026."

    def test_a_child_lost_before_birth_is_told_with_care_and_no_day_is_expected_any_more(self, made):
        lost = made.record(
            CARE, birth=None, expected=PartialDate(2026, 12, 1, "XXX"), death=PartialDate(2026, 11, 17)
        )
        answer = top(made, [made.entry(lost)])
        assert answer.death == (
            "This pregnancy ended in the loss of the baby on 17 November 2026, according to Childrens Social Care. "
            "No baby is expected any more. Send nothing and arrange nothing for a birth, "
            "and take care when you speak to the family."
        )
        assert (answer.birth, answer.unborn, answer.is_child) == ("", False, False)

    def test_a_living_person_has_no_such_sentence(self, made):
        answer = top(made, [made.entry(made.record(POLICE))])
        assert (answer.died, answer.death) == ("", "")


class TestAge:
    """A child is under eighteen on the snapshot's day, 22 November 2026; an expected one counts."""

    @pytest.mark.parametrize(
        ("birth", "is_child"),
        [
            ((2008, 11, 23), True),
            ((2008, 11, 22), False),
            ((2008, 11), True),
            ((2008, 10), False),
            ((2008,), True),
            ((2007,), False),
            ((2008, 1, 1, "EEE"), True),
            ((2007, 12, 31, "EEE"), False),
            ((2008, 2, 31), False),
        ],
    )
    def test_who_may_be_under_eighteen_is_a_child(self, made, birth, is_child):
        answer = top(made, [made.entry(made.record(POLICE, birth=birth))])
        assert (answer.is_child, answer.unborn) == (is_child, False)

    def test_an_expected_child_is_a_child(self, made):
        answer = top(
            made, [made.entry(made.record(CARE, birth=None, expected=PartialDate(2026, 12, 20, "XXX")))]
        )
        assert (answer.is_child, answer.unborn, answer.birth) == (True, True, "expected 20 December 2026")

    def test_nobody_knows_of_whom_no_birthday_is_said(self, made):
        answer = top(made, [made.entry(made.record(POLICE, birth=None))])
        assert (answer.is_child, answer.unborn) == (False, False)

    def test_the_latest_expected_day_counts(self, made):
        entries = [
            made.entry(
                made.record(CARE, birth=None, expected=PartialDate(2026, 12, 20, "XXX")), last="2026-10-01"
            ),
            made.entry(made.record(TRUST, birth=None, expected=PartialDate(2027, 1, 3, "XXX"))),
        ]
        assert top(made, entries).birth == "expected 3 January 2027"


def test_conflicting_fields_are_listed(made):
    entries = [
        made.entry(made.record(POLICE, sex="M")),
        made.entry(made.record(CARE, birth=(2015, 3, 28), sex="F")),
    ]
    assert top(made, entries).conflicts == ("birth", "sex")
    assert top(made, entries[:1]).conflicts == ()


def test_how_many_others_may_be_the_same_and_who_is_the_likeliest(made):
    others = {
        "p2": [made.entry(made.record(TRUST, given="Leyla"))],
        "p3": [made.entry(made.record(CARE, birth=None))],
    }
    ties = [made.tie(POLICE, TRUST, "possible", 6.2), made.tie(POLICE, CARE, "possible", 4.0)]
    entries = [made.entry(made.record(POLICE))]

    def said(ties):
        content = made.content({"p1": entries, **others}, ties=ties)
        return footprint(made.people(content), "p1", made.now).may_be_same

    assert said(ties) == (
        "2 other people may be the same, the likeliest Leyla Hussain, born 27 March 2015. Compare before you rely on it."
    )
    assert said(ties[1:]) == "One other person may be the same: Layla Hussain. Compare before you rely on it."
    assert said([]) == ""


class TestNewborn:
    """Scenario 3: an expected child and a newborn of one mother or one home, told on both pages and joined on neither."""

    def family(self, made, *, birth=(2026, 11, 16), expected=(2026, 12, 20), home=HOME, baby=(), **unborn):
        said = Relationship(kind="mother", other=MOTHER)
        return {
            "p1": [
                made.entry(
                    made.record(
                        CARE,
                        given="Unborn Baby",
                        family="Khan",
                        birth=None,
                        expected=PartialDate(*expected, "XXX"),
                        relationships=(said,),
                        addresses=(HOME,),
                        **unborn,
                    )
                )
            ],
            "baby": [
                made.entry(
                    made.record(
                        TRUST,
                        given="Baby",
                        family="Khan",
                        birth=birth,
                        addresses=(home,),
                        relationships=tuple(baby),
                    )
                )
            ],
            "mother": [
                made.entry(made.record(MOTHER, given="Sana", family="Khan", birth=(1996, 8, 30))),
                made.entry(made.record(MOTHER_AT_TRUST, given="Sana", family="Khan", birth=(1996, 8, 30))),
            ],
        }

    def told(self, made, people, person, *rulings):
        answer = footprint(made.people(made.content(people), *rulings), person, made.now)
        return {one.person_id: one.sentence for one in answer.perhaps_baby}

    def test_the_same_home_is_enough_and_each_page_names_the_other(self, made):
        people = self.family(made)
        assert self.told(made, people, "p1") == {
            "baby": "This may be the child that was born: Baby Khan, born 16 November 2026. "
            "They have the same home. Nothing is joined."
        }
        assert self.told(made, people, "baby") == {
            "p1": "This may be the expected child Unborn Baby Khan, expected 20 December 2026. "
            "They have the same home. Nothing is joined."
        }

    def test_the_same_mother_is_enough_wherever_they_live(self, made):
        elsewhere = Address(number="3", street="Bath Street", postcode="WS1 3BX")
        mother = [Relationship(kind="mother", other=MOTHER_AT_TRUST)]
        people = self.family(made, home=elsewhere, baby=mother)
        assert self.told(made, people, "baby")["p1"].endswith(
            "They have the same mother, Sana Khan. Nothing is joined."
        )
        assert self.told(made, people, "p1").keys() == {"baby"}

    def test_both_are_told_where_both_are_so(self, made):
        people = self.family(made, baby=[Relationship(kind="mother", other=MOTHER_AT_TRUST)])
        assert (
            "They have the same home and the same mother, Sana Khan." in self.told(made, people, "baby")["p1"]
        )

    def test_neither_is_told_where_nothing_joins_them(self, made):
        elsewhere = Address(number="3", street="Bath Street", postcode="WS1 3BX")
        assert self.told(made, self.family(made, home=elsewhere), "p1") == {}

    @pytest.mark.parametrize(
        ("birth", "is_told"),
        [
            ((2026, 8, 16), True),
            ((2026, 8, 15), False),
            ((2027, 1, 17), True),
            ((2027, 1, 18), False),
            ((2026, 11), False),
            ((2015, 12, 20), False),
        ],
    )
    def test_a_birth_counts_from_eighteen_weeks_before_the_expected_day_to_four_after(
        self, made, birth, is_told
    ):
        assert bool(self.told(made, self.family(made, birth=birth), "p1")) is is_told

    def test_a_child_of_more_than_a_year_is_no_newborn(self, made):
        people = self.family(made, birth=(2025, 11, 20), expected=(2025, 11, 22))
        assert self.told(made, people, "p1") == self.told(made, people, "baby") == {}

    def test_whom_a_partner_calls_a_sibling_or_twin_is_another_child(self, made):
        mother = Relationship(kind="mother", other=MOTHER_AT_TRUST)
        people = self.family(made, baby=[Relationship(kind="twin", other=CARE), mother])
        assert self.told(made, people, "p1") == self.told(made, people, "baby") == {}

    def test_a_child_that_was_lost_is_no_newborn(self, made):
        people = self.family(made, death=PartialDate(2026, 11, 1))
        assert self.told(made, people, "p1") == self.told(made, people, "baby") == {}

    @pytest.mark.parametrize("hidden", [TRUST, CARE])
    @pytest.mark.parametrize("kind", ["shield", "erase"])
    def test_nobody_who_is_protected_or_gone_is_told_of(self, made, hidden, kind):
        people = self.family(made, baby=[Relationship(kind="mother", other=MOTHER_AT_TRUST)])
        page = "baby" if hidden == CARE else "p1"
        assert self.told(made, people, page, made.ruling(kind, [hidden])) == {}
        assert self.told(made, people, page, made.ruling("shield", [TRUST, CARE])) == {}
