"""`python -m footprint.web end_terms`: forget what was typed in cases that have been closed for long enough."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from footprint.ledger import LedgerError
from footprint.web.cases.ending import end_terms
from footprint.web.config.dated import FigureNotUnderstood


class Command(BaseCommand):
    help = "Forget what was typed in cases closed for longer than FOOTPRINT_TERMS_DAYS; the ledger keeps it, sealed."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(f"Forgotten what was typed in {end_terms()} look-ups.")
        except (FigureNotUnderstood, LedgerError) as error:
            raise CommandError(str(error)) from error
