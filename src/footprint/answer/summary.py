"""An answer as a few lines of plain text, to be pasted into a case record and read there in half a minute.

It says who was asked for, to whom they are open, what each partner shares, and how fresh that is. Nothing in it is protected:
no address, and of somebody who is protected or closed only whom to ring. It claims nothing that the page does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from footprint.answer import involvements, words
from footprint.answer.family import FamilyAnswer, FamilyMember
from footprint.answer.values import Footprint, PartnerAnswer, PartnerState, Worker
from footprint.records.codes import SECTORS

NOT_A_CLEARANCE: Final = "This is not a clearance."
# A sector with more silent partners than this is told in one line.
_ONE_BY_ONE: Final = 3
_FIELDS: Final = {"birth": "birthday"}


class Stamp(NamedTuple):
    """Who asked, in which case, when, and the number of the receipt: finished texts, each printed where there is one."""

    receipt: str = ""
    user: str = ""
    case: str = ""
    at: str = ""


def summary(footprint: Footprint, stamp: Stamp, *, asked: str) -> str:
    """Return the lines about one person; `asked` is how they were asked for."""
    return _text(
        [
            f"Footprint of {asked}, as asked.",
            *_about(footprint),
            *_silent(footprint.partners if footprint.standing == "open" else ()),
            *_end(footprint.day, footprint.snapshot, stamp),
        ]
    )


def family_summary(family: FamilyAnswer, stamp: Stamp) -> str:
    """Return the lines about everybody of a family, children first, what joins them, and how fresh each partner is."""
    lines = [f"Footprint of a family of {len(family.members)}."]
    for member in family.members:
        lines += ["", f"{member.asked}, as asked.", *_member(member)]
    facts = (*family.together, *family.same_worker, *family.shared_adults)
    told = [fact.sentence for fact in facts]
    told += [one.sentence for one in family.not_asked if one.standing == "open"]
    return _text(
        [
            *lines,
            *(["", "The family:", *told] if told else []),
            "",
            "How fresh this is:",
            *_freshness(family.partners),
            *_end(family.day, family.snapshot, stamp),
        ]
    )


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _about(footprint: Footprint) -> Iterator[str]:
    """Who was found, to whom they are open, what partners share, what is in doubt; of somebody protected whom to ring."""
    if footprint.standing != "open":
        yield footprint.sentence
        if ring := words.contact(footprint.ring):
            yield f"Ring {ring}."
        return
    age = f" ({footprint.age})" if footprint.age else ""
    yield f"Found: {words.known_by(footprint.name, footprint.birth)}{age}."
    if footprint.death:
        yield footprint.death
    yield from map(_open_to, footprint.workers)
    if not footprint.workers:
        yield "Open to a worker: nothing shared with you."
    yield from (_shares(partner) for partner in footprint.partners if _has_something(partner))
    if footprint.conflicts:
        yield f"Partners disagree on: {words.listed(_FIELDS.get(one, one) for one in footprint.conflicts)}."
    if count := len(footprint.possible):
        others = "1 other person" if count == 1 else f"{count} other people"
        yield f"{others} may be the same; not counted here."
    if footprint.perhaps_baby:
        yield "A newborn or an expected child may be this one; not counted here."


def _open_to(worker: Worker) -> str:
    whom = words.contact(worker.contact) or worker.name
    what = words.listed(map(words.inside, worker.episodes))
    confirmed = f"last confirmed open on {words.day(worker.confirmed_on)}"
    return f"Open to: {whom} ({worker.name}: {what}, {confirmed})."


def _has_something(partner: PartnerAnswer) -> bool:
    return bool(partner.involvements or partner.existence)


def _shares(partner: PartnerAnswer) -> str:
    told = [f"{words.inside(line.label)}, {involvements.when(line)}" for line in partner.involvements]
    said = [f"{'; '.join(told)}."] if told else []
    if partner.existence:
        said.append(f"{partner.says} {words.contact(partner.duty)}".strip())
    return f"{_titled(partner)}: {' '.join(said)}"


def _titled(partner: PartnerAnswer) -> str:
    return f"{partner.name} ({words.freshness(partner.state, partner.as_of)})"


def _silent(partners: Iterable[PartnerAnswer]) -> Iterator[str]:
    """Partners that share nothing, each with the sentence that says so; of a sector with many, in one line."""
    silent = [one for one in partners if not _has_something(one)]
    for (_, says), group in groupby(sorted(silent, key=_silence), key=_silence):
        listed = list(group)
        if len(listed) <= _ONE_BY_ONE:
            yield from (f"{_titled(partner)}: {says}" for partner in listed)
        else:
            yield f"{_many(listed)}: {says}"


def _silence(partner: PartnerAnswer) -> tuple[str, str]:
    return partner.sector, partner.says


def _others(partners: Iterable[PartnerAnswer]) -> Iterator[str]:
    """The same in fewer lines: each sentence once, for however many partners it is said of."""
    says: dict[str, list[str]] = {}
    for partner in partners:
        if not _has_something(partner):
            says.setdefault(partner.says, []).append(partner.name)
    for sentence, names in says.items():
        whom = words.listed(names) if len(names) <= _ONE_BY_ONE else f"{len(names)} other partners"
        yield f"{whom}: {sentence}"


def _member(member: FamilyMember) -> Iterator[str]:
    if member.footprint:
        yield from _about(member.footprint)
        if member.footprint.standing == "open":
            yield from _others(member.footprint.partners)
        return
    yield member.answer.sentence
    if count := len(member.answer.people) + member.answer.further:
        yield f"{count} may be meant. Nothing more is said of any of them here."


def _freshness(partners: Sequence[PartnerState]) -> Iterator[str]:
    for _, group in groupby(partners, key=lambda one: one.sector):
        listed = list(group)
        if len(listed) <= _ONE_BY_ONE:
            yield from (f"{one.name}: {words.freshness(one.state, one.as_of)}." for one in listed)
        else:
            yield f"{_many(listed)}."


def _many(listed: Sequence[PartnerAnswer | PartnerState]) -> str:
    states = Counter(one.state for one in listed)
    told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    sector = listed[0].sector
    return f"{SECTORS.get(sector, sector)}, {len(listed)} partners ({told})"


def _end(day: str, snapshot: str, stamp: Stamp) -> Iterator[str]:
    yield ""
    yield f"As published for {words.day(day)} ({snapshot}). {NOT_A_CLEARANCE}"
    told = {"Receipt": stamp.receipt, "Asked by": stamp.user, "Case": stamp.case, "On": stamp.at}
    said = [f"{name}: {text}" for name, text in told.items() if text]
    if said:
        yield f"{'. '.join(said)}."
