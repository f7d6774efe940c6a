"""How often an incident was told otherwise, so that a month is counted anew only where something in it changed."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0009_footage")]

    operations = [
        migrations.AddField(
            "filmedincident",
            "revision",
            models.PositiveIntegerField(
                default=1, help_text="One more with each extract that told otherwise."
            ),
        ),
    ]
