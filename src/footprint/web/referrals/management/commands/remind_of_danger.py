"""`python -m footprint.web remind_of_danger`: remind the front door of danger that was accepted and not decided in time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from footprint.web.referrals.danger import remind_of_late


class Command(BaseCommand):
    help = "Remind the front door of each referral of danger now that is accepted and late undecided, once."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{remind_of_late()} reminded of.")
