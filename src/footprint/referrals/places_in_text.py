"""Protected places found in free text, however they were typed: to be taken out before anybody reads it.

A home is found by its postcode unless another house of that postcode is meant, by its street with its number, by its street
alone where somebody is said to live or stay there, and by its name. One slip of the pen, odd spacing, letters that only look
alike and numbers in words hide nothing. Where it cannot be told, it is found: a person looks at what was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from footprint.records.address_tables import SHORT_WORDS, STREET_TYPES, UNITS
from footprint.referrals.protected_places import Home, Protected, runs_of
from footprint.referrals.sentences import ALIKE, Letters, Span, Word

_FLAT: Final = re.compile(r"\d{1,4}[a-z]?|[a-z]\d{0,3}")
_NUMBER: Final = re.compile(r"^(\d{1,5})([a-z]?)(?:st|nd|rd|th)?")
_TENS: Final = {
    word: 10 * ten
    for ten, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_ONES: Final = {
    word: one
    for one, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen".split(),
        1,
    )
}
#: Words by which a street without a number is somebody's home.
_LIVING: Final = frozenset(
    "live lives living lived stay stays staying stayed move moves moved moving refuge hostel place placed address housed "
    "rehoused home homes accommodation accommodated hide hides hiding hid safe shelter sheltered flat house fled shielded "
    "relocated based resides residing tenancy whereabouts reside".split()
)
_CUES: Final = frozenset("at in into to from near called named outside of the leave left leaving".split())
#: Between a number and a street's type these say that the number counts something else.
_NO_NAME: Final = frozenset("a an and at by for from in is of off on or the their to was were with".split())
# A number this many words before a street or postcode, or after it, may be the house's.
_BEFORE: Final = 10
_AFTER: Final = 6
_NEAR: Final = 12
#: So many words (a street, a town) may stand between a building's name and its postcode.
_TOWN: Final = 4
_SHORTEST: Final = 4


def places_in(found: Sequence[Word], row: Letters, wanted: Protected) -> list[Span]:
    """Return where protected places stand in a text, given as its plain words and as its letters in one row."""
    text = _Text(found, row)
    phrases = wanted.phrases.among(text.short, row.plain)
    codes = wanted.postcodes.among((), text.alike.plain)
    homes = dict.fromkeys(
        home for key in (*sorted(phrases), *sorted(codes)) for home in wanted.by_phrase.get(key, ())
    )
    named = [name for name in wanted.names if name in phrases]
    return list(
        chain(
            chain.from_iterable(text.by_postcode(home) for home in homes),
            chain.from_iterable(text.by_street(home) for home in homes),
            chain.from_iterable(text.by_number(home) for home in homes),
            chain.from_iterable(text.by_name(name, list(homes)) for name in named),
            ((word.start, word.end) for word in found if word.plain.lstrip("0") in wanted.uprns),
            chain.from_iterable(text.by_phone(phone) for phone in wanted.phones),
        )
    )


class _Text:
    """One text, asked for one protected home after the other."""

    def __init__(self, found: Sequence[Word], row: Letters) -> None:
        self.words = found
        self.short = [SHORT_WORDS.get(word.plain, word.plain) for word in found]
        self.row = row
        # One slip spares a word's first two letters or its last two.
        self.ends = {end for word in self.short for end in (word[:2], word[-2:])}
        self.alike = Letters(row.plain.translate(ALIKE), row.at)
        self.numbers = {number for place in range(len(found)) for number, _ in self._numbers(place)}
        figures = [(mark, at) for mark, at in zip(row.plain, row.at, strict=True) if mark.isdigit()]
        self.figures = Letters("".join(mark for mark, _ in figures), tuple(at for _, at in figures))

    def by_postcode(self, home: Home) -> Iterator[Span]:
        for span in self.alike.spans(home.postcode.translate(ALIKE)):
            house = self._house(span, home)
            if house is not None and not self._is_of_another_flat(span, home):
                yield min(span[0], house[0]), max(span[1], house[1])

    def by_street(self, home: Home) -> Iterator[Span]:
        if not home.street:
            return
        for span in self.phrase(home.street):
            house = self._house(span, home, alone=self._is_lived_in(span), street=True)
            if house is not None and not self._is_of_another_flat(span, home):
                yield min(span[0], house[0]), max(span[1], house[1])

    def by_number(self, home: Home) -> Iterator[Span]:
        """Find "14 Willow", with another word behind it than Lane, or none."""
        name, _, closing = home.street.rpartition(" ")
        if closing not in STREET_TYPES or len(name) < _SHORTEST or home.numbers.isdisjoint(self.numbers):
            return
        for start, end in self.phrase(name):
            for place in [place for place, word in enumerate(self.words) if word.end <= start][-2:]:
                if any(number in home.numbers for number, _ in self._numbers(place)):
                    yield self.words[place].start, end

    def by_name(self, name: str, homes: Sequence[Home]) -> Iterator[Span]:
        for start, end in self.phrase(name):
            flats = {home.flat for home in homes if home.house == name}
            if flats and "" not in flats and not self._may_be_one_of(flats, start, end):
                continue
            if " " in name:
                yield start, end
                continue
            # A name of one word may be anybody's: Rose, Cottage.
            before = [word.plain for word in self.words if word.end <= start][-2:]
            near = any(
                self.alike.spans(home.postcode.translate(ALIKE)) or (home.street and self.phrase(home.street))
                for home in homes
                if home.house == name
            )
            if near or not _CUES.isdisjoint(before):
                yield start, end

    def _may_hold(self, wanted: list[str]) -> bool:
        """Whether each of these words may be in the text, at a glance."""
        return bool(wanted) and all(word[:2] in self.ends or word[-2:] in self.ends for word in wanted)

    def _may_be_one_of(self, flats: set[str], start: int, end: int) -> bool:
        """Whether no other flat of a building is named beside it."""
        before = [place for place, word in enumerate(self.words) if word.end <= start][-4:]
        after = [place for place, word in enumerate(self.words) if word.start >= end][:4]
        said = self._flats(before) | self._flats(after)
        # "2 Rowan Court" names a flat, too.
        said |= {self.words[place].plain for place in before[-1:] if self.words[place].plain.isdigit()}
        return not said or not said.isdisjoint(flats) or not all(map(_FLAT.fullmatch, flats))

    def _flats(self, places: Sequence[int]) -> set[str]:
        """The flats that these words name: "flat 3", "apt no three". A flat mate is none."""
        said = set()
        for place in places:
            if self.short[place] in UNITS:
                after = list(range(place + 1, min(place + 3, len(self.words))))
                after = after[1:] if after and self.short[after[0]] in {"no", "number"} else after[:1]
                said |= {self._flat(one) for one in after}
        return said - {""}

    def _flat(self, place: int) -> str:
        word = self.words[place].plain
        if word in _TENS or word in _ONES:
            return next(self._numbers(place))[0]
        return word.lstrip("0") if _FLAT.fullmatch(word) else ""

    def by_phone(self, phone: str) -> Iterator[Span]:
        yield from self.figures.spans(phone)

    def phrase(self, phrase: str) -> list[Span]:
        """Where these words stand, one slip in each long word forgiven, or run together or spaced out."""
        wanted = [word for word in phrase.split() if word != "the"]
        size = len(wanted)
        spans = [
            (self.words[place].start, self.words[place + size - 1].end)
            for place in (range(len(self.short) - size + 1) if self._may_hold(wanted) else ())
            if all(map(_is_like, self.short[place : place + size], wanted))
        ]
        for run in runs_of(phrase):
            spans += self.row.spans(run)
        return spans

    def _is_of_another_flat(self, span: Span, home: Home) -> bool:
        """Whether the building stands by name straight before its postcode, with another flat of it."""
        if home.numbers or not home.flat:
            return False
        return any(
            end <= span[0]
            and len([word for word in self.words if end <= word.start and word.end <= span[0]]) <= _TOWN
            and not self._may_be_one_of({home.flat}, start, end)
            for start, end in self.phrase(home.house)
        )

    def _house(self, span: Span, home: Home, *, alone: bool = True, street: bool = False) -> Span | None:
        """Where the protected house is meant beside a postcode or street; None where another is.

        `alone` says whether the span by itself, with no house beside it, leads there.
        """
        inside = [
            place for place, word in enumerate(self.words) if word.end > span[0] and word.start < span[1]
        ]
        first, last = inside[0], inside[-1]
        around = [
            *range(max(0, first - _BEFORE), first),
            *range(last + 1, min(len(self.words), last + 1 + _AFTER)),
        ]
        flats = self._flats(around)
        another = False
        # "14Willow Lane": the number is in the street's first word. In a postcode's words figures are no house's.
        for place in [*around, *(inside if street else ())]:
            for number, letter in self._numbers(place):
                if number in home.numbers and _may_be_flat(home.flat, flats - {number}, letter):
                    return self.words[place].start, self.words[place].end
                another = another or self._is_house(place, first, home, street=street)
        return span if alone and not another else None

    def _numbers(self, place: int) -> Iterator[tuple[str, str]]:
        """The numbers that a word may be, in figures or in words, each with the letter behind it."""
        word = self.words[place].plain
        following = self.words[place + 1].plain if place + 1 < len(self.words) else ""
        if found := _NUMBER.match(word):
            letter = found[2] or (following if len(following) == 1 and following.isalpha() else "")
            yield found[1].lstrip("0"), letter
            if following.isdigit():
                yield word + following, ""  # "1 4 Willow Lane"
        elif word in _TENS:
            yield str(_TENS[word] + (_ONES.get(following, 0) if _ONES.get(following, 10) < 10 else 0)), ""
            yield str(_TENS[word]), ""
        elif word in _ONES:
            yield str(_ONES[word]), ""

    def _is_house(self, place: int, first: int, home: Home, *, street: bool) -> bool:
        """Whether a number stands as another house's before the postcode or street that begins at word `first`.

        Only what can be nothing else counts: "3 Willow Lane, Walsall" before the postcode of Willow Lane, "no 3". A child of 3,
        or a house elsewhere that somebody left, makes no other house of a postcode.
        """
        before = self.short[place - 1] if place else ""
        if place >= first or not self.words[place].plain[0].isdigit() or before in UNITS:
            return False
        if place == first - 1:
            return street or before in {"no", "number"}
        between = self.short[place + 1 : first]
        between = between[1:] if len(between[0]) == 1 else between  # "12 a Willow Lane"
        if street:
            return not between
        if wanted := home.street.split():
            named = len(between) >= len(wanted) and all(map(_is_like, between, wanted))
            return named and len(between) - len(wanted) <= _TOWN
        typed = next((at for at, word in enumerate(between[:3]) if at and word in STREET_TYPES), 0)
        return bool(typed) and len(between) - typed <= 2 and _NO_NAME.isdisjoint(between)

    def _is_lived_in(self, span: Span) -> bool:
        inside = [
            place for place, word in enumerate(self.words) if word.end > span[0] and word.start < span[1]
        ]
        around = self.words[max(0, inside[0] - _NEAR) : inside[-1] + 1 + _NEAR]
        return any(word.plain in _LIVING for word in around)


def _may_be_flat(flat: str, said: set[str], letter: str) -> bool:
    """Whether a house of the right number may be the protected flat: it is, unless another flat of it is named."""
    unsaid = not said and not letter
    return not flat or unsaid or flat in said or flat == letter or not _FLAT.fullmatch(flat)


def _is_like(word: str, wanted: str) -> bool:
    """Whether two words are equal, or long enough and one slip apart: one letter more, less, other, or two swapped."""
    if word == wanted:
        return True
    if min(len(word), len(wanted)) < 5 or abs(len(word) - len(wanted)) > 1:
        return False
    short, long = sorted((word, wanted), key=len)
    same = next((place for place, mark in enumerate(short) if mark != long[place]), len(short))
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    swapped = short[same : same + 2][::-1] == long[same : same + 2] and short[same + 2 :] == long[same + 2 :]
    return swapped or short[same + 1 :] == long[same + 1 :]
