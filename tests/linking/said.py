"""What partners say about people, in a line each; and a run of linking over it with a model made by hand.

Numbers, telephones and streets are invented, and valid where their scheme has a check. A label stands for a value: in one
place, `nhs="hers"` is always the same NHS number, in another place another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import polars as pl
from stdnum.gb.upn import calc_check_digit

from footprint.comparison import COMPARISONS
from footprint.decisions.decision import Decision, Kind, Subject
from footprint.decisions.overlay import NOTHING_DECIDED, Overlay
from footprint.linking import frequencies, run
from footprint.linking.model import Levels, Model
from footprint.records import (
    Address,
    Comparable,
    ContactPoint,
    Identifier,
    Name,
    PartialDate,
    Record,
    RecordKey,
    Relationship,
    Setting,
    partial_date,
)
from footprint.records.columns import frame_of
from footprint.records.comparing import comparable

# m and u by level, strongest first and `else` last: no figure is learned, all are of the right order.
_BY_HAND = {
    "given": ([0.7, 0.08, 0.08, 0.04, 0.02, 0.02, 0.02, 0.01, 0.03], [0.005, 0.005, 0.005, 0.002, 0.002, 0.001, 0.03, 0.05, 0.9]),
    "family": ([0.75, 0.1, 0.05, 0.02, 0.02, 0.01, 0.05], [0.005, 0.005, 0.002, 0.001, 0.03, 0.05, 0.907]),
    "middle": ([0.7, 0.15, 0.05, 0.1], [0.03, 0.07, 0.01, 0.89]),
    "birth": ([0.85, 0.02, 0.05, 0.03, 0.02, 0.01, 0.01, 0.01], [0.0001, 0.0001, 0.005, 0.002, 0.001, 0.02, 0.04, 0.9318]),
    "sex": ([0.98, 0.02], [0.5, 0.5]),
    "place": ([0.5, 0.1, 0.1, 0.3], [0.0002, 0.0005, 0.001, 0.9983]),
    "contact": ([0.5, 0.1, 0.4], [0.0001, 0.0002, 0.9997]),
    "identifier": ([0.9, 0.1], [0.00001, 0.99999]),
    "setting": ([0.7, 0.3], [0.02, 0.98]),
    "relative": ([0.8, 0.2], [0.001, 0.999]),
    "birthplace": ([0.7, 0.1, 0.2], [0.05, 0.01, 0.94]),
    "occupation": ([0.5, 0.5], [0.01, 0.99]),
}  # fmt: skip
BY_HAND = Model(
    name="by-hand",
    trained_on="nothing",
    prior=1e-5,
    comparisons={name: Levels(tuple(m), tuple(u)) for name, (m, u) in _BY_HAND.items()},
)
# How common every value is taken to be, so that a case does not depend on who else is in the run.
_COMMON = {"given": 0.002, "family": 0.002, "birth": 0.0001, "place_of_birth": 0.05, "occupation": 0.01}
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def nhs_number(number: int) -> str:
    """Return the first valid NHS number from 4 000 000 000 on, counted by `number`; every eleventh serial has none."""
    serial = 400_000_000 + 3 * number
    while True:
        figures = [int(figure) for figure in str(serial)]
        rest = (
            11 - sum(figure * weight for figure, weight in zip(figures, range(10, 1, -1), strict=True)) % 11
        )
        if rest != 10:
            return f"{serial}{rest % 11}"
        serial += 1


def upn_number(number: int, temporary: bool = False) -> str:
    rest = f"335{number:08}" + ("B" if temporary else "1")
    return calc_check_digit(rest) + rest


class Place:
    """Somewhere of its own: its streets, families and numbers are nobody else's in the run."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.postcode = f"WS{number % 15 + 1} {number // 15 % 10}{_LETTERS[number // 150]}A"
        self._labels: dict[str, int] = {}

    def _serial(self, label: str) -> int:
        return 100 * self.number + self._labels.setdefault(label, len(self._labels))

    def _number(self, scheme: str, label: str) -> str:
        return (nhs_number if scheme == "nhs" else upn_number)(self._serial(label))

    def key(self, partner: str, label: str) -> str:
        return str(RecordKey(partner, "id", f"{self.number}-{label}"))

    def said(
        self,
        partner: str,
        name: str = "",
        born: str = "",
        *,
        label: str = "",
        home: str = "",
        before: str = "",
        postcode: str = "",
        uprn: str = "",
        nhs: str = "",
        upn: str = "",
        former: Mapping[str, str] = {},
        quotes: Mapping[str, str] = {},
        mobile: str = "",
        email: str = "",
        landline: str = "",
        school: str = "",
        gp: str = "",
        mother: str = "",
        also: Mapping[str, str] = {},
        sex: str = "",
        due: str = "",
        born_in: str = "",
        temporary_upn: str = "",
        protected: bool = False,
    ) -> Comparable:
        """Return one record. `name` is "Given Middle / Family"; `home` "Flat 3, 12 High Street" of this place's postcode."""
        found = [
            ("nhs", nhs, False),
            ("upn", upn, False),
            *((scheme, value, True) for scheme, value in former.items()),
        ]
        identifiers = [
            Identifier(scheme=scheme, value=self._number(scheme, value), superseded=old and scheme == "nhs")
            for scheme, value, old in found
            if value
        ]
        identifiers += [
            Identifier(scheme=f"{who}/id", value=f"{self.number}-{id_}") for who, id_ in quotes.items()
        ]
        if temporary_upn:
            identifiers.append(Identifier(scheme="upn", value=upn_number(self._serial(temporary_upn), True)))
        contacts = [
            *(
                ContactPoint(kind="mobile", value=f"07700{900_000 + self._serial(mobile)}")
                for _ in mobile[:1]
            ),
            *(ContactPoint(kind="email", value=f"{email}{self.number}@example.org") for _ in email[:1]),
            *(
                ContactPoint(kind="landline", value=f"01922{400_000 + self._serial(landline)}")
                for _ in landline[:1]
            ),
        ]
        settings = [
            *(Setting(kind="school", code=f"335{2000 + self._serial(school) % 7000}") for _ in school[:1]),
            *(Setting(kind="gp", code=f"M{91000 + self._serial(gp) % 8000}") for _ in gp[:1]),
        ]
        places = ((home, "home"), (before, "old"))
        record = Record(
            key=RecordKey.parse(self.key(partner, label or partner)),
            names=(*([_name(name)] if name else []), *(_name(text, use) for text, use in also.items())),
            birth=_date(born),
            expected=PartialDate.of(_date(due).whole, "XXX") if due else None,
            sex=sex,
            addresses=tuple(_address(text, postcode or self.postcode, uprn, use) for text, use in places if text),
            identifiers=tuple(identifiers),
            contacts=tuple(contacts),
            settings=tuple(settings),
            relationships=(Relationship(kind="mother", name=_name(mother)),) if mother else (),
            protected=protected,
            place_of_birth=born_in,
        )  # fmt: skip
        return comparable(record)


