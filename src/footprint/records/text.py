"""Text as people type it, made comparable: any script to plain ASCII words, and anything unprintable taken out.

Knows nothing of names or places. Every function takes any text at all, never raises, and applied twice gives what it
gave once.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from anyascii import anyascii

# An apostrophe joins (O'Brien is one word), and it is typed in many ways. Backtick and acute are typed for it too.
_APOSTROPHES: Final = "'`´‘’‛′ʹʻʼʽʾʿˈ＇՚׳"
_WITHOUT_APOSTROPHES: Final = {ord(mark): None for mark in _APOSTROPHES}
_NOT_A_WORD: Final = re.compile(r"[^a-z0-9]+")
_SPACES: Final = re.compile(r"\s+")
# Control, format (zero-width and direction marks), lone surrogates and private use: never part of what was meant.
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# One ideograph or Hangul syllable is one word to us: 李明 is "li ming".
_A_WORD_EACH: Final = re.compile(r"[\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
# The nasal of Indic scripts is heard as n in the names that matter most here: ਸਿੰਘ is Singh.
_NASALS: Final = frozenset("\u0a70\u0a02\u0902\u0982")


def tidy(text: str) -> str:
    """Return the text fit to keep and show: composed, unprintable characters out, white space to single spaces.

    Script, case, accents and punctuation stay as they were said.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    return " ".join(
        "".join(mark for mark in spaced if unicodedata.category(mark) not in _UNPRINTABLE).split()
    )


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Return the text as lower-case ASCII words with single spaces between: O'Brien -> obrien, Żółć-Łąka -> zolc laka.

    Apostrophes vanish, every other mark parts words; letters of any script become their nearest ASCII spelling.
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_plain, tidy(text).translate(_WITHOUT_APOSTROPHES)))
    lowered = text.lower().replace("'", "").replace("`", "")
    return _NOT_A_WORD.sub(" ", lowered).strip()


@lru_cache(maxsize=1 << 12)
def _plain(character: str) -> str:
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if character in _NASALS:
        return "n"
    if category[0] not in "LMN":
        return " "  # a dash, a bullet, a picture: it parts words, and its name is no word of ours
    spelling = anyascii(character).replace("'", "")
    return f" {spelling} " if _A_WORD_EACH.match(character) else spelling


def words(text: str) -> list[str]:
    """Return the folded words of the text."""
    return fold(text).split()


@lru_cache(maxsize=1 << 16)
def letters(folded: str) -> str:
    """Return the sorted letters of a folded text: equal for two spellings that differ only in the order of letters."""
    return "".join(sorted(folded.replace(" ", "")))


def unique(values: list[str]) -> list[str]:
    """Return the values without empty ones and repeats, in the order in which they were first said."""
    if len(values) < 2:
        return [value for value in values if value]
    return [value for value in dict.fromkeys(values) if value]
