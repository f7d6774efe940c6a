"""A whole family in one submission: one page, one look-up, to whom they are open first, and whom nobody thought to ask for."""

import re
from html import unescape

from footprint.web.cases.models import KnownPerson, LookUp, ShownRecord, Viewing
from tests.web.cases.conftest import family_typed, said
from tests.web.cases.town import CHILDREN, FAMILY, FLAT, TYPED


def asked(desk, people=TYPED, place=FLAT, **more):
    return desk.asks("family", **family_typed(people, place, **more))


def section(answer, heading):
    """What a page says under a heading of the second rank."""
    found = re.search(
        rf"<h2[^>]*>{heading}</h2>(.*?)(?=<h2|<details class=\"govuk-details\">\s*<summary[^>]*><span[^>]*>How fresh|</main>)",
        answer.content.decode(),
        re.DOTALL,
    )
    assert found, heading
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())


def test_seven_people_are_one_submission_and_one_page(desk, site):
    answer = asked(desk)
    assert LookUp.objects.count() == 1
    assert [entry.leaf.kind for entry in site.entries(action="search-family")] == ["intent", "outcome"]
    found = section(answer, "Whom you asked for").lower()
    for given, _, _ in TYPED:
        assert given.lower() in found
    assert "nobody was found" not in found


def test_to_whom_they_are_open_stands_first(desk):
    page = said(asked(desk))
    assert page.index("Already open to a worker: ring here first") < page.index("Whom you asked for")
    opened = section(asked(desk), "Already open to a worker: ring here first")
    assert "are open to the same worker: Rosa Bright" in opened
    assert opened.count("Child in need plan") == len(CHILDREN)


def test_who_of_the_home_is_open_and_was_not_asked_for_stands_there_too(desk, site, town):
    answer = asked(desk, TYPED[2:4])
    page = said(answer)
    assert page.count("Somebody in this home is open to a worker: ring here first") == 1
    assert page.index("Somebody in this home") < page.index("Whom you asked for")
    at_home = section(answer, "Somebody in this home is open to a worker: ring here first").lower()
    assert "jacob arnold" in at_home
    assert "bonnie" not in at_home
    jacob = town.person("childrens-social-care/la-child-id/JACOB")
    assert jacob in site.entries(kind="outcome", action="search-family")[0].leaf.shown


def test_children_stand_before_adults(desk):
    headings = re.findall(r'class="fp-asked-one" id="asked-(\d)"', asked(desk).content.decode())
    assert len(headings) == 7
    assert {int(number) for number in headings[:5]} == {2, 3, 4, 5, 6}


def test_whom_nobody_asked_for_is_shown_and_is_told_to_be_so(desk):
    others = section(asked(desk), "Of the family or household, and not asked for")
    assert "Noah Arnold" in others
    assert "In the household of" in others
    assert "Emma" not in others.replace("of Emma", "")


def test_who_lives_together_and_who_is_at_the_address_is_shown(desk):
    answer = asked(desk)
    assert "live together" in section(answer, "Who lives together")
    there = section(answer, "The address").lower()
    for _, name, _, _ in FAMILY:
        assert name.replace("/", " ").lower() in there


def test_who_is_not_certain_is_said_to_be_so_with_a_way_to_ask_about_them_alone(desk):
    answer = asked(desk, [("John", "Smith", "about 60"), ("Emma", "Arnold", "5/12/1987")], "")
    found = section(answer, "Whom you asked for")
    assert "Say more, or ask about them alone" in found
    (alone,) = set(re.findall(r'href="([^"]*ask/person/\?again=[^"]*member=0)"', answer.content.decode()))
    form = desk.get(alone.replace("&amp;", "&")).content.decode()
    for value in ("John", "Smith", "about 60"):
        assert f'value="{value}"' in form
    assert desk.get(alone.replace("&amp;", "&").replace("member=0", "member=99")).status_code == 200


