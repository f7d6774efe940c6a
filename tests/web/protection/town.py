"""A town in which the people who look others up live too: a household, neighbours, a sister in a refuge, a colleague's family."""

from tests.scenarios.world import nhs, upn

HOME = "Flat 3, 12 Alder Road, WS7 1AB"
FORMER = "7 Birch Close, WS7 2AD"
NEXT_DOOR = "14 Alder Road, WS7 1AB"
COLLEAGUE = "5 Rowan Way, WS7 3EF"
REFUGE = "Flat 2, Obsidianwick House, 17 Zephyrquill Lane, WS7 9QJ"
UNKNOWN = "Flat 2, Marbleford House, 17 Candlewick Lane, WS7 1XY"
ELSEWHERE = "9 Linden Row, WS7 4GH"

SEEN = (("2026-09-09", "OTHER", "WITNESS"),)

LEE = {"given": "Lee", "family": "Whitlock", "born": "2012-03-04"}
NOOR = {"given": "Noor", "family": "Ashdown", "born": "1990-06-07"}
OMAR = {"given": "Omar", "family": "Teal", "born": "1985-01-09"}
NED = {"given": "Ned", "family": "Crane", "born": "1960-05-05"}
IRIS = {"given": "Iris", "family": "Whitlock", "born": "1988-08-08"}
MARA = {"given": "Mara", "family": "Quist", "born": "1992-02-12"}
JUNE = {"given": "June", "family": "Quist", "born": "2017-07-17"}
IDA = {"given": "Ida", "family": "Marsh", "born": "2015-10-10"}
ZOE = {"given": "Zoe", "family": "Finch", "born": "2016-03-03"}


def told(town):
    """Everybody of the town."""

    def known(of, number, whom, home, **more):
        of.knows(number, f"{whom['given']}/{whom['family']}", whom["born"], home=home, **more)

    police, care = town.police, town.social_care
    known(police, "LEE", LEE, HOME, sex="M", seen=[("2026-10-01", "DOMESTIC", "CHILD PRESENT")])
    known(care, "LEE", LEE, HOME, sex="M", nhs=nhs(401), plan=("2026-05-01", ""))
    known(police, "NOOR", NOOR, HOME, sex="F", seen=SEEN)
    known(police, "OMAR", OMAR, FORMER, sex="M", seen=[("2026-09-09", "OTHER", "WITNESS")])
    known(police, "NED", NED, NEXT_DOOR, sex="M", seen=SEEN)
    known(police, "IRIS", IRIS, ELSEWHERE, sex="F", seen=SEEN, related=[("MOTHER OF", "ZOE")])
    known(police, "IDA", IDA, COLLEAGUE, sex="F", seen=SEEN)
    known(care, "IDA", IDA, COLLEAGUE, sex="F", nhs=nhs(402))

    # Everybody knows her; an officer is told of the hospital no more than that it does.
    known(
        police,
        "ZOE",
        ZOE,
        ELSEWHERE,
        sex="F",
        seen=[("2026-10-05", "VIOLENCE", "VICTIM")],
        related=[("CHILD OF", "IRIS")],
    )
    known(care, "ZOE", ZOE, ELSEWHERE, sex="F", nhs=nhs(405), plan=("2026-06-01", ""))
    town.acute.treated("ZOE", "Zoe/Finch", ZOE["born"], sex="F", home=ELSEWHERE, nhs=nhs(405))
    town.school.enrols("ZOE", "Zoe/Finch", ZOE["born"], sex="F", home=ELSEWHERE, upn=upn(405))

    # The refuge: marked by the police, unmarked by the school and the hospital.
    known(police, "MARA", MARA, REFUGE, sex="F", uprn="10099887766", protected=True, mobile="07700 900801",
          seen=[("2026-10-01", "DOMESTIC", "VICTIM")], related=[("MOTHER OF", "JUNE")])  # fmt: skip
    known(police, "JUNE", JUNE, REFUGE, sex="F", nhs=nhs(404), uprn="10099887766", protected=True,
          seen=[("2026-10-01", "DOMESTIC", "CHILD PRESENT")])  # fmt: skip
    known(
        care,
        "JUNE",
        JUNE,
        REFUGE,
        sex="F",
        restricted=True,
        nhs=nhs(404),
        upn=upn(404),
        plan=("2026-10-03", ""),
    )
    town.school.enrols(
        "JUNE", "June/Quist", JUNE["born"], sex="F", home=REFUGE, upn=upn(404), mother="Mara/Quist"
    )
    town.acute.treated("JUNE", "June/Quist", JUNE["born"], sex="F", home=REFUGE, nhs=nhs(404))
    town.morning("2026-11-20")
