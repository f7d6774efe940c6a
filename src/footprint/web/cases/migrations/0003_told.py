"""That the words of a case, or of a look-up, came from elsewhere: nobody here typed them."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_household_links_limits")]

    operations = [
        migrations.AddField(
            "case",
            "told",
            models.BooleanField(
                default=False,
                help_text="Whether whom it concerns came from elsewhere, and its opener typed none of it.",
            ),
        ),
        migrations.AddField(
            "lookup",
            "told",
            models.BooleanField(
                default=False,
                help_text="Whether what was asked came from elsewhere, and whoever asked typed none of it.",
            ),
        ),
    ]
