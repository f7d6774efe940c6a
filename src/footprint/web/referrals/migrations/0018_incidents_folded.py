"""What was sent before is found by its incident's reference as what is sent from now on is."""

from __future__ import annotations

from typing import Any, Final

from django.db import migrations

from footprint.referrals.missing import folded

_AT_ONCE: Final = 500


def fold_incidents(apps: Any, _schema_editor: Any = None) -> None:
    """Give each referral the folded reference of its incident. Run twice, it changes nothing more."""
    referrals = apps.get_model("referrals", "Referral")
    named = referrals.objects.exclude(incident="").order_by("pk").values_list("pk", "incident")
    rows = [referrals(pk=key, incident_key=folded(incident)) for key, incident in named]
    referrals.objects.bulk_update(rows, ["incident_key"], batch_size=_AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0017_incident_key")]

    operations = [migrations.RunPython(fold_incidents, migrations.RunPython.noop, elidable=True)]
