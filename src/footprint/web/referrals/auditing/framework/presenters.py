"""The pages of the framework as finished words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from footprint.answer.words import day, listed
from footprint.referrals.framework import Difference, Framework, Line, describe, differences
from footprint.web.accounts.actor import Actor
from footprint.web.design.words import moment
from footprint.web.referrals.auditing.framework.queries import Kept, party_of

_ORIGIN: Final = (
    "No version was proposed here yet. This is the one to begin from: an invented one to practise on, unless the "
    "partnership put its own into the data folder. Nothing is drawn before a version is proposed and signed."
)


class SignatureShown(NamedTuple):
    """A party, and who signed for it and when; `said` is what stands there while nobody has."""

    party: str
    said: str


class VersionLine(NamedTuple):
    """One version in the list."""

    id: int
    name: str
    since: str
    state: str
    is_waiting: bool


class VersionPage(NamedTuple):
    """One version: what it says, what it changes and in which version, who signed it, and whether the reader may."""

    id: int
    name: str
    title: str
    state: str
    why_not: tuple[str, ...]
    lines: tuple[Line, ...]
    changes: tuple[Difference, ...]
    changes_from: str
    signatures: tuple[SignatureShown, ...]
    may_sign: bool
    proposed: str
    stamp: str


class FrameworkPage(NamedTuple):
    """What holds today, or what to begin from, and every version."""

    holds: str
    says: str
    lines: tuple[Line, ...]
    versions: tuple[VersionLine, ...]
    may_propose: bool


def framework_page(actor: Actor, kept: Sequence[Kept], base: Framework) -> FrameworkPage:
    """Return the page of all versions."""
    holding = next((one for one in kept if one.holds), None)
    says = (holding.says if holding else base).title
    return FrameworkPage(
        holds=holding.says.version if holding else "",
        says=says if holding or kept else _ORIGIN,
        lines=tuple(describe(holding.says if holding else base)),
        versions=tuple(version_line(one, holding) for one in kept),
        may_propose=party_of(actor, base) is not None,
    )


def version_line(one: Kept, holding: Kept | None) -> VersionLine:
    """Return one version as a line."""
    return VersionLine(
        one.row.pk, one.says.version, day(one.row.since.isoformat()), _state(one, holding), bool(one.unsigned)
    )


def version_page(actor: Actor, one: Kept, holding: Kept | None) -> VersionPage:
    """Return the page of one version, compared with the one that holds."""
    before = holding if holding and holding.row.pk != one.row.pk else None
    signed = {row.partner.code: row for row in one.signatures}
    party = party_of(actor, one.says)
    return VersionPage(
        id=one.row.pk,
        name=one.says.version,
        title=one.says.title,
        state=_state(one, holding),
        why_not=one.why_not,
        lines=tuple(describe(one.says)),
        changes=tuple(differences(before.says, one.says)) if before else (),
        changes_from=before.says.version if before else "",
        signatures=tuple(
            SignatureShown(
                f"{wanted.name}, {wanted.office}",
                f"Signed by {found.by.user.name}, {moment(found.at)}"
                if (found := signed.get(wanted.partner))
                else "Not yet signed",
            )
            for wanted in one.says.parties
        ),
        may_sign=party is not None and party.partner not in signed,
        proposed=f"{one.row.proposed_by.user.name}, {moment(one.row.proposed_at)}",
        stamp=one.says.stamp,
    )


def _state(one: Kept, holding: Kept | None) -> str:
    if holding and holding.row.pk == one.row.pk:
        return "Holds today"
    if one.unsigned:
        return f"Waits for {listed([party.name for party in one.unsigned])}"
    return "Held before, or a later one holds" if one.holds else " ".join(one.why_not)
