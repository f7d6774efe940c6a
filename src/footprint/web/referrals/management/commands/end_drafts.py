"""`python -m footprint.web end_drafts`: delete drafts that nobody sent, and what copies said that arrived long ago."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from footprint.ledger import LedgerError
from footprint.web.config.dated import FigureNotUnderstood
from footprint.web.referrals.ending import end_copies, end_drafts


class Command(BaseCommand):
    help = (
        "Delete drafts of referrals that were not sent within FOOTPRINT_DRAFT_DAYS, and the content of copies that arrived "
        "more than FOOTPRINT_COPY_DAYS ago."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(f"Deleted {end_drafts()} drafts and what {end_copies()} copies said.")
        except (FigureNotUnderstood, LedgerError) as error:
            raise CommandError(str(error)) from error
