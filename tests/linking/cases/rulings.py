"""What stewards ruled: same, different, disputed."""

from tests.linking.cases.case import Case, said

CASES = [
    Case(
        "A steward's same joins what no rule would; a number that differs is stronger, and is said",
        {
            "one": said("council", "Amina / Khan", "2014-03-05"),
            "other": said("trust", "Zainab / Malik", "2010-07-09"),
            "numbered": said("police", "Jan / Nowak", "2014-03-05", nhs="one"),
            "otherwise": said("school", "Jan / Nowak", "2014-03-05", nhs="other"),
        },
        "one other E4; numbered otherwise possible",
        (("same", "one", "other"), ("same", "numbered", "otherwise")),
    ),
    Case(
        "A steward's different: not even possible, nor is anybody who is one of the two with the other",
        {
            "one": said("council", "Amina / Khan", "2014-03-05", home="12 High Street", nhs="n"),
            "one too": said("gp", "Amina / Khan", "2014-03-05", nhs="n"),
            "other": said("police", "Amina / Khan", "2014-03-05", home="12 High Street"),
        },
        "one/one too E1",
        (("different", "one", "other"),),
    ),
    Case(
        "A dispute: possible for everyone until it is settled, and no chain of records gets round it",
        {
            "one": said("council", "Amina / Khan", "2014-03-05", nhs="n"),
            "other": said("trust", "Amina / Khan", "2014-03-05", nhs="n"),
            "third": said("police", "Amina / Khan", "2014-03-05", nhs="n"),
        },
        "one other possible; one third E1; other third possible",
        (("disputed", "one", "other"),),
    ),
    Case(
        "A dispute about two records that nothing brings together is still shown",
        {
            "one": said("council", "Amina / Khan", "2014-03-05"),
            "other": said("trust", "Oliver / Smith", "1980-07-09"),
        },
        "one other possible",
        (("disputed", "one", "other"),),
    ),
]  # fmt: skip
