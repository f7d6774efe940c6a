"""Answers: people and not rows, why each may be meant, and never more than is known. Each time one is shown, it is a look-up."""

import re

import pytest

from footprint.answer import words
from footprint.web.cases.models import KnownPerson, ShownRecord, Viewing
from tests.web.cases.conftest import said
from tests.web.cases.town import BLOCK, CANNING, CLOVER, FLAT, REFUGE

KAUR = {"given": "Amandeep", "family": "Kaur", "born": "4 May 1991"}
BONNIE = {"given": "Bonnie", "family": "Wilton", "born": "26/2/2009", "place": FLAT}


def people(answer):
    """The links to people, in the order of the page."""
    return re.findall(
        r'<a class="govuk-link[^"]*" href="(/cases/[^/]+/people/[^"]+)">([^<]+)</a>', answer.content.decode()
    )


def test_a_match_is_one_person_with_all_that_partners_know_and_the_worker_at_once(desk):
    answer = desk.asks(**BONNIE)
    page = said(answer)
    assert "<title>One person matches" in answer.content.decode()
    assert [name.lower() for _, name in people(answer)] == ["bonnie wilton"]
    assert "Known to: Children's social care and Police" in page
    assert "Born 26 February 2009, aged 17, female" in page
    assert f"Home: {FLAT[:21]}" in page
    for verdict in ("Given name Agrees", "Family name Agrees", "Birthday Agrees", "Address Agrees"):
        assert verdict in page
    assert "Already open to a worker: ring here first Rosa Bright" in page
    assert "Child in need plan, since 1 May 2026" in page


def test_what_is_close_and_what_differs_is_said_in_words(desk):
    page = said(desk.asks(given="Bonny", family="Wiltan", born="26/2/2009", sex="M"))
    assert "Given name Close" in page
    assert "Family name Close" in page
    assert "Sex Differs different sex" in page


def test_a_worker_is_told_of_a_certain_match_alone(desk):
    page = said(desk.asks(given="Bonnie", family="Wilton", born="2009"))
    assert "Already open to a worker" not in page
    assert "Bonnie" in page


def test_a_worker_is_told_as_far_as_the_agreement_says(desk_of):
    school = desk_of("school-lead", "school-9284001")
    school.opens(purpose="pupil")
    assert "Rosa Bright" not in said(school.asks(**BONNIE))


def test_two_of_one_name_and_birthday_are_said_to_be_tied_and_what_would_tell_them_apart(desk):
    answer = desk.asks(**KAUR)
    page = said(answer)
    assert page.startswith("2 people fit equally well")
    assert "To tell them apart, ask: Which street do they live in, or what is the postcode?" in page
    assert len(people(answer)) == 2
    (field,) = re.findall(r'<form method="post" novalidate.*?</form>', answer.content.decode(), re.DOTALL)
    assert 'id="id_place"' in field
    assert "You asked: Amandeep Kaur, 4 May 1991" in page


def test_a_right_postcode_never_reads_weaker_than_a_wrong_one(desk):
    called = {
        place: said(desk.asks(given="Zoe", family="Marsh", born="2016", place=place)).partition(" You asked")[
            0
        ]
        for place in ("WS6 9ZZ", "WS5 1AA", "3 Elm Row, WS5 1AA")
    }
    assert called == {
        "WS6 9ZZ": "2 people fit equally well",
        "WS5 1AA": "One person fits best, and is not certain",
        "3 Elm Row, WS5 1AA": "One person fits, and is not certain",
    }


def test_what_tells_them_apart_is_added_to_the_question_right_there(desk, site):
    tied = desk.leads_to(**KAUR)
    sent = desk.post(tied, place=CANNING)
    assert sent.status_code == 302
    page = said(desk.get(sent["Location"]))
    assert page.startswith("One person matches")
    assert f"You asked: Amandeep Kaur, 4 May 1991, {CANNING}" in page
    intents = site.entries(kind="intent", action="search")
    assert intents[-1].terms == {
        "given": "Amandeep",
        "family": "Kaur",
        "born": "4 May 1991",
        "address": CANNING,
    }


def test_an_added_fact_that_cannot_be_read_comes_back_with_the_whole_question(desk):
    answer = desk.post(desk.leads_to(**KAUR), nhs="123")
    assert answer.status_code == 200
    assert "<title>Error: Ask about a person" in answer.content.decode()
    assert 'value="Amandeep"' in answer.content.decode()


