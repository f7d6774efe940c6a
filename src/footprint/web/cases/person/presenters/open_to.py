"""To whom somebody is open now: the first thing on the page, since the answer is often one call away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from footprint.answer import words
from footprint.answer.values import Footprint, OpenAtHome, Worker
from footprint.answer.words import NONE_WRONG, Wrong
from footprint.web.cases.person.presenters.ring import Ring, ring

RING_HERE: Final = "Already open to a worker: ring here first"
RING_POLICE: Final = (
    "Police have an open investigation concerning this person. Ring before anybody contacts them."
)


class OpenTo(NamedTuple):
    """A worker, or a team that named nobody. `what` is the latest episode, `also` the others; sentences without full stops.

    `heading` says under what it stands: a police investigation of an adult is no help that somebody already has.
    """

    worker: str
    partner: str
    partner_id: str
    what: str
    also: str
    confirmed: str
    unreported: str
    ring: Ring | None
    heading: str = RING_HERE


class AtHome(NamedTuple):
    """Somebody of the home who is open to somebody.

    `police`: whom the police investigate a matter about, "an adult" or "somebody" where no birthday is known; empty otherwise.
    """

    name: str
    url: str
    workers: tuple[OpenTo, ...]
    police: str


def open_to(answer: Footprint, wrong: Wrong = NONE_WRONG) -> tuple[OpenTo, ...]:
    """Return those to whom a person is open, in the order in which to ring; `wrong` are the numbers reported so.

    A police investigation of anybody but a child comes first, under a heading of its own.
    """
    police = [one.investigates(is_child=answer.is_child) for one in answer.workers]
    shown = [
        _worker(one, wrong)._replace(heading=RING_POLICE if apart else RING_HERE)
        for one, apart in zip(answer.workers, police, strict=True)
    ]
    return tuple(sorted(shown, key=lambda one: one.heading != RING_POLICE))


def of_the_home(
    open_at_home: Iterable[OpenAtHome], urls: Mapping[str, str], wrong: Wrong = NONE_WRONG
) -> tuple[AtHome, ...]:
    """Return those of a home who are open to somebody; `urls` leads to people by their id.

    A police investigation is no help that somebody already has: unless it is of a child it stands apart, and first.
    """
    listed = tuple(open_at_home)
    apart = (
        AtHome(one.name, urls.get(one.person_id, ""), some, police)
        for one, police, some in _parted(listed, wrong)
    )
    return tuple(sorted(apart, key=lambda one: not one.police))


def _parted(
    listed: Iterable[OpenAtHome], wrong: Wrong
) -> Iterator[tuple[OpenAtHome, str, tuple[OpenTo, ...]]]:
    for one in listed:
        who = "" if one.is_child else "an adult" if one.is_adult else "somebody"
        police = [worker for worker in one.workers if worker.investigates(is_child=one.is_child)]
        others = [worker for worker in one.workers if worker not in police]
        for said, some in ((who, police), ("", others)):
            if some:
                yield one, said, tuple(_worker(worker, wrong) for worker in some)


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
