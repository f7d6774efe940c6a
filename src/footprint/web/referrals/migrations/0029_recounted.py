"""How many earlier referrals there were of a child is counted anew: some were entered late, or named other children since."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from footprint.web.referrals.repeating import recount_all


def recount_everywhere(apps: Any, _schema_editor: Any = None) -> None:
    """Count for each partnership. Run twice, it changes nothing more."""
    of = (apps.get_model("referrals", "Referral"), apps.get_model("referrals", "Subject"))
    for partnership in apps.get_model("accounts", "Partnership").objects.order_by("pk"):
        recount_all(partnership.pk, of)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0028_extracts_of_one_system")]

    operations = [migrations.RunPython(recount_everywhere, migrations.RunPython.noop, elidable=True)]
