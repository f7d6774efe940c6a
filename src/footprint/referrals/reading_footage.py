"""A force's file of incidents and recordings as rows of canonical values, by its contract. Sound rows are taken, faults told.

A fault names line and column and says what to do; it never repeats what stood there. Of a row whose recording cannot be read
the incident is taken all the same, and of a row one of whose extras cannot be read the rest.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from footprint.referrals.codes import NO_VIDEO
from footprint.referrals.footage_contract import FIELDS, FootageContract, Kind
from footprint.referrals.import_trees import plain
from footprint.referrals.import_values import UnreadValue, read_moment
from footprint.referrals.missing import folded

#: Extras of a header are not read; so many columns are none of a table.
_MOST_COLUMNS: Final = 200
_REFERENCE: Final = re.compile(r"[^\W_][\w ./:#()-]{0,59}")
_NAME: Final = re.compile(r"[^\W_][\w .,&'’/()-]{0,118}")
_CODE: Final = re.compile(r"[\w .-]{1,40}")
_MOST_CHILDREN: Final = 50
_TORN: Final = (
    "from here on the file cannot be told apart: a quotation mark or a column has no end. "
    "Send the file again, whole."
)
_YES: Final = frozenset({"yes", "y", "true", "1"})
_NO: Final = frozenset({"no", "n", "false", "0"})
#: A clock may be a little ahead of ours; no recording is as long as this.
_AHEAD: Final = dt.timedelta(hours=2)
_LONGEST: Final = dt.timedelta(hours=24)
_EARLIEST: Final = 2015


class FootageUnreadable(ValueError):
    """The file is not the table that its contract describes. Nothing of it is taken; the message says what to do."""


class Fault(NamedTuple):
    """What could not be taken: on which line of the file, in which column, why, and what to do."""

    line: int
    column: str
    says: str


class FootageRow(NamedTuple):
    """What one row says: canonical texts by field (instants in UTC), of the incident and of its recording."""

    reference: str
    made: str
    incident: Mapping[str, str]
    asset: str
    recording: Mapping[str, str]

    @property
    def key(self) -> str:
        """The reference without what people type otherwise."""
        return folded(self.reference)


class FootageRead(NamedTuple):
    """A whole file: its rows and faults, how many rows stood in it, and when the newest of them was made."""

    rows: tuple[FootageRow, ...]
    faults: tuple[Fault, ...]
    lines: int
    made: str


class _Unread(ValueError):
    """A value that cannot be read, with what to do."""


def read_footage(text: str, contract: FootageContract, now: dt.datetime) -> FootageRead:
    """Return what the text of a file says. Raises FootageUnreadable where its header is not that of the contract."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=contract.sign, strict=True)
    numbered = _numbered(reader)
    header = next((row for _, row, _ in numbered if any(row)), [])
    places = _places(header, contract)
    whole = text.endswith(("\n", "\r"))
    rows: list[FootageRow] = []
    faults: list[Fault] = []
    lines = 0
    for line, cells, fault in _with_the_last(numbered, whole=whole):
        lines += 1
        if fault or len(cells) != len(header):
            faults.append(Fault(line, "", fault or _width(len(cells), len(header))))
            continue
        row, wrong = _row(_Cells(cells, places, contract), now)
        faults += [Fault(line, column, says) for column, says in wrong]
        rows += [row] if row else []
    return FootageRead(tuple(rows), tuple(faults), lines, max((row.made for row in rows), default=""))


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str], str]]:
    """Every row with its last line. After a quotation mark that is never closed nothing can be told apart."""
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            line = reader.line_num  # type: ignore[attr-defined] # csv's own reader
            yield (
                line,
                [],
                _TORN,
            )
            return
        yield reader.line_num, row, ""  # type: ignore[attr-defined]


def _with_the_last(
    numbered: Iterator[tuple[int, list[str], str]], *, whole: bool
) -> Iterator[tuple[int, list[str], str]]:
    """Rows that are not blank; the last one of a file that ends within a line may be cut short, and is a fault."""
    before: tuple[int, list[str], str] | None = None
    for one in numbered:
        if not (any(one[1]) or one[2]):
            continue
        if before:
            yield before
        before = one
    if before:
        line, cells, fault = before
        cut = "the file ends within this line. Send it again, whole, with a line break at the end of every line."
        yield line, cells, fault or ("" if whole else cut)


def _width(found: int, wanted: int) -> str:
    way = "too few" if found < wanted else "too many"
    return f"this row has {way} columns ({found}, and the header has {wanted}). Send the row again as the header says."


def _places(header: list[str], contract: FootageContract) -> Mapping[str, int]:
    """Where each field stands. Raises FootageUnreadable."""
    if not header:
        raise FootageUnreadable("The file has no header. Begin it with the names of its columns.")
    if len(header) > _MOST_COLUMNS:
        raise FootageUnreadable(f"The header names more than {_MOST_COLUMNS} columns. Send the table itself.")
    names = [plain(name) for name in header]
    found: dict[str, int] = {}
    for field in FIELDS:
        of = contract.column(field)
        name = plain(of.column) if of else ""
        if of and names.count(name) != 1:
            how = "twice" if name in names else "nowhere"
            raise FootageUnreadable(
                f"The column '{of.column}' stands {how} in the header. Name it once, or change the contract "
                f"'{contract.name}'. Is it the right delimiter ({contract.delimiter})?"
            )
        if of:
            found[field] = names.index(name)
    return found


