"""Scenario 2 on the page. Ibrahim and Ebrahim Hussain: one surname, birthday, home and sex, one letter between them.

| clause                                       | where tested                                         | waits for |
| -------------------------------------------- | ---------------------------------------------------- | --------- |
| never merged                                 | test_whoever_asks_for_one_is_shown_two               | |
| the twin relationship is recorded            | test_each_ones_footprint_names_the_other_as_his_twin | |
| one incident yields two entries, one a child | the same                                             | Operation Encompass |
| a referral of "the twin" alone prompts which | test_which_of_them_is_asked_where_no_name_is_given   | referrals |
| address search shows two children            | test_the_home_has_two_children                       | |
"""

from tests.scenarios.test_identical_twins import HOME, told

BORN = "14/6/2016"


def test_whoever_asks_for_one_is_shown_two(begin, officer):
    # Given two boys whom four partners know, a letter apart
    begin(told)
    desk = officer("The Hussain twins")

    # When an officer asks for one, as somebody heard it
    desk.asks_about("Ibraheem", "Hussain", BORN, HOME)

    # Then two boys are shown, neither before the other, and the page says what would tell them apart
    assert desk.heading == "2 people fit equally well"
    assert sorted(desk.names()) == ["ebrahim hussain", "ibrahim hussain"]
    assert (
        "To tell them apart, ask: What is the whole name, with every given name, letter by letter?"
        in desk.reads()
    )
    for one in desk.people():
        assert "Given nameClose" in one.text
        assert "Born 14 June 2016, aged 10" in one.text


def test_which_of_them_is_asked_where_no_name_is_given(begin, worker):
    # Given a referral that names "the twin" alone
    begin(told)
    desk = worker("The Hussain twins")
    desk.asks_about("", "Hussain", BORN, HOME)
    assert desk.heading == "2 people fit equally well"

    # When the worker answers the page's one question
    desk.asks_again_with("Given name", "Ebrahim")

    # Then the one who was meant stands first, and his brother is still there to compare
    assert desk.names()[0] == "ebrahim hussain"
    assert "Given nameAgrees" in desk.people()[0].text


def test_each_ones_footprint_names_the_other_as_his_twin(begin, worker):
    begin(told)
    desk = worker("The Hussain twins")
    for name, twin, reference in (
        ("Ibrahim Hussain", "Ebrahim Hussain", "CINIBRAHIM"),
        ("Ebrahim Hussain", "Ibrahim Hussain", "CINEBRAHIM"),
    ):
        # When the worker opens one of them
        desk.asks_about("", "Hussain", BORN, HOME)
        desk.opens(name)

        # Then the other is his twin, and no possible double
        assert f"{twin}, born 14 June 2016, aged 10 Child Twin, says Police" in desk.reads(
            "Household and family"
        )
        assert "May be the same person" not in desk.reads()

        # and the one incident stands there, and his own plan alone
        shared = desk.reads("What partners share")
        assert "Domestic abuse incident 2 November 2026, as child present" in shared
        assert shared.count("Ref. CIN") == shared.count(reference) == 1


def test_the_home_has_two_children(begin, officer):
    begin(told)
    desk = officer("The Hussain twins")
    desk.asks_about_the_address(HOME)
    (there,) = desk.homes().values()
    children = [line for line in there if "Child" in line]
    assert [line.split(" Born")[0] for line in sorted(children)] == ["Ebrahim Hussain", "Ibrahim Hussain"]
