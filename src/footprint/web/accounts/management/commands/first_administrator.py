"""`python -m footprint.web first_administrator`: makes the first administrator of an installation, and prints their link."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from footprint.web.accounts.founding import AlreadyAdministered, make_first_administrator


class Command(BaseCommand):
    """Makes the partnership, its partners and one administrator, who makes everybody else on the page."""

    help = "Make the first administrator, and print the link by which they set a password: for one use, within a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", default="administrator", help="What they sign in with.")
        parser.add_argument("--name", required=True, help="Their name, as it stands in the ledger.")
        parser.add_argument("--email", default="", help="Their e-mail address.")
        parser.add_argument(
            "--again", action="store_true", help="Print a new link for the same, where the first is over."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the link."""
        try:
            token = make_first_administrator(
                settings.DATA,
                username=options["username"],
                name=options["name"],
                email=options["email"],
                again=options["again"],
            )
        except AlreadyAdministered as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{settings.SITE}{reverse('accounts:follow_link', args=[token])}")
