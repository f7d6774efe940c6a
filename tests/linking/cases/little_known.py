"""People of whom little is known: one name, no birthday, no home."""

from tests.linking.cases.case import Case, said

CASES = [
    Case(
        "Zarmina has one name: a number joins her records, a home does not",
        {
            "council": said("council", "Zarmina", "1992-06-01", nhs="hers", home="12 High Street"),
            "trust": said("trust", "Zarmina", "1992-06-01", nhs="hers"),
            "police": said("police", "Zarmina", "1992-06-01", home="12 High Street"),
        },
        "council trust E1; council police possible; trust police possible",
    ),
    Case(
        "Two lads whose birthday the Home Office wrote as 1 January, in one house; one of them is quoted by number",
        {
            "council": said("council", "Ahmad / Noori", "2009-01-01", home="12 High Street"),
            "police": said("police", "Ahmad / Noori", "2009-01-01", home="12 High Street"),
            "trust": said("trust", "Ahmad / Noori", "2009-01-01", quotes={"council": "council"}),
        },
        "council trust E1; council police possible; police trust possible",
    ),
    Case(
        "Two lads whose birthday is 1 January, in one house with one GP: two votes beside a year are not enough",
        {
            "council": said("council", "Ahmad / Noori", "2009-01-01", home="12 High Street", gp="green"),
            "police": said("police", "Ahmad / Noori", "2009-01-01", home="12 High Street", gp="green"),
        },
        "council police possible",
    ),
    Case(
        "An age dispute: two birthdays, both official, one of them 1 January",
        {
            "council": said("council", "Ahmad / Noori", "2009-01-01", home="12 High Street", mobile="his"),
            "police": said("police", "Ahmad / Noori", "2008-06-10", home="12 High Street", mobile="his"),
        },
        "council police possible",
    ),
    Case(
        "No fixed abode: no home joins, a telephone and a GP do",
        {
            "police": said("police", "Peter / Jones", "1980-03-05", mobile="his", gp="green"),
            "trust": said("trust", "Peter / Jones", "1980-03-05", mobile="his", gp="green"),
        },
        "police trust E3",
    ),
]  # fmt: skip
