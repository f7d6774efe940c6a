"""From partners' records to a draft, line by line and by choice: whoever refers sees what is offered, and whose word each is.

Nothing is filled in silently. A line is taken or left, what the writer wrote is never overwritten, and each value that was taken
keeps where it came from. What is protected is not offered, with no sign that there was something.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, NamedTuple

import msgspec

from footprint.records import Involvement, Record
from footprint.records.codes import ROLES
from footprint.referrals.fields import FIELDS
from footprint.referrals.parts import NoSuchPart, Place, next_key, part_at, put
from footprint.referrals.record_lines import lines_of, may_be_under, relationships
from footprint.referrals.referral import Adult, Child, Referral, Said
from footprint.referrals.routing import KnownWorker

GROWN: Final = 18
_DOMESTIC_ABUSE: Final = "domestic-abuse-incident"
_CHILDS_ROLE: Final = "child-present"

Part = Literal["child", "adult"]


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a value came from: whose record, by its key, and the ISO day of the data that last said so.

    `part`, `key` and `field` say where it stands in the referral, and `value` what was taken, to see whether it still stands.
    """

    part: str
    key: str
    field: str
    value: str | tuple[str, ...]
    partner: str
    record: str
    on: str

    @property
    def says(self) -> str:
        """Return the words that stand beside the value."""
        return f"From {self.partner}, as of {self.on}" if self.on else f"From {self.partner}"


class Source(NamedTuple):
    """A record as this user may see it, its partner's name, the day of data (ISO), and what it has to do with the occurrence."""

    record: Record
    partner: str
    on: str
    involvements: tuple[Involvement, ...] = ()


class Line(NamedTuple):
    """One value that may be filled in. `record` is the key of the person it is about, "" where it is about nobody alone."""

    part: str
    field: str
    value: str | tuple[str, ...]
    partner: str
    record: str
    on: str

    @property
    def id(self) -> str:
        """Return a name for the line, the same as long as the records say the same."""
        return f"{self.part}.{self.field}@{self.record}"

    @property
    def label(self) -> str:
        """Return the label of the field that it would fill."""
        return FIELDS[f"{self.part}.{self.field}"].label


class Offer(NamedTuple):
    """A person of the occurrence or the footprint: as child or adult and why, in which roles, and the lines to choose from."""

    record: str
    part: Part
    why: str
    roles: tuple[str, ...]
    lines: tuple[Line, ...]


class Filled(NamedTuple):
    """A draft with the chosen lines in it, where each came from, and the lines left out because the writer had an answer."""

    referral: Referral
    origins: tuple[Origin, ...]
    kept: tuple[Line, ...]


