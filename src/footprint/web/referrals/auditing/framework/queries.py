"""Reads the versions of the audit framework, and which of them holds."""

from __future__ import annotations

import logging
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from django.conf import settings
from django.utils import timezone

from footprint.referrals.framework import (
    Framework,
    Party,
    Signature,
    framework_of,
    packaged_framework,
    unsigned,
    why_not,
)
from footprint.referrals.grades import Scale
from footprint.referrals.reading import ChoiceError, read
from footprint.web.accounts.actor import Actor
from footprint.web.referrals.desk.reading import scales
from footprint.web.referrals.models import Framework as FrameworkRow
from footprint.web.referrals.models import Signature as SignatureRow
from footprint.web.referrals.queries import NotFound

log: Final = logging.getLogger(__name__)

#: Which role signs, draws and marks for a party, by the party's sector; of another sector whoever may grade referrals.
OFFICES: Final = MappingProxyType(
    {"police": "central-referral-unit", "childrens-social-care": "social-work-decision-maker"}
)


class Kept(NamedTuple):
    """A version as it is kept: its row, what it says, who signed it, and why nothing may be drawn under it today."""

    row: FrameworkRow
    says: Framework
    signatures: tuple[SignatureRow, ...]
    why_not: tuple[str, ...]
    unsigned: tuple[Party, ...]

    @property
    def holds(self) -> bool:
        """Say whether it may be drawn under today, unless a later one holds."""
        return not self.why_not


def versions(partnership: str) -> list[Kept]:
    """Return every version of a partnership, the one that holds latest first."""
    rows = FrameworkRow.objects.filter(partnership=partnership).select_related("proposed_by__user")
    signed = SignatureRow.objects.filter(framework__partnership=partnership).select_related(
        "partner", "by__user"
    )
    by_row: dict[int, list[SignatureRow]] = {}
    for one in signed.order_by("pk"):
        by_row.setdefault(one.framework_id, []).append(one)
    return [_kept(row, by_row.get(row.pk, [])) for row in rows.order_by("-since", "-pk")]


def in_force(partnership: str) -> Kept | None:
    """Return the version that holds today: of those that every party signed, the one that began last."""
    return next((one for one in versions(partnership) if one.holds), None)


def version(partnership: str, framework_id: int) -> Kept:
    """Return one version. Raises NotFound."""
    found = next((one for one in versions(partnership) if one.row.pk == framework_id), None)
    if found is None:
        raise NotFound
    return found


def base(partnership: str) -> Framework:
    """Return what a new version begins from: the one that holds, or the newest, or the partnership's file, or ours."""
    listed = versions(partnership)
    if listed:
        return next((one for one in listed if one.holds), listed[0]).says
    return of_the_file()


def of_the_file() -> Framework:
    """Return the framework of the data folder, which nobody has signed here; ours, where it cannot be read."""
    try:
        return framework_of(settings.DATA, scales())
    except ChoiceError:
        log.exception("The audit framework cannot be read; ours is the one to begin from.")
        return packaged_framework()


def scale_of(says: Framework) -> Scale:
    """Return the scale of a framework; the first, where the partnership's file does not have it any more."""
    try:
        return scales().scale(says.scale)
    except ValueError:
        return scales().scale()


def party_of(actor: Actor, says: Framework) -> Party | None:
    """Return the party for which somebody may sign, draw and mark; None for everybody else."""
    party = next((one for one in says.parties if one.partner == actor.organisation), None)
    if party is None or not actor.may("grade-referrals"):
        return None
    return party if actor.role == OFFICES.get(actor.sector, actor.role) else None


def sees_figures(actor: Actor) -> bool:
    """Say whether somebody sees figures as they are: who marks for a party. Everybody else sees them suppressed."""
    return party_of(actor, base(actor.partnership)) is not None


@lru_cache(maxsize=64)
def said_in(text: str) -> Framework:
    """Return the framework of a text. Raises ChoiceError with a sentence."""
    return read(text, Framework, "The framework")


def _kept(row: FrameworkRow, signed: list[SignatureRow]) -> Kept:
    says, today = said_in(row.text), timezone.localdate()
    values = [
        Signature(one.partner.code, one.by.user.name, timezone.localdate(one.at), says.stamp)
        for one in signed
    ]
    return Kept(row, says, tuple(signed), tuple(why_not(says, values, today)), unsigned(says, values, today))
