"""`python -m footprint.web sample_referrals`: invented referrals in the invented borough, sent, decided, graded and audited."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from footprint.web.accounts.demo.services import is_allowed
from footprint.web.referrals.desk.sample.services import (
    NobodyActs,
    make_audited,
    make_filmed,
    make_many,
    make_sample,
)


class Command(BaseCommand):
    """Makes them once, and says how many there are."""

    help = "Make invented referrals. Only for an invented borough (FOOTPRINT_DEMO=1)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--count", type=int, default=60, help="How many, sent and decided by the real way."
        )
        parser.add_argument("--bulk", type=int, default=0, help="So many more as rows alone, for measuring.")
        parser.add_argument("--seed", type=int, default=1, help="Another seed, other referrals.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them."""
        if not is_allowed():
            raise CommandError(
                "Invented referrals would stand among real ones. Set FOOTPRINT_DEMO=1, over invented people only."
            )
        try:
            there = make_sample(options["count"], options["seed"])
            if options["bulk"]:
                there += make_many(options["bulk"], options["seed"])
            drawn = make_audited(options["seed"])
            filmed = make_filmed(options["seed"])
        except NobodyActs as error:
            raise CommandError(str(error)) from error
        said = f", {drawn:,} of them audited" if drawn else ""
        said += f", {filmed:,} incidents with their footage" if filmed else ""
        self.stdout.write(f"{there:,} referrals{said}")
