"""`python -m footprint.web deliver_referrals`: send the copies that are due to other systems, and read what came from them."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from footprint.ledger import LedgerError
from footprint.referrals.reading import ChoiceError
from footprint.web.referrals.outbox.delivering import deliver
from footprint.web.referrals.outbox.watching import watch


class Command(BaseCommand):
    help = "Send the copies of referrals that are due to the systems of DATA/destinations.yaml, and read what came from them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        how_often = parser.add_mutually_exclusive_group()
        how_often.add_argument("--once", action="store_true", help="send what is due, and end (default)")
        how_often.add_argument("--every", type=int, metavar="SECONDS", help="do so again and again")
        parser.add_argument(
            "--limit", type=int, default=100, help="messages to a system a round (default 100)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._round(options["limit"])
        while options["every"]:
            time.sleep(options["every"])
            close_old_connections()
            self._round(options["limit"])

    def _round(self, limit: int) -> None:
        try:
            came = watch()
            done = deliver(limit)
        except (ChoiceError, LedgerError) as error:
            raise CommandError(str(error)) from error
        counted = {**{f"{name} in folders": count for name, count in came.items()}, **done.outcomes}
        for name, count in sorted(counted.items()):
            self.stdout.write(f"{count:>6}  {name}")
        for destination, why in sorted(done.left_alone.items()):
            self.stdout.write(f"{destination}: {why}")
