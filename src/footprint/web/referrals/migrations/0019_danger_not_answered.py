"""Where danger was not answered it is not known: what was sent before comes before "no" in the queue, as what is sent now."""

from __future__ import annotations

from typing import Any, Final

from django.db import migrations

from footprint.referrals.queueing import danger_rank
from footprint.referrals.referral import decode

_AT_ONCE: Final = 500


def rank_again(apps: Any, _schema_editor: Any = None) -> None:
    """Give each referral the rank of its latest version. Run twice, it changes nothing more."""
    referrals, versions = apps.get_model("referrals", "Referral"), apps.get_model("referrals", "Version")
    for row in referrals.objects.order_by("pk").iterator(_AT_ONCE):
        latest = versions.objects.filter(referral=row).order_by("-number").first()
        rank = danger_rank(decode(latest.content)) if latest else row.danger
        if rank != row.danger:
            referrals.objects.filter(pk=row.pk).update(danger=rank)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0018_incidents_folded")]

    operations = [migrations.RunPython(rank_again, migrations.RunPython.noop, elidable=True)]
