"""THE table of the invented borough: whom each partner knows, what it knows of them, and how often it gets them wrong.

Fixed on 23 November 2026, before anything was linked or tuned, and never to be changed to make a figure better: a change
makes another borough and needs a new date here, its reason in `docs/sample.md`, and all figures measured anew.

The four figures of a row are for police, children's social care, schools, acute trust. A slip's rate is the share of
records *to whom it can happen* (only somebody with a short form can be written by it); slips of one field exclude each
other. Where the figures come from is said in `docs/sample.md`; most are judgement, and said to be. The page
`docs/sample-rates.md` is made from this file.
"""

from __future__ import annotations

from typing import Final

POLICE, SOCIAL_CARE, SCHOOLS, ACUTE = "police", "social-care", "schools", "acute"
PARTNERS: Final = (POLICE, SOCIAL_CARE, SCHOOLS, ACUTE)
Row = tuple[float, float, float, float]

GIVEN: Final[dict[str, Row]] = {
    "typo": (0.015, 0.010, 0.006, 0.010),
    "heard": (0.030, 0.015, 0.005, 0.012),
    "scanned": (0.001, 0.001, 0.001, 0.004),
    "nickname": (0.100, 0.060, 0.030, 0.040),
    "spelling": (0.120, 0.070, 0.030, 0.070),
    "known-as": (0.250, 0.250, 0.300, 0.150),
    "middle-as-given": (0.012, 0.008, 0.004, 0.006),
    "initial": (0.008, 0.001, 0.000, 0.003),
    "cut": (0.000, 0.000, 0.000, 0.020),
}
FAMILY: Final[dict[str, Row]] = {
    "typo": (0.012, 0.008, 0.005, 0.009),
    "heard": (0.030, 0.015, 0.005, 0.012),
    "scanned": (0.001, 0.001, 0.001, 0.003),
    "spelling": (0.080, 0.050, 0.020, 0.050),
    "former": (0.250, 0.150, 0.100, 0.300),
    "one-part": (0.180, 0.120, 0.060, 0.120),
    "joined": (0.250, 0.100, 0.050, 0.200),
}
ORDER: Final[dict[str, Row]] = {
    "swapped": (0.008, 0.005, 0.002, 0.006),
    "swapped-foreign": (
        0.050,
        0.030,
        0.015,
        0.040,
    ),
}
MIDDLE: Final[dict[str, Row]] = {"missing": (0.350, 0.450, 0.250, 1.000)}  # the A&E feed has no field for it
BIRTH: Final[dict[str, Row]] = {
    "missing": (0.045, 0.006, 0.000, 0.001),
    "year-only": (0.020, 0.003, 0.000, 0.001),
    "day-and-month": (0.010, 0.006, 0.003, 0.004),
    "digit": (0.010, 0.006, 0.003, 0.005),
    "year": (0.006, 0.004, 0.001, 0.002),
    "home-office": (0.850, 0.800, 0.600, 0.850),
}
SEX: Final[dict[str, Row]] = {"missing": (0.030, 0.010, 0.000, 0.004), "wrong": (0.004, 0.003, 0.001, 0.002)}
HOME: Final[dict[str, Row]] = {
    "old": (0.450, 0.200, 0.120, 0.300),
    "missing": (0.040, 0.010, 0.003, 0.003),
    "flat-missing": (0.180, 0.090, 0.060, 0.120),
    "flat-wrong": (0.020, 0.010, 0.008, 0.012),
    "number-wrong": (0.008, 0.004, 0.003, 0.006),
    "street-typo": (0.015, 0.008, 0.006, 0.012),
}
POSTCODE: Final[dict[str, Row]] = {
    "missing": (0.120, 0.020, 0.006, 0.008),
    "typo": (0.012, 0.007, 0.006, 0.009),
}
UPRN: Final[dict[str, Row]] = {"present": (0.550, 0.700, 0.250, 0.000)}

NHS_CHILD: Final[Row] = (0.040, 0.600, 0.000, 0.960)
NHS_ADULT: Final[Row] = (0.060, 0.250, 0.000, 0.930)
NHS_SLIPS: Final[dict[str, Row]] = {
    "figures": (0.010, 0.006, 0.000, 0.002),
    "superseded": (0.500, 0.500, 0.000, 0.250),
    "mothers": (0.000, 0.004, 0.000, 0.012),
}
UPN: Final[Row] = (0.000, 0.700, 0.990, 0.000)
UPN_SLIPS: Final[dict[str, Row]] = {
    "figures": (0.000, 0.004, 0.002, 0.000),
    "temporary": (0.000, 0.000, 0.006, 0.000),
}
MOBILE: Final[Row] = (0.550, 0.500, 0.100, 0.700)
PARENTS_MOBILE: Final[Row] = (0.150, 0.350, 0.600, 0.850)
LANDLINE: Final[Row] = (0.250, 0.300, 0.300, 0.350)
EMAIL: Final[Row] = (0.200, 0.150, 0.000, 0.000)
OLD_PHONE: Final[Row] = (0.200, 0.120, 0.080, 0.120)
TWICE: Final[Row] = (0.040, 0.008, 0.003, 0.025)

LEARNT_OF_MOVE_DAYS: Final[tuple[int, int]] = (7, 60)
"""A partner that does learn of a move or a new name learns of it this many days later."""

CORRECTED: Final = 0.002
"""Share of records, with something wrong in them, that are put right within thirty days of deliveries."""

TABLES: Final[dict[str, dict[str, Row]]] = {
    "given name": GIVEN,
    "family name": FAMILY,
    "order of names": ORDER,
    "middle name": MIDDLE,
    "birthday": BIRTH,
    "sex": SEX,
    "home": HOME,
    "postcode": POSTCODE,
    "UPRN": UPRN,
    "NHS number, wrong": NHS_SLIPS,
    "UPN, wrong": UPN_SLIPS,
    "known at all": {
        "NHS number of a child": NHS_CHILD,
        "NHS number of an adult": NHS_ADULT,
        "UPN": UPN,
        "mobile": MOBILE,
        "a parent's mobile": PARENTS_MOBILE,
        "landline": LANDLINE,
        "e-mail": EMAIL,
    },
    "other": {"mobile of long ago": OLD_PHONE, "held twice": TWICE},
}
"""All of the above by the field that goes wrong, for whoever prints or tests it."""

TO_WHOM: Final[dict[str, str]] = {
    "scanned": "a scanner's reading: 1 for l, rn for m",
    "heard": "written by ear",
    "nickname": "those with a short form",
    "spelling": "names with several spellings",
    "known-as": "those whom everybody calls by another name than the first",
    "middle-as-given": "those with a middle name",
    "cut": "given names of more than ten letters: the field has no more room",
    "former": "those whose name changed within ten years",
    "one-part": "those with two family names",
    "joined": "names with an apostrophe, a hyphen or a space",
    "swapped-foreign": "where families say their own name first, or have three in a row",
    "year-only": "1 January of the right year, where nobody asked for more",
    "day-and-month": "days up to the twelfth",
    "home-office": "those for whom the Home Office wrote 1 January",
    "old": "those who moved within three years",
    "flat-missing": "those who live in a flat",
    "flat-wrong": "those who live in a flat",
    "superseded": "those whose number was replaced",
    "mothers": "children under one: the mother's number",
    "temporary": "a number of the school's own, which ends in a letter",
    "a parent's mobile": "those with no number of their own",
    "mobile of long ago": "a number that is nobody's now",
    "held twice": "two records of one person, under two ids (patients: of those who came more than once)",
}
"""To whom a slip can happen, or what it is, where its name does not say."""
