"""What a user asks, as values: names in any order, a birthday in part or an age, a place, a number. And how typed terms are read.

Knows nothing of the index. What cannot be read is said at once and never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

import msgspec

from footprint.records import (
    Address,
    Comparable,
    ContactPoint,
    Identifier,
    Name,
    PartialDate,
    Record,
    RecordKey,
)
from footprint.records.codes import IDENTIFIER_SCHEMES
from footprint.records.comparing import comparable, reference
from footprint.records.identifying import check
from footprint.records.reading_addresses import parse_address
from footprint.records.reading_dates import read_date
from footprint.records.text import fold

OLDEST: Final = 120
_AGE: Final = re.compile(
    r"^(?P<about>about|approx(?:imately)?\.?|around|roughly|circa|c\.?|~|maybe)?\s*"
    r"(?P<from>\d{1,3})\s*(?:(?:-|to|or)\s*(?P<to>\d{1,3}))?\s*(?P<unit>months?|mths?|weeks?|days?|years?|yrs?|y/?o|y)?\s*(?:old)?$"
)
_UNDER_ONE: Final = ("m", "w", "d")
_SEXES: Final = {
    "m": "M",
    "male": "M",
    "boy": "M",
    "man": "M",
    "f": "F",
    "female": "F",
    "girl": "F",
    "woman": "F",
}
_WILDCARDS: Final = re.compile(r"[*%?_]")
_NAME_TERMS: Final = ("name", "given", "middle", "family")
TERMS: Final = (
    *_NAME_TERMS,
    "one-name",
    "born",
    "sex",
    "address",
    "postcode",
    "phone",
    "email",
    "reference",
    *IDENTIFIER_SCHEMES,
)
_NOBODY: Final = RecordKey("question", "asked", "1")


class NotUnderstood(ValueError):
    """A term cannot be read. `term` names it, the message says what to write instead."""

    def __init__(self, term: str, sentence: str) -> None:
        super().__init__(sentence)
        self.term = term


class Age(msgspec.Struct, frozen=True):
    """An age in whole years on the day of the data, give or take `tolerance` years."""

    years: int
    tolerance: int = 0


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the person looked for; every field may be empty.

    `full_name` is a name in one line, in whatever order. `reference` is a partner's own number: PARTNER/SCHEME/ID, or the
    ID alone. An `age` counts only where no birthday is said. `is_family_assumed`: the family name was said of another of the
    family, and is tried.
    """

    given: str = ""
    middle: str = ""
    family: str = ""
    full_name: str = ""
    birth: PartialDate | None = None
    age: Age | None = None
    sex: str = ""
    address: Address | None = None
    postcode: str = ""
    identifiers: tuple[Identifier, ...] = ()
    phone: str = ""
    email: str = ""
    reference: str = ""
    is_family_assumed: bool = False


def question_from(terms: Mapping[str, str], *, latest: dt.date | None = None) -> Question:
    """Return the question that typed terms ask; a name of TERMS each. Raises NotUnderstood for one that cannot be read.

    `born` takes a date, a part of one ("2015", "March 2015") or an age ("7", "about 7", "6-8", "8 months"). Whatever stands in
    `one-name` says that the one word among the names is all the name that the person has.
    """
    said = {term: text.strip() for term, text in terms.items() if text.strip()}
    for term in said:
        if term not in TERMS:
            raise NotUnderstood(term, f"'{term}' is nothing to search by. Use one of: {', '.join(TERMS)}.")
    for term in _NAME_TERMS:
        if _WILDCARDS.search(said.get(term, "")):
            raise NotUnderstood(
                term, "Write the name as far as you know it, without * or %. Spellings are searched anyway."
            )
    if "one-name" in said:
        said = _with_one_name(said)
    birth, age = _born(said.get("born", ""), latest)
    return Question(
        given=said.get("given", ""),
        middle=said.get("middle", ""),
        family=said.get("family", ""),
        full_name=said.get("name", ""),
        birth=birth,
        age=age,
        sex=_sex(said.get("sex", "")),
        address=parse_address(said["address"], postcode=said.get("postcode", ""))
        if "address" in said
        else None,
        postcode=said.get("postcode", ""),
        identifiers=tuple(
            _identifier(scheme, said[scheme]) for scheme in IDENTIFIER_SCHEMES if scheme in said
        ),
        phone=said.get("phone", ""),
        email=said.get("email", ""),
        reference=said.get("reference", ""),
    )


