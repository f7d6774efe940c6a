"""What a human ruled, about whom, why and when; and which rulings make sense.

Adding a kind of ruling is adding a row to `RULES` and its effect to `overlay.py`.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal, NamedTuple

import msgspec

from footprint.records import RecordKey

Kind = Literal["same", "different", "disputed", "shield", "lift", "seal", "erase", "hold"]
Sort = Literal["record", "person", "address", "identifier", "decision"]


class InvalidDecisionError(ValueError):
    """The ruling does not make sense as it stands. Its message says what to change."""


class Subject(msgspec.Struct, frozen=True, order=True):
    """What a ruling is about.

    `value` by sort: record, PARTNER/SCHEME/ID; person, a person id; address, a residence as comparables write it
    ("POSTCODE|flat|number-or-building", an empty flat means every flat there) or "uprn:NUMBER"; identifier, "scheme:VALUE";
    decision, the id of an earlier ruling.

    A person id is a belief that may change, so whoever rules about a person names the records beside it.
    """

    sort: Sort
    value: str

    def __str__(self) -> str:
        return f"{self.sort} {self.value}"


class Rule(NamedTuple):
    """What a kind of ruling says, how many sides it has, what may stand on them, and whether one person can take it back.

    `by_two`: it takes two people, of whom neither is enough.
    """

    sentence: str
    sides: int
    sorts: frozenset[Sort]
    undoable: bool
    by_two: bool = False


_RECORDS: Final = frozenset[Sort]({"record"})
_PEOPLE: Final = frozenset[Sort]({"record", "person"})

RULES: Final[dict[Kind, Rule]] = {
    "same": Rule("The records of both sides are one human being.", 2, _RECORDS, True),
    "different": Rule("No record of one side is the human being of the other, for good.", 2, _RECORDS, True),
    "disputed": Rule(
        "Somebody doubts that the two sides are one; until it is settled they are not.", 2, _RECORDS, True
    ),
    "shield": Rule(
        "This person or address is protected; contact is brokered.", 1, _PEOPLE | {"address"}, False
    ),
    # A protection that a partner marked is none of ours to lift: it ends when that partner no longer marks it.
    "lift": Rule(
        "The shields named here are lifted; two people agreed.",
        1,
        frozenset({"decision"}),
        False,
        by_two=True,
    ),
    "seal": Rule(
        "An adopted child's former identity and its new one, which never meet.",
        2,
        _RECORDS | {"identifier"},
        False,
    ),
    "erase": Rule("What is held about this person is erased.", 1, _PEOPLE, False),
    "hold": Rule(
        "What is held about this person is kept for an inquiry, and is not erased.", 1, _PEOPLE, True
    ),
}


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One ruling, never changed. Taking it back is a later entry, which fills `undone_by`.

    A ruling with two sides has `subjects` and `others`; of a seal `subjects` is the former identity and `others` the new
    one, and `since` the day of severance (ISO), from which the new one's footprint starts. `at` is an ISO instant in UTC,
    `by` who ruled, `reason` one sentence; `also_by` who agreed, where the ruling takes two.
    """

    id: str
    kind: Kind
    subjects: tuple[Subject, ...]
    others: tuple[Subject, ...] = ()
    partnership: str
    reason: str
    by: str
    at: str
    since: str = ""
    also_by: str = ""
    undone_by: str = ""

    @property
    def stands(self) -> bool:
        """Say whether the ruling applies. A protection stands whatever was written after it."""
        return not (self.undone_by and RULES[self.kind].undoable)


def checked(decision: Decision) -> Decision:
    """Return the ruling, if it makes sense.

    Raises InvalidDecisionError with a sentence that says what to change.
    """
    for complaint in _complaints(decision):
        raise InvalidDecisionError(complaint)
    return decision


def _complaints(decision: Decision) -> list[str]:
    return [
        *_missing(decision),
        *_rulers(decision),
        *_sides(decision),
        *_subjects(decision),
        *_days(decision),
    ]


def _missing(decision: Decision) -> list[str]:
    words = {
        "id": "an id",
        "partnership": "its partnership",
        "by": "who ruled",
        "at": "when it was ruled",
        "reason": "the reason, in one sentence",
    }
    return [
        f"A decision needs {text}." for field, text in words.items() if not getattr(decision, field).strip()
    ]


def _rulers(decision: Decision) -> list[str]:
    by_two = RULES[decision.kind].by_two
    if decision.also_by and not by_two:
        return [f"'{decision.kind}' is ruled by one person. Leave the second out."]
    if by_two and decision.also_by.strip().casefold() in ("", decision.by.strip().casefold()):
        return [f"'{decision.kind}' takes two people. Name a second, who is not the first."]
    return []


def _sides(decision: Decision) -> list[str]:
    rule = RULES[decision.kind]
    found = []
    if not decision.subjects:
        found.append(f"Say whom or what '{decision.kind}' is about.")
    if rule.sides == 2 and not decision.others:
        found.append(f"'{decision.kind}' is about two sides. Name the second.")
    if rule.sides == 1 and decision.others:
        found.append(f"'{decision.kind}' has one side. Make a second decision for the others.")
    if common := set(decision.subjects) & set(decision.others):
        found.append(f"{min(common)} stands on both sides. Leave it on one.")
    if decision.kind == "seal" and not all(
        _has_record(side) for side in (decision.subjects, decision.others)
    ):
        found.append("A seal needs at least one record on each side.")
    return found


def _has_record(side: tuple[Subject, ...]) -> bool:
    return any(subject.sort == "record" for subject in side)


def _subjects(decision: Decision) -> list[str]:
    allowed = RULES[decision.kind].sorts
    found = []
    for subject in (*decision.subjects, *decision.others):
        if subject.sort not in allowed:
            kinds = " or ".join(sorted(allowed))
            found.append(f"'{decision.kind}' is about a {kinds}, not about a {subject.sort}.")
        elif complaint := _badly_written(subject):
            found.append(complaint)
    return found


def _badly_written(subject: Subject) -> str:
    """What is wrong with how the subject is written; empty if nothing. Never repeats an address."""
    match subject.sort:
        case "record":
            try:
                RecordKey.parse(subject.value)
            except ValueError as error:
                return str(error)
        case "person" | "decision":
            return "" if subject.value.strip() else f"Name the {subject.sort} by its id."
        case "identifier":
            scheme, _, value = subject.value.partition(":")
            return "" if scheme and value else "Write an identifier as SCHEME:VALUE, such as nhs:9434765919."
        case "address":
            scheme, _, number = subject.value.partition(":")
            residence = subject.value.split("|")
            if not (scheme == "uprn" and number.isdigit()) and not (
                len(residence) == 3 and residence[0] and residence[2]
            ):
                return "Write an address as POSTCODE|flat|number-or-building, or as uprn:NUMBER."
    return ""


def _days(decision: Decision) -> list[str]:
    found = []
    if decision.at and not _is_instant(decision.at):
        found.append("Write the moment of the decision as 2026-11-23T08:15:00+00:00, with its offset.")
    if decision.since and decision.kind != "seal":
        found.append("Only a seal has a day of severance.")
    if decision.kind == "seal" and not _is_day(decision.since):
        found.append("Write the day of severance as YYYY-MM-DD.")
    return found


def _is_instant(text: str) -> bool:
    try:
        return dt.datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
