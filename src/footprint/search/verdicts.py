"""How each field that was asked agrees with a person, in words that a user reads. Says what is so, and weighs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from footprint.comparison import COMPARISONS, UNKNOWN
from footprint.records import Comparable
from footprint.records.codes import IDENTIFIER_SCHEMES
from footprint.search.index import Index
from footprint.search.kernel import OPEN, Flags, Levels

Agreement = Literal["agrees", "close", "differs", "unknown"]

NAMES: Final = tuple(comparison.name for comparison in COMPARISONS)
# The column of a question that asks for a comparison's fact, where it is not all of them that the comparison reads.
_ASKED_BY: Final = {
    "given": ("given_all",),
    "family": ("family_all",),
    "middle": ("middle",),
    "birth": ("birth_year", "birth_month"),
    "sex": ("sex",),
    "place": ("postcodes", "streets", "uprns"),
    "contact": ("mobiles", "landlines", "emails"),
    "identifier": ("identifiers",),
}
# The levels at which what was asked agrees as far as it was asked; other levels above the last are close.
_AGREES: Final = {
    "given": ("exact", "alias"),
    "family": ("exact", "part"),
    "birth": ("exact", "partial"),
    "place": ("residence",),
    "contact": ("personal", "household"),
}
_AGE_WORDS: Final = {"near-year": "the age fits"}
_OTHER_NUMBER: Final = "another number of that kind is known"


class Verdict(msgspec.Struct, frozen=True):
    """How one field agrees, and in words."""

    agreement: Agreement
    words: str
    level: str = ""


UNKNOWN_VERDICT: Final = Verdict("unknown", "not known")


def fields_asked(rows: Sequence[Comparable], years: tuple[int, int]) -> tuple[str, ...]:
    """Return the fields, in the order of declaration, about which the question says something."""
    asked = {
        name
        for name, columns in _ASKED_BY.items()
        if any(getattr(row, column) for row in rows for column in columns)
    }
    if years[0]:
        asked.add("birth")
    return tuple(name for name in NAMES if name in asked)


def verdicts(
    index: Index,
    row: Comparable,
    years: tuple[int, int],
    fields: Sequence[str],
    person: int,
    levels: Levels,
    flags: Flags,
    *,
    exchanged: bool = False,
) -> dict[str, Verdict]:
    """Return for each of `fields` how the person agrees; `levels` are those over all of the person's known records.

    `exchanged`: they are those of the two names in each other's place.
    """
    found = {field: _verdict(field, int(levels[NAMES.index(field)]), years) for field in fields}
    if (
        "identifier" in found
        and found["identifier"].agreement == "unknown"
        and _has_other_number(index, row, person, flags)
    ):
        found["identifier"] = Verdict("differs", _OTHER_NUMBER)
    if exchanged:
        found |= {name: _exchanged(found[name]) for name in ("given", "family")}
    if "place" in found:
        found["place"] = _place(found["place"], row, has_moved=_has_moved(index, person, flags))
    return found


def _exchanged(found: Verdict) -> Verdict:
    """Return the verdict on a name that agrees in the other's place: near, and never more."""
    return Verdict("close", f"{found.words}; given and family name changed places", "crossed")


def _place(found: Verdict, row: Comparable, *, has_moved: bool) -> Verdict:
    """Return the verdict on the place, with what must be said beside it."""
    if found.level == "postcode" and not (row.streets or row.residences or row.uprns):
        found = msgspec.structs.replace(found, agreement="agrees")  # no more than the postcode was asked
    if has_moved and found.agreement in ("agrees", "close"):
        found = msgspec.structs.replace(
            found, words=f"{found.words}; another address is known too, then or now"
        )
    return found


def _verdict(field: str, level: int, years: tuple[int, int]) -> Verdict:
    comparison = COMPARISONS[NAMES.index(field)]
    if level == UNKNOWN or (comparison.positive_only and level == comparison.else_level):
        return UNKNOWN_VERDICT
    if level == comparison.else_level:
        words = "the age does not fit" if field == "birth" and years[0] else comparison.otherwise
        return Verdict("differs", words, "else")
    declared = comparison.levels[level]
    words = _AGE_WORDS.get(declared.label, declared.words) if years[0] else declared.words
    agrees = declared.label in _AGREES.get(field, (comparison.levels[0].label,))
    return Verdict("agrees" if agrees else "close", words, declared.label)


def _has_other_number(index: Index, row: Comparable, person: int, flags: Flags) -> bool:
    """Say whether the person is known by another number of a kind that was asked for. A partner may give several of its own."""
    schemes = {number.partition(":")[0] for number in row.identifiers} & IDENTIFIER_SCHEMES.keys()
    known = (number for record in index.known(person, flags) for number in index.texts(record, "identifiers"))
    return any(number.partition(":")[0] in schemes for number in known)


def _has_moved(index: Index, person: int, flags: Flags) -> bool:
    """Say whether the person's known records name more than one building."""
    records = (record for record in index.known(person, flags) if flags[record] == OPEN)
    return len({postcode for record in records for postcode in index.texts(record, "postcodes")}) > 1
