"""Who typed words that stand in a notice: everybody else reads them masked."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_due_and_reminded"), ("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            "notice",
            "typed_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices_typed",
                to="accounts.membership",
            ),
        )
    ]
