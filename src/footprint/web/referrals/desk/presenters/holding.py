"""Held sentences as a guardian sees them: the words, where they stand and why they are held; of the rest nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.urls import reverse

from footprint.referrals.fields import FIELDS
from footprint.referrals.holding import WHY_LABELS
from footprint.web.design.words import moment, number
from footprint.web.referrals.models import HeldSentence
from footprint.web.referrals.protecting import piece_of
from footprint.web.referrals.retention import Kept

CHOICES = {
    "released": "Let it go: everybody who receives the referral may read it",
    "kept": "Keep it back: they go on reading a mask",
}
RULED = {"released": "Let go", "kept": "Kept back"}

_FOR_GOOD = "For good: no period is set here, so none is deleted. The partnership agrees on one; whoever runs this site sets it."
_FOR_A_TIME = (
    "For {} days after the last thing that was done with each. Then it is deleted by itself with all that belongs to it, and the "
    "ledger says so."
)


class HeldLine(NamedTuple):
    """One held piece. `ruled` is what was ruled before, by whom and why; empty while it waits."""

    href: str
    reference: str
    urgent: bool
    place: str
    text: str
    why: str
    sent: str
    sender: str
    ruled: str


class KeptSaid(NamedTuple):
    """How long referrals are kept, and for each reason how many stay though their time is over."""

    says: str
    beyond: tuple[str, ...]


def held_line(row: HeldSentence) -> HeldLine:
    """Return one held piece."""
    referral = row.version.referral
    return HeldLine(
        href=reverse("referrals:held_one", args=[row.pk]),
        reference=referral.reference,
        urgent=referral.is_urgent,
        place=_place(row.place),
        text=row.text,
        why="; ".join(WHY_LABELS[one] for one in piece_of(row).why),
        sent=moment(row.version.at),
        sender=referral.partner.name if referral.partner else "No partner",
        ruled=_ruled(row),
    )


def held_lines(rows: Iterable[HeldSentence]) -> tuple[HeldLine, ...]:
    """Return held pieces, what stands in several versions of one referral once."""
    once = {(row.version.referral_id, piece_of(row).key): row for row in reversed(list(rows))}
    return tuple(held_line(row) for row in reversed(once.values()))


def choices_of(row: HeldSentence) -> list[tuple[str, str]]:
    """Return what a guardian may rule now: not what is ruled already."""
    return [(code, text) for code, text in CHOICES.items() if code != row.decided]


def kept_said(kept: Kept) -> KeptSaid:
    """Return how long referrals are kept, in words."""
    if kept.fault:
        return KeptSaid(f"None is deleted, since the period cannot be read. {kept.fault}", ())
    if kept.days is None:
        return KeptSaid(_FOR_GOOD, ())
    beyond = (f"{why}: {number(count)}" for why, count in kept.beyond.items())
    return KeptSaid(_FOR_A_TIME.format(number(kept.days)), tuple(beyond))


def _place(field: str) -> str:
    """Where it stands, as the form calls it."""
    parts = field.split(".")
    names = [part for part in parts if not part.isdigit()]
    part = {"children": "child", "adults": "adult"}.get(names[0], names[0])
    name = names[-1]
    for key in (f"{part}.{name}", f"voice.{name}", f"referral.{name}"):
        if key in FIELDS:
            return FIELDS[key].label
    return name.replace("_", " ").capitalize()


def _ruled(row: HeldSentence) -> str:
    if not row.decided or row.decided_at is None:
        return ""
    by = row.decided_by.user.name if row.decided_by else ""
    return f"{RULED.get(row.decided, row.decided)} by {by}, {moment(row.decided_at)}: {row.reason}"
