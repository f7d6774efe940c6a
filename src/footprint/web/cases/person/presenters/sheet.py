"""A footprint on paper: the page, and what stands on every sheet: who, when, why, which case, which receipt; not a clearance."""

from __future__ import annotations

from typing import NamedTuple

from footprint.answer.found import SearchAnswer
from footprint.web.cases.person.presenters.page import PersonPage, page_of
from footprint.web.cases.person.presenters.stamp import NO_REFERENCE
from footprint.web.cases.person.services import Shown
from footprint.web.cases.result_presenters import caution
from footprint.web.cases.scope import Scope
from footprint.web.design.words import moment


class Sheet(NamedTuple):
    """The page, and the two lines at the foot of each sheet. `title` names nobody: it stands in a file's properties.

    `caution` is empty, or says that the search which named them was not certain: paper leaves the results behind.
    """

    page: PersonPage
    caution: str
    receipt: str
    title: str
    shown: str
    why: str


def sheet_of(scope: Scope, shown: Shown, handle: str, named_by: SearchAnswer | None) -> Sheet:
    """Return the sheets of a footprint that may leave. `named_by` is the search that named them without being certain."""
    actor, number = scope.actor, shown.receipt.number
    return Sheet(
        page=page_of(scope, shown, handle),
        caution=caution(named_by, shown.footprint.person_id) if named_by else "",
        receipt=number,
        title=f"Footprint, receipt {number}",
        shown=f"Shown to {actor.name}, {actor.role_label}, {actor.organisation_name}, on {moment(scope.now)}",
        why=f"{scope.purpose.label}, case {scope.case.reference or NO_REFERENCE}. Receipt {number}. Not a clearance.",
    )
