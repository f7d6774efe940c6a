"""What is kept of referrals: writing and sending, the front door's steps, what leaves the house, audits, and footage."""

from footprint.web.referrals.models.audit import (
    Assigned,
    Briefed,
    Briefing,
    DrawnReferral,
    Framework,
    Marking,
    Sample,
    Signature,
)
from footprint.web.referrals.models.desk import Feedback, Step
from footprint.web.referrals.models.examples import Example
from footprint.web.referrals.models.footage import Dip, FilmedIncident, FootageFile, NoReferral
from footprint.web.referrals.models.outbox import Attempt, Incoming, Outgoing, RecordReference
from footprint.web.referrals.models.writing import (
    Draft,
    Ended,
    HeldSentence,
    Mention,
    Referral,
    Subject,
    Version,
)

__all__ = [
    "Assigned",
    "Attempt",
    "Briefed",
    "Briefing",
    "Dip",
    "Draft",
    "DrawnReferral",
    "Ended",
    "Example",
    "Feedback",
    "FilmedIncident",
    "FootageFile",
    "Framework",
    "HeldSentence",
    "Incoming",
    "Marking",
    "Mention",
    "NoReferral",
    "Outgoing",
    "RecordReference",
    "Referral",
    "Sample",
    "Signature",
    "Step",
    "Subject",
    "Version",
]
