"""A database for each test: a copy of one that was migrated once, on SQLite a file, on PostgreSQL made from a template."""

import contextlib
import shutil
import uuid
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test.utils import override_settings

from footprint.web.config.databases import FILE, database_of
from tests.web.django_here import NOWHERE, forget, point_to
from tests.web.once import once

TEMPLATE = "footprint_site_template"


def migrated(tmp_path_factory):
    """The folder with the migrated SQLite file and the keys that its ledger was made with."""
    return once(tmp_path_factory, "migrated", lambda folder: _migrate(folder, ""))


def _migrate(folder, url):
    with override_settings(DATA=folder):
        forget()
        point_to(database_of(url, folder))
        try:
            call_command("migrate", verbosity=0)
        finally:
            point_to(NOWHERE)
            forget()


@contextlib.contextmanager
def on_sqlite(template, data):
    """Copy the migrated file into a data folder and let Django speak to it; yield what FOOTPRINT_DATABASE would say."""
    shutil.copytree(template / "keys", data / "keys")
    shutil.copyfile(template / FILE, data / FILE)
    with _pointed_to("", data):
        yield ""


@contextlib.contextmanager
def on_postgresql(template, data, server):
    """Make a database from the migrated one on a server and let Django speak to it; yield its URL."""
    shutil.copytree(template / "keys", data / "keys")
    name = f"site_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    url = named(server, name)
    with _pointed_to(url, data):
        yield url
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def prepare_postgresql(template, server, folder):
    """Make and migrate the template database, once for each server, with the keys of the SQLite one."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    shutil.copytree(template / "keys", folder / "keys")
    _migrate(folder, named(server, TEMPLATE))


def named(server, name):
    """The URL of another database on the same server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


@contextlib.contextmanager
def _pointed_to(url, data):
    point_to(database_of(url, data))
    try:
        yield
    finally:
        connections.close_all()
        point_to(NOWHERE)
        assert settings.DATABASES["default"]["NAME"] == NOWHERE["NAME"]
