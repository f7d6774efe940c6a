"""What a force's files said of incidents and recordings, what supervisors found in them, and which incidents need no referral.

Of a recording there is a reference with times and flags, never a picture; of an officer nothing.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from footprint.web.accounts.models import Membership, Partner
from footprint.web.referrals.models.typed import Typed


class FootageFile(models.Model):
    """A file that was taken: by which contract, from which system, when its newest extract was made, and what was in it."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="footage_files")
    contract = models.CharField(max_length=60)
    system = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    made = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    late_at = models.DateTimeField(help_text="When a newer one should have come.")
    lines = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    corrected = models.PositiveIntegerField()
    outside = models.PositiveIntegerField()
    faults: models.JSONField[Any, Any] = models.JSONField(
        default=list, help_text="Line, column and what is wrong: never what stood there."
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["partner", "contract", "made"], name="extracts_of_one_system")
        ]


class FilmedIncident(models.Model):
    """An incident as files told it: `footprint.referrals.filmed.Filmed` as JSON, and copies of what lists ask for."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="filmed_incidents")
    key = models.CharField(max_length=200, help_text="The reference without what people type otherwise.")
    kind = models.CharField(max_length=40)
    team = models.CharField(max_length=120)
    at = models.DateTimeField()
    made = models.DateTimeField(help_text="When the latest extract that named it was made.")
    content = models.TextField()
    revision = models.PositiveIntegerField(
        default=1, help_text="One more with each extract that told otherwise."
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "key"], name="one_filmed_incident_of_each_reference")
        ]
        indexes: ClassVar = [
            models.Index(fields=["partner", "at"], name="filmed_incidents_by_day"),
            models.Index(fields=["partner", "team", "at"], name="a_teams_filmed_incidents"),
        ]


class Dip(models.Model):
    """That a supervisor looked into a recording, and what was found; or why it was not for them. Never changed."""

    filmed = models.ForeignKey(FilmedIncident, on_delete=models.PROTECT, related_name="dips")
    asset = models.CharField(max_length=60)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="dips")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10)
    child_heard = models.CharField(max_length=10, blank=True)
    prompt_used = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(outcome="looked") & ~Q(child_heard="") & ~Q(prompt_used=""))
                | (~Q(outcome="looked") & Q(child_heard="", prompt_used="")),
                name="what_was_found_where_somebody_looked",
            )
        ]


class NoReferral(models.Model):
    """That somebody ruled that an incident needs no referral, and why; and that it was taken back."""

    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="incidents_without_referral")
    key = models.CharField(max_length=200, help_text="The reference without what people type otherwise.")
    reference = models.CharField(max_length=200)
    reason = models.CharField(max_length=20)
    words: models.CharField[str, Typed] = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="no_referral")
    at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="no_referral_undone", null=True, blank=True
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partner", "key"], condition=Q(undone_at__isnull=True), name="ruled_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="undone_by_somebody_at_some_time",
            ),
        ]
