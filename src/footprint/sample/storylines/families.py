"""Storylines of families of whom each partner holds one piece, and nobody the whole."""

from __future__ import annotations

from footprint.sample.storylines.stage import (
    COUNCIL,
    HOSPITAL,
    POLICE,
    SCHOOL,
    Search,
    Stage,
    Story,
    address_of,
    couple,
    says,
)
from footprint.sample.world.people import Alias, Fact, Former
from footprint.sample.world.places import Dwelling


def four_pieces(stage: Stage) -> Story:
    """A boy of nine: absent, often at A&E, there when his mother was hurt, twice passed over at the front door."""
    door, before = stage.door(), stage.door()
    mother = stage.person("Shazia Begum", "F", stage.born(34, 90), community="pakistani")
    father = stage.person("Tariq Hussain", "M", stage.born(38, 20), community="pakistani")
    birthday = stage.born(9, 140)
    boy = stage.person(
        "Mohammed Yusuf Hussain",
        "M",
        birthday,
        community="pakistani",
        mother=mother,
        father=father,
        known_as="Yusuf",
    )
    couple(mother, father)
    home = stage.home("family", [mother, father, boy], door, since=300, before=before)
    calls = (("da1", 40), ("da2", 155), ("da3", 290))
    says(mother, POLICE, *(Fact("DOMESTIC", when, "VICTIM", ref=ref) for ref, when in calls))
    says(father, POLICE, *(Fact("DOMESTIC", when, "SUSPECT", ref=ref) for ref, when in calls))
    present = (Fact("DOMESTIC", when, "CHILD PRESENT", ref=ref) for ref, when in calls)
    says(boy, POLICE, *present, given="Mohd Yousuf", middle="", family="Hussein", home=door)
    says(
        boy,
        HOSPITAL,
        *(Fact("ATTENDED", when) for when in (33, 101, 158, 260)),
        given="Muhammad Yusuf",
        middle="",
        home=before,
    )
    says(boy, SCHOOL, Fact("absent", 31), given="Yusuf", middle="")
    contacts = (Fact("contact", 150, "6", ref="NFA"), Fact("contact", 60, "2A", ref="INFO"))
    says(boy, COUNCIL, *contacts, given="Mohammed Yusuf", middle="")
    says(mother, COUNCIL)
    search = Search(
        "A boy whom four partners know, and none of them well",
        "A teacher rings: Yusuf has come to school hungry again. She spells the name by ear.",
        ["--given", "Yousef", "--family", "Husain", "--dob", birthday.isoformat()],
        "One boy, though no two partners write him alike. `show` him: visits to A&E from an old address, domestic abuse where "
        "he was present, persistent absence, two contacts that went no further. Possible, because a name and a birthday prove "
        "nobody.",
    )
    return Story(
        "four-pieces",
        "Four partners, one child",
        "Each partner holds one piece under another spelling.",
        [home],
        search=search,
    )


def hidden_partner(stage: Stage) -> Story:
    """A man with two names and two birthdays, at home with another child's mother."""
    first, second = stage.door(), stage.door()
    man = stage.person("Dean Marsh", "M", stage.born(38, 250))
    other_birth = stage.born(40, 280)
    man.aliases.append(Alias("Darren", "March", other_birth))
    mother = stage.person("Kelly Ashford", "F", stage.born(35, 10))
    girl = stage.person("Poppy Ashford", "F", stage.born(8, 60), mother=mother)
    partner = stage.person("Gemma Holroyd", "F", stage.born(31, 200))
    boy = stage.person("Riley Holroyd", "M", stage.born(5, 33), mother=partner)
    homes = [
        stage.home("single-parent", [mother, girl], first),
        stage.home("blended", [partner, boy, man], second, since=210),
    ]
    homes[0].relatives.append((mother, "former-partner", man))
    says(man, POLICE, Fact("CASE DOMESTIC", 500, "SUSPECT", end=420, ref="marsh"), home=first)
    says(mother, POLICE, Fact("CASE DOMESTIC", 500, "VICTIM", end=420, ref="marsh"))
    says(girl, POLICE, Fact("CASE DOMESTIC", 500, "CHILD PRESENT", end=420, ref="marsh"))
    says(girl, COUNCIL, Fact("contact", 499, "6", ref="CIN"), Fact("in_need", 498), Fact("protection", 470))
    says(mother, COUNCIL)
    says(girl, SCHOOL)
    says(boy, COUNCIL, Fact("contact", 45, "3B", ref="EH"), Fact("early_help", 40))
    says(partner, COUNCIL)
    says(man, COUNCIL, given="Darren", family="March", birth=other_birth)
    says(boy, SCHOOL, Fact("absent", 14))
    says(man, HOSPITAL, Fact("ATTENDED", 80), family="Marsh", nhs="")
    return Story(
        "hidden-partner", "A parent with two names in two households",
        "The police know Dean Marsh and an alias; the council, Darren March with another family. Only evidence may join them.",
        homes,
    )  # fmt: skip


