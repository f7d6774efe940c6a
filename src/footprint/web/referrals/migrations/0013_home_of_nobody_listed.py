"""A referral that lists no child is found again by its home, too: those that were sent before get the row that says so."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef

from footprint.referrals.referral import decode
from footprint.web.referrals.recognising import subjects_of


def keep_homes(apps: Any, _schema_editor: Any = None) -> None:
    """Give each referral without a child the row of its latest version. Run twice, it changes nothing more."""
    referrals, versions = apps.get_model("referrals", "Referral"), apps.get_model("referrals", "Version")
    subjects = apps.get_model("referrals", "Subject")
    bare = referrals.objects.exclude(Exists(subjects.objects.filter(referral=OuterRef("pk"))))
    for key in list(bare.order_by("pk").values_list("pk", flat=True)):
        latest = versions.objects.filter(referral=key).order_by("-number").first()
        if latest is not None:
            rows = subjects_of(decode(latest.content))
            subjects.objects.bulk_create(subjects(referral_id=key, **one) for one in rows)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0012_passed_by_nobody")]

    operations = [migrations.RunPython(keep_homes, migrations.RunPython.noop, elidable=True)]
