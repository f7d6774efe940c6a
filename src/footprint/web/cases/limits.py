"""What stops trawling and never a front door at work: how much somebody looked up lately, and whether they may go on.

A submission counts one, a whole family too; opening people counts one for each household of a case. Above a soft limit the
next submission asks why; at the hard one it is refused, with whom to ring, and the lead of their organisation is told. The
figures are the sharing agreement's.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from django.db import transaction
from django.utils import timezone

from footprint.answer import words
from footprint.sharing import Limits
from footprint.web.accounts.actor import Actor
from footprint.web.accounts.models import Membership
from footprint.web.cases.models import KnownPerson, LookUp, Stopped, Viewing
from footprint.web.cases.scope import Scope
from footprint.web.ledger.store import event, ledger
from footprint.web.notices.services import notify_leads

HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
_TELLS_THE_LEAD: Final = (
    "{name} made {count} look-ups within 24 hours and was stopped: nobody makes more. "
    "Review what they looked up and why."
)
