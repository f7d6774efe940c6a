"""The only writers of notices. What tells somebody of something is written with it, in one transaction, or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from footprint.sharing.roles import Right
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership, Partner
from footprint.web.accounts.queries import held_now, with_right
from footprint.web.notices.kinds import KINDS, thing_of
from footprint.web.notices.models import LONGEST, Mail, Notice, Reminded

_ANY: Final = Q()


class NotWithItsCause(RuntimeError):
    """A notice is written in the transaction of what it tells of: call this inside `transaction.atomic()`."""


def notify(
    memberships: Iterable[Membership],
    kind: str,
    sentence: str,
    link: str = "",
    *,
    due: dt.datetime | None = None,
    typed_by: Actor | None = None,
) -> None:
    """Tell each of these users something, once each: on the page now, and by an e-mail that only says that there is something.

    `kind` is one of `kinds.KINDS`, `due` until when they must have acted, `typed_by` whose words stand in it, where the kind has
    such. Whoever is not in the role any more is told nothing.
    """
    _check(kind, sentence, link, typed_by)
    told = held_now().filter(pk__in={one.pk for one in memberships}).order_by("pk")
    notices = Notice.objects.bulk_create(
        Notice(
            membership=one,
            kind=kind,
            sentence=sentence,
            link=link,
            due_at=due,
            typed_by_id=typed_by.membership_id if typed_by else None,
        )
        for one in told
    )
    Mail.objects.bulk_create(Mail(reference=one.reference, notice=one) for one in notices)


def notify_leads(
    partner: Partner, kind: str, sentence: str, link: str = "", *, typed_by: Actor | None = None
) -> None:
    """Tell a partner's information-governance leads, and write to the lead's address that the partner gave.

    A partner that has none of its own is spoken for by those of its partnership.
    """
    notify_leads_of([partner], kind, sentence, link, typed_by=typed_by)


def notify_leads_of(
    partners: Iterable[Partner],
    kind: str,
    sentence: str,
    link: str = "",
    *,
    due: dt.datetime | None = None,
    typed_by: Actor | None = None,
) -> None:
    """Tell the leads of several partners, each of them once."""
    concerned = list({one.pk: one for one in partners}.values())
    leads: list[Membership] = []
    governing = with_right(Right.GOVERN)
    for partner in concerned:
        own = list(governing.filter(partner=partner))
        leads += own or governing.filter(partner__partnership=partner.partnership_id)
    notify(leads, kind, sentence, link, due=due, typed_by=typed_by)
    Mail.objects.bulk_create(Mail(partner=one) for one in concerned if one.lead_email)


def mark_read(actor: Actor, reference: str) -> bool:
    """Mark a notice of this user as read, and those that say the same; False where they have none of this reference."""
    mine = _of(actor).filter(reference=reference).first()
    if mine is None:
        return False
    unread = _of(actor).filter(read_at__isnull=True, kind=mine.kind)
    same = [one.pk for one in unread if thing_of(one) == thing_of(mine)]
    Notice.objects.filter(pk__in=same).update(read_at=timezone.now())
    return True


def dealt_with(kind: str, link: str, among: Q = _ANY) -> None:
    """Mark what somebody has dealt with as read for everybody who was told of it, so that nobody does it again.

    For kinds of which the link is the very thing that waits; `among` says which notices of a link where it is not, or whose.
    """
    told = Notice.objects.filter(among, kind=kind, link=link, read_at__isnull=True)
    told.update(read_at=timezone.now())


def forget(links: Iterable[str]) -> None:
    """Delete the notices that lead to pages of what is kept no more."""
    Notice.objects.filter(link__in=list(links)).delete()


def remind_once(key: str, at: dt.datetime) -> bool:
    """Say whether nobody was reminded of this yet, and note that they are now. In one transaction with the reminder."""
    if not connection.in_atomic_block:
        raise NotWithItsCause(NotWithItsCause.__doc__)
    return Reminded.objects.get_or_create(key=key, defaults={"at": at})[1]


def mark_all_read(actor: Actor) -> None:
    """Mark all notices of this user as read."""
    _of(actor).filter(read_at__isnull=True).update(read_at=timezone.now())


def _of(actor: Actor) -> QuerySet[Notice]:
    return Notice.objects.filter(membership__in=held_now().filter(user=actor.user_id))


def _check(kind: str, sentence: str, link: str, typed_by: Actor | None) -> None:
    if not connection.in_atomic_block:
        raise NotWithItsCause(NotWithItsCause.__doc__)
    if not sentence.strip() or len(sentence) > LONGEST:
        raise ValueError(f"A notice is one sentence of at most {LONGEST} characters.")
    if typed_by is not None and not (kind in KINDS and KINDS[kind].typed):
        raise ValueError("Somebody's words stand in no notice but of a kind that is said to have such.")
    if link and not (link.startswith("/") and url_has_allowed_host_and_scheme(link, allowed_hosts=None)):
        raise ValueError("A notice leads to a page of this site, by its path.")