def lodger(stage: Stage) -> Story:
    """A man under investigation lodges with a family; the people before them still stand in one partner's records."""
    door, elsewhere = stage.door(), stage.door()
    mother = stage.person("Hannah Oakes", "F", stage.born(36, 44))
    father = stage.person("Martin Oakes", "M", stage.born(39, 12))
    couple(mother, father)
    mother.former.append(Former("Pryce", stage.timeline.ago(3300)))
    elder = stage.person("Freya Oakes", "F", stage.born(12, 70), mother=mother, father=father)
    younger = stage.person("Toby Oakes", "M", stage.born(6, 15), mother=mother, father=father)
    pike = stage.person("Gary Pike", "M", stage.born(44, 300))
    before = stage.person("Maureen Yardley", "F", stage.born(71, 101))
    homes = [
        stage.home("family", [mother, father, elder, younger], door, since=800),
        stage.home("sharers", [pike], door, since=95),
        stage.home("elder", [before], elsewhere, since=810, before=door),
    ]
    says(pike, POLICE, Fact("CASE CHILD CONCERN", 20, "SUSPECT"))
    says(elder, SCHOOL, Fact("absent", 4))
    says(younger, SCHOOL, Fact("absent", 6))
    says(younger, HOSPITAL, Fact("ATTENDED", 130))
    says(mother, HOSPITAL, Fact("ATTENDED", 410), family="Pryce")
    says(before, HOSPITAL, Fact("ATTENDED", 900), Fact("ATTENDED", 30), home=door)
    search = Search(
        "Who lives at this address, and who did?",
        "An officer is to knock on a door about Gary Pike, and wants to know whether there are children.",
        ["--address", address_of(door)],
        "Two households at one door: the Oakes family with two children, and a lodger with an open investigation; and a former "
        "resident whom the hospital lists there still.",
    )
    return Story(
        "lodger",
        "A lodger in a house with children",
        "Household and address tell what no name search would.",
        homes,
        search=search,
    )


def long_plan(stage: Stage) -> Story:
    """A protection plan that began more than three years ago and is open, with nothing new in the last year."""
    door = stage.door()
    mother = stage.person("Donna Whitlock", "F", stage.born(33, 66))
    boy = stage.person("Kyle Whitlock", "M", stage.born(7, 200), mother=mother)
    home = stage.home("single-parent", [mother, boy], door)
    says(
        boy, COUNCIL, Fact("contact", 1300, "3B", ref="CIN"), Fact("in_need", 1299), Fact("protection", 1270)
    )
    says(mother, COUNCIL)
    says(boy, SCHOOL, Fact("absent", 9))
    says(boy, HOSPITAL, Fact("ATTENDED", 700))
    return Story(
        "long-plan",
        "Open for three years",
        "An episode open longer than any window must still show as open.",
        [home],
    )


