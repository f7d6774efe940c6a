"""Entries, users and heads as finished words. Of another's case its reference alone, and nobody's name but the user's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from django.urls import reverse

from footprint.ledger import RecordedEntry
from footprint.ledger.questions import Traced
from footprint.ledger.verifier.heads import read_note
from footprint.ledger.verifier.report import Report
from footprint.web.accounts.models import User
from footprint.web.cases.models import WITHOUT, Case
from footprint.web.design.words import moment, number
from footprint.web.ledger.queries import Page
from footprint.web.ledger.words import ACTIONS, KINDS

_NO_REFERENCE: Final = "no reference yet"


class OwnCase(NamedTuple):
    """A case of the reader's own: whom it concerns, as they called them, its reference, and its page."""

    concerns: str
    reference: str
    url: str


class Row(NamedTuple):
    """One entry in a list; `cases` are the reader's own that it may be of, and none where it is another's entry."""

    receipt: str
    when: str
    what: str
    end: str
    case: str
    purpose: str
    people: int
    cases: tuple[OwnCase, ...] = ()


class Opening(NamedTuple):
    """One user and how often they were shown somebody; `user_id` is empty where the user has no account here."""

    user_id: str
    user: str
    person: str
    times: str
    first: str
    last: str


class Detail(NamedTuple):
    """One entry, with everybody whom it concerns by an id that tells nothing."""

    row: Row
    user: str
    user_id: str
    role: str
    organisation: str
    rule: str
    version: str
    facts: Sequence[tuple[str, str]]
    people: Sequence[str]
    erased: bool


class SignedHead(NamedTuple):
    """A signed head: how much it covers, its root, and who vouches for it."""

    size: str
    root: str
    log: str
    witnesses: Sequence[str]


class Checked(NamedTuple):
    """What a check of the whole log found."""

    sound: bool
    sentence: str
    faults: Sequence[str]
    remarks: Sequence[str]


def rows(page: Page, own: Mapping[str, Sequence[Case]] = MappingProxyType({})) -> list[Row]:
    """Return the rows of a page of entries; with the reader's `own` cases by how entries name them."""
    return [row(one, own.get(one.leaf.case or "", ())) for one in page.entries]


def row(entry: RecordedEntry, own: Sequence[Case] = ()) -> Row:
    """Return one entry as a row."""
    leaf = entry.leaf
    case = leaf.case or ""
    return Row(
        receipt=entry.receipt_number,
        when=moment(leaf.time),
        what=ACTIONS.get(leaf.action, leaf.action),
        end=KINDS.get(leaf.kind, leaf.kind),
        case=_NO_REFERENCE if case.startswith(WITHOUT) else case,
        purpose=leaf.purpose or "",
        people=leaf.count,
        cases=tuple(
            OwnCase(one.concerns, one.reference or _NO_REFERENCE, reverse("cases:case", args=[one.pk]))
            for one in own
        ),
    )


def detail(entry: RecordedEntry, users: Sequence[User]) -> Detail:
    """Return everything of an entry that may be read without opening what is sealed in it."""
    leaf = entry.leaf
    names = _names(users)
    user = names.get(leaf.actor)
    return Detail(
        row=row(entry),
        user=user.name if user else leaf.actor,
        user_id=str(user.pk) if user else "",
        role=leaf.role,
        organisation=leaf.organisation,
        rule=leaf.policy_rule or "",
        version=leaf.policy_version or "",
        facts=[(name, str(value)) for name, value in sorted(leaf.facts.items()) if value is not None],
        people=leaf.concerned,
        erased=entry.erased,
    )


def openings(found: Sequence[Traced], users: Sequence[User]) -> list[Opening]:
    """Return pairs of user and person as rows."""
    names = _names(users)
    return [
        Opening(
            user_id=str(names[one.actor].pk) if one.actor in names else "",
            user=names[one.actor].name if one.actor in names else one.actor,
            person=one.subject,
            times="once" if one.count == 1 else f"{number(one.count)} times",
            first=moment(one.first),
            last=moment(one.last),
        )
        for one in found
    ]


def heads(notes: Sequence[str]) -> list[SignedHead]:
    """Return signed heads as rows."""
    found = []
    for note in notes:
        head, signatures = read_note(note)
        witnesses = [one.name for one in signatures if one.name != head.origin]
        found.append(
            SignedHead(
                size=number(head.size),
                root=head.root.hex(),
                log=head.origin,
                witnesses=tuple(dict.fromkeys(witnesses)),
            )
        )
    return found


def checked(report: Report) -> Checked:
    """Return what a check found, in words."""
    sentence = (
        f"All {number(report.entries)} entries are there, unchanged and in order."
        if report.sound
        else "The log is not what was signed. Change nothing, and tell whoever is responsible for it and the witnesses."
    )
    return Checked(report.sound, sentence, report.faults, report.remarks)


def _names(users: Sequence[User]) -> dict[str, User]:
    return {user.username: user for user in users}
