"""Enter the referrals that were taken while the record took nothing. Run by the clock; by hand at any time, and nothing twice."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from footprint.web.referrals.writing.services import enter_spooled


class Command(BaseCommand):
    help = "Enter the referrals that lie in the spool. What cannot be entered stays there, and is told in the log."

    def handle(self, **_options: Any) -> None:
        """Enter what there is, and say how much it was."""
        self.stdout.write(f"{enter_spooled()} entered.")
