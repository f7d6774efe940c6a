"""Which of many phrases may stand in a text at all: asked once of a text, so that thousands cost little more than ten.

None that stands there is left out; a few that do not are kept. Whoever asks then looks for those that are left, exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

#: So many letters of a run lead to it. A postcode has at least five.
_OPENING: Final = 5
#: A word this long may hold one slip of the pen.
LONG_WORD: Final = 5


class Phrases:
    """Phrases by their longest word, which may hold one slip, and by how they begin when they are written in one run."""

    def __init__(self, phrases: Iterable[str] = (), runs: Iterable[tuple[str, str]] = ()) -> None:
        self._by_word: dict[str, list[str]] = {}
        self._by_opening: dict[str, list[tuple[str, str]]] = {}
        for phrase in dict.fromkeys(phrases):
            # "The" is left out as often as it is written.
            words = [word for word in phrase.split() if word != "the"]
            for key in _spellings(max(words, key=len, default="")):
                self._by_word.setdefault(key, []).append(phrase)
        for run, phrase in dict.fromkeys(runs):
            self._by_opening.setdefault(run[:_OPENING], []).append((run, phrase))

    def among(self, words: Iterable[str], row: str) -> set[str]:
        """Return the phrases that may stand in a text, given as its words and as its letters in one row."""
        spellings = {key for word in set(words) for key in _spellings(word)}
        return {phrase for phrases in _of(self._by_word, spellings) for phrase in phrases} | {
            phrase
            for place in range(len(row) - _OPENING + 1)
            for run, phrase in self._by_opening.get(row[place : place + _OPENING], ())
            if row.startswith(run, place)
        }


def _spellings(word: str) -> Iterator[str]:
    """The word, and a long one with any one letter left out: two words that are one slip apart have one of these in common."""
    if word:
        yield word
    if len(word) >= LONG_WORD:
        for place in range(len(word)):
            yield word[:place] + word[place + 1 :]


def _of(found: dict[str, list[str]], keys: Collection[str]) -> Iterator[list[str]]:
    return (found[key] for key in keys & found.keys())
