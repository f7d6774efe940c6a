"""The operational database by one setting: the same commands on a PostgreSQL server, and no password in any message."""

import sqlite3
import uuid
from pathlib import Path

import psycopg
import pytest

from footprint.cli.database import SQLITE_FILE, VARIABLE, open_database, transaction
from footprint.cli.exits import Exit
from tests.cli.conftest import footprint

SECRET = "correct-horse-battery"
ROLES = Path(__file__).parents[2] / "deploy" / "postgresql-roles.sql"


@pytest.fixture
def server(postgresql_url, monkeypatch):
    """A schema of the test's own on the server, which the setting names."""
    schema = f"cli_{uuid.uuid4().hex}"
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    url = f"{postgresql_url}&options=-csearch_path%3D{schema}"
    monkeypatch.setenv(VARIABLE, url)
    return url


def test_a_look_up_is_entered_on_the_server_and_nothing_in_the_folder(borough, server):
    (borough.data / SQLITE_FILE).unlink()
    people = borough.search(*borough.story(1), "--json").json["people"]
    assert borough.show(people[0]["person_id"]).code == 0
    kinds = [entry["kind"] for entry in borough.entries()]
    assert kinds == ["intent", "outcome", "intent", "outcome", "reading"]
    opened = borough("ledger", "opened", "--person", people[0]["person_id"], "--json").json
    assert [(row["subject"], row["count"]) for row in opened] == [(people[0]["person_id"], 2)]
    verified = borough("ledger", "verify", "--json").json
    assert (verified["sound"], verified["entries"]) == (True, 6)
    assert not (borough.data / SQLITE_FILE).exists()


def test_a_ruling_is_made_taken_back_and_entered_in_one_transaction(borough, server):
    woman = borough.search(*borough.story(1), "--json").json["people"][0]
    one, other = woman["records"][:2]
    ruled = borough(
        "decide", "different", "--one", one, "--other", other, "--reason", "It's 100% two.", "--json"
    ).json
    found = borough.search(*borough.story(1), "--json").json["people"]
    assert not any({one, other} <= set(person["records"]) for person in found)
    assert borough("decide", "undo", ruled["id"], "--reason", "One after all.").code == 0
    assert borough("decide", "undo", ruled["id"], "--reason", "Again.").code == Exit.REFUSED
    assert [one["kind"] for one in borough("decide", "list", "--json").json] == ["different"]
    actions = [entry["action"] for entry in borough.entries() if entry["kind"] == "decision"]
    assert actions == ["different", "undo"]
    assert borough("ledger", "verify").code == 0


def test_an_erasure_and_a_hold_reach_the_keys_on_the_server(borough, server):
    woman = borough.search(*borough.story(1), "--json").json["people"][0]["person_id"]
    held = borough("decide", "hold", woman, "--reason", "Inquest.", "--json").json
    assert borough("decide", "erase", woman, "--reason", "Article 17.").code == Exit.REFUSED
    assert borough("decide", "undo", held["id"], "--reason", "Over.").code == 0
    assert borough("decide", "erase", woman, "--reason", "Article 17.").code == 0
    assert borough.show(woman).code == Exit.NOTHING_FOUND
    assert borough("ledger", "verify").code == 0


def test_publishing_and_feeds_are_entered_on_the_server(borough, server):
    assert borough("publish").code == 0
    assert borough("rollback").code == 0
    assert [entry["action"] for entry in borough.entries() if entry["kind"] == "change"] == [
        "publish",
        "rollback",
    ]


def test_a_role_that_owns_nothing_serves_once_the_owner_has_prepared(borough, server, monkeypatch):
    assert borough("ledger", "prepare").code == 0
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(ROLES.read_text())
    monkeypatch.setenv(VARIABLE, server.replace("//footprint@", "//footprint_web@"))
    woman = borough.search(*borough.story(1), "--json").json["people"][0]
    assert borough("decide", "shield", woman["person_id"], "--reason", "She has left him.").code == 0
    assert borough("ledger", "prepare").code == 0, "where all is there, nothing is made"
    assert borough("ledger", "verify").code == 0


def test_a_role_that_owns_nothing_cannot_prepare(tmp_path, server, monkeypatch):
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(ROLES.read_text())
    monkeypatch.setenv(VARIABLE, server.replace("//footprint@", "//footprint_web@"))
    assert footprint(tmp_path, "ledger", "prepare").code == Exit.NO_LEDGER


@pytest.mark.parametrize(
    "setting",
    [
        f"postgresql://footprint:{SECRET}@127.0.0.1:1/footprint",
        f"postgresql://footprint:{SECRET}@no-such-place.invalid/footprint?host=/nowhere",
        f"postgresql://footprint:{SECRET}@127.0.0.1:not-a-port/footprint",
        f"postgresql://footprint:{SECRET}@127.0.0.1/footprint?nonsense={SECRET}",
        f"postgresql://footprint:%{SECRET}@127.0.0.1/footprint",
        f"postgresql://[{SECRET}",
        f"mysql://footprint:{SECRET}@127.0.0.1/footprint",
        SECRET,
    ],
)
def test_no_message_repeats_the_password(borough, monkeypatch, setting):
    monkeypatch.setenv(VARIABLE, setting)
    ended = borough.search(*borough.story(0))
    assert ended.code in (Exit.NO_LEDGER, Exit.NOT_READY)
    assert ended.out == "", "no ledger, no answer"
    assert VARIABLE in ended.err
    assert SECRET not in ended.err
    monkeypatch.setenv("FOOTPRINT_DEBUG", "1")
    with pytest.raises(Exception, match=VARIABLE) as caught:
        footprint(borough.data, "ledger", "verify")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None, "nor does its traceback"


def _twice(connection):
    with transaction(connection):
        connection.execute("INSERT INTO ruling VALUES (2)")
        connection.execute("INSERT INTO ruling VALUES (1)")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_transaction_is_written_whole_or_not_at_all(tmp_path, request, kind):
    setting = "" if kind == "sqlite" else request.getfixturevalue("server")
    connection = open_database(tmp_path, setting)
    connection.execute("CREATE TABLE ruling (id INTEGER PRIMARY KEY)")
    with transaction(connection):
        connection.execute("INSERT INTO ruling VALUES (1)")
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        _twice(connection)
    assert connection.execute("SELECT id FROM ruling").fetchall() == [(1,)]
    connection.close()


def test_command_line_and_web_open_the_same_file():
    from footprint.web.config.databases import FILE

    assert FILE == SQLITE_FILE
