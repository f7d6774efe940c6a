"""Disputes, the records they are about, whoever was told, and breaches. Where each stands is its newest step, never a column.

A reason is what somebody typed, and stands here and, sealed, in the ledger. No name of whom a dispute is about is kept.
"""

from __future__ import annotations

import secrets
from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q

from footprint.web.accounts.models import Membership, Partnership
from footprint.web.cases.models import Case, Viewing, new_handle
from footprint.web.identity.states import BreachStep, Said, State

_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LONGEST_REASON: Final = 300


def new_reference() -> str:
    """Return a name for a dispute that tells nothing and can be read out."""
    return "D-" + "".join(secrets.choice(_ALPHABET) for _ in range(7))


def new_breach_reference() -> str:
    """Return a name for a breach that tells nothing and can be read out."""
    return "B-" + "".join(secrets.choice(_ALPHABET) for _ in range(7))


class Dispute(models.Model):
    """That somebody says that one person is two, or that two are one. `by` and `case` are theirs."""

    id = models.CharField(primary_key=True, max_length=24, default=new_handle, editable=False)
    reference = models.CharField(max_length=20, unique=True, default=new_reference, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="disputes")
    said: models.CharField[Any, Any] = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in Said]
    )
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="disputes")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, related_name="disputes", null=True, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON)
    opened_at = models.DateTimeField(auto_now_add=True, db_index=True)
    about_a_child = models.BooleanField(help_text="Whether either side is under 18: those come first.")

    class Meta:
        ordering: ClassVar = ["-about_a_child", "opened_at", "pk"]


class DisputedRecord(models.Model):
    """A record of one side: 1 or 2; a higher number for one that a split leaves on neither."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="records")
    side = models.PositiveSmallIntegerField()
    record = models.CharField(max_length=200, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dispute", "record"], name="a_disputed_record_is_on_one_side")
        ]


class Step(models.Model):
    """One move of a dispute, never changed: who, when, why, and the rulings that it made and took back."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="steps")
    state: models.CharField[Any, Any] = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in State]
    )
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="dispute_steps")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=LONGEST_REASON)
    made = models.CharField(max_length=40, blank=True, help_text="The ruling that this made, by its id.")
    took_back = models.CharField(
        max_length=40, blank=True, help_text="The ruling that this took back, by its id."
    )

    class Meta:
        ordering: ClassVar = ["pk"]


class Voice(models.Model):
    """That somebody says what a dispute says. There are none until a second one says so; from then on the opener has one too.

    Each may be taken back by whoever said it: the dispute goes on as long as one stands.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="voices")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_because = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dispute", "by"], name="somebody_says_it_once_of_a_dispute"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_because="")
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_because="")),
                name="a_doubt_taken_back_says_when_and_why",
            ),
        ]


class Told(models.Model):
    """That a user was told of a dispute, for one of their cases: the one who opened it, and whoever was shown the link."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="told")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="told_of_disputes")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    case_reference = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["dispute", "membership", "case_reference"], name="told_of_a_dispute_once_for_a_case"
            )
        ]


class Breach(models.Model):
    """A link that was ruled wrong and had been shown. `due_at` is until when the ICO is to be told, if it is to be."""

    id = models.CharField(primary_key=True, max_length=24, default=new_handle, editable=False)
    reference = models.CharField(max_length=20, unique=True, default=new_breach_reference, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="breaches")
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="breaches")
    known_at = models.DateTimeField(help_text="When it was ruled that the link was wrong.")
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["-known_at", "pk"]


class BreachShown(models.Model):
    """That somebody was shown the wrong link, copied when the breach was opened: references, never whom it was about."""

    breach = models.ForeignKey(Breach, on_delete=models.CASCADE, related_name="shown")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=Viewing.how.field.choices)
    case_reference = models.CharField(max_length=100)
    receipt = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar = ["at", "pk"]


class BreachStepTaken(models.Model):
    """One step of a breach, never changed. `by` is None for what came by itself."""

    breach = models.ForeignKey(Breach, on_delete=models.CASCADE, related_name="steps")
    step: models.CharField[Any, Any] = models.CharField(
        max_length=20, choices=[(one.value, one.value) for one in BreachStep]
    )
    by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="breach_steps", null=True, blank=True
    )
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
