"""Small worlds to search: records of invented people, and a model with round weights that anybody can add up."""

import datetime as dt
import math
from types import SimpleNamespace
from typing import ClassVar

import numpy as np
import polars as pl

from footprint.comparison import BY_NAME, COMPARISONS, UNKNOWN
from footprint.records import Address, ContactPoint, Identifier, Name, Record, RecordKey, partial_date
from footprint.records.columns import frame_of
from footprint.records.comparing import comparable
from footprint.search import Index, build

DAY = dt.date(2026, 11, 23)
BITS = {
    "given": (7, 6, 3, 5, 2, 12, 2, 1, -6),
    "family": (8, 7, 6, 0, 3, 1, -4),
    "middle": (4, 2, 3, -1),
    "birth": (13, 8, 4, 8, 2, 1, 0, -9),
    "sex": (1, -6),
    "place": (12, 4, 6, -2),
    "contact": (13, 5, -2),
    "identifier": (23, 0),
    "setting": (6, -1),
    "relative": (8, 0),
    "birthplace": (6, 3, -2),
    "occupation": (4, -1),
}


class RoundModel:
    """Weights as in BITS; a chance agreement of 2 in 1,000 on every value whose rarity counts."""

    label = "round"
    prior_bits = -18.0
    comparisons: ClassVar = {
        comparison.name: SimpleNamespace(u=(0.002,) * (comparison.else_level + 1))
        for comparison in COMPARISONS
    }

    def bits(self, comparison: str, level: int) -> float:
        assert len(BITS[comparison]) == BY_NAME[comparison].else_level + 1
        return 0.0 if level == UNKNOWN else float(BITS[comparison][level])


MODEL = RoundModel()
SHARES = {
    "given": {"john": 0.008, "amina": 0.001, "khan": 0.0005},
    "family": {"khan": 0.008, "smith": 0.016, "okonkwo": 0.00025},
}


def frequencies() -> dict[str, pl.DataFrame]:
    return {
        column: pl.DataFrame({column: list(shares), "share": list(shares.values())})
        for column, shares in SHARES.items()
    }


def rarity() -> dict[str, dict[str, float]]:
    return {
        column: {value: math.log2(0.002 / share) for value, share in shares.items()}
        for column, shares in SHARES.items()
    }


def index_of(directory, people) -> Index:
    """Write and open the index of people, each a list of comparables."""
    rows = [row for records in people for row in records]
    persons = np.repeat(np.arange(len(people)), [len(records) for records in people]).astype(np.int32)
    build(directory, frame_of(rows), persons, model=MODEL, frequencies=frequencies(), day=DAY)
    return Index.open(directory)


def world(directory, *people) -> Index:
    """Write and open the index of people, each a list of records."""
    return index_of(directory, [[comparable(record) for record in records] for records in people])


def a_record(
    key, given="", family="", born="", *, sex="", address=None, phone="", numbers=None, **more
) -> Record:
    """A record from the fewest words: key "police/nominal/1", born "1991-05-04", "1991-05" or "1991"."""
    return Record(
        key=RecordKey.parse(key),
        names=(Name(given=given, family=family, middle=more.pop("middle", "")), *more.pop("aliases", ())),
        birth=partial_date(*map(int, born.split("-"))) if born else None,
        sex=sex,
        addresses=(address,) if address else (),
        contacts=(ContactPoint(kind="mobile", value=phone),) if phone else (),
        identifiers=tuple(
            Identifier(scheme=scheme, value=value) for scheme, value in (numbers or {}).items()
        ),
        **more,
    )


def at(number="", street="", postcode="", **more) -> Address:
    return Address(number=number, street=street, postcode=postcode, **more)
