"""What is protected today, to be taken out of a referral before anybody but its author and the guardian reads it.

No user is shown anything from here: it only says what must not be read. Places count that a guardian shielded. What a partner
marked as protected never reaches a snapshot, so that nothing here can know it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from footprint.decisions import Overlay, places
from footprint.records import Address
from footprint.referrals.holding import Held, Why, for_recipients, held, text_for_recipients
from footprint.referrals.protected_places import Protected, protected
from footprint.referrals.referral import Referral as Said
from footprint.web.cases.published import Published, published_or_none
from footprint.web.ledger.store import overlay
from footprint.web.referrals.models import HeldSentence, Referral

_JOINED: Final = "+"


class _Memory(NamedTuple):
    """What is protected by these rulings, the same objects, in this snapshot: a page asks for every text on it."""

    rulings: Overlay
    opened: Published | None
    protected: Protected


_memory: _Memory | None = None


def protected_today() -> Protected:
    """Return what recipients must not read, by all rulings made to this moment."""
    rulings, opened = overlay(), published_or_none()
    global _memory  # noqa: PLW0603 - one small memory a process; its parts are replaced together
    if _memory is None or _memory.rulings is not rulings or _memory.opened is not opened:
        found = protected(rulings.shielded_places, _still_published(opened, rulings) if opened else ())
        _memory = _Memory(rulings, opened, found)
    return _memory.protected


def held_in(said: Said) -> tuple[Held, ...]:
    """Return what is held back of a referral today."""
    return held(said, protected_today())


def as_recipients_read(referral: Referral, said: Said) -> Said:
    """Return what everybody but the author and the guardian may read of one version, today."""
    return for_recipients(said, protected_today(), released_of(referral))


def words_as_recipients_read(text: str) -> str:
    """Return free text beside a referral (a reason, a point) as others than its writer may read it."""
    return text_for_recipients(text, protected_today())


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


def _still_published(opened: Published, rulings: Overlay) -> list[Address]:
    """The shielded places as addresses, with their streets, as long as the snapshot is older than the shield."""
    content = opened.content
    keys = {key for place in rulings.shielded_places for key in content.at_place(place)}
    return [
        home
        for key in sorted(keys)
        for home in content.entry(key).record.addresses
        if not rulings.shielded_places.isdisjoint(places(home))
    ]
