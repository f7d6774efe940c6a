"""The only writers of the list: an entry with its digests and its ledger entry, or none of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from footprint.records import Address, PartialDate
from footprint.records.naming import parse_full_name
from footprint.watching.connections import called, home_of
from footprint.web.accounts.actor import Actor
from footprint.web.ledger.store import Facts, event, ledger
from footprint.web.protection.alerts import recognising
from footprint.web.protection.lists.queries import person_meant
from footprint.web.protection.models import ListDigest, ListEntry


class NothingToRecognise(ValueError):
    """By what was typed nobody would be recognised. The message says what to write."""


def of_person(said: str) -> set[str]:
    """Return the digest of a person named by their id, or by a handle that somebody was given."""
    return {recognising.of_person(person_meant(said.strip()))}


def of_name(name: str, born: PartialDate | None) -> set[str]:
    """Return the digests of a name, with a birthday of one person. Raises NothingToRecognise."""
    forms = called([parse_full_name(name)])
    digests = recognising.of_named(forms, [born]) if born else recognising.of_names(forms)
    if not digests:
        raise NothingToRecognise("Write a first name and a family name.")
    return digests


def of_address(address: Address) -> set[str]:
    """Return the digests of an address; without a flat, of every flat there. Raises NothingToRecognise."""
    places = home_of([address]).places
    if not places:
        raise NothingToRecognise(
            "This address cannot be told from others. Write a house number or name, and a postcode."
        )
    return {recognising.of_place(place) for place in places}


def raise_entry(
    actor: Actor, sort: str, digests: Collection[str], why: str, ends: dt.date, typed: str
) -> ListEntry:
    """Put somebody on the list from this moment on. What was typed is sealed in the ledger, and kept nowhere else."""
    entry = ListEntry(
        partnership_id=actor.partnership,
        sort=sort,
        why=why,
        raised_by_id=actor.membership_id,
        raised_at=timezone.now(),
        ends=ends,
    )
    facts: Facts = {"entry": entry.reference, "sort": sort, "ends": ends.isoformat()}
    with transaction.atomic():
        entry.save(force_insert=True)
        ListDigest.objects.bulk_create(ListDigest(entry=entry, digest=one) for one in sorted(digests))
        ledger().record(
            event(actor, "change", "watch-over", facts, personal={"whom": typed, "why": why}), join=True
        )
    return entry


def end_entry(actor: Actor, entry: ListEntry) -> None:
    """Take an entry off the list."""
    with transaction.atomic():
        ended = ListEntry.objects.filter(pk=entry.pk, ended_at__isnull=True).update(
            ended_by=actor.membership_id, ended_at=timezone.now()
        )
        if ended:
            facts: Facts = {"entry": entry.reference}
            ledger().record(event(actor, "change", "watch-over-end", facts), join=True)
