"""The guard at the form's door: danger rings 999, an urgent referral rings the front door, and a named worker is rung too.

Advice, never a barrier: whatever is answered, the referral is sent, and the front door sees it until a human there accepts it.
Whom the writer names as the family's worker is what the writer says: nobody is told by it that is not said to be.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple

from footprint.records import DutyContact
from footprint.records.text import fold
from footprint.referrals.referral import Referral, Said

NOBODY: Final = DutyContact()

#: What is said to whoever writes, by what is to be done. A page may put it before the form and after it.
ADVICE: Final = MappingProxyType(
    {
        "ring-999": "Ring 999 now, or call for help over the radio. This form brings nobody by itself.",
        "if-in-danger": "If somebody may be in danger, ring 999 first. You need not be sure.",
        "ring-front-door": "Ring {team}{number} and say what is in here. Then note whom you spoke to.",
        "worker-named": (
            "You name {who} as the family’s worker. Ring them yourself: do not count on it that they have heard of this. The "
            "front door is asked to tell them{ring}."
        ),
    }
)

#: What is answered, folded, where the family has no worker or nobody knows of one.
_NO_WORKER: Final = frozenset(
    {
        *("", "no", "none", "nil", "n a", "na", "not applicable", "nobody", "no one", "no worker", "no social worker"),
        *("not known", "unknown", "n k", "nk", "dont know", "do not know", "not sure", "unsure", "yes"),
        *("none known", "not that i know", "not that i know of", "no not known", "no none"),
    }
)  # fmt: skip
#: What parts a worker's name from their team and number, as people write it.
_AFTER_A_NAME: Final = ",;:(/\n\t"


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


def call_is_due(referral: Referral) -> bool:
    """Say whether the front door is still to be rung: somebody is in danger, and nobody was spoken to."""
    return referral.urgent and not referral.referrer.spoke_to.strip()


def named_worker(referral: Referral) -> str:
    """Return whom the writer names as the family's worker, as it was written; nothing where they say that there is none."""
    said = referral.worker.strip()
    return "" if fold(said) in _NO_WORKER else said


def name_of_worker(referral: Referral) -> str:
    """Return the named worker's name, folded, without the team and the number that may follow it."""
    said = named_worker(referral)
    ends = [place for mark in _AFTER_A_NAME if (place := said.find(mark)) > 0]
    return fold(said[: min(ends)] if ends else said)


def advice(
    referral: Referral, front_door: DutyContact = NOBODY, *, says_number: bool = True
) -> tuple[Advice, ...]:
    """Return what to do beside sending, the most urgent first.

    `front_door` is the partnership's desk; without a phone it is 101 or 999 that one rings, and the sentence says so. With
    `says_number` false it names no number that there is: one page, and the number to ring stands on it once.
    """
    found: list[Advice] = []
    if referral.urgent and referral.safety.called_999 is not Said.YES:
        found.append(Advice("ring-999", ADVICE["ring-999"]))
    elif not referral.urgent and referral.safety.danger_now is not Said.NO:
        found.append(Advice("if-in-danger", ADVICE["if-in-danger"]))
    if call_is_due(referral):
        number = f" on {front_door.phone}" if front_door.phone else " on its own number, or 101"
        said = ADVICE["ring-front-door"].format(
            team=front_door.team or "the front door",
            number=number if says_number or not front_door.phone else "",
        )
        found.append(Advice("ring-front-door", said, front_door))
    if who := named_worker(referral):
        ring = f" (its number: {front_door.phone})" if front_door.phone and says_number else ""
        found.append(
            Advice("worker-named", ADVICE["worker-named"].format(who=who.rstrip(". "), ring=ring), front_door)
        )
    return tuple(found)
