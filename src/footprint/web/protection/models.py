"""What protection must remember: glass that was broken, requests to guardians, who is watched over, and what use was seen.

People stand here by their ids, which tell nothing, or as keyed digests. No row holds an address, a name or a birthday; what
somebody wrote as a reason is theirs to keep free of them, and every form says so.
"""

from __future__ import annotations

import secrets
from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q

from footprint.web.accounts.models import Membership, Partnership, User
from footprint.web.cases.models import Case

# Letters and figures that nobody mistakes for one another on the telephone.
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def _reference(letter: str) -> str:
    return f"{letter}-" + "".join(secrets.choice(_ALPHABET) for _ in range(8))


def glass_reference() -> str:
    """Return a name for one use of break-glass."""
    return _reference("G")


def request_reference() -> str:
    """Return a name for a request to the guardians."""
    return _reference("R")


def list_reference() -> str:
    """Return a name for an entry of the list of those who are watched over."""
    return _reference("L")


def observation_reference() -> str:
    """Return a name for something that was seen of use: it is an alert's, where it becomes one."""
    return _reference("A")


class BreakGlass(models.Model):
    """That a user looked at one person where the agreement does not reach, for a quarter of an hour; and what a reviewer said."""

    class Outcome(models.TextChoices):
        NEEDED = "needed", "It was needed"
        NOT_NEEDED = "not-needed", "It was not needed, in good faith"
        MISUSE = "misuse", "It was misuse"

    reference = models.CharField(max_length=12, unique=True, default=glass_reference, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="broken_glass")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, related_name="broken_glass")
    case_reference = models.CharField(max_length=60)
    purpose = models.CharField(max_length=40)
    person_id = models.CharField(max_length=40)
    reason = models.CharField(max_length=1000)
    own_household = models.BooleanField(help_text="Whether the user had declared a connection.")
    receipt = models.CharField(max_length=60)
    opened_at = models.DateTimeField(db_index=True)
    until = models.DateTimeField()
    review_due = models.DateField()
    reviewed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="reviewed_glass"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    outcome: models.CharField[Any, Any] = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    finding = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar = ["-opened_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True, outcome="", finding="")
                | (Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(outcome="") & ~Q(finding="")),
                name="glass_is_reviewed_whole_or_not",
            )
        ]


class GuardianRequest(models.Model):
    """What somebody asks of the guardians. `person_id` or `decision` says about whom or what; `text` is what was asked, or why.

    A lift is asked for by a guardian, who is the first of the two; everything else by whoever has a case.
    """

    class Kind(models.TextChoices):
        OVERRIDE = "override", "Look behind a shield, once"
        QUESTION = "question", "Pass on a question"
        SHIELD = "shield", "Shield a person"
        LIFT = "lift", "Lift a shield"

    class State(models.TextChoices):
        OPEN = "open", "waiting"
        GRANTED = "granted", "granted"
        REFUSED = "refused", "refused"
        USED = "used", "used"
        DONE = "done", "done"

    reference = models.CharField(max_length=12, unique=True, default=request_reference, editable=False)
    kind: models.CharField[Any, Any] = models.CharField(max_length=10, choices=Kind.choices)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="guardian_requests")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    case_reference = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=40, blank=True)
    person_id = models.CharField(max_length=40, blank=True)
    decision = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=1000)
    asked_at = models.DateTimeField(db_index=True)
    state: models.CharField[Any, Any] = models.CharField(
        max_length=8, choices=State.choices, default=State.OPEN
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]


class GuardianVerdict(models.Model):
    """What one guardian said to a request, and why. Each says it once."""

    request = models.ForeignKey(GuardianRequest, on_delete=models.CASCADE, related_name="verdicts")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    grants = models.BooleanField()
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "user"], name="a_guardian_says_it_once")
        ]


class ShieldReview(models.Model):
    """That a guardian looked at a shield again and left it as it is."""

    decision = models.CharField(max_length=40, db_index=True)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=1000)


class ListEntry(models.Model):
    """Somebody, everybody of a name, or everybody at an address, who is watched over until a day. Whom it is about, only its
    digests say, and only to a look-up that shows them. `why` is the reference of an incident, or why in a few words.
    """

    class Sort(models.TextChoices):
        PERSON = "person", "A person, by their id"
        NAMED = "named", "A person, by name and birthday"
        NAME = "name", "Everybody of a name"
        ADDRESS = "address", "Everybody at an address"

    reference = models.CharField(max_length=12, unique=True, default=list_reference, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    sort: models.CharField[Any, Any] = models.CharField(max_length=8, choices=Sort.choices)
    why = models.CharField(max_length=200)
    raised_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    ends = models.DateField(help_text="The last day on which it holds, unless somebody ends it before.")
    ended_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-raised_at", "-pk"]


class ListDigest(models.Model):
    """One keyed digest by which an entry is recognised."""

    entry = models.ForeignKey(ListEntry, on_delete=models.CASCADE, related_name="digests")
    digest = models.CharField(max_length=32, db_index=True)


class Observation(models.Model):
    """What was seen of one look-up, one day or some weeks of a user. One is written for every look-up, an alert or not: what is
    done is the same, and takes as long.

    `signs` are codes with points, `receipts` of the entries that they are about, `people` digests of the people opened,
    `streets` pairs of a street's digest and a person's, `weightiest` the digest of whom the score is about.
    """

    class Span(models.TextChoices):
        LOOK_UP = "look-up", "One look-up"
        DAY = "day", "One day"
        USER = "user", "Several weeks"

    class Outcome(models.TextChoices):
        EXPLAINED = "explained", "It belonged to their work"
        MISTAKEN = "mistaken", "The rule was mistaken"
        REMINDED = "reminded", "They were reminded of the rules"
        MISUSE = "misuse", "It was misuse, and was passed on"

    reference = models.CharField(max_length=12, unique=True, default=observation_reference, editable=False)
    span: models.CharField[Any, Any] = models.CharField(max_length=8, choices=Span.choices)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="observations")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="observations")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    case_reference = models.CharField(max_length=60, blank=True)
    has_reference = models.BooleanField(default=True)
    is_submission = models.BooleanField(default=False)
    action = models.CharField(max_length=40)
    at = models.DateTimeField(db_index=True)
    day = models.DateField(db_index=True)
    score = models.FloatField()
    signs: models.JSONField[Any, Any] = models.JSONField()
    receipts: models.JSONField[Any, Any] = models.JSONField()
    people: models.JSONField[Any, Any] = models.JSONField(default=list)
    streets: models.JSONField[Any, Any] = models.JSONField(default=list)
    weightiest = models.CharField(max_length=32, blank=True)
    is_alert = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True, blank=True)
    reviewer = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="alerts_to_review"
    )
    outcome: models.CharField[Any, Any] = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    finding = models.CharField(max_length=1000, blank=True)
    closed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["user", "day"], name="observation_of_a_day"),
            models.Index(fields=["is_alert", "closed_at"], name="alert_that_waits"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "day"], condition=Q(span="day"), name="one_alert_of_a_day_of_a_user"
            )
        ]
