"""The pages of the desk: the front door, the supervisor, the referral unit, the guardian."""

from footprint.web.referrals.desk.views import (
    examples,
    finding,
    grading,
    holding,
    no_referral,
    queue,
    team,
    unanswered,
)

__all__ = ["examples", "finding", "grading", "holding", "no_referral", "queue", "team", "unanswered"]
