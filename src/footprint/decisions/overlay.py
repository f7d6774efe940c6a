"""What the rulings that stand mean for any snapshot, whenever it was made.

The overlay only moves forward. It is made from all decisions ever taken and laid over every snapshot that is opened, so a
snapshot from before a shield or an erasure, brought back by a rollback, reveals nothing that was protected or erased
since. It therefore says what to take away; the one thing that adds, *same*, waits for the next publishing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from footprint.decisions.decision import Decision, Kind, Sort, Subject

Pair = tuple[str, str]
_APART: Final = frozenset[Kind]({"different", "disputed", "seal"})


class Overlay(msgspec.Struct, frozen=True, kw_only=True):
    """All rulings that stand, as sets to ask. Records are keys as text, pairs are in alphabetical order.

    `sides_apart` are the same pairs, ruling by ruling: who takes one record out of a person names all the others beside it.
    `severed` gives for a record of an adopted child's new identity the day of severance (ISO, or empty);
    `former_identifiers` for an identifier of a former identity the records that may carry it.
    """

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()
    disputed_pairs: frozenset[Pair] = frozenset()
    sealed_pairs: frozenset[Pair] = frozenset()
    sides_apart: frozenset[tuple[tuple[str, ...], tuple[str, ...]]] = frozenset()
    former: frozenset[str] = frozenset()
    severed: dict[str, str] = {}
    former_identifiers: dict[str, frozenset[str]] = {}
    shielded_records: frozenset[str] = frozenset()
    shielded_people: frozenset[str] = frozenset()
    shielded_places: frozenset[str] = frozenset()
    erased_records: frozenset[str] = frozenset()
    erased_people: frozenset[str] = frozenset()
    held_records: frozenset[str] = frozenset()
    held_people: frozenset[str] = frozenset()

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Overlay:
        """Return what these decisions mean together. Their order does not matter."""
        standing = _standing(decisions)
        kept_apart = _pairs(standing, "different") | _pairs(standing, "disputed") | _pairs(standing, "seal")
        seals = [decision for decision in standing if decision.kind == "seal"]
        return cls(
            same=_pairs(standing, "same") - kept_apart,
            different=_pairs(standing, "different"),
            disputed_pairs=_pairs(standing, "disputed"),
            sealed_pairs=_pairs(standing, "seal"),
            sides_apart=frozenset(
                (_sorted(one.subjects), _sorted(one.others)) for one in standing if one.kind in _APART
            ),
            former=frozenset(key for seal in seals for key in _values(seal.subjects, "record")),
            severed=_days_of_severance(seals),
            former_identifiers=_owners_of_former_identifiers(seals),
            shielded_records=_about(standing, "shield", "record"),
            shielded_people=_about(standing, "shield", "person"),
            shielded_places=_about(standing, "shield", "address"),
            erased_records=_about(standing, "erase", "record"),
            erased_people=_about(standing, "erase", "person"),
            held_records=_about(standing, "hold", "record"),
            held_people=_about(standing, "hold", "person"),
        )

    def apart(self, one: str, other: str) -> bool:
        """Say whether two records must not stand in one person: ruled different, disputed, or sealed."""
        pair = _pair(one, other)
        return pair in self.different or pair in self.disputed_pairs or pair in self.sealed_pairs

    def together(self, one: str, other: str) -> bool:
        """Say whether two records were ruled one human being, and nothing keeps them apart."""
        return _pair(one, other) in self.same

    def disputed(self, one: str, other: str) -> bool:
        """Say whether somebody doubts that two records are one human being, and nobody has settled it yet."""
        pair = _pair(one, other)
        return pair in self.disputed_pairs and pair not in self.different

    def sealed(self, one: str, other: str) -> bool:
        """Say whether two records are the two identities of an adopted child: not even *possible*, never side by side."""
        return _pair(one, other) in self.sealed_pairs

    @property
    def pairs_apart(self) -> frozenset[Pair]:
        """All pairs that must not stand in one person."""
        return self.different | self.disputed_pairs | self.sealed_pairs

    def erased(self, record: str, person: str = "") -> bool:
        """Say whether a record does not exist: erased, or its person was, or its key is a number of a former identity."""
        if record in self.erased_records or person in self.erased_people:
            return True
        return bool(self.former_identifiers) and self.quarantined(record, _number_of(record))

    def shields(self, records: Iterable[str], person: str = "") -> bool:
        """Say whether a person was shielded by name: by its id, or by any of its records."""
        return person in self.shielded_people or not self.shielded_records.isdisjoint(records)

    def shields_place(self, residences: Iterable[str], uprns: Iterable[str] = ()) -> bool:
        """Say whether any of these residences ("POSTCODE|flat|number-or-building") or UPRNs was shielded."""
        return stands_among(self.shielded_places, residences, uprns)

    def holds(self, records: Iterable[str], person: str = "") -> bool:
        """Say whether a person's data is kept for an inquiry."""
        return person in self.held_people or not self.held_records.isdisjoint(records)

    def quarantined(self, record: str, identifier: str) -> bool:
        """Say whether this identifier ("scheme:VALUE") is of a former identity to which the record does not belong."""
        owners = self.former_identifiers.get(identifier)
        return owners is not None and record not in owners


