"""Texts of another system read as answers of ours, one reader a kind of field. What cannot be read says why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal

from footprint.calendars import LONDON
from footprint.records.reading_dates import read_date
from footprint.referrals.fields import Field, Kind
from footprint.referrals.referral import Said

Order = Literal["dmy", "mdy", "ymd"]
_NOT_KNOWN: Final = frozenset(
    {"not known", "unknown", "nk", "n/k", "not-known", "don't know", "dont know", "no information available"}
)
_SAID: Final[Mapping[str, Said]] = MappingProxyType(
    dict.fromkeys(("yes", "y", "true", "1"), Said.YES) | dict.fromkeys(("no", "n", "false", "0"), Said.NO)
)
#: How a day is written that does not begin with its year, by the order of its parts.
_DAYS: Final[Mapping[Order, tuple[str, ...]]] = MappingProxyType(
    {"dmy": ("%d/%m/%Y", "%d-%m-%Y"), "mdy": ("%m/%d/%Y", "%m-%d-%Y"), "ymd": ("%Y/%m/%d",)}
)
_TIMES: Final = ("%H:%M", "%H:%M:%S")


class UnreadValue(ValueError):
    """A text is no answer to this question. The message says what was expected."""


class NotKnown(Exception):
    """The text says that the answer is not known, which is an answer."""


def read_value(field: Field, text: str, codes: Mapping[str, str], order: Order) -> Any:
    """Return the value for a field. `codes` say what the source's own codes mean.

    Raises NotKnown where the text says so of a fact, and UnreadValue, with a sentence, where it cannot be read.
    """
    meant = {key.casefold(): value for key, value in codes.items()}
    said = meant.get(text.casefold(), text)
    if said.casefold() in _NOT_KNOWN and (field.fact or field.kind is Kind.YES_NO):
        if field.kind is Kind.YES_NO:
            return Said.NOT_KNOWN
        raise NotKnown
    return _READERS.get(field.kind, _text)(field, said, order)


def _text(_field: Field, text: str, _order: Order) -> str:
    return text


def _names(_field: Field, text: str, _order: Order) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.replace(";", ",").split(",") if name.strip())


def _yes_no(_field: Field, text: str, _order: Order) -> Said:
    try:
        return _SAID[text.casefold()]
    except KeyError:
        raise UnreadValue("This is neither yes, no nor not known.") from None


def _choice(field: Field, text: str, _order: Order) -> str:
    if not field.choices:  # the levels of need are the partnership's; a code of theirs is kept as it is
        return text
    labels = {label.casefold(): code for code, label in field.choices.items()}
    code = text if text in field.choices else labels.get(text.casefold())
    if code is None:
        raise UnreadValue(f"This is none of our answers to '{field.label}'.")
    return code


def _date(_field: Field, text: str, order: Order) -> str:
    reading = read_date(text, order)
    if reading.value is None or not reading.value.iso:
        raise UnreadValue(reading.reason or "This says no year.")
    return reading.value.iso


def _moment(_field: Field, text: str, order: Order) -> str:
    return read_moment(text, order).isoformat()


def read_moment(text: str, order: Order = "dmy") -> dt.datetime:
    """Return the instant of a text; of one without an offset, London's. Raises UnreadValue."""
    forms = (f"{day} {time}" for day in ("%Y-%m-%d", *_DAYS[order]) for time in _TIMES)
    for read in (dt.datetime.fromisoformat, *map(_strptime, forms)):
        try:
            moment = read(text)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
    raise UnreadValue("This is no date with a time. Write it as DD/MM/YYYY HH:MM.")


def _strptime(form: str) -> Callable[[str], dt.datetime]:
    return lambda text: dt.datetime.strptime(text, form).replace(tzinfo=LONDON)


_READERS: Final[Mapping[Kind, Callable[[Field, str, Order], Any]]] = MappingProxyType(
    {
        Kind.NAMES: _names,
        Kind.YES_NO: _yes_no,
        Kind.CHOICE: _choice,
        Kind.DATE: _date,
        Kind.MOMENT: _moment,
    }
)
