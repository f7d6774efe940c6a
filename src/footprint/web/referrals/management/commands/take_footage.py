"""`python -m footprint.web take_footage FILE`, which `footprint referrals footage` calls: take a force's incidents and video."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from footprint.ledger import LedgerError
from footprint.referrals.reading import ChoiceError
from footprint.web.design.words import moment
from footprint.web.referrals.footage.services import FootageRefused, Taken, take_file

#: How it ends, as `footprint help exit-codes` explains.
REFUSED: Final = 4
NO_LEDGER: Final = 6
IN_PART: Final = 8
_MOST: Final = 50


class Command(BaseCommand):
    help = "Take a force's file of incidents and body-worn video, by its contract. Sent again, it has no second effect."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--contract", default="", help="the contract's name, where there are several")
        parser.add_argument("--json", action="store_true", help="print JSON, with every fault")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it, and say what it came to."""
        try:
            taken = take_file(options["file"], options["contract"])
        except (FootageRefused, ChoiceError) as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        except LedgerError as error:
            raise CommandError(str(error), returncode=NO_LEDGER) from error
        if options["json"]:
            said = taken._asdict() | {
                "made": taken.made.isoformat(),
                "faults": [one._asdict() for one in taken.faults],
            }
            self.stdout.write(json.dumps(said, indent=1))
        else:
            self._say(taken)
        if taken.faults:
            count = len(taken.faults)
            raise CommandError(
                f"{count:,} {'fault' if count == 1 else 'faults'}; all else is taken. "
                "Mend what is named and send the file again: nothing counts twice.",
                returncode=IN_PART,
            )

    def _say(self, taken: Taken) -> None:
        self.stdout.write(f"{taken.system}, as of {moment(taken.made)}: {taken.lines:,} rows.")
        self.stdout.write(
            f"{taken.new:>7,} incidents new\n{taken.corrected:>7,} corrected\n{taken.same:>7,} as they stood"
        )
        if taken.outside:
            self.stdout.write(
                f"{taken.outside:>7,} rows of classes that nobody measures, not kept: {', '.join(taken.outside_codes)}"
            )
        for one in taken.faults[:_MOST]:
            where = f"line {one.line}" + (f", {one.column}" if one.column else "")
            self.stdout.write(f"  {where}: {one.says}")
        if len(taken.faults) > _MOST:
            self.stdout.write(f"  and {len(taken.faults) - _MOST:,} more; --json prints all.")
