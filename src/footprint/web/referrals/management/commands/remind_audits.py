"""`python -m footprint.web remind_audits`: remind markers of briefings whose theme is due to be audited again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from footprint.web.referrals.auditing.learning.reminding import remind


class Command(BaseCommand):
    help = (
        "Remind whoever marks for the parties of each briefing whose theme is due to be audited again, once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{remind()} reminded of.")
