"""Names of the borough's communities with believable frequencies: few names that very many bear, many that few do.

The lists are in `data/names.yaml`, most frequent first; Faker adds frequent English family names and a tail of Polish
and Irish ones; `--names DIR` brings measured British frequencies. How names pass on in families is in `customs.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module, resources
from pathlib import Path
from typing import Any, Final

import yaml

from footprint.sample.dice import Dice, Weighted

FLATNESS: Final = {"given": (2.0, 0.72), "family": (3.0, 0.85)}
"""(shift, power) of the frequency of rank r, 1 / (r + shift) ** power: family names fall away more steeply."""

MADE_SHARE: Final = 0.38
"""Share of British family names outside the five hundred most frequent (they cover about three in five people)."""

FAKER_TAILS: Final = {"polish": ("pl_PL", "unisex_last_names", 0.25), "irish": ("en_IE", "last_names", 0.3)}
"""Community: Faker's locale, its table, and the share of people who bear a name of that tail."""


@cache
def lists() -> dict[str, Any]:
    """Return the curated lists as they stand in the file."""
    text = (resources.files("footprint.sample") / "data" / "names.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def communities() -> dict[str, dict[str, Any]]:
    """Return the communities: share, custom, codes."""
    text = (resources.files("footprint.sample") / "data" / "communities.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return loaded


def words(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


def falling(values: Sequence[str], part: str) -> Weighted[str]:
    """Return names with the frequencies that their rank gives them."""
    shift, power = FLATNESS[part]
    return Weighted(values, [(rank + shift) ** -power for rank in range(1, len(values) + 1)])


def faker_table(locale: str, table: str) -> Any:
    return getattr(import_module(f"faker.providers.person.{locale}").Provider, table)


class Names:
    """The pools from which names are drawn. `directory` may hold first_names_uk.parquet and surnames_uk.parquet."""

    def __init__(self, directory: Path | None = None) -> None:
        self._given: dict[tuple[str, str], Weighted[str]] = {}
        self._family: dict[str, Weighted[str]] = {}
        self._eras: dict[str, list[tuple[int, Weighted[str]]]] = {"M": [], "F": []}
        self._tails = {
            name: (tuple(faker_table(locale, table)), share)
            for name, (locale, table, share) in FAKER_TAILS.items()
        }
        self._fill()
        if directory is not None:
            self._measured(directory)

    def _fill(self) -> None:
        for community, parts in lists().items():
            if community == "british":
                continue
            both = words(parts.get("both", ""))
            for sex, part in (("M", "male"), ("F", "female")):
                self._given[community, sex] = falling(both + words(parts[part]), "given")
            if "family" in parts:
                self._family[community] = falling(words(parts["family"]), "family")
        british = lists()["british"]
        for year, parts in british["eras"].items():
            for sex, part in (("M", "male"), ("F", "female")):
                self._eras[sex].append((year, falling(words(parts[part]), "given")))
        frequent: dict[str, float] = faker_table("en_GB", "last_names")
        self._family["british"] = Weighted.of(frequent)
        self._first, self._last = words(british["family_first"]), words(british["family_last"])
        self._double = words(british["double"])

    def _measured(self, directory: Path) -> None:
        """Take measured British frequencies in place of the curated ones, where the files are there."""
        import polars as pl

        surnames, firsts = directory / "surnames_uk.parquet", directory / "first_names_uk.parquet"
        if surnames.exists():
            table = pl.read_parquet(surnames).sort("freq", "surname", descending=[True, False])
            self._family["british"] = Weighted(map(cased, table["surname"]), table["freq"])
            self._first = []
        if firsts.exists():
            table = pl.read_parquet(firsts).sort("birthyear", "sex", "freq", "firstname")
            for sex, said in (("M", "male"), ("F", "female")):
                eras = table.filter(pl.col("sex") == said).partition_by("birthyear")
                self._eras[sex] = [
                    (era["birthyear"][0], Weighted(map(cased, era["firstname"]), era["freq"])) for era in eras
                ]

    def given(self, community: str, sex: str, year: int, dice: Dice) -> str:
        """Return a given name as families of the community chose it in a year (only the British lists know years)."""
        if community != "british":
            return dice.weighted(self._given[community, sex])
        if year > 2000 and dice.chance(0.025):
            return dice.pick(self._double)
        # Neighbouring eras overlap: parents name after their own parents, and fashions take years to reach everybody.
        near = year + (dice.unit() - 0.5) * 22
        return dice.weighted(min(self._eras[sex], key=lambda era: abs(era[0] - near))[1])

    def family(self, community: str, dice: Dice) -> str:
        """Return a family name of the community; a grandfather's given name where families have none."""
        if community not in self._family:
            return dice.weighted(self._given[community, "M"])
        if community == "british" and self._first and dice.chance(MADE_SHARE):
            return dice.pick(self._first) + dice.pick(self._last)
        tail, share = self._tails.get(community, ((), 0.0))
        if tail and dice.chance(share):
            return str(dice.pick(tail))
        return dice.weighted(self._family[community])

    def second(self, community: str, dice: Dice) -> str:
        """Return the second name that women of a community bear in place of a family name (Begum, Bibi ...)."""
        return dice.pick(words(lists()[community]["female_second"]))

    def english(self, sex: str, dice: Dice) -> str:
        """Return the English name that somebody with a Chinese name goes by at school and work."""
        male, female = lists()["chinese"]["english"].split("|")
        return dice.pick(words(male if sex == "M" else female))


def cased(name: str) -> str:
    """Return a name in the usual capitals: o'brien becomes O'Brien, anne-marie Anne-Marie."""
    return "-".join(
        "'".join(part[:1].upper() + part[1:] for part in piece.split("'")) for piece in name.split("-")
    )
