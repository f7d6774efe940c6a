"""What leaves for other organisations' systems, each attempt, what came back, and decisions that come in.

A message is written in the transaction that caused it. Values and rules are `footprint.referrals.delivering` and `receiving`.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from footprint.web.accounts.models import Membership
from footprint.web.referrals.models.typed import Typed
from footprint.web.referrals.models.writing import Referral


class Outgoing(models.Model):
    """A message for one destination. `standing` and `due_at` are copies of what follows from its attempts."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="outgoing")
    destination = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20)
    created = models.DateTimeField()
    body = models.BinaryField()
    standing = models.CharField(max_length=20, default="waiting")
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    body_ended_at = models.DateTimeField(
        null=True, blank=True, help_text="When what it said was deleted here, some days after it arrived."
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["referral", "destination", "number"], name="one_message_of_each_number"
            )
        ]
        # Of a hundred thousand that arrived, none is read to find the few that did not.
        indexes: ClassVar = [
            models.Index(fields=["standing", "destination"], name="what_has_not_arrived"),
            models.Index(
                fields=["created"], condition=models.Q(body_ended_at__isnull=True), name="copies_with_a_body"
            ),
        ]


class Attempt(models.Model):
    """One attempt to deliver, or what a person did instead. Never changed.

    `by` is who typed its sentence, and no namesake. It is empty where the other system said it, or where nobody knows any more.
    """

    outgoing = models.ForeignKey(Outgoing, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    reference = models.CharField(max_length=80, blank=True)
    sentence: models.CharField[str, Typed] = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="outbox_attempts", null=True, blank=True
    )
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]


class RecordReference(models.Model):
    """By which reference another organisation's system knows a referral, since when."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="record_references")
    destination = models.CharField(max_length=60)
    reference: models.CharField[str, Typed] = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "destination"], name="one_reference_in_each_system")
        ]


class Incoming(models.Model):
    """A message that came in under a key: its fingerprint, what it said, and the receipt that was given. Never changed.

    `kind` is a decision or a closure; `how` is how that stands to those known then: taken, same, or conflict, of which a person
    is asked.
    """

    key = models.CharField(max_length=64)
    source = models.CharField(max_length=60)
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, related_name="incoming", null=True, blank=True
    )
    record = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, default="decision")
    fingerprint = models.CharField(max_length=64)
    receipt = models.BinaryField()
    body = models.BinaryField(default=b"")
    how = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "key"], name="one_effect_of_each_key")
        ]
