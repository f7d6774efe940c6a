"""A referral that named a worker was said to be passed to them in the moment it came, and nobody had passed it: that step goes.

The name stays in the referral, where it was written. What somebody at the front door passed on later stays passed on.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef


def not_passed(apps: Any, _schema_editor: Any = None) -> None:
    """Take the step away, and where nothing else was done since, call the referral received. Run twice, it changes nothing more."""
    referrals, steps = apps.get_model("referrals", "Referral"), apps.get_model("referrals", "Step")
    # Taken down at the front door, it was said in the front door's part: what tells it apart is that it came in one moment.
    came = steps.objects.filter(referral=OuterRef("referral"), verb="receive", at=OuterRef("at"))
    at_once = steps.objects.filter(Exists(came), verb="route")
    found = list(at_once.values_list("pk", "referral"))
    steps.objects.filter(pk__in=[pk for pk, _ in found]).delete()
    passed = steps.objects.filter(verb="route").values("referral")
    waiting = referrals.objects.filter(state="routed", pk__in=[referral for _, referral in found])
    waiting.exclude(pk__in=passed).update(state="received")


class Migration(migrations.Migration):
    dependencies = [("referrals", "0011_referrals_by_day")]

    operations = [migrations.RunPython(not_passed, migrations.RunPython.noop, elidable=True)]