def moved(stage: Stage) -> Story:
    """A family that moved twice in a year: every partner has another address for the girl."""
    first, second, third = stage.door(), stage.door(), stage.door()
    mother = stage.person("Ewa Kowalska", "F", stage.born(32, 120), community="polish")
    girl = stage.person("Zuzanna Kowalska", "F", stage.born(11, 80), community="polish", mother=mother)
    boy = stage.person("Jakub Kowalski", "M", stage.born(6, 100), community="polish", mother=mother)
    aunt = stage.person("Oksana Petrivna Shevchenko", "F", stage.born(41, 77), community="ukrainian")
    home = stage.home("single-parent", [mother, girl, boy, aunt], third, since=50, before=second)
    girl.former_upn = stage.maker.registry.upn(girl.school.laestab if girl.school else "9282001", 2020)
    says(girl, HOSPITAL, Fact("ATTENDED", 300), Fact("ATTENDED", 420), home=first)
    says(girl, COUNCIL, Fact("contact", 200, "2A", ref="EH"), Fact("early_help", 190), home=second)
    says(mother, COUNCIL, home=second)
    says(girl, SCHOOL, Fact("absent", 22))
    says(boy, SCHOOL, Fact("absent", 18), given="Kowalski", family="Jakub")
    says(boy, HOSPITAL, Fact("ATTENDED", 25), given="Kuba", home=third)
    says(mother, POLICE, Fact("ASB", 55, "WITNESS"), given="Eva", family="Kowalski")
    says(aunt, POLICE, Fact("OTHER", 21, "REPORTING"), given="Oxana", middle="", family="Shevchenko")
    says(aunt, HOSPITAL, Fact("ATTENDED", 70), given="Shevchenko", family="Oksana")
    return Story(
        "moved", "Moved twice in a year", "Polish endings, a short form, a swapped name, a patronymic, three addresses.", [home]
    )  # fmt: skip


def across_borders(stage: Stage) -> Story:
    """A looked-after boy of seventeen, placed in another area, missing three times, found in a third."""
    away = Dwelling("", "", "44", "Harbour View", "Port Elland", "EM2 3LX")
    boy = stage.person("Tyler Brooks", "M", stage.born(17, 310), care="home")
    home = stage.home("childrens-home", [boy], away, since=400)
    says(
        boy, COUNCIL, Fact("contact", 2100, "6", ref="CIN"), Fact("in_need", 2099), Fact("looked_after", 2080),
        *(Fact("missing", when, end=when - 2) for when in (220, 130, 31)),
    )  # fmt: skip
    says(boy, POLICE, *(Fact("MISSING", when, "MISSING") for when in (220, 130, 31)))
    says(boy, HOSPITAL, Fact("ATTENDED", 29, "DNW"))
    return Story(
        "across-borders",
        "Placed across a border",
        "Looked after by this council, living in another, missing in a third.",
        [home],
    )


def died(stage: Stage) -> Story:
    """A child who died, and the sister who lives."""
    door = stage.door()
    mother = stage.person("Rachel Fenwick", "F", stage.born(30, 31))
    brother = stage.person("Alfie Fenwick", "M", stage.born(4, 90), mother=mother)
    brother.death = stage.timeline.ago(240)
    sister = stage.person("Ada Fenwick", "F", stage.born(7, 12), mother=mother)
    home = stage.home("single-parent", [mother, sister, brother], door)
    says(brother, COUNCIL, Fact("contact", 245, "3E", ref="CIN"), Fact("in_need", 244, end=200))
    says(sister, COUNCIL, Fact("contact", 245, "3E", ref="CIN"), Fact("in_need", 244))
    says(mother, COUNCIL)
    says(brother, HOSPITAL, Fact("ATTENDED", 246), Fact("ATTENDED", 300))
    says(sister, SCHOOL, Fact("absent", 17))
    return Story(
        "died",
        "A child who died, and a sister",
        "The dead are shown as dead, and the living are not taken for them.",
        [home],
    )


def married(stage: Stage) -> Story:
    """A mother who has married: half of her records have the old name."""
    door = stage.door()
    mother = stage.person("Laura Pembury", "F", stage.born(29, 210))
    mother.former.append(Former("Tilsley", stage.timeline.ago(260)))
    husband = stage.person("Craig Pembury", "M", stage.born(31, 99))
    couple(mother, husband)
    girl = stage.person("Isla Tilsley", "F", stage.born(5, 130), mother=mother)
    home = stage.home("blended", [mother, husband, girl], door, since=600)
    home.relatives.append((girl, "step-parent", husband))
    says(mother, POLICE, Fact("VIOLENCE", 700, "VICTIM"), family="Tilsley")
    says(mother, COUNCIL)
    says(girl, COUNCIL, Fact("contact", 90, "2A", ref="NFA"))
    says(girl, SCHOOL, Fact("absent", 5))
    says(mother, HOSPITAL, Fact("ATTENDED", 35), family="Tilsley-Pembury")
    return Story("married", "A changed name", "Maiden, married and double-barrelled: one woman.", [home])


STORIES = (four_pieces, hidden_partner, lodger, long_plan, moved, across_borders, died, married)
