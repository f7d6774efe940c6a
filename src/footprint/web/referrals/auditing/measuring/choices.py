"""What a partnership has chosen to measure."""

from __future__ import annotations

import logging
from typing import Final

from django.conf import settings

from footprint.referrals.measures import Measuring, measuring_of, packaged_measuring
from footprint.referrals.reading import ChoiceError

log: Final = logging.getLogger(__name__)


def choices() -> Measuring:
    """Return the partnership's choices; ours, where its file cannot be read."""
    try:
        return measuring_of(settings.DATA)
    except ChoiceError:
        log.exception("What is measured cannot be read; our choices are used.")
        return packaged_measuring()
