"""Scenario 5 on the page. John Smith, born 1975, and John Smith, born 2009, at one address; an incident says a name alone.

| clause                                          | where tested                                     | waits for |
| ----------------------------------------------- | ------------------------------------------------ | --------- |
| "John Smith, that address" is ambiguous         | test_a_name_and_a_home_are_said_to_name_nobody   | |
| ... and held for a human                        | test_the_incident_stands_beside_the_boy          | |
| no adult offence count is attached to the child | the same                                         | |
| address search shows both with their ages       | test_the_home_shows_both_with_their_ages         | |
| the page asks which of them is meant            | test_a_birthday_tells_them_apart, and each above | referrals (the form) |
"""

from tests.scenarios.test_senior_and_junior import HOME, told

SON, FATHER = "Born 14 March 2009, aged 17", "Born 14 March 1975, aged 51"


def test_a_name_and_a_home_are_said_to_name_nobody(begin, officer):
    # Given a father and a son of one name, and an incident that says no more than the name and the home
    begin(told)
    desk = officer("John Smith, Broadway North")

    # When an officer asks as the call was made
    desk.asks_about("John", "Smith", "", HOME)

    # Then nobody is picked: three lines, each with its birthday or with none
    assert desk.heading == "3 people fit equally well"
    beside = " ".join(one.text for one in desk.people())
    assert (beside.count(SON), beside.count(FATHER), beside.count("Birthday not known")) == (1, 1, 1)


def test_a_birthday_tells_them_apart(begin, officer):
    begin(told)
    desk = officer("John Smith, Broadway North")
    for born, meant in (("14/3/2009", SON), ("14/3/1975", FATHER)):
        desk.asks_about("John", "Smith", born, HOME)
        assert desk.heading == "One person matches"
        (one,) = desk.people()
        assert meant in one.text
        assert "Show 2 more that fit less well" in desk.reads()

    # An age is not enough to be certain; it says for each whether it fits.
    desk.asks_about("John", "Smith", "about 51", HOME)
    assert desk.heading == "One person fits best, and is not certain"
    assert [one.text for one in desk.people() if "the age fits" in one.text] == [desk.people()[0].text]
    assert FATHER in desk.people()[0].text


def test_the_incident_stands_beside_the_boy(begin, worker):
    # Given the boy's footprint
    begin(told)
    desk = worker("John Smith, Broadway North")
    desk.asks_about("John", "Smith", "14/3/2009", HOME)
    desk.opens("John Smith", SON)

    # Then nothing that the man is suspected of is in it, nor the incident that says a name alone
    assert "suspect" not in desk.reads().lower()
    assert "Incident attended 4 April 2026, as witness" in desk.reads("What partners share")

    # and who compares finds the nameless record beside, joined by nobody, and the father as a relative
    assert "One other person may be the same: John SMITH." in desk.reads("Before you rely on this")
    assert "Nothing is joined." in desk.reads("May be the same person")
    assert "born 14 March 1975, aged 51 Father, says Police" in desk.reads("Household and family")

    # while the man's own footprint has what is his
    desk.asks_about("John", "Smith", "14/3/1975", HOME)
    desk.opens("John Smith", FATHER)
    assert desk.reads("What partners share").count("as suspect") == 1
    assert "19 July 2026" in desk.reads("What partners share")


def test_the_home_shows_both_with_their_ages(begin, officer):
    begin(told)
    desk = officer("John Smith, Broadway North")
    desk.asks_about_the_address(HOME)
    (there,) = desk.homes().values()
    for whom in (SON, FATHER, "Birthday not known"):
        (line,) = [line for line in there if line.lower().startswith(f"john smith {whom.lower()}")]
        assert "Make sure which of them is meant." in line
