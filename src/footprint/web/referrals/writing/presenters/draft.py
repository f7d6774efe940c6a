"""A draft as its pages show it: what is said, what would help most, and where each is filled in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from django.urls import reverse

from footprint.answer import words
from footprint.records import DutyContact
from footprint.referrals.answers import called
from footprint.referrals.fields import FIELDS, STEPS, Step
from footprint.referrals.gap_table import HELPS
from footprint.referrals.gaps import Gap, gaps
from footprint.referrals.parts import Place
from footprint.referrals.referral import Referral
from footprint.referrals.routing import Advice, advice
from footprint.referrals.sheets import Sheet, sheets
from footprint.referrals.wording import hints
from footprint.web.referrals.ending import ends_on
from footprint.web.referrals.models import Draft
from footprint.web.referrals.writing.editing import Page, Writer, fresh_key, title_of
from footprint.web.referrals.writing.presenters.sheets import SheetShown, sheets_of

#: So many gaps stand at once; the others are behind "More that would help".
_MOST: Final = 6
_ANOTHER: Final = {
    "child": "Add a child, or a baby who is expected",
    "household": "Add an adult, or somebody else in the home",
    "statement": "Add something that happened",
}


#: What comes with a page of the form, and nobody typed.
_NOT_TYPED: Final = frozenset({"csrfmiddlewaretoken", "made_from", "prompt", "then", "not_known"})


class Entry(NamedTuple):
    """A page of the form: its words, where it is, and how much of it is answered."""

    text: str
    href: str
    status: str


class GapLine(NamedTuple):
    """Something that is blank: the sentence, and where it is answered."""

    says: str
    href: str


class GapGroup(NamedTuple):
    """Gaps that help to one thing."""

    helps: str
    lines: tuple[GapLine, ...]


class DraftPage(NamedTuple):
    """The page of a draft. `adds_to` is the reference of the referral to which it adds, "" for a new one."""

    id: str
    submission: str
    adds_to: str
    case: str
    ends: str
    entries: tuple[Entry, ...]
    first: tuple[GapGroup, ...]
    later: tuple[GapGroup, ...]
    how_many: int
    advice: tuple[Advice, ...]


class Typed(NamedTuple):
    """One answer that was typed, under the question where that is one of the form's."""

    label: str
    text: str


class Wording(NamedTuple):
    """Words that might read better: as they were written, what else could be said, and why."""

    said: str
    better: str
    why: str


class CheckPage(NamedTuple):
    """The whole of a draft to look through before it is sent."""

    id: str
    submission: str
    adds_to: str
    sheets: tuple[SheetShown, ...]
    first: tuple[GapGroup, ...]
    how_many: int
    advice: tuple[Advice, ...]
    wording: tuple[Wording, ...]


def draft_page(draft: Draft, said: Referral, writer: Writer, front_door: DutyContact) -> DraftPage:
    """Return the page of a draft."""
    found = gaps(said, writer.sector)
    return DraftPage(
        id=draft.pk,
        submission=draft.submission,
        adds_to=draft.adds_to.reference if draft.adds_to else "",
        case=draft.case.concerns if draft.case else "",
        ends=words.day(ends_on(draft.saved_at).isoformat()),
        entries=tuple(_entries(draft, said, writer)),
        first=_grouped(draft, said, found[:_MOST]),
        later=_grouped(draft, said, found[_MOST:]),
        how_many=len(found),
        advice=advice(said, front_door),
    )


def check_page(draft: Draft, said: Referral, writer: Writer, front_door: DutyContact) -> CheckPage:
    """Return the whole draft as it will be read."""
    found = gaps(said, writer.sector)
    return CheckPage(
        id=draft.pk,
        submission=draft.submission,
        adds_to=draft.adds_to.reference if draft.adds_to else "",
        sheets=sheets_of(said, writer.sector, writer.levels, draft.filled),
        first=_grouped(draft, said, found[:_MOST]),
        how_many=len(found),
        advice=advice(said, front_door),
        # Made of what they wrote and nothing else: nothing that an author sees may come from what is held back.
        wording=tuple(dict.fromkeys(Wording(one.said, one.better, one.why) for one in hints(said))),
    )


def typed_here(fields: Iterable[tuple[str, Iterable[str]]]) -> tuple[Typed, ...]:
    """Return what was typed into a page of the form, given as its names with their values, to be copied."""
    found = []
    for name, values in fields:
        one = FIELDS.get(name.replace("-", ".", 1))
        said = [one.choices.get(value, value) if one else value for value in values if value.strip()]
        if said and name not in _NOT_TYPED:
            found.append(Typed(one.label if one else "", ", ".join(said)))
    return tuple(found)


def called_here(said: Referral, page: Page) -> str:
    """Return whom a page is about, as they are called so far; "" where it is about nobody alone, or somebody new."""
    of = called(said, Place(page.step.each, page.key)) if page.step.each in ("child", "adult") else ""
    return of[:1].upper() + of[1:]


def href_of(draft: Draft, step: str, key: str = "") -> str:
    """Return where a page of the form is."""
    return reverse(
        "referrals:part" if key else "referrals:step", args=(draft.pk, step, *([key] if key else []))
    )


def _entries(draft: Draft, said: Referral, writer: Writer) -> Iterable[Entry]:
    """Every page of the form, those of children, adults and happenings one by one."""
    shown = sheets(said, writer.sector, writer.levels)
    for step in STEPS:
        of_step = [sheet for sheet in shown if sheet.step == step.name]
        if not step.each:
            title = title_of(step, said)
            yield from (Entry(title, href_of(draft, step.name), _status(sheet)) for sheet in of_step)
        elif step.name == "statement":
            for number, one in enumerate(said.concern.statements, 1):
                yield Entry(_short(one.text), href_of(draft, "statement", f"s{number}"), "Said")
            yield Entry(_ANOTHER["statement"], href_of(draft, "statement", fresh_key(said, "statement")), "")
        else:
            for sheet in of_step:
                if sheet.place.key:
                    yield Entry(
                        _titled(step, sheet), href_of(draft, step.name, sheet.place.key), _status(sheet)
                    )
            if step.name in _ANOTHER:
                yield Entry(_ANOTHER[step.name], href_of(draft, step.name, fresh_key(said, step.each)), "")


def _titled(step: Step, sheet: Sheet) -> str:
    of = sheet.of[:1].upper() + sheet.of[1:]
    return f"{of}: what was said and seen" if step.name == "voice" else of


def _status(sheet: Sheet) -> str:
    answered = len(sheet.said)
    if not answered:
        return "Nothing yet"
    return f"{answered} answered"


def _short(text: str, most: int = 60) -> str:
    line = " ".join(text.split()) or "Something that happened"
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def _grouped(draft: Draft, said: Referral, found: Iterable[Gap]) -> tuple[GapGroup, ...]:
    lines: dict[str, list[GapLine]] = {}
    for gap in found:
        lines.setdefault(gap.helps, []).append(GapLine(gap.says, _where(draft, said, gap)))
    return tuple(GapGroup(HELPS[helps], tuple(each)) for helps, each in lines.items())


def _where(draft: Draft, said: Referral, gap: Gap) -> str:
    """Where a gap is filled. Who is responsible for a child is said with an adult."""
    step = next(one for one in STEPS if one.name == gap.step)
    if not step.each:
        return f"{href_of(draft, gap.step)}#id_{gap.place.part}-{gap.field}"
    if step.name == "household" and gap.place.part != "adult":
        return href_of(draft, gap.step, said.adults[0].key if said.adults else fresh_key(said, "adult"))
    return href_of(draft, gap.step, gap.place.key or fresh_key(said, step.each))
