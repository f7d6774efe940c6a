"""What comes in from other systems is a decision or what happened next; and what is decided and not closed has an index."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0014_unread_by_supervisors")]

    operations = [
        migrations.AddField(
            model_name="incoming",
            name="kind",
            field=models.CharField(default="decision", max_length=20),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                fields=["partnership", "state", "decided_at"],
                name="what_is_to_be_closed",
            ),
        ),
    ]
