"""Who typed the reason of an attempt, and not by which name alone: a namesake reads it masked."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0021_senders_folded")]

    operations = [
        migrations.AddField(
            "attempt",
            "by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="outbox_attempts",
                to="accounts.membership",
            ),
        )
    ]