def occurrence(reference: str, sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return the people of one occurrence, each with the involvements by which they are in it."""
    within = (source._replace(involvements=_within(reference, source)) for source in sources)
    return tuple(source for source in within if source.involvements)


def offers(
    sources: Iterable[Source], day: dt.date, parts: Mapping[str, Part] | None = None
) -> tuple[Offer, ...]:
    """Return who may be filled in on this day, the children first.

    `parts` has, by record, what the writer says otherwise: a grown-up whose birthday is wrong, a child whose age nobody knew.
    A baby who was lost before birth is not offered.
    """
    people = {str(one.record.key): one for one in sources if not (one.record.unborn and one.record.death)}
    told = {key: _part(source, day) for key, source in people.items()}
    told |= {key: (part, "as you say") for key, part in (parts or {}).items() if key in people}
    kin = relationships(
        {key: source.record for key, source in people.items()},
        children=frozenset(key for key, (part, _) in told.items() if part == "child"),
    )
    found = [
        Offer(key, part, why, _roles(people[key]), _lines(people[key], part, kin.get(key, "")))
        for key, (part, why) in told.items()
    ]
    return tuple(sorted(found, key=lambda offer: offer.part == "adult"))


def occurrence_lines(reference: str, sources: Iterable[Source]) -> tuple[Line, ...]:
    """Return what an occurrence says of itself: its reference, and that it is about domestic abuse where it is."""
    within = occurrence(reference, sources)
    if not within:
        return ()
    first = within[0]
    lines = [Line("links", "incident", first.involvements[0].reference, first.partner, "", first.on)]
    if any(one.code == _DOMESTIC_ABUSE for source in within for one in source.involvements):
        lines.append(Line("links", "domestic_abuse", Said.YES, first.partner, "", first.on))
    return tuple(lines)


def worker_line(worker: KnownWorker) -> Line:
    """Return the line that names the worker whom a partner says the family has."""
    contact = worker.contact
    said = ", ".join(part for part in (contact.worker, contact.team, worker.name, contact.phone) if part)
    return Line("referral", "worker", said, worker.name, "", worker.confirmed_on)


def fill(draft: Referral, chosen: Iterable[Line], to: Mapping[str, str] | None = None) -> Filled:
    """Return the draft with the chosen lines in it. What is answered already stays, and the line is told among `kept`.

    Lines of one record go to the child or adult that was filled from it before, or to the one that `to` names by its key; for
    a record that has neither a new one is begun.
    """
    origins: list[Origin] = []
    kept: list[Line] = []
    keys = dict(to or {})
    for line in chosen:
        draft, place = _placed(draft, line, keys)
        part = part_at(draft, place)
        if part.gives(line.field):
            if getattr(part, line.field) != line.value:
                kept.append(line)
            continue
        draft = put(draft, place, {line.field: line.value})
        origins.append(
            Origin(
                part=place.part, key=place.key, field=line.field, value=line.value,
                partner=line.partner, record=line.record, on=line.on,
            )
        )  # fmt: skip
    return Filled(draft, tuple(origins), tuple(kept))


def begin(draft: Referral, part: str, record: str) -> tuple[Referral, Place]:
    """Return the draft with a child ("child") or an adult ("adult") for this record, and where: the one it has, or a new one.

    Somebody of whom a record says no more than that they were there is begun so, and can be described.
    """
    people: tuple[Any, ...] = draft.children if part == "child" else draft.adults
    if before := next((one.key for one in people if one.record == record), ""):
        return draft, Place(part, before)
    key = next_key(draft, part)
    if part == "child":
        begun = msgspec.structs.replace(draft, children=(*draft.children, Child(key=key, record=record)))
    else:
        begun = msgspec.structs.replace(draft, adults=(*draft.adults, Adult(key=key, record=record)))
    return begun, Place(part, key)


def still_standing(referral: Referral, origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """Return the origins whose value is as it was taken. What the writer changed since is the writer's own word."""
    return tuple(one for one in origins if _value(referral, one) == one.value)


def _placed(draft: Referral, line: Line, keys: dict[str, str]) -> tuple[Referral, Place]:
    """The part that a line fills, begun where there is none yet."""
    if line.part not in ("child", "adult"):
        return draft, Place(line.part)
    if line.record not in keys:
        draft, place = begin(draft, line.part, line.record)
        keys[line.record] = place.key
    return draft, Place(line.part, keys[line.record])


def _value(referral: Referral, origin: Origin) -> Any:
    try:
        return getattr(part_at(referral, Place(origin.part, origin.key)), origin.field)
    except NoSuchPart:
        return None


def _lines(source: Source, part: Part, kin: str) -> tuple[Line, ...]:
    record = source.record
    values = lines_of(record, part) | ({"relationship": kin} if part == "adult" and kin else {})
    return tuple(
        Line(part, field, value, source.partner, str(record.key), source.on)
        for field, value in values.items()
        if value
    )


def _part(source: Source, day: dt.date) -> tuple[Part, str]:
    """As what somebody is offered, and why: a record's birthday wins, then the role in which they were there."""
    record = source.record
    if record.unborn:
        return "child", "an expected baby"
    if record.birth and record.birth.year:
        if may_be_under(GROWN, record.birth, day):
            return "child", "under 18 by the record"
        return "adult", "18 or over by the record"
    if any(one.role == _CHILDS_ROLE for one in source.involvements):
        return "child", "recorded as a child present"
    return "adult", "no birthday in the record"


def _roles(source: Source) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ROLES.get(one.role, one.role) for one in source.involvements))


def _within(reference: str, source: Source) -> tuple[Involvement, ...]:
    wanted = _plain(reference)
    return tuple(one for one in source.involvements if wanted and _plain(one.reference) == wanted)


def _plain(reference: str) -> str:
    return "".join(reference.split()).casefold()
