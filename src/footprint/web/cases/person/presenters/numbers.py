"""Every duty number on a page, once, for whoever finds that one of them is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from footprint.answer.values import Footprint
from footprint.records import DutyContact

#: Whose number it is when it is the hub's, which is no partner.
HUB: Final = "hub"


def numbers(answer: Footprint) -> list[tuple[str, str]]:
    """Return each number as a choice: `PARTNER/NUMBER`, and the words for it, workers' numbers first."""
    return list(
        dict.fromkeys((f"{partner}/{phone}", f"{name}: {phone}") for partner, name, phone in _numbers(answer))
    )


def _numbers(answer: Footprint) -> Iterator[tuple[str, str, str]]:
    for partner, name, contact in _contacts(answer):
        if contact.phone:
            yield partner, name, contact.phone


def _contacts(answer: Footprint) -> Iterator[tuple[str, str, DutyContact]]:
    yield HUB, answer.ring.team or "Safeguarding hub", answer.ring
    for worker in answer.workers:
        yield worker.partner, worker.name, worker.contact
    for partner in answer.partners:
        for line in partner.involvements:
            yield partner.partner, partner.name, line.contact
        yield partner.partner, partner.name, partner.duty
