"""The newest extract of one system is found without reading all that ever came."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0027_ended")]

    operations = [
        migrations.AddIndex(
            model_name="footagefile",
            index=models.Index(fields=["partner", "contract", "made"], name="extracts_of_one_system"),
        ),
    ]