NOTHING_DECIDED = Overlay()


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


def _number_of(record: str) -> str:
    """The identifier that a record's own key is: "nhs:9434765919" of acute-trust/nhs/9434765919."""
    _, _, rest = record.partition("/")
    return rest.replace("/", ":", 1)


def stands_among(places: frozenset[str], residences: Iterable[str], uprns: Iterable[str] = ()) -> bool:
    """Say whether a home is one of `places`, or a flat (or what a partner wrote as one) in a building that is.

    One partner writes Bakers House as the building, another as the flat of number 104: the number alone protects both.
    """
    if not places:
        return False
    widened = (place for residence in residences for place in (residence, _whole_building(residence)))
    return not places.isdisjoint((*widened, *(f"uprn:{uprn}" for uprn in uprns)))


def _whole_building(residence: str) -> str:
    postcode, _, rest = residence.partition("|")
    return f"{postcode}||{rest.partition('|')[2]}"


def _standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that apply. A lift takes shields away and nothing else, whatever it names, and whenever it was made."""
    standing = [decision for decision in decisions if decision.stands]
    lifted = _about(standing, "lift", "decision")
    return [one for one in standing if one.kind != "shield" or one.id not in lifted]


def _values(side: Iterable[Subject], sort: Sort) -> Iterator[str]:
    return (subject.value for subject in side if subject.sort == sort)


def _about(decisions: Iterable[Decision], kind: Kind, sort: Sort) -> frozenset[str]:
    return frozenset(
        value for decision in decisions if decision.kind == kind for value in _values(decision.subjects, sort)
    )


def _pairs(decisions: Iterable[Decision], kind: Kind) -> frozenset[Pair]:
    return frozenset(
        _pair(one, other)
        for decision in decisions
        if decision.kind == kind
        for one in _values(decision.subjects, "record")
        for other in _values(decision.others, "record")
    )


def _sorted(side: tuple[Subject, ...]) -> tuple[str, ...]:
    return tuple(sorted({subject.value for subject in side if subject.sort == "record"}))


def _days_of_severance(seals: Iterable[Decision]) -> dict[str, str]:
    """The latest day where two seals name one record, because the later one hides more."""
    days: dict[str, str] = {}
    for seal in seals:
        for record in _values(seal.others, "record"):
            days[record] = max(days.get(record, ""), seal.since)
    return days


def _owners_of_former_identifiers(seals: Iterable[Decision]) -> dict[str, frozenset[str]]:
    """Where two seals name one identifier, only a record that both allow may carry it."""
    owners: dict[str, frozenset[str]] = {}
    for seal in seals:
        records = frozenset(_values(seal.subjects, "record"))
        for identifier in _values(seal.subjects, "identifier"):
            owners[identifier] = owners.get(identifier, records) & records
    return owners
