"""What came in is kept as it was said, with how it stands to what was decided before; what hangs is found by an index."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_writing_filled")]

    operations = [
        migrations.AddField("incoming", "body", models.BinaryField(default=b"")),
        migrations.AddField("incoming", "how", models.CharField(blank=True, max_length=10)),
        migrations.AddIndex(
            "outgoing", models.Index(fields=["standing", "destination"], name="what_has_not_arrived")
        ),
    ]
