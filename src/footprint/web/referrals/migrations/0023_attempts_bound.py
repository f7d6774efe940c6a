"""What was done by hand before is bound to whoever did it, where only one person of the partnership has that name.

Of two it stays nobody's, and is masked for both.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import migrations

_AT_ONCE: Final = 500


def bind_attempts(apps: Any, _schema_editor: Any = None) -> None:
    """Bind each attempt of one possible writer. Run twice, it changes nothing more."""
    attempts, held = apps.get_model("referrals", "Attempt"), apps.get_model("accounts", "Membership")
    unbound = (
        attempts.objects.filter(by__isnull=True).exclude(by_name="").select_related("outgoing__referral")
    )
    for row in unbound.order_by("pk").iterator(_AT_ONCE):
        here = held.objects.filter(
            partner__partnership=row.outgoing.referral.partnership_id,
            user__name__startswith=row.by_name,
        ).select_related("user")
        named = [one for one in here.order_by("pk") if one.user.name[:200] == row.by_name]
        if len({one.user_id for one in named}) == 1:
            attempts.objects.filter(pk=row.pk).update(by=named[0])


class Migration(migrations.Migration):
    dependencies = [("referrals", "0022_attempts_by")]

    operations = [migrations.RunPython(bind_attempts, migrations.RunPython.noop, elidable=True)]