class _Cells(NamedTuple):
    """One row, and how to read it."""

    cells: list[str]
    places: Mapping[str, int]
    contract: FootageContract

    def column(self, field: str) -> str:
        of = self.contract.column(field)
        return of.column if of else ""

    def read(self, field: str) -> str:
        """The canonical text of a field, empty where nothing is said. Raises _Unread."""
        place = self.places.get(field)
        text = self.cells[place].strip() if place is not None else ""
        if not text:
            return ""
        of = self.contract.column(field)
        codes = {code.casefold(): meant for code, meant in of.codes.items()} if of else {}
        return _READERS[FIELDS[field].kind](field, codes.get(text.casefold(), text))


def _row(cells: _Cells, now: dt.datetime) -> tuple[FootageRow | None, list[tuple[str, str]]]:
    """A row and its faults; no row, where the incident itself cannot be read."""
    said, faults = _read_all(cells, recording=False)
    missing = [name for name, of in FIELDS.items() if of.needed and not of.recording and name not in said]
    wrong = {column for column, _ in faults}
    faults += [
        (cells.column(name), "this is empty, and needed. Fill it and send the row again.")
        for name in missing
        if cells.column(name) not in wrong
    ]
    if missing:
        return None, faults
    if ahead := _ahead(said, now):
        return None, [*faults, (cells.column(ahead), _LATER)]
    recording, of_recording = _recording(cells, said["made"])
    made, reference = said.pop("made"), said.pop("incident")
    asset = recording.pop("asset", "")
    return FootageRow(reference, made, said, asset, recording), [*faults, *of_recording]


_LATER: Final = "this lies in the future. Correct the time, or the clock, and send the row again."


def _ahead(said: Mapping[str, str], now: dt.datetime) -> str:
    """Return the field that lies after the extract, or after now; nothing where none does."""
    latest = now + _AHEAD
    for name in ("made", "at", "arrived"):
        if name in said and _instant(said[name]) > latest:
            return name
        latest = _instant(said["made"]) + _AHEAD
    return ""


def _recording(cells: _Cells, made: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """What a row says of a recording; nothing, where it cannot be read or there is none."""
    said, faults = _read_all(cells, recording=True)
    if not said and not faults:
        return {}, []
    if "asset" not in said:
        return {}, faults or [
            (
                cells.column("asset"),
                "something is said of a recording, and its reference is missing. Fill it in.",
            )
        ]
    lacks = [name for name in ("started", "ended") if name not in said]
    if lacks and said.get("withdrawn") != "yes":
        empty = [
            (cells.column(name), "a recording needs its times. Fill it in.") for name in lacks if not faults
        ]
        return {}, [*faults, *empty]
    if not lacks:
        begun, ended = _instant(said["started"]), _instant(said["ended"])
        if not begun <= ended <= min(begun + _LONGEST, _instant(made) + _AHEAD):
            return {}, [
                *faults,
                (
                    cells.column("ended"),
                    "a recording ends after it begins, within a day, and before the extract is made. Correct the times.",
                ),
            ]
    return said, faults


def _read_all(cells: _Cells, *, recording: bool) -> tuple[dict[str, str], list[tuple[str, str]]]:
    said: dict[str, str] = {}
    faults = []
    for name, of in FIELDS.items():
        if of.recording is not recording:
            continue
        try:
            text = cells.read(name)
        except (_Unread, UnreadValue) as error:
            faults.append((cells.column(name), str(error)))
            continue
        if text:
            said[name] = text
    return said, faults


# ---------------------------------------------------------------- one reader a kind


def _reference(_field: str, text: str) -> str:
    if not _REFERENCE.fullmatch(text) or "://" in text or not folded(text):
        raise _Unread(
            "this is no reference. Give it in at most 60 letters, figures and . / - : #, without an address or words."
        )
    return text


def _name(_field: str, text: str) -> str:
    if not _NAME.fullmatch(text):
        raise _Unread("this is no team's name. Give it in at most 119 plain letters and figures.")
    return text


def _code(field: str, text: str) -> str:
    if field == "no_video" and text not in NO_VIDEO:
        raise _Unread(
            f"this code is not known. Say in the contract which of these it means: {', '.join(NO_VIDEO)}."
        )
    if not _CODE.fullmatch(text):
        raise _Unread("this is no code. Give it in at most 40 letters and figures.")
    return text


def _moment(_field: str, text: str) -> str:
    if ":" not in text:
        raise _Unread("this is no date with a time. Write it as 2026-11-23T21:40 or 23/11/2026 21:40.")
    moment = read_moment(text)
    if not _EARLIEST <= moment.year < 2200:
        raise _Unread("nothing was recorded in this year. Correct the date.")
    return moment.astimezone(dt.UTC).replace(microsecond=0).isoformat()


def _count(_field: str, text: str) -> str:
    if not (text.isascii() and text.isdecimal() and int(text[:9]) <= _MOST_CHILDREN):
        raise _Unread(f"this is no number of children from 0 to {_MOST_CHILDREN}.")
    return str(int(text[:9]))


def _yes_no(_field: str, text: str) -> str:
    said = text.casefold()
    if said not in _YES | _NO:
        raise _Unread("this is neither yes nor no. Write one of the two, or leave it empty.")
    return "yes" if said in _YES else "no"


def _kept(field: str, text: str) -> str:
    return _yes_no(field, text) if text.casefold() in _YES | _NO else _moment(field, text)


_READERS: Final[Mapping[Kind, Callable[[str, str], str]]] = MappingProxyType(
    {
        Kind.REFERENCE: _reference,
        Kind.NAME: _name,
        Kind.CODE: _code,
        Kind.MOMENT: _moment,
        Kind.COUNT: _count,
        Kind.YES_NO: _yes_no,
        Kind.KEPT: _kept,
    }
)


def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
