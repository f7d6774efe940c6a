"""What a page shows of a subscription: finished texts, nobody's name but what the user wrote."""

from __future__ import annotations

from typing import NamedTuple

from footprint.web.design.words import moment
from footprint.web.subscriptions import words
from footprint.web.subscriptions.models import Subscription


class SubscriptionLine(NamedTuple):
    """One subscription. `url` leads to the footprint; `ended` says why it ended, or nothing."""

    id: str
    called: str
    case: str
    url: str
    until: str
    news: str
    ended: str


def line_of(subscription: Subscription, page: str) -> SubscriptionLine:
    """Return a subscription as a list shows it."""
    case = subscription.case
    ended = Subscription.Ended(subscription.ended).label if subscription.ended else ""
    return SubscriptionLine(
        id=subscription.pk,
        called=subscription.called or "A child",
        case=words.of_case(case.reference),
        url=page if case.closed_at is None else "",
        until=words.day(subscription.expires),
        news=moment(subscription.news_at) if subscription.news_at else "",
        ended=ended,
    )
