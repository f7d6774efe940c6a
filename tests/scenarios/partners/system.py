"""A partner's system: what it holds about people today, delivered as a whole in its own format.

A person is described once a partner, in a line: a name as "Given Middle/Family", days as ISO, a home as
"Flat 3, Wolsey Court, 12 Mill Lane, WS2 8AA". Each partner's own id stands in the record's key, so a test can say
"police/person-id/AMANDEEP-V". Saying somebody again changes what is held; a delivery is always the whole of it.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

Row = dict[str, str]


class Home(NamedTuple):
    """A home in the parts that partners' systems have."""

    flat: str = ""
    building: str = ""
    number: str = ""
    street: str = ""
    postcode: str = ""

    @classmethod
    def of(cls, text: str) -> Home:
        """Read "Flat 3, Wolsey Court, 12 Mill Lane, WS2 8AA"; each part but the postcode may be missing."""
        parts = {"postcode": ""}
        for piece in (piece.strip() for piece in text.split(",") if piece.strip()):
            number, _, street = piece.partition(" ")
            if re.fullmatch(r"[A-Z]{1,2}\d{1,2} \d[A-Z]{2}", piece):
                parts["postcode"] = piece
            elif re.match(r"(Flat|Pitch|Mooring|Room)\b", piece):
                parts["flat"] = piece
            elif number[0].isdigit():
                parts |= {"number": number, "street": street}
            else:
                parts["building"] = piece
        return cls(**parts)


class Called(NamedTuple):
    """A name in the parts that partners' systems have."""

    given: str
    middle: str
    family: str

    @classmethod
    def of(cls, text: str) -> Called:
        """Read "Given Middle/Family". A name without "/" is all the name that there is, and stands in the family's field."""
        first, slash, family = text.partition("/")
        if not slash:
            return cls("", "", text)
        given, _, middle = first.partition(" ")
        return cls(given, middle, family)


class Partner:
    """One partner's system: rows by table and by the person they are about."""

    feed = ""
    partner = ""
    scheme = ""
    tables: ClassVar[dict[str, Sequence[str]]] = {}

    def __init__(self) -> None:
        self._held: dict[str, dict[str, list[Row]]] = {table: {} for table in self.tables}
        self._sequence = 0

    def key(self, number: str) -> str:
        """Return the record key that this id becomes."""
        return f"{self.partner}/{self.scheme}/{number}"

    def forgets(self, number: str) -> None:
        """Hold nothing about the person from now on."""
        for rows in self._held.values():
            rows.pop(number, None)

    def _add(self, table: str, number: str, /, **row: str) -> None:
        self._held[table].setdefault(number, []).append(row)

    def rows(self, table: str) -> Iterable[Row]:
        """Return every row of a table, in the order in which people were first named."""
        return (row for rows in self._held[table].values() for row in rows)

    @property
    def holds_anybody(self) -> bool:
        return any(map(bool, self._held.values()))

    def deliver(self, into: Path, day: dt.date) -> None:
        """Write the whole of what is held as the delivery of a day."""
        into.mkdir(parents=True)
        self._sequence += 1
        self._write(into)
        manifest = {
            "feed": self.feed,
            "sender": self.partner,
            "sequence": self._sequence,
            "as_of": day.isoformat(),
            "mode": "full",
        }
        (into / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    def _write(self, into: Path) -> None:
        for table, columns in self.tables.items():
            with (into / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                sheet = csv.DictWriter(file, columns, restval="")
                sheet.writeheader()
                sheet.writerows(self.rows(table))
