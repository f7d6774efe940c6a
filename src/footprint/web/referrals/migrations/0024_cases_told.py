"""A case that was opened from a referral before got its words from it, and so did the first look-up in it."""

from __future__ import annotations

from typing import Any, Final

from django.db import migrations

_PURPOSE: Final = "front-door"
_AT_ONCE: Final = 500


def mark_told(apps: Any, _schema_editor: Any = None) -> None:
    """Mark the cases that have a referral's reference, and what was asked first in each. Run twice, it changes nothing more."""
    cases, look_ups = apps.get_model("cases", "Case"), apps.get_model("cases", "LookUp")
    references = apps.get_model("referrals", "Referral").objects.values("reference")
    opened = cases.objects.filter(purpose=_PURPOSE, reference__in=references)
    for case in opened.order_by("pk").iterator(_AT_ONCE):
        cases.objects.filter(pk=case.pk).update(told=True)
        first = (
            look_ups.objects.filter(case=case, kind__in=("family", "address")).order_by("at", "pk").first()
        )
        if first is not None:
            look_ups.objects.filter(pk=first.pk).update(told=True)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0023_attempts_bound"), ("cases", "0003_told")]

    operations = [migrations.RunPython(mark_told, migrations.RunPython.noop, elidable=True)]
