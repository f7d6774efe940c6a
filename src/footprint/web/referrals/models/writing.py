"""A referral while it is written and once it is sent: drafts, referrals, versions that only grow in number, who is in them.

The content is `footprint.referrals.referral.Referral` as JSON. A version is never changed. Of what follows from the steps
(`state`, `is_waiting`, when it is due) the referral keeps a copy, written in the step's own transaction by one service, so that
a queue of thousands is read from one index.
"""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from footprint.referrals.references import ALPHABET, LENGTH
from footprint.web.accounts.models import Membership, Partner, Partnership
from footprint.web.cases.models import Case, new_handle
from footprint.web.referrals.models.typed import Typed


def new_reference() -> str:
    """Return a name for a referral that tells nothing and can be read out over a radio."""
    return "R-" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_submission() -> str:
    """Return the key under which one form is sent, however often it is sent again."""
    return secrets.token_urlsafe(16)


class Draft(models.Model):
    """A form that is being filled in: saved at each step, its author's alone, and gone once it is sent.

    `submission` is made when the form is opened and goes with it: whatever is sent under it is one referral. `filled` says for
    each value that was taken from elsewhere from where it was taken.
    """

    id = models.CharField(primary_key=True, max_length=24, default=new_handle, editable=False)
    submission = models.CharField(max_length=40, unique=True, default=new_submission, editable=False)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="referral_drafts")
    case = models.ForeignKey(
        Case, on_delete=models.SET_NULL, related_name="referral_drafts", null=True, blank=True
    )
    adds_to = models.ForeignKey(
        "Referral", on_delete=models.CASCADE, related_name="drafts", null=True, blank=True
    )
    content = models.TextField()
    filled: models.JSONField[Any, Any] = models.JSONField(default=dict)
    begun_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        ordering: ClassVar = ["-saved_at"]


class Referral(models.Model):
    """A referral that was sent. `by` is empty where a file brought it, or the front door took it down for nobody who
    is a user here; `taken_by` says who did.

    `route` is empty for our own form, or one of `codes.ROUTES`. `partner` is the referring organisation, empty for the public.
    `author` is the name to show where `by` is empty.
    """

    id = models.CharField(primary_key=True, max_length=24, default=new_handle, editable=False)
    reference = models.CharField(max_length=20, unique=True, default=new_reference, editable=False)
    submission = models.CharField(max_length=80, unique=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="referrals")
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="referrals", null=True, blank=True
    )
    team = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="referrals", null=True, blank=True
    )
    taken_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="referrals_taken_down", null=True, blank=True
    )
    author: models.CharField[str, Typed] = models.CharField(max_length=200, blank=True)
    route = models.CharField(max_length=20, blank=True)
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, related_name="referrals", null=True, blank=True)
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)
    noticed_at = models.DateTimeField(null=True, blank=True)
    is_urgent = models.BooleanField(default=False)
    danger = models.PositiveSmallIntegerField(
        default=1, help_text="Where its answer on danger stands, as queueing.danger_rank says."
    )
    incident = models.CharField(max_length=60, blank=True, db_index=True)
    incident_key = models.CharField(
        max_length=200, blank=True, help_text="The incident without what people type otherwise."
    )
    sender_key = models.CharField(
        max_length=200,
        blank=True,
        help_text="The reference that the sender's own system gave it, without what people type otherwise.",
    )

    state = models.CharField(max_length=20, default="received")
    is_waiting = models.BooleanField(default=True)
    level = models.PositiveSmallIntegerField(
        default=0, help_text="Where its level stands in the local order."
    )
    received_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, blank=True, help_text="When a decision is due.")
    due_rule = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=30, blank=True)
    seen_by_supervisor_at = models.DateTimeField(null=True, blank=True)
    asked_for_more = models.BooleanField(default=False)
    graded_at = models.DateTimeField(
        null=True, blank=True, help_text="When its form was first graded; what is not waits for a grade."
    )
    gaps = models.PositiveSmallIntegerField(default=0)
    repeats = models.PositiveSmallIntegerField(
        default=0, help_text="Earlier referrals of one of these children within twelve months."
    )
    interest = models.BooleanField(
        default=False, help_text="Whether whoever sent it had declared that somebody in it is close to them."
    )

    class Meta:
        ordering: ClassVar = ["-sent_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["partnership", "is_waiting", "-is_urgent", "-danger", "-level", "received_at"],
                name="the_front_door_queue",
            ),
            models.Index(fields=["partner", "team", "-sent_at"], name="a_teams_referrals"),
            models.Index(
                fields=["partner", "team", "-is_urgent", "-sent_at"],
                condition=models.Q(seen_by_supervisor_at__isnull=True),
                name="what_no_supervisor_has_read",
            ),
            models.Index(fields=["partner", "-sent_at"], name="an_organisations_referrals"),
            models.Index(fields=["partnership", "state", "decided_at"], name="what_is_to_be_closed"),
            models.Index(fields=["partnership", "-sent_at"], name="a_partnerships_referrals"),
            *(
                # All that the count of them asks of: SQLite answers from an index alone only where each column is in it.
                models.Index(
                    fields=[within, "graded_at", "taken_by", "-sent_at", "id", "is_urgent", "by"],
                    condition=models.Q(graded_at__isnull=True, taken_by__isnull=True),
                    name=f"what_waits_in_a_{within}",
                )
                for within in ("partner", "partnership")
            ),
            models.Index(fields=["partnership", "incident_key", "-sent_at"], name="an_incidents_referrals"),
            models.Index(fields=["partnership", "sender_key", "-sent_at"], name="a_senders_reference"),
        ]

    def __str__(self) -> str:
        return self.reference


class Ended(models.Model):
    """That an imported form was kept its time: the SHA-256 of its key, so that no file brings it back."""

    key = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField(auto_now_add=True)


class Version(models.Model):
    """What a referral said when it was sent (1), and with each addition. Never changed.

    `filled` says of each value that was taken from elsewhere from where it was taken, as the draft did.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.TextField()
    filled: models.JSONField[Any, Any] = models.JSONField(default=dict)
    by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="referral_versions", null=True, blank=True
    )
    at = models.DateTimeField(default=timezone.now)
    submission = models.CharField(max_length=80, unique=True)
    receipt = models.CharField(
        max_length=40, blank=True, help_text="Empty while its ledger entry is still spooled."
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "number"], name="one_version_of_each_number")
        ]


class Subject(models.Model):
    """A child of a referral as it is found again: by the record that was chosen, a number, or name and birthday, folded."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="subjects")
    key = models.CharField(max_length=10)
    record = models.CharField(max_length=200, blank=True, db_index=True)
    nhs_number = models.CharField(max_length=10, blank=True, db_index=True)
    named = models.CharField(
        max_length=200, blank=True, db_index=True, help_text="Folded name and birthday, or nothing."
    )
    home = models.CharField(
        max_length=200, blank=True, db_index=True, help_text="Folded address: siblings, and repeats at it."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "key"], name="one_subject_of_each_key")
        ]


class Mention(models.Model):
    """By what a referral is found that somebody may be close to: a home to the flat, a name with a birth year. Of all versions.

    It says only which referrals to compare with what somebody declared: `closeness` tells.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="mentions")
    text = models.CharField(max_length=200, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "text"], name="one_mention_of_each_text")
        ]


class HeldSentence(models.Model):
    """A sentence that was held back for the guardian while the rest of the version went on."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="held")
    place = models.CharField(max_length=80, help_text="The field in which it stands.")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30)
    text = models.TextField()
    decided = models.CharField(max_length=10, blank=True, help_text="released or kept; empty while it waits.")
    decided_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="sentences_decided", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
