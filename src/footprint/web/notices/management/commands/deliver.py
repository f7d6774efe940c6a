"""`python -m footprint.web deliver`: hand the e-mails that are owed to the mail server."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from footprint.ledger import LedgerError
from footprint.web.notices.message import NoSender
from footprint.web.notices.models import Mail
from footprint.web.notices.outbox import deliver, try_again
from footprint.web.notices.queries import states_of_mail
from footprint.web.notices.server import UnknownMailServer


class Command(BaseCommand):
    help = (
        "Hand the e-mails that are owed to the mail server that FOOTPRINT_MAIL names, and say what is left."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        how_often = parser.add_mutually_exclusive_group()
        how_often.add_argument("--once", action="store_true", help="hand over what is due, and end (default)")
        how_often.add_argument("--every", type=int, metavar="SECONDS", help="do so again and again")
        parser.add_argument("--limit", type=int, default=100, help="e-mails a round (default 100)")
        parser.add_argument(
            "--again", action="store_true", help="also those that were refused, or had no address"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            self.stdout.write(f"{try_again()} put back.")
        self._round(options["limit"])
        while options["every"]:
            time.sleep(options["every"])
            close_old_connections()
            self._round(options["limit"])

    def _round(self, limit: int) -> None:
        try:
            done = deliver(limit)
        except (UnknownMailServer, NoSender, LedgerError) as error:
            raise CommandError(str(error)) from error
        if not done.server:
            self.stdout.write(
                "FOOTPRINT_MAIL is empty: no e-mail is sent. Notices stand on each user's page, and wait here."
            )
        elif not done.reached:
            self.stdout.write("The mail server cannot be reached. What is owed waits and is tried again.")
        for state, count in sorted(states_of_mail().items()):
            self.stdout.write(f"{count:>6}  {Mail.State(state).label}")
