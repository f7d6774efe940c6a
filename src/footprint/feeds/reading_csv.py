"""CSV in the one dialect that the contract declares: what does not fit is a reason with a line number, never a guess.

A row of another width is set apart on its own; a fault that puts every row in doubt refuses the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from footprint.feeds.contract import FileTerms
from footprint.feeds.encoding import Scan
from footprint.feeds.refusing import RefusedError

_LONGEST_FIELD: Final = 1 << 16
_MOST_COLUMNS: Final = 500
_OTHER_DELIMITERS: Final = {";": "semicolons", "\t": "tabs", "|": "upright strokes", ",": "commas"}


class CsvFile:
    """An open CSV: `header` as normalised (small letters, no space around), then rows with the line where each begins."""

    def __init__(self, path: Path, terms: FileTerms, scan: Scan) -> None:
        self._name = path.name
        self._terms = terms
        self._stream = path.open("r", encoding=scan.encoding, newline="", errors=_errors(scan.encoding))
        csv.field_size_limit(_LONGEST_FIELD)
        self._reader = csv.reader(self._stream, delimiter=terms.delimiter, strict=True)
        self.header = self._read_header()

    def close(self) -> None:
        self._stream.close()

    def positions(self) -> dict[str, int]:
        """Return the place of each column of the header."""
        return {column: place for place, column in enumerate(self.header)}

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Return each row with its line; a row of another width than the header's comes as it is, for the caller to judge.

        Raises RefusedError where the dialect breaks: from there on nobody can tell where a row begins.
        """
        before = self._reader.line_num
        try:
            for row in self._reader:
                if row:
                    yield before + 1, row
                before = self._reader.line_num
        except csv.Error as error:
            raise self._broken(before + 1, error) from None

    def _read_header(self) -> list[str]:
        try:
            said = next(self._reader, [])
        except csv.Error as error:
            raise self._broken(1, error) from None
        header = [column.strip().strip("\ufeff").lower() for column in said]
        if not any(header):
            raise RefusedError(
                "The first line names no columns. Send the file with its header.", file=self._name, line=1
            )
        if len(header) > _MOST_COLUMNS:
            raise RefusedError(
                f"The header has {len(header)} columns. That is not this extract.", file=self._name, line=1
            )
        if len(header) == 1:
            for mark, word in _OTHER_DELIMITERS.items():
                if mark != self._terms.delimiter and mark in header[0]:
                    said_by_contract = _OTHER_DELIMITERS.get(self._terms.delimiter, "otherwise")
                    raise RefusedError(
                        f"Columns are parted by {word}; the contract says {said_by_contract}.",
                        file=self._name,
                        line=1,
                    )
        if twice := sorted({column for column in header if column and header.count(column) > 1}):
            raise RefusedError(
                f"The column '{twice[0][:40]}' stands twice in the header: nobody can tell which counts.",
                file=self._name,
                line=1,
            )
        return header

    def _broken(self, line: int, error: csv.Error) -> RefusedError:
        said = str(error)
        if "field larger" in said or "unexpected end" in said:
            what = "a quotation mark is opened and never closed"
        elif "expected after" in said:
            what = "a quotation mark stands inside a field without being doubled"
        else:
            what = "the row cannot be parted into columns"
        return RefusedError(
            f"From here on the file cannot be read: {what}. Mend the row and send the file again.",
            file=self._name,
            line=line,
        )


def _errors(encoding: str) -> str:
    # Five bytes mean nothing in Windows-1252; one such letter in a street is no reason to lose the row.
    return "replace" if encoding == "cp1252" else "strict"
