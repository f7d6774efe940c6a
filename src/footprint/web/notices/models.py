"""A notice to somebody, and the e-mail that goes with it. Both are written in the transaction of what they tell of."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q

from footprint.web.accounts.models import Membership, Partner

# Letters and figures that nobody mistakes for one another on the telephone.
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Return a name for a notice that tells nothing and is short enough to be read out."""
    return "N-" + "".join(secrets.choice(_ALPHABET) for _ in range(10))


LONGEST: Final = 600


class Notice(models.Model):
    """One sentence to one user in one role, read on the page after sign-in. `link` is a path on this site, or empty.

    `due_at` is until when somebody must have acted, where there is such a time; `typed_by` who typed words of it, if anybody did.
    """

    reference = models.CharField(max_length=20, unique=True, default=new_reference, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    sentence = models.CharField(max_length=LONGEST)
    typed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="notices_typed", null=True, blank=True
    )
    link = models.CharField(max_length=300, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]


class Reminded(models.Model):
    """That somebody was reminded of something: once for each key, which names what and at which stage."""

    key = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField()


class Mail(models.Model):
    """An e-mail that is owed: to whoever has the notice, or to a partner's lead. Its text is made when it is sent.

    The address is looked up then, too: nobody is written to where they no longer are. `said` is the mail server's code.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting to be sent"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        NOT_NEEDED = "not-needed", "not sent: the notice was read before"
        NO_ADDRESS = "no-address", "not sent: no e-mail address is known"
        GONE = "gone", "not sent: no longer in this role"
        REFUSED = "refused", "refused by the mail server"

    reference = models.CharField(max_length=20, unique=True, default=new_reference, editable=False)
    notice = models.OneToOneField(
        Notice, on_delete=models.CASCADE, related_name="mail", null=True, blank=True
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="mails", null=True, blank=True
    )
    state: models.CharField[Any, Any] = models.CharField(
        max_length=12, choices=State.choices, default=State.WAITING
    )
    made_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(auto_now_add=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    perhaps_twice = models.BooleanField(
        default=False, help_text="Whether a sender died between sending and saying so, and it was sent again."
    )
    said = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["due_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(notice__isnull=False, partner__isnull=True)
                | Q(notice__isnull=True, partner__isnull=False),
                name="mail_is_for_a_notice_or_for_a_partner",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"], name="mail_that_is_due")]
