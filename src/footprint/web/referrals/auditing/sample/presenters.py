"""The pages of samples, of marking and of moderation as finished words. No marks of the other side before both have marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from footprint.answer.words import counted, day, listed
from footprint.referrals.checking import check
from footprint.referrals.criteria import CRITERIA, CRITICAL, MARKS, Checked
from footprint.referrals.framework import Framework, Party
from footprint.referrals.moderating import seen_by, to_talk_about
from footprint.referrals.sampling import RANDOM, TARGETS, Draw
from footprint.web.accounts.actor import Actor
from footprint.web.design.words import moment
from footprint.web.referrals.auditing.framework.queries import scale_of
from footprint.web.referrals.auditing.sample.queries import Marked, due_on, says_of
from footprint.web.referrals.auditing.sample.services import Read
from footprint.web.referrals.desk.reading import sent_of
from footprint.web.referrals.models import Sample
from footprint.web.referrals.protecting import words_read_by
from footprint.web.referrals.writing.presenters.sheets import SheetShown, sheets_of

_WHY: Final[Mapping[str, str]] = {
    RANDOM: "At random",
    **{code: target.label for code, target in TARGETS.items()},
}


#: What is in no sample, and why.
_LEFT_OUT: Final = (
    "Not drawn from: {} of the month that the front door took down by telephone, letter or e-mail for somebody of the parties. "
    "The words are not those of whoever told it, and the front door does not mark its own."
)


class SampleLine(NamedTuple):
    """A sample in the list."""

    id: int
    month: str
    drawn: str
    due: str


class DrawnLine(NamedTuple):
    """A drawn referral: why it was drawn, where it stands, and of each side who marks it and whether it has."""

    id: int
    reference: str
    why: str
    state: str
    sides: tuple[tuple[str, str], ...]
    do: str


class SamplePage(NamedTuple):
    """A sample: how to draw it again, and what was drawn."""

    line: SampleLine
    version: str
    seed: str
    frame: str
    candidates: str
    again: str
    by: str
    lines: tuple[DrawnLine, ...]
    progress: str
    left_out: str


class MarkPage(NamedTuple):
    """What a marker reads: the form in words, and where it stands."""

    id: int
    reference: str
    version: int
    month: str
    sheets: tuple[SheetShown, ...]
    is_given: bool
    is_mine: bool
    holder: str


class CriterionLine(NamedTuple):
    """One criterion of one referral: what each side gave alone, what was agreed, and whether the sides talk about it."""

    name: str
    given: tuple[str, ...]
    agreed: str
    talk: bool


class ModeratePage(NamedTuple):
    """Both sides' marks beside each other, once both have marked."""

    id: int
    reference: str
    month: str
    parties: tuple[str, ...]
    lines: tuple[CriterionLine, ...]
    talk: tuple[str, ...]
    agreed: str
    grade: str
    may_agree: bool
    sheets: tuple[SheetShown, ...]


def month_name(month: str) -> str:
    """Return a month (2026-11) in words."""
    return f"{dt.date.fromisoformat(f'{month}-01'):%B %Y}"


def sample_line(one: Sample) -> SampleLine:
    """Return a sample as a line."""
    return SampleLine(one.pk, month_name(one.month), moment(one.drawn_at), day(due_on(one).isoformat()))


def sample_page(
    one: Sample,
    marked: Sequence[Marked],
    again: Draw,
    actor: Actor,
    takes: Container[int] = (),
    taken_down: int = 0,
) -> SamplePage:
    """Return the page of a sample. `again` is what is drawn now from the list that was kept; `takes`, what they may take over;
    `taken_down`, how many of the month somebody else wrote down.
    """
    says = says_of(one)
    same = {chosen.id for chosen in again.chosen} == {row.drawn.referral_id for row in marked}
    is_same = same and again.frame == one.frame
    both = sum(len(row.finished(says)) == len(says.parties) for row in marked)
    agreed = sum(row.agreed is not None for row in marked)
    return SamplePage(
        line=sample_line(one),
        version=says.version,
        seed=words_read_by(actor.user_id, one.drawn_by, one.seed),
        frame=one.frame,
        candidates=f"{one.candidates:,}",
        again="Drawn again now, from the same list: the same referrals."
        if is_same
        else "Drawn again now, other referrals came out. Tell whoever runs this service: the list was changed.",
        by=one.drawn_by.user.name,
        lines=tuple(drawn_line(row, actor, takes) for row in marked),
        progress=f"{counted(len(marked), 'referral')} drawn; {both} marked by both sides; {agreed} agreed on.",
        left_out=_LEFT_OUT.format(counted(taken_down, "referral")) if taken_down else "",
    )


