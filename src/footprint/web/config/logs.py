"""Logs hold what happened, where and of which kind; never what somebody typed or is called.

An exception's message may quote a row or a form, so only its kind is logged, with the places that it passed.
"""

from __future__ import annotations

import logging
import traceback


class WithoutValues(logging.Filter):
    """Takes arguments and exception messages out of every line that others write; ours hold codes only."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass, without values."""
        if record.exc_info and record.exc_info[1] is not None:
            record.msg = f"{record.msg} [{_kind_and_places(record.exc_info[1])}]"
            record.exc_info = None
        if not record.name.startswith("footprint."):
            # The place-holders stay unfilled: «Not Found: %s» tells enough, and no address.
            record.args = None
        return True


def _kind_and_places(error: BaseException) -> str:
    places = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-4:]]
    return f"{type(error).__name__} at {' < '.join(reversed(places))}"
