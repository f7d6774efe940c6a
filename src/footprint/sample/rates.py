"""THE table of the invented borough: whom each partner knows, what it knows of them, and how often it gets them wrong.

Fixed on 23 November 2026, before anything was linked or tuned, and never to be changed to make a figure better: a change
makes another borough and needs a new date here, its reason in `docs/sample.md`, and all figures measured anew.

The four figures of a row are for police, children's social care, schools, acute trust. A slip's rate is the share of
records *to whom it can happen* (only somebody with a short form can be written by it); slips of one field exclude each
other. Where the figures come from is said in `docs/sample.md`; most are judgement, and said to be.
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
    "known-as": (0.250, 0.250, 0.300, 0.150),  # only the name that everybody says, where it is not the first
    "middle-as-given": (0.012, 0.008, 0.004, 0.006),
    "initial": (0.008, 0.001, 0.000, 0.003),
    "cut": (0.000, 0.000, 0.000, 0.020),  # a field of ten letters, for names that are longer
}
FAMILY: Final[dict[str, Row]] = {
    "typo": (0.012, 0.008, 0.005, 0.009),
    "heard": (0.030, 0.015, 0.005, 0.012),
    "scanned": (0.001, 0.001, 0.001, 0.003),
    "spelling": (0.080, 0.050, 0.020, 0.050),
    "former": (0.250, 0.150, 0.100, 0.300),  # of those whose name has changed within ten years
    "one-part": (0.180, 0.120, 0.060, 0.120),  # of those with two family names
    "joined": (0.250, 0.100, 0.050, 0.200),  # of those with an apostrophe, a hyphen or a space
}
ORDER: Final[dict[str, Row]] = {
    "swapped": (0.008, 0.005, 0.002, 0.006),
    "swapped-foreign": (
        0.050,
        0.030,
        0.015,
        0.040,
    ),  # where the family says its own name first, or has three in a row
}
MIDDLE: Final[dict[str, Row]] = {"missing": (0.350, 0.450, 0.250, 1.000)}  # the A&E feed has no field for it
BIRTH: Final[dict[str, Row]] = {
    "missing": (0.045, 0.006, 0.000, 0.001),
    "year-only": (0.020, 0.003, 0.000, 0.001),  # 1 January of about the right year
    "day-and-month": (0.010, 0.006, 0.003, 0.004),  # only where the day is 12 or less
    "digit": (0.010, 0.006, 0.003, 0.005),
    "year": (0.006, 0.004, 0.001, 0.002),
    "home-office": (0.850, 0.800, 0.600, 0.850),  # of those for whom the Home Office wrote 1 January
}
SEX: Final[dict[str, Row]] = {"missing": (0.030, 0.010, 0.000, 0.004), "wrong": (0.004, 0.003, 0.001, 0.002)}
HOME: Final[dict[str, Row]] = {
    "old": (0.450, 0.200, 0.120, 0.300),  # of those who moved within three years
    "missing": (0.040, 0.010, 0.003, 0.003),
    "flat-missing": (0.180, 0.090, 0.060, 0.120),  # of those who live in a flat
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
    "figures": (0.010, 0.006, 0.000, 0.002),  # fails its check digit
    "superseded": (0.500, 0.500, 0.000, 0.250),  # of those whose number was replaced
    "mothers": (0.000, 0.004, 0.000, 0.012),  # the mother's number on a child under one
}
UPN: Final[Row] = (0.000, 0.700, 0.990, 0.000)
UPN_SLIPS: Final[dict[str, Row]] = {
    "figures": (0.000, 0.004, 0.002, 0.000),
    "temporary": (0.000, 0.000, 0.006, 0.000),  # the school has given one of its own, which ends in a letter
}
MOBILE: Final[Row] = (0.550, 0.500, 0.100, 0.700)  # a school keeps the parents' numbers, not the child's
PARENTS_MOBILE: Final[Row] = (0.150, 0.350, 0.600, 0.850)  # on the record of a child with no number
LANDLINE: Final[Row] = (0.250, 0.300, 0.300, 0.350)
EMAIL: Final[Row] = (0.200, 0.150, 0.000, 0.000)
OLD_PHONE: Final[Row] = (0.200, 0.120, 0.080, 0.120)  # a number that is somebody else's or nobody's now
TWICE: Final[Row] = (0.040, 0.008, 0.003, 0.025)  # the partner holds the person twice, under two ids

LEARNT_OF_MOVE_DAYS: Final[tuple[int, int]] = (7, 60)
"""A partner that does learn of a move or a new name learns of it this many days later."""

CORRECTED: Final = 0.002
"""Share of records, with something wrong in them, that are put right within thirty days of deliveries."""
