"""A labelled table of people from elsewhere as comparable columns, so that matching can be measured on anybody's data.

The same cleaning as for a partner's delivery. Labels are carried beside the rows and never become part of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import polars as pl

from footprint.records.addressing import read_place
from footprint.records.columns import frame_of
from footprint.records.comparable import Comparable
from footprint.records.comparing import comparable, reference
from footprint.records.foreign_dates import DateOrder, order_of, read_birth
from footprint.records.foreign_tables import CHUNK, Row, TableError, columns_of, read_rows
from footprint.records.mapping import Mapping
from footprint.records.naming import parse_full_name
from footprint.records.person import Address, ContactPoint, Identifier, Name, Record, RecordKey
from footprint.records.reading_addresses import parse_address
from footprint.records.text import fold

PROCESSES: Final = 2
WORTH_A_SECOND_PROCESS: Final = 50_000

_SHORTEST_PHONE: Final = 6
_SEXES: Final = {
    "m": "M",
    "male": "M",
    "1": "M",
    "man": "M",
    "boy": "M",
    "f": "F",
    "female": "F",
    "2": "F",
    "woman": "F",
    "girl": "F",
}
_WHOLE: Final = re.compile(r"^(-?\d+)\.0+$")


class Foreign(msgspec.Struct, frozen=True, kw_only=True):
    """The rows in file order: comparable columns, and beside them each row's id, label and kind (empty: not said)."""

    frame: pl.DataFrame
    ids: list[str]
    labels: list[str]
    kinds: list[str]


def read_foreign(
    path: Path,
    mapping: Mapping,
    truth: str | None = None,
    kind: str | None = None,
    *,
    partial_table: bool = False,
) -> Foreign:
    """Return the people of the CSV or Parquet file `path`, of which `mapping` says what its columns mean.

    `truth` and `kind` name the columns with each row's label and kind. With `partial_table`, a mapped column that is absent
    is unknown; without, it is a mistake. Raises TableError, naming the column, where the file cannot be used.
    """
    if partial_table:
        mapping = _present(mapping, set(columns_of(path)), path)
    beside = [column for column in (truth, kind) if column]
    wanted = [*mapping.named_columns(), *beside]
    frames, ids, labels, kinds = [], [], [], []
    chunks = read_rows(path, wanted)
    first = next(chunks, [])
    layout = _Layout.of(mapping, wanted, first)
    places = [len(wanted) - len(beside) + offset for offset in range(len(beside))]
    for batch, frame in _clean(chain([first], chunks), layout):
        frames.append(frame)
        ids += [
            layout.text(row, "record_id") or str(number)
            for number, row in enumerate(batch.rows, batch.before + 1)
        ]
        marks = iter(places)
        labels += _column(batch.rows, next(marks) if truth else None)
        kinds += _column(batch.rows, next(marks) if kind else None)
    return Foreign(frame=pl.concat(frames), ids=ids, labels=labels, kinds=kinds)


class _Layout(msgspec.Struct, frozen=True):
    """Where in a row each of our fields stands, and how this file writes its dates."""

    fields: dict[str, tuple[int, ...]]
    identifiers: dict[str, int]
    order: DateOrder

    @classmethod
    def of(cls, mapping: Mapping, wanted: Sequence[str], sample: Iterable[Row]) -> _Layout:
        fields = {
            field: tuple(wanted.index(column) for column in columns)
            for field, columns in mapping.columns.items()
        }
        identifiers = {scheme: wanted.index(column) for scheme, column in mapping.identifiers.items()}
        births = fields.get("date_of_birth", ())
        return cls(fields, identifiers, order_of(_whole(row[place]) for row in sample for place in births))

    def text(self, row: Row, field: str) -> str:
        places = self.fields.get(field, ())
        return _whole(" ".join(row[place] for place in places if row[place]))


def _present(mapping: Mapping, columns: set[str], path: Path) -> Mapping:
    kept = {
        field: found
        for field, names in mapping.columns.items()
        if (found := tuple(n for n in names if n in columns))
    }
    identifiers = {scheme: name for scheme, name in mapping.identifiers.items() if name in columns}
    if not kept and not identifiers:
        raise TableError(f"{path} has none of the columns that {mapping.path or 'the mapping'} names.")
    return msgspec.structs.replace(mapping, columns=kept, identifiers=identifiers)


def _column(rows: Sequence[Row], place: int | None) -> list[str]:
    return [""] * len(rows) if place is None else [_whole(row[place]) for row in rows]


