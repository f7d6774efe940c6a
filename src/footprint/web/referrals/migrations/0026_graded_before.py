"""A form that was graded before waits for no grade."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Min, OuterRef, Subquery


def tell(apps: Any, _schema_editor: Any = None) -> None:
    """Give each referral when its form was first graded. Run twice, it changes nothing more."""
    referrals, markings = apps.get_model("referrals", "Referral"), apps.get_model("referrals", "Marking")
    given = markings.objects.filter(referral=OuterRef("pk"), side="unit").order_by().values("referral")
    first = given.annotate(first=Min("at")).values("first")
    referrals.objects.filter(pk__in=markings.objects.filter(side="unit").values("referral")).update(
        graded_at=Subquery(first)
    )


class Migration(migrations.Migration):
    dependencies = [("referrals", "0025_graded_at")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop, elidable=True)]
