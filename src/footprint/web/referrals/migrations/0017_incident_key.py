"""An incident's reference as it is looked for, whoever typed it how: with an index of its own."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0016_examples")]

    operations = [
        migrations.AddField(
            "referral",
            "incident_key",
            models.CharField(
                blank=True,
                default="",
                help_text="The incident without what people type otherwise.",
                max_length=200,
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "referral",
            models.Index(fields=["partnership", "incident_key", "-sent_at"], name="an_incidents_referrals"),
        ),
    ]