def drawn_line(one: Marked, actor: Actor, takes: Container[int] = ()) -> DrawnLine:
    """Return a drawn referral as a line. `do` is what this actor does next: mark it (or take it over), moderate, or nothing."""
    says = says_of(one.drawn.sample)
    finished = one.finished(says)
    given = one.assigned.get(actor.organisation)
    mine = bool(given and given.marker and given.marker.user_id == actor.user_id)
    both = len(finished) == len(says.parties)
    return DrawnLine(
        id=one.drawn.pk,
        reference=one.drawn.referral.reference,
        why="; ".join(_WHY.get(code, code) for code in one.drawn.kind.split("+")),
        state=_state(one, says, finished),
        sides=tuple((party.name, _side(one, party, finished)) for party in says.parties),
        do="moderate" if mine and both else "mark" if mine or one.drawn.pk in takes else "",
    )


def mark_page(one: Marked, read: Read, levels: Mapping[str, str], actor: Actor) -> MarkPage:
    """Return what a marker reads."""
    given = one.assigned.get(actor.organisation)
    holder = given.marker if given else None
    return MarkPage(
        id=one.drawn.pk,
        reference=read.referral.reference,
        version=read.version,
        month=month_name(one.drawn.sample.month),
        sheets=_sheets(read, levels),
        is_given=actor.organisation in one.finished(says_of(one.drawn.sample)),
        is_mine=holder is not None and holder.user_id == actor.user_id,
        holder=holder.user.name if holder else "nobody",
    )


def hints_of(read: Read, codes: Sequence[str]) -> dict[str, str]:
    """Return for each criterion what it asks, what a 3 looks like, and what a machine found of this form."""
    found = {one.criterion: one for one in check(read.said, sent_of(read.referral, read.said))}
    return {code: " ".join(_hint(code, found[code].says)) for code in codes}


def moderate_page(one: Marked, read: Read, levels: Mapping[str, str], actor: Actor) -> ModeratePage:
    """Return both sides' marks and the form about which they talk; before both have marked, the reader's own marks alone."""
    says = says_of(one.drawn.sample)
    seen = seen_by(actor.organisation, one.given, says)
    talk = to_talk_about(one.given, says)
    agreed = one.agreed.marks if one.agreed else {}
    given = one.assigned.get(actor.organisation)
    return ModeratePage(
        id=one.drawn.pk,
        reference=one.drawn.referral.reference,
        month=month_name(one.drawn.sample.month),
        parties=tuple(party.name for party in says.parties),
        lines=tuple(
            CriterionLine(
                f"{code} {CRITERIA[code].label}",
                tuple(_mark(seen.get(party.partner, {}).get(code)) for party in says.parties),
                _mark(agreed.get(code)) if agreed else "",
                code in talk,
            )
            for code in says.criteria
        ),
        talk=talk,
        agreed=f"{one.agreed.by.user.name}, {moment(one.agreed.at)}" if one.agreed else "",
        grade=scale_of(says).grade(one.agreed.grade).label if one.agreed and one.agreed.grade else "",
        may_agree=one.agreed is None
        and bool(given and given.marker and given.marker.user_id == actor.user_id),
        sheets=_sheets(read, levels),
    )


def _sheets(read: Read, levels: Mapping[str, str]) -> tuple[SheetShown, ...]:
    sector = read.referral.partner.sector if read.referral.partner else ""
    return sheets_of(read.said, sector, levels, {})


def _state(one: Marked, says: Framework, finished: frozenset[str]) -> str:
    if one.agreed is not None:
        return "Agreed on"
    if len(finished) == len(says.parties):
        talk = len(to_talk_about(one.given, says))
        return f"Both have marked it: {talk} to talk about" if talk else "Both have marked it, alike enough"
    if finished:
        return f"Waits for {listed([party.name for party in says.parties if party.partner not in finished])}"
    return "Waits for both sides"


def _side(one: Marked, party: Party, finished: frozenset[str]) -> str:
    given = one.assigned.get(party.partner)
    if party.partner in finished:
        return "has marked it"
    if given is None or given.marker is None:
        return "nobody may mark it: their own, or graded by them, or their teams are not named"
    return f"with {given.marker.user.name}"


def _hint(code: str, found: Sequence[str]) -> Iterator[str]:
    one = CRITERIA[code]
    yield one.asks
    yield f"A 3: {one.strong}"
    if code in CRITICAL:
        yield "It is critical, and caps the grade."
    if found and one.checked is not Checked.PERSON:
        yield f"What a machine found: {' '.join(found)}"


def _mark(mark: int | None) -> str:
    return "" if mark is None else f"{mark} {MARKS[mark]}"
