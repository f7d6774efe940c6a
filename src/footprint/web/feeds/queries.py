"""Reads feeds, receipts and held deliveries from the data folder, and which numbers are said to be wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.conf import settings
from django.utils import timezone

from footprint.answer import words
from footprint.answer.freshness import feed_names
from footprint.feeds import arrivals
from footprint.feeds.contract_reading import load_contracts
from footprint.feeds.freshness import FeedStatus, status
from footprint.feeds.generations import is_feed_name
from footprint.feeds.holding import Waiting, held
from footprint.feeds.receipt import Receipt
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Partner
from footprint.web.feeds.models import WrongNumber

THE_HUB: Final = "The safeguarding hub"


def all_feeds() -> Sequence[FeedStatus]:
    """Return how every feed stands now."""
    return status(settings.DATA, timezone.localtime())


def names() -> Mapping[str, str]:
    """Return the name of every feed by its id, in plain words."""
    return feed_names(all_feeds())


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


def marked_wrong(partnership: str) -> Mapping[tuple[str, str], WrongNumber]:
    """Return the numbers that are said to be wrong, by (partner, number) as pages write them."""
    marked = WrongNumber.objects.filter(partnership=partnership, right_at__isnull=True)
    return {(one.partner, one.number): one for one in marked}


def said_wrong(partnership: str) -> dict[tuple[str, str], str]:
    """Return what is said beside the numbers that are said to be wrong, by partner and number; never who said it."""
    return {
        number: f"Reported wrong on {words.day(timezone.localdate(one.said_at).isoformat())}"
        for number, one in marked_wrong(partnership).items()
    }


def wrong_numbers(actor: Actor) -> Sequence[WrongNumber]:
    """Return the numbers of which this user may say that they are right: a steward's all, a lead's those of their partner."""
    marked = WrongNumber.objects.filter(partnership=actor.partnership, right_at__isnull=True)
    if not actor.may("steward"):
        marked = marked.filter(partner=actor.organisation)
    return list(marked)


def partner_names(actor: Actor) -> Mapping[str, str]:
    """Return the names, by their codes, of all whose numbers may be wrong: partners, those without a feed too, and the hub."""
    named = Partner.objects.filter(partnership=actor.partnership).values_list("code", "name")
    return {words.HUB: THE_HUB} | {feed.partner: feed.name for feed in all_feeds()} | dict(named)
