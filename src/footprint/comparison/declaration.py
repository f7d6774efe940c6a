"""How two records agree, field by field, in levels. Declared once, here; every engine is made from this table.

A comparison has its levels from the strongest to the weakest. The level of a pair is the index of the first that holds,
`ELSE` (one past the last) where none does, and `UNKNOWN` where one side does not say. `frequency` names the column
whose rarity counts at that level: agreeing on Okonkwo-Baptiste says more than agreeing on Smith.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from footprint.comparison.predicates import (
    Crossed,
    Equal,
    Flag,
    Initial,
    Known,
    Near,
    Never,
    NumbersCrossed,
    NumberWithin,
    OneSlip,
    Predicate,
    SameNumber,
    Shares,
    SomeUnknown,
    Swapped,
    every,
    some,
)

UNKNOWN: Final = -1

# Two people who are not strangers: of one household, or of one name (and so often of one community or family).
Kind = Literal["housemates", "namesakes"]
KINDS: Final[tuple[Kind, ...]] = ("housemates", "namesakes")


class Level(msgspec.Struct, frozen=True):
    """One way to agree: its name, the words that a user reads, the condition, and the column whose rarity counts.

    `counted_in` names the comparison that already weighs this very fact; here it then weighs nothing.
    """

    label: str
    words: str
    condition: Predicate
    frequency: str = ""
    counted_in: str = ""


class Comparison(msgspec.Struct, frozen=True):
    """One fact about a person as two records may tell it; compared only where `known` holds.

    `otherwise` are the words for the last level; `positive_only` marks a fact whose disagreement says nothing
    (two partners that quote different numbers of different schemes do not contradict each other); `shared_by` the kinds
    of two different people who have this fact in common more than strangers do.
    """

    name: str
    known: Predicate
    levels: tuple[Level, ...]
    otherwise: str = "differs"
    positive_only: bool = False
    shared_by: tuple[Kind, ...] = ()

    @property
    def else_level(self) -> int:
        """Return the index of the level that means: known on both sides, and no agreement."""
        return len(self.levels)


_SAME_MONTH_DAY = every(SameNumber("birth_month"), SameNumber("birth_day"))
_SAME_YEAR_MONTH = every(SameNumber("birth_year"), SameNumber("birth_month"))
_SAME_YEAR_DAY = every(SameNumber("birth_year"), SameNumber("birth_day"))

COMPARISONS: Final[tuple[Comparison, ...]] = (
    Comparison(
        "given",
        known=Known("given_all"),
        levels=(
            Level("exact", "same given name", Equal("given"), "given"),
            Level("alias", "a given name that both hold", Shares("given_all")),
            Level("kin", "nickname or spelling of the same name", Shares("given_kin")),
            Level("slip", "one letter off", OneSlip("given", "given_letters")),
            Level("middle", "middle name used as given name", some(Crossed("middle", "given_all"))),
            Level("crossed", "given and family name changed places", Swapped("given", "family_all")),
            Level("sound", "sounds alike", some(Shares("given_codes"), Near("given", 2, 6))),
            Level("initial", "same initial", Initial("given")),
        ),
        otherwise="different given name",
        shared_by=("namesakes",),
    ),
    Comparison(
        "family",
        known=Known("family_all"),
        levels=(
            Level("exact", "same family name", Equal("family"), "family"),
            Level("part", "a family name, or part of one, that both hold", Shares("family_all")),
            Level("slip", "one letter off", OneSlip("family", "family_letters")),
            Level(
                "crossed",
                "given and family name changed places",
                Swapped("given", "family_all"),
                counted_in="given",
            ),
            Level("sound", "sounds alike", some(Shares("family_codes"), Near("family", 2, 6))),
            Level("initial", "same initial", Initial("family")),
        ),
        otherwise="different family name",
        shared_by=("housemates", "namesakes"),
    ),
    Comparison(
        "middle",
        known=Known("middle"),
        levels=(
            Level("exact", "same middle name", Equal("middle")),
            Level("initial", "same middle initial", Initial("middle")),
            Level("near", "middle name spelt nearly alike", Near("middle", 2, 5)),
        ),
        otherwise="different middle name",
        shared_by=("namesakes",),
    ),
    Comparison(
        "birth",
        known=some(
            every(Never(SomeUnknown("birth_year"))),
            _SAME_MONTH_DAY,
        ),
        levels=(
            Level("exact", "same birthday", every(Equal("birth"), Never(Flag("placeholder_birth"))), "birth"),
            Level(
                "swapped",
                "day and month changed places",
                every(
                    SameNumber("birth_year"),
                    NumbersCrossed("birth_month", "birth_day"),
                    Never(Equal("birth")),
                ),
            ),
            Level(
                "one-off",
                "one part of the birthday differs",
                every(
                    Known("birth"),
                    Never(Equal("birth")),
                    Never(Flag("placeholder_birth")),
                    some(_SAME_MONTH_DAY, _SAME_YEAR_MONTH, _SAME_YEAR_DAY),
                ),
            ),
            Level(
                "partial",
                "the known parts of the birthday agree",
                every(
                    Never(Known("birth")),
                    SameNumber("birth_year"),
                    some(SameNumber("birth_month"), SomeUnknown("birth_month")),
                ),
            ),
            Level(
                "placeholder",
                "a birthday that systems write when nobody knew it",
                every(Flag("placeholder_birth"), NumberWithin("birth_year", 1)),
            ),
            Level("year", "same year of birth", SameNumber("birth_year")),
            Level("near-year", "born within a year", NumberWithin("birth_year", 1)),
        ),
        otherwise="different birthday",
    ),
    Comparison(
        "sex",
        known=Known("sex"),
        levels=(Level("same", "same sex", Equal("sex")),),
        otherwise="different sex",
        shared_by=("namesakes",),
    ),
    Comparison(
        "place",
        known=some(Known("postcodes"), Known("streets")),
        levels=(
            Level("residence", "same home, to the flat", some(Shares("residences"), Shares("uprns"))),
            Level(
                "building",
                "same building or house number and street",
                some(Shares("buildings"), Shares("streets")),
            ),
            Level("postcode", "same postcode", Shares("postcodes")),
        ),
        otherwise="no address in common",
        shared_by=("housemates",),
    ),
    Comparison(
        "contact",
        known=some(
            Known("mobiles"),
            Known("emails"),
            Known("landlines"),
        ),
        levels=(
            Level(
                "personal", "same mobile number or e-mail address", some(Shares("mobiles"), Shares("emails"))
            ),
            Level("household", "same landline", Shares("landlines")),
        ),
        otherwise="no telephone or e-mail in common",
        shared_by=("housemates",),
    ),
    Comparison(
        "identifier",
        known=Known("identifiers"),
        levels=(Level("same", "same number, checked", Shares("identifiers")),),
        positive_only=True,
    ),
    Comparison(
        "setting",
        known=Known("settings"),
        levels=(Level("same", "same school or GP", Shares("settings")),),
        otherwise="no school or GP in common",
        shared_by=("housemates",),
    ),
    Comparison(
        "relative",
        known=Known("relatives"),
        levels=(Level("same", "a relative of the same name", Shares("relatives")),),
        positive_only=True,
        shared_by=("housemates",),
    ),
    Comparison(
        "birthplace",
        known=Known("place_of_birth"),
        levels=(
            Level("same", "same place of birth", Equal("place_of_birth"), "place_of_birth"),
            Level("near", "place of birth spelt nearly alike", Near("place_of_birth", 2, 5)),
        ),
        otherwise="different place of birth",
        shared_by=("housemates",),
    ),
    Comparison(
        "occupation",
        known=Known("occupation"),
        levels=(Level("same", "same occupation", Equal("occupation"), "occupation"),),
        otherwise="different occupation",
    ),
)

BY_NAME: Final = {comparison.name: comparison for comparison in COMPARISONS}
