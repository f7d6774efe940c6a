"""`python -m footprint.web end_drafts`: delete what had its time: drafts, what copies said, footage, referrals."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from footprint.ledger import LedgerError
from footprint.web.config.dated import FigureNotUnderstood
from footprint.web.referrals.ending import end_copies, end_drafts, end_footage
from footprint.web.referrals.retention import end_referrals
from footprint.web.referrals.writing.spool import SpoolUnreadable


class Command(BaseCommand):
    help = (
        "Delete drafts of referrals that were not sent within FOOTPRINT_DRAFT_DAYS, the content of copies that arrived more than "
        "FOOTPRINT_COPY_DAYS ago, what files said of incidents and footage more than FOOTPRINT_FOOTAGE_DAYS ago, "
        "and, where it is set, referrals with which nothing was done for FOOTPRINT_REFERRAL_DAYS."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(
                f"Deleted {end_drafts()} drafts, what {end_copies()} copies said, "
                f"what files said of {end_footage()} incidents, and {end_referrals()} referrals."
            )
        except (FigureNotUnderstood, LedgerError, SpoolUnreadable) as error:
            raise CommandError(str(error)) from error
