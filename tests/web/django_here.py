"""Django for the tests of the pages: loaded once a process, over a folder of its own, whatever the environment says.

Importing this is what loads it, so that tests of the rooms below never do. Until a test has a `site`, Django's database is a
place that does not exist: a test that forgot to ask for one fails, and nothing is ever written to `var/`.
"""

import atexit
import os
import shutil
import sys
import tempfile
from functools import cache
from importlib import import_module
from inspect import signature
from pathlib import Path
from unittest import mock

FOLDER = Path(tempfile.mkdtemp(prefix="footprint-web-"))
NOWHERE = {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "no-site" / "no.sqlite3"}

atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)


def _load():
    ours = {name: value for name, value in os.environ.items() if not name.startswith("FOOTPRINT_")}
    # A passkey belongs to a name, never to a number: hence localhost.
    ours |= {
        "DJANGO_SETTINGS_MODULE": "footprint.web.config.settings",
        "FOOTPRINT_DATA": str(FOLDER / "data"),
        "FOOTPRINT_SITE": "http://localhost:8000",
        "FOOTPRINT_HOSTS": "testserver",
    }
    with mock.patch.dict(os.environ, ours, clear=True):
        import django

        django.setup()

    from django.conf import settings
    from django.contrib.auth.hashers import Argon2PasswordHasher
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    # Argon2 as everywhere, but not as dear: hundreds of tests sign somebody in, who guesses no password.
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 1024
    Argon2PasswordHasher.parallelism = 1
    setup_test_environment()  # mails stay here
    call_command("collectstatic", interactive=False, verbosity=0)
    point_to(NOWHERE)
    import_module(settings.ROOT_URLCONF)
    forget()  # looked for now, before a test puts something else in the place of a function that remembers


def point_to(database):
    """Let Django speak to this database from now on, in every thread, and forget the mails of the one before."""
    from django.conf import settings
    from django.contrib.contenttypes.models import ContentType
    from django.core import mail
    from django.db import connections

    connections.close_all()
    mail.outbox.clear()
    settings.DATABASES = {"default": dict(database)}
    connections.settings = connections.configure_settings(settings.DATABASES)
    if hasattr(connections._connections, "default"):
        del connections["default"]
    ContentType.objects.clear_cache()


def forget():
    """Empty what the pages keep in memory about a data folder: in a `functools` cache, or behind `forget()`."""
    for name in [name for name in sys.modules if name.startswith("footprint.web.")]:
        for empty in _emptied_by(name):
            empty()
        if hasattr(sys.modules[name], "_overlay"):
            sys.modules[name]._overlay = None


@cache
def _emptied_by(name):
    """What empties a module's memories. It gains none once it is loaded, and to look through all modules took 12 ms."""
    if name.startswith("footprint.web.design"):
        return []
    ours = [thing for thing in vars(sys.modules[name]).values() if getattr(thing, "__module__", None) == name]
    caches = [thing.cache_clear for thing in ours if hasattr(thing, "cache_clear")]
    return caches + [
        thing
        for thing in ours
        if getattr(thing, "__name__", "") == "forget" and not signature(thing).parameters
    ]


_load()
