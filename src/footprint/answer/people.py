"""The people of a snapshot as this user may see them: masked, split by rulings made since, erased ones gone, veiled.

Everything else in this room takes its people from here, so that nothing that may not be known is ever counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from footprint.answer.content import Content, Entry
from footprint.answer.freshness import partner_names
from footprint.answer.statements import Source
from footprint.decisions import Held, Overlay, Standing, parts, standing, veiled
from footprint.records import Record
from footprint.records.mask import Mask


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One person, or the part of one that rulings left together, as this user may see it.

    `entries` holds the visible records with what may be shown of them, in the snapshot's order; `number` is the person's
    in the snapshot. `id` is the snapshot's, with a suffix for every part but the first.
    """

    id: str
    number: int
    standing: Standing
    entries: tuple[Entry, ...]
    sources: tuple[Source, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the records, as text."""
        return tuple(str(entry.record.key) for entry in self.entries)


class People:
    """The people of one snapshot for one user: under a mask, and under the overlay of all rulings made to this day."""

    def __init__(self, content: Content, mask: Mask, overlay: Overlay) -> None:
        self.content = content
        self.mask = mask
        self.overlay = overlay
        self._names = partner_names(content.feeds)

    def find(self, person_id: str) -> Shown | None:
        """Return the person with this id, or None: not there and not to be known are the same."""
        base, _, suffix = person_id.partition(".")
        number = self.content.number_of(base)
        if number is None:
            return None
        shown = self.of(number)
        if not suffix:
            return shown[0] if shown else None
        return next((one for one in shown if one.id == person_id), None)

    def in_doubt(self, person_id: str) -> tuple[Shown, ...]:
        """Return somebody, and with them every part that is perhaps them: those that only an open doubt keeps apart.

        Who was ruled another human being, or is the other identity of an adopted child, is not among them; nor is a part that
        no doubt divides, for then it is not to be known that anything holds the two together.
        """
        first = self.find(person_id)
        if first is None:
            return ()
        left = [one for one in self.of(first.number) if one.id != first.id and not self._are_two(first, one)]
        found = [first]
        for one in found:
            found += [other for other in left if self._is_doubted(one, other)]
            left = [other for other in left if other not in found]
        return tuple(found)

    def by_record(self, key: str) -> Shown | None:
        """Return the person to whom a record belongs, or None where the record is not to be known."""
        number = self.content.number_of_record(key)
        if number is None:
            return None
        return next((one for one in self.of(number) if key in one.keys), None)

    def of(self, number: int) -> list[Shown]:
        """Return what is to be seen of one person of the snapshot: usually one, several where rulings split it."""
        keys = self.content.keys_of(number)
        person_id = self.content.id_of(number)
        entries = {key: self.content.entry(key) for key in keys}
        stands = standing([one.record for one in entries.values()], self.overlay, person_id=person_id)
        visible = [
            component
            for part in self._parts(number, keys)
            for component in self._held_by_what_is_seen(
                number, part, [key for key in part if self._is_visible(entries[key].record, key, person_id)]
            )
            if self.mask.reaches(set(component))
        ]
        # The person's own id stays with the larger part: a page that was open must not become that of what was taken out.
        visible.sort(key=len, reverse=True)
        found: list[Shown] = []
        for part in visible:
            part_id = f"{person_id}.{_suffix(part[0])}" if found else person_id
            found.append(self._shown(part_id, number, stands, [entries[key] for key in part]))
        return found

    def is_gone(self, key: str) -> bool:
        """Say whether a record may not be spoken of at all: erased, or hidden from this user."""
        partner = key.partition("/")[0]
        return self.overlay.erased(key) or not self.mask.sees(partner, key)

    def is_unknown(self, key: str) -> bool:
        """Say whether a record that may be spoken of leads to nobody: there is none, or its person is out of reach."""
        if self.is_gone(key):
            return False
        number = self.content.number_of_record(key)
        return number is None or self._is_out_of_reach(key, number)

    def _are_two(self, one: Shown, other: Shown) -> bool:
        return any(
            self.overlay.sealed(mine, theirs)
            or (self.overlay.apart(mine, theirs) and not self.overlay.disputed(mine, theirs))
            for mine in one.keys
            for theirs in other.keys
        )

    def _is_doubted(self, one: Shown, other: Shown) -> bool:
        return any(self.overlay.disputed(mine, theirs) for mine in one.keys for theirs in other.keys)

    def _is_out_of_reach(self, key: str, number: int) -> bool:
        """Say whether it is only `among` that keeps a person away. Of an adopted child not even a name may be said then."""
        if self.mask.among is None or self.overlay.erased(key, self.content.id_of(number)):
            return False
        sealed = self.overlay.former | self.overlay.severed.keys()
        return sealed.isdisjoint(self.content.keys_of(number)) and self.by_record(key) is None

    def _is_visible(self, record: Record, key: str, person_id: str) -> bool:
        return self.mask.sees(record.key.partner, key) and not self.overlay.erased(key, person_id)

    def _parts(self, number: int, keys: Sequence[str]) -> list[list[str]]:
        if not self.overlay.pairs_apart or len(keys) < 2:
            return [list(keys)]
        joined = (tie for tie in self.content.ties_of(number) if tie.verdict == "joined")
        return parts(keys, [Held(tie.one, tie.other, tie.weight) for tie in joined], self.overlay)

    def _held_by_what_is_seen(self, number: int, part: list[str], seen: list[str]) -> list[list[str]]:
        """Return the seen records of a part in as many groups as links between seen records make of them.

        What may not be known holds nothing together: or else that two records stand in one line would tell that somebody
        knows more.
        """
        if len(seen) < 2 or len(seen) == len(part):
            return [seen] if seen else []
        group = {key: [key] for key in seen}
        for tie in self.content.ties_of(number):
            if tie.verdict == "joined" and tie.one in group and tie.other in group:
                one, other = group[tie.one], group[tie.other]
                if one is not other:
                    one += other
                    group |= dict.fromkeys(other, one)
        found = {id(members): members for members in group.values()}
        return [sorted(members, key=part.index) for members in found.values()]

    def _shown(self, person_id: str, number: int, stands: Standing, entries: list[Entry]) -> Shown:
        kept = tuple(
            msgspec.structs.replace(entry, record=veiled(entry.record, self.overlay, stands))
            for entry in entries
        )
        return Shown(
            id=person_id,
            number=number,
            standing=stands,
            entries=kept,
            sources=tuple(
                Source(entry.record, self._names.get(entry.record.key.partner, ""), entry.last_reported)
                for entry in kept
            ),
        )


def _suffix(key: str) -> str:
    """A short name for a part, made from its first record: the same whoever asks and however many parts there are."""
    return hashlib.blake2b(key.encode(), digest_size=2, person=b"footprint-part").hexdigest()
