"""Days that count: working days and bank holidays of England. Knows no feed, no case and no clock of its own."""

from footprint.calendars.days import (
    LONDON,
    is_bank_holiday,
    is_working_day,
    next_working_day,
    working_days_after,
)

__all__ = ["LONDON", "is_bank_holiday", "is_working_day", "next_working_day", "working_days_after"]
