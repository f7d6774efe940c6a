"""Rule 1 at the command line: the intent is in the ledger before anything is asked, the outcome before anything is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

import msgspec
import typer

from footprint.cli.exits import CommandError, Exit
from footprint.cli.purposes import PURPOSES
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
        action: str,
        case: str,
        purpose: str,
        terms: dict[str, str],
        subjects: Sequence[str] = (),
    ) -> None:
        if purpose not in PURPOSES:
            raise CommandError(
                f"'{purpose}' is no purpose. Use one of: {', '.join(PURPOSES)}.", Exit.WRONG_COMMAND
            )
        if not case.strip() or len(case) > _LONGEST or not case.isprintable():
            raise CommandError(
                "Give the reference of your case with --case, in one line.", Exit.WRONG_COMMAND
            )
        self._session = session
        self._intent = msgspec.structs.replace(
            session.event("intent", action),
            case=case.strip(),
            purpose=purpose,
            legal_basis=PURPOSES[purpose].basis,
            subjects=tuple(subjects),
            terms={name: text for name, text in terms.items() if text},
        )
        self._receipt = session.ledger.record(self._intent)

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
