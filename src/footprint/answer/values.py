"""An answer as values that become JSON as they stand. Every sentence that a person reads is in them, finished.

Days are ISO dates. A partner is named by its id and its name; a person by an id that `show` takes.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from footprint.records import DutyContact
from footprint.records.published import FeedCondition

#: open: shown; protected: contact is brokered; restricted: an identity that was closed.
Standing = Literal["open", "protected", "restricted"]


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


class InvolvementLine(Value, frozen=True, kw_only=True):
    """Involvements of one kind and role with one partner: how many, since when, how lately, and whom to ring.

    An open episode has a line of its own: `open`, `last` empty, `confirmed_on` the last day of data that still named it.
    `not_reported_since` is that day where later data no longer names it: that is not an end.
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


class PartnerAnswer(Value, frozen=True, kw_only=True):
    """What one partner shares about the person. `says` is the sentence of rule 4 where it shares nothing."""

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


class Worker(Value, frozen=True, kw_only=True):
    """Somebody to whom the person is open now: ring there first."""

    partner: str
    name: str
    label: str
    since: str
    confirmed_on: str
    contact: DutyContact


class Relative(Value, frozen=True, kw_only=True):
    """Somebody of the household or family: what they are to this person, who says so, and how they are known.

    `person_id` is empty where only a name was said. `kind` is "household" for somebody at the same home.
    """

    kind: str
    person_id: str
    name: str
    birth: str
    age: str
    standing: Standing
    said_by: tuple[Said, ...]


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


class Footprint(Value, frozen=True, kw_only=True):
    """The answer about one person. Of a protected or restricted one there is a sentence and whom to `ring`, no more."""

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


class FieldVerdict(Value, frozen=True, kw_only=True):
    """How one field that was asked agrees with a person: agrees, close, differs or unknown; and in words."""

    agreement: str
    words: str


class FoundPerson(Value, frozen=True, kw_only=True):
    """One person whom a search found. `verdicts` gives for each field asked how it agrees; `homes` are current ones.

    Of somebody who is protected or closed there is no home, partner or record.
    """

    person_id: str
    standing: Standing
    weight: float
    name: str
    birth: str
    age: str
    sex: str
    homes: tuple[str, ...]
    partners: tuple[str, ...]
    verdicts: dict[str, FieldVerdict]
    records: tuple[str, ...]


class SearchAnswer(Value, frozen=True, kw_only=True):
    """What a search found. `outcome` is match, possible, several, refine or none; `sentence` says what that means."""

    outcome: str
    sentence: str
    people: tuple[FoundPerson, ...]
    partners: tuple[PartnerState, ...]
    snapshot: str
    day: str


class Resident(Value, frozen=True, kw_only=True):
    """Somebody who lives or lived at an address, according to whom, from when until when (empty: not said)."""

    person_id: str
    name: str
    birth: str
    age: str
    start: str
    end: str
    said_by: tuple[Said, ...]


class Household(Value, frozen=True, kw_only=True):
    """People at one address who belong together: related by a partner's statement, or of one family name."""

    residents: tuple[Resident, ...]


class Residence(Value, frozen=True, kw_only=True):
    """One address to the flat: who is there now, and who was before. Not `certain`: a flat is missing, or a postcode wrong."""

    address: str
    certain: bool
    now: tuple[Household, ...]
    before: tuple[Household, ...]


class AddressAnswer(Value, frozen=True, kw_only=True):
    """What a search by address found. `outcome` is found, flat-needed, refine or none.

    `flats` and `residents` are counts, given where a building is summarised and not listed.
    """

    outcome: str
    sentence: str
    flats: int
    residents: int
    residences: tuple[Residence, ...]
    partners: tuple[PartnerState, ...]
    snapshot: str
    day: str

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of everybody shown."""
        return tuple(
            dict.fromkeys(
                resident.person_id
                for residence in self.residences
                for household in (*residence.now, *residence.before)
                for resident in household.residents
            )
        )
