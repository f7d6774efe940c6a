"""From a record to the columns by which it is compared: the one place where what was said becomes what is matched on.

Reads values and knows nothing of models, weights or rules. What must never be matched on (a protected address, a number
whose check fails, a mailbox that many share) does not get past here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from footprint.records.addressing import Place, read_place
from footprint.records.codes import IDENTIFIER_SCHEMES
from footprint.records.comparable import Comparable
from footprint.records.contacting import check_email, check_phone, is_mobile
from footprint.records.given_names import given_families
from footprint.records.identifying import check
from footprint.records.naming import NameReading, read_name
from footprint.records.person import (
    Address,
    ContactPoint,
    Identifier,
    Name,
    Record,
    RecordKey,
    Relationship,
    Setting,
)
from footprint.records.phonetics import phonetic_code
from footprint.records.text import fold, letters, unique

# Which of a person's names is the one they go by.
_USE_ORDER: Final = ("usual", "official", "temp", "nickname", "maiden", "alias", "old", "anonymous")
_USE_RANK: Final = {use: rank for rank, use in enumerate(_USE_ORDER)}
_HOME_USES: Final = frozenset({"home", "temp", "old"})
_RELATIVE_KINDS: Final = {
    "mother": "parent",
    "father": "parent",
    "parent": "parent",
    "step-parent": "parent",
    "adoptive-parent": "parent",
    "child": "child",
    "sibling": "sibling",
    "half-sibling": "sibling",
    "twin": "sibling",
    "partner": "partner",
    "former-partner": "partner",
}


def comparable(record: Record) -> Comparable:
    """Return the record as columns, whatever its texts hold. A pure function: equal records give equal columns."""
    names = _names(record.names)
    places = (
        [] if record.protected else [read_place(address) for address in record.addresses if _is_home(address)]
    )
    reach = _contacts(record.contacts)
    identifiers, superseded = _identifiers(record.key, record.identifiers)
    birth = record.birth if record.birth and not record.birth.expected else None
    expected = record.expected or (record.birth if birth is None else None)
    whole, due = birth.whole if birth else None, expected.whole if expected else None
    return Comparable(
        key=str(record.key),
        partner=record.key.partner,
        given=names.main.given,
        middle=names.main.middle,
        family=names.main.family,
        given_letters=letters(names.main.given),
        family_letters=letters(names.main.family),
        given_all=list(names.given_all),
        given_kin=list(_kin(names.given_all)),
        given_codes=list(_codes(names.given_all)),
        family_all=list(names.family_all),
        family_codes=list(_codes(names.family_all)),
        birth=whole.isoformat() if whole else "",
        birth_year=(birth.year or 0) if birth else 0,
        birth_month=(birth.month or 0) if birth else 0,
        birth_day=(birth.day or 0) if birth else 0,
        placeholder_birth=birth.placeholder if birth else False,
        expected=due.isoformat() if due else "",
        dead=record.death is not None,
        sex=record.sex,
        postcodes=unique([place.postcode for place in places]),
        residences=_gathered(places, "residences"),
        buildings=_gathered(places, "buildings"),
        uprns=unique([place.uprn for place in places]),
        streets=_gathered(places, "streets"),
        mobiles=reach.mobiles,
        landlines=reach.landlines,
        emails=reach.emails,
        identifiers=identifiers,
        superseded=superseded,
        settings=unique([_setting(setting) for setting in record.settings]),
        relatives=unique(
            [*map(_relative, record.relationships), *(f"parent:{who}" for who in names.children_of if who)]
        ),
        place_of_birth=fold(record.place_of_birth),
        occupation=fold(record.occupation),
    )


class _Names(NamedTuple):
    main: NameReading
    given_all: tuple[str, ...]
    family_all: tuple[str, ...]
    children_of: tuple[str, ...]


def _names(names: tuple[Name, ...]) -> _Names:
    if len(names) == 1:
        only = read_name(names[0])
        return _Names(only, only.given_forms, only.family_forms, (only.child_of,))
    ranked = sorted(names, key=lambda name: _USE_RANK.get(name.use, len(_USE_ORDER)))
    readings = [read_name(name) for name in ranked]
    # A usual name of "Baby" must not hide the given name that another use brings.
    whole = [one for one in readings if one.given and one.family]
    part = [one for one in readings if one.given or one.family]
    return _Names(
        next(iter(whole or part), NameReading()),
        tuple(unique([form for one in readings for form in one.given_forms])),
        tuple(unique([form for one in readings for form in one.family_forms])),
        tuple(one.child_of for one in readings),
    )


@lru_cache(maxsize=1 << 16)
def _kin(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unique([family for form in forms for family in given_families(form)]))


@lru_cache(maxsize=1 << 16)
def _codes(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unique([phonetic_code(form) for form in forms]))


def _is_home(address: Address) -> bool:
    """Say whether an address may be compared: a home, now or before, that nobody protects."""
    return address.use in _HOME_USES and not address.protected


def _gathered(places: list[Place], column: str) -> list[str]:
    if len(places) == 1:
        return list(getattr(places[0], column))
    return unique([key for place in places for key in getattr(place, column)])


class _Contacts(NamedTuple):
    mobiles: list[str]
    landlines: list[str]
    emails: list[str]


def _contacts(contacts: tuple[ContactPoint, ...]) -> _Contacts:
    """Part contacts by what they are, not by the column in which they were written: mobiles stand in landline fields."""
    found = _Contacts([], [], [])
    for contact in contacts:
        if contact.kind == "email" or "@" in contact.value:
            email = check_email(contact.value)
            if not email.reason:
                found.emails.append(email.value)
            continue
        phone = check_phone(contact.value)
        if not phone.reason:
            (found.mobiles if is_mobile(phone.value) else found.landlines).append(phone.value)
    return _Contacts(*map(unique, found))


def _identifiers(key: RecordKey, identifiers: tuple[Identifier, ...]) -> tuple[list[str], list[str]]:
    """Return the identifiers that may be compared, the record's own key among them, and those of them superseded."""
    found, superseded = [reference(f"{key.partner}/{key.scheme}", key.id)], []
    if key.scheme in IDENTIFIER_SCHEMES and not (own := check(key.scheme, key.id)).reason:
        found.append(f"{key.scheme}:{own.value}")
    for identifier in identifiers:
        former = identifier.scheme == "former-upn"
        number = check(identifier.scheme, identifier.value)
        if number.reason or not identifier.valid:
            continue
        said = reference("upn" if former else identifier.scheme, number.value)
        found.append(said)
        if former or identifier.superseded:
            superseded.append(said)
    return unique(found), unique(superseded)


def reference(scheme: str, number: str) -> str:
    """Return an identifier as `Comparable.identifiers` holds it; a partner's own references in capitals without spaces."""
    return f"{scheme}:{''.join(number.upper().split())}"


@lru_cache(maxsize=1 << 14)
def _setting(setting: Setting) -> str:
    """Return "school:3352001" or "gp:M91001"; a code that fails its check places nobody."""
    schemes = {"school": ("laestab", "urn"), "gp": ("ods",)}.get(setting.kind, ())
    for scheme in schemes:
        code = check(scheme, setting.code)
        if not code.reason:
            return f"{setting.kind}:{code.value}"
    return ""


def _relative(relationship: Relationship) -> str:
    """Return "parent:sana khan" for a relative who is known by name, else an empty string."""
    if relationship.name is None:
        return ""
    name = read_name(relationship.name)
    called = f"{name.given} {name.family}".strip()
    return f"{_RELATIVE_KINDS.get(relationship.kind, 'other')}:{called}" if called else ""
