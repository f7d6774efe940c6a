"""Good forms as examples for whoever writes: text from which everything personal was taken out."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from footprint.web.accounts.models import Membership, Partnership
from footprint.web.referrals.models.typed import Typed


class Example(models.Model):
    """What a good form says, as somebody read it and let it go. It names no referral, and nothing in it leads to one.

    `lines` are pairs of a label and a text. Of when it was offered the day alone is kept: an hour would lead to a page
    that was read.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="examples")
    criterion = models.CharField(max_length=10)
    lines: models.JSONField[Any, list[tuple[str, Typed]]] = models.JSONField()
    offered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="examples_offered")
    offered_on = models.DateField()
    withdrawn_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="examples_withdrawn", null=True, blank=True
    )
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["criterion", "pk"]
