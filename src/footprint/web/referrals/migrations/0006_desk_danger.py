"""How each referral answers whether somebody is in danger now, for the order of the queue."""

from __future__ import annotations

from django.db import migrations, models

_FIELDS = ["partnership", "is_waiting", "-is_urgent", "-danger", "-level", "received_at"]


class Migration(migrations.Migration):
    dependencies = [("referrals", "0005_auditing_assigned")]

    operations = [
        migrations.AddField(
            "referral",
            "danger",
            models.PositiveSmallIntegerField(
                default=1, help_text="Where its answer on danger stands, as queueing.danger_rank says."
            ),
        ),
        migrations.RemoveIndex("referral", "the_front_door_queue"),
        migrations.AddIndex("referral", models.Index(fields=_FIELDS, name="the_front_door_queue")),
    ]