def _with_one_name(said: dict[str, str]) -> dict[str, str]:
    """Return the terms with the one word among the names as the whole name, which may stand in either place."""
    names = [said[term] for term in _NAME_TERMS if term in said]
    if len(names) != 1 or len(fold(names[0]).split()) != 1:
        raise NotUnderstood(
            "one-name", "Write the one name only, in one word; or do not say that it is the only one."
        )
    return {term: text for term, text in said.items() if term not in _NAME_TERMS} | {"name": names[0]}


def _born(text: str, latest: dt.date | None) -> tuple[PartialDate | None, Age | None]:
    said = " ".join(text.lower().split())
    if found := _AGE.match(said):
        first, last = int(found["from"]), int(found["to"] or found["from"])
        if found["unit"] and found["unit"].startswith(_UNDER_ONE):
            return None, Age(0, 1)
        if first <= last <= OLDEST:
            middle = (first + last + 1) // 2
            return None, Age(middle, max(middle - first, last - middle, 1 if found["about"] else 0))
    read = read_date(text, "dmy", latest)
    if text and read.value is None:
        raise NotUnderstood("born", read.reason or "Write a date, a year, or an age such as 'about 7'.")
    birth = read.value
    if birth and birth.year and birth.month is None and "E" in birth.accuracy and latest:
        return None, Age(latest.year - birth.year, 1)  # about 2015
    return birth, None


def _sex(text: str) -> str:
    if text and text.lower() not in _SEXES:
        raise NotUnderstood("sex", "Write the sex as M or F, or leave it out.")
    return _SEXES.get(text.lower(), "")


def _identifier(scheme: str, text: str) -> Identifier:
    read = check(scheme, text)
    if read.reason:
        raise NotUnderstood(scheme, read.reason)
    return Identifier(scheme=scheme, value=read.value)


def place_asked(question: Question) -> Address | None:
    """Return the address of the question, its postcode alone where no more is said, or None."""
    if question.address:
        return question.address
    return Address(postcode=question.postcode) if question.postcode else None


def readings(question: Question, schemes: tuple[str, ...] = ()) -> list[Comparable]:
    """Return the question as comparable rows: one, or for a name in one line two, since nobody said which name comes first.

    `schemes` ("PARTNER/SCHEME") are those under which a reference without a scheme is looked for.
    """
    address = place_asked(question)
    contacts = [ContactPoint(kind=kind, value=value) for kind, value in _reached(question) if value]
    record = Record(
        key=_NOBODY,
        names=(
            Name(
                given=question.given, middle=question.middle, family=question.family, full=question.full_name
            ),
        ),
        birth=question.birth,
        sex=question.sex,
        addresses=(address,) if address else (),
        identifiers=question.identifiers,
        contacts=tuple(contacts),
    )
    row = comparable(record)
    own = reference(f"{_NOBODY.partner}/{_NOBODY.scheme}", _NOBODY.id)
    numbers = [number for number in row.identifiers if number != own]
    row = msgspec.structs.replace(row, identifiers=numbers + _referred(question.reference, schemes))
    if question.given or question.family or not question.full_name:
        return [row]
    return [row, exchanged(row)]


def _reached(question: Question) -> tuple[tuple[str, str], ...]:
    return ("landline", question.phone), ("email", question.email)


def _referred(text: str, schemes: tuple[str, ...]) -> list[str]:
    if not text.strip():
        return []
    try:
        key = RecordKey.parse(text.strip())
    except ValueError:
        return [
            reference(scheme, text) for scheme in ("", *schemes)
        ]  # asked, even where no scheme is to be known
    return [reference(f"{key.partner}/{key.scheme}", key.id)]


def exchanged(row: Comparable) -> Comparable:
    """Return the row with given and family name exchanged."""
    return msgspec.structs.replace(
        row,
        given=row.family,
        family=row.given,
        given_letters=row.family_letters,
        family_letters=row.given_letters,
        given_all=row.family_all,
        family_all=row.given_all,
        given_codes=row.family_codes,
        family_codes=row.given_codes,
        given_kin=[],
    )


def years_of(question: Question, day: dt.date) -> tuple[int, int]:
    """Return the first and last year of birth that the question's age allows on `day`; (0, 0) where it says none."""
    if question.age is None or question.birth is not None:
        return 0, 0
    oldest = question.age.years + question.age.tolerance
    youngest = max(0, question.age.years - question.age.tolerance)
    return day.year - oldest - 1, day.year - youngest


def is_one_word(question: Question) -> bool:
    """Say whether the whole name is one word, which may be all the name that the person has."""
    names = (question.given, question.middle, question.family, question.full_name)
    return sum(len(fold(name).split()) for name in names) == 1
