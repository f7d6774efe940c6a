"""`python -m footprint.web remind`: remind the leads of breaches whose clock runs out or has run out."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from footprint.web.config.dated import FigureNotUnderstood
from footprint.web.identity.reminding import remind


class Command(BaseCommand):
    help = "Remind the leads of breaches whose clock runs out or has run out, once at each stage."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(f"{remind()} reminded of.")
        except FigureNotUnderstood as error:
            raise CommandError(str(error)) from error
