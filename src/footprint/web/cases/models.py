"""A case, the look-ups made in it, and who was shown whom: kept so that a wrong link can be told to everybody who saw it.

No answer is stored: an answer is made anew from what partners say now. What was shown is remembered by ids and digests.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils import timezone

from footprint.web.accounts.models import Membership, Partnership

#: How the ledger names a case that has no reference: this and its handle.
WITHOUT: Final = "no-reference:"


def new_handle() -> str:
    """Return a name for a URL that tells nothing and cannot be guessed: 128 bits."""
    return secrets.token_urlsafe(16)


class Case(models.Model):
    """Why a user asks: purpose, reference and whom it concerns. Every look-up happens inside one."""

    id = models.CharField(primary_key=True, max_length=24, default=new_handle, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="cases")
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField(auto_now_add=True)
    purpose = models.CharField(max_length=40)
    reference = models.CharField(max_length=60, blank=True)
    reference_due = models.DateTimeField(
        null=True, blank=True, help_text="Until when the reference is to be completed."
    )
    concerns = models.CharField(max_length=200, help_text="Whom it concerns, as its opener calls them.")
    told = models.BooleanField(
        default=False,
        help_text="Whether whom it concerns came from elsewhere, and its opener typed none of it.",
    )
    used_at = models.DateTimeField(default=timezone.now, help_text="When somebody last asked in it.")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-opened_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reference="") | Q(reference_due__isnull=False),
                name="case_has_a_reference_or_a_day_for_it",
            )
        ]

    def __str__(self) -> str:
        return self.entry_reference

    @property
    def entry_reference(self) -> str:
        """The case as the ledger names it: its reference, or until it has one, its own handle."""
        return self.reference or f"{WITHOUT}{self.id}"

    def is_overdue(self, now: dt.datetime) -> bool:
        """Say whether the reference should have been completed by now."""
        return not self.reference and self.reference_due is not None and self.reference_due < now


class LookUp(models.Model):
    """One submission: a person, an address, or a whole family. `terms` is what was typed, to ask again and to correct."""

    id = models.CharField(primary_key=True, max_length=24, default=new_handle, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="look_ups")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="look_ups")
    kind = models.CharField(
        max_length=10, choices=[("person", "person"), ("address", "address"), ("family", "family")]
    )
    terms: models.JSONField[Any, Any] = models.JSONField()
    told = models.BooleanField(
        default=False,
        help_text="Whether what was asked came from elsewhere, and whoever asked typed none of it.",
    )
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    reason = models.CharField(
        max_length=300, blank=True, help_text="Why so many, where the soft limit asked."
    )

    class Meta:
        ordering: ClassVar = ["-at"]


class KnownPerson(models.Model):
    """A person who was shown in a case, under a handle of this case's own: no other case's URL leads to them.

    `household` is the same for people shown as of one home, so that opening a whole family counts once. It tells nothing.
    """

    handle = models.CharField(primary_key=True, max_length=24, default=new_handle, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="people")
    person_id = models.CharField(max_length=40)
    household = models.CharField(max_length=40, blank=True)
    first_shown = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "person_id"], name="one_handle_for_a_person_in_a_case")
        ]


class Viewing(models.Model):
    """That a user was shown a person: listed among others, or opened; with the receipt, and what of it was seen, as digests."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="viewings")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="viewings")
    person_id = models.CharField(max_length=40, db_index=True)
    how = models.CharField(
        max_length=10,
        choices=[
            ("listed", "listed"),
            ("opened", "opened"),
            ("printed", "printed"),
            ("household", "household"),
        ],
    )
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    snapshot = models.CharField(max_length=60)
    receipt = models.CharField(max_length=60)
    seen: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]


class ShownRecord(models.Model):
    """That a viewing showed a record as part of its person: how a wrong link finds everybody who was told of it."""

    viewing = models.ForeignKey(Viewing, on_delete=models.CASCADE, related_name="records")
    record = models.CharField(max_length=200, db_index=True)


class UsedLink(models.Model):
    """That a signed link from another system was followed: it leads nowhere a second time. Kept until it would expire."""

    system = models.CharField(max_length=60)
    nonce = models.CharField(max_length=100)
    expires = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["system", "nonce"], name="a_link_is_followed_once")
        ]


class Stopped(models.Model):
    """That somebody reached the most that anybody may look up in a day: their lead is told once for each."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="stopped")
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["membership", "day"], name="told_once_a_day_that_somebody_was_stopped"
            )
        ]
