"""To whom somebody is open now: the first thing on the page, since the answer is often one call away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from footprint.answer import words
from footprint.answer.values import Footprint, OpenAtHome, Worker
from footprint.answer.words import NONE_WRONG, Wrong
from footprint.web.cases.person.presenters.ring import Ring, ring


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


class AtHome(NamedTuple):
    """Somebody of the home who is open to somebody."""

    name: str
    url: str
    workers: tuple[OpenTo, ...]


def open_to(answer: Footprint, wrong: Wrong = NONE_WRONG) -> tuple[OpenTo, ...]:
    """Return those to whom a person is open, in the order in which to ring; `wrong` are the numbers reported so."""
    return tuple(_worker(one, wrong) for one in answer.workers)


def of_the_home(
    open_at_home: Iterable[OpenAtHome], urls: Mapping[str, str], wrong: Wrong = NONE_WRONG
) -> tuple[AtHome, ...]:
    """Return those of a home who are open to somebody; `urls` leads to people by their id."""
    return tuple(
        AtHome(one.name, urls.get(one.person_id, ""), tuple(_worker(worker, wrong) for worker in one.workers))
        for one in open_at_home
    )


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
