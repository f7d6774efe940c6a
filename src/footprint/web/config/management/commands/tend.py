"""`python -m footprint.web tend`: run what goes by the clock, until stopped. `footprint serve` starts it beside the server."""

from __future__ import annotations

import contextlib
import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand

from footprint.web.config.tending import tend_for_ever


class Command(BaseCommand):
    """Runs the tasks of `tending.TASKS`."""

    help = "Deliver mails, evaluate subscriptions, look at use, have the ledger's heads cosigned; again and again."

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        with contextlib.suppress(KeyboardInterrupt):
            tend_for_ever()
