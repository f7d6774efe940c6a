"""That an imported form was kept its time, so that no file brings it back."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0026_graded_before")]

    operations = [
        migrations.CreateModel(
            "Ended",
            [
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        )
    ]
