"""Numbers: superseded, temporary, quoted, and two where there should be one."""

from tests.linking.cases.case import Case, said

CASES = [
    Case(
        "A superseded NHS number: one partner knows of the new one, another does not",
        {
            "old": said("council", "Amina / Khan", "2014-03-05", nhs="old"),
            "both": said("trust", "Amina / Khan", "2014-03-05", nhs="new", former={"nhs": "old"}),
            "new": said("police", "Amina / Khan", "2014-03-05", nhs="new"),
        },
        "old both E1; both new E1; old new together",
    ),
    Case(
        "Two valid NHS numbers that nobody calls superseded: two people, whatever else they share",
        {
            "one": said("council", "Amina / Khan", "2014-03-05", nhs="one", home="12 High Street", mobile="m"),
            "other": said("trust", "Amina / Khan", "2014-03-05", nhs="other", home="12 High Street", mobile="m"),
        },
        "",
    ),
    Case(
        "A pupil moves school: with a former UPN, and with a temporary one that says nothing",
        {
            "before": said("school", "Amina / Khan", "2014-03-05", upn="first"),
            "after": said("academy", "Amina / Khan", "2014-03-05", upn="second", former={"former-upn": "first"}),
            "here": said("school", "Jan / Nowak", "2014-03-05", upn="his", home="2 High Street"),
            "there": said("academy", "Jan / Nowak", "2014-03-05", temporary_upn="no", home="2 High Street"),
        },
        "before after E1; here there E2",
    ),
    Case(
        "An id that one partner issued and another quotes; an id that two quote, of a record that nobody delivered",
        {
            "issued": said("council", "Amina / Khan", "2014-03-05"),
            "quoted": said("police", "Amina / Khan", "2014-03-05", quotes={"council": "issued"}),
            "file": said("police", "Jan / Nowak", "2014-03-05", quotes={"council": "family-file"}),
            "files": said("trust", "Jan / Nowak", "2014-03-05", quotes={"council": "family-file"}),
        },
        "issued quoted E1; file files possible",
    ),
    Case(
        "A number joins nobody whose name disagrees, and nobody whose birthday is another",
        {
            "amina": said("council", "Amina / Khan", "2014-03-05", nhs="n"),
            "zainab": said("trust", "Zainab / Khan", "2014-03-05", nhs="n"),
            "older": said("police", "Amina / Khan", "2012-07-09", nhs="n"),
        },
        "amina zainab possible; amina older possible",
    ),
    Case(
        "A partner that gives each person one number holds two",
        {
            "first": said("school", "Amina / Khan", "2014-03-05", home="12 High Street", mobile="m", nhs="n"),
            "second": said("school", "Amina / Khan", "2014-03-05", home="12 High Street", mobile="m", nhs="n"),
        },
        "",
    ),
    Case(
        "Cousins: Mohammed and Mohammed, ten days apart in one house and at one school; the police know one of them",
        {
            "first": said("school", "Mohammed / Khan", "2014-05-04", home="12 High Street", school="green"),
            "second": said("school", "Mohammed / Khan", "2014-05-14", home="12 High Street", school="green"),
            "police": said("police", "Mohammed / Khan", "2014-05-04", home="12 High Street", school="green"),
        },
        "first police E2; second police possible",
    ),
]  # fmt: skip
