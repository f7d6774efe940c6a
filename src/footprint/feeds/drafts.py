"""Records in the making: what the rows of one delivery say, gathered by record key, before the cohort is applied.

Knows values, not files. A value said twice is kept once; two different values for what a person has only once are both
reported, and the first stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from footprint.records import (
    Address,
    ContactPoint,
    DutyContact,
    Ethnicity,
    Identifier,
    Involvement,
    Name,
    PartialDate,
    Record,
    RecordKey,
    Relationship,
    Setting,
)

#: What a person may have several of. They lie in one list: nine lists for each of a million drafts would be empty.
Part = Name | Ethnicity | Address | Identifier | ContactPoint | Setting
Kind = TypeVar("Kind", Name, Ethnicity, Address, Identifier, ContactPoint, Setting)


class Draft:
    """One record in the making. `introduced` says that a row described the person, not only something about them."""

    __slots__ = (
        "birth", "death", "expected", "introduced", "key", "occupation", "parts", "place_of_birth", "protected",
        "relationships", "rows", "sex", "text",
    )  # fmt: skip

    def __init__(self, key: RecordKey) -> None:
        self.key = key
        self.text = str(key)
        self.introduced = False
        self.rows = 0
        self.birth: PartialDate | None = None
        self.expected: PartialDate | None = None
        self.death: PartialDate | None = None
        self.sex = ""
        self.place_of_birth = ""
        self.occupation = ""
        self.protected = False
        self.parts: list[Part] = []
        self.relationships: tuple[Relationship, ...] = ()

    def add(self, part: Part) -> None:
        """Add a name, address, identifier, way of contact, ethnicity or setting; one that is said already is not said twice."""
        if part not in self.parts:
            self.parts.append(part)

    def relate(self, relationship: Relationship) -> None:
        self.relationships = (*self.relationships, relationship)

    def record(self, relationships: Iterable[Relationship]) -> Record:
        """Return the finished record, with the relationships that may be kept."""
        return Record(
            key=self.key,
            names=_names(self._all(Name)),
            birth=self.birth,
            expected=self.expected if self.birth is None else None,
            death=self.death,
            sex=self.sex,
            ethnicities=tuple(self._all(Ethnicity)),
            addresses=tuple(self._all(Address)),
            identifiers=tuple(self._all(Identifier)),
            contacts=tuple(self._all(ContactPoint)),
            settings=_settings(self._all(Setting)),
            relationships=tuple(dict.fromkeys(relationships)),
            place_of_birth=self.place_of_birth,
            occupation=self.occupation,
            protected=self.protected,
        )

    def _all(self, kind: type[Kind]) -> list[Kind]:
        return [part for part in self.parts if type(part) is kind]

    @property
    def main_name(self) -> Name | None:
        """The name by which a relative's record calls this person."""
        names = self._all(Name)
        return next((name for name in names if name.use == "usual"), names[0] if names else None)


class Book:
    """Every draft of a delivery, the involvements said of them, and what later rows look up."""

    def __init__(self, partner: str) -> None:
        self.partner = partner
        self.drafts: dict[str, Draft] = {}
        self.involvements: dict[str, Involvement] = {}
        self.lookups: dict[str, dict[str, dict[str, str]]] = {}
        self.groups: dict[tuple[str, str], list[str]] = {}
        self.duty = DutyContact()
        self._also: dict[str, str] = {}

    def find(self, keys: list[tuple[str, str]]) -> Draft | None:
        """Return the draft that any of these (scheme, id) names, or None."""
        for scheme, number in keys:
            text = f"{self.partner}/{scheme}/{number}"
            draft = self.drafts.get(self._also.get(text, text))
            if draft:
                return draft
        return None

    def draft(self, keys: list[tuple[str, str]]) -> Draft:
        """Return the draft of these keys, begun now if there is none. The first key names it, the others find it too.

        Only the first decides who it is: two children must not become one because their mother's number is on both.
        """
        scheme, number = keys[0]
        key = RecordKey(self.partner, scheme, number)
        draft = self.drafts.get(str(key))
        if draft is None:
            draft = Draft(key)
            self.drafts[draft.text] = draft
        for other_scheme, other_number in keys[1:]:
            self._also.setdefault(f"{self.partner}/{other_scheme}/{other_number}", draft.text)
        return draft

    def add_involvement(self, involvement: Involvement) -> None:
        """Keep an involvement; a person who took part in one thing in two roles has two."""
        known = self.involvements.get(involvement.id)
        if known is not None and known.role != involvement.role:
            identifier = f"{involvement.id}+{involvement.role}"
            self.involvements.setdefault(identifier, msgspec.structs.replace(involvement, id=identifier))
        elif known is None or (known.end and not involvement.end):
            self.involvements[involvement.id] = involvement

    def close(self) -> None:
        """Let go of everything: what was written need not stay in memory while it is packed."""
        self.drafts.clear()
        self.involvements.clear()
        self._also.clear()


def _names(names: list[Name]) -> tuple[Name, ...]:
    """Return each name once, the usual one first; a second use of the very same words says nothing more."""
    found: dict[tuple[str, ...], Name] = {}
    for name in sorted(names, key=lambda name: name.use != "usual"):
        found.setdefault((name.given, name.middle, name.family, name.full), name)
    return tuple(found.values())


def _settings(settings: list[Setting]) -> tuple[Setting, ...]:
    """Return each setting once; one without dates gives way to the same one with them."""
    dated = {(setting.kind, setting.code) for setting in settings if setting.start or setting.name}
    kept = [
        setting
        for setting in settings
        if setting.start or setting.name or (setting.kind, setting.code) not in dated
    ]
    return tuple(dict.fromkeys(kept))
