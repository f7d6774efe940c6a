"""A published snapshot as content: its files mapped into memory, its pieces decoded when they are asked for."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import msgspec

from footprint.answer.content import Entry
from footprint.decisions import places
from footprint.records import Address
from footprint.records.published import FEEDS, INDEX, PEOPLE, RECORDS, FeedState, Kinship, Reported, Tie
from footprint.records.window import Window
from footprint.records.wire import record_from_bytes
from footprint.search import Index
from footprint.search.index import whole_building
from footprint.snapshot import Snapshot
from footprint.snapshot.arrays import open_array
from footprint.snapshot.blobs import Blobs
from footprint.snapshot.strings import StringTable

_WINDOW: Final = msgspec.json.Decoder(Window)

_TIES = msgspec.json.Decoder(tuple[Tie, ...])
_KIN = msgspec.json.Decoder(tuple[Kinship, ...])
_REPORTED = msgspec.json.Decoder(tuple[Reported, ...])
_FEEDS = msgspec.json.Decoder(tuple[FeedState, ...])
_EPOCH = dt.date(1970, 1, 1)


class OpenedSnapshot:
    """The content of one snapshot. Immutable; many users' answers may be made from one."""

    def __init__(self, opened: Snapshot) -> None:
        people, records, feeds = (opened.segment(name) for name in (PEOPLE, RECORDS, FEEDS))
        self.snapshot = opened.id
        self.opened = opened
        self.window = _WINDOW.decode((feeds / "window.json").read_bytes())
        self.day = self.window.day
        self.feeds: Sequence[FeedState] = _FEEDS.decode((feeds / "feeds.json").read_bytes())
        self.index = Index.open(opened.segment(INDEX))
        self._ids = StringTable(people / "ids")
        self._starts = open_array(people / "starts.npy")
        self._ties = Blobs(people / "ties")
        self._kin = Blobs(people / "kin")
        self._keys = StringTable(records / "keys")
        self._record_of_key = open_array(records / "record_of_key.npy")
        self._key_of_record = open_array(records / "key_of_record.npy")
        self._reported = open_array(records / "reported.npy")
        self._bodies = Blobs(records / "bodies")
        self._involvements = Blobs(records / "involvements")

    def number_of(self, person_id: str) -> int | None:
        found = self._ids.find(person_id.encode())
        return None if found < 0 else found

    def number_of_record(self, key: str) -> int | None:
        record = self.record_of(key)
        return None if record is None else self.person_of(record)

    def person_of(self, record: int) -> int:
        """Return the number of the person to whom a record number belongs."""
        return int(self._starts.searchsorted(record, side="right")) - 1

    def record_of(self, key: str) -> int | None:
        """Return the number of a record, or None where there is none of this key."""
        found = self._keys.find(key.encode())
        return None if found < 0 else int(self._record_of_key[found])

    def key_of(self, record: int) -> str:
        """Return the key of a record number."""
        return self._keys[int(self._key_of_record[record])].decode()

    def id_of(self, number: int) -> str:
        return self._ids[number].decode()

    def keys_of(self, number: int) -> Sequence[str]:
        return [
            self.key_of(record) for record in range(int(self._starts[number]), int(self._starts[number + 1]))
        ]

    def keys_of_partner(self, partner: str) -> Sequence[str]:
        begin = bisect_left(self._keys, f"{partner}/".encode())
        end = bisect_left(self._keys, f"{partner}0".encode(), lo=begin)  # "0" comes next after "/"
        return [self._keys[place].decode() for place in range(begin, end)]

    def entry(self, key: str) -> Entry:
        record = self.record_of(key)
        if record is None:
            raise KeyError(key)
        first, last = (_EPOCH + dt.timedelta(days=int(days)) for days in self._reported[record])
        return Entry(
            record=record_from_bytes(self._bodies[record]),
            first_reported=first.isoformat(),
            last_reported=last.isoformat(),
            reported=_REPORTED.decode(self._involvements[record]),
        )

    def ties_of(self, number: int) -> Sequence[Tie]:
        return _TIES.decode(self._ties[number])

    def kin_of(self, number: int) -> Sequence[Kinship]:
        return _KIN.decode(self._kin[number])

    def residents(self, address: Address) -> Sequence[str]:
        found = {record for place in places(address) for record in self._records_at(place, whole=False)}
        return [self.key_of(record) for record in sorted(found)]

    def at_place(self, place: str) -> Sequence[str]:
        return [self.key_of(record) for record in self._records_at(place, whole=True)]

    def _records_at(self, place: str, *, whole: bool) -> list[int]:
        """The records at a residence or "uprn:NUMBER"; with `whole`, a place without a flat is the whole building."""
        if place.startswith("uprn:"):
            return [int(record) for record in self.index.at("uprns", place.removeprefix("uprn:"))]
        nearby = [int(record) for record in self.index.at("postcodes", place.partition("|")[0])]
        return [
            record
            for record in nearby
            if any(
                place == one or (whole and place == whole_building(one))
                for one in self.index.texts(record, "residences")
            )
        ]
