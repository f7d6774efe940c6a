"""`python -m footprint.web end_sessions`: signs one user out everywhere, or everybody."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from footprint.web.accounts.founding import by_command, partnership_from
from footprint.web.accounts.models import User
from footprint.web.accounts.sessions import end_everybodys, end_sessions


class Command(BaseCommand):
    """Ends sessions. Whoever may still come in signs in again."""

    help = "End the sessions of one user (--username), or of everybody."

    def add_arguments(self, parser: CommandParser) -> None:
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--username", default="", help="Whose sessions end.")
        whose.add_argument("--everybody", action="store_true", help="Sign everybody out.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many ended."""
        username = options["username"]
        user = User.objects.filter(username=username).first()
        if username and user is None:
            raise CommandError(f"There is no user '{username}'.")
        with transaction.atomic():
            by_command(partnership_from(settings.DATA), "sessions-ended", {"user": username or "everybody"})
        ended = end_sessions(user) if user else end_everybodys()
        self.stdout.write(f"{ended} session{'' if ended == 1 else 's'} ended.")
