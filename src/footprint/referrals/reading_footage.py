"""A force's file of incidents and recordings as rows of canonical values, by its contract. Sound rows are taken, faults told.

A fault names line and column and says what to do; it never repeats what stood there. Of a row whose recording cannot be read
the incident is taken all the same, and of a row one of whose extras cannot be read the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from footprint.referrals.footage_contract import FIELDS, FootageContract
from footprint.referrals.footage_values import read_footage_value
from footprint.referrals.import_trees import plain
from footprint.referrals.import_values import UnreadValue
from footprint.referrals.missing import folded
from footprint.referrals.table_lines import CUT, Line, is_whole, lines_of

#: Extras of a header are not read; so many columns are none of a table.
_MOST_COLUMNS: Final = 200
#: A clock may be a little ahead of ours; no recording is as long as this.
_AHEAD: Final = dt.timedelta(hours=2)
_LONGEST: Final = dt.timedelta(hours=24)


class FootageUnreadable(ValueError):
    """The file is not the table that its contract describes. Nothing of it is taken; the message says what to do."""


class Fault(NamedTuple):
    """What could not be taken: on which line of the file, in which column, why, and what to do."""

    line: int
    column: str
    says: str

    @property
    def where(self) -> str:
        """As a person is told where it stands."""
        return f"line {self.line}" + (f", {self.column}" if self.column else "")


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


def read_footage(text: str, contract: FootageContract, now: dt.datetime) -> FootageRead:
    """Return what the text of a file says. Raises FootageUnreadable where its header is not that of the contract."""
    lines = lines_of(text, contract.sign)
    header = next((line.cells for line in lines if any(line.cells)), [])
    places = _places(header, contract)
    rows: list[FootageRow] = []
    faults: list[Fault] = []
    count = 0
    for line, cells, fault in _with_the_last(lines, whole=is_whole(text)):
        count += 1
        if fault or len(cells) != len(header):
            faults.append(Fault(line, "", fault or _width(len(cells), len(header))))
            continue
        row, wrong = _row(_Cells(cells, places, contract), now)
        faults += [Fault(line, column, says) for column, says in wrong]
        rows += [row] if row else []
    return FootageRead(tuple(rows), tuple(faults), count, max((row.made for row in rows), default=""))


def _with_the_last(lines: Iterator[Line], *, whole: bool) -> Iterator[Line]:
    """Lines that are not blank; the last one of a file that ends within a line may be cut short, and is a fault."""
    before: Line | None = None
    for one in lines:
        if not (any(one.cells) or one.fault):
            continue
        if before:
            yield before
        before = one
    if before:
        yield before._replace(fault=before.fault or ("" if whole else CUT))


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
        """The canonical text of a field, empty where nothing is said. Raises UnreadValue."""
        place = self.places.get(field)
        text = self.cells[place].strip() if place is not None else ""
        if not text:
            return ""
        of = self.contract.column(field)
        codes = {code.casefold(): meant for code, meant in of.codes.items()} if of else {}
        return read_footage_value(field, codes.get(text.casefold(), text))


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
        except UnreadValue as error:
            faults.append((cells.column(name), str(error)))
            continue
        if text:
            said[name] = text
    return said, faults


def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
