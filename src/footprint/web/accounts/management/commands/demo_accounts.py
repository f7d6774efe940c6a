"""`python -m footprint.web demo_accounts`: an account for each role in the invented borough, with one known password."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from footprint.web.accounts.demo.services import is_allowed, make_demo

_COLUMNS = ("username", "password", "role", "partner", "name")


class Command(BaseCommand):
    """Makes what is missing, and prints every account."""

    help = "Make an account for each role, with one known password. Only for an invented borough (FOOTPRINT_DEMO=1)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print JSON instead of a table.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the accounts."""
        if not is_allowed():
            raise CommandError(
                "These accounts have a password that everybody knows. Set FOOTPRINT_DEMO=1, over invented people only."
            )
        made = make_demo(settings.DATA)
        self.stdout.write(json.dumps(made, indent=2, ensure_ascii=False) if options["json"] else table(made))


def table(rows: list[dict[str, str]]) -> str:
    """Return the accounts as a table to read."""
    widths = {name: max(len(name), *(len(row[name]) for row in rows)) for name in _COLUMNS}
    lines = [dict(zip(_COLUMNS, _COLUMNS, strict=True)), *rows]
    return "\n".join("  ".join(row[name].ljust(widths[name]) for name in _COLUMNS).rstrip() for row in lines)
