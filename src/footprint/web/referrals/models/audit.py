"""The audit framework that police and social care agree on, samples drawn under it, marks, and what was learned from them."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models
from django.utils import timezone

from footprint.web.accounts.models import Membership, Partner, Partnership
from footprint.web.referrals.models.typed import Typed
from footprint.web.referrals.models.writing import Referral

#: The side of a marking that is none of a party: the referral unit's own grade, and what both sides agreed on.
UNIT: Final = "unit"
MODERATED: Final = "moderated"


class Framework(models.Model):
    """One version of the framework as its parties signed it: the whole document, and the day from which it holds."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="audit_frameworks")
    version = models.CharField(max_length=40)
    text = models.TextField()
    since = models.DateField()
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="frameworks_proposed")
    proposed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-since", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "version"], name="one_framework_of_each_version")
        ]


class Signature(models.Model):
    """That a party signed a version, by whom and when."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="signatures")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="framework_signatures")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="framework_signatures")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "partner"], name="each_party_signs_once")
        ]


class Sample(models.Model):
    """A draw: under which framework, from which month, with which seed. Anybody can draw it again from `pool`.

    `pool` is the sorted list of all that could be drawn, as JSON without authors, and `frame` the beginning of its SHA-256.
    """

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="samples")
    month = models.CharField(max_length=7)
    seed: models.CharField[str, Typed] = models.CharField(max_length=80)
    drawn_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="samples_drawn")
    drawn_at = models.DateTimeField(auto_now_add=True)
    candidates = models.PositiveIntegerField()
    frame = models.CharField(max_length=12)
    pool = models.TextField()

    class Meta:
        ordering: ClassVar = ["-month", "-pk"]


class DrawnReferral(models.Model):
    """A referral of a sample, and for which kinds it was drawn, joined with "+": at random, or for some of the targets."""

    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="drawn")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="drawn")
    kind = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sample", "referral"], name="a_referral_is_drawn_once")
        ]


class Assigned(models.Model):
    """Who marks a drawn referral for a side; empty while nobody of that side may."""

    drawn = models.ForeignKey(DrawnReferral, on_delete=models.CASCADE, related_name="assigned")
    side = models.CharField(max_length=60)
    marker = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="audits_assigned", null=True, blank=True
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["drawn", "side"], name="one_marker_of_each_side")
        ]


class Marking(models.Model):
    """Marks that one side, or both in moderation, gave a referral's form. Never changed; a later one stands beside it.

    `side` is a partner's code or "moderated" for an audit, and "unit" for the referral unit's own grade, which has no `drawn`.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="markings")
    drawn = models.ForeignKey(
        DrawnReferral, on_delete=models.CASCADE, related_name="markings", null=True, blank=True
    )
    side = models.CharField(max_length=60)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="markings")
    at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(help_text="The referral's version that was marked.")
    criteria = models.CharField(max_length=40, help_text="The version of the criteria.")
    scale = models.CharField(max_length=40)
    marks: models.JSONField[Any, Any] = models.JSONField()
    grade = models.CharField(max_length=40)
    points: models.JSONField[Any, Any] = models.JSONField(
        default=list, help_text="Up to three, for the author."
    )

    class Meta:
        ordering: ClassVar = ["pk"]


class Briefing(models.Model):
    """What was learned: a theme, the criterion that it is about, what was said to whom, and when it is looked at again."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="briefings")
    title: models.CharField[str, Typed] = models.CharField(max_length=120)
    criterion = models.CharField(max_length=10, blank=True)
    text: models.TextField[str, Typed] = models.TextField()
    given_on = models.DateField()
    again_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="briefings_given")

    class Meta:
        ordering: ClassVar = ["-given_on", "-pk"]


class Briefed(models.Model):
    """That somebody was briefed, and when: for counting by role, never to rank anybody."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="briefed")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="briefings")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["briefing", "membership"], name="briefed_once")
        ]
