"""Parents and children: one name, one number, one home."""

from tests.linking.cases.case import Case, said

CASES = [
    Case(
        "John Smith and John Smith, father and son, and an incident that names only the house",
        {
            "senior": said("council", "John / Smith", "1975-05-04", home="12 High Street", mobile="m"),
            "junior": said("school", "John / Smith", "2009-05-04", home="12 High Street", mobile="m"),
            "incident": said("police", "John / Smith", home="12 High Street"),
        },
        "senior incident possible; junior incident possible",
    ),
    Case(
        "The mother's NHS number typed on her baby: a lone number never joins",
        {
            "mother": said("council", "Sana / Khan", "1995-03-05", nhs="hers", home="12 High Street"),
            "baby": said("trust", "Aisha / Khan", "2026-03-05", nhs="hers", home="12 High Street"),
            "her again": said("gp", "Sana / Khan", "1995-03-05", nhs="hers"),
        },
        "mother/her again E1",
    ),
    Case(
        "The mother's NHS number typed on both her twins, one of them not yet named",
        {
            "mother": said("council", "Sana / Khan", "1995-03-05", nhs="hers"),
            "baby": said("trust", "Baby / Khan", "2026-03-05", nhs="hers"),
            "adam": said("gp", "Adam / Khan", "2026-03-05", nhs="hers"),
            "ibrahim": said("police", "Ibrahim / Khan", "2026-03-05", nhs="hers"),
            "ebrahim": said("academy", "Ebrahim / Khan", "2026-03-05", nhs="hers"),
        },
        """baby adam possible; baby ibrahim possible; baby ebrahim possible; ibrahim ebrahim possible;
        adam ibrahim possible; adam ebrahim possible""",
    ),
    Case(
        "Baby Khan is named Adam: the number and the birthday carry over. The unborn record is possible until it says more",
        {
            "expected": said("council", "Unborn / Khan", due="2026-03-20", mother="Sana / Khan", home="12 High Street"),
            "newborn": said("trust", "Baby / Khan", "2026-03-05", nhs="his", mother="Sana / Khan", home="12 High Street"),
            "named": said("gp", "Adam / Khan", "2026-03-05", nhs="his"),
        },
        "newborn named E1; expected newborn possible",
    ),
]  # fmt: skip
