"""`python -m footprint.web COMMAND`: Django's own commands (migrate, check, ...) over this project."""

from __future__ import annotations

import os
import sys


def run() -> None:
    """Hand the command line to Django, with our settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "footprint.web.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["footprint.web", *sys.argv[1:]])


if __name__ == "__main__":
    run()
