"""What each section of a contract does with the values of a row: where in a draft they belong.

One function a section, in one table at the end. A section's values come as {our field: text}, codes already ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

import msgspec

from footprint.feeds import reading_fields as read
from footprint.feeds.drafts import Book, Draft
from footprint.feeds.reading_fields import Place
from footprint.records import (
    Address,
    Ethnicity,
    Identifier,
    Name,
    PartialDate,
    Relationship,
    Setting,
)
from footprint.records.addressing import read_place
from footprint.records.identifying import check
from footprint.records.name_tables import PARTICLES
from footprint.records.postcodes import check_postcode
from footprint.records.reading_addresses import parse_address
from footprint.records.text import fold

Said = dict[str, str]
Put = Callable[[Draft, Said, Place, Book], None]

#: What the other is to a person when that person is this to the other. Kinds that say nothing backwards are left out.
INVERSE: Final = {
    "mother": "child",
    "father": "child",
    "parent": "child",
    "step-parent": "child",
    "foster-parent": "child",
    "adoptive-parent": "child",
    "child": "parent",
    "grandparent": "other-relative",
    "sibling": "sibling",
    "half-sibling": "half-sibling",
    "twin": "twin",
    "partner": "partner",
    "former-partner": "former-partner",
    "household": "household",
    "other-relative": "other-relative",
}
#: Keys of the Standard Safeguarding Dataset's addr_address_json -> our fields.
_JSON_ADDRESS: Final = {
    "ROOM": "flat",
    "FLOOR": "flat",
    "FLAT": "flat",
    "BUILDING": "building",
    "HOUSE": "number",
    "STREET": "street",
    "TOWN": "town",
    "UPRN": "uprn",
}

#: A former surname or an alias often stands alone in its field; a name that somebody goes by is never a surname only.
_WHOLE_NAMES: Final = frozenset({"usual", "official"})
_WORDS_OF_A_WHOLE_NAME: Final = 3


def put_person(draft: Draft, said: Said, place: Place, book: Book) -> None:
    """Put what a row says about the person. Two different birthdays or sexes: the first stays, the second is reported."""
    draft.introduced = True
    names: dict[str, dict[str, str]] = {}
    for field, value in said.items():
        section, _, rest = field.partition(".")
        if section == "name":
            use, _, part = rest.rpartition(".")
            if clean := read.text(value, field, place):
                names.setdefault(use or "usual", {})[part] = clean
        elif rest:
            _DOTTED[section](draft, rest, value, field, place)
        else:
            _put_plain(draft, field, value, place)
    for use, parts in names.items():
        draft.add(_name(use, parts))


def _name(use: str, parts: dict[str, str]) -> Name:
    """Return a name; three in the family's field and none beside it, as of Hodan Warsame Jama, are one in an unknown order."""
    words = parts["family"].split() if parts.keys() == {"family"} and use in _WHOLE_NAMES else []
    if len(words) >= _WORDS_OF_A_WHOLE_NAME and PARTICLES.isdisjoint(map(fold, words)):
        return Name(use=use, full=parts["family"])
    return Name(use=use, **parts)


def _put_plain(draft: Draft, field: str, value: str, place: Place) -> None:
    if field == "protected":
        draft.protected = draft.protected or bool(value)
        return
    found: PartialDate | str | None
    if field in ("birth", "death"):
        found = read.birthday(value, field, place)
    elif field == "expected":
        found = read.expected_date(value, field, place)
    else:
        found = read.text(value, field, place)
    if not found:
        return
    known = getattr(draft, field)
    if known and known != found:
        place.say("set aside", field, "Another row of this person says otherwise: the first value stays.")
        return
    if field == "death" and _before(found, draft.birth):
        place.say("set aside", field, "The death lies before the birth.")
        return
    setattr(draft, field, found)


def _before(day: PartialDate | str, other: PartialDate | None) -> bool:
    return bool(
        isinstance(day, PartialDate) and other and day.whole and other.whole and day.whole < other.whole
    )


def _put_identifier(draft: Draft, scheme: str, value: str, field: str, place: Place) -> None:
    if found := read.identifier(scheme, value, field, place):
        draft.add(found)


def _put_ethnicity(draft: Draft, rest: str, value: str, field: str, place: Place) -> None:
    scheme, _, observed = rest.partition(".")
    if clean := read.text(value, field, place):
        draft.add(Ethnicity(code=clean, scheme=scheme, observed=bool(observed)))


def _put_contact(draft: Draft, kind: str, value: str, field: str, place: Place) -> None:
    if found := read.contact_point(kind, value, field, place):
        draft.add(found)


def _put_person_setting(draft: Draft, kind: str, value: str, field: str, place: Place) -> None:
    if code := read.code(_SETTING_SCHEMES[kind], value, field, place):
        draft.add(Setting(kind=kind, code=code))


_SETTING_SCHEMES: Final = {"school": "laestab", "gp": "ods"}
_DOTTED: Final[dict[str, Callable[[Draft, str, str, str, Place], None]]] = {
    "identifier": _put_identifier,
    "ethnicity": _put_ethnicity,
    "contact": _put_contact,
    "setting": _put_person_setting,
}


