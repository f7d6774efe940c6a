"""How fresh each partner's data is. Said for every partner, whatever it holds and whatever is withheld.

A partner may have several feeds, and each ages by itself: its own records every day, and a return once a year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final, Protocol

from footprint.answer import words
from footprint.answer.values import PartnerState
from footprint.records.published import FeedState

#: How often feeds come, the most often first.
_EVERY: Final = {
    "day": "every day",
    "working-day": "every working day",
    "term": "every term",
    "year": "once a year",
}
_ORDER: Final = tuple(_EVERY)


class Named(Protocol):
    """What a feed is known by, whatever else is said of it."""

    @property
    def feed(self) -> str:
        """The feed's id."""

    @property
    def partner(self) -> str:
        """The partner's id."""

    @property
    def name(self) -> str:
        """The partner's name."""

    @property
    def title(self) -> str:
        """What the contract calls the feed."""

    @property
    def every(self) -> str:
        """How often it comes."""


def partner_states(feeds: Iterable[FeedState], now: dt.datetime) -> tuple[PartnerState, ...]:
    """Return one state for each partner, in the order of sector and name. `now` has an offset."""
    ordered = sorted(feeds, key=lambda feed: (feed.sector, feed.name, feed.partner, feed.feed))
    return tuple(_state(list(group), now) for _, group in groupby(ordered, key=lambda feed: feed.partner))


def partner_names(feeds: Iterable[FeedState]) -> dict[str, str]:
    """Return each partner's name by its id."""
    return {feed.partner: feed.name for feed in feeds}


def what_it_is(feed: Named) -> str:
    """Return what a feed is, in plain words: "Children in Need census return (once a year)"."""
    often = _EVERY.get(feed.every, "")
    title = feed.title or feed.feed.replace("-", " ")
    return f"{title} ({often})" if often else title


def feed_names(feeds: Iterable[Named]) -> dict[str, str]:
    """Return the name of every feed by its id: its partner's, and what it is where the partner has several."""
    listed = list(feeds)
    several = [one.partner for one in listed]
    return {
        one.feed: f"{one.name}: {what_it_is(one)}" if several.count(one.partner) > 1 else one.name
        for one in listed
    }


def principal(feeds: Sequence[FeedState]) -> FeedState:
    """Return the feed by which a partner's freshness is judged: the one that is to come most often.

    A council that sends its records daily and its census once a year is as fresh as its records. Where that one never came, no
    other makes the partner fresh.
    """
    return min(feeds, key=lambda feed: (_often(feed), _hours_until_stale(feed), feed.feed))


def _often(feed: FeedState) -> int:
    return _ORDER.index(feed.every) if feed.every in _ORDER else len(_ORDER)


def _hours_until_stale(feed: FeedState) -> float:
    if not (feed.as_of and feed.stale_from):
        return float("inf")
    made = dt.datetime.fromisoformat(feed.as_of).replace(tzinfo=dt.UTC)
    return (dt.datetime.fromisoformat(feed.stale_from) - made).total_seconds() / 3600


def _state(feeds: list[FeedState], now: dt.datetime) -> PartnerState:
    main = principal(feeds)
    condition = main.condition(now)
    others = [feed for feed in feeds if feed is not main]
    said = [words.freshness(condition, main.as_of)]
    as_of = main.as_of
    if others and condition == "unconnected" and (as_of := max(feed.as_of for feed in others)):
        # The partner is connected, and what it is to send most often is missing: nothing of it is news.
        condition = "stale"
        said = [f"{what_it_is(main)} {said[0]}"]
    said += [f"{what_it_is(feed)} {words.freshness(feed.condition(now), feed.as_of)}" for feed in others]
    return PartnerState(
        partner=main.partner,
        name=main.name,
        sector=main.sector,
        as_of=as_of,
        state=condition,
        says=f"{_first_upper('; '.join(said))}.",
    )


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
