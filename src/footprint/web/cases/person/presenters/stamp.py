"""Who was shown something, when, why and under which receipt: as it stands at the foot of a page, a sheet and a text."""

from __future__ import annotations

from footprint.ledger import Receipt
from footprint.web.cases.scope import Scope
from footprint.web.design.words import moment

NO_REFERENCE = "no reference yet"


def receipt_line(scope: Scope, receipt: Receipt) -> str:
    """Return the line at the foot of a page."""
    reference = scope.case.reference or NO_REFERENCE
    return (
        f"Receipt {receipt.number}. Shown to {scope.actor.name} on {moment(scope.now)} for {scope.purpose.label}, "
        f"case {reference}. Not a clearance."
    )
