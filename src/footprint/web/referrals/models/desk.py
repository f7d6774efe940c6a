"""What was done with a referral, step by step, and what went back to its author. Neither is ever changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from footprint.web.accounts.models import Membership
from footprint.web.referrals.models.typed import Typed
from footprint.web.referrals.models.writing import Referral


class Step(models.Model):
    """One row of a referral's history: `footprint.referrals.states.Step`. `by` is empty for a record system."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=20)
    part = models.CharField(max_length=20)
    by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="referral_steps", null=True, blank=True
    )
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    words: models.TextField[str, Typed] = models.TextField(blank=True)
    seen = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["pk"]


class Feedback(models.Model):
    """What the author is told: receipt, decision, grade, what is asked for, what happened next; and that they read it."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="feedback")
    kind = models.CharField(max_length=20)
    by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="feedback_given", null=True, blank=True
    )
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    words: models.TextField[str, Typed] = models.TextField(blank=True)
    points: models.JSONField[Any, list[Typed]] = models.JSONField(default=list)
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name_plural = "feedback"
        indexes: ClassVar = [
            # What nobody acknowledged is little beside all that was ever answered.
            models.Index(
                fields=["at"],
                condition=models.Q(acknowledged_at__isnull=True),
                name="answers_not_acknowledged",
            )
        ]
