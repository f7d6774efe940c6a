"""Every duty number on a page, once, for whoever finds that one of them is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from footprint.answer.values import Footprint
from footprint.answer.words import HUB
from footprint.records import DutyContact


def numbers(answer: Footprint) -> list[tuple[str, str]]:
    """Return each number as a choice: `PARTNER/NUMBER`, and the words for it, workers' numbers first."""
    found: dict[str, str] = {}
    for partner, name, contact in _contacts(answer):
        if contact.phone:
            found.setdefault(f"{partner}/{contact.phone}", f"{name}: {contact.phone}")
    return list(found.items())


def _contacts(answer: Footprint) -> Iterator[tuple[str, str, DutyContact]]:
    yield HUB, answer.ring.team or "Safeguarding hub", answer.ring
    for worker in answer.workers:
        yield worker.partner, worker.name, worker.contact
    for partner in answer.partners:
        for line in partner.involvements:
            yield partner.partner, partner.name, line.contact
        yield partner.partner, partner.name, partner.duty
