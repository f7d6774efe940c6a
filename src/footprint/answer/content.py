"""What an answer needs of a snapshot, whatever it is stored in: people, their records, links, and feeds.

`opened.py` reads it from the snapshot's files; tests give it from a dictionary.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from footprint.records import Address, Record
from footprint.records.published import FeedState, Kinship, Reported, Tie


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One record as published, with its involvements. `first_reported` and `last_reported` are days of data (ISO)."""

    record: Record
    first_reported: str
    last_reported: str
    reported: tuple[Reported, ...] = ()


class Content(Protocol):
    """A snapshot's content. People are numbers inside, ids outside; records are keys as text."""

    @property
    def snapshot(self) -> str:
        """Return the snapshot's id."""

    @property
    def day(self) -> str:
        """Return the day (ISO) on which the snapshot's window stands."""

    @property
    def feeds(self) -> Sequence[FeedState]:
        """Return every feed of the partnership, connected or not."""

    def number_of(self, person_id: str) -> int | None:
        """Return a person's number, or None where nobody has this id."""

    def number_of_record(self, key: str) -> int | None:
        """Return the number of the person to whom a record belongs, or None where there is no such record."""

    def id_of(self, number: int) -> str:
        """Return a person's id."""

    def keys_of(self, number: int) -> Sequence[str]:
        """Return the keys of a person's records, in order."""

    def keys_of_partner(self, partner: str) -> Sequence[str]:
        """Return the keys of a partner's records, in alphabetical order."""

    def entry(self, key: str) -> Entry:
        """Return one record with its involvements. Raises KeyError where there is none."""

    def ties_of(self, number: int) -> Sequence[Tie]:
        """Return the links that touch a person's records, joined and possible."""

    def kin_of(self, number: int) -> Sequence[Kinship]:
        """Return which records name one of this person's as their relative."""

    def at_place(self, place: str) -> Sequence[str]:
        """Return the keys of the records at a place as shields name it, now or before; a building's without its flat."""

    def residents(self, address: Address) -> Sequence[str]:
        """Return the keys of the records that state this address, to the flat, now or before."""
