"""Search and addresses over a snapshot that was published before the rulings: the overlay must hold on the old index."""

import datetime as dt

import msgspec
import pytest

from footprint import snapshot
from footprint.answer import words
from footprint.answer.addresses import search_address
from footprint.answer.footprint import footprint
from footprint.answer.opened import OpenedSnapshot
from footprint.answer.people import People
from footprint.answer.searching import FEW, neutral, search_people
from footprint.decisions import Overlay, Subject
from footprint.publishing.task import root
from footprint.records import Address, Relationship
from footprint.records.mask import Mask
from footprint.search import question_from
from tests.publishing.conftest import deliver, person, ruling, run

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
POLICE, TRUST, CARE = "police/person-id/1", "acute-trust/patient-id/1", "childrens-social-care/la-child-id/1"
MOTHER, LODGER, FORMER = "police/person-id/2", "police/person-id/3", "police/person-id/4"
NHS = "9434765919"
PLACE = Subject("address", "WS11AA||14")
NOWHERE = "99 High Street, WS1 1AA"


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    data = tmp_path_factory.mktemp("searching")
    kin = (Relationship(kind="mother", other=MOTHER),)
    before = (
        Address(
            number="14",
            street="High Street",
            town="Walsall",
            postcode="WS1 1AA",
            start="2019-01-01",
            end="2024-05-01",
        ),
    )
    deliver(
        data,
        "police",
        [
            person(POLICE, number=NHS, relationships=kin),
            person(MOTHER, "Sana", "Mirza", (1990, 5, 4)),
            person(LODGER, "Tom", "Page", (1970, 1, 2)),
            person(FORMER, "Gary", "Pike", (1982, 1, 27), addresses=before),
        ],
    )
    deliver(data, "acute", [person(TRUST, number=NHS)], sector="acute-trust")
    deliver(
        data, "childrens-social-care", [person(CARE, number=NHS, home="")], sector="childrens-social-care"
    )
    run(data)
    return OpenedSnapshot(snapshot.open_current(root(data)))


def people_of(content, *rulings, mask=Mask()):  # noqa: B008 - a frozen value
    return People(content, mask, Overlay.of(rulings))


def search(content, *rulings, mask=Mask(), **terms):  # noqa: B008 - a frozen value
    terms = {"given": "Layla", "family": "Hussain", "born": "2015-03-27"} | terms
    question = question_from({name: text for name, text in terms.items() if text}, latest=NOW.date())
    return search_people(people_of(content, *rulings, mask=mask), content, question, NOW)


def at(content, text, *rulings, mask=Mask()):  # noqa: B008 - a frozen value
    from footprint.records.reading_addresses import parse_address

    return search_address(people_of(content, *rulings, mask=mask), content, parse_address(text), NOW)


def test_one_child_known_to_three_partners(content):
    answer = search(content, address="14 High Street, WS1 1AA")
    (found,) = answer.people
    assert answer.outcome == "match"
    assert (found.name, found.birth, set(found.records)) == (
        "Layla Hussain",
        "27 March 2015",
        {POLICE, TRUST, CARE},
    )
    assert found.verdicts["place"].agreement == "agrees"
    assert found.homes == ("14 High Street, Walsall, WS1 1AA",)
    assert {state.partner for state in answer.partners} == {"police", "acute-trust", "childrens-social-care"}


def test_nobody_is_no_clearance(content):
    answer = search(content, given="Nobody", family="Nowhere", born="1950-01-01")
    assert (answer.outcome, answer.sentence, answer.people) == ("none", words.NOBODY_FOUND, ())


def test_erased_is_no_candidate(content):
    assert search(content, ruling("erase", [POLICE, TRUST, CARE])).outcome == "none"
    (left,) = search(content, ruling("erase", [POLICE])).people
    assert set(left.records) == {TRUST, CARE}


def test_what_is_withheld_and_what_is_not_held_give_equal_bytes(content):
    masked = search(content, mask=Mask(partners=frozenset({"childrens-social-care"})))
    hidden = search(content, mask=Mask(hidden_records=frozenset({POLICE, TRUST})))
    assert masked.people[0].records == (CARE,)
    assert msgspec.json.encode(masked) == msgspec.json.encode(hidden)