def test_without_an_address_a_family_is_asked_all_the_same(desk):
    answer = asked(desk, place="")
    assert "bonnie" in said(answer).lower()
    assert "The address" not in re.findall(r"<h2[^>]*>([^<]*)</h2>", answer.content.decode())


def test_a_postcode_alone_lists_no_neighbours(desk):
    answer = asked(desk, place="WS1 4PG")
    assert "The address" not in re.findall(r"<h2[^>]*>([^<]*)</h2>", answer.content.decode())


def test_everybody_on_the_page_is_entered_and_remembered_with_their_records(desk, site, town):
    asked(desk)
    (outcome,) = site.entries(kind="outcome", action="search-family")
    noah = town.person("childrens-social-care/la-child-id/NOAH")
    bonnie = town.person("police/person-id/BONNIE")
    assert {noah, bonnie} <= set(outcome.leaf.shown)
    assert set(outcome.leaf.shown) == set(Viewing.objects.values_list("person_id", flat=True))
    records = ShownRecord.objects.filter(viewing__person_id=bonnie).values_list("record", flat=True)
    assert set(records) == {"police/person-id/BONNIE", "childrens-social-care/la-child-id/BONNIE"}
    assert Viewing.objects.get(person_id=bonnie).how == "listed"
    assert Viewing.objects.get(person_id=noah).how == "household"


def test_what_was_typed_is_sealed_person_by_person(desk, site):
    asked(desk, TYPED[2:4])
    (intent,) = site.entries(kind="intent", action="search-family")
    assert intent.terms["1.family"] == "Wilton"
    assert intent.terms["2.born"] == "3/10/2011"
    assert intent.terms["address"] == FLAT


def test_a_family_is_one_household(desk):
    asked(desk)
    assert len(set(KnownPerson.objects.values_list("household", flat=True))) == 1


def test_a_protected_member_has_no_address_and_lends_it_to_nobody(desk):
    answer = asked(desk, [("Ellie", "Foster", "17/10/2018"), ("Emma", "Arnold", "5/12/1987")])
    assert "This person is protected" in said(answer)
    assert "Quiet" not in answer.content.decode()


def test_nothing_more_can_be_added_to_a_family_by_its_answer(desk):
    url = desk.leads_to("family", **family_typed(TYPED, FLAT))
    assert desk.post(url, given="Emma").status_code == 404


def test_a_family_name_left_empty_is_tried_and_nowhere_said_to_be_known(desk, site):
    answer = asked(desk, [("Bonnie", "Wilton", "26 2 2009"), ("Isla", "", "3/10/2011")])
    found = section(answer, "Whom you asked for")
    assert "Isla Wilton (family name of the person above), born 3 October 2011" in found
    bonnie, _, isla = found.partition("Isla Wilton (")
    assert "Agrees: given name, family name, birthday and address." in bonnie
    assert (
        "Agrees: given name, birthday and address. Family name, not said but taken from the person above: agrees."
        in isla
    )
    (intent,) = site.entries(kind="intent", action="search-family")
    assert intent.terms["1.family"] == "Wilton"
    assert "2.family" not in intent.terms
    assert intent.terms["2.family-of-the-person-above"] == "Wilton"


def test_whom_two_rows_fit_is_shown_once_with_both_rows(desk):
    answer = asked(desk, [("Bonnie", "Wilton", "26 2 2009"), ("Bonny", "Wilton", "26/2/2009")])
    found = section(answer, "Whom you asked for")
    assert answer.content.decode().count('<article class="fp-result">') == 1
    assert (
        "You asked for: Bonnie Wilton, born 26 February 2009, at an address; and Bonny Wilton, born 26 February 2009"
        in found
    )
    assert (
        "bonnie wilton fits here too, and is shown under: bonnie wilton, born 26 february 2009"
        in found.lower()
    )
    assert section(answer, "Already open to a worker: ring here first").count("Child in need plan") == 1
    url = re.search(r'href="([^"]+/summary/)"', answer.content.decode())[1]
    text = unescape(desk.get(url).content.decode())
    assert text.count("Found: ") == 1
