"""A family in one submission: everybody found as if asked for alone, and what joins them; under the mask and the rulings."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.answer import words
from footprint.answer.declared import taken_out
from footprint.answer.family import search_family
from footprint.answer.footprint import footprint
from footprint.answer.searching import search_people
from footprint.answer.summary import Stamp, family_summary
from footprint.decisions import Subject
from footprint.records import Address, Relationship
from footprint.records.disclosure import Disclosure
from footprint.records.mask import Mask
from footprint.records.reading_addresses import parse_address
from footprint.search import question_from
from tests.answer.town import ELSEWHERE, FROSTS, HOME, NOW, C, P, people_of
from tests.publishing.conftest import ruling

ASKED = {
    "Sana": {"given": "Sana", "family": "Mirza", "born": "4/5/1990"},
    "Imran": {"given": "Imran", "family": "Hussain", "born": "2/1/1988"},
    "Layla": {"given": "Layla", "family": "Hussain", "born": "27/3/2015"},
    "Amina": {"name": "Amina Hussain", "born": "7/6/1955"},
    "Omar": {"given": "Omar", "family": "Hussain", "born": "1/9/2018"},
}
BABY = {"name": "Unborn Baby Hussain", "address": f"{HOME}, WS1 1AA"}
ZARA = {"given": "Zara", "family": "Hussain", "born": "8/2/2021"}


def asked(content, terms, *rulings, address=HOME, mask=Mask(), **options):  # noqa: B008 - a frozen value
    questions = [question_from(one, latest=NOW.date()) for one in terms]
    home = parse_address(f"{address}, WS1 1AA") if address else None
    return search_family(people_of(content, *rulings, mask=mask), content, questions, home, NOW, **options)


@pytest.fixture(scope="module")
def answer(town):
    return asked(town, ASKED.values())


def test_everybody_asked_for_is_found_children_first_in_the_order_of_asking(answer):
    assert [(one.number, one.asked, one.is_child) for one in answer.members] == [
        (2, "Layla Hussain, born 27 March 2015", True),
        (4, "Omar Hussain, born 1 September 2018", True),
        (0, "Sana Mirza, born 4 May 1990", False),
        (1, "Imran Hussain, born 2 January 1988", False),
        (3, "Amina Hussain, born 7 June 1955", False),
    ]
    assert {one.answer.outcome for one in answer.members} == {"match"}


def test_each_answer_is_what_asking_alone_at_the_address_gives(town, answer):
    people = people_of(town)
    for member in answer.members:
        terms = list(ASKED.values())[member.number] | {"address": f"{HOME}, WS1 1AA"}
        alone = search_people(people, town, question_from(terms, latest=NOW.date()), NOW)
        assert member.answer == alone
        assert member.footprint == footprint(people, alone.people[0].person_id, NOW)


def test_a_baby_nobody_knows_is_not_answered_with_the_siblings_who_were_asked_for(town):
    baby = {"given": "Baby", "family": "Hussain", "born": "0"}
    family = asked(town, [ASKED["Layla"], ASKED["Omar"], ZARA, baby])
    row = next(one for one in family.members if one.number == 3)
    assert not {one.name for one in row.answer.people} & {"Layla Hussain", "Omar Hussain", "Zara Hussain"}
    (alone,) = asked(town, [baby | {"family": "Nobody"}]).members
    assert (alone.answer.outcome, alone.answer.sentence) == ("none", words.NO_BABY)


def test_who_is_only_possible_has_no_footprint_opened(town):
    (member,) = asked(town, [ASKED["Layla"]], address="").members
    assert (member.answer.outcome, member.footprint) == ("possible", None)


def test_who_lives_together_is_told_once_with_who_says_so(answer):
    (home,) = answer.together
    assert home.sentence == (
        "Sana Mirza, Imran Hussain, Layla Hussain, Amina Hussain and Omar Hussain live together, "
        "according to Childrens-Social-Care and Police."
    )
    assert (home.address, len(home.person_ids)) == (f"{HOME}, Walsall, WS1 1AA", 5)


NELL = {"given": "Nell", "family": "Frost", "born": "5/4/2012"}
LAYLA_SURELY = ASKED["Layla"] | {"address": f"{HOME}, WS1 1AA"}
LEO = {"given": "Leo", "family": "Marsh", "born": "5/5/2019"}
ROB = {"given": "Rob", "family": "Frost", "born": "4/4/1980"}


def test_at_what_may_be_an_old_home_of_one_nobody_is_claimed_to_live_together(town):
    (home,) = asked(town, [NELL, ROB], address=FROSTS).together
    assert home.sentence == (
        "Nell Frost and Rob Frost may live together. This may be an old home of Nell Frost: Police (data of 22 November 2026) "
        "still holds it; Childrens-Social-Care says left on 2 May 2026."
    )


def test_who_may_live_there_no_more_is_not_said_to_be_in_the_household(town):
    (nell,) = asked(town, [ROB], address=FROSTS).not_asked
    assert nell.sentence == (
        "Nell Frost, born 5 April 2012: at one home with Rob Frost, which may be an old home of one of them, according to "
        "Police. Not asked for."
    )
    (rob,) = asked(town, [NELL], address=FROSTS).not_asked
    assert rob.sentence == "Rob Frost, born 4 April 1980: at the address, according to Police. Not asked for."
    nell = next(one for one in asked(town, [LEO], address=FROSTS).not_asked if one.name == "Nell Frost")
    assert nell.sentence == (
        "Nell Frost, born 5 April 2012: at the address, which may be an old home of theirs: Police (data of 22 November 2026) "
        "still holds it; Childrens-Social-Care says left on 2 May 2026. Not asked for."
    )


def test_who_is_open_to_the_same_worker_is_told(answer):
    (shared,) = answer.same_worker
    assert shared.sentence == (
        "Layla Hussain and Omar Hussain are open to the same worker: Sarah Jones, Family Help North, 01632 960210."
    )


def test_a_number_that_was_reported_wrong_is_so_in_every_sentence_and_line_to_ring_of_a_family(town):
    care = "childrens-social-care"
    wrong = {
        (care, phone): "Reported wrong on 19 November 2026" for phone in ("01632 960210", "01632 960220")
    }
    family = asked(town, ASKED.values(), wrong=wrong)
    mark = "(reported wrong on 19 November 2026)"
    (shared,), (adult,) = family.same_worker, family.shared_adults
    assert shared.sentence.endswith(f"01632 960210 {mark}.")
    assert adult.sentence.endswith(f"01632 960220 {mark}.")
    text = family_summary(family, Stamp(), wrong=wrong)
    numbers = [line for line in text.splitlines() if "96021" in line or "96022" in line]
    assert len(numbers) > 3
    assert [line for line in numbers if mark not in line] == []


def test_a_sibling_and_an_expected_child_whom_nobody_asked_for_come_first(answer):
    assert [(one.name, one.kind, one.is_child, one.unborn) for one in answer.not_asked] == [
        ("Zara Hussain", "sibling", True, False),
        ("Unborn Baby Hussain", "child", True, True),
        ("Darren Poole", "parent", False, False),
    ]
    assert answer.not_asked[0].sentence == (
        "Zara Hussain, born 8 February 2021: sibling of Layla Hussain, according to Childrens-Social-Care. Not asked for."
    )


def test_who_was_asked_for_is_not_told_as_not_asked_for(town):
    family = asked(town, [*ASKED.values(), ZARA, BABY])
    assert [one.name for one in family.not_asked] == ["Darren Poole"]
    assert len(family.members) == 7


def test_who_lives_at_the_address_and_is_nobodys_relative_is_not_forgotten(town):
    family = asked(town, [ASKED["Layla"]], address=ELSEWHERE)
    by_address = {one.name: one.sentence for one in family.not_asked if not one.of}
    assert by_address["Leo Marsh"].startswith("Leo Marsh, born 5 May 2019: at the address, according to ")


def test_an_adult_of_two_homes_is_told_with_whom_to_ring_and_nothing_of_the_other_child(town, answer):
    (shared,) = answer.shared_adults
    assert shared.sentence == (
        "Darren Poole, born 3 February 1988, belongs to the family or household of Omar Hussain, "
        "and to that of a child who is not of this family. Ring Rosa Bright, Family Help South, 01632 960220."
    )
    told = msgspec.json.encode(answer).decode()
    assert "Leo" not in told
    assert ELSEWHERE not in told
    leo = people_of(town).by_record(f"{C}LEO").id
    assert leo in shared.person_ids, "so that the entry in the ledger can name him"
    assert leo in answer.people


def test_the_adult_is_told_to_the_other_childs_worker_too(town):
    leo = {"given": "Leo", "family": "Marsh", "born": "5/5/2019"}
    (shared,) = asked(town, [leo], address=ELSEWHERE).shared_adults
    assert shared.sentence.endswith("Ring Sarah Jones, Family Help North, 01632 960210.")


@pytest.mark.parametrize(
    "rulings",
    [
        [ruling("shield", [f"{C}LEO"])],
        [ruling("shield", [f"{P}DARREN"])],
        [ruling("shield", [Subject("address", "WS11AA||6")])],
        [ruling("erase", [f"{C}LEO", f"{P}LEO"])],
    ],
    ids=["the child", "the adult", "the home", "erased"],
)
def test_nobody_who_is_protected_or_gone_is_hinted_at(town, rulings):
    assert asked(town, ASKED.values(), *rulings).shared_adults == ()


def test_who_of_the_home_is_open_is_told_each_decided_on_alone(town):
    def at_home(*rulings, terms=(ASKED["Layla"], ASKED["Sana"]), **options):
        return [one.name for one in asked(town, terms, *rulings, **options).open_at_home]

    assert at_home() == at_home(address="", terms=(LAYLA_SURELY,)) == ["Omar Hussain"]
    assert at_home(terms=ASKED.values()) == []
    assert at_home(ruling("shield", [f"{C}OMAR"])) == []
    assert at_home(mask=Mask(hidden_records=frozenset({f"{C}OMAR"}))) == []
    assert at_home(disclosure=Disclosure(otherwise="existence")) == []


@pytest.mark.parametrize("level", ["nothing", "existence"])
def test_of_the_other_child_no_more_is_told_than_is_shared_with_the_reader(town, level):
    disclosure = Disclosure(otherwise=level)
    told = asked(town, ASKED.values(), disclosure=disclosure).shared_adults
    assert [one.ring[0].team for one in told] == {"nothing": [], "existence": ["Duty"]}[level]


def test_a_shielded_child_is_found_by_name_and_leaves_every_joined_fact(town):
    family = asked(town, ASKED.values(), ruling("shield", [f"{C}OMAR"]))
    omar = next(one for one in family.members if one.number == 4)
    standing = {one.name: one.standing for one in omar.answer.people}
    assert (standing["Omar Hussain"], omar.footprint) == ("protected", None)
    told = msgspec.json.encode((family.together, family.same_worker, family.shared_adults)).decode()
    assert "Omar" not in told
    assert family.same_worker == ()


def test_what_is_hidden_and_what_is_not_there_give_equal_answers(town):
    hidden = asked(town, ASKED.values(), mask=Mask(hidden_records=frozenset({f"{C}ZARA"})))
    erased = asked(town, ASKED.values(), ruling("erase", [f"{C}ZARA"]))
    assert msgspec.json.encode(hidden) == msgspec.json.encode(erased)
    assert "Zara" not in msgspec.json.encode(hidden).decode()


KEYS = [f"{C}{name}" for name in ("LAYLA", "OMAR", "ZARA", "SANA", "BABY", "LEO")]
KEYS += [f"{P}{name}" for name in ("LAYLA", "SANA", "IMRAN", "AMINA", "OMAR", "DARREN", "LEO")]


@given(hidden=st.sets(st.sampled_from(KEYS)))
@settings(max_examples=40)
def test_whatever_is_hidden_a_family_is_answered_as_if_it_had_never_been_there(town, hidden):
    masked = asked(town, ASKED.values(), mask=Mask(hidden_records=frozenset(hidden)))
    erased = asked(town, ASKED.values(), *([ruling("erase", sorted(hidden))] if hidden else []))
    assert msgspec.json.encode(masked) == msgspec.json.encode(erased)
    shown = {record for member in masked.members for one in member.answer.people for record in one.records}
    assert shown.isdisjoint(hidden)


@pytest.mark.parametrize(
    ("name", "key"), [("Omar", f"{P}OMAR"), ("Darren", f"{P}DARREN"), ("Zara", f"{C}ZARA")]
)
def test_to_whom_the_reader_declared_a_connection_leaves_every_fact_about_others(town, answer, name, key):
    person_id = people_of(town).by_record(key).id
    left, met = taken_out(answer, lambda one: one == person_id)
    facts = (left.together, left.same_worker, left.not_asked, left.shared_adults)
    assert person_id in met
    assert person_id not in {one for kind in facts for fact in kind for one in fact.person_ids}
    assert name not in msgspec.json.encode(facts).decode()
    assert len(left.members) == len(answer.members)


# ---- small worlds


def test_a_relative_of_whom_only_a_name_is_known_is_not_asked_for_unless_that_name_was_typed(made):
    from footprint.answer.joined import not_asked
    from footprint.records import Name

    child = made.record(
        f"{P}1", relationships=(Relationship(kind="father", name=Name(given="ALI", family="KHAN")),)
    )
    found = [footprint(made.people(made.content({"p1": [made.entry(child)]})), "p1", made.now)]
    (father,) = not_asked(found, None, ["p1"], ["Layla Hussain"])
    assert (father.person_id, father.sentence) == (
        "",
        "Ali Khan: father of Layla Hussain, according to Police. Not asked for.",
    )
    assert not_asked(found, None, ["p1"], ["Khan, Ali"]) == ()


def test_at_what_may_be_an_old_home_nobody_is_an_adult_of_two_families(made):
    from footprint.answer.shared_adults import shared_adults

    home = Address(number="8", street="Mill Lane", postcode="WS1 1AA")
    left = msgspec.structs.replace(home, use="old", end="2026-05-02")
    nell, kid = f"{P}1", f"{C}3"
    old = made.record(f"{P}2", given="Rob", family="Frost", birth=(1980, 4, 4), addresses=(home,))
    father = (Relationship(kind="father", other=f"{P}2"),)
    child = made.record(kid, given="Leo", family="Marsh", birth=(2019, 5, 5), relationships=father)

    def adults(elsewhere):
        nells = (made.record(nell, addresses=(home,)), made.record(f"{C}1", addresses=elsewhere))
        content = made.content(
            {
                "p1": [made.entry(one) for one in nells],
                "p2": [made.entry(old)],
                "p3": [made.entry(child, made.reported(kid, "cp-plan", "2026-02-01"))],
            }
        )
        people = made.people(content)
        found = [footprint(people, "p1", made.now)]
        return [
            one.name for one in shared_adults(people, found, lambda one: footprint(people, one, made.now))
        ]

    assert adults((home,)) == ["Rob Frost"]
    assert adults((left,)) == []
