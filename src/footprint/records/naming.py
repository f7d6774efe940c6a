"""Names read: from what a partner wrote to the parts and forms by which names are compared. The written name stays as it is.

Knows no column, no file and no rule of matching. Whatever the text, reading it ends and gives a reading.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from footprint.records.family_names import family_forms, family_words
from footprint.records.name_tables import (
    GIVEN_BINDERS,
    GIVEN_INFIXES,
    HONOURS,
    NO_MIDDLE,
    PARTICLES,
    PATRONYMIC_MARKS,
    PLACEHOLDER_COMPANIONS,
    PLACEHOLDER_OPENINGS,
    PLACEHOLDER_PHRASES,
    PLACEHOLDERS,
    REMARKS,
    SUFFIXES,
    TITLES,
    WEAK_FAMILY,
)
from footprint.records.person import Name
from footprint.records.text import fold, tidy, unique

_BRACKETS: Final = re.compile(r"[(\[{\"“«]([^)\]}\"”»]*)[)\]}\"”»]?")
_ALSO: Final = re.compile(
    r"(?<!\w)(?:a\.?\s?k\.?\s?a\.?|also known as|known as|k/a|kas|prefers|preferred(?: name)?|"
    r"formerly(?: known as)?|n[ée]e|born|goes by|called)(?!\w)[:\s]*",
    re.IGNORECASE,
)
_CHILD_OF: Final = re.compile(
    r"^(?:(?:baby|infant|newborn|unborn|child|twin|male|female|boy|girl|son|daughter|i|ii|[0-9]) )+of (.+)$"
)
_BABY_OF_SHORT: Final = re.compile(r"^\s*b(?:aby)?\s*/\s*o\b", re.IGNORECASE)
_IDEOGRAPHS: Final = re.compile(r"[\u3400-\u9fff]{2,4}")
# Parts of a bound name that are no name alone: of Abdul Rahman, "abdul" would be half the borough's.
_BINDING_WORDS: Final = GIVEN_BINDERS | GIVEN_INFIXES | WEAK_FAMILY


class NameReading(NamedTuple):
    """A name as it is compared; everything folded.

    `given` is the first given name, `middle` the rest, `family` the family name's words. `given_forms` and `family_forms`
    hold every form that the same person may be written under; `child_of` the mother in "Baby of Sana Khan".
    `placeholder` says that words stood where the given name belongs, and that they are no name.
    """

    given: str = ""
    middle: str = ""
    family: str = ""
    given_forms: tuple[str, ...] = ()
    family_forms: tuple[str, ...] = ()
    child_of: str = ""
    placeholder: bool = False


@lru_cache(maxsize=1 << 17)
def read_name(name: Name) -> NameReading:
    """Return the reading of a name, in fields or in one line, with asides such as "(known as Jack)" as further forms."""
    given_text, family_text, middle_text = name.given, name.family, name.middle
    if name.full and not (given_text or family_text):
        parsed = parse_full_name(name.full)
        given_text, middle_text, family_text = parsed.given, parsed.middle, parsed.family
    if "/" in given_text:
        given_text = _BABY_OF_SHORT.sub("baby of ", given_text)
    given_text, given_asides = _asides(given_text)
    family_text, family_asides = _asides(family_text)
    reading = _read_parts(given_text, middle_text, family_text)
    return _with_asides(reading, given_asides, family_asides) if given_asides or family_asides else reading


def parse_full_name(text: str, use: str = "usual") -> Name:
    """Return a name in one line parted into given, middle and family, with the line itself kept as `full`.

    Reads "Amina Khan", "KHAN, Amina", "KHAN Amina", "Mr John van der Berg Jr", "Baby of Sana Khan", "Ahmed bin Salim Al Harthi".
    A single word goes to `given`: nobody can know which name it is.
    """
    line = tidy(text)
    main, asides = _asides(_BABY_OF_SHORT.sub("baby of ", line))
    before, comma, after = main.partition(",")
    if comma and fold(after) and fold(after) not in SUFFIXES:
        (given, middle), family = _part_given(after), before.strip()
    else:
        given, middle, family = _part_line(before if comma else main)
    if asides:
        given = f"{given} ({'; '.join(asides)})".strip()
    return Name(given=given, middle=middle, family=family, full=line, use=use)


def _part_given(text: str) -> tuple[str, str]:
    """Part given names into the first, of as many words as belong together, and the rest: Abdul Rahman, Zia ul Haq."""
    found = _without_titles(text.split())
    end = 1
    while end < len(found) and (
        fold(found[end - 1]) in GIVEN_BINDERS | GIVEN_INFIXES or fold(found[end]) in GIVEN_INFIXES
    ):
        end += 1
    return " ".join(found[:end]), " ".join(found[end:])


def _part_line(text: str) -> tuple[str, str, str]:
    if _IDEOGRAPHS.fullmatch(text.strip()):
        return (
            text.strip()[1:],
            "",
            text.strip()[0],
        )  # 李明: the family name is first, and nearly always one sign
    found = _without_titles(text.split())
    while len(found) > 1 and fold(found[-1]) in SUFFIXES:
        found.pop()
    if len(found) < 2 or _CHILD_OF.match(fold(" ".join(found))):
        return " ".join(found), "", ""
    if _is_shouted(found[0]) and not any(_is_shouted(word) for word in found[1:]):
        return found[1], " ".join(found[2:]), found[0]  # KHAN Amina
    start = _family_start(found)
    return *_part_given(" ".join(found[:start])), " ".join(found[start:])


def _family_start(found: list[str]) -> int:
    """Return where the family name begins: its last word, with the particles and patronymic marks before it."""
    folded = [fold(word) for word in found]
    for place, word in enumerate(folded[1:-1], start=1):
        if word in PATRONYMIC_MARKS:
            return place
    start = len(found) - 1
    while start > 1 and folded[start - 1] in PARTICLES:
        start -= 1
    return start


def _is_shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _without_titles(found: list[str]) -> list[str]:
    while len(found) > 1 and fold(found[0]) in TITLES:
        found = found[1:]
    return found


def _asides(text: str) -> tuple[str, list[str]]:
    """Part a text from what stands in brackets or after "known as"; remarks such as (deceased) are dropped."""
    if text.isalpha():
        return text, []
    said: list[str] = [found.group(1) for found in _BRACKETS.finditer(text)]
    main = _BRACKETS.sub(" ", text)
    main, *others = _ALSO.split(main)
    said = [part for aside in [*others, *said] for part in re.split(r"[;/]", _ALSO.sub("", aside))]
    return main, [tidy(aside) for aside in said if fold(aside) and fold(aside) not in REMARKS]


def _with_asides(reading: NameReading, given_asides: list[str], family_asides: list[str]) -> NameReading:
    given_forms, families = list(reading.given_forms), list(reading.family_forms)
    for aside in given_asides:
        first, *rest = aside.split()
        other = _read_parts(first, "", " ".join(rest))  # "aka Jack Brown" brings a family name with it
        given_forms += other.given_forms
        families += other.family_forms
    for aside in family_asides:
        families += family_forms(family_words(aside))
    return reading._replace(given_forms=tuple(unique(given_forms)), family_forms=tuple(unique(families)))


def _read_parts(given_text: str, middle_text: str, family_text: str) -> NameReading:
    said = _given_said(given_text)
    families, real = family_words(family_text), said.names
    if said.opened and not families:
        families, real = real, ()  # "Baby Khan", and no family name beside it
    elif said.opened and real == families:
        real = ()  # "Baby Khan" Khan
    units = _bind(real)
    rest = units[1:] + _middle_units(middle_text, bool(units))
    called = units[0] if units else ""
    if called in HONOURS and rest and _can_be_called(rest[0]):
        called, rest = rest[0], (called, *rest[1:])  # Muhammad Ibrahim is called Ibrahim
    weak = tuple(word for word in rest if word in WEAK_FAMILY)
    forms = _given_forms(real, units)
    return NameReading(
        given=called,
        middle=" ".join(rest),
        family=" ".join(families),
        given_forms=forms if forms[:1] == (called,) else tuple(unique([called, *forms])),
        family_forms=family_forms(families) if not weak else tuple(unique([*family_forms(families), *weak])),
        child_of=said.child_of,
        placeholder=said.written and not real,
    )


class _Given(NamedTuple):
    """What a given-name field says: its names, whether words such as "Baby" opened it, whether it says anything."""

    names: tuple[str, ...]
    opened: bool
    child_of: str
    written: bool


@lru_cache(maxsize=1 << 16)
def _given_said(text: str) -> _Given:
    folded = fold(text)
    found = folded.split()
    if mother := _CHILD_OF.match(folded):
        return _Given((), False, mother[1], True)
    if _is_placeholder(found):
        return _Given((), False, "", True)
    found = _without_titles(found)
    while len(found) > 1 and found[-1] in SUFFIXES:
        found.pop()
    start = 0
    while start < len(found) and (found[start] in PLACEHOLDER_OPENINGS or (start and found[start].isdigit())):
        start += 1
    return _Given(tuple(found[start:]), start > 0, "", bool(found))


def _is_placeholder(found: list[str]) -> bool:
    if " ".join(found) in PLACEHOLDER_PHRASES:
        return True
    return any(word in PLACEHOLDERS for word in found) and all(
        word in PLACEHOLDERS or word in PLACEHOLDER_COMPANIONS or word.isdigit() for word in found
    )


@lru_cache(maxsize=1 << 16)
def _middle_units(text: str, named: bool) -> tuple[str, ...]:
    """Return middle names; beside a placeholder, words such as the "boy" of "Baby Boy Khan" are none."""
    nothing = NO_MIDDLE if named else PLACEHOLDERS
    return _bind(tuple(word for word in fold(text).split() if word not in nothing))


def _can_be_called(word: str) -> bool:
    return len(word) > 1 and word not in WEAK_FAMILY and word not in HONOURS


def _bind(found: tuple[str, ...]) -> tuple[str, ...]:
    """Join what is one name in several words: abdul rahman, zia ul haq, abd al karim."""
    if len(found) < 2:
        return found
    units: list[str] = []
    open_end = False
    for place, word in enumerate(found):
        infix = word in GIVEN_INFIXES and 0 < place < len(found) - 1
        if units and (open_end or infix):
            units[-1] += word
        else:
            units.append(word)
        open_end = infix or (word in GIVEN_BINDERS and place < len(found) - 1)
    return tuple(units)


def _given_forms(said: tuple[str, ...], units: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that one field of given names may mean: each of them, and two written as one (Annemarie)."""
    if len(said) < 2:
        return said
    forms = [
        unit for place, unit in enumerate(units) if not place or (unit not in WEAK_FAMILY and len(unit) > 1)
    ]
    if len(forms) > 1:
        forms.append("".join(forms[:2]))
    if len(said) > len(units):
        forms += [word for word in said if len(word) > 2 and word not in _BINDING_WORDS]
    return tuple(unique(forms))
