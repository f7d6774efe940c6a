"""What was sent before is read again: how it answers danger, for the queue's order, and by what somebody may be close to it."""

from __future__ import annotations

from typing import Any, Final

from django.db import migrations

from footprint.referrals.queueing import danger_rank
from footprint.referrals.referral import decode
from footprint.web.referrals.closeness import mentions, people_of

_AT_ONCE: Final = 500


def read_again(apps: Any, _schema_editor: Any = None) -> None:
    """Give each referral the rank of its latest version and the mentions of all. Run twice, it changes nothing more."""
    referrals, versions = apps.get_model("referrals", "Referral"), apps.get_model("referrals", "Version")
    of_mentions = apps.get_model("referrals", "Mention")
    for row in referrals.objects.order_by("pk").iterator(_AT_ONCE):
        found, rank = set(), row.danger
        for version in versions.objects.filter(referral=row).order_by("number"):
            said = decode(version.content)
            found |= mentions(people_of(said, version.at.date()))
            rank = danger_rank(said)
        if rank != row.danger:
            referrals.objects.filter(pk=row.pk).update(danger=rank)
        of_mentions.objects.bulk_create(
            (of_mentions(referral_id=row.pk, text=one) for one in sorted(found)), ignore_conflicts=True
        )


class Migration(migrations.Migration):
    dependencies = [("referrals", "0007_close_and_kept")]

    operations = [migrations.RunPython(read_again, migrations.RunPython.noop, elidable=True)]
