"""The addresses of referrals, one list for each kind of work."""

from __future__ import annotations

from footprint.web.referrals.auditing import urls as auditing
from footprint.web.referrals.desk import urls as desk
from footprint.web.referrals.footage import urls as footage
from footprint.web.referrals.outbox import urls as outbox
from footprint.web.referrals.writing import urls as writing

app_name = "referrals"
urlpatterns = [
    *writing.urlpatterns,
    *desk.urlpatterns,
    *outbox.urlpatterns,
    *auditing.urlpatterns,
    *footage.urlpatterns,
]
