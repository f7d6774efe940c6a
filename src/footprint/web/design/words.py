"""Moments and figures as people read them."""

from __future__ import annotations

import datetime as dt

from footprint.calendars import LONDON


def moment(when: dt.datetime | str) -> str:
    """Return an instant as "26 November 2026 at 14:05", in the time of the place."""
    instant = dt.datetime.fromisoformat(when) if isinstance(when, str) else when
    here = instant.astimezone(LONDON)
    return f"{here.day} {here:%B %Y} at {here:%H:%M}"


def shortened(text: str, most: int = 300) -> str:
    """Return a text of at most so many characters, ended between two words and by an ellipsis where that is not all."""
    if len(text) <= most:
        return text
    start = text[: most - 1]
    *words, _ = start.rsplit(None, 1)
    return f"{(words or [start])[0]}…"


def number(figure: int) -> str:
    """Return a whole number with commas."""
    return f"{figure:,}"
