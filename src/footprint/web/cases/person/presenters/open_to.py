"""To whom somebody is open now: the first thing on the page, since the answer is often one call away."""

from __future__ import annotations

from typing import NamedTuple

from footprint.answer import words
from footprint.answer.values import Footprint, Worker
from footprint.web.cases.person.presenters.ring import NONE_WRONG, Ring, Wrong, ring


class OpenTo(NamedTuple):
    """A worker, or a team that named nobody. `what` is the latest episode, `also` the others; sentences without full stops."""

    worker: str
    partner: str
    partner_id: str
    what: str
    also: str
    confirmed: str
    unreported: str
    ring: Ring | None


def open_to(answer: Footprint, wrong: Wrong = NONE_WRONG) -> tuple[OpenTo, ...]:
    """Return those to whom a person is open, in the order in which to ring; `wrong` are the numbers reported so."""
    return tuple(_worker(one, wrong) for one in answer.workers)


def _worker(worker: Worker, wrong: Wrong) -> OpenTo:
    others = [label for label in worker.episodes if label != worker.label]
    since = worker.not_reported_since
    role = f", as {worker.role}" if worker.role not in {"", words.SUBJECT} else ""
    only_by = f"Told only by {worker.only_by}. It may have ended." if worker.only_by else ""
    return OpenTo(
        worker=worker.contact.worker or worker.contact.team or worker.name,
        partner=worker.name,
        partner_id=worker.partner,
        what=f"{worker.label}{role}, since {words.day(worker.since)}",
        also=words.listed(others) if others else "",
        confirmed=f"Last confirmed open on {words.day(worker.confirmed_on)}",
        unreported=f"Not reported since {words.day(since)}. That is not an end." if since else only_by,
        ring=ring(worker.contact, worker.partner, wrong),
    )
