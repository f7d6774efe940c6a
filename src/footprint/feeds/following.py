"""A file of a delivery followed row by row: the reader gives rows, the sayer puts what they say into the book.

Here rows meet the contract's columns: one outside it is named once and never stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from footprint.feeds.cin_census import CensusCheck
from footprint.feeds.contract import INSTANCE, Contract, FileTerms, Rows
from footprint.feeds.delivery import FoundFile
from footprint.feeds.drafts import Book
from footprint.feeds.encoding import scan
from footprint.feeds.getting import Tally
from footprint.feeds.parsed import FileRead
from footprint.feeds.reading_csv import CsvFile
from footprint.feeds.reading_fields import Place
from footprint.feeds.reading_xml import Node, XmlFile
from footprint.feeds.reasons import Reasons
from footprint.feeds.refusing import RefusedError
from footprint.feeds.saying import QuarantinedError, Sayer

msgspec.json.Decoder(Rows)  # met by one thread, while this is imported

_MOST_QUARANTINED: Final = 10_000
#: Further rules by the name that a contract gives them: each looks at one person's element and names its faults.
CHECKS: Final[dict[str, Callable[[Node, Place], CensusCheck]]] = {"cin-census": CensusCheck}


class Run:
    """One delivery being read: the book, the reasons, what the file's header says, and what $instance and $as_of stand for."""

    def __init__(
        self, contract: Contract, book: Book, reasons: Reasons, known: dict[str, str], quarantine: Path
    ) -> None:
        self.contract = contract
        self.book = book
        self.reasons = reasons
        self.known = known
        self.header: dict[str, str] = {}
        self.quarantined = 0
        self.tallies: dict[str, Tally] = {}
        self._quarantine = quarantine.open("wb")

    def close(self) -> None:
        self._quarantine.close()

    def set_apart(self, place: Place, error: QuarantinedError, columns: list[str], values: list[str]) -> None:
        """Write a row to quarantine with the contract's columns of it, and count it."""
        self.quarantined += 1
        place.say("quarantined", error.field, error.reason)
        if self.quarantined <= _MOST_QUARANTINED:
            row = {
                "file": place.file,
                "line": place.line,
                "field": error.field,
                "reason": error.reason,
                "values": {
                    name: value for name, value in zip(columns, values, strict=False) if name and value
                },
            }
            self._quarantine.write(msgspec.json.encode(row) + b"\n")


def follow_file(found: FoundFile, run: Run, place: Place) -> FileRead:
    """Read one file into the book. Raises RefusedError where it cannot be taken at all."""
    contract = run.contract
    seen = scan(found.path, found.terms.encodings, most_bytes=contract.limits.file_mb << 20)
    for remark in (found.remark, seen.remark):
        if remark:
            place.say("file", "", remark)
    if found.terms.format == "csv":
        table = CsvFile(found.path, found.terms, seen)
        try:
            rows, header = _follow_csv(table, found.terms, run, place), ",".join(table.header)
        finally:
            table.close()
    else:
        rows, header = _follow_xml(found, run, place), ""
    return FileRead(
        name=found.path.name,
        table=found.terms.name,
        sha256=seen.sha256,
        size=seen.size,
        encoding=seen.encoding,
        rows=rows,
        header=hashlib.sha256(header.encode()).hexdigest()[:16] if header else "",
    )


def _follow_csv(table: CsvFile, terms: FileTerms, run: Run, place: Place) -> int:
    rows = _lowered(terms.rows[0])
    _check_header(table, rows, place)
    positions = table.positions()
    sayer = Sayer(run.contract, rows, positions, run.book, place, run.known, Path(terms.name).stem)
    run.tallies[terms.name] = sayer.tally
    taken = set(rows.columns())
    columns = [name if name in taken else "" for name in table.header]
    width = len(columns)
    count = 0
    for line, values in table.rows():
        count += 1
        try:
            if len(values) != width:
                place.line = line
                raise QuarantinedError("", f"The row has {len(values)} columns, the header {width}.")
            sayer.follow(line, values)
        except QuarantinedError as error:
            run.set_apart(place, error, columns, values)
    return count


def _check_header(table: CsvFile, rows: Rows, place: Place) -> None:
    place.line = 1
    header = set(table.header)
    for source in rows.keys.values():
        if header.intersection(source.named):
            break
    else:
        if rows.keys:
            wanted = " or ".join(name for source in rows.keys.values() for name in source.named)
            raise RefusedError(
                f"The column '{wanted}' is missing, so no row can be anchored.", file=place.file, line=1
            )
    known = {*rows.columns(), *rows.not_taken}
    for column in sorted(header - known - {""}):
        place.say("not taken", column[:60], "The column is not in the contract: not taken.")
    for field, names in _sources(rows):
        if names and not header.intersection(names):
            place.say("file", field, f"The column '{names[0]}' is not in the file.")


def _sources(rows: Rows) -> Iterator[tuple[str, tuple[str, ...]]]:
    for fields in rows.sections().values():
        for field, source in fields.items():
            yield field, source.named
    for terms in rows.involvements:
        for field, source in terms.fields.items():
            yield field, source.named


