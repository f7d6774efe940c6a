"""What reading a text gives: a value, or none and a plain reason. One shape for dates, numbers, postcodes and phones."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class Reading(NamedTuple, Generic[Value]):
    """`value` in its normal form, with an empty reason; or an empty value and one sentence saying what is wrong."""

    value: Value
    reason: str = ""
