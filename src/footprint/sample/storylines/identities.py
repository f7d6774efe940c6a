"""Storylines of people who are easily taken for each other, or for two: twins, namesakes, the adopted, the unborn."""

from __future__ import annotations

import datetime as dt

from footprint.sample.storylines.stage import (
    COUNCIL,
    HOSPITAL,
    POLICE,
    SCHOOL,
    Search,
    Stage,
    Story,
    couple,
    says,
)
from footprint.sample.world.people import Alias, Fact


def two_amandeeps(stage: Stage) -> Story:
    """Two women, one name, one birthday: one was hurt, the other is suspected of hurting somebody else."""
    birth = dt.date(1991, 5, 4)
    doors = stage.door(), stage.door()
    victim = stage.person("Amandeep Kaur", "F", birth, community="punjabi")
    suspect = stage.person("Amandeep Kaur", "F", birth, community="punjabi")
    homes = [
        stage.home("single", [person], door) for person, door in zip((victim, suspect), doors, strict=True)
    ]
    says(victim, POLICE, Fact("DOMESTIC", 75, "VICTIM"))
    says(suspect, POLICE, Fact("CASE VIOLENCE", 110, "SUSPECT"))
    says(victim, HOSPITAL, Fact("ATTENDED", 74))
    says(suspect, HOSPITAL, Fact("ATTENDED", 340))
    search = Search(
        "Two women of one name and one birthday",
        "A force was reprimanded for taking two such people for one: officers went to the wrong door.",
        ["--name", "Amandeep Kaur", "--dob", birth.isoformat()],
        "Several: two women side by side, never one line; at one address the victim, at the other the suspect.",
    )
    return Story(
        "two-amandeeps", "Same name, same birthday, two people", "Never joined on name and birthday alone.", homes,
        [(victim, suspect, "strangers of one name and birthday")], search,
    )  # fmt: skip


def identical_twins(stage: Stage) -> Story:
    """Ibrahim and Ebrahim: one birthday, one home, one school, numbers one apart."""
    door = stage.door()
    mother = stage.person("Nadia Malik", "F", stage.born(33, 5), community="pakistani")
    birth = stage.born(10, 30)
    numbers = stage.maker.registry.nhs_pair()
    one, other = (
        stage.person(f"{given} Malik", "M", birth, community="pakistani", mother=mother, nhs=nhs)
        for given, nhs in zip(("Ibrahim", "Ebrahim"), numbers, strict=True)
    )
    one.twin, other.twin = other, one
    for child in (one, other):
        child.tags += ["twin", "identical"]
        says(child, SCHOOL, Fact("absent", 3))
        says(child, POLICE, Fact("DOMESTIC", 64, "CHILD PRESENT", ref="twins"))
    says(mother, POLICE, Fact("DOMESTIC", 64, "VICTIM", ref="twins"))
    says(one, HOSPITAL, Fact("ATTENDED", 50))
    says(other, HOSPITAL, Fact("ATTENDED", 210))
    says(other, COUNCIL, Fact("contact", 63, "6", ref="INFO"))
    says(mother, COUNCIL)
    home = stage.home("single-parent", [mother, one, other], door)
    search = Search(
        "Which of the twins?",
        "A referral names one boy, as somebody heard it. His brother differs by a letter.",
        ["--given", "Ibraheem", "--family", "Malik", "--dob", birth.isoformat(), "--postcode", door.postcode],
        "Two boys, told apart: never one line with both boys' attendances.",
    )
    return Story(
        "identical-twins", "Identical twins", "One incident, two children; the hospital's numbers are one apart.", [home],
        [(one, other, "twins")], search,
    )  # fmt: skip


def unborn_then_born(stage: Stage) -> Story:
    """The council has "Baby Khan" with an expected date; the hospital has Zayn Mahmood, three weeks old."""
    door = stage.door()
    mother = stage.person("Sadia Khan", "F", stage.born(24, 160), community="pakistani")
    mother.aliases.append(Alias("Sara", "Ahmed", None))
    father = stage.person("Bilal Mahmood", "M", stage.born(27, 300), community="pakistani")
    couple(mother, father)
    due = stage.timeline.ago(2)
    baby = stage.person(
        "Zayn Mahmood",
        "M",
        stage.timeline.ago(21),
        community="pakistani",
        mother=mother,
        father=father,
        expected=due,
    )
    home = stage.home("family", [mother, father, baby], door, since=700)
    says(
        baby, COUNCIL, Fact("contact", 120, "3A", ref="CIN"), Fact("in_need", 118), Fact("enquiry", 90, end=78),
        Fact("protection", 70),
        given="Baby", middle="", family="Khan", birth=None, expected=due, sex="", nhs="",
    )  # fmt: skip
    says(mother, COUNCIL)
    says(father, COUNCIL)
    says(baby, HOSPITAL, Fact("ATTENDED", 6))
    says(mother, HOSPITAL, Fact("ATTENDED", 100), given="Sara", family="Ahmed")
    says(mother, POLICE, Fact("DOMESTIC", 125, "VICTIM", ref="khan"))
    says(father, POLICE, Fact("DOMESTIC", 125, "SUSPECT", ref="khan"))
    return Story(
        "unborn-then-born", "Unborn, then born", "Known before birth; born, named and numbered since.", [home]
    )


