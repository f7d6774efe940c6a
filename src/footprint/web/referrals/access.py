"""Who may reach which page of referrals, one table for each kind of work."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import Access
from footprint.web.referrals.auditing import access as auditing
from footprint.web.referrals.desk import access as desk
from footprint.web.referrals.footage import access as footage
from footprint.web.referrals.outbox import access as outbox
from footprint.web.referrals.writing import access as writing

ACCESS: Final[dict[str, Access]] = {
    **writing.ACCESS,
    **desk.ACCESS,
    **outbox.ACCESS,
    **auditing.ACCESS,
    **footage.ACCESS,
}
