"""Reads feeds, receipts and held deliveries from the data folder."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from footprint.feeds import arrivals
from footprint.feeds.contract_reading import load_contracts
from footprint.feeds.freshness import FeedStatus, status
from footprint.feeds.generations import is_feed_name
from footprint.feeds.holding import Waiting, held
from footprint.feeds.receipt import Receipt


def all_feeds() -> Sequence[FeedStatus]:
    """Return how every feed stands now."""
    return status(settings.DATA, timezone.localtime())


def all_held() -> Sequence[Waiting]:
    """Return the deliveries that wait."""
    return held(settings.DATA)


def receipts_of(feed: str) -> Sequence[Receipt]:
    """Return the receipts of a feed, newest first; of one that never delivered none."""
    if not is_feed_name(feed):
        return []
    history = arrivals.history(settings.DATA, feed)
    return [arrivals.receipt_in(one.folder) for one in reversed(history)]


def receipt_of(feed: str, arrival: int) -> Receipt | None:
    """Return one receipt, or None where there is none."""
    return next((one for one in receipts_of(feed) if one.arrival == arrival), None)


def waiting_of(feed: str, arrival: int) -> Waiting | None:
    """Return one delivery that waits, or None where it does not, or not any more."""
    return next((one for one in all_held() if (one.feed, one.arrival) == (feed, arrival)), None)


def standing_of(feed: str) -> FeedStatus | None:
    """Return how a feed stands now, or None where nothing of it does."""
    return next((one for one in all_feeds() if one.feed == feed and one.generation), None)


def is_known(feed: str) -> bool:
    """Say whether there is a contract for a feed."""
    return is_feed_name(feed) and feed.partition("--")[0] in load_contracts(settings.DATA)