def _lowered(rows: Rows) -> Rows:
    """Return the rows with every column in small letters: headers are compared without regard to case."""
    content = msgspec.to_builtins(rows)
    return msgspec.convert(_lower_columns(content), Rows)


def _lower_columns(value: object, inside: str = "") -> object:
    if isinstance(value, dict):
        return {name: _lower_columns(part, name) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_lower_columns(part, inside) for part in value]
    return value.lower() if isinstance(value, str) and inside in ("columns", "join", "not_taken") else value


def _follow_xml(found: FoundFile, run: Run, place: Place) -> int:
    terms = found.terms
    file = XmlFile(found.path, root=terms.root, record=terms.record)
    kinds = [(rows, *_reader_of(rows)) for rows in terms.rows]
    sayers = [
        Sayer(run.contract, rows, positions, run.book, place, run.known, Path(terms.name).stem)
        for rows, _columns, _paths, positions in kinds
    ]
    for (rows, *_), sayer in zip(kinds, sayers, strict=True):
        run.tallies[f"{terms.name}: {rows.path}" if rows.path else terms.name] = sayer.tally
    check: CensusCheck | None = None
    count = 0
    for node in file.records():
        if not count:
            _read_header(file.header, terms, run)
            check = CHECKS[terms.checks](file.header, place) if terms.checks else None
        count += 1
        _follow_person(node, kinds, sayers, run, place)
        if check:
            check.look_at(node)
    if not count:
        _read_header(file.header, terms, run)
    _name_unknown_paths(file.paths, terms, place)
    return count


Kind = tuple[Rows, tuple[str, ...], list[tuple[str, ...]], dict[str, int]]


def _reader_of(rows: Rows) -> tuple[tuple[str, ...], list[tuple[str, ...]], dict[str, int]]:
    columns = rows.columns()
    return (
        columns,
        [tuple(name.split("/")) for name in columns],
        {name: place for place, name in enumerate(columns)},
    )


def _follow_person(node: Node, kinds: list[Kind], sayers: list[Sayer], run: Run, place: Place) -> None:
    """Follow a person's element, then the rows nested in it; a nested row that is no use costs only itself."""
    place.node = node
    _name_stray_text(node, place)
    _rows, columns, paths, _positions = kinds[0]
    values = [node.value(path) for path in paths]
    try:
        draft = sayers[0].follow(node.line, values)
    except QuarantinedError as error:
        run.set_apart(place, error, list(columns), values)
        return
    for (rows, _columns, nested_paths, _nested_positions), sayer in zip(kinds[1:], sayers[1:], strict=True):
        for inner in node.all(tuple(rows.path.split("/"))):
            place.node = inner
            try:
                sayer.follow(inner.line, [inner.value(path) for path in nested_paths], draft)
            except QuarantinedError as error:
                place.say("set aside", error.field, error.reason)
    place.node = None


def _name_stray_text(node: Node, place: Place) -> None:
    for inner in node.walk():
        if inner.children and inner.text:
            place.say_at(
                inner.line,
                inner.name,
                "Text stands between the elements here and belongs to none: not taken.",
            )


def _read_header(header: Node, terms: FileTerms, run: Run) -> None:
    """Take instance, day and name from the file's header. Raises RefusedError where an instance is needed and none is said."""
    for field, source in terms.header.items():
        if source.join:
            said = "".join(header.value(tuple(name.split("/"))) for name in source.join)
        else:
            said = next(
                (found for name in source.columns if (found := header.value(tuple(name.split("/"))))), ""
            )
        if said:
            run.header[field] = said
    instance = run.header.get("instance", "")
    if run.contract.instances and not (instance.isalnum() and instance.isascii() and len(instance) <= 20):
        raise RefusedError(
            "The header does not say whose file this is. Fill in its local authority and establishment numbers."
        )
    run.known[INSTANCE] = instance
    run.book.partner = run.contract.partner_id(instance)


def _name_unknown_paths(seen: set[str], terms: FileTerms, place: Place) -> None:
    """Name each element outside the contract once: the outermost one, not everything within it."""
    known: set[str] = set()
    for rows in terms.rows:
        base = rows.path.split("/") if rows.path else []
        known.add(rows.path)
        known.update(_joined(base, name) for name in (*rows.columns(), *rows.not_taken))
    around = {"/".join(path.split("/")[:depth]) for path in known for depth in range(1, path.count("/") + 1)}
    place.line = 0
    reported: set[str] = set()
    for path in sorted(seen - known - around):
        parts = path.split("/")
        above = {"/".join(parts[:depth]) for depth in range(1, len(parts))}
        if not above & (reported | _leaves(known, around)):
            reported.add(path)
            place.say("not taken", path[:60], "The element is not in the contract: not taken.")


def _leaves(known: set[str], around: set[str]) -> set[str]:
    return known - around


def _joined(base: list[str], name: str) -> str:
    parts = list(base)
    for step in name.split("/"):
        if step == "..":
            parts.pop()
        else:
            parts.append(step)
    return "/".join(parts)