def test_few_people_are_listed_and_the_rest_on_demand(desk):
    answer = desk.asks(given="John", family="Smith", born="1960")
    few = people(answer)
    assert said(answer).startswith("8 people fit equally well")
    assert len(few) == 5
    assert '<a class="govuk-link" href="?more">Show 3 more</a>' in answer.content.decode()
    everybody = desk.get(f"{answer.request['PATH_INFO']}?more")
    assert people(everybody)[:5] == few
    assert len(people(everybody)) == 8
    assert "?more" not in everybody.content.decode()


def test_who_fits_less_well_stands_below_the_match_and_only_on_demand(desk):
    asked = {"given": "Jacob", "family": "Arnold", "born": "25/9/2013", "place": FLAT}
    answer = desk.asks(**asked)
    assert [name for _, name in people(answer)] == ["Jacob Arnold"]
    assert "Show 1 more that fits less well" in said(answer)
    both = desk.get(f"{answer.request['PATH_INFO']}?more")
    assert [name for _, name in people(both)] == ["Jacob Arnold", "James Arnold"]
    assert said(both).index("Jacob Arnold") < said(both).index("They fit less well")
    assert said(both).index("They fit less well") < said(both).index("James Arnold")


def test_nobody_found_is_said_in_the_exact_words_with_how_fresh_partners_are(desk):
    page = said(desk.asks(given="Xavier", family="Quillfeather", born="1/1/2001"))
    assert page.startswith("Nobody was found")
    assert words.NOBODY_FOUND in page
    assert "This is not a clearance" in page
    assert "Police As of 20 November 2026." in page
    assert "Acute hospital trust Not connected" in page


def test_too_many_brings_the_form_back_with_what_to_add_and_nothing_lost(desk):
    answer = desk.asks(family="Marlow", place="WS2 8AA")
    page = said(answer)
    assert page.startswith("Say more")
    assert "More people fit than can be shown. Say more: a full date of birth" in page
    assert people(answer) == []
    for value in ("Marlow", "WS2 8AA"):
        assert f'value="{value}"' in answer.content.decode()
    sent = desk.post(f"{desk.case}ask/person/", family="Marlow", place="WS2 8AA", born="2/1/1957")
    assert [name.lower() for _, name in people(desk.get(sent["Location"]))] == ["flora marlow"]


def test_a_protected_person_is_as_the_answer_gives_them(desk):
    answer = desk.asks(given="Ellie", family="Foster", born="17/10/2018")
    page = said(answer)
    assert words.PROTECTED in page
    assert "Home:" not in page
    assert "Known to:" not in page
    assert "WS4" not in answer.content.decode()
    assert "Quiet" not in answer.content.decode()


def test_a_school_finds_its_own_pupils_alone(desk_of, desk):
    school = desk_of("school-lead", "school-9284001")
    school.opens(purpose="pupil")
    page = said(school.asks(given="Zoe", family="Marsh", born="about 10"))
    assert "Born 3 March 2016" in page
    assert "9 September 2016" not in page
    assert "9 September 2016" in said(desk.asks(given="Zoe", family="Marsh", born="about 10"))


# ---- an address


def test_an_address_shows_households_children_first(desk):
    answer = desk.asks("address", place=CLOVER)
    page = said(answer)
    assert page.startswith("Who lives there")
    names = [name.lower() for _, name in people(answer)]
    assert names.index("mia oakes") < names.index("dean oakes")
    assert "gary pike" in names
    assert answer.content.decode().count('class="fp-household"') == 2
    assert "Child" in page
    assert "according to Police" in page


def test_a_block_is_counted_and_not_listed_and_the_flat_is_asked_for(desk):
    answer = desk.asks("address", place=BLOCK)
    page = said(answer)
    assert page.startswith("Which flat?")
    assert "40 flats, 40 people." in page
    assert people(answer) == []
    sent = desk.post(answer.request["PATH_INFO"], flat="7")
    assert "Born 2 January 1957" in said(desk.get(sent["Location"]))
    assert len(people(desk.get(sent["Location"]))) == 1


def test_who_of_a_home_is_open_to_a_worker_stands_above_who_lives_there(desk):
    page = said(desk.asks("address", place=FLAT))
    told, _, home = page.partition(" Now ")
    assert "Somebody in this home is open to a worker: ring here first" in told
    assert "Rosa Bright , Children's social care: Child in need plan" in told
    assert "Jacob Arnold" in home


def test_nobody_at_an_address_is_said_in_the_exact_words(desk):
    page = said(desk.asks("address", place="99 Nowhere Lane, WS9 9ZZ"))
    assert words.NOBODY_THERE in page


