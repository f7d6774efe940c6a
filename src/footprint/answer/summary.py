"""An answer as a few lines of plain text, to be pasted into a case record and read there in half a minute.

It says, always in this order, who was asked for and found, where they live, their family, to whom they are open, what each
partner shares with the number to ring, what is in doubt, and how fresh that is. Nothing in it is protected: no home that a
shield covers (the veil took it away before), no relative who is not shown in full, and of somebody who is protected or closed
only whom to ring. It claims nothing that the page does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from footprint.answer import involvements, words
from footprint.answer.family import FamilyAnswer, FamilyMember
from footprint.answer.found import FoundPerson
from footprint.answer.heading import nobody_fits
from footprint.answer.values import (
    Footprint,
    Home,
    PartnerAnswer,
    PartnerState,
    PossibleOther,
    Relative,
    Worker,
)
from footprint.answer.words import NONE_WRONG, Wrong
from footprint.records.codes import SECTORS

NOT_A_CLEARANCE: Final = "This is not a clearance."
# A sector with more silent partners than this is told in one line.
_ONE_BY_ONE: Final = 3
_FIELDS: Final = {"birth": "birthday"}
# As many as are read in half a minute; of the rest only how many there are.
_MOST_HOMES: Final = 3
_MOST_RELATIVES: Final = 8


class Stamp(NamedTuple):
    """Who asked, in which case, when, and the number of the receipt: finished texts, each printed where there is one."""

    receipt: str = ""
    user: str = ""
    case: str = ""
    at: str = ""


def summary(
    footprint: Footprint,
    stamp: Stamp,
    *,
    asked: str,
    doubt: str = "",
    caution: str = "",
    wrong: Wrong = NONE_WRONG,
) -> str:
    """Return the lines about one person; `asked` is how they were asked for, `doubt` what is known of a dispute about them.

    `caution` is what was said where a search named them without being certain. `wrong` are the numbers that were reported so,
    which is said wherever one of them is to be rung.
    """
    return _text(
        [
            f"Footprint of {asked}, as asked.",
            *([caution] if caution and footprint.standing == "open" else ()),
            *_about(footprint, wrong, doubt),
            *_silent(footprint.partners if footprint.standing == "open" else (), wrong),
            *_end(footprint.day, footprint.snapshot, stamp),
        ]
    )


def family_summary(family: FamilyAnswer, stamp: Stamp, *, wrong: Wrong = NONE_WRONG) -> str:
    """Return the lines about everybody of a family, children first, what joins them, and how fresh each partner is.

    `wrong` are the numbers that were reported so.
    """
    lines = [f"Footprint of a family of {len(family.members)}."]
    told: dict[str, str] = {}
    for member in family.members:
        found = member.footprint.person_id if member.footprint else ""
        about = [f"The same person as: {told[found]}."] if found in told else _member(member, wrong)
        lines += ["", f"{member.asked}, as asked.", *about]
        if found:
            told.setdefault(found, member.asked)
    facts = (*family.together, *family.same_worker, *family.shared_adults)
    joined = [fact.sentence for fact in facts]
    joined += [one.sentence for one in family.not_asked if one.standing == "open"]
    rings = list(dict.fromkeys(_rings(family.members, wrong)))
    return _text(
        [
            *lines,
            *(["", "The family:", *joined] if joined else []),
            *(["", "Whom to ring:", *rings] if rings else []),
            "",
            "How fresh this is:",
            *_freshness(family.partners),
            *_end(family.day, family.snapshot, stamp),
        ]
    )


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _about(
    footprint: Footprint, wrong: Wrong, doubt: str = "", *, is_one_of_several: bool = False
) -> Iterator[str]:
    """Who was found, where they live, to whom they are open, what is shared and in doubt; of somebody protected whom to ring.

    Of one of several the family and the numbers to ring are told once for all of them.
    """
    if footprint.standing != "open":
        yield footprint.sentence
        if ring := words.contact(footprint.ring, words.HUB, wrong):
            yield f"Ring {ring}."
        return
    age = f" ({footprint.age})" if footprint.age else ""
    yield f"Found: {words.known_by(footprint.name, footprint.birth)}{age}."
    if footprint.death:
        yield footprint.death
    if footprint.apart:
        yield f"{doubt or words.DISPUTED} Not counted here: {words.listed(map(_named, footprint.apart))}."
    yield from _homes(footprint.homes)
    if not is_one_of_several:
        yield from _family(footprint.relatives)
    yield from (_open_to(worker, wrong, is_child=footprint.is_child) for worker in footprint.workers)
    if not footprint.workers:
        yield "Open to a worker: nothing shared with you."
    for partner in filter(_has_something, footprint.partners):
        shares = _shares(partner, wrong)
        yield shares if is_one_of_several else f"{shares}{_ring(partner, wrong)}"
    yield from _in_doubt(footprint)


def _in_doubt(footprint: Footprint) -> Iterator[str]:
    if footprint.conflicts:
        yield f"Partners disagree on: {words.listed(_FIELDS.get(one, one) for one in footprint.conflicts)}."
    parts = {one.person_id for one in footprint.apart}
    if count := len([one for one in footprint.possible if one.person_id not in parts]):
        others = "1 other person" if count == 1 else f"{count} other people"
        yield f"{others} may be the same; not counted here."
    if footprint.perhaps_baby:
        yield "A newborn or an expected child may be this one; not counted here."


def _named(other: PossibleOther) -> str:
    return words.known_by(other.name, other.birth)


def _homes(homes: Sequence[Home]) -> Iterator[str]:
    """The homes that nobody says were left, and those that somebody still holds, each with who says so since when."""
    current = [one for one in homes if one.state != "left"]
    for one in current[:_MOST_HOMES]:
        yield f"Home: {one.address}{' (temporary)' if one.use else ''}. {one.says}"
    if not current:
        yield "Home: none shared with you."
    elif len(current) > _MOST_HOMES:
        yield f"Homes: {len(current) - _MOST_HOMES} more on the page."


def _family(relatives: Sequence[Relative]) -> Iterator[str]:
    """The family and household in one line, as the page orders them; nobody who is not shown in full."""
    named = [one for one in relatives if one.standing == "open"]
    if not named:
        return
    ordered = sorted(named, key=lambda one: (one.is_of_old_home, not one.is_child))
    told = [_relative(one) for one in ordered]
    more = [f"{len(told) - _MOST_RELATIVES} more on the page"] if len(told) > _MOST_RELATIVES else []
    yield f"Family and household: {'; '.join([*told[:_MOST_RELATIVES], *more])}."


def _relative(one: Relative) -> str:
    kind = one.kind.replace("household", "at the same home").replace("-", " ")
    if one.is_of_old_home:
        kind = "at what may be an old home"
    died = "" if not one.died else ", died" if one.died == "day not said" else f", died {one.died}"
    remark = f"; {one.remark[:1].lower()}{one.remark[1:]}" if one.remark else ""
    return f"{words.known_by(one.name, one.birth)}{died} ({kind}{remark})"


def _ring(partner: PartnerAnswer, wrong: Wrong) -> str:
    """The partner's number as the end of its line; what says no more than that it is involved has the number in it."""
    contact = words.contact(partner.duty, partner.partner, wrong)
    return f" Ring {contact}." if contact and not partner.existence else ""