def put_address(draft: Draft, said: Said, place: Place, book: Book) -> None:
    """Put an address, from fields, from lines, or from the dataset's JSON. A postcode alone is an address too."""
    protected = bool(said.pop("protected", ""))
    start, end = (read.day(said.pop(field, ""), f"address.{field}", place) for field in ("start", "end"))
    use = said.pop("use", "") or "home"
    fields = _json_address(said, place) if "json" in said else said
    clean = {field: read.text(value, f"address.{field}", place) for field, value in fields.items()}
    clean = {field: value for field, value in clean.items() if value}
    if not clean:
        return
    if (postcode := clean.get("postcode")) and (reason := check_postcode(postcode).reason):
        place.say("set aside", "address.postcode", f"{reason} It is kept as it was said, and never compared.")
    if (uprn := clean.get("uprn")) and (found := check("uprn", uprn)).reason:
        place.say("set aside", "address.uprn", found.reason)
        del clean["uprn"]
    lines = [clean.pop(f"line_{number}", "") for number in range(1, 5)]
    if any(lines):
        parsed = parse_address([line for line in lines if line], postcode=clean.get("postcode", ""))
        address = msgspec.structs.replace(parsed, **clean)
    else:
        address = msgspec.structs.replace(Address(), **clean)
    if not address.no_fixed_abode and read_place(address).no_fixed_abode:
        address = msgspec.structs.replace(address, no_fixed_abode=True)
    draft.add(
        msgspec.structs.replace(
            address, use=use, protected=protected or draft.protected, start=start, end=end
        )
    )


def _json_address(said: Said, place: Place) -> Said:
    """Return the fields in the dataset's JSON; room and floor are a flat where there is no flat."""
    fields = {field: value for field, value in said.items() if field != "json"}
    try:
        parts = json.loads(said["json"])
    except ValueError:
        parts = None
    if not isinstance(parts, dict):
        place.say(
            "set aside",
            "address.json",
            "The address is not the JSON object that the dataset's guide describes.",
        )
        return fields
    for name, value in parts.items():
        field = _JSON_ADDRESS.get(str(name).upper())
        if field and value not in (None, ""):
            fields[field] = f"{fields[field]} {value}" if field in fields else str(value)
    return fields


def put_identifier(draft: Draft, said: Said, place: Place, book: Book) -> None:
    """Put an identifier whose scheme stands in the row."""
    scheme, value = said.get("scheme", ""), said.get("value", "")
    if not (scheme and value):
        return
    found = read.identifier(scheme, value, f"identifier.{scheme}", place)
    if found:
        start, end = (read.day(said.get(field, ""), field, place) for field in ("start", "end"))
        draft.add(Identifier(scheme=found.scheme, value=found.value, valid=found.valid, start=start, end=end))


def put_setting(draft: Draft, said: Said, place: Place, book: Book) -> None:
    """Put a school or practice with its dates."""
    kind = said.get("kind", "")
    code = (
        read.code(_SETTING_SCHEMES.get(kind, kind), said["code"], "setting.code", place)
        if said.get("code")
        else ""
    )
    if code:
        start, end = (read.day(said.get(field, ""), f"setting.{field}", place) for field in ("start", "end"))
        name = read.text(said.get("name", ""), "setting.name", place)
        draft.add(Setting(kind=kind, code=code, name=name, start=start, end=end))


def put_relationship(draft: Draft, said: Said, place: Place, book: Book) -> None:
    """Put a relationship to another record of the partner, on both, or to somebody of whom only a name is known."""
    kind = said.get("kind", "")
    if not kind:
        return
    keys = [(field.partition(".")[2], value) for field, value in said.items() if field.startswith("other.")]
    other = book.find(keys) if keys else None
    if keys and (other is None or other is draft):
        place.say("set aside", "other", "The other person is not in this delivery, or is the same person.")
        return
    parts = {
        part: read.text(said[part], part, place)
        for part in ("given", "middle", "family", "full", "title")
        if part in said
    }
    name = Name(**parts) if any(parts.values()) else None
    if other is None and name is None:
        return
    start, end = (read.day(said.get(field, ""), field, place) for field in ("start", "end"))
    phone = read.contact_point("phone", said["phone"], "phone", place) if said.get("phone") else None
    draft.relate(
        Relationship(
            kind=kind,
            other=other.text if other else "",
            name=name,
            phone=phone.value if phone else "",
            start=start,
            end=end,
        )
    )
    if other and (backwards := INVERSE.get(kind)):
        other.relate(Relationship(kind=backwards, other=draft.text, start=start, end=end))


def put_group(draft: Draft, said: Said, place: Place, book: Book) -> None:
    """Note that the person belongs to a group (a family number): its members are paired when all are read."""
    if said.get("id") and said.get("kind"):
        book.groups.setdefault((said["kind"], said["id"]), []).append(draft.text)


def put_duty(said: Said, place: Place, book: Book) -> None:
    """Put whom to ring at this sender: a school's own safeguarding lead."""
    clean = {field: read.text(value, f"duty.{field}", place) for field, value in said.items()}
    book.duty = msgspec.structs.replace(
        book.duty, **{field: value for field, value in clean.items() if value}
    )


SECTIONS: Final[dict[str, Put]] = {
    "person": put_person,
    "address": put_address,
    "identifier": put_identifier,
    "relationship": put_relationship,
    "setting": put_setting,
    "group": put_group,
}
