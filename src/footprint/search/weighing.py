"""What agreement with a question weighs, where that is not what it weighs between two records.

A record leaves parts out or differs because of an error, a question because the asker does not know: so what is said in part
is weighed by how seldom two people agree on so much. And no weaker agreement on a name says more than the name itself: to
sound like Mohammed Khan, or to be Khan Mohammed, is no rarer than to be Mohammed Khan.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from footprint.comparison import COMPARISONS
from footprint.records import Comparable
from footprint.search.weights import NAMES, WeightTables

YEARS_OF_BIRTH: Final = 70.0
_SAID_RIGHTLY: Final = 0.95  # how often people are right about a year or an age that they give
_POSTCODE_ALONE: Final = 9.0  # fewer bits than a borough's 8,000 postcodes would give, since people move
_WEAKER: Final = 1.0  # a spelling or an alias weighs at least so much less than the name
_CHANGED_PLACES: Final = 6.0  # one form in about sixty has the names the wrong way round
_TURNED: Final = 3.0  # one line in about eight has the family name first
_ROW: Final = {comparison.name: row for row, comparison in enumerate(COMPARISONS)}
_COLUMN: Final = {
    (comparison.name, level.label): column
    for comparison in COMPARISONS
    for column, level in enumerate(comparison.levels)
}
_CROSSED: Final = _COLUMN["given", "crossed"]
_OTHER: Final = {"given": "family", "family": "given"}
AGE_FITS: Final = _COLUMN["birth", "near-year"]

#: Return how many bits more than the average a value of "given" or "family" weighs.
Rarity = Callable[[str, str], float]
#: A name in two fields is read as it stands, and where nobody fits well with its fields exchanged; one in a single line in both
#: orders, as it stands and turned round.
Reading = Literal["only", "exchanged", "straight", "turned"]
# What it costs a reading that it takes a name for the other.
_OTHER_WAY: Final[dict[Reading, float]] = {"turned": _TURNED, "exchanged": _CHANGED_PLACES}


def for_question(
    weights: WeightTables, row: Comparable, years: tuple[int, int], rarity: Rarity, reading: Reading = "only"
) -> WeightTables:
    """Return the weights for one reading of a question; `years` is the span of birth years that an age allows, or (0, 0)."""
    bits, rare = weights.bits.copy(), weights.rarity.copy()
    _weigh_birth(bits[_ROW["birth"]], row, years)
    if not (row.residences or row.streets or row.uprns):
        place, postcode = bits[_ROW["place"]], _COLUMN["place", "postcode"]
        place[postcode] = max(place[postcode], _POSTCODE_ALONE)
    whole = {name: _whole_name(weights, name, getattr(row, name), rarity, reading) for name in NAMES}
    for name, same in whole.items():
        levels = bits[_ROW[name]]
        np.minimum(levels[1:], max(same - _WEAKER, 0.0), out=levels[1:])
        if reading in _OTHER_WAY:
            levels[0], rare[_ROW[name], 0] = same, -1
    # Of a name in a single line, the other reading weighs the other order.
    crossed = max(sum(whole.values()) - _CHANGED_PLACES, 0.0) if reading == "only" else 0.0
    bits[_ROW["given"], _CROSSED] = min(weights.bits[_ROW["given"], _CROSSED], crossed)
    for array in (bits, rare):
        array.flags.writeable = False
    return WeightTables(bits, rare)


def _weigh_birth(levels: npt.NDArray[np.float64], row: Comparable, years: tuple[int, int]) -> None:
    months = 12.0 if row.birth_month and not years[0] else 1.0
    span = years[1] - years[0] + 1 if years[0] else 1
    in_part = math.log2(_SAID_RIGHTLY * YEARS_OF_BIRTH * months / span)
    levels[_COLUMN["birth", "partial"]] = max(levels[_COLUMN["birth", "partial"]], in_part)
    if years[0]:
        levels[AGE_FITS] = in_part


def _whole_name(weights: WeightTables, name: str, text: str, rarity: Rarity, reading: Reading) -> float:
    """Return what agreement on the whole given or family name weighs.

    How seldom a question is asked does not depend on whom it means: a name turned round is as rare as it stands.
    """
    if reading in _OTHER_WAY:
        same = float(weights.bits[_ROW[_OTHER[name]], 0]) + rarity(_OTHER[name], text)
        return same - _OTHER_WAY[reading] / 2
    return float(weights.bits[_ROW[name], 0]) + rarity(name, text)
