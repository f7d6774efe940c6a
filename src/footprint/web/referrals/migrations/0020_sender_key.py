"""The reference of the sender's own system as it is looked for, whoever typed it how: with an index of its own."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0019_danger_not_answered")]

    operations = [
        migrations.AddField(
            "referral",
            "sender_key",
            models.CharField(
                blank=True,
                default="",
                help_text="The reference that the sender's own system gave it, without what people type otherwise.",
                max_length=200,
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "referral",
            models.Index(fields=["partnership", "sender_key", "-sent_at"], name="a_senders_reference"),
        ),
    ]
