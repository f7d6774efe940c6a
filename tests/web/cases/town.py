"""A town to ask about: a family of seven at one flat, two women of one name and birthday, a hidden child, a block, a lodger."""

from tests.scenarios.world import nhs, upn

FLAT = "Flat A, 10 Hope Grove, WS1 4PG"
CLOVER = "15 Clover Road, WS1 5QZ"
BLOCK = "Wolsey Court, 2 Mill Lane, WS2 8AA"
CANNING, TERRACE = "27 Canning Road, WS2 6GW", "28 Upper Terrace, WS3 1WB"
REFUGE = "4 Quiet Close, WS4 2ZZ"

#: The family of seven: id, name, birthday, sex. Three family names, twins, and a baby with both.
FAMILY = (
    ("EMMA", "Emma/Arnold", "1987-12-05", "F"),
    ("LIAM", "Liam/Spenley", "1987-06-03", "M"),
    ("BONNIE", "Bonnie/Wilton", "2009-02-26", "F"),
    ("ISLA", "Isla/Wilton", "2011-10-03", "F"),
    ("JACOB", "Jacob/Arnold", "2013-09-25", "M"),
    ("JAMES", "James/Arnold", "2013-09-25", "M"),
    ("ISLARAE", "Isla-Rae/Arnold-Spenley", "2024-11-02", "F"),
)
CHILDREN = tuple(number for number, _, born, _ in FAMILY if born > "2008-12-01")
NHS = {number: nhs(200 + serial) for serial, number in enumerate(CHILDREN)}
#: The family as a worker types it, with birthdays as they come.
TYPED = (
    ("Emma", "Arnold", "5/12/1987"),
    ("Liam", "Spenley", "3 June 1987"),
    ("Bonnie", "Wilton", "26 2 2009"),
    ("Isla", "", "3/10/2011"),
    ("Jacob", "Arnold", "2013-09-25"),
    ("James", "", "25.9.2013"),
    ("Isla-Rae", "Arnold-Spenley", "2 Nov 2024"),
)

#: Why the police know somebody at all: whoever was never seen is not delivered, unless a child.
SEEN = [("2026-09-01", "DOMESTIC", "INVOLVED")]


def told(town):
    """Everybody of the town."""
    for number, name, born, sex in FAMILY:
        known = {"born": born, "sex": sex, "home": FLAT}
        if number in CHILDREN:
            town.social_care.knows(number, name, **known, nhs=NHS[number], plan=("2026-05-01", ""))
        if number not in ("JACOB", "JAMES"):
            town.police.knows(number, name, **known, seen=[("2026-10-01", "DOMESTIC", "CHILD PRESENT")])
    # An eighth, whom nobody will ask for.
    town.social_care.knows("NOAH", "Noah/Arnold", "2020-04-04", sex="M", home=FLAT, nhs=nhs(230))

    for number, home, role in (("KAUR1", CANNING, "VICTIM"), ("KAUR2", TERRACE, "SUSPECT")):
        woman = {"name": "Amandeep/Kaur", "born": "1991-05-04", "sex": "F", "home": home}
        town.police.knows(number, **woman, seen=[("2026-09-01", "DOMESTIC", role)])

    town.police.knows("ELLIE", "Ellie/Foster", "2018-10-17", sex="F", home=REFUGE)
    town.social_care.knows(
        "ELLIE", "Ellie/Foster", "2018-10-17", sex="F", home=REFUGE, restricted=True, nhs=nhs(240)
    )

    for number, name, born in (("OAKES1", "Dean/Oakes", "1985-01-01"), ("OAKES2", "Mia/Oakes", "2016-02-02")):
        town.police.knows(number, name, born, home=CLOVER, seen=SEEN)
    town.police.knows("LODGER", "Gary/Pike", "1979-03-03", sex="M", home=CLOVER, seen=SEEN)
    for flat in range(1, 41):
        born, home = f"19{50 + flat}-01-02", f"Flat {flat}, {BLOCK}"
        town.police.knows(f"FLAT{flat}", "Flora/Marlow", born, sex="F", home=home, seen=SEEN)

    town.school.enrols("PUPIL", "Zoe/Marsh", "2016-03-03", sex="F", home="3 Elm Row, WS5 1AA", upn=upn(300))
    town.police.knows("STRANGER", "Zoe/Marsh", "2016-09-09", sex="F", home="9 Oak Row, WS5 9AA")
    for number in range(1, 9):
        born = f"1960-0{number}-0{number}"
        town.police.knows(
            f"SMITH{number}", "John/Smith", born, sex="M", home=f"{number} Ash Row, WS6 1AA", seen=SEEN
        )
    town.morning("2026-11-20")
