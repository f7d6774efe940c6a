"""What each level of agreement weighs, in bits, as the index keeps it: taken once from the model that linked the records.

The model and its frequency tables are frozen. A weight never depends on who looks or on what is hidden from whom.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple, Protocol

import msgspec
import numpy as np
import numpy.typing as npt
import polars as pl

from footprint.comparison import COMPARISONS
from footprint.comparison.packing import Hashes, laid_out, text_hashes

# The columns whose rare values weigh more, and which of them a comparison's level asks for.
FREQUENCY_COLUMNS: Final = tuple(
    dict.fromkeys(
        level.frequency for comparison in COMPARISONS for level in comparison.levels if level.frequency
    )
)
NAMES: Final = ("given", "family")
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


def name_rarities(
    model: MatchModel, frequencies: Mapping[str, pl.DataFrame]
) -> tuple[Hashes, npt.NDArray[np.float32]]:
    """Return the hashes (salt 0) of names whose rarity is known, ascending, and beside each float32 [NAMES] its bits.

    Every name of the tables, whether or not a record says it: what a question weighs must not tell of hidden records.
    """
    known = [_bits_by_value(column, model, frequencies) for column in NAMES]
    said = pl.concat([table.select(text=pl.col(table.columns[0])) for table in known]).unique()
    hashes = text_hashes(*laid_out(said["text"].to_list()), 0)
    bits = np.zeros((said.height, len(NAMES)), dtype=np.float32)
    for place, (table, column) in enumerate(zip(known, NAMES, strict=True)):
        joined = said.join(table, left_on="text", right_on=column, how="left", maintain_order="left")
        bits[:, place] = joined["bits"].fill_null(0.0).to_numpy()
    order = np.argsort(hashes)
    return hashes[order], bits[order]


def rarities(
    frame: pl.DataFrame, model: MatchModel, frequencies: Mapping[str, pl.DataFrame]
) -> npt.NDArray[np.float32]:
    """Return float32 [rows, FREQUENCY_COLUMNS]: how many bits more (or fewer) agreement on this row's value weighs.

    Each frequency table has the values in its first column and their share in its second. A value that the table does not
    know weighs as an average one.
    """
    found = np.zeros((frame.height, len(FREQUENCY_COLUMNS)), dtype=np.float32)
    for place, column in enumerate(FREQUENCY_COLUMNS):
        table = _bits_by_value(column, model, frequencies)
        joined = frame.select(column).join(table, on=column, how="left", maintain_order="left")
        found[:, place] = joined["bits"].fill_null(0.0).to_numpy()
    return found


def _bits_by_value(column: str, model: MatchModel, frequencies: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the values of a column and how many bits more than the average their agreement weighs."""
    average = _chance_of_agreement(model, column)
    if column not in frequencies or average <= 0:
        return pl.DataFrame(schema={column: pl.String, "bits": pl.Float64})
    value, share = map(pl.col, frequencies[column].columns[:2])
    return frequencies[column].select(
        value.alias(column), (average / share.cast(pl.Float64)).log(2).alias("bits")
    )


def _chance_of_agreement(model: MatchModel, column: str) -> float:
    """Return how often two people agree on `column` by chance, on average: what the level's own weight assumes."""
    for comparison in COMPARISONS:
        for index, level in enumerate(comparison.levels):
            if level.frequency == column and comparison.name in model.comparisons:
                return model.comparisons[comparison.name].u[index]
    return 0.0
