"""What another system's referrals look like, as data: one contract a source, which says where each of our fields stands in it.

A contract is a promise about shape, never a gate: what it does not name is kept beside the referral as it was said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from footprint.referrals.fields import FIELDS
from footprint.referrals.file_contracts import FileContract, load_by_name
from footprint.referrals.import_trees import plain, steps
from footprint.referrals.prompts import WRITTEN
from footprint.referrals.reading import Choice

SHIPPED: Final = Path(__file__).parent / "imports"
#: What is noted of a child under a concept: voice.noted.words.
NOTED: Final = "voice.noted."
#: In a table without paths, children and adults stand in a row of their own each, or in numbered columns of one row.
ROW: Final = "row"
NUMBERED: Final = "numbered"
#: The field in which a file says that somebody is in danger now.
DANGER: Final = "safety.danger_now"

_Belongs = Callable[[str], bool]
_CHILDS: Final = frozenset({"child", "voice"})
_LISTED: Final = frozenset({"child", "voice", "adult", "statement"})


class Column(Choice, frozen=True, kw_only=True):
    """Where a value stands: columns (or paths, a/b) whose texts are joined, what its codes mean, and the order of its dates."""

    columns: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    codes: dict[str, str] = msgspec.field(default_factory=dict)
    order: Literal["dmy", "mdy", "ymd"] = "dmy"


Fields = dict[str, str | Column]


class People(Choice, frozen=True, kw_only=True):
    """The children or the adults of a referral. `each` is the path of one; of a CSV it is "row", or "numbered" with {n}."""

    each: str
    fields: Fields


class ImportContract(FileContract, frozen=True, kw_only=True):
    """One source of referrals. `records` is the path of one referral; the first row or the whole file where it is empty."""

    format: Literal["csv", "json", "xml"]
    reference: str
    fields: Fields
    records: str = ""
    prompt: str = "aware"
    children: People | None = None
    adults: People | None = None
    not_taken: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self.fields, lambda part: part not in _LISTED, "a field of the referral itself")
        if self.children:
            _check(self.children.fields, lambda part: part in _CHILDS, "a field of a child")
        if self.adults:
            _check(self.adults.fields, lambda part: part == "adult", "a field of an adult")
        tables = {people.each in (ROW, NUMBERED) for people in (self.children, self.adults) if people}
        if tables - {self.format == "csv"}:
            raise ValueError(f"'each' is '{ROW}' or '{NUMBERED}' for CSV, and a path for JSON and XML.")

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, danger's first: a table whose header lacks one is not what was agreed."""
        people = [one.fields for one in (self.children, self.adults) if one]
        said = {
            key: column(where).columns for fields in (self.fields, *people) for key, where in fields.items()
        }
        return (*said.pop(DANGER, ()), self.reference, *(name for names in said.values() for name in names))

    @property
    def danger(self) -> tuple[str, ...]:
        """Where a file says that somebody is in danger now; empty where it never does."""
        return column(self.fields[DANGER]).columns if DANGER in self.fields else ()

    def path(self, name: str) -> tuple[str, ...]:
        """Return where a name of this contract leads: of a table to one column, whatever strokes it has (Danger Y/N)."""
        return (plain(name),) if self.format == "csv" else steps(name)


def load_contracts(data: Path | None = None) -> dict[str, ImportContract]:
    """Return every contract by name: those that come with Footprint, then DATA/imports/*.yaml, which win. Raises ChoiceError."""
    own = (data / "imports").glob("*.yaml") if data else ()
    return load_by_name(SHIPPED.glob("*.yaml"), ImportContract) | load_by_name(own, ImportContract)


def column(said: str | Column) -> Column:
    """Return where a value stands, from the short form (one column) or the long one."""
    return Column(columns=(said,)) if isinstance(said, str) else said


def _check(fields: Mapping[str, str | Column], belongs: _Belongs, what: str) -> None:
    for key in fields:
        known = key in FIELDS or (key.startswith(NOTED) and key.removeprefix(NOTED) in WRITTEN)
        if not (known and belongs(key.partition(".")[0])):
            raise ValueError(f"'{key}' is not {what}.")
