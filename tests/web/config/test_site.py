"""The site as a whole: its health, its headers, its errors, and what a log may hold."""

import logging
from unittest import mock

import pytest
from django.db import OperationalError
from django.urls import reverse

from footprint.ledger import LedgerUnavailable
from footprint.web.config.databases import UnknownDatabaseError, database_of
from footprint.web.config.logs import WithoutValues
from footprint.web.config.tending import Task, tend


def test_a_site_with_something_published_is_well(site, borough):
    site.use(borough)
    assert site.client().get("/health").content == b"ok\n"


def test_a_site_with_nothing_published_says_so(site_on_sqlite):
    answer = site_on_sqlite.client().get("/health")
    assert answer.status_code == 503
    assert "Nothing is published yet" in answer.content.decode()


def test_nothing_is_kept_by_a_browser_and_nothing_foreign_may_run(site_on_sqlite):
    client = site_on_sqlite.client(site_on_sqlite.user())
    headers = client.get("/account/").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_without_a_ledger_there_is_no_answer_and_a_page_says_so(site_on_sqlite):
    client = site_on_sqlite.client(site_on_sqlite.user("information-governance"))
    with mock.patch("footprint.web.ledger.queries.ledger") as broken:
        broken.return_value.record.side_effect = LedgerUnavailable("the disk is full")
        answer = client.get("/ledger/pairs/")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "nothing was looked up, shown or changed" in page
    assert "999" in page
    assert "disk" not in page


@pytest.mark.parametrize("said", [None, "rules: [", "id: x\n"])
def test_a_partnership_whose_agreement_is_missing_or_broken_is_told_nothing(site_on_sqlite, borough, said):
    site = site_on_sqlite
    site.use(borough)
    (site.data / "partnership.yaml").write_text("id: elsewhere\nname: Elsewhere\n")
    if said is not None:
        (site.data / "agreement.yaml").write_text(said)
    answer = site.client(site.user("social-work-decision-maker")).get("/sharing/")
    assert answer.status_code == 503
    assert "the sharing agreement cannot be read" in answer.content.decode()


def test_a_fault_of_ours_tells_nothing_and_says_whom_to_ring(site_on_sqlite, borough):
    site_on_sqlite.use(borough)
    client = site_on_sqlite.client(site_on_sqlite.user())
    client.raise_request_exception = False
    with mock.patch("footprint.web.sharing.views.render", side_effect=RuntimeError("Zephyrquill Lane")):
        answer = client.get(reverse("sharing:mine"))
    assert answer.status_code == 500
    assert "999" in answer.content.decode()
    assert "Zephyrquill" not in answer.content.decode()


def test_a_database_that_goes_while_a_session_is_kept_is_said_to_be_away(site_on_sqlite):
    client = site_on_sqlite.client(site_on_sqlite.user())

    def gone(*_arguments, **_options):
        raise OperationalError("the server closed the connection unexpectedly")

    # Whoever comes first has the beginning of their session kept.
    with mock.patch("django.contrib.sessions.models.Session.save", gone):
        answer = client.get("/account/")
    assert answer.status_code == 503
    assert "the record of look-ups cannot be written" in answer.content.decode()


def test_a_log_line_holds_places_and_kinds_and_no_value():
    try:
        raise ValueError("Amandeep Kaur, 27 Canning Road")
    except ValueError as error:
        record = logging.LogRecord(
            "django.request",
            logging.ERROR,
            __file__,
            1,
            "Error at %s",
            ("/x/Kaur",),
            (type(error), error, error.__traceback__),
        )
    assert WithoutValues().filter(record)
    line = logging.Formatter().format(record)
    assert "ValueError at test_a_log_line" in line
    assert "Kaur" not in line
    assert "Canning" not in line


def test_a_database_that_we_do_not_speak_to_is_named_without_its_password(tmp_path):
    with pytest.raises(UnknownDatabaseError) as told:
        database_of("mysql://user:secret@host/name", tmp_path)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("url", "host", "name"),
    [
        ("postgresql://foot@db.example.test:5433/print", "db.example.test", "print"),
        ("postgresql://foot@/postgres?host=/run/sockets", "/run/sockets", "postgres"),
        ("postgres://foot:p%40ss@host/", "host", "footprint"),
    ],
)
def test_a_url_names_a_server_and_a_database(tmp_path, url, host, name):
    settings = database_of(url, tmp_path)
    assert (settings["HOST"], settings["NAME"], settings["USER"]) == (host, name, "foot")


def test_tasks_run_in_turn_when_due_and_one_that_fails_stops_no_other(caplog):
    clock = [0.0]
    ran = []

    def broken():
        raise RuntimeError("Zephyrquill")

    tasks = (Task("often", 10, lambda: ran.append(("often", clock[0]))), Task("broken", 25, broken))
    tending = tend(tasks, lambda: clock[0], lambda seconds: clock.__setitem__(0, clock[0] + seconds))
    names = [next(tending) for _ in range(7)]
    assert names.count("broken") == 2
    assert [at for _, at in ran] == [0, 10, 20, 30, 40]
