"""How long there is to tell the ICO of a breach, by the day on which the time begins to run: a dated setting of the law."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from footprint.web.config.dated import figure_on


def due_after(known: dt.datetime) -> dt.datetime:
    """Return until when the ICO is to be told of what became known at this moment."""
    return known + dt.timedelta(hours=figure_on(timezone.localdate(known), "BREACH_HOURS"))