def test_a_protected_address_is_as_one_that_does_not_exist(desk):
    refuge, nowhere = (
        said(desk.asks("address", place=place)) for place in (REFUGE, "5 Quiet Close, WS4 2ZZ")
    )
    assert refuge.replace(REFUGE, "") == nowhere.replace("5 Quiet Close, WS4 2ZZ", "")


# ---- what is remembered and entered


def test_every_showing_is_a_look_up_of_its_own_with_what_was_typed_sealed(desk, site):
    url = desk.leads_to(**BONNIE)
    first, second = desk.get(url), desk.get(url)
    receipts = [re.search(r"Receipt (\S+)\.", one.content.decode())[1] for one in (first, second)]
    assert receipts[0] != receipts[1]
    assert f"Shown to {desk.user.name} on 20 November 2026 at 08:3" in first.content.decode()
    entries = site.entries(action="search")
    assert [entry.leaf.kind for entry in entries] == ["intent", "outcome"] * 2
    intent, outcome = entries[:2]
    assert intent.terms == {"given": "Bonnie", "family": "Wilton", "born": "26/2/2009", "address": FLAT}
    assert intent.leaf.facts["look-up"] == url.rstrip("/").rpartition("/")[2]
    assert len(outcome.leaf.shown) == 1
    assert outcome.leaf.purpose == "front-door"


def test_what_was_shown_is_remembered_with_exactly_the_records_shown(desk, town):
    desk.asks(**BONNIE)
    viewing = Viewing.objects.get()
    assert viewing.how == "listed"
    assert viewing.person_id == town.person("police/person-id/BONNIE")
    assert set(ShownRecord.objects.values_list("record", flat=True)) == {
        "police/person-id/BONNIE",
        "childrens-social-care/la-child-id/BONNIE",
    }


def test_records_of_a_protected_person_are_not_remembered_as_shown(desk):
    desk.asks(given="Ellie", family="Foster", born="17/10/2018")
    assert Viewing.objects.count() == 1
    assert ShownRecord.objects.count() == 0


def test_at_an_address_the_records_that_say_so_are_remembered(desk):
    desk.asks("address", place=CLOVER)
    assert set(ShownRecord.objects.values_list("record", flat=True)) == {
        "police/person-id/OAKES1",
        "police/person-id/OAKES2",
        "police/person-id/LODGER",
    }


def test_a_person_goes_by_another_handle_in_every_case(desk):
    (first,) = [url for url, _ in people(desk.asks(**BONNIE))]
    desk.opens()
    (second,) = [url for url, _ in people(desk.asks(**BONNIE))]
    first_case, second_case = (url.split("/")[2] for url in (first, second))
    assert first.rpartition("/people/")[2] != second.rpartition("/people/")[2]
    assert desk.get(first).status_code == 200
    assert desk.get(first.replace(first_case, second_case)).status_code == 404
    assert desk.get(second.replace(second_case, first_case)).status_code == 404


def test_people_of_one_home_are_one_household_and_strangers_are_not(desk):
    desk.asks("address", place=CLOVER)
    households = KnownPerson.objects.values_list("household", flat=True)
    assert len(households) == 3
    assert len(set(households)) == 2


@pytest.mark.parametrize("kind", ["person", "family", "address"])
def test_no_answer_leaves_without_the_ledger(desk, monkeypatch, kind):
    typed = {
        "person": BONNIE,
        "address": {"place": CLOVER},
        "family": {
            "p1-given": "Bonnie",
            "p1-family": "Wilton",
            "p1-born": "2009",
            "p2-family": "",
            "p3-family": "",
            "home-place": FLAT,
        },
    }
    url = desk.leads_to(kind, **typed[kind])
    from footprint.ledger import LedgerUnavailable
    from footprint.ledger.ledger import Ledger

    def fails(self, event, **options):
        raise LedgerUnavailable("no disk")

    monkeypatch.setattr(Ledger, "record", fails)
    answer = desk.get(url)
    assert answer.status_code == 503
    assert "wilton" not in answer.content.decode().lower()
    assert Viewing.objects.count() == 0


@pytest.mark.parametrize("paper", ["summary", "print"])
def test_what_leaves_the_page_says_so_where_the_search_was_not_certain(desk_on_sqlite, paper):
    desk = desk_on_sqlite

    def taken(**typed):
        (first, _), *_ = people(desk.asks(**typed))
        return said(desk.get(f"{first}{paper}/"))

    unsure = taken(**KAUR)
    assert "Not certain. 2 people fit equally well. They fit equally well." in unsure
    assert ("Canning" in unsure) != ("Upper Terrace" in unsure)
    sure = taken(**KAUR, place=CANNING)
    assert "amandeep kaur" in sure.lower()
    assert "Not certain" not in sure
