"""How fresh each partner's data is. Said for every partner, whatever it holds and whatever is withheld."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from footprint.answer import words
from footprint.answer.values import PartnerState
from footprint.records.published import FeedState


def partner_states(feeds: Iterable[FeedState], now: dt.datetime) -> tuple[PartnerState, ...]:
    """Return one state for each partner, in the order of sector and name. `now` has an offset."""
    ordered = sorted(feeds, key=lambda feed: (feed.sector, feed.name, feed.partner, feed.feed))
    return tuple(_state(list(group), now) for _, group in groupby(ordered, key=lambda feed: feed.partner))


def partner_names(feeds: Iterable[FeedState]) -> dict[str, str]:
    """Return each partner's name by its id."""
    return {feed.partner: feed.name for feed in feeds}


def principal(feeds: Sequence[FeedState]) -> FeedState:
    """Return the feed by which a partner's freshness is judged: of those that deliver, the one that ages fastest.

    A council that sends its records daily and its census once a year is as fresh as its records.
    """
    delivering = [feed for feed in feeds if feed.as_of] or list(feeds)
    return min(delivering, key=lambda feed: (_hours_until_stale(feed), feed.feed))


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
    said += [f"{feed.feed} {words.freshness(feed.condition(now), feed.as_of)}" for feed in others]
    return PartnerState(
        partner=main.partner,
        name=main.name,
        sector=main.sector,
        as_of=main.as_of,
        state=condition,
        says=f"{_first_upper('; '.join(said))}.",
    )


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
