"""Subscriptions: whose, in which case, about whom by id alone, until when, and what was seen of them last, as digests."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from footprint.web.accounts.models import Membership
from footprint.web.cases.models import Case, new_handle


class Subscription(models.Model):
    """That somebody wants to be told. `called` is how they call the child, in their own words, and only they read it.

    `seen` is what they saw last, as `answer.seen` keeps it; `watched` the snapshot that was last compared with it.
    """

    class Ended(models.TextChoices):
        BY_USER = "by-user", "You ended it"
        EXPIRED = "expired", "Its time was up"
        CASE_CLOSED = "case-closed", "The case was closed"
        NOT_IN_ROLE = "not-in-role", "You no longer have the role"
        GROWN = "grown", "They are 18 now"
        # A death is for the footprint to tell, not for a list.
        WITH_CARE = "with-care", "Open the footprint before you contact the family"

    id = models.CharField(primary_key=True, max_length=24, default=new_handle, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="subscriptions")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="subscriptions")
    person_id = models.CharField(max_length=40)
    called = models.CharField(max_length=60, blank=True)
    seen: models.JSONField[Any, Any] = models.JSONField()
    started_at = models.DateTimeField(auto_now_add=True)
    expires = models.DateField(db_index=True)
    reminded = models.BooleanField(
        default=False, help_text="Whether they were told that its time is nearly up."
    )
    watched = models.CharField(max_length=60, blank=True)
    news_at = models.DateTimeField(null=True, blank=True, help_text="When there was something new last.")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended: models.CharField[Any, Any] = models.CharField(max_length=12, choices=Ended.choices, blank=True)

    class Meta:
        ordering: ClassVar = ["expires", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended="") | (Q(ended_at__isnull=False) & ~Q(ended="")),
                name="a_subscription_that_ended_says_when_and_why",
            ),
            models.UniqueConstraint(
                fields=["membership", "case", "person_id"],
                condition=Q(ended_at__isnull=True),
                name="one_subscription_to_a_person_in_a_case",
            ),
        ]
