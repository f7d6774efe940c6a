"""A text to paste into a case record, of one person or of a whole family, with its receipt in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from footprint.answer import words
from footprint.answer.family import FamilyAnswer
from footprint.answer.found import SearchAnswer
from footprint.answer.summary import Stamp, family_summary, summary
from footprint.answer.values import Footprint
from footprint.answer.words import Wrong
from footprint.ledger import Receipt
from footprint.web.cases.person.presenters.apart import Apart, apart
from footprint.web.cases.person.presenters.stamp import NO_REFERENCE, receipt_line
from footprint.web.cases.result_presenters import caution
from footprint.web.cases.scope import Scope
from footprint.web.design.words import moment


class Text(NamedTuple):
    """The text, how many lines it has, where it leads back to, what stands at the foot of its page, and the other parts."""

    text: str
    lines: int
    back: str
    reference: str
    receipt_line: str
    apart: Apart | None = None


def text_of_person(
    scope: Scope,
    answer: Footprint,
    receipt: Receipt,
    back: str,
    urls: Mapping[str, str],
    wrong: Wrong,
    named_by: SearchAnswer | None = None,
) -> Text:
    """Return the text about one person who was opened; `back` is their page, and `urls` leads to people by their id.

    `wrong` are the numbers that were reported so. `named_by` is the search that named them without being certain.
    """
    asked = words.known_by(answer.name, answer.birth)
    parts = apart(scope, answer, urls)
    doubt = f"{parts.state}. {parts.sentence}" if parts else ""
    unsure = caution(named_by, answer.person_id) if named_by else ""
    text = summary(answer, stamp(scope, receipt), asked=asked, doubt=doubt, caution=unsure, wrong=wrong)
    return _text(scope, text, receipt, back)._replace(apart=parts)


def text_of_family(scope: Scope, answer: FamilyAnswer, receipt: Receipt, back: str, wrong: Wrong) -> Text:
    """Return the text about a family that was asked for in one submission; `back` is its answer."""
    return _text(scope, family_summary(answer, stamp(scope, receipt), wrong=wrong), receipt, back)


def stamp(scope: Scope, receipt: Receipt) -> Stamp:
    """Return who asked, in which case and when, finished."""
    actor = scope.actor
    return Stamp(
        receipt=receipt.number,
        user=f"{actor.name}, {actor.role_label}, {actor.organisation_name}",
        case=f"{scope.case.reference or NO_REFERENCE}, {scope.purpose.label}",
        at=moment(scope.now),
    )


def _text(scope: Scope, text: str, receipt: Receipt, back: str) -> Text:
    return Text(
        text=text,
        lines=text.count("\n"),
        back=back,
        reference=scope.case.reference or NO_REFERENCE,
        receipt_line=receipt_line(scope, receipt),
    )
