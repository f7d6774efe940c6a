"""Rule 1 at the command line: the intent is in the ledger before anything is asked, the outcome before anything is shown.

So is a refusal: that somebody asked for what the agreement does not let them ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

import msgspec
import typer

from footprint.cli.exits import CommandError, Exit
from footprint.cli.permitting import Permit
from footprint.cli.session import Facts, Session

_LONGEST: Final = 60

Case = Annotated[str, typer.Option("--case", help="Your case: a reference, never a name.", metavar="REF")]
Purpose = Annotated[
    str, typer.Option("--purpose", help="Why you ask: `footprint help purposes`.", metavar="CODE")
]


class LookUp:
    """One look-up, entered as intended. `answered` enters its outcome; only then may anything be printed."""

    def __init__(
        self,
        session: Session,
        permit: Permit,
        action: str,
        case: str,
        terms: dict[str, str],
        subjects: Sequence[str] = (),
    ) -> None:
        if not case.strip() or len(case) > _LONGEST or not case.isprintable():
            raise CommandError(
                "Give the reference of your case with --case, in one line.", Exit.WRONG_COMMAND
            )
        self._session = session
        ruling = permit.ruling
        self._intent = msgspec.structs.replace(
            session.event("intent" if ruling.allowed else "refusal", action),
            role=permit.ask.role,
            organisation=permit.ask.partner,
            case=case.strip(),
            purpose=permit.ask.purpose,
            legal_basis=permit.purpose.basis,
            policy_rule=ruling.rule,
            policy_version=ruling.version,
            subjects=tuple(subjects),
            terms={name: text for name, text in terms.items() if text},
        )
        self._receipt = session.ledger.record(self._intent)
        if not ruling.allowed:
            raise CommandError(ruling.sentence, Exit.REFUSED)

    def answered(self, shown: Sequence[str], facts: Facts) -> None:
        """Enter what will be shown. If that cannot be entered nothing is shown: the error passes."""
        from footprint.ledger import outcome_of

        self._session.ledger.record(
            outcome_of(
                self._intent,
                self._receipt.sequence,
                shown=tuple(dict.fromkeys(shown)),
                count=len(shown),
                facts=facts,
            )
        )