def _rings(members: Iterable[FamilyMember], wrong: Wrong) -> Iterator[str]:
    """The number of every partner that shares something of any of them."""
    for member in members:
        for partner in member.footprint.partners if member.footprint else ():
            contact = words.contact(partner.duty, partner.partner, wrong)
            if contact and _has_something(partner):
                yield f"{partner.name}: {contact}."


def _open_to(worker: Worker, wrong: Wrong, *, is_child: bool) -> str:
    whom = words.contact(worker.contact, worker.partner, wrong) or worker.name
    what = words.listed(map(words.inside, worker.episodes))
    confirmed = f"last confirmed open on {words.day(worker.confirmed_on)}"
    confirmed += f", told only by {worker.only_by}" if worker.only_by else ""
    told = f"{whom} ({worker.name}: {what}, {confirmed})."
    if worker.investigates(is_child=is_child):
        return f"The police investigate a matter concerning this person. Ring before anybody contacts them: {told}"
    return f"Open to: {told}"


def _has_something(partner: PartnerAnswer) -> bool:
    return bool(partner.involvements or partner.existence)


def _shares(partner: PartnerAnswer, wrong: Wrong) -> str:
    told = [f"{words.inside(line.label)}, {involvements.when(line)}" for line in partner.involvements]
    said = [f"{'; '.join(told)}."] if told else []
    if partner.existence:
        said.append(f"{partner.says} {words.contact(partner.duty, partner.partner, wrong)}".strip())
    return f"{_titled(partner)}: {' '.join(said)}"


def _titled(partner: PartnerAnswer) -> str:
    return f"{partner.name} ({words.inside(partner.freshness).rstrip('.')})"


def _silent(partners: Iterable[PartnerAnswer], wrong: Wrong) -> Iterator[str]:
    """Partners that share nothing, each with the sentence that says so; of a sector with many, in one line."""
    silent = [one for one in partners if not _has_something(one)]
    for (_, says), group in groupby(sorted(silent, key=_silence), key=_silence):
        listed = list(group)
        if len(listed) <= _ONE_BY_ONE:
            yield from (f"{_titled(partner)}: {says}{_ring(partner, wrong)}" for partner in listed)
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


def _member(member: FamilyMember, wrong: Wrong) -> Iterator[str]:
    if member.footprint:
        yield from _about(member.footprint, wrong, is_one_of_several=True)
        if member.footprint.standing == "open":
            yield from _others(member.footprint.partners)
        return
    answer = member.answer
    yield words.NOBODY_FITS if nobody_fits(answer) else answer.sentence
    shown = [one for one in answer.people if one.standing == "open"]
    yield from map(_not_certain, shown)
    if more := len(answer.people) - len(shown) + answer.further:
        yield f"{more} more may be meant. Nothing is said of {'them' if more > 1 else 'this one'} here."


def _not_certain(person: FoundPerson) -> str:
    """Who may be meant, what agrees with the question, and what differs: never a home or a partner."""
    age = f" ({person.age})" if person.age else ""
    said = [f"Not certain: {words.known_by(person.name, person.birth)}{age}."]
    for agreement, label in (("agrees", "Agrees"), ("close", "Close"), ("differs", "Differs")):
        fields = [
            words.FIELDS[field].lower()
            for field, one in person.verdicts.items()
            if one.agreement == agreement and not one.assumed
        ]
        if fields:
            said.append(f"{label}: {words.listed(fields)}.")
    return " ".join(said)


def _freshness(partners: Sequence[PartnerState]) -> Iterator[str]:
    for _, group in groupby(partners, key=lambda one: one.sector):
        listed = list(group)
        if len(listed) <= _ONE_BY_ONE:
            yield from (f"{one.name}: {words.inside(one.says)}" for one in listed)
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
