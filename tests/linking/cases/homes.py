"""Homes: flats, pitches, hostels, children's homes, and telephones that everybody has."""

from tests.linking.cases.case import Case, crowd, said

CASES = [
    Case(
        "A block of flats: the same flat joins, a missing flat is no home, another flat is another home",
        {
            "flat 3": said("council", "Amina / Khan", "2014-03-05", home="Flat 3, 12 High Street"),
            "again": said("trust", "Amina / Khan", "2014-03-05", home="3, 12 High Street"),
            "missing": said("police", "Amina / Khan", "2014-03-05", home="12 High Street"),
            "flat 4": said("school", "Amina / Khan", "2014-03-05", home="Flat 4, 12 High Street"),
        },
        """flat 3/again E2; flat 3/missing possible; again/missing possible; flat 3/flat 4 possible; again/flat 4 possible;
        missing/flat 4 possible""",
    ),
    Case(
        "One UPRN for a whole block is no home; a flat's own is",
        {
            "flat 3": said("council", "Amina / Khan", "2014-03-05", home="Flat 3, 12 High Street", uprn="100071"),
            "flat 4": said("trust", "Amina / Khan", "2014-03-05", home="Flat 4, 12 High Street", uprn="100071"),
            "own": said("police", "Jan / Nowak", "2014-03-05", home="14 High Street", uprn="100072"),
            "typed": said("trust", "Jan / Nowak", "2014-03-05", home="41 High Street", uprn="100072"),
        },
        "flat 3/flat 4 possible; own typed E2",
    ),
    Case(
        "A pitch on a Travellers' site is a home like any other; another pitch is another",
        {
            "pitch 4": said("council", "Bridget / Doran", "2014-03-05", home="Pitch 4, Willow Lane Site"),
            "again": said("trust", "Bridget / Doran", "2014-03-05", home="Pitch 4, Willow Lane Site"),
            "pitch 5": said("police", "Bridget / Doran", "2014-03-05", home="Pitch 5, Willow Lane Site"),
        },
        "pitch 4/again E2; pitch 4/pitch 5 possible; again/pitch 5 possible",
    ),
    Case(
        "A hostel with more birthdays than a home has: living there joins nobody",
        {
            "council": said("council", "Peter / Jones", "1980-03-05", home="1 Mill Lane"),
            "trust": said("trust", "Peter / Jones", "1980-03-05", home="1 Mill Lane"),
            **crowd("police", 20, home="1 Mill Lane"),
        },
        "council trust possible",
    ),
    Case(
        "A children's home with six children: each is joined with themselves",
        {
            f"{partner} {name}": said(partner, f"{name} / {family}", born, home="1 Mill Lane")
            for partner in ("council", "police")
            for name, family, born in (
                ("Amina", "Khan", "2010-03-05"), ("Oliver", "Smith", "2011-04-06"), ("Zofia", "Nowak", "2012-05-07"),
            )
        },
        "council Amina/police Amina E2; council Oliver/police Oliver E2; council Zofia/police Zofia E2",
    ),
    Case(
        "A house where all have one birthday: E2 tells nobody who is who, two votes do",
        {
            "zofia": said("council", "Zofia / Nowak", "2000-02-02", home="1 Mill Lane", mobile="z"),
            "zofia too": said("trust", "Zofia / Nowak", "2000-02-02", home="1 Mill Lane", mobile="z"),
            "oliver": said("council", "Oliver / Smith", "2000-02-02", home="1 Mill Lane"),
            "oliver too": said("trust", "Oliver / Smith", "2000-02-02", home="1 Mill Lane"),
        },
        "zofia/zofia too E3; oliver/oliver too possible",
    ),
    Case(
        "A social worker's mobile on fourteen children's records is nobody's personal contact",
        {
            "council": said("council", "Jack / Smith", "2010-03-05", mobile="worker's", school="green"),
            "police": said("police", "Jack / Smith", "2010-03-05", mobile="worker's", school="green"),
            **crowd("council", 13, mobile="worker's"),
        },
        "council police possible",
    ),
    Case(
        "A protected address is compared by nobody: what is left must suffice",
        {
            "council": said("council", "Amina / Khan", "2014-03-05", home="12 High Street", protected=True),
            "trust": said("trust", "Amina / Khan", "2014-03-05", home="12 High Street"),
        },
        "council trust possible",
    ),
]  # fmt: skip
