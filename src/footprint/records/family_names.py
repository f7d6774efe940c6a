"""The forms under which one family name may be met: its parts, without its particles, joined, in the other gender.

Names that came in another script are spelt as each clerk heard them; `tables/family_names.csv` holds those spellings.
English names that sound alike (Clark and Clarke) are different names, and are left to the phonetic code.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from footprint.records.name_tables import EMPTY_FAMILIES, FAMILY_BINDERS, PARTICLES, SUFFIXES
from footprint.records.tables import families_by_form
from footprint.records.text import fold, unique

# A woman's ending, or another country's spelling of it, and the form in which a brother or father bears the name.
_EQUIVALENT_ENDINGS: Final = tuple(
    (re.compile(pattern), ending)
    for pattern, ending in (
        (r"(?<=[a-z]{3})(?:skaya|skaia|ska|sky|skyy|skyj|skij|skiy|skyi|skoy)$", "ski"),
        (r"(?<=[a-z]{3})(?:cka|cky|ckyj)$", "cki"),
        (r"(?<=[a-z]{3})(?:dzka)$", "dzki"),
        (r"(?<=[a-z]{3})(?:ova|off|ow|owa)$", "ov"),
        (r"(?<=[a-z]{3})(?:eva|eff|iev|yev|ieva|yeva)$", "ev"),
        (r"(?<=[a-z]{4})ina$", "in"),
        (r"(?<=[a-z]{3})(?:iene|aite|yte|ute|iute)$", "as"),  # Lithuanian wives and daughters
        (r"(?<=[a-z]{4})ovna$", "ovich"),
        (r"(?<=[a-z]{4})evna$", "evich"),
        (r"(?<=[a-z]{2})(?:vic|vich|wicz|vitch|vych)$", "vic"),
    )
)
_CZECH_WIFE: Final = re.compile(r"(?<=[a-z]{3})ova$")
_MAC: Final = re.compile(r"^mac(?=[bcdfghjklmnpqrstvwyz][a-z]{3})")


@lru_cache(maxsize=1 << 16)
def family_words(text: str) -> tuple[str, ...]:
    """Return the words of a family name as it was written, folded; none where the field says nothing.

    "Mc Donald" and "O' Brien" become one word; "Jr" and "Senior" at the end are left out.
    """
    folded = fold(text)
    if folded in EMPTY_FAMILIES:
        return ()
    found = folded.split()
    while len(found) > 1 and found[-1] in SUFFIXES:
        found.pop()
    bound: list[str] = []
    for word in found:
        if bound and bound[-1] in FAMILY_BINDERS:
            bound[-1] += word
        else:
            bound.append(word)
    return tuple(bound)


@lru_cache(maxsize=1 << 16)
def family_forms(said: tuple[str, ...]) -> tuple[str, ...]:
    """Return every form to compare by: the whole, its parts, without particles, joined, and equivalents of each.

    The first is the name as it was said. Kowalska also gives kowalski, Ivanova ivanov, Nováková novak, MacDonald mcdonald.
    """
    if not said:
        return ()
    bare = [word for word in said if word not in PARTICLES] or list(said)
    parts = [word for word in bare if len(word) > 1]
    forms = [" ".join(said), *parts]
    if len(said) > 1:
        forms += ["".join(said), " ".join(bare)]
    return tuple(unique([*forms, *(other for part in parts for other in _equivalents(part))]))


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    return families_by_form("family_names.csv", "name")


def _equivalents(form: str) -> list[str]:
    found = list(_spellings().get(form, ()))
    found += [pattern.sub(ending, form) for pattern, ending in _EQUIVALENT_ENDINGS if pattern.search(form)]
    if _CZECH_WIFE.search(form):
        found.append(_CZECH_WIFE.sub("", form))
    if _MAC.search(form):
        found.append(_MAC.sub("mc", form))
    return found
