"""Who may reach the audit: auditors its pages, whoever marks for a party its work, overseers the measures alone.

Whether somebody marks for a party, and which figures they see as they are, is told by the framework: `framework.queries`.
"""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import Access, holding

_AUDITS: Final = holding("audit-referrals")
_MARKS: Final = holding("grade-referrals")
_WRITES: Final = holding("refer")
_MEASURES: Final = holding("audit-referrals", "oversee", "supervise-referrals")

ACCESS: Final[dict[str, Access]] = {
    "referrals:audit": Access(_AUDITS),
    "referrals:audit_print": Access(_AUDITS),
    "referrals:audit_pdf": Access(_AUDITS),
    "referrals:audit_csv": Access(_AUDITS),
    "referrals:audit_framework": Access(_AUDITS),
    "referrals:audit_propose": Access(_MARKS, _MARKS),
    "referrals:audit_version": Access(_AUDITS, _MARKS),
    "referrals:audit_draw": Access(_MARKS, _MARKS),
    "referrals:audit_sample": Access(_AUDITS),
    "referrals:audit_pool": Access(_MARKS),
    "referrals:audit_mine": Access(_MARKS),
    "referrals:audit_mark": Access(_MARKS, _MARKS),
    "referrals:audit_take": Access(None, _MARKS),
    "referrals:audit_moderate": Access(_MARKS, _MARKS),
    "referrals:audit_agreement": Access(_AUDITS),
    "referrals:audit_themes": Access(_AUDITS),
    "referrals:audit_brief": Access(_MARKS, _MARKS),
    "referrals:briefings": Access(_WRITES),
    "referrals:briefing_had": Access(None, _WRITES),
    "referrals:measures": Access(_MEASURES),
    "referrals:measures_csv": Access(_MEASURES),
}
