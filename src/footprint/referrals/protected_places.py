"""Protected places as they are looked for in free text: homes in comparable words, names, property and phone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from footprint.records import Address
from footprint.records.address_tables import SHORT_WORDS
from footprint.records.addressing import read_place
from footprint.records.text import fold

_ENOUGH_FIGURES: Final = 9


class Home(NamedTuple):
    """One protected home: postcode without space, flat, the house's number or name, and the street, in comparable words."""

    postcode: str = ""
    flat: str = ""
    house: str = ""
    street: str = ""

    @property
    def numbers(self) -> frozenset[str]:
        """Return the house's numbers: 12-14 has two; a house with a name has none."""
        return frozenset(re.findall(r"\d{1,5}", self.house)) if self.house[:1].isdigit() else frozenset()


class Protected(NamedTuple):
    """All that must not be read: homes, names of places (a refuge's), property numbers (UPRN), phone numbers as figures."""

    homes: tuple[Home, ...] = ()
    names: tuple[str, ...] = ()
    uprns: frozenset[str] = frozenset()
    phones: tuple[str, ...] = ()


NOTHING_PROTECTED: Final = Protected()


def protected(
    keys: Iterable[str] = (),
    addresses: Iterable[Address] = (),
    names: Iterable[str] = (),
    phones: Iterable[str] = (),
) -> Protected:
    """Return what is to be found. `keys` are residences and "uprn:NUMBER", as places are shielded by.

    Give addresses wherever they are known: a key has no street, so without its postcode it is found by its name alone.
    """
    listed = list(keys)
    homes = [Home(*(key.split("|", 2))) for key in listed if key.count("|") >= 2]
    uprns = {key.removeprefix("uprn:").lstrip("0") for key in listed if key.startswith("uprn:")}
    for address in addresses:
        place = read_place(address)
        uprns.add(place.uprn)
        for line in place.streets:
            house, _, street = line.partition("|")
            homes.append(Home(place.postcode, place.flat, house, street))
        homes += [Home(*(key.split("|", 2))) for key in place.residences]
    named = [_short(fold(name)) for name in names]
    named += [home.house for home in homes if home.house and not home.numbers]
    figures = (re.sub(r"\D", "", phone)[-10:] for phone in phones)
    return Protected(
        homes=tuple(home._replace(postcode=home.postcode.lower()) for home in _with_streets(homes)),
        names=tuple(dict.fromkeys(name for name in named if name)),
        uprns=frozenset(uprns - {""}),
        phones=tuple(dict.fromkeys(one for one in figures if len(one) >= _ENOUGH_FIGURES)),
    )


def _with_streets(homes: list[Home]) -> list[Home]:
    """Each home once, with its street where anything said it."""
    known = {home[:3] for home in homes if home.street}
    return list(dict.fromkeys(home for home in homes if home.street or home[:3] not in known))


def _short(folded: str) -> str:
    return " ".join(SHORT_WORDS.get(word, word) for word in folded.split() if word != "the")
