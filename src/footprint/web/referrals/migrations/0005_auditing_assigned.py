"""Who marks which drawn referral, and the list from which a sample was drawn, so that anybody can draw it again."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_outbox_decisions")]

    operations = [
        migrations.AddField("sample", "frame", models.CharField(default="", max_length=12), False),
        migrations.AddField("sample", "pool", models.TextField(default=""), False),
        migrations.AlterField("drawnreferral", "kind", models.CharField(max_length=120)),
        migrations.AlterField("marking", "side", models.CharField(max_length=60)),
        migrations.CreateModel(
            name="Assigned",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("side", models.CharField(max_length=60)),
                (
                    "drawn",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assigned",
                        to="referrals.drawnreferral",
                    ),
                ),
                (
                    "marker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audits_assigned",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.AddConstraint(
            "assigned", models.UniqueConstraint(fields=("drawn", "side"), name="one_marker_of_each_side")
        ),
    ]
