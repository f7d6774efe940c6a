"""Hold back of referrals what was protected since they were sent. Run by the clock; by hand at any time, and nothing twice."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from footprint.web.referrals.holding_back import hold_back_since


class Command(BaseCommand):
    help = (
        "Let the guardians know what is masked in referrals since a place was protected after they were sent."
    )

    def handle(self, **_options: Any) -> None:
        """Hold back what there is, and say how much it was."""
        self.stdout.write(f"{hold_back_since()} held back.")
