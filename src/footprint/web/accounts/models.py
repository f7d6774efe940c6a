"""Who may sign in, for which partner of which partnership, in which role, and what they declared about themselves."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class Partnership(models.Model):
    """The partners of one area and the agreements between them. Its id stands in every ledger entry."""

    id = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Partner(models.Model):
    """An organisation in a partnership, by the id under which its feeds deliver."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="partners")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=60)
    lead_email = models.EmailField(
        blank=True, help_text="Who is told of break-glass and wrong links, for this partner."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "code"], name="one_partner_of_each_code")
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users. There is no superuser: nobody may do everything."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """Make a user who signs in with this password, or without one only through a partner's own identity provider."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser):
    """A person who signs in. What they may do is in their memberships."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(auto_now_add=True)
    declared_at = models.DateTimeField(
        null=True, blank=True, help_text="When they last declared relatives and home."
    )

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Membership(models.Model):
    """That a user works for a partner in a role, from one day to another. Ended, never deleted."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40)
    team = models.CharField(max_length=120, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True, help_text="The last day on which it holds.")
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was ended at once: from then on it holds no more."
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="membership_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.role} at {self.partner}"


class DeclaredAddress(models.Model):
    """A user's own home, now or before: whoever lives there is not theirs to look up."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="declared_addresses")
    text = models.CharField(max_length=300)
    postcode = models.CharField(max_length=10)
    is_now = models.BooleanField(
        default=True, help_text="Where they live; otherwise where they lived before."
    )
    declared = models.DateTimeField(auto_now_add=True)
    withdrawn = models.DateTimeField(
        null=True, blank=True, help_text="When they took it back; it blocks for a year more."
    )


class DeclaredRelative(models.Model):
    """Somebody close to a user: not theirs to look up."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="declared_relatives")
    name = models.CharField(max_length=200)
    born = models.CharField(max_length=40, blank=True, help_text="A date or a year, as people write it.")
    relation = models.CharField(max_length=60)
    declared = models.DateTimeField(auto_now_add=True)
    withdrawn = models.DateTimeField(
        null=True, blank=True, help_text="When they took it back; it blocks for a year more."
    )


class OutsideIdentity(models.Model):
    """That a partner's identity provider knows a user under a subject, which it gives to nobody else."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="outside_identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    bound = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_user_for_a_subject"),
            models.UniqueConstraint(fields=["user", "issuer"], name="one_subject_of_a_user_at_an_issuer"),
        ]
