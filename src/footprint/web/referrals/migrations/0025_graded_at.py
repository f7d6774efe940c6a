"""When a form was first graded stands with its referral: what waits for a grade is counted from an index alone."""

from __future__ import annotations

from django.db import migrations, models

_WAITS = models.Q(graded_at__isnull=True, taken_by__isnull=True)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_told"), ("referrals", "0024_cases_told")]

    operations = [
        migrations.AddField(
            "referral",
            "graded_at",
            models.DateTimeField(
                blank=True,
                help_text="When its form was first graded; what is not waits for a grade.",
                null=True,
            ),
        ),
        *(
            migrations.AddIndex(
                "referral",
                models.Index(
                    condition=_WAITS,
                    fields=[within, "graded_at", "taken_by", "-sent_at", "id", "is_urgent", "by"],
                    name=f"what_waits_in_a_{within}",
                ),
            )
            for within in ("partner", "partnership")
        ),
    ]