@pytest.mark.parametrize("subject", [PLACE, Subject("record", CARE), "the person"])
def test_shielded_after_the_index_was_built_nothing_of_the_place_is_left(content, subject):
    if subject == "the person":
        subject = Subject("person", content.id_of(content.number_of_record(POLICE)))
    shield = ruling("shield", [subject])
    (found,) = search(content, shield).people
    assert (found.standing, found.homes, found.partners, found.records) == ("protected", (), (), ())
    told = msgspec.json.encode(found).decode()
    assert not any(secret in told for secret in ("High Street", "WS1", POLICE, TRUST, CARE, "Police"))


@pytest.mark.parametrize("address", ["14 High Street, WS1 1AA", NOWHERE])
def test_no_check_tells_who_typed_a_protected_address_that_it_is_one(content, address):
    answer = search(content, ruling("shield", [PLACE]), address=address)
    (found,) = answer.people
    assert found.verdicts["place"].agreement == "unknown"


def test_a_protected_address_finds_nobody_in_the_same_bytes_as_one_that_does_not_exist(content):
    shield = ruling("shield", [PLACE])
    assert msgspec.json.encode(at(content, "14 High Street, WS1 1AA", shield)) == msgspec.json.encode(
        at(content, NOWHERE, shield)
    )
    assert at(content, "14 High Street, WS1 1AA").outcome == "found"


def test_a_protected_home_cannot_be_searched_by_address_alone_with_a_name(content):
    answer = search(content, ruling("shield", [PLACE]), given="", born="", address="14 High Street, WS1 1AA")
    assert all(
        person.standing == "protected" and person.verdicts["place"].agreement == "unknown"
        for person in answer.people
    )


def test_ruled_different_since_they_are_two_at_once(content):
    answer = search(content, ruling("different", [CARE], [POLICE, TRUST]))
    assert {frozenset(person.records) for person in answer.people} == {
        frozenset({POLICE, TRUST}),
        frozenset({CARE}),
    }
    assert len({person.person_id for person in answer.people}) == 2
    assert answer.outcome in {"several", "possible"}


def test_who_is_there_now_and_who_was_by_household(content):
    (home,) = at(content, "14 High Street, WS1 1AA").residences
    assert home.address == "14 High Street, Walsall, WS1 1AA"
    now = [[resident.name for resident in household.residents] for household in home.now]
    assert now == [["Layla Hussain", "Sana Mirza"], ["Tom Page"]], (
        "the mother's name differs; a statement ties them"
    )
    ((gone,),) = [household.residents for household in home.before]
    assert (gone.name, gone.start, gone.end) == ("Gary Pike", "2019-01-01", "2024-05-01")


def test_an_address_shows_nothing_of_a_partner_that_is_withheld(content):
    answer = at(content, "14 High Street, WS1 1AA", mask=Mask(partners=frozenset({"acute-trust"})))
    assert [one.name for household in answer.residences[0].now for one in household.residents] == [
        "Layla Hussain"
    ]


def test_a_split_child_lives_there_as_two(content):
    answer = at(content, "14 High Street, WS1 1AA", ruling("different", [POLICE], [TRUST]))
    names = [one.name for household in answer.residences[0].now for one in household.residents]
    assert names.count("Layla Hussain") == 2
    assert len(set(answer.people)) == len(answer.people)


def test_a_wrong_family_name_does_not_hand_over_a_protected_childs_right_one(content):
    shield = ruling("shield", [Subject("record", POLICE)])
    fishing = search(content, shield, family="Smith", born="2015")
    assert all(one.standing == "open" for one in fishing.people)
    assert "Hussain" not in repr(fishing)
    assert [one.standing for one in search(content, shield).people] == ["protected"]


def test_a_protected_name_is_written_as_no_partner_in_particular_writes_it():
    assert neutral("Ellie FOSTER") == "Ellie Foster"
    assert neutral("Sinead O'Brien") == "Sinead O'Brien"


# ---- few at a time, the rest for the asking


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory):
    """Eight girls named Amina Khan, born in the first eight months of 2015, each at a home of her own."""
    data = tmp_path_factory.mktemp("namesakes")
    girls = [
        person(f"police/person-id/{month}", "Amina", "Khan", (2015, month, 10), home=f"{month} Mill Lane")
        for month in range(1, 9)
    ]
    deliver(data, "police", girls)
    run(data)
    return OpenedSnapshot(snapshot.open_current(root(data)))


def amina(content, *rulings, everyone=False, **terms):
    question = question_from({"given": "Amina", "family": "Khan"} | terms, latest=NOW.date())
    return search_people(people_of(content, *rulings), content, question, NOW, everyone=everyone)


