"""The guard at the form's door: danger rings 999, an urgent referral rings the front door, and a known worker hears of it too.

Advice, never a barrier: whatever is answered, the referral is sent, and the front door sees it until a human there accepts it.
Knows nothing of how a worker was found; a footprint may say so, or the writer.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from footprint.records import DutyContact
from footprint.referrals.referral import Referral, Said

NOBODY: Final = DutyContact()

#: What is said to whoever writes, by what is to be done. A page may put it before the form and after it.
ADVICE: Final = MappingProxyType(
    {
        "ring-999": "Ring 999 now, or call for help over the radio. This form brings nobody by itself.",
        "if-in-danger": "If somebody may be in danger, ring 999 first. You need not be sure.",
        "ring-front-door": "Ring {team} on {phone} and say what is in here. Then note whom you spoke to.",
        "has-worker": (
            "{who} works with the family{confirmed}. It goes to them too, and the front door keeps it until somebody there "
            "has accepted it."
        ),
        "worker-named": (
            "The front door passes it to {who}, and keeps it until somebody there has accepted it. If you can, ring them, too."
        ),
    }
)


class KnownWorker(NamedTuple):
    """A worker, or a team, to whom the family is open as far as a partner says: whom to ring, and how fresh that is.

    `partner` and `name` are the partner's id and name; `confirmed_on` is the ISO day of the data that last said so.
    """

    partner: str
    name: str
    contact: DutyContact
    confirmed_on: str = ""


class Advice(NamedTuple):
    """One thing to do: its key in ADVICE, the sentence, and whom to ring where there is somebody."""

    code: str
    says: str
    ring: DutyContact = NOBODY


class Destination(NamedTuple):
    """Where a referral goes. `who` is what the writer said of a worker whom no partner names, so that a human finds them."""

    kind: Literal["front-door", "worker"]
    partner: str = ""
    contact: DutyContact = NOBODY
    who: str = ""


FRONT_DOOR: Final = Destination("front-door")


def call_is_due(referral: Referral) -> bool:
    """Say whether the front door is still to be rung: somebody is in danger, and nobody was spoken to."""
    return referral.urgent and not referral.referrer.spoke_to.strip()


def advice(
    referral: Referral, front_door: DutyContact = NOBODY, workers: Iterable[KnownWorker] = ()
) -> tuple[Advice, ...]:
    """Return what to do beside sending, the most urgent first.

    `front_door` is the partnership's desk; without a phone it is 101 or 999 that one rings, and the sentence says so.
    """
    found: list[Advice] = []
    if referral.urgent and referral.safety.called_999 is not Said.YES:
        found.append(Advice("ring-999", ADVICE["ring-999"]))
    elif not referral.urgent and referral.safety.danger_now is not Said.NO:
        found.append(Advice("if-in-danger", ADVICE["if-in-danger"]))
    if call_is_due(referral):
        said = ADVICE["ring-front-door"].format(
            team=front_door.team or "the front door", phone=front_door.phone or "its own number, or 101"
        )
        found.append(Advice("ring-front-door", said, front_door))
    known = tuple(workers)
    found.extend(Advice("has-worker", _works_with(worker), worker.contact) for worker in known)
    if referral.worker and not known:
        found.append(Advice("worker-named", ADVICE["worker-named"].format(who=referral.worker)))
    return tuple(found)


def destinations(referral: Referral, workers: Iterable[KnownWorker] = ()) -> tuple[Destination, ...]:
    """Return where it goes: to the front door always, and to each worker whom a partner or the writer names.

    A worker is added and never stands in for the front door, for they may be on leave, or gone.
    """
    known = [Destination("worker", worker.partner, worker.contact) for worker in workers]
    named = [Destination("worker", who=referral.worker)] if referral.worker and not known else []
    return (FRONT_DOOR, *known, *named)


def _works_with(worker: KnownWorker) -> str:
    named = ", ".join(part for part in (worker.contact.worker, worker.contact.team) if part)
    who = f"{named} ({worker.name})" if named else worker.name
    confirmed = f" (last confirmed on {worker.confirmed_on})" if worker.confirmed_on else ""
    return ADVICE["has-worker"].format(who=who, confirmed=confirmed)
