"""An answer as values that become JSON as they stand. Every sentence that a person reads is in them, finished.

Days are ISO dates. A partner is named by its id and its name; a person by an id that `show` takes.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from footprint.records import DutyContact
from footprint.records.published import FeedCondition

#: open: shown; protected: contact is brokered; restricted: an identity that was closed; declared: the reader declared a
#: connection, and nothing of the person is left in the line.
Standing = Literal["open", "protected", "restricted", "declared"]


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """An answer or a part of one."""

    def as_json(self) -> Any:
        """Return dicts, lists and texts only, ready to be written as JSON."""
        return msgspec.to_builtins(self)


class PartnerState(Value, frozen=True, kw_only=True):
    """How fresh a partner's data is, whatever it holds. `as_of` is empty where nothing was ever received."""

    partner: str
    name: str
    sector: str
    as_of: str
    state: FeedCondition
    says: str


class Span(Value, frozen=True, kw_only=True):
    """From when until when an episode lasted; `end` is empty while it is open."""

    start: str
    end: str


class InvolvementLine(Value, frozen=True, kw_only=True):
    """Involvements of one kind and role with one partner: how many, since when, how lately, and whom to ring.

    An open episode has a line of its own: `open`, `last` empty, `confirmed_on` the last day of data that still named it.
    `not_reported_since` is that day where later data no longer names it: that is not an end. `only_by` names the feed, with the
    day of its data, where a partner has several and only one that comes more seldom tells of it. `days` has the day of every
    event, `spans` every episode, the earliest first; a line has one or the other.
    """

    code: str
    label: str
    role: str
    count: int
    first: str
    last: str
    open: bool
    confirmed_on: str
    not_reported_since: str
    reference: str
    site: str
    contact: DutyContact
    days: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    only_by: str = ""


class PartnerAnswer(Value, frozen=True, kw_only=True):
    """What one partner shares about the person. `says` is the sentence of rule 4 where it shares nothing.

    `existence`: there is an involvement of which no more than that may be told; `says` tells it, and to ring.
    """

    partner: str
    name: str
    sector: str
    as_of: str
    state: FeedCondition
    freshness: str
    says: str
    duty: DutyContact
    involvements: tuple[InvolvementLine, ...]
    records: tuple[str, ...]
    not_reported_since: str
    existence: bool = False


class Said(Value, frozen=True, kw_only=True):
    """That a partner says something, by which record, and the last day of data in which it did."""

    partner: str
    name: str
    record: str
    on: str


class Statement(Value, frozen=True, kw_only=True):
    """One value of one field, and everybody who says so."""

    value: str
    use: str
    said_by: tuple[Said, ...]


class Stated(Value, frozen=True, kw_only=True):
    """Every value of one field. `conflict` is true where two of them cannot both be right."""

    field: str
    conflict: bool
    statements: tuple[Statement, ...]


#: lives: nobody says that it was left; held: one partner still holds what another says was left; left: by all who name it.
HomeState = Literal["lives", "held", "left"]


class Home(Value, frozen=True, kw_only=True):
    """One home of the person, as partners say it. `says` is the sentence: who, since when or until when, by which data.

    `said_by` are those who hold it as current, or for a home that was left those who say so; `use` is "temporary" or empty.
    """

    address: str
    use: str
    state: HomeState
    says: str
    said_by: tuple[Said, ...]


class Worker(Value, frozen=True, kw_only=True):
    """Somebody to whom the person is open now: ring there first.

    Without a name in `contact.worker` it is a team of social care that has an open episode and named nobody for it.
    `label`, `role`, `since`, `confirmed_on`, `not_reported_since` and `only_by` are of the latest episode; `episodes` has the
    labels of all of them; `code` is that of the latest. The contact has the team, its duty number and hours, and the fallback
    outside them.
    """

    partner: str
    name: str
    label: str
    since: str
    confirmed_on: str
    contact: DutyContact
    not_reported_since: str = ""
    episodes: tuple[str, ...] = ()
    only_by: str = ""
    role: str = ""
    code: str = ""

    def investigates(self, *, is_child: bool) -> bool:
        """Say whether it is the police, who investigate a matter about somebody not known to be a child.

        That is no help that anybody has, and no worker for the family: whoever rings asks before the home is contacted.
        """
        return self.code == "investigation" and not is_child


class Relative(Value, frozen=True, kw_only=True):
    """Somebody of the household or family: what they are to this person, who says so, and how they are known.

    `person_id` is empty where only a name was said. `kind` is "household" for somebody at the same home. `remark` says that it
    may be no other person at all. `is_of_old_home`: the home that they share is one that a partner says was left.
    """

    kind: str
    person_id: str
    name: str
    birth: str
    age: str
    standing: Standing
    said_by: tuple[Said, ...]
    died: str = ""
    is_child: bool = False
    unborn: bool = False
    remark: str = ""
    is_of_old_home: bool = False


class LinkView(Value, frozen=True, kw_only=True):
    """Why two of the person's records are believed to be one human being."""

    one: str
    other: str
    weight: float
    rule: str
    why: tuple[str, ...]


class PossibleOther(Value, frozen=True, kw_only=True):
    """Another person who may be the same human being: shown beside, never as one line."""

    person_id: str
    name: str
    birth: str
    age: str
    standing: Standing
    weight: float
    disputed: bool
    records: tuple[str, ...]
    why: tuple[str, ...]
    died: str = ""
    is_child: bool = False
    unborn: bool = False


class PerhapsBaby(Value, frozen=True, kw_only=True):
    """A newborn who may be the expected child whose footprint this is, or the other way round; `sentence` says why."""

    person_id: str
    name: str
    birth: str
    sentence: str


class OpenAtHome(Value, frozen=True, kw_only=True):
    """Somebody of a home who is open to a worker: who, and whose workers, as their own footprint tells this reader.

    Of whom no birthday is known neither `is_child` nor `is_adult` is said.
    """

    person_id: str
    name: str
    workers: tuple[Worker, ...]
    is_child: bool = False
    is_adult: bool = False


class Footprint(Value, frozen=True, kw_only=True):
    """The answer about one person. Of a protected or restricted one there is a sentence and whom to `ring`, no more.

    For the top of a page: `workers`, to whom the person is open; `died`, the day as people write it or "day not said", and
    `death` the sentence about it, which of a child lost before birth is another; `conflicts`, the fields of `stated` whose
    values cannot all be right; `may_be_same`, the sentence on how many others may be this person and who is the likeliest (the
    first of `possible`); `perhaps_baby`; `apart`, the other parts of somebody of whom it is doubted that they are one. All are
    empty where there is nothing to say. `homes` has the current ones first. `open_at_home` is of a child alone, and only where it
    was asked for: others of its home who are open to a worker.
    """

    person_id: str
    standing: Standing
    sentence: str
    ring: DutyContact
    name: str
    birth: str
    age: str
    day: str
    shown_from: str
    snapshot: str
    workers: tuple[Worker, ...]
    partners: tuple[PartnerAnswer, ...]
    stated: tuple[Stated, ...]
    relatives: tuple[Relative, ...]
    links: tuple[LinkView, ...]
    possible: tuple[PossibleOther, ...]
    died: str = ""
    is_child: bool = False
    unborn: bool = False
    death: str = ""
    conflicts: tuple[str, ...] = ()
    may_be_same: str = ""
    perhaps_baby: tuple[PerhapsBaby, ...] = ()
    apart: tuple[PossibleOther, ...] = ()
    homes: tuple[Home, ...] = ()
    open_at_home: tuple[OpenAtHome, ...] = ()
