"""The pages of the desk: the front door, the supervisor, the referral unit, the guardian."""

from footprint.web.referrals.desk.views import queue

__all__ = ["queue"]
