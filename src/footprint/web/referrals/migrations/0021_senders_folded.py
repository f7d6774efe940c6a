"""What was taken from a file before is found by its sender's reference as what is taken from now on is."""

from __future__ import annotations

from typing import Any, Final

from django.db import migrations

from footprint.referrals.missing import folded
from footprint.referrals.referral import decode

_AT_ONCE: Final = 500


def fold_senders(apps: Any, _schema_editor: Any = None) -> None:
    """Give each imported referral the folded reference of its sender. Run twice, it changes nothing more."""
    referrals, versions = apps.get_model("referrals", "Referral"), apps.get_model("referrals", "Version")
    for row in referrals.objects.filter(route="imported").order_by("pk").iterator(_AT_ONCE):
        latest = versions.objects.filter(referral=row).order_by("-number").first()
        key = folded(decode(latest.content).imported.reference)[:200] if latest else ""
        referrals.objects.filter(pk=row.pk).update(sender_key=key)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0020_sender_key")]

    operations = [migrations.RunPython(fold_senders, migrations.RunPython.noop, elidable=True)]