def test_of_many_who_fit_equally_well_few_are_shown_and_what_would_tell_them_apart(namesakes):
    answer = amina(namesakes, born="2015")
    assert (answer.outcome, len(answer.people), answer.tied, answer.further) == ("several", FEW, 8, 3)
    assert answer.ask_next == "date of birth"
    assert "ask: What is the full date of birth, as on a passport or birth certificate?" in answer.sentence
    assert answer.sentence.endswith("? Of 8 who do, 5 are shown.")
    assert not any(one.certain for one in answer.people)


def test_the_rest_is_shown_for_the_asking_in_the_same_order(namesakes):
    few, all_of_them = amina(namesakes, born="2015"), amina(namesakes, born="2015", everyone=True)
    assert (len(all_of_them.people), all_of_them.further) == (8, 0)
    assert all_of_them.people[:FEW] == few.people


def test_a_match_is_certain_and_whoever_fits_less_well_is_counted_and_then_listed_below(namesakes):
    asked = {"born": "10/3/2015", "address": "3 Mill Lane, WS1 1AA"}
    answer = amina(namesakes, **asked)
    assert (answer.outcome, [one.certain for one in answer.people], answer.tied) == ("match", [True], 0)
    assert answer.further > 1
    assert answer.sentence.endswith(f" {answer.further} more fit less well.")
    below = amina(namesakes, **asked, everyone=True)
    assert [one.certain for one in below.people] == [True] + [False] * answer.further
    assert (below.people[0], below.further) == (answer.people[0], 0)


def test_whom_the_caller_cannot_name_is_not_counted_among_those_who_fit_less_well(namesakes):
    asked = {"born": "10/3/2015", "address": "3 Mill Lane, WS1 1AA"}
    another = next(one for one in amina(namesakes, **asked, everyone=True).people if not one.certain)
    told = [
        msgspec.json.encode(amina(namesakes, ruling(kind, list(another.records)), **asked, everyone=everyone))
        for kind in ("shield", "erase")
        for everyone in (False, True)
    ]
    assert (told[0], told[1]) == (told[2], told[3])


def test_too_little_said_is_answered_with_the_terms_to_add(namesakes):
    answer = amina(namesakes)
    assert (answer.outcome, answer.people, answer.add) == ("refine", (), ("born", "postcode"))


class TestApart:
    """Whoever finds one part of somebody in doubt is shown all parts that they may know."""

    DOUBT = staticmethod(lambda: ruling("disputed", [POLICE], [CARE, TRUST]))

    def parts(self, answer):
        return [{key for part in group.parts for key in part.records} for group in answer.apart]

    def test_the_parts_are_told_together_whichever_of_them_is_found(self, content):
        answer = search(content, self.DOUBT())
        assert self.parts(answer) == [{POLICE, CARE, TRUST}]
        assert len(answer.apart[0].parts) == 2
        police = people_of(content, self.DOUBT()).by_record(POLICE)
        file = footprint(people_of(content, self.DOUBT()), police.id, NOW)
        assert [set(one.records) for one in file.apart] == [{CARE, TRUST}]
        assert file.may_be_same == "", "the sentence on the doubt says it"

    @pytest.mark.parametrize("hidden", [{POLICE}, {CARE, TRUST}])
    def test_of_a_part_that_may_not_be_known_nothing_is_told(self, content, hidden):
        mask = Mask(hidden_records=frozenset(hidden))
        answer = search(content, self.DOUBT(), mask=mask)
        assert answer.apart == ()
        assert msgspec.json.encode(answer) == msgspec.json.encode(search(content, mask=mask))

    def test_two_of_whom_a_steward_ruled_that_they_are_two_are_in_no_doubt(self, content):
        assert search(content, ruling("different", [POLICE], [CARE, TRUST])).apart == ()
        assert search(content, self.DOUBT(), ruling("different", [POLICE], [CARE, TRUST])).apart == ()

    def test_of_somebody_protected_nothing_is_told(self, content):
        assert search(content, self.DOUBT(), ruling("shield", [CARE])).apart == ()


def test_a_home_that_another_says_was_left_is_told_apart_and_two_spellings_are_one(town):
    question = question_from({"given": "Nell", "family": "Frost", "born": "5/4/2012"}, latest=NOW.date())
    (nell,) = search_people(people_of(town), town, question, NOW).people
    assert [home.casefold() for home in nell.homes] == ["9 ash close, walsall, ws1 1aa"]
    (old,) = nell.old_homes
    assert (old.address, old.state) == ("8 Mill Lane, Walsall, WS1 1AA", "held")
