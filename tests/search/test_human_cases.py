"""The cases that people in the field tell of, as a table: who is recorded, what is asked, what may be claimed."""

import pytest

from footprint.records import Name
from footprint.records.mask import Mask
from footprint.search import Index, ask, question_from
from tests.search.worlds import DAY, a_record, at, world

ELM, OAK = at("12", "Elm Road", "WS1 1AA"), at("3", "Oak Close", "WS2 2BB")
REFUGE = at("9", "Haven Road", "WS3 3DE", protected=True)
ALIAS = Name(given="Ahmadi", family="Mohammed", use="alias")
FLAT = at("40", "Tower Street", "WS1 4DE", flat="Flat 7")


def said(**terms: str) -> dict[str, str]:
    return terms


@pytest.fixture(scope="module")
def borough(tmp_path_factory) -> tuple[Index, dict[str, int]]:
    people = {
        "Amandeep, a victim": [a_record("police/nominal/1", "Amandeep", "Kaur", "1991-05-04", sex="F", address=ELM)],
        "Amandeep, a suspect": [a_record("police/nominal/2", "Amandeep", "Kaur", "1991-05-04", sex="F", address=OAK)],
        "Ibrahim, a twin": [
            a_record("school/upn/3", "Ibrahim", "Hussain", "2015-06-07", sex="M", address=FLAT),
            a_record("acute-trust/nhs/9434765919", "Ibrahim", "Hussain", "2015-06-07", sex="M"),
        ],
        "Ebrahim, a twin": [a_record("school/upn/4", "Ebrahim", "Hussain", "2015-06-07", sex="M", address=FLAT)],
        "John Smith, the father": [a_record("police/nominal/5", "John", "Smith", "1975-02-01", sex="M", address=OAK)],
        "John Smith, the son": [a_record("school/upn/6", "John", "Smith", "2009-08-09", sex="M", address=OAK)],
        "Mohammed": [
            a_record("school/upn/7", "Muhammed", "Rahimi", "2012-01-01", address=ELM, aliases=(ALIAS,)),
            a_record("social-care/person/8", "Mohammad", "Rahimi", "2012", sex="M"),
        ],
        "Olga, with a patronymic": [a_record("police/nominal/9", "Olga", "Petrova", "1980-03-09", middle="Ivanovna", sex="F")],
        "Baby Khan": [a_record("acute-trust/local/10", "Baby", "Khan", address=ELM)],
        "Abdi, with three names": [a_record("school/upn/11", "Abdi", "Warsame", "2014-10-11", middle="Hassan", address=FLAT)],
        "Amina, with one name": [a_record("social-care/person/12", "", "Amina", "2008-12-13")],
        "Grace, who moved": [
            a_record("school/upn/13", "Grace", "Okonkwo", "2011-04-05", sex="F", address=ELM, phone="07700 900123"),
            a_record("acute-trust/local/14", "Grace", "Okonkwo", "2011-04-05", sex="F", address=OAK),
        ],
        "Sana, in a refuge": [a_record("police/nominal/15", "Sana", "Ali", "1990-02-03", sex="F", address=REFUGE)],
    }  # fmt: skip
    index = world(tmp_path_factory.mktemp("borough"), *people.values())
    return index, {name: number for number, name in enumerate(people)}


