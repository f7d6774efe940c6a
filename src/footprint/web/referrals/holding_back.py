"""The rows of what is held back, and the guardians' notice of it: as a version is sent, and again when more is protected.

Whoever receives a referral reads that a guardian looks at what is masked, so a guardian must learn of it. Whoever wrote it
learns nothing: nothing on their pages is made from these rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from footprint.referrals.holding import Held, held
from footprint.referrals.protected_places import Protected
from footprint.referrals.referral import Referral as Said
from footprint.referrals.referral import decode
from footprint.sharing.roles import Right
from footprint.web.accounts.queries import with_right
from footprint.web.notices.queries import was_reminded
from footprint.web.notices.services import notify, remind_once
from footprint.web.protection.digests import digest
from footprint.web.referrals.models import HeldSentence, Referral, Version
from footprint.web.referrals.protecting import kind_of, piece_of, protected_today
from footprint.web.referrals.standing import decision_due

TOLD: Final = "Part of a referral is held back from those who receive it. Let it go, or keep it back."
TOLD_IN_DANGER: Final = (
    "Part of a referral that says that somebody is in danger now is held back from those who receive it. Let it go, or keep it"
    " back."
)


def hold_back(version: Version, said: Said) -> int:
    """Keep a row for each piece that is held back of a version and has none; tell the guardians of those that are new.

    In the caller's transaction. Returns how many there were.
    """
    pieces = _without_rows(version, held(said, protected_today()))
    return _keep(version, pieces, _due_now(version.referral)) if pieces else 0


def hold_back_since() -> int:
    """Keep the rows for what was protected after it was sent; return how many there were. Nothing where nothing changed."""
    protected = protected_today()
    key = f"held-back:{digest('protected', _as_text(protected))}"
    if was_reminded(key):
        return 0
    kept = 0
    for version in Version.objects.select_related("referral").order_by("pk").iterator():
        if new := _without_rows(version, held(decode(version.content), protected)):
            with transaction.atomic():
                kept += _keep(version, new, _due(version.referral))
    with transaction.atomic():
        remind_once(key, timezone.now())
    return kept


def _without_rows(version: Version, pieces: Iterable[Held]) -> list[Held]:
    """Those of these pieces that have no row yet."""
    listed = list(pieces)
    kept = {piece_of(row).key for row in HeldSentence.objects.filter(version=version)} if listed else set()
    return [one for one in listed if one.key not in kept]


def _due(referral: Referral) -> dt.datetime | None:
    """Until when somebody must know where to go: where somebody is in danger now and nothing is decided."""
    return referral.due_at if referral.is_urgent and referral.is_waiting else None


def _due_now(referral: Referral) -> dt.datetime | None:
    """The same as a version is written: danger that it says for the first time has a time of its own."""
    if not referral.is_urgent:
        return None
    soon, _ = decision_due(timezone.now(), urgent=True)
    known = referral.due_at if referral.is_waiting and referral.decided_at is None else None
    return min(filter(None, (soon, known)), default=None)


def _keep(version: Version, pieces: list[Held], due: dt.datetime | None) -> int:
    referral = version.referral
    rows = HeldSentence.objects.filter(version__referral=referral)
    before = {piece_of(row).key for row in rows} if pieces else set()
    first = HeldSentence.objects.filter(version=version).count() if pieces else 0
    HeldSentence.objects.bulk_create(
        HeldSentence(version=version, place=one.field[:80], number=number, kind=kind_of(one), text=one.text)
        for number, one in enumerate(pieces, first)
    )
    if any(one.key not in before for one in pieces):
        _tell(referral, due)
    return len(pieces)


def _tell(referral: Referral, due: dt.datetime | None) -> None:
    guardians = with_right(Right.GUARD).filter(partner__partnership=referral.partnership_id)
    kind, sentence = ("held-in-danger", TOLD_IN_DANGER) if referral.is_urgent else ("held-back", TOLD)
    notify(guardians, kind, sentence, reverse("referrals:held"), due=due)


def _as_text(protected: Protected) -> str:
    """All that is protected as one text, the same for the same."""
    parts = (protected.homes, protected.names, protected.uprns, protected.phones)
    return "\n".join(repr(sorted(part)) for part in parts)
