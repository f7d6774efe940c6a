"""Duty numbers that somebody said are wrong: whose and when, and when it was found that one is right. Never who said so."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from footprint.web.accounts.models import Partnership


class WrongNumber(models.Model):
    """That a partner's number was said to be wrong. It marks the number for every reader until somebody finds it right.

    `partner` is the partner's code, or "hub". A number that the partner changes stands on no page any more, and its mark neither.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="wrong_numbers")
    partner = models.CharField(max_length=60)
    number = models.CharField(max_length=30)
    said_at = models.DateTimeField()
    right_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-said_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partnership", "partner", "number"],
                condition=Q(right_at__isnull=True),
                name="a_number_is_said_to_be_wrong_once",
            ),
        ]
