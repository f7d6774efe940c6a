"""The first page of the audit, and the sheet that is printed or handed over, as finished words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils import timezone

from footprint.answer.words import day
from footprint.referrals.criteria import CRITERIA
from footprint.referrals.framework import Framework
from footprint.web.accounts.actor import Actor
from footprint.web.design.words import moment
from footprint.web.referrals.auditing.figures import HEADS, Cell
from footprint.web.referrals.auditing.framework.presenters import FrameworkPage
from footprint.web.referrals.auditing.framework.queries import Kept, party_of
from footprint.web.referrals.auditing.learning.agreement_presenters import AgreementPage
from footprint.web.referrals.auditing.learning.queries import Lesson
from footprint.web.referrals.auditing.learning.theme_presenters import ThemesPage
from footprint.web.referrals.auditing.sample.presenters import SampleLine, sample_line
from footprint.web.referrals.auditing.sample.queries import Marked, says_of
from footprint.web.referrals.models import Sample


class AgainLine(NamedTuple):
    """A briefing whose theme is to be audited again: its title, the criterion, the day, and whether that has come."""

    title: str
    criterion: str
    on: str
    is_due: bool


class AuditPage(NamedTuple):
    """What holds, what waits for the reader, and every sample."""

    holds: str
    title: str
    to_sign: tuple[tuple[int, str], ...]
    to_mark: int
    to_agree: int
    again: tuple[AgainLine, ...]
    samples: tuple[SampleLine, ...]
    is_party: bool


class Sheet(NamedTuple):
    """Everything that an audit found, to be printed or handed over."""

    framework: FrameworkPage
    agreement: AgreementPage
    themes: ThemesPage
    made: str


def audit_page(
    actor: Actor,
    kept: Sequence[Kept],
    base: Framework,
    own: Sequence[Marked],
    samples: Sequence[Sample],
    again: Sequence[Lesson],
) -> AuditPage:
    """Return the first page. `own` is what this actor was given and is not agreed on yet, `again` what is to be audited again."""
    holding = next((one for one in kept if one.holds), None)
    of_each = [(one, says_of(one.drawn.sample)) for one in own]
    finished = [one.finished(says) for one, says in of_each]
    return AuditPage(
        holds=holding.says.version if holding else "",
        title=(holding.says if holding else base).title,
        to_sign=tuple(
            (one.row.pk, one.says.version)
            for one in kept
            if (party := party_of(actor, one.says)) and party in one.unsigned
        ),
        to_mark=sum(actor.organisation not in sides for sides in finished),
        # By the framework under which each was drawn: another may hold by now.
        to_agree=sum(
            len(sides) == len(says.parties) for (_, says), sides in zip(of_each, finished, strict=True)
        ),
        again=tuple(_again(one) for one in again),
        samples=tuple(sample_line(one) for one in samples),
        is_party=party_of(actor, base) is not None,
    )


def _again(one: Lesson) -> AgainLine:
    on = one.again_on or one.given_on
    name = CRITERIA[one.criterion].label if one.criterion in CRITERIA else ""
    return AgainLine(one.title, name, day(on.isoformat()), on <= timezone.localdate())


def sheet_of(framework: FrameworkPage, agreement: AgreementPage, themes: ThemesPage, now: str) -> Sheet:
    """Return the sheet."""
    return Sheet(framework, agreement, themes, moment(now))


def cells_of(sheet: Sheet) -> list[list[Cell]]:
    """Return a sheet as rows of a spreadsheet: agreement by criterion, then each criterion's share by month."""
    rows: list[list[Cell]] = [["agreement by criterion", "pairs", "weighted kappa", *HEADS[2:]]]
    rows += [list(line.cells) for line in sheet.agreement.lines]
    rows += [[], ["criterion met", "month", *HEADS]]
    for line in sheet.themes.lines:
        for month, one in zip(sheet.themes.months, line.figures, strict=True):
            rows.append([line.name, month, *one.cells])
    rows += [[], ["briefing", "criterion", "before", "interval", "after", "interval", "moved"]]
    rows += [
        [
            one.title,
            one.criterion,
            one.before.text,
            one.before.interval,
            one.after.text,
            one.after.interval,
            one.moved,
        ]
        for one in sheet.themes.briefings
    ]
    return rows
