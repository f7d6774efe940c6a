"""By what somebody may be close to a referral, that its author is, and since when a copy's body is no longer kept."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0006_desk_danger")]

    operations = [
        migrations.AddField(
            "referral",
            "interest",
            models.BooleanField(
                default=False,
                help_text="Whether whoever sent it had declared that somebody in it is close to them.",
            ),
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(db_index=True, max_length=200)),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="referrals.referral",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "mention",
            models.UniqueConstraint(fields=("referral", "text"), name="one_mention_of_each_text"),
        ),
        migrations.AddField(
            "outgoing",
            "body_ended_at",
            models.DateTimeField(
                blank=True,
                null=True,
                help_text="When what it said was deleted here, some days after it arrived.",
            ),
        ),
        migrations.AddIndex(
            "outgoing",
            models.Index(
                condition=models.Q(("body_ended_at__isnull", True)),
                fields=["created"],
                name="copies_with_a_body",
            ),
        ),
    ]
