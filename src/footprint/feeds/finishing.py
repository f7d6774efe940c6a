"""From the book to rows that can be stored: groups paired, retention and cohort applied, relatives named.

Nobody outside the cohort gets past here, and no relationship to somebody who is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from typing import Final

import msgspec

from footprint.feeds.cohort import members
from footprint.feeds.contract import Contract
from footprint.feeds.drafts import Book, Draft
from footprint.records import DutyContact, Involvement, Record, Relationship
from footprint.records.window import Window

#: A family number with more members than this is a filler, and pairs nobody.
_LARGEST_GROUP: Final = 15


class Finished(msgspec.Struct, frozen=True):
    """Who stays, what stays and whom to ring about it, and how much did not."""

    members: set[str]
    involvements: list[Involvement]
    duty: DutyContact
    outside_rows: int
    expired: int


def finish(book: Book, contract: Contract, as_of: dt.date) -> Finished:
    """Apply groups, retention and cohort to a book that is complete."""
    _pair_groups(book)
    window = Window.on(as_of, kept_months=contract.retention_months)
    kept = [involvement for involvement in book.involvements.values() if window.keeps(involvement)]
    expired = len(book.involvements) - len(kept)
    introduced = {key: draft for key, draft in book.drafts.items() if draft.introduced}
    inside = members(introduced, contract.cohort, {involvement.record for involvement in kept}, as_of)
    # In a delivery of changes an involvement may belong to a record that came earlier: the merge knows.
    unseen = book.drafts.keys() - introduced.keys()
    stay = [one for one in kept if one.record in inside or one.record in unseen]
    outside = sum(draft.rows for key, draft in introduced.items() if key not in inside)
    duty = msgspec.structs.replace(contract.partner.duty, **_said(book))
    return Finished(members=inside, involvements=stay, duty=duty, outside_rows=outside, expired=expired)


def records(book: Book, inside: set[str]) -> Iterator[Record]:
    """Return the record of each member, in the order of their keys."""
    for key in sorted(inside):
        draft = book.drafts[key]
        yield draft.record([_named(relationship, book) for relationship in _allowed(draft, inside)])


def _said(book: Book) -> dict[str, str]:
    return {field: value for field, value in msgspec.structs.asdict(book.duty).items() if value}


def _allowed(draft: Draft, inside: set[str]) -> Iterator[Relationship]:
    return (
        relationship
        for relationship in draft.relationships
        if not relationship.other or relationship.other in inside
    )


def _named(relationship: Relationship, book: Book) -> Relationship:
    """Give a relative the name that their own record bears, so that the relationship can speak in a comparison."""
    if not relationship.other or relationship.name:
        return relationship
    return msgspec.structs.replace(relationship, name=book.drafts[relationship.other].main_name)


def _pair_groups(book: Book) -> None:
    for (kind, _number), keys in book.groups.items():
        group = list(dict.fromkeys(keys))
        if not 2 <= len(group) <= _LARGEST_GROUP:
            continue
        for one, other in combinations(group, 2):
            _relate(book.drafts[one], other, kind)
            _relate(book.drafts[other], one, kind)


def _relate(draft: Draft, other: str, kind: str) -> None:
    """Add a relationship unless something closer is said of these two already."""
    if not any(relationship.other == other for relationship in draft.relationships):
        draft.relate(Relationship(kind=kind, other=other))
