"""What each level of agreement weighs, in bits, as the index keeps it: taken once from the model that linked the records.

The model and its frequency tables are frozen. A weight never depends on who looks or on what is hidden from whom.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, NamedTuple, Protocol

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl

from footprint.comparison import COMPARISONS
from footprint.records import Comparable

# The columns whose rare values weigh more, and which of them a comparison's level asks for.
FREQUENCY_COLUMNS: Final = tuple(
    dict.fromkeys(
        level.frequency for comparison in COMPARISONS for level in comparison.levels if level.frequency
    )
)
DEEPEST: Final = max(comparison.else_level for comparison in COMPARISONS) + 1


class Chances(Protocol):
    """How often a level is seen between records of two people (`u`)."""

    @property
    def u(self) -> tuple[float, ...]: ...


class MatchModel(Protocol):
    """What search needs of the model of agreement."""

    @property
    def label(self) -> str: ...
    @property
    def prior_bits(self) -> float: ...
    @property
    def comparisons(self) -> Mapping[str, Chances]: ...
    def bits(self, comparison: str, level: int) -> float: ...


class Weights(msgspec.Struct, frozen=True):
    """The weights as data: `bits` has for each comparison, in declared order, one weight a level, `else` last."""

    model: str
    prior: float
    bits: tuple[tuple[float, ...], ...]


class WeightTables(NamedTuple):
    """The weights as the kernel reads them: `bits` float64 [comparisons, DEEPEST + 1], UNKNOWN (-1) in the last column.

    `rarity` int32 of the same shape is the frequency column of a level, or -1.
    """

    bits: npt.NDArray[np.float64]
    rarity: npt.NDArray[np.int32]


def weights_of(model: MatchModel) -> Weights:
    """Return the weights of every declared comparison under `model`; 0 where the model was not taught one."""
    return Weights(
        model.label,
        model.prior_bits,
        tuple(
            tuple(model.bits(comparison.name, level) for level in range(comparison.else_level + 1))
            for comparison in COMPARISONS
        ),
    )


def tables(weights: Weights) -> WeightTables:
    """Return the weights as arrays, read-only."""
    bits = np.zeros((len(COMPARISONS), DEEPEST + 1))
    rarity = np.full(bits.shape, -1, dtype=np.int32)
    for row, (comparison, found) in enumerate(zip(COMPARISONS, weights.bits, strict=True)):
        bits[row, : len(found)] = found
        for column, level in enumerate(comparison.levels):
            if level.frequency:
                rarity[row, column] = FREQUENCY_COLUMNS.index(level.frequency)
    for array in (bits, rarity):
        array.flags.writeable = False
    return WeightTables(bits, rarity)


# A question leaves parts out because the asker does not know them, records because of an error: so what a question says in
# part is weighed by how seldom two people agree on so much, and not as the model weighs it between records. In bits.
YEARS_OF_BIRTH: Final = 70.0
_SAID_RIGHTLY: Final = 0.95  # how often people are right about a year or an age that they give
_POSTCODE_ALONE: Final = 9.0  # fewer bits than a borough's 8,000 postcodes would give, since people move
_ROW: Final = {comparison.name: row for row, comparison in enumerate(COMPARISONS)}
_COLUMN: Final = {
    (comparison.name, level.label): column
    for comparison in COMPARISONS
    for column, level in enumerate(comparison.levels)
}
_BIRTH, _PLACE, _POSTCODE = _ROW["birth"], _ROW["place"], _COLUMN["place", "postcode"]
_PARTIAL: Final = _COLUMN["birth", "partial"]
AGE_FITS: Final = _COLUMN["birth", "near-year"]


def for_question(weights: WeightTables, row: Comparable, years: tuple[int, int]) -> WeightTables:
    """Return the weights for a question that says a birthday in part, an age, or no more of a place than its postcode."""
    bits = weights.bits.copy()
    months = 12.0 if row.birth_month and not years[0] else 1.0
    span = years[1] - years[0] + 1 if years[0] else 1
    in_part = math.log2(_SAID_RIGHTLY * YEARS_OF_BIRTH * months / span)
    bits[_BIRTH, _PARTIAL] = max(bits[_BIRTH, _PARTIAL], in_part)
    if years[0]:
        bits[_BIRTH, AGE_FITS] = in_part
    if not (row.residences or row.streets or row.uprns):
        bits[_PLACE, _POSTCODE] = max(bits[_PLACE, _POSTCODE], _POSTCODE_ALONE)
    bits.flags.writeable = False
    return WeightTables(bits, weights.rarity)


def rarities(
    frame: pl.DataFrame, model: MatchModel, frequencies: Mapping[str, pl.DataFrame]
) -> npt.NDArray[np.float32]:
    """Return float32 [rows, FREQUENCY_COLUMNS]: how many bits more (or fewer) agreement on this row's value weighs.

    Each frequency table has the values in its first column and their share in its second. A value that the table does not
    know weighs as an average one.
    """
    found = np.zeros((frame.height, len(FREQUENCY_COLUMNS)), dtype=np.float32)
    for place, column in enumerate(FREQUENCY_COLUMNS):
        average = _chance_of_agreement(model, column)
        if column not in frequencies or average <= 0:
            continue
        table = frequencies[column]
        shares = table.select(pl.col(table.columns[0]).alias(column), pl.col(table.columns[1]).alias("share"))
        joined = frame.select(column).join(shares, on=column, how="left", maintain_order="left")["share"]
        bits = (average / joined.cast(pl.Float64)).log(2).fill_null(0.0)
        found[:, place] = bits.to_numpy()
    return found


def _chance_of_agreement(model: MatchModel, column: str) -> float:
    """Return how often two people agree on `column` by chance, on average: what the level's own weight assumes."""
    for comparison in COMPARISONS:
        for index, level in enumerate(comparison.levels):
            if level.frequency == column and comparison.name in model.comparisons:
                return model.comparisons[comparison.name].u[index]
    return 0.0
