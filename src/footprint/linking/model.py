"""A model of agreement: how likely each level is for two records of one person (m) and of two people (u).

A model is a dated file with a hash. It is trained rarely and frozen; every link names the model that weighed it. The
frequency tables, which make a rare name say more than a common one, are frozen beside it for the same reason: a run
must be a function of its inputs. After I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", 1969.
"""

from __future__ import annotations

import hashlib
import math
from importlib import resources
from pathlib import Path
from typing import Final

import msgspec

from footprint.comparison import BY_NAME, UNKNOWN, Comparison, Kind

PACKAGED: Final = "2026-11-23.json"

# No level may weigh more against a match than this share of true matches falling into it: no single field may veto.
SMALLEST_M: Final = 1e-3
SMALLEST_U: Final = 1e-9


class ModelError(Exception):
    """The model file cannot be used."""


class Levels(msgspec.Struct, frozen=True):
    """The chances of one comparison's levels, strongest first and `else` last, for each kind of pair.

    `m` for one person, `u` for strangers, and `others` for two people who share this fact for another reason: housemates,
    namesakes. A kind that is absent agrees here as strangers do.
    """

    m: tuple[float, ...]
    u: tuple[float, ...]
    others: dict[Kind, tuple[float, ...]] = {}


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """What training learned. `prior` is the chance that two records taken at random are one person's, `others` the
    chance that they are two people's of a kind who are no strangers."""

    name: str
    trained_on: str
    prior: float
    others: dict[Kind, float] = {}
    comparisons: dict[str, Levels]

    @property
    def hash(self) -> str:
        """Return the first 12 hexadecimal digits of the SHA-256 of the model's canonical JSON."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()[:12]

    @property
    def label(self) -> str:
        """Return the name and hash under which links and figures quote this model."""
        return f"{self.name}-{self.hash}"

    @property
    def prior_bits(self) -> float:
        """Return the prior as a weight in bits (log2 of the odds)."""
        return math.log2(self.prior / (1 - self.prior))

    def bits(self, comparison: str, level: int) -> float:
        """Return the weight in bits of a level of a comparison; 0 where nothing can be said."""
        declared = BY_NAME[comparison]
        if level == UNKNOWN or comparison not in self.comparisons:
            return 0.0
        if declared.positive_only and level == declared.else_level:
            return 0.0
        chances = self.comparisons[comparison]
        return math.log2(chances.m[level] / chances.u[level])

    def other_prior_bits(self, kind: Kind) -> float:
        """Return the odds in bits that two people taken at random are of this kind rather than strangers."""
        return math.log2(max(self.others[kind], 1e-12) / (1 - self.prior - sum(self.others.values())))

    def other_bits(self, kind: Kind, comparison: str, level: int) -> float:
        """Return the weight in bits of a level for two people of this kind against strangers; 0 where it is no matter."""
        chances = self.comparisons[comparison]
        return math.log2(chances.others[kind][level] / chances.u[level]) if kind in chances.others else 0.0

    def save(self, path: Path) -> None:
        """Write the model as JSON that a person can read."""
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self, order="sorted"), indent=1) + b"\n")


_MODEL: Final = msgspec.json.Decoder(Model)


def _checked(model: Model, source: str) -> Model:
    for name, chances in model.comparisons.items():
        comparison: Comparison | None = BY_NAME.get(name)
        if (
            comparison is None
            or len(chances.m) != comparison.else_level + 1
            or len(chances.u) != len(chances.m)
        ):
            raise ModelError(
                f"The model in {source} was trained on another declaration of '{name}'. Train it again: footprint model train."
            )
    return model


def load(path: Path | None = None) -> Model:
    """Return the model in `path`, or the packaged one.

    Raises ModelError where the file is no model or does not fit the declared comparisons.
    """
    packaged = resources.files("footprint.linking") / "models" / PACKAGED
    source = str(path or packaged)
    try:
        data = path.read_bytes() if path else packaged.read_bytes()
        return _checked(_MODEL.decode(data), source)
    except (OSError, msgspec.DecodeError) as error:
        raise ModelError(f"No model can be read from {source}: {error}.") from error
