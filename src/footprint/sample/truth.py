"""The truth beside the deliveries: who each record is, who the people are, and who must never be taken for another.

The product never reads this. Written in pieces, so that millions of people fit in bounded memory.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Final

import polars as pl

from footprint.sample.partners.held import Held
from footprint.sample.world.people import Household, Person
from footprint.sample.world.places import Dwelling

PIECE: Final = 100_000
"""Rows that wait in memory before a piece is written."""

Row = tuple[Any, ...]
NAMESAKES: Final = "strangers of one name and birthday"

RECORDS: Final = {
    "partner": pl.String,
    "scheme": pl.String,
    "id": pl.String,
    "person": pl.String,
    "slips": pl.String,
}
FLAT: Final = {
    "record_id": pl.String, "partner": pl.String, "given_name": pl.String, "middle_name": pl.String, "family_name": pl.String,
    "date_of_birth": pl.String, "sex": pl.String, "house_number": pl.String, "street": pl.String, "address": pl.String,
    "town": pl.String, "postcode": pl.String, "phone": pl.String, "email": pl.String, "nhs": pl.String, "upn": pl.String,
    "person": pl.String,
}  # fmt: skip
PEOPLE: Final = {
    "person": pl.String, "household": pl.String, "shape": pl.String, "community": pl.String, "strain": pl.Int8,
    "given_name": pl.String, "middle_name": pl.String, "family_name": pl.String, "known_as": pl.String,
    "former_family_name": pl.String, "alias": pl.String, "date_of_birth": pl.Date, "expected": pl.Date, "recorded_birth": pl.Date,
    "death": pl.Date, "sex": pl.String, "flat": pl.String, "building": pl.String, "house_number": pl.String, "street": pl.String,
    "town": pl.String, "postcode": pl.String, "uprn": pl.String, "former_house_number": pl.String, "former_street": pl.String,
    "former_postcode": pl.String, "phone": pl.String, "email": pl.String, "nhs": pl.String, "old_nhs": pl.String,
    "upn": pl.String, "school": pl.String, "mother": pl.String, "father": pl.String, "care": pl.String,
    "protected": pl.Boolean, "tags": pl.String,
}  # fmt: skip
PAIRS: Final = {"person_a": pl.String, "person_b": pl.String, "reason": pl.String, "children": pl.Boolean}


class Pieces:
    """A Parquet file that is written in pieces and put together at the end."""

    def __init__(self, file: Path, schema: dict[str, Any]) -> None:
        self.file = file
        self.rows = 0
        self._schema = schema
        self._waiting: list[Row] = []
        self._pieces: list[Path] = []

    def add(self, row: Row) -> None:
        self._waiting.append(row)
        if len(self._waiting) >= PIECE:
            self._write()

    def _write(self) -> None:
        piece = self.file.with_suffix(f".{len(self._pieces):05}.part")
        pl.DataFrame(self._waiting, schema=self._schema, orient="row").write_parquet(piece)
        self.rows += len(self._waiting)
        self._pieces.append(piece)
        self._waiting.clear()

    def close(self) -> None:
        self._write()
        pl.scan_parquet(self._pieces).sink_parquet(self.file)
        for piece in self._pieces:
            piece.unlink()


class Truth:
    """Collects the truth while the borough is written."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.records = Pieces(folder / "records.parquet", RECORDS)
        self.flat = Pieces(folder / "records_flat.parquet", FLAT)
        self.people = Pieces(folder / "people.parquet", PEOPLE)
        self.pairs = Pieces(folder / "pairs_never.parquet", PAIRS)

    def record(self, partner: str, scheme: str, identifier: str, held: Held) -> None:
        """Say who a record is, and keep it flat as the partner has it on the last day."""
        person = held.person.id
        door = held.home
        self.records.add((partner, scheme, identifier, person, " ".join(held.slips)))
        self.flat.add(
            (
                f"{partner}/{scheme}/{identifier}", partner, held.given, held.middle, held.family,
                held.birth.isoformat() if held.birth else "", held.sex,
                *((door.number, door.street, address_line(door), door.town, door.postcode) if door else ("",) * 5),
                held.mobile or held.landline, held.email, held.nhs, held.upn, person,
            )
        )  # fmt: skip

    def household(self, home: Household, name: str) -> None:
        """Say who lives in a household, and which of them must never be taken for each other."""
        for person in home.people:
            self.people.add(person_row(person, home, name))
            if person.pieces is not None:
                continue  # a storyline says itself who must not be joined
            if person.twin is not None and person.number < person.twin.number:
                self.never(person, person.twin, "twins")
            if "junior" in person.tags and person.father is not None:
                self.never(person, person.father, "same name, parent and child")

    def never(self, one: Person, other: Person, reason: str) -> None:
        children = "child" in one.tags and "child" in other.tags
        self.pairs.add((one.id, other.id, reason, children))

    def close(self, end: dt.date) -> None:
        """Put the files together, with all pairs of strangers who share a name and a birthday."""
        self.records.close()
        self.flat.close()
        self.people.close()
        for row in namesakes(self.folder / "people.parquet", end):
            self.pairs.add(row)
        self.pairs.close()


def namesakes(people: Path, end: dt.date) -> list[Row]:
    """Return the pairs of people with the same given name, family name and birthday, true or as officials wrote it."""
    birthday = pl.coalesce("recorded_birth", "date_of_birth").alias("date_of_birth")
    known = (
        pl.scan_parquet(people)
        .filter(pl.col("date_of_birth").is_not_null() & (pl.col("given_name") != ""))
        .select("person", "given_name", "family_name", birthday)
    )
    keys = ["given_name", "family_name", "date_of_birth"]
    shared = known.group_by(keys).agg(pl.len()).filter(pl.col("len") > 1).select(keys)
    some = known.join(shared, on=keys, how="semi").collect()
    pairs = (
        some.join(some, on=keys, suffix="_b")
        .filter(pl.col("person") < pl.col("person_b"))
        .sort("person", "person_b")
    )
    grown = end.replace(year=end.year - 18, day=min(end.day, 28))
    return [
        (row["person"], row["person_b"], NAMESAKES, row["date_of_birth"] > grown)
        for row in pairs.iter_rows(named=True)
    ]


def address_line(door: Dwelling) -> str:
    """Return an address without town and postcode, in one line: Flat 3, Wolsey Court, 14 Mill Lane."""
    street = f"{door.number} {door.street}".strip()
    return ", ".join(part for part in (door.flat, door.building, street) if part)


def person_row(person: Person, home: Household, name: str) -> Row:
    door = person.home if not person.stays or person.stays[-1].end is None else None
    before = person.stays[-2].dwelling if len(person.stays) > 1 else None
    return (
        person.id, name, home.shape, person.community, home.strain,
        person.given, person.middle, person.family, person.known_as,
        person.former[-1].family if person.former else "",
        "; ".join(f"{alias.given} {alias.family}" for alias in person.aliases),
        person.birth, person.expected, person.recorded_birth, person.death, person.sex,
        *((door.flat, door.building, door.number, door.street, door.town, door.postcode, door.uprn) if door else ("",) * 7),
        *((before.number, before.street, before.postcode) if before else ("",) * 3),
        person.mobile, person.email, person.nhs, person.old_nhs, person.upn, person.school.laestab if person.school else "",
        person.mother.id if person.mother else "", person.father.id if person.father else "", person.care,
        person.protected, " ".join(person.tags),
    )  # fmt: skip
