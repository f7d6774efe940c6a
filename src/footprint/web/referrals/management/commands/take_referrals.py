"""`python -m footprint.web take_referrals FILE`, which `footprint referrals take` calls: take another system's referrals."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from footprint.ledger import LedgerError
from footprint.referrals.reading import ChoiceError
from footprint.web.referrals.importing.services import ImportRefused, Taken, take_file

#: How it ends, as `footprint help exit-codes` explains.
REFUSED: Final = 4
NO_LEDGER: Final = 6
IN_PART: Final = 8
_MOST: Final = 50


class Command(BaseCommand):
    help = "Take another system's referrals, by its contract. Sent again, they are the same referrals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--contract", default="", help="the contract's name, where there are several")
        parser.add_argument("--json", action="store_true", help="print JSON, with every fault")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take them, and say what it came to."""
        try:
            taken = take_file(options["file"], options["contract"])
        except (ImportRefused, ChoiceError) as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        except LedgerError as error:
            told = f"{error} What was taken before is taken. Take the file again: nothing comes twice."
            raise CommandError(told, returncode=NO_LEDGER) from error
        if options["json"]:
            said = taken._asdict() | {"faults": [one._asdict() for one in taken.faults]}
            self.stdout.write(json.dumps(said, indent=1))
        else:
            self._say(taken)
        if taken.faults:
            count = len(taken.faults)
            raise CommandError(
                f"{count:,} {'fault' if count == 1 else 'faults'}; all else is taken, and the front door is told. "
                "Mend what is named and send the file again: nothing comes twice.",
                returncode=IN_PART,
            )

    def _say(self, taken: Taken) -> None:
        self.stdout.write(
            f"{taken.new:>7,} referrals new\n{taken.added:>7,} added to\n{taken.same:>7,} as they stood"
        )
        if taken.with_unread:
            self.stdout.write(
                f"{taken.with_unread:>7,} with answers that were not understood: each referral's page shows them"
            )
        for one in taken.faults[:_MOST]:
            self.stdout.write(f"  line {one.line}: {one.says}")
        if len(taken.faults) > _MOST:
            self.stdout.write(f"  and {len(taken.faults) - _MOST:,} more; --json prints all.")
