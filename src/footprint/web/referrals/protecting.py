"""What is protected today, to be taken out of a referral before anybody but its author and the guardian reads it.

No user is shown anything from here: it only says what must not be read. Homes count that a guardian shielded and that a
partner marked, in every writing in which any partner gave them: publishing keeps a list of those beside the generations. A
place that was shielded since is read from the snapshot, which still holds it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings

from footprint.decisions import Overlay, is_protected, places
from footprint.publishing import protected_homes
from footprint.publishing.protected_homes import ProtectedHome, phones_of
from footprint.referrals.holding import Held, Why, for_recipients, held, text_for_recipients
from footprint.referrals.protected_places import Protected, protected
from footprint.referrals.referral import Referral as Said
from footprint.web.accounts.models import Membership
from footprint.web.cases.published import Published, published_or_none
from footprint.web.ledger.store import overlay
from footprint.web.referrals.models import HeldSentence, Referral, Version
from footprint.web.referrals.models.typed import Typed, as_typed

_JOINED: Final = "+"


class ProtectedToday(NamedTuple):
    """What recipients must not read, and the keys of the places where it stands: residences, and "uprn:NUMBER"."""

    words: Protected
    places: frozenset[str]


class _Memory(NamedTuple):
    """What is protected by these rulings, in this snapshot, and by this list: a page asks for each of its texts."""

    rulings: Overlay
    opened: Published | None
    listed: tuple[int, ...]
    found: ProtectedToday


_memory: _Memory | None = None


def protected_today() -> Protected:
    """Return what recipients must not read, by all rulings and marks made to this moment."""
    return _today().words


def protected_among(residences: Iterable[str]) -> frozenset[str]:
    """Return which of these homes, by their keys, are protected today: nothing may lead from one to who else lives there."""
    today = Overlay(shielded_places=_today().places)
    return frozenset(one for one in residences if today.shields_place([one]))


def as_recipients_read(referral: Referral, said: Said, typed: frozenset[str] = frozenset()) -> Said:
    """Return what everybody but the author and the guardian may read of one version, today.

    `typed` are keys of pieces that the reader typed themselves, as `typed_by` finds them.
    """
    return for_recipients(said, protected_today(), released_of(referral) | typed)


def typed_by(reader: uuid.UUID, versions: Iterable[tuple[Version, Said]]) -> frozenset[str]:
    """Return the keys of what is held in the versions that this user sent for somebody else: they know what they typed."""
    own = (said for row, said in versions if row.by is not None and row.by.user_id == reader)
    return frozenset(piece.key for said in own for piece in held(said, protected_today()))


def words_as_recipients_read(text: Typed | str, field: str = "text") -> str:
    """Return free text beside a referral (a reason, a point) as others than its writer may read it.

    Of some fields, as an address, a part leads to the whole: `field` is the name of one.
    """
    return text_for_recipients(as_typed(text), protected_today(), field=field)


def words_read_by(
    reader: uuid.UUID | None, writer: Membership | None, text: Typed | str, today: Protected | None = None
) -> str:
    """Return such text as this user may read it. Its writer reads what they wrote: a mask would tell them what is protected.

    A list asks once what is protected `today`, and not of each of its lines.
    """
    if writer is not None and writer.user_id == reader:
        return as_typed(text)
    return text_for_recipients(as_typed(text), today or protected_today(), field="text")


def released_of(referral: Referral) -> frozenset[str]:
    """Return the keys of the pieces of a referral that a guardian let go."""
    let_go = HeldSentence.objects.filter(version__referral=referral, decided="released")
    return frozenset(piece_of(one).key for one in let_go)


def kind_of(piece: Held) -> str:
    """Return why a piece is held, as a row keeps it."""
    return _JOINED.join(piece.why)


def piece_of(row: HeldSentence) -> Held:
    """Return a row as the piece that it holds. Where it begins in its field is not kept, and is no part of its key."""
    return Held(row.place, 0, len(row.text), row.text, tuple(Why(one) for one in row.kind.split(_JOINED)))


def _today() -> ProtectedToday:
    """Made anew only where a ruling was made, a snapshot swapped in, or the list replaced."""
    rulings, opened, listed = overlay(), published_or_none(), _status(settings.DATA)
    global _memory  # noqa: PLW0603 - one small memory a process; its parts are replaced together
    if _memory is None or (_memory.rulings, _memory.opened, _memory.listed) != (rulings, opened, listed):
        _memory = _Memory(rulings, opened, listed, _found(rulings, opened))
    return _memory.found


def _found(rulings: Overlay, opened: Published | None) -> ProtectedToday:
    homes = protected_homes.kept(settings.DATA)
    if homes is None and opened:
        homes = _found_now(settings.DATA, opened.content.snapshot, rulings.shielded_places)
    standing = [one for one in homes or () if one.marked or is_protected(one.address, rulings)]
    standing += _still_published(opened, rulings) if opened else []
    words = protected(
        rulings.shielded_places,
        (one.address for one in standing),
        phones=(phone for one in standing for phone in one.phones),
    )
    return ProtectedToday(
        words, rulings.shielded_places.union(place for one in standing for place in places(one.address))
    )


def _still_published(opened: Published, rulings: Overlay) -> list[ProtectedHome]:
    """The shielded places as addresses, with their streets, as long as the snapshot is older than the shield."""
    content = opened.content
    keys = {key for place in rulings.shielded_places for key in content.at_place(place)}
    return [
        ProtectedHome(home, phones=() if home.end else tuple(phones_of(record)))
        for record in (content.entry(key).record for key in sorted(keys))
        for home in record.addresses
        if is_protected(home, rulings)
    ]


@lru_cache(maxsize=1)
def _found_now(data: Path, _snapshot: str, shielded: frozenset[str]) -> tuple[ProtectedHome, ...]:
    """What was published by an earlier version has no list: it is read from the partners' own data, once a snapshot."""
    return protected_homes.found_now(data, Overlay(shielded_places=shielded))


def _status(data: Path) -> tuple[int, ...]:
    """What tells whether the list was replaced."""
    try:
        status = (data / protected_homes.FILE).stat()
    except FileNotFoundError:
        return ()
    return status.st_ino, status.st_mtime_ns, status.st_size
