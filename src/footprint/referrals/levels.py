"""Levels of need as the local threshold document has them: labels are the partnership's, and only their order is compared.

Whoever refers names a level and argues it; what is done is decided by a human. Nothing here says which level a child has.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from footprint.referrals.reading import Choice, Dated, load

FILE: Final = "levels.yaml"
PACKAGED: Final = Path(__file__).parent / FILE


class Level(Choice, frozen=True, kw_only=True):
    """One level: its code, its label, and in a sentence what it means."""

    code: str
    label: str
    means: str


class Levels(Dated, frozen=True, kw_only=True):
    """The levels of a partnership, from the lowest to the highest."""

    levels: tuple[Level, ...]

    def __post_init__(self) -> None:
        codes = [level.code for level in self.levels]
        if len(codes) < 2 or len(set(codes)) < len(codes):
            raise ValueError("there are two levels or more, each with a code of its own.")

    @property
    def labels(self) -> Mapping[str, str]:
        """Return the labels by code, as a form offers them."""
        return MappingProxyType({level.code: level.label for level in self.levels})

    def position(self, code: str) -> int:
        """Return where a level stands, the lowest at 1; 0 for a code that this document does not have."""
        return next((number for number, level in enumerate(self.levels, 1) if level.code == code), 0)


def levels_of(data: Path) -> Levels:
    """Return the levels of a data folder; ours, where nobody wrote the file. Raises reading.ChoiceError."""
    own = data / FILE
    return load(own, Levels) if own.exists() else packaged_levels()


@lru_cache(maxsize=1)
def packaged_levels() -> Levels:
    """Return the levels that come with Footprint; the partnership has not confirmed their words."""
    return load(PACKAGED, Levels)
