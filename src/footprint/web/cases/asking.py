"""From what was typed on a page to a question, and from a question to what is wrong with it, field by field.

The only module of the pages that reads terms. It asks nothing: `answering` does, inside a look-up.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import msgspec

from footprint.records import Address
from footprint.records.address_tables import UNITS
from footprint.records.addressing import part_of, read_place
from footprint.records.postcodes import check_postcode
from footprint.records.reading_addresses import parse_address
from footprint.search import NotUnderstood, Question, question_from
from footprint.search.outcome import missing

#: What may be typed of a person, as the form's fields name it.
PERSON_FIELDS: Final = (
    "given", "family", "born", "place", "one_name", "middle", "sex", "nhs", "upn", "phone", "email", "reference",
)  # fmt: skip
#: The form's field for each term of a question; every other term is a field of its own name.
_FIELDS: Final = {"name": "given", "one-name": "one_name", "address": "place", "postcode": "place"}


#: What the ledger calls a family name that was left empty, and taken from the person above.
_ASSUMED: Final = "family-of-the-person-above"


class Wrong(NamedTuple):
    """What is to be put right: the field, and the sentence that says how. `is_too_little`: it can be read, and more is needed."""

    field: str
    sentence: str
    is_too_little: bool = False


def field_of(term: str) -> str:
    """Return the form's field in which a term of a question is typed."""
    return _FIELDS.get(term, term)


def terms_of(typed: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed of a person as the terms of a question."""
    terms = {field: _said(typed, field) for field in PERSON_FIELDS if field not in ("place", "one_name")}
    terms["one-name"] = "yes" if typed.get("one_name") else ""
    place = _said(typed, "place")
    is_postcode = not check_postcode(place).reason
    terms["postcode" if is_postcode else "address"] = place
    return {term: text for term, text in terms.items() if text}


def question_of(typed: Mapping[str, Any], day: dt.date) -> Question:
    """Return the question that was typed; `day` is the day of the data, on which nobody of tomorrow is born."""
    return question_from(terms_of(typed), latest=day)


def wrong_with(typed: Mapping[str, Any], day: dt.date) -> Wrong | None:
    """Return what cannot be read of what was typed of a person, or what more is needed to ask; None where all is well."""
    try:
        question = question_of(typed, day)
    except NotUnderstood as error:
        return Wrong(field_of(error.term), str(error))
    need = missing(question)
    return Wrong(field_of(need.add[0]), need.sentence, is_too_little=True) if need else None


def family_of(terms: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what was typed of each person of a family; who has no family name of their own has that of the person before."""
    people: list[dict[str, Any]] = []
    name = ""
    for typed in terms["people"]:
        name = _said(typed, "family") or name
        people.append(dict(typed) if typed.get("one_name") else {**typed, "family": name})
    return people


def _assumed(terms: Mapping[str, Any]) -> list[bool]:
    """Of each person of a family, whether their family name is that of the person before: tried, and not known of them."""
    pairs = zip(terms["people"], family_of(terms), strict=True)
    return [bool(_said(tried, "family")) and not _said(typed, "family") for typed, tried in pairs]


def member_of(terms: Mapping[str, Any], number: str) -> dict[str, Any]:
    """Return what was typed of one person of a family, by their place in it; nothing where there is nobody."""
    people = family_of(terms)
    if not number.isdecimal() or int(number) >= len(people):
        return {}
    return {**people[int(number)], "place": _said(terms, "place")}


def family_questions(terms: Mapping[str, Any], day: dt.date) -> list[Question]:
    """Return the question about each person of a family, all of whom may live at its address."""
    place = _said(terms, "place")
    return [
        msgspec.structs.replace(question_of({**typed, "place": place}, day), is_family_assumed=is_assumed)
        for typed, is_assumed in zip(family_of(terms), _assumed(terms), strict=True)
    ]


def questions_of(kind: str, terms: Mapping[str, Any], day: dt.date) -> list[Question]:
    """Return the questions about people in what was typed; of an address there is none."""
    if kind == "family":
        return family_questions(terms, day)
    return [question_of(terms, day)] if kind == "person" else []


def family_address(terms: Mapping[str, Any]) -> Address | None:
    """Return the address of a family whose household is to be shown: a postcode alone names none."""
    place = _said(terms, "place")
    return parse_address(place) if place and check_postcode(place).reason else None


def address_of(terms: Mapping[str, Any]) -> Address:
    """Return the address that was typed, with the flat that was typed apart."""
    place = _said(terms, "place")
    return parse_address(", ".join(filter(None, (flat_of(_said(terms, "flat"), place), place))))


def flat_of(typed: str, place: str = "") -> str:
    """Return what was typed as the flat with what it is called: "7" is "Flat 7", on a site "Pitch 7"; "Unit 4" is left."""
    called = re.match(r"[a-z]*", typed.lower())
    if not typed or (called and called[0] in UNITS):
        return typed
    homes = [building.partition("|")[2] for building in read_place(parse_address(place)).buildings]
    part, _ = part_of(homes[0] if homes else "")
    return f"{part.capitalize()} {typed}"


def family_terms(terms: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed of a family in one table, as the ledger seals it. A family name that was tried has another name."""
    people = {
        f"{number}.{_ASSUMED if term == 'family' and is_assumed else term}": text
        for number, (typed, is_assumed) in enumerate(
            zip(family_of(terms), _assumed(terms), strict=True), start=1
        )
        for term, text in terms_of(typed).items()
    }
    return {**people, "address": _said(terms, "place")}


def _said(typed: Mapping[str, Any], field: str) -> str:
    return str(typed.get(field) or "").strip()