def _name(text: str, use: str = "usual") -> Name:
    given, _, family = (part.strip() for part in text.partition("/"))
    first, _, middle = given.partition(" ")
    return Name(given=first, middle=middle, family=family, use=use)


def _date(text: str) -> PartialDate | None:
    return partial_date(*(int(part) for part in text.split("-"))) if text else None


def _address(text: str, postcode: str, uprn: str, use: str) -> Address:
    flat, _, door = text.rpartition(", ")
    first, _, rest = door.partition(" ")
    number, street = (first, rest) if first.isdigit() else ("", door)
    return Address(flat=flat, number=number, street=street, postcode=postcode, uprn=uprn, use=use)


def ruling(
    kind: Kind, one: str, other: str, *, identifiers: Iterable[str] = (), since: str = "", undone_by: str = ""
) -> Decision:
    """Return a steward's ruling of two records; of a seal `one` is the former identity, whose `identifiers` are given."""
    former = [
        Subject(sort="record", value=one),
        *(Subject(sort="identifier", value=text) for text in identifiers),
    ]
    return Decision(
        id=f"{kind} {one} {other}",
        kind=kind,
        subjects=tuple(former),
        others=(Subject(sort="record", value=other),),
        partnership="walsall",
        reason="A case.",
        by="a steward",
        at="2026-11-23T09:00:00+00:00",
        since=since,
        undone_by=undone_by,
    )


def freeze(rows: Iterable[Comparable], into: Path) -> Path:
    """Write frequency tables in which every value is as common as every other."""
    listed = list(rows)
    into.mkdir(parents=True, exist_ok=True)
    for column in frequencies.COLUMNS:
        values = sorted({getattr(row, column) for row in listed} - {""})
        table = {column: values, f"tf_{column}": [_COMMON[column]] * len(values)}
        pl.DataFrame(table, schema={column: pl.String, f"tf_{column}": pl.Float64}).write_parquet(
            into / f"{column}.parquet"
        )
    return into


class Found(NamedTuple):
    """What a run found: each record's person, and each pair's verdict and rule (keys in order)."""

    people: dict[str, str]
    links: dict[tuple[str, str], tuple[str, str, list[str]]]
    events: list[tuple[str, str, str]]
    folder: Path

    def between(self, one: str, other: str) -> str:
        """Return the rule that joins two records, "together" through others, "possible", or "apart"."""
        verdict, rule, _ = self.links.get((min(one, other), max(one, other)), ("", "", []))
        if self.people[one] == self.people[other]:
            return rule if verdict == "joined" else "together"
        return verdict or "apart"

    def why(self, one: str, other: str) -> list[str]:
        return self.links[min(one, other), max(one, other)][2]

    def groups(self) -> set[frozenset[str]]:
        """Return the people as sets of record keys."""
        found: dict[str, set[str]] = {}
        for key, person in self.people.items():
            found.setdefault(person, set()).add(key)
        return {frozenset(keys) for keys in found.values()}


def link(
    rows: Iterable[Comparable],
    folder: Path,
    *,
    overlay: Overlay = NOTHING_DECIDED,
    previous: Path | None = None,
    unique: Iterable[str] = (),
    hidden: Iterable[str] = (),
    frozen: Path | None = None,
    threads: int = 1,
) -> Found:
    """Link rows with the model made by hand; `folder` must be new."""
    listed = list(rows)
    folder.mkdir(parents=True)
    source = folder / "comparables.parquet"
    frame_of(listed).with_columns(first_reported=pl.lit("2026-11-01")).write_parquet(source)
    run.link(
        [source],
        folder / "run",
        model=BY_HAND,
        frozen=frozen or freeze(listed, folder / "frequencies"),
        overlay=overlay,
        previous=previous,
        unique_partners=frozenset(unique),
        hidden=frozenset(hidden),
        threads=threads,
        memory="1GB",
    )
    return read(folder / "run")


def read(folder: Path) -> Found:
    people = dict(pl.read_parquet(folder / "people.parquet").iter_rows())
    links = {
        (row["left"], row["right"]): (row["verdict"], row["rule"], row["why"])
        for row in pl.read_parquet(folder / "links.parquet").iter_rows(named=True)
    }
    return Found(people, links, list(pl.read_parquet(folder / "events.parquet").iter_rows()), folder)


assert _BY_HAND.keys() == {comparison.name for comparison in COMPARISONS}
