"""The contract of a feed, as values: who may be in it, why, how often, and what each of the partner's columns means.

What a contract does not name is never stored. This module holds the shapes only: `contract_reading` makes them from
YAML, `rows` follows them. It knows nothing of files on a disk.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

import msgspec

from footprint.records import DutyContact

Every = Literal["day", "working-day", "term", "year"]
Mode = Literal["full", "changes"]
Format = Literal["csv", "xml"]

#: What a source may stand for instead of a column: known only when a delivery is read.
INSTANCE: Final = "$instance"
AS_OF: Final = "$as_of"


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where the value of one field comes from.

    `columns` are alternatives: suppliers name one thing differently, and the first that holds a value counts. In XML a
    column is a path of element names; one that starts with .. begins at the element above the row's.
    `join` concatenates columns instead. `constant` is a value of ours ($instance and $as_of are filled in on reading).
    `codes` names the contract's list by which the partner's code becomes ours. `through` is FILE.VALUE of a lookup.
    `otherwise` stands in for an empty value.
    """

    columns: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    constant: str = ""
    codes: str = ""
    through: str = ""
    otherwise: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """Every column that this source may read."""
        return self.columns + self.join


class Condition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When a row says an involvement: a value is among `one_of`, is not among `none_of`, or reaches a share of another."""

    of: Source
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    over: Source | None = None
    at_least: float = 0.0


class InvolvementTerms(msgspec.Struct, frozen=True, kw_only=True):
    """How a row becomes an involvement: its fields, and the conditions that must all hold."""

    fields: dict[str, Source]
    when: tuple[Condition, ...] = ()


class Rows(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one kind of row says. Each section maps our field to its source; `keys` maps a scheme of record key.

    `path` (XML only) leads from the person's element to the row's; empty for the person's element itself and for CSV.
    `not_taken` names columns that the partner sends and we agreed to leave: they are no surprise, and not stored.
    """

    path: str = ""
    keys: dict[str, Source] = {}
    person: dict[str, Source] = {}
    address: dict[str, Source] = {}
    identifier: dict[str, Source] = {}
    relationship: dict[str, Source] = {}
    setting: dict[str, Source] = {}
    group: dict[str, Source] = {}
    lookup: dict[str, Source] = {}
    duty: dict[str, Source] = {}
    involvements: tuple[InvolvementTerms, ...] = ()
    not_taken: tuple[str, ...] = ()

    def sections(self) -> dict[str, dict[str, Source]]:
        """Return the sections that map fields one to one, by name, those that say something."""
        names = ("person", "address", "identifier", "relationship", "setting", "group", "lookup", "duty")
        return {name: fields for name in names if (fields := getattr(self, name))}

    def columns(self) -> tuple[str, ...]:
        """Return every column that these rows may read, each once."""
        sources = [*self.keys.values()]
        for fields in self.sections().values():
            sources += fields.values()
        for terms in self.involvements:
            sources += terms.fields.values()
            sources += [source for test in terms.when for source in (test.of, test.over) if source]
        return tuple(dict.fromkeys(name for source in sources for name in source.named))


class FileTerms(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One file of a delivery: how it is called (a pattern), how it is written, and what its rows say.

    `rows` has one entry for CSV; for XML the first is the person's own element, the others are found under it.
    `record` is the path of that element from the root, `root` the root's name, `header` our header field -> path.
    `checks` names a further set of rules (the faults of a statutory return).
    """

    name: str
    format: Format
    rows: tuple[Rows, ...]
    required: bool = False
    delimiter: str = ","
    encodings: tuple[str, ...] = ("utf-8", "utf-16", "cp1252")
    root: str = ""
    record: str = ""
    header: dict[str, Source] = {}
    checks: str = ""


class Partner(msgspec.Struct, frozen=True, kw_only=True):
    """The organisation behind a feed. `id` may hold $instance where each instance is a partner of its own (a school)."""

    id: str
    name: str
    sector: str
    duty: DutyContact


class SignOff(msgspec.Struct, frozen=True, kw_only=True):
    """Who signed the contract, and when."""

    by: str
    on: dt.date


class Cohort(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who may be in the feed: whoever passes any of these tests. A contract that means everybody says so.

    `age_under` in years on the day of the data, an expected child included; `has_involvement` within the retention;
    `related_to_cohort` one step from somebody who passes another test, in either direction.
    """

    everyone: bool = False
    age_under: int = 0
    has_involvement: bool = False
    related_to_cohort: bool = False


class Cadence(msgspec.Struct, frozen=True, kw_only=True):
    """How often the feed comes, and when it counts as late (`expected_by`), as stale, and as a cause for alarm.

    The hours count from `expected_by` on the day of the data, as if every day between were a day of delivery.
    """

    every: Every
    expected_by: dt.time
    stale_after_hours: int
    alarm_after_hours: int


class Thresholds(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """By how much a delivery may differ from the ones before it. Defaults are the service's; a contract may set others.

    Rows against the median of the last seven; shares of empty fields, and of fields that fail their check, in percentage
    points; shares of each code as a factor; the share of the ids last delivered that must come back, and of the ids here
    that must be known.
    Below `few` rows a share says nothing and is not judged.
    """

    rows_least: float = 0.7
    rows_most: float = 1.6
    empty_points: float = 10.0
    unreadable_points: float = 20.0
    code_least: float = 0.5
    code_most: float = 2.0
    returning_least: float = 0.9
    known_least: float = 0.9
    few: int = 40


class Limits(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What reading one delivery may cost: memory and processor time of the child, size of its files."""

    memory_mb: int = 1500
    cpu_seconds: int = 180
    file_mb: int = 1024


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """What one partner and the partnership agreed to deliver and to take.

    `keys` are the schemes of record key in order of preference.
    `codes` are named lists: the partner's code (folded to upper case) -> ours; "*" catches the rest.
    `one_number_each` means that the partner gives each person one number, so that two of its numbers are two people.
    `instances` means that each sender is a feed of its own under this one contract (120 schools).
    """

    feed: str
    title: str
    partner: Partner
    instances: bool = False
    purpose: tuple[str, ...]
    basis: str
    signed_off: SignOff
    cohort: Cohort
    cadence: Cadence
    mode: Mode
    keys: tuple[str, ...]
    one_number_each: bool = False
    codes: dict[str, dict[str, str]] = {}
    files: tuple[FileTerms, ...]
    retention_months: int = 36
    thresholds: Thresholds = Thresholds()
    limits: Limits = Limits()
    path: str = ""

    def partner_id(self, instance: str) -> str:
        """Return the id of the partner whose records this feed (or this instance of it) carries."""
        return self.partner.id.replace(INSTANCE, instance)

    def feed_name(self, instance: str) -> str:
        """Return the name by which this feed, or this instance of it, is known everywhere: schools--3351234."""
        return f"{self.feed}--{instance}" if self.instances else self.feed
