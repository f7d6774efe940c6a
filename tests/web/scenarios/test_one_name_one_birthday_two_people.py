"""Scenario 1 on the page. Two Amandeep Kaurs of one birthday, a victim and a suspect, whom the police and A&E know.

| clause                                                | where tested |
| ----------------------------------------------------- | ----------------------------------------------- |
| never linked by itself on name and birthday           | test_they_are_shown_as_two_with_what_differs |
| shown as two possibles, with differences              | the same |
| victim's and suspect's roles are kept apart           | the same |
| a wrong link is disputed and undone                   | test_a_wrong_link_is_undone_told_and_barred |
| whoever saw it since is listed, and told              | the same |
| the pair is barred from being linked again            | the same |
"""

from tests.web.identity.scene import SUSPECT, VICTIM, two_women

BORN = "4/5/1991"
AT_MILL_LANE, AT_ELM_ROAD = "12 Mill Lane, WS1 2AA", "8 Elm Road, WS3 4BB"


def opens_her(desk, place):
    """Ask for the woman at an address and open whoever fits."""
    desk.asks_about("Amandeep", "Kaur", BORN, place)
    desk.opens("Amandeep Kaur")


def test_they_are_shown_as_two_with_what_differs(begin, officer):
    # Given two women of one name and birthday, each at her own home
    begin(two_women)
    desk = officer("The Kaur family")

    # When an officer asks by name and birthday alone
    desk.asks_about("Amandeep", "Kaur", BORN)

    # Then there are two, neither before the other, each at her home, and the page says what would tell them apart
    assert desk.heading == "2 people fit equally well"
    assert sorted(one.text.partition("Home: ")[2][:12] for one in desk.people()) == [
        "12 Mill Lane",
        "8 Elm Road, ",
    ]
    assert "To tell them apart, ask: Which street do they live in, or what is the postcode?" in desk.reads()

    # When the officer answers that
    desk.asks_again_with("Address or postcode", AT_MILL_LANE)
    assert desk.names() == ["amandeep kaur"]
    desk.opens("Amandeep Kaur")

    # Then she is the victim, and the other stands beside her, with what they share and what they do not
    shared = desk.reads("What partners share")
    assert "Domestic abuse incident 1 October 2026, as victim" in shared
    assert "suspect" not in desk.reads()
    beside = desk.reads("May be the same person")
    assert "same given name; same family name; same birthday; same sex; no address in common" in beside

    # and the other is the suspect, and no victim
    opens_her(desk, AT_ELM_ROAD)
    assert "12 September 2026, as suspect" in desk.reads("What partners share")
    assert "victim" not in desk.reads()


def test_a_wrong_link_is_undone_told_and_barred(begin, worker, officer, window):
    # Given a steward who believes somebody that the two are one, and the next morning's data
    town = begin(two_women)
    desk = worker("Amandeep Kaur")
    opens_her(desk, AT_MILL_LANE)
    desk.says_these_are_the_same("Amandeep KAUR", "She says she moved.")
    steward = window("data-steward", name="Stella Cedar")
    steward.looks_again("/who-is-who/")
    steward.follows("D-")
    steward.sends("Settle it", {"How do you know?": "The worker is sure of it."}, "One person")
    assert town.between(VICTIM, SUSPECT) == "possible"
    town.publish()

    # and a worker and an officer to whom she is a victim and a suspect
    for reader in (desk, patrol := officer("A woman at Elm Road")):
        opens_her(reader, AT_ELM_ROAD)
        assert "as victim" in reader.reads("What partners share")
        assert "as suspect" in reader.reads("What partners share")
    seen = patrol.page.url

    # When the worker says that it is not her
    desk.says_this_is_not_them("Police AMANDEEP-S", "Elm Road is another woman; I met both.")

    # Then they stand apart at once, also where the officer had her open
    patrol.looks_again(seen)
    assert "Disputed" in patrol.reads()
    shared = patrol.reads("What partners share")
    assert ("as victim" in shared) != ("as suspect" in shared)

    # and the officer is told by the case alone
    patrol.looks_again("/notices/")
    assert "In case MARF-2026-00123 you were shown one person who may be two people." in patrol.reads()
    assert "Kaur" not in patrol.reads()

    # When a steward settles that they are two
    steward.looks_again("/who-is-who/")
    steward.follows("D-")
    steward.sends("Settle it", {"How do you know?": "Both partners checked their files."}, "Two people")

    # Then whoever saw the link is listed for the lead, who is not told whom it is about
    lead = window("information-governance", "partnership", name="Ivo Dale")
    lead.looks_again("/breaches/")
    assert "Shown to 2 users" in lead.reads()
    lead.follows("B-")
    for name in ("Sam Alder, Children’s social care", "Pat Birch, Police"):
        assert name in lead.reads()
    assert "Kaur" not in lead.reads()

    # and both who saw it are told how it ended
    for reader in (desk, patrol):
        reader.looks_again("/notices/")
        assert "is two people. They are not put together again." in reader.reads()

    # and nothing joins the two again: not another wish, not the next morning's data, and no page offers it
    town.decide("same", "--one", VICTIM, "--other", SUSPECT)
    town.publish()
    assert town.between(VICTIM, SUSPECT) == "apart"
    opens_her(desk, AT_MILL_LANE)
    assert "as suspect" not in desk.reads()
    assert desk.page.get_by_role("link", name="These are the same").count() == 0