def senior_and_junior(stage: Stage) -> Story:
    """Father and son, one name, one door. An incident gives the name and the address only."""
    door = stage.door()
    mother = stage.person("Angela Smith", "F", stage.born(48, 200))
    senior = stage.person("John Smith", "M", dt.date(1975, 6, 11))
    junior = stage.person("John Smith", "M", dt.date(2009, 9, 23), mother=mother, father=senior)
    couple(mother, senior)
    junior.tags.append("junior")
    home = stage.home("family", [mother, senior, junior], door, since=4000)
    says(senior, POLICE, Fact("CASE VIOLENCE", 160, "SUSPECT"), Fact("ASB", 44, "SUSPECT"), birth=None)
    says(junior, POLICE, Fact("ASB", 300, "WITNESS"))
    says(senior, HOSPITAL, Fact("ATTENDED", 600))
    says(junior, HOSPITAL, Fact("ATTENDED", 12))
    says(junior, COUNCIL, Fact("contact", 299, "6", ref="NFA"))
    return Story(
        "senior-and-junior", "Senior and Junior", "The father's offence must not reach the son's line.", [home],
        [(senior, junior, "same name, parent and child")],
    )  # fmt: skip


def adopted(stage: Stage) -> Story:
    """One child, two identities that must never meet: before the order, and after it."""
    old_door, new_door = stage.door(), stage.door()
    birth = stage.born(6, 222)
    mother = stage.person("Stacey Dawson", "F", stage.born(27, 19))
    before = stage.person("Kayleigh Dawson", "F", birth, mother=mother)
    after = stage.person("Eve Whitfield", "F", birth)
    parents = [
        stage.person("Joanna Whitfield", "F", stage.born(41, 8)),
        stage.person("Mark Whitfield", "M", stage.born(43, 61)),
    ]
    couple(*parents)
    after.mother, after.father = parents
    before.tags.append("birth-identity")
    after.tags.append("adoptive-identity")
    before.school = None
    homes = [
        stage.home("single-parent", [mother, before], old_door),
        stage.home("family", [*parents, after], new_door, since=420),
    ]
    says(
        before, COUNCIL, Fact("contact", 1000, "3B", ref="CIN"), Fact("in_need", 999, end=500),
        Fact("protection", 960, end=700), Fact("looked_after", 700, end=430),
    )  # fmt: skip
    says(mother, COUNCIL)
    says(mother, POLICE, Fact("DOMESTIC", 990, "VICTIM"))
    says(before, HOSPITAL, Fact("ATTENDED", 985))
    says(after, SCHOOL, Fact("absent", 2))
    says(after, HOSPITAL, Fact("ATTENDED", 150))
    return Story(
        "adopted", "An adopted child", "Two identities of one child: truth calls them two people who must never meet.", homes,
        [(before, after, "adoption")],
    )  # fmt: skip


def three_names(stage: Stage) -> Story:
    """A Somali boy with three names in a row, and a birthday that the Home Office invented."""
    door = stage.door()
    father = stage.person("Mohamed Warsame Jama", "M", dt.date(1985, 1, 1), community="somali")
    birthday = stage.born(13, 95)
    boy = stage.person("Abdirahman Mohamed Warsame", "M", birthday, community="somali", father=father)
    boy.recorded_birth = dt.date(birthday.year, 1, 1)
    home = stage.home("single-parent", [father, boy], door)
    says(boy, SCHOOL, Fact("absent", 12), Fact("suspended", 66), birth=boy.recorded_birth)
    says(
        boy,
        POLICE,
        Fact("MISSING", 88, "MISSING"),
        given="Abdi",
        middle="",
        family="Warsame",
        birth=boy.recorded_birth,
    )
    says(boy, HOSPITAL, Fact("ATTENDED", 86), given="Warsame", family="Abdirahman")
    says(father, POLICE, Fact("MISSING", 88, "REPORTING"), given="Mohammed", family="Warsame")
    return Story(
        "three-names",
        "Three names and the first of January",
        "All spellings find him as possible; 1 January proves little.",
        [home],
    )


def age_disputed(stage: Stage) -> Story:
    """A young person who came alone: two birthdays, both official."""
    door = stage.door()
    boy = stage.person(
        "Samim -", "M", dt.date(stage.timeline.end.year - 16, 1, 1), community="afghan", care="foster"
    )
    home = stage.home("foster", [boy], door, since=130)
    older = dt.date(stage.timeline.end.year - 19, 1, 1)
    says(boy, COUNCIL, Fact("contact", 132, "6", ref="CIN"), Fact("in_need", 131), Fact("looked_after", 130))
    says(boy, POLICE, Fact("POLICE PROTECTION", 133, "VICTIM"), birth=older, given="Samim", family="Ahmadi")
    says(boy, HOSPITAL, Fact("ATTENDED", 100), birth=older)
    return Story(
        "age-disputed",
        "An age in dispute",
        "One name only, and two birthdays that are both official.",
        [home],
    )


STORIES = (
    two_amandeeps,
    identical_twins,
    unborn_then_born,
    senior_and_junior,
    adopted,
    three_names,
    age_disputed,
)
