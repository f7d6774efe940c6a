"""What one record can put into a referral, field by field. Says only what the record says, and only what it says for certain.

Left out, whoever asks: a name that somebody no longer uses, whatever is protected or ended, a number whose check digit is wrong,
and the day and month of a first of January, which systems write when nobody knew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from footprint.records import PartialDate, Record
from footprint.records.ethnicity import meaning, self_defined
from footprint.records.window import months_before

Value = str | tuple[str, ...]

#: Names of these uses are offered, the first as the name to call somebody by.
_NAME_USES: Final = ("usual", "official", "alias", "nickname", "maiden", "temp")
_SEXES: Final = MappingProxyType({"F": "female", "M": "male"})
#: Systems write this year, or the one before, when nobody knew it.
_NOBODY_KNEW: Final = 1901
_HOMES: Final = ("home", "temp")
#: What a relative is to a child, in words; a relationship that is not here says too little to be offered.
_KIN: Final = MappingProxyType(
    {
        "mother": "mother of {}",
        "father": "father of {}",
        "parent": "parent of {}",
        "step-parent": "step-parent of {}",
        "foster-parent": "foster carer of {}",
        "adoptive-parent": "adoptive parent of {}",
        "guardian": "guardian of {}",
        "grandparent": "grandparent of {}",
        "sibling": "grown-up brother or sister of {}",
        "half-sibling": "grown-up half-brother or half-sister of {}",
        "household": "lives with {}",
        "other-relative": "relative of {}",
        "carer": "carer of {}",
    }
)


def lines_of(record: Record, part: str) -> dict[str, Value]:
    """Return what this record says for the fields of a child ("child") or an adult ("adult"), "" where it says nothing."""
    return {field: read(record) for field, read in (_CHILD if part == "child" else _ADULT).items()}


def relationships(records: Mapping[str, Record], children: frozenset[str]) -> dict[str, str]:
    """Return, by record key, what each other person is to the children, as the children's records say it."""
    found: dict[str, list[str]] = {}
    for key in sorted(children):
        for one in records[key].relationships:
            if one.other in records and one.other not in children and not one.end and one.kind in _KIN:
                found.setdefault(one.other, []).append(
                    _KIN[one.kind].format(_name(records[key]) or "a child")
                )
    return {other: "; ".join(dict.fromkeys(said)) for other, said in found.items()}


def may_be_under(years: int, birth: PartialDate, day: dt.date) -> bool:
    """Say whether somebody is under so many years on this day, or may be: a birthday in part counts for the latest day of it."""
    limit = months_before(day, 12 * years)
    latest = (birth.year or limit.year + 1, birth.month or 12, birth.day or 31)
    return latest > (limit.year, limit.month, limit.day)


def _name(record: Record) -> str:
    return next(iter(_names(record)), "")


def _names(record: Record) -> list[str]:
    shown = sorted(
        (name for name in record.names if name.text and name.use in _NAME_USES),
        key=lambda name: _NAME_USES.index(name.use),
    )
    return list(dict.fromkeys(name.text.title() if name.text.isupper() else name.text for name in shown))


def _other_names(record: Record) -> tuple[str, ...]:
    return tuple(_names(record)[1:])


def _birthday(record: Record) -> str:
    birth = record.birth
    if birth is None or birth.year is None or "E" in birth.accuracy or birth.expected:
        return ""
    if birth.placeholder:
        return f"{birth.year:04}" if birth.year > _NOBODY_KNEW else ""
    return birth.iso


def _age(record: Record) -> str:
    birth = record.birth
    return f"born about {birth.iso}" if birth and birth.year and "E" in birth.accuracy else ""


def _due(record: Record) -> str:
    return record.expected.iso if record.unborn and record.expected else ""


def _address(record: Record) -> str:
    if record.protected:
        return ""
    homes = [one for one in record.addresses if one.use in _HOMES and not (one.end or one.protected)]
    return max(homes, key=lambda one: (one.use == "home", one.start)).text if homes else ""


def _setting(kind: str) -> Callable[[Record], str]:
    def read(record: Record) -> str:
        if record.protected:
            return ""
        found = [one for one in record.settings if one.kind == kind and not one.end]
        latest = max(found, key=lambda one: one.start) if found else None
        return (latest.name or latest.code) if latest else ""

    return read


def _phone(record: Record) -> str:
    if record.protected:
        return ""
    numbers = {one.kind: one.value for one in reversed(record.contacts)}
    return numbers.get("mobile") or numbers.get("landline", "")


def _identifier(scheme: str) -> Callable[[Record], str]:
    def read(record: Record) -> str:
        found = [one for one in record.identifiers if one.scheme == scheme and one.valid]
        return next((one.value for one in found if not (one.superseded or one.end)), "")

    return read


def _ethnicity(record: Record) -> str:
    return next((meaning(one).label for one in self_defined(record.ethnicities)), "")


_Reader = Callable[[Record], Value]
_CHILD: Final[Mapping[str, _Reader]] = MappingProxyType(
    {
        "name": _name,
        "other_names": _other_names,
        "birthday": _birthday,
        "due": _due,
        "age": _age,
        "sex": lambda record: "unborn" if record.unborn else _SEXES.get(record.sex, ""),
        "address": _address,
        "phone": _phone,
        "school": _setting("school"),
        "gp": _setting("gp"),
        "ethnicity": _ethnicity,
        "nhs_number": _identifier("nhs"),
        "upn": _identifier("upn"),
    }
)
_ADULT: Final[Mapping[str, _Reader]] = MappingProxyType(
    {"name": _name, "other_names": _other_names, "birthday": _birthday, "address": _address, "phone": _phone}
)
