"""Protected places as they are looked for in free text: homes in comparable words, names, property and phone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from footprint.records import Address
from footprint.records.address_tables import SHORT_WORDS
from footprint.records.addressing import read_place
from footprint.records.text import fold
from footprint.referrals.glancing import Phrases
from footprint.referrals.sentences import ALIKE

_ENOUGH_FIGURES: Final = 9
#: Shorter runs of letters stand inside other words by chance.
_LONG_ENOUGH: Final = 8
_LONG_WORDS: Final[dict[str, tuple[str, ...]]] = {
    short: tuple(long for long, one in SHORT_WORDS.items() if one == short) for short in SHORT_WORDS.values()
}


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

    @property
    def phrases(self) -> tuple[str, ...]:
        """Return the words by which it is found: its street, that without what kind of street it is, its own name."""
        return self.street, self.street.rpartition(" ")[0], "" if self.numbers else self.house


@dataclass(frozen=True, eq=False)
class Protected:
    """All that must not be read: homes, names of places (a refuge's), property numbers (UPRN), phone numbers as figures.

    Made once and asked of many texts: `phrases` and `postcodes` say at a glance which homes and names a text may mean. Two are
    one only where they are the same object, so that what was found in a text can be kept by it without reading it all.
    """

    homes: tuple[Home, ...] = ()
    names: tuple[str, ...] = ()
    uprns: frozenset[str] = frozenset()
    phones: tuple[str, ...] = ()

    @cached_property
    def phrases(self) -> Phrases:
        """Return the words by which homes are found beside their postcodes, and the names."""
        listed = [*self.names, *(phrase for home in self.homes for phrase in home.phrases)]
        wanted = [phrase for phrase in dict.fromkeys(listed) if phrase]
        return Phrases(wanted, ((run, phrase) for phrase in wanted for run in runs_of(phrase)))

    @cached_property
    def postcodes(self) -> Phrases:
        """Return the postcodes of homes, with the letters that look like figures as figures."""
        codes = {home.postcode.translate(ALIKE) for home in self.homes}
        return Phrases(runs=((code, code) for code in codes if code))

    @cached_property
    def by_phrase(self) -> dict[str, list[Home]]:
        """Return the homes that a phrase of `phrases`, or a postcode of `postcodes`, may mean."""
        found: dict[str, list[Home]] = {}
        for home in self.homes:
            for key in {*home.phrases, home.postcode.translate(ALIKE)} - {""}:
                found.setdefault(key, []).append(home)
        return found


NOTHING_PROTECTED: Final = Protected()


def runs_of(phrase: str) -> Iterator[str]:
    """Return how a phrase of several words is written in one run, its last word short or long; a short run is none."""
    wanted = [word for word in phrase.split() if word != "the"]
    for last in (wanted[-1], *_LONG_WORDS.get(wanted[-1], ())) if len(wanted) > 1 else ():
        joined = "".join([*wanted[:-1], last])
        if len(joined) >= _LONG_ENOUGH:
            yield joined


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