CASES = {
    # what is asked: (terms, outcome, who may be meant)
    "same name, same birthday, two people: neither is claimed": (
        said(given="Amandeep", family="Kaur", born="4/5/1991"),
        "several", ["Amandeep, a victim", "Amandeep, a suspect"],
    ),
    "a third kind of fact tells them apart": (
        said(given="Amandeep", family="Kaur", born="4/5/1991", postcode="WS1 1AA"),
        "match", ["Amandeep, a victim"],
    ),
    "name and birthday alone are never a match, even for one person only": (
        said(given="Olga", family="Petrova", born="9/3/1980"), "possible", ["Olga, with a patronymic"],
    ),
    "twins of nearly one name at one home": (
        said(given="Ibrahim", family="Hussain", born="7 June 2015", address="Flat 7, 40 Tower Street", postcode="WS1 4DE"),
        "several", ["Ibrahim, a twin", "Ebrahim, a twin"],
    ),
    "only 'the twin', without a given name": (
        said(family="Hussain", born="7/6/2015"), "several", ["Ibrahim, a twin", "Ebrahim, a twin"],
    ),
    "a twin by number": (
        said(nhs="943 476 5919"), "match", ["Ibrahim, a twin"],
    ),
    "a number that is somebody else's": (
        said(nhs="943 476 5919", given="Grace", family="Okonkwo", born="5/4/2011"),
        "possible", ["Ibrahim, a twin", "Grace, who moved"],
    ),
    "Senior and Junior at one address, no birthday": (
        said(given="John", family="Smith", address="3 Oak Close", postcode="WS2 2BB"),
        "several", ["John Smith, the father", "John Smith, the son"],
    ),
    "an age tells father from son, and is no certainty": (
        said(given="John", family="Smith", born="about 17", postcode="WS2 2BB"), "possible", ["John Smith, the son"],
    ),
    "a whole birthday makes it certain": (
        said(given="John", family="Smith", born="9/8/2009", postcode="WS2 2BB"), "match", ["John Smith, the son"],
    ),
    "another spelling finds the child as possible, not certain": (
        said(given="Mohamed", family="Rahimi", born="2012"), "possible", ["Mohammed"],
    ),
    "the first of January is no birthday": (
        said(given="Muhammed", family="Rahimi", born="1/1/2012", postcode="WS1 1AA"), "possible", ["Mohammed"],
    ),
    "names the wrong way round": (
        said(given="Rahimi", family="Mohammad", born="2012"), "possible", ["Mohammed"],
    ),
    "an alias": (
        said(given="Ahmadi", family="Mohammed", born="2012"), "possible", ["Mohammed"],
    ),
    "the whole name in one line, family name first": (
        said(name="Warsame Abdi Hassan", born="11/10/2014"), "possible", ["Abdi, with three names"],
    ),
    "with the second of three names": (
        said(given="Abdi", family="Hassan", born="11/10/2014"), "possible", ["Abdi, with three names"],
    ),
    "one name is all the name she has": (
        said(name="Amina", born="13/12/2008"), "possible", ["Amina, with one name"],
    ),
    "a baby without a name, by the mother's home": (
        said(family="Khan", postcode="WS1 1AA"), "possible", ["Baby Khan"],
    ),
    "an address from before": (
        said(given="Grace", family="Okonkwo", born="5/4/2011", address="12 Elm Road", postcode="WS1 1AA"),
        "match", ["Grace, who moved"],
    ),
    "a mobile number finds her, with a changed family name": (
        said(given="Grace", family="Brown", phone="07700900123"), "possible", ["Grace, who moved"],
    ),
    "a partner's reference": (said(reference="police/nominal/9"), "match", ["Olga, with a patronymic"]),
    "a partner's reference without the partner": (said(reference="9"), "match", ["Olga, with a patronymic"]),
    "day and month changed places": (
        said(given="Amandeep", family="Kaur", born="5 April 1991", postcode="WS2 2BB"), "possible", ["Amandeep, a suspect"],
    ),
    "nobody of that name": (said(given="Zebedee", family="Quux", born="1/2/1934"), "none", []),
    "a protected address is no way to a person": (said(family="Ali", address="9 Haven Road", postcode="WS3 3DE"), "none", []),
    "a protected person by name and birthday, the address no help": (
        said(given="Sana", family="Ali", born="3/2/1990", address="9 Haven Road", postcode="WS3 3DE"),
        "possible", ["Sana, in a refuge"],
    ),
    "a family name alone": (said(family="Smith"), "refine", []),
    "a given name and a birthday": (said(given="Grace", born="5/4/2011"), "refine", []),
    "nothing at all": ({}, "refine", []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_may_be_claimed(borough, case):
    index, numbers = borough
    terms, outcome, expected = CASES[case]
    answer = ask(index, question_from(terms, latest=DAY), Mask())
    names = {number: name for name, number in numbers.items()}
    found = [names[one.person] for one in answer.people]
    assert (answer.outcome, set(expected) <= set(found)) == (outcome, True), (answer, found)
    if outcome == "match":
        assert found == expected
    if outcome in ("possible", "several"):
        assert found[0] in expected


WHY = {
    "differing addresses are told apart by asking for one": (
        said(given="Amandeep", family="Kaur", born="4/5/1991"),
        lambda answer: (answer.ask_next, answer.tied) == ("postcode or address", 2),
    ),
    "father and son by asking for the birthday": (
        said(given="John", family="Smith", postcode="WS2 2BB"),
        lambda answer: (answer.ask_next, answer.tied) == ("date of birth", 2),
    ),
    "twins by asking for the given name": (
        said(family="Hussain", born="7/6/2015"), lambda answer: answer.ask_next == "given name",
    ),
    "a spelling is called a spelling": (
        said(given="Mohamed", family="Rahimi", born="2012"),
        lambda answer: answer.people[0].verdicts["given"].words == "nickname or spelling of the same name",
    ),
    "what was known before is said": (
        said(given="Grace", family="Okonkwo", born="5/4/2011", address="12 Elm Road", postcode="WS1 1AA"),
        lambda answer: "another address is known too" in answer.people[0].verdicts["place"].words,
    ),
    "what differs is said to differ": (
        said(given="Grace", family="Brown", phone="07700900123"),
        lambda answer: answer.people[0].verdicts["family"].agreement == "differs",
    ),
    "what is not known is said not to be known": (
        said(given="Olga", family="Petrova", born="9/3/1980", postcode="WS1 1AA"),
        lambda answer: answer.people[0].verdicts["place"].words == "not known",
    ),
    "another NHS number than the one asked": (
        said(given="Ibrahim", family="Hussain", born="7/6/2015", nhs="401 023 2137"),
        lambda answer: answer.people[0].verdicts["identifier"].words == "another number of that kind is known",
    ),
    "an age that fits": (
        said(given="John", family="Smith", born="about 17", postcode="WS2 2BB"),
        lambda answer: answer.people[0].verdicts["birth"].words == "the age fits",
    ),
    "both names in each other's place and spelt otherwise are near, and no more": (
        said(given="Okonquo", family="Gracie", born="5/4/2011", postcode="WS1 1AA"),
        lambda answer: answer.outcome == "possible"
        and {answer.people[0].verdicts[name].agreement for name in ("given", "family")} == {"close"}
        and answer.people[0].verdicts["given"].words.endswith("; given and family name changed places"),
    ),
    "one name in the other's place says nothing": (
        said(given="Okonquo", family="Newman", born="5/4/2011"),
        lambda answer: "changed places" not in repr(answer),
    ),
    "a vague question says what to add": (
        said(family="Smith"), lambda answer: "date of birth" in answer.reason,
    ),
    "a question without a family name says so": (
        said(given="Grace", born="5/4/2011"), lambda answer: "family name" in answer.reason,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WHY)
def test_why(borough, case):
    terms, is_said = WHY[case]
    answer = ask(borough[0], question_from(terms, latest=DAY), Mask())
    assert is_said(answer), answer


def test_records_hidden_by_the_mask_are_not_counted_as_rivals(borough):
    index, _ = borough
    question = question_from(said(given="Amandeep", family="Kaur", born="4/5/1991"), latest=DAY)
    answer = ask(index, question, Mask(hidden_records=frozenset({"police/nominal/2"})))
    assert (answer.outcome, answer.tied, len(answer.people)) == ("possible", 0, 1)


def test_more_people_than_may_be_shown_are_not_shown(tmp_path):
    many = [[a_record(f"school/upn/{number}", "Amina", "Khan", "2015", address=ELM)] for number in range(30)]
    answer = ask(
        world(tmp_path, *many), question_from(said(given="Amina", family="Khan", born="2015")), Mask()
    )
    assert (answer.outcome, answer.people) == ("refine", ())
    assert "Say more" in answer.reason


def test_who_fits_clearly_better_is_shown_out_of_a_crowd_and_the_rest_counted(tmp_path):
    many = [[a_record(f"school/upn/{number}", "Amina", "Khan", "2015")] for number in range(30)]
    best = [a_record("school/upn/99", "Amina", "Khan", "2015-03-04", address=ELM)]
    question = question_from(said(given="Amina", family="Khan", born="4/3/2015", postcode="WS1 1AA"))
    answer = ask(world(tmp_path, *many, best), question, Mask())
    assert answer.people[0].person == 30
    assert answer.outcome in ("match", "possible")
