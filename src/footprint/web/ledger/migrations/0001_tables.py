"""The tables of the ledger and of the rulings, made by their own rooms: this project adds no column to them."""

from typing import Any, ClassVar

from django.db import migrations


def make(apps: Any, schema_editor: Any) -> None:
    """Make what is missing. The command line makes the same tables, so they may be there already."""
    import os

    from django.conf import settings

    from footprint.decisions import DecisionStore
    from footprint.ledger import KeyRing, Ledger

    connection = schema_editor.connection
    connection.ensure_connection()
    raw = connection.connection
    Ledger.open(raw, KeyRing.load(settings.DATA, os.environ))
    DecisionStore(raw, connection.vendor).create_tables()


class Migration(migrations.Migration):
    """Not in one transaction: the ledger's room opens its own."""

    atomic = False
    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [migrations.RunPython(make, migrations.RunPython.noop)]
