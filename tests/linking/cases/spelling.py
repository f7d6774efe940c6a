"""One name written in several ways, and one birthday."""

from tests.linking.cases.case import Case, said

CASES = [
    Case(
        "One letter wrong, at one home with one telephone; and the same slip with nothing else to go by",
        {
            "police": said("police", "Amnia / Khan", "2014-03-05", home="12 High Street", mobile="hers"),
            "trust": said("trust", "Amina / Khan", "2014-03-05", home="12 High Street", mobile="hers"),
            "school": said("school", "Amina / Khna", "2014-03-05", home="12 High Street"),
        },
        "police trust E3; trust school possible; police school possible",
    ),
    Case(
        "Sisters a letter and a year apart: two things are off at once",
        {
            "alisha": said("school", "Alisha / Patel", "2014-03-05", home="1 High Street", mobile="m", mother="Ria / Patel"),
            "alesha": said("trust", "Alesha / Patel", "2015-03-05", home="1 High Street", mobile="m", mother="Ria / Patel"),
        },
        "alisha alesha possible",
    ),
    Case(
        "Mohammad, Muhammed and Mohamed at one home: one boy or twins, so possible; in the other order, letter by letter, one",
        {
            "police": said("police", "Mohammad / Yousaf", "2014-03-05", home="12 High Street"),
            "trust": said("trust", "Muhammed / Yousaf", "2014-03-05", home="12 High Street"),
            "council": said("council", "Mohamed / Yousaf", "2014-03-05", home="12 High Street"),
            "school": said("school", "Yousaf / Mohamed", "2014-03-05", home="12 High Street"),
        },
        """police trust possible; police council possible; trust council possible; council school E2;
        police school apart; trust school apart""",
    ),
    Case(
        "A common name and a year: every spelling finds the child as possible, none joins",
        {
            "police": said("police", "Mohammad / Yousaf", "2014", home="12 High Street", mobile="m"),
            "trust": said("trust", "Muhammed / Yousaf", "2014-03-05", home="12 High Street", mobile="m"),
        },
        "police trust possible",
    ),
    Case(
        "Day and month changed places, and a birthday known to the month, with a telephone beside the home",
        {
            "police": said("police", "Ola / Nowak", "2014-05-03", home="12 High Street", mobile="m"),
            "trust": said("trust", "Ola / Nowak", "2014-03-05", home="12 High Street", mobile="m"),
            "school": said("school", "Ola / Nowak", "2014-03", home="12 High Street", mobile="m"),
        },
        "police trust E3; trust school E3; police school together",
    ),
    Case(
        "Kowalski and Kowalska; Okonkwo-Baptiste and Okonkwo: forms of a name, joined by votes and not by home alone",
        {
            "anna": said("police", "Anna / Kowalska", "1990-03-05", home="1 High Street", mobile="m"),
            "ania": said("trust", "Anna / Kowalski", "1990-03-05", home="1 High Street", mobile="m"),
            "long": said("police", "Ada / Okonkwo-Baptiste", "1990-03-05", home="2 High Street"),
            "short": said("trust", "Ada / Okonkwo", "1990-03-05", home="2 High Street"),
        },
        "anna ania E3; long short possible",
    ),
]  # fmt: skip
