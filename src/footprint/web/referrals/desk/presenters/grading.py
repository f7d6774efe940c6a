"""The page on which a form is marked: each criterion with what a machine found of it, and the form itself in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from django.urls import reverse

from footprint.referrals.checking import Finding
from footprint.referrals.criteria import CRITERIA, MARKS, VERIFIED, Checked
from footprint.referrals.grades import Scale, Scales
from footprint.referrals.referral import Referral as Said
from footprint.web.accounts.actor import Actor
from footprint.web.design.words import moment, number, shortened
from footprint.web.referrals.desk.grading_queries import ToGrade
from footprint.web.referrals.desk.presenters.queue import Reading, sender_of
from footprint.web.referrals.desk.presenters.team import grade_said
from footprint.web.referrals.models import Marking, Referral
from footprint.web.referrals.writing.presenters.sheets import SheetShown, sheets_of

_ORDERS: Final = {"latest": "The latest first", "urgent": "In danger now", "oldest": "The oldest first"}
CAUTION: Final = "Criteria and scales are suggestions until the partnership confirms them."


class GradePage(NamedTuple):
    """The page on which a form is marked."""

    id: str
    reference: str
    href: str
    sender: str
    sent: str
    sheets: tuple[SheetShown, ...]
    scale: str
    caution: str
    before: str


class WaitingPage(NamedTuple):
    """A page of the forms that wait to be marked: how many there are in all, and in which order they can be read."""

    lines: tuple[GradeLine, ...]
    total: str
    shows: tuple[dict[str, object], ...]
    show: str
    number: int
    pages: int


class GradeLine(NamedTuple):
    """A form that waits to be marked, or was. `offer` is where whoever marked it may offer it as an example."""

    href: str
    reference: str
    says: str
    grade: str
    offer: str = ""


def grade_page(
    referral: Referral,
    said: Said,
    scale: Scale,
    before: Marking | None,
    reading: Reading,
) -> GradePage:
    """Return the page. `said` is the form as recipients read it."""
    sector = referral.partner.sector if referral.partner else ""
    return GradePage(
        id=referral.pk,
        reference=referral.reference,
        href=reverse("referrals:referral", args=[referral.pk]),
        sender=sender_of(referral, reading),
        sent=moment(referral.sent_at),
        sheets=sheets_of(said, sector, reading.levels, {}),
        scale=scale.label,
        caution="" if VERIFIED and scale.verified else CAUTION,
        before=f"{before.by.user.name} graded it on {moment(before.at)}." if before else "",
    )


def initial_of(findings: Iterable[Finding]) -> dict[str, str]:
    """Return the marks that a machine alone gives, to begin with: whoever reads it may change them."""
    return {one.criterion: str(one.mark) for one in findings if one.mark is not None}


def waiting_page(found: ToGrade, order: str, reading: Reading) -> WaitingPage:
    """Return a page of the forms that wait to be marked."""
    total = f"{number(found.total)} {'waits' if found.total == 1 else 'wait'}; in danger now: {number(found.urgent)}."
    return WaitingPage(
        lines=tuple(waiting_line(one, reading) for one in found.rows),
        total=total,
        shows=tuple(
            {"text": text, "href": f"?show={one}", "current": one == order} for one, text in _ORDERS.items()
        ),
        show=order,
        number=found.number,
        pages=found.pages,
    )


def waiting_line(referral: Referral, reading: Reading) -> GradeLine:
    """Return a form that waits to be marked."""
    href = reverse("referrals:grade", args=[referral.pk])
    sender = shortened(sender_of(referral, reading))
    return GradeLine(href, referral.reference, f"{sender}. Sent {moment(referral.sent_at)}.", "")


def graded_line(marking: Marking, scales: Scales, actor: Actor) -> GradeLine:
    """Return a form that was marked."""
    href = reverse("referrals:referral", args=[marking.referral_id])
    said = f"{marking.by.user.name}, {moment(marking.at)}."
    mine = marking.by.user_id == actor.user_id
    return GradeLine(
        href,
        marking.referral.reference,
        said,
        grade_said(marking.grade, marking.scale, scales),
        reverse("referrals:example_offer", args=[marking.referral_id]) if mine else "",
    )


def hints_of(findings: Iterable[Finding]) -> dict[str, str]:
    """Return for each criterion what it asks, what a strong form has, and what a machine found of this one."""
    return {one.criterion: " ".join(_hint(one)) for one in findings}


def _hint(finding: Finding) -> Iterator[str]:
    one = CRITERIA[finding.criterion]
    yield one.asks
    yield f"Strong: {one.strong}"
    if finding.mark is not None:
        yield f"Worked out from the form: {finding.mark} {MARKS[finding.mark]}."
    elif one.checked is Checked.PERSON or finding.at_most == max(MARKS):
        return  # it found nothing that whoever marks would want to know
    else:
        yield f"By what is there, {finding.at_most} {MARKS[finding.at_most]} at most."
    yield from finding.says