def _whole(text: str) -> str:
    """Return 12 for 12.0: what is left of a whole number that went through a column with gaps."""
    match = _WHOLE.match(text)
    return match[1] if match else text


def _clean(chunks: Iterable[list[Row]], layout: _Layout) -> Iterator[tuple[_Batch, pl.DataFrame]]:
    """Yield each chunk with its cleaned frame, in order; in two processes where the file is long."""
    batches = _numbered(chunks)
    head = list(islice(batches, WORTH_A_SECOND_PROCESS // CHUNK + 1))
    clean = partial(_frame, layout)
    if sum(len(batch.rows) for batch in head) < WORTH_A_SECOND_PROCESS:
        yield from ((batch, clean(batch)) for batch in head)
        return
    waiting = chain(head, batches)
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        while some := list(islice(waiting, 2 * PROCESSES)):
            yield from zip(some, pool.map(clean, some), strict=True)


class _Batch(NamedTuple):
    before: int
    rows: list[Row]


def _numbered(chunks: Iterable[list[Row]]) -> Iterator[_Batch]:
    before = 0
    for rows in chunks:
        yield _Batch(before, rows)
        before += len(rows)


def _frame(layout: _Layout, batch: _Batch) -> pl.DataFrame:
    return frame_of(_comparable(layout, row, number) for number, row in enumerate(batch.rows, batch.before))


def _comparable(layout: _Layout, row: Row, number: int) -> Comparable:
    text = partial(layout.text, row)
    address, phone = _address(text), text("phone")
    record = Record(
        key=RecordKey(text("source") or "file", "row", str(number)),
        names=_names(text("given_name"), text("middle_name"), text("family_name"), text("full_name")),
        birth=read_birth(
            text("date_of_birth"), layout.order, text("birth_year"), text("birth_month"), text("birth_day")
        ),
        sex=_SEXES.get(text("sex").lower(), ""),
        addresses=(address,),
        identifiers=tuple(
            Identifier(scheme=scheme, value=_whole(row[place]))
            for scheme, place in layout.identifiers.items()
            if row[place]
        ),
        contacts=tuple(
            ContactPoint(kind=kind, value=value)
            for kind, value in (("landline", phone), ("email", text("email")))
            if value
        ),
        place_of_birth=text("place_of_birth"),
        occupation=text("occupation"),
    )
    return _as_elsewhere(_without_key(comparable(record)), address, phone)


def _without_key(row: Comparable) -> Comparable:
    """Return the row without its own key among its identifiers: numbers that are ours would give the answer away."""
    own = RecordKey.parse(row.key)
    quoted = reference(f"{own.partner}/{own.scheme}", own.id)
    return msgspec.structs.replace(row, identifiers=[found for found in row.identifiers if found != quoted])


def _names(given: str, middle: str, family: str, full: str) -> tuple[Name, ...]:
    if not (given or family):
        return (parse_full_name(full),) if full else ()
    if full and not middle:
        said = {*fold(given).split(), *fold(family).split()}
        middle = " ".join(word for word in full.split() if fold(word) not in said)
    return (Name(given=given, middle=middle, family=family),)


def _address(text: Callable[[str], str]) -> Address:
    number, street, town, postcode = text("house_number"), text("street"), text("town"), text("postcode")
    if street or not text("address"):
        return Address(number=number, street=street, town=town, postcode=postcode)
    line = f"{number} {text('address')}".strip()
    return parse_address([part for part in (line, town) if part], postcode=postcode)


def _as_elsewhere(row: Comparable, address: Address, phone: str) -> Comparable:
    """Return the row with the postcode, telephone or early birthday of another country or age, which cleaning leaves out."""
    first_of_january = (row.birth_month, row.birth_day) == (1, 1)
    row = msgspec.structs.replace(row, placeholder_birth=first_of_january)
    where = "".join(address.postcode.upper().split())
    if where and not row.postcodes:
        place = read_place(address)
        homes = [street.partition("|")[0] for street in place.streets]
        row = msgspec.structs.replace(
            row,
            postcodes=[where],
            residences=[f"{where}|{place.flat}|{home}" for home in homes],
            buildings=[f"{where}|{home}" for home in homes],
        )
    digits = "".join(filter(str.isdecimal, phone))
    if len(digits) >= _SHORTEST_PHONE and not (row.mobiles or row.landlines):
        row = msgspec.structs.replace(row, landlines=[digits])
    return row
