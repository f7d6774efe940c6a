"""What is new since the user last opened this person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from footprint.answer import words
from footprint.answer.changes import Change
from footprint.web.design.words import moment

#: More news than this is folded.
MOST: Final = 6
_LOUD: Final = frozenset({"standing", "died", "split"})


class News(NamedTuple):
    """One thing that is new, with its day; `is_loud` where it changes what somebody may rely on."""

    sentence: str
    day: str
    is_loud: bool


class Changed(NamedTuple):
    """When the user looked last, and what is new since, most important first: `more` is folded. Nothing new is said, too."""

    looked: str
    news: tuple[News, ...]
    more: tuple[News, ...]


def changed(looked: dt.datetime, found: Iterable[Change]) -> Changed:
    """Return what changed since `looked`."""
    news = tuple(map(_news, found))
    return Changed(moment(looked), news[:MOST], news[MOST:])


def _news(change: Change) -> News:
    said = words.day(change.day)
    # A sentence that names its own day needs it no second time.
    return News(change.sentence, "" if said in change.sentence else said, change.kind in _LOUD)
