"""Ethnicity in the scheme in which it was said, with a label, and the five broad groups in which the schemes meet.

What a person said of themselves and what an officer saw (IC codes) are different facts: the second never stands for the
first. Nothing here is compared when records are matched. Sources: DfE school census code set; ONS Census 2021
classification 20b; Home Office 16+1; NHS Data Dictionary; police officer-observed IC codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from footprint.records.person import Ethnicity
from footprint.records.reading import Reading
from footprint.records.text import tidy


class Meaning(NamedTuple):
    """A code's label, and its broad group: white, mixed, asian, black, other, or empty where the code says none."""

    label: str
    group: str


OBSERVED_SCHEME: Final = "ic"

# One row: label, broad group, then its code in dfe, ons-2021, police and nhs ("" where the scheme has none).
_ROWS: Final = (
    ("White British", "white", "WBRI", "13", "W1", "A"),
    ("White Irish", "white", "WIRI", "14", "W2", "B"),
    ("Gypsy or Irish Traveller", "white", "WIRT", "15", "", ""),
    ("Roma", "white", "WROM", "16", "", ""),
    ("Any other White background", "white", "WOTH", "17", "W9", "C"),
    ("White and Black Caribbean", "mixed", "MWBC", "11", "M1", "D"),
    ("White and Black African", "mixed", "MWBA", "10", "M2", "E"),
    ("White and Asian", "mixed", "MWAS", "9", "M3", "F"),
    ("Any other Mixed background", "mixed", "MOTH", "12", "M9", "G"),
    ("Indian", "asian", "AIND", "3", "A1", "H"),
    ("Pakistani", "asian", "APKN", "4", "A2", "J"),
    ("Bangladeshi", "asian", "ABAN", "1", "A3", "K"),
    ("Chinese", "asian", "CHNE", "2", "O1", "R"),
    ("Any other Asian background", "asian", "AOTH", "5", "A9", "L"),
    ("Black Caribbean", "black", "BCRB", "7", "B1", "M"),
    ("Black African", "black", "BAFR", "6", "B2", "N"),
    ("Any other Black background", "black", "BOTH", "8", "B9", "P"),
    ("Arab", "other", "", "18", "", ""),
    ("Any other ethnic group", "other", "OOTH", "19", "O9", "S"),
    ("Refused", "", "REFU", "", "", ""),
    ("Not stated or not obtained", "", "NOBT", "", "NS", "Z"),
)
_COLUMNS: Final = ("dfe", "ons-2021", "police", "nhs")

# Written only by officers, from sight. The groups are those of the officer's form, not of the person.
_OBSERVED: Final = {
    "IC0": Meaning("Not known (seen by an officer)", ""),
    "IC1": Meaning("White, north European (seen by an officer)", "white"),
    "IC2": Meaning("White, south European (seen by an officer)", "white"),
    "IC3": Meaning("Black (seen by an officer)", "black"),
    "IC4": Meaning("South Asian (seen by an officer)", "asian"),
    "IC5": Meaning("Chinese, Japanese or south-east Asian (seen by an officer)", "asian"),
    "IC6": Meaning("Middle Eastern or Arab (seen by an officer)", "other"),
    "IC9": Meaning("Not known (seen by an officer)", ""),
}

SCHEMES: Final[dict[str, dict[str, Meaning]]] = {
    scheme: {row[place]: Meaning(row[0], row[1]) for row in _ROWS if row[place]}
    for place, scheme in enumerate(_COLUMNS, start=2)
} | {OBSERVED_SCHEME: _OBSERVED}

#: Schemes whose codes are known on sight.
_TELLING: Final = ("dfe", "police", OBSERVED_SCHEME)


def read_ethnicity(text: str, scheme: str) -> Reading[Ethnicity | None]:
    """Return an ethnicity said in a scheme of `SCHEMES`, or None and the reason. An empty text says nothing at all."""
    code = "".join(tidy(text).upper().split())
    if not code:
        return Reading(None)
    if code not in SCHEMES.get(scheme, {}):
        return Reading(None, f"This is not a code of the ethnicity scheme '{scheme}'.")
    return Reading(Ethnicity(code=code, scheme=scheme, observed=scheme == OBSERVED_SCHEME))


def meaning(ethnicity: Ethnicity) -> Meaning:
    """Return the label and broad group of an ethnicity; a code that no scheme knows is its own label, of no group."""
    return SCHEMES.get(ethnicity.scheme, {}).get(ethnicity.code, Meaning(ethnicity.code, ""))


def in_words(text: str) -> str:
    """Return a text with the label of the code that it is, "Pakistani (A2)"; any other text as it stands.

    Only codes that nobody writes by chance: a lone letter or number of the other schemes may be anything.
    """
    code = "".join(tidy(text).upper().split())
    labels = [SCHEMES[scheme][code].label for scheme in _TELLING if code in SCHEMES[scheme]]
    return f"{labels[0]} ({code})" if labels else text


def self_defined(ethnicities: Iterable[Ethnicity]) -> tuple[Ethnicity, ...]:
    """Return what the person said, without what anybody saw."""
    return tuple(one for one in ethnicities if not one.observed and one.scheme != OBSERVED_SCHEME)
