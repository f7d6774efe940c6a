"""What reading a delivery gives, as values: counts, reasons, statistics. The rows themselves lie beside it in Parquet.

This is all that passes from the child process that read a partner's file to the parent that judges it.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from footprint.feeds.delivery import Manifest
from footprint.feeds.reasons import Reason, Total
from footprint.records import DutyContact

#: Names of the files in a folder of parsed results.
SUMMARY: Final = "parsed.json"
RECORDS: Final = "records.parquet"
INVOLVEMENTS: Final = "involvements.parquet"
QUARANTINE: Final = "quarantine.jsonl"


class FileRead(msgspec.Struct, frozen=True, kw_only=True):
    """One file as it was read. `table` is its name in the contract; `header` a hash of its columns, order included."""

    name: str
    table: str
    sha256: str
    size: int
    encoding: str
    rows: int
    header: str = ""


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """What the gates compare from day to day, by table: rows, empty values of each field, how often each code was said."""

    rows: dict[str, int] = {}
    empty: dict[str, dict[str, int]] = {}
    codes: dict[str, dict[str, dict[str, int]]] = {}
    headers: dict[str, str] = {}


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """The result of reading a delivery. `refused` is empty unless it cannot be taken at all.

    `as_of` is what the file's own header says, if it has one; `content` a hash of what was understood, not of bytes.
    `expired` counts involvements that ended before the retention began.
    """

    feed: str
    instance: str = ""
    refused: str = ""
    manifest: Manifest | None = None
    as_of: dt.date | None = None
    name: str = ""
    duty: DutyContact = DutyContact()
    files: tuple[FileRead, ...] = ()
    rows_in: int = 0
    kept: int = 0
    quarantined: int = 0
    outside_cohort: int = 0
    set_aside: int = 0
    expired: int = 0
    records: int = 0
    involvements: int = 0
    content: str = ""
    statistics: Statistics = Statistics()
    reasons: tuple[Reason, ...] = ()
    totals: tuple[Total, ...] = ()
