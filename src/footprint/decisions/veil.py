"""What remains of a record when protections are applied: taken away before anything is indexed, shown or counted.

Publishing veils what goes into a snapshot, answers veil again what comes out of one, with all rulings made since. A place
is protected because a partner marked it or a steward shielded it; then it is protected whoever else mentions it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import msgspec

from footprint.decisions.overlay import Overlay, stands_among
from footprint.records import Address, Identifier, Record, Relationship
from footprint.records.addressing import read_place
from footprint.records.identifying import check

#: open: shown as it is; protected: contact is brokered; restricted: the former identity of an adopted child.
Standing = Literal["open", "protected", "restricted"]

_FORMER_NAMES: Final = frozenset({"old", "maiden", "alias"})
# A pupil number begins with the school that gave it, and a partner's reference tells which partner knows the person.
_TELL_NO_PLACE: Final = frozenset({"nhs"})
_CURRENT_SCHEME: Final = {"former-upn": "upn"}


def places(address: Address) -> tuple[str, ...]:
    """Return the keys by which a place is shielded: its residences, and "uprn:NUMBER"."""
    place = read_place(address)
    return (*place.residences, *((f"uprn:{place.uprn}",) if place.uprn else ()))


def marked_places(record: Record) -> frozenset[str]:
    """Return the places that this record's partner marked as protected and that the person has not left."""
    return frozenset(
        key
        for address in record.addresses
        if address.protected and not address.end
        for key in places(address)
    )


def is_protected(address: Address, overlay: Overlay, marked: frozenset[str] = frozenset()) -> bool:
    """Say whether an address may be shown to nobody. `marked` holds the places that any partner marked."""
    if address.protected:
        return True
    shielded = overlay.shielded_places | marked
    if not shielded:
        return False
    place = read_place(address)
    return stands_among(shielded, place.residences, (place.uprn,) if place.uprn else ())


def standing(
    person: Sequence[Record], overlay: Overlay, *, marked: frozenset[str] = frozenset(), person_id: str = ""
) -> Standing:
    """Say how a person of these records may be shown, and with it every part that rulings have split off.

    One protected record or home protects all, and a former identity closes all. Give erased records too: or else an
    erasure would lift a protection that nobody lifted. The next publishing tells the parts apart.
    """
    keys = [str(record.key) for record in person]
    if not overlay.former.isdisjoint(keys):
        return "restricted"
    if overlay.shields(keys, person_id) or any(record.protected for record in person):
        return "protected"
    homes = (address for record in person for address in record.addresses if not address.end)
    return "protected" if any(is_protected(home, overlay, marked) for home in homes) else "open"


def veiled(
    record: Record, overlay: Overlay, stands: Standing, marked: frozenset[str] = frozenset()
) -> Record:
    """Return what may be indexed and shown of a record whose person stands as `stands` (see `standing`).

    Of a protected person remain names, birthday, sex and NHS number; of a restricted one the same, without relatives.
    A record of a new identity loses what was before the severance. Everybody loses the addresses that are protected.
    """
    kept = severed(record, overlay)
    if stands == "open":
        open_places = tuple(one for one in kept.addresses if not is_protected(one, overlay, marked))
        return kept if open_places == kept.addresses else msgspec.structs.replace(kept, addresses=open_places)
    return Record(
        key=kept.key,
        names=kept.names,
        birth=kept.birth,
        expected=kept.expected,
        death=kept.death,
        sex=kept.sex,
        identifiers=tuple(one for one in kept.identifiers if one.scheme in _TELL_NO_PLACE),
        relationships=tuple(map(_without_phone, kept.relationships)) if stands == "protected" else (),
        protected=stands == "protected",
    )


def severed(record: Record, overlay: Overlay) -> Record:
    """Return the record without identifiers of a former identity and, of a new one, without what was before."""
    key = str(record.key)
    since = overlay.severed.get(key)
    if overlay.former_identifiers:
        record = _without_quarantined(record, key, overlay)
    if since is None:
        return record
    return msgspec.structs.replace(
        record,
        names=tuple(name for name in record.names if name.use not in _FORMER_NAMES),
        addresses=tuple(one for one in record.addresses if not one.end or one.end >= since),
        identifiers=tuple(
            one for one in record.identifiers if not one.superseded and one.scheme != "former-upn"
        ),
        settings=tuple(one for one in record.settings if not one.end or one.end >= since),
        relationships=tuple(one for one in record.relationships if _is_of_new_life(one, since)),
        place_of_birth="",
    )


def _is_of_new_life(relationship: Relationship, since: str) -> bool:
    """Whether a relationship is known to belong to the new identity. What says nothing about its time does not."""
    return relationship.kind == "adoptive-parent" or (
        bool(relationship.start) and relationship.start >= since
    )


def _without_quarantined(record: Record, key: str, overlay: Overlay) -> Record:
    kept = tuple(one for one in record.identifiers if not overlay.quarantined(key, _number(one)))
    return record if kept == record.identifiers else msgspec.structs.replace(record, identifiers=kept)


def _number(identifier: Identifier) -> str:
    """The identifier as a seal names it. A number that was a pupil's before is a pupil's number all the same."""
    scheme = _CURRENT_SCHEME.get(identifier.scheme, identifier.scheme)
    return f"{scheme}:{check(scheme, identifier.value).value}"


def _without_phone(relationship: Relationship) -> Relationship:
    return msgspec.structs.replace(relationship, phone="") if relationship.phone else relationship
