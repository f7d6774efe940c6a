"""Scenario 10 on the page. Keira, in care, placed in another town, missing three times, eighteen, and expecting a child.

| clause                                         | where tested                                       | waits for |
| ---------------------------------------------- | -------------------------------------------------- | --------- |
| the responsible council is shown               | test_an_officer_who_finds_her_is_told_whom_to_ring | a second council |
| ... and the host's                             | its police, hospital and school: the same          | |
| missing three times                            | the same, and the hub's own page                   | |
| the return interview's clock                   |                                                    | statutory clocks |
| strategy across forces; a hint like CP-IS      |                                                    | a second force; CP-IS |
| at eighteen she is no child, and a care leaver | test_at_eighteen_she_is_no_child_and_*             | |
| ... role, access and retention change          |                                                    | adult social care |
| the unborn child's record starts               | the same                                           | |
"""

from tests.scenarios.world import nhs, upn

FORMER, PLACEMENT = "30 Corporation Street, WS1 4AA", "8 Harbour Row, WS9 8QQ"
KEIRA = "childrens-social-care/la-child-id/KEIRA"
BORN = "21/11/2008"
NIGHTS = ("2026-06-05", "2026-08-14", "2026-10-30")
_KEIRA = {"name": "Keira/Adair", "born": "2008-11-21", "sex": "F"}
_IN_CARE = {"home": PLACEMENT, "before": FORMER, "moved": "2026-04-01", "nhs": nhs(903), "upn": upn(903)}


def told(town):
    """She is seventeen: the council that looks after her, and the police, the hospital and the school of where she is."""
    nights = [(night, night) for night in NIGHTS]
    town.social_care.knows("KEIRA", **_KEIRA, **_IN_CARE, cared_for=("2023-05-02", ""), missing=nights)
    town.police.knows(
        "KEIRA",
        **_KEIRA,
        home=PLACEMENT,
        seen=[(night, "MISSING", "MISSING") for night in NIGHTS],
    )
    town.acute.treated("KEIRA", **_KEIRA, home=PLACEMENT, nhs=nhs(903), on=["2026-10-31"])
    town.school.enrols("KEIRA", **_KEIRA, home=PLACEMENT, upn=upn(903))
    town.morning("2026-11-18")


def grown_up(town):
    """Three days after her birthday: care has ended, somebody is in touch with her, and she expects a child."""
    nights = [(night, night) for night in NIGHTS]
    care = {"cared_for": ("2023-05-02", "2026-11-21"), "left_care": "2026-11-23"}
    town.social_care.knows("KEIRA", **_KEIRA, **_IN_CARE, **care, missing=nights)
    town.social_care.knows(
        "BABY", "Unborn Baby/Adair", due="2027-04-10", mother="KEIRA", home=PLACEMENT, plan=("2026-11-23", "")
    )
    town.morning("2026-11-24")


def finds_her(desk):
    desk.asks_about("Keira", "Adair", BORN, PLACEMENT)
    assert desk.heading == "One person matches"
    desk.opens("Keira Adair")


def test_an_officer_who_finds_her_is_told_whom_to_ring(begin, officer):
    # Given a girl of seventeen, looked after by a council, who lives where other partners know her
    begin(told)
    desk = officer("A girl found at the station")

    # When an officer who found her opens her
    finds_her(desk)
    assert "Born 21 November 2008, aged 17 Child" in desk.reads()

    # Then the page says that the council looks after her, and its number
    shared = desk.reads("What partners share")
    assert "Looked after Open Since 2 May 2023, last confirmed open on 18 November 2026" in shared
    assert "Ring 01632 960401" in shared

    # and that she was missing three times, as the council counts it and as the police do
    for what in ("Missing episode known to social care", "Reported missing"):
        assert f"{what} 3 times" in shared or shared.count(what) == 3, what
    assert "30 October 2026" in shared

    # and whom to ring at the school and the hospital of where she is; the hospital's attendance as no more than existence
    assert "On roll Open" in shared
    assert "Ring 01632 960201, Hospital safeguarding team" in shared
    assert "A&E attendance 31 October 2026" not in shared

    # and where she lives, and where she lived until when
    desk.asks_about_the_address(FORMER)
    (there,) = desk.homes().values()
    assert "until 1 April 2026; according to Children's social care" in there[0]


def test_at_eighteen_she_is_no_child_and_the_child_whom_she_expects_has_a_page(begin, worker):
    # Given a girl of seventeen in care
    town = begin(told)
    as_a_child = town.person(KEIRA)

    # When she is eighteen, and care has ended
    grown_up(town)
    town.clock.move_to(town.now)
    desk = worker("Keira Adair, eighteen")
    finds_her(desk)

    # Then she is the same person and no child; a care leaver, open to whoever is in touch with her
    assert town.person(KEIRA) == as_a_child
    assert "Born 21 November 2008, aged 18" in desk.reads()
    assert "aged 18 Child" not in desk.reads()
    assert "Rosa Bright" in desk.reads("Already open to a worker: ring here first")
    shared = desk.reads("What partners share")
    assert "Care leaver Open" in shared
    assert "Looked after 2 May 2023 to 21 November 2026" in shared

    # and the child whom she expects has a page of its own, which leads to her
    desk.opens("Unborn Baby Adair")
    assert "Expected 10 April 2027 Unborn child" in desk.reads()
    assert "Child in need plan Open" in desk.reads("What partners share")
    assert "Keira Adair, born 21 November 2008, aged 18 Mother" in desk.reads("Household and family")
