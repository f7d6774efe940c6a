"""How a command takes a file from another system, tells what came of it, and ends. Each such command says what is its own."""

from __future__ import annotations

import datetime as dt
import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from footprint.ledger import LedgerError
from footprint.referrals.reading import ChoiceError
from footprint.web.referrals.taking import FileRefused

#: How it ends, as `footprint help exit-codes` explains.
REFUSED: Final = 4
NO_LEDGER: Final = 6
IN_PART: Final = 8
_MOST: Final = 50


class TakingCommand(BaseCommand):
    """Takes one file by its contract.

    `take` returns a named tuple with `faults`, of which `counts` says what came, a line each. `where_away` is said after the
    ledger's own sentence, `where_in_part` after the number of faults.
    """

    take: Callable[[Path, str], Any]
    counts: Callable[[Any], Iterable[str]]
    where_away = ""
    where_in_part = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--contract", default="", help="the contract's name, where there are several")
        parser.add_argument("--json", action="store_true", help="print JSON, with every fault")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it, and say what it came to."""
        try:
            taken = self.take(options["file"], options["contract"])
        except (FileRefused, ChoiceError) as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        except LedgerError as error:
            raise CommandError(f"{error}{self.where_away}", returncode=NO_LEDGER) from error
        if options["json"]:
            said = taken._asdict() | {"faults": [one._asdict() for one in taken.faults]}
            self.stdout.write(json.dumps(said, indent=1, default=dt.datetime.isoformat))
        else:
            self._say(taken)
        if taken.faults:
            count = len(taken.faults)
            told = f"{count:,} {'fault' if count == 1 else 'faults'}; all else is taken{self.where_in_part}"
            raise CommandError(told, returncode=IN_PART)

    def _say(self, taken: Any) -> None:
        for line in self.counts(taken):
            self.stdout.write(line)
        for one in taken.faults[:_MOST]:
            self.stdout.write(f"  {one.where}: {one.says}")
        if len(taken.faults) > _MOST:
            self.stdout.write(f"  and {len(taken.faults) - _MOST:,} more; --json prints all.")
