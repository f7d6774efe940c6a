"""From a question of the core to a form's field, and from what was typed to the value that a referral keeps."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django import forms

from footprint.calendars import LONDON
from footprint.records.reading_dates import read_date
from footprint.referrals.fields import Field, Kind
from footprint.referrals.referral import Said
from footprint.web.design.fields import ChoiceField, EmailField, ParagraphField, SelectField, TextField

#: Answers that mean "not known", however they were typed.
_NOT_KNOWN: Final = frozenset(
    {"not known", "not-known", "unknown", "nk", "n/k", "dont know", "don't know", "don’t know", "?"}
)
YES_NO: Final = (("yes", "Yes"), ("no", "No"), ("not-known", "Not known"))
_CLOCK: Final = re.compile(r"(\d{1,2})[:.](\d{2})$")
_WHEN: Final = "14:05 for today, or 26/11/2026 14:05."
_NO_MOMENT: Final = "Write the time as 14:05, or with its day as 26/11/2026 14:05."
_NO_DATE: Final = "Write the date as 3/4/2017, 4/2017 or 2017. An age goes into the field for the age."

UNKNOWN: Final = object()
BLANK: Final[Mapping[Kind, Any]] = MappingProxyType({Kind.NAMES: (), Kind.YES_NO: None})


class Answers(NamedTuple):
    """What a form says: values by part and field name, and the names of fields that are said not to be known, by part."""

    values: Mapping[str, Mapping[str, Any]]
    not_known: Mapping[str, frozenset[str]]

    @property
    def is_blank(self) -> bool:
        """Say whether nothing was answered at all."""
        return not any(any(said.values()) for said in self.values.values()) and not any(
            self.not_known.values()
        )


def name_of(one: Field) -> str:
    return one.key.replace(".", "-")


def _line(one: Field, **options: Any) -> Any:
    return TextField(label=one.label, hint=one.hint, required=False, **options)


def _one_of(one: Field, choices: Mapping[str, str]) -> Any:
    """What is a line to whoever writes for themselves is for others one of many."""
    return SelectField(label=one.label, hint=one.hint, choices=list(choices.items()), required=False)


def field_of(one: Field, choices: Mapping[str, str]) -> Any:
    return _FIELDS[one.kind](one, choices)


_FIELDS: Final[Mapping[Kind, Callable[[Field, Mapping[str, str]], Any]]] = MappingProxyType(
    {
        Kind.LINE: lambda one, choices: _one_of(one, choices) if choices else _line(one),
        Kind.NAMES: lambda one, _: _line(one),
        Kind.DATE: lambda one, _: _line(one, width=10),
        Kind.MOMENT: lambda one, _: TextField(label=one.label, hint=_WHEN, required=False, width=20),
        Kind.PHONE: lambda one, _: _line(one, width=20, inputmode="tel", autocomplete="tel"),
        Kind.EMAIL: lambda one, _: EmailField(
            label=one.label, hint=one.hint, required=False, inputmode="email", autocomplete="email"
        ),
        Kind.TEXT: lambda one, _: ParagraphField(label=one.label, hint=one.hint, rows=3, required=False),
        Kind.YES_NO: lambda one, _: ChoiceField(
            label=one.label, hint=one.hint, choices=YES_NO, required=False, inline=True
        ),
        Kind.CHOICE: lambda one, choices: ChoiceField(
            label=one.label, hint=one.hint, choices=list(choices.items()), required=False
        ),
    }
)


def shown(one: Field, part: Any) -> Any:
    """A value as it stands in its field."""
    value = getattr(part, one.name, "") if part is not None else ""
    if one.kind is Kind.MOMENT and value:
        try:
            return dt.datetime.fromisoformat(value).astimezone(LONDON).strftime("%d/%m/%Y %H:%M")
        except (ValueError, OverflowError):
            return value
    if one.kind is Kind.DATE and value:
        return "/".join(reversed(str(value).split("-")))
    return ", ".join(value) if isinstance(value, tuple) else value or ""


def read(one: Field, said: Any) -> Any:
    text = said.strip() if isinstance(said, str) else said
    if one.fact and one.kind not in (Kind.YES_NO, Kind.CHOICE) and str(text).casefold() in _NOT_KNOWN:
        return UNKNOWN
    return _READ.get(one.kind, _as_it_is)(text)


def _as_it_is(text: Any) -> Any:
    return text


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in (part.strip() for part in re.split(r"[,;\n]", text)) if name)


def _yes_no(text: str) -> Said | None:
    return Said(text) if text else None


def _date(text: str) -> str:
    read = read_date(text)
    if text and (read.value is None or read.reason):
        raise forms.ValidationError(_NO_DATE)
    return read.value.iso if read.value else ""


def _moment(text: str) -> str:
    """A time of day is today's, or yesterday's where it would be still to come: at ten past midnight 23:50 was last night."""
    if not text:
        return ""
    clock = _CLOCK.search(text)
    day = read_date(text[: clock.start()]) if clock else None
    now = dt.datetime.now(LONDON)
    try:
        time = dt.time(int(clock[1]), int(clock[2])) if clock else None
    except ValueError:
        time = None
    if clock is None or time is None or day is None or day.reason:
        raise forms.ValidationError(_NO_MOMENT)
    if day.value is not None:
        whole = day.value.whole
        if whole is None:
            raise forms.ValidationError(_NO_MOMENT)
        return dt.datetime.combine(whole, time, tzinfo=LONDON).isoformat()
    today = dt.datetime.combine(now.date(), time, tzinfo=LONDON)
    return (today if today <= now else today - dt.timedelta(days=1)).isoformat()


_READ: Final[Mapping[Kind, Callable[[Any], Any]]] = MappingProxyType(
    {Kind.NAMES: _names, Kind.YES_NO: _yes_no, Kind.DATE: _date, Kind.MOMENT: _moment}
)
