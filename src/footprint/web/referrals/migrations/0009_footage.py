"""Incidents and their footage as files tell them, what supervisors found in it, and which incidents need no referral."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_shared_memory"),
        ("referrals", "0008_read_again"),
    ]

    operations = [
        migrations.CreateModel(
            name="FilmedIncident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="The reference without what people type otherwise.", max_length=200
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("team", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("made", models.DateTimeField(help_text="When the latest extract that named it was made.")),
                ("content", models.TextField()),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filmed_incidents",
                        to="accounts.partner",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Dip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asset", models.CharField(max_length=60)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("outcome", models.CharField(max_length=10)),
                ("child_heard", models.CharField(blank=True, max_length=10)),
                ("prompt_used", models.CharField(blank=True, max_length=10)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dips",
                        to="accounts.membership",
                    ),
                ),
                (
                    "filmed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dips",
                        to="referrals.filmedincident",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FootageFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("contract", models.CharField(max_length=60)),
                ("system", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("made", models.DateTimeField()),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("late_at", models.DateTimeField(help_text="When a newer one should have come.")),
                ("lines", models.PositiveIntegerField()),
                ("new", models.PositiveIntegerField()),
                ("corrected", models.PositiveIntegerField()),
                ("outside", models.PositiveIntegerField()),
                (
                    "faults",
                    models.JSONField(
                        default=list, help_text="Line, column and what is wrong: never what stood there."
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="footage_files",
                        to="accounts.partner",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="NoReferral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="The reference without what people type otherwise.", max_length=200
                    ),
                ),
                ("reference", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=20)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="no_referral",
                        to="accounts.membership",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incidents_without_referral",
                        to="accounts.partner",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="no_referral_undone",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="filmedincident",
            index=models.Index(fields=["partner", "at"], name="filmed_incidents_by_day"),
        ),
        migrations.AddIndex(
            model_name="filmedincident",
            index=models.Index(fields=["partner", "team", "at"], name="a_teams_filmed_incidents"),
        ),
        migrations.AddConstraint(
            model_name="filmedincident",
            constraint=models.UniqueConstraint(
                fields=("partner", "key"), name="one_filmed_incident_of_each_reference"
            ),
        ),
        migrations.AddConstraint(
            model_name="dip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", "looked"),
                        models.Q(("child_heard", ""), _negated=True),
                        models.Q(("prompt_used", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("outcome", "looked"), _negated=True),
                        ("child_heard", ""),
                        ("prompt_used", ""),
                    ),
                    _connector="OR",
                ),
                name="what_was_found_where_somebody_looked",
            ),
        ),
        migrations.AddConstraint(
            model_name="noreferral",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("partner", "key"),
                name="ruled_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="noreferral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                    models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                    _connector="OR",
                ),
                name="undone_by_somebody_at_some_time",
            ),
        ),
    ]
