"""The only readers of the list's entries. Whom an entry is about, they cannot say: it holds digests."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from footprint.web.accounts.actor import Actor
from footprint.web.cases.models import KnownPerson
from footprint.web.protection.models import ListEntry


def standing(actor: Actor) -> list[ListEntry]:
    """Return the entries of the partnership that hold today, the latest first."""
    return list(_of(actor).filter(ended_at__isnull=True, ends__gte=timezone.localdate()))


def entry_of(actor: Actor, reference: str) -> ListEntry:
    """Return one entry that holds. Raises Http404 for any other."""
    found = _of(actor).filter(reference=reference, ended_at__isnull=True).first()
    if found is None:
        raise Http404
    return found


def person_meant(said: str) -> str:
    """Return the person's id that a reference means: an id itself, or the handle that a person has in a case."""
    known = KnownPerson.objects.filter(handle=said).first()
    return known.person_id if known else said


def _of(actor: Actor) -> QuerySet[ListEntry]:
    return ListEntry.objects.select_related("raised_by__user").filter(partnership=actor.partnership)
