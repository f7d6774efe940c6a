"""Of whom somebody may be told: the one rule for the link on a footprint and for the page behind it."""

from __future__ import annotations

from footprint.answer.values import Footprint
from footprint.web.subscriptions import words


def refusal_of(answer: Footprint) -> str:
    """Return why nobody is told of what is new of this person, or nothing: of a child, born or expected, they are."""
    if answer.standing == "restricted" or answer.died:
        return words.NOT_ANY_MORE
    if answer.standing != "open":
        return words.ASK_THE_HUB
    return "" if answer.is_child else words.ONLY_CHILDREN
