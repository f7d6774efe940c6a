"""A guardian's ruling as a decision, written with its entry in the transaction that the caller has open. It applies at once."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence

from django.utils import timezone

from footprint.decisions import Decision, Kind, Subject, places
from footprint.records import Address
from footprint.web.accounts.actor import Actor
from footprint.web.cases.scope import records_of
from footprint.web.ledger.store import decisions, event, ledger


class NobodyThere(ValueError):
    """There is no such person, or the address cannot be told from others. The message says what to write."""


def about_person(person_id: str) -> list[Subject]:
    """Return a person as a ruling names them: with their records, because people change and records do not."""
    records = records_of(person_id)
    if not records:
        raise NobodyThere(
            "Nobody has this reference. Write it as it stands in the request or on the receipt."
        )
    person = Subject("person", person_id.partition(".")[0])
    return [person, *(Subject("record", key) for key in records)]


def about_address(address: Address) -> list[Subject]:
    """Return an address as a ruling names it: without a flat every flat there."""
    found = places(address)
    if not found:
        raise NobodyThere(
            "This address cannot be told from others. Write a house number or name, and a postcode."
        )
    return [Subject("address", place) for place in found]


def rule(actor: Actor, kind: Kind, subjects: Sequence[Subject], reason: str, *, first: str = "") -> Decision:
    """Write a ruling and its entry. `first` is who ruled before this actor, where it takes two."""
    decision = Decision(
        id=f"d-{secrets.token_hex(5)}",
        kind=kind,
        subjects=tuple(dict.fromkeys(subjects)),
        partnership=actor.partnership,
        reason=reason,
        by=first or actor.username,
        also_by=actor.username if first else "",
        at=timezone.now().astimezone(dt.UTC).isoformat(timespec="milliseconds"),
    )
    people = tuple(one.value for one in decision.subjects if one.sort == "person")
    decisions().add(decision)
    entry = event(
        actor, "decision", kind, {"decision": decision.id}, subjects=people, personal={"reason": reason}
    )
    ledger().record(entry, join=True)
    return decision
