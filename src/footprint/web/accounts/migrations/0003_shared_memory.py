"""The table in which all processes remember what was shown once: `settings.CACHES`."""

from typing import Any, ClassVar

from django.db import migrations


def make(apps: Any, schema_editor: Any) -> None:
    from django.core.management import call_command

    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accounts", "0002_signing_in")]
    operations: ClassVar = [migrations.RunPython(make, migrations.RunPython.noop)]
