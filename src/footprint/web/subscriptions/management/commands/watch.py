"""`python -m footprint.web watch`: after a publishing, tell subscribers of what is new to them."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from footprint.ledger import LedgerError
from footprint.web.subscriptions.watching import watch


class Command(BaseCommand):
    help = "Compare every subscription with what is published, once for each snapshot, and tell who is to be told."

    def add_arguments(self, parser: ArgumentParser) -> None:
        how_often = parser.add_mutually_exclusive_group()
        how_often.add_argument("--once", action="store_true", help="do so once, and end (default)")
        how_often.add_argument("--every", type=int, metavar="SECONDS", help="do so again and again")

    def handle(self, *args: Any, **options: Any) -> None:
        self._round()
        while options["every"]:
            time.sleep(options["every"])
            close_old_connections()
            self._round()

    def _round(self) -> None:
        try:
            done = watch()
        except LedgerError as error:
            raise CommandError(f"Nobody was told of anything more: {error}") from error
        if done is None:
            self.stdout.write("Nothing is published yet.")
            return
        self.stdout.write(f"Compared {done.compared}, something new for {done.news}, ended {done.ended}.")
