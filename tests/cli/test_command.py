"""How the command ends: with an answer, with a sentence, never with a traceback."""

import subprocess
import sys
from enum import Enum
from importlib import import_module
from pathlib import Path

import pytest

from checks.cli_page import cli_page
from footprint.cli.exits import MEANINGS, SPEAKING, Exit, exit_of
from footprint.sharing import packaged_agreement
from tests.cli.conftest import footprint

ROOT = Path(__file__).parents[2]
HEAVY = {"duckdb", "polars", "numba", "numpy", "splink", "cryptography", "faker", "yaml"}


def test_help_comes_without_loading_an_engine():
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, footprint.cli.main; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not HEAVY & set(loaded.stdout.split())


def test_every_exit_code_is_explained_and_printed(tmp_path):
    assert set(MEANINGS) == set(Exit)
    assert footprint(tmp_path, "help", "exit-codes", "--json").json == {
        str(int(code)): text for code, text in MEANINGS.items()
    }
    told = footprint(tmp_path, "help", "purposes").out
    assert all(code in told for code in packaged_agreement().purposes)


def test_the_reference_says_what_the_commands_say():
    assert (ROOT / "docs" / "cli.md").read_text() == cli_page(), "run `make fix`"


@pytest.mark.parametrize("name", SPEAKING)
def test_every_error_that_speaks_is_there(name):
    module, _, kind = name.rpartition(".")
    error = getattr(import_module(module), kind)
    assert issubclass(error, Exception)
    assert not issubclass(error, Enum)


def test_a_kind_of_an_error_ends_as_the_error_does():
    from footprint.publishing.errors import NothingReceived

    assert exit_of(NothingReceived("...")) is Exit.NOT_READY
    assert exit_of(ValueError("...")) is None


def test_before_anything_is_published_it_says_what_to_do(tmp_path):
    for arguments in (["search", "--family", "Khan", "--dob", "2015-01-02"], ["show", "p1"]):
        ended = footprint(tmp_path, *arguments, "--case", "C-1", "--purpose", "s47")
        assert (ended.code, ended.out) == (Exit.NOT_READY, "")
        assert "footprint publish" in ended.err
    for arguments in (["publish"], ["rollback"], ["snapshot", "verify"]):
        assert footprint(tmp_path, *arguments).code == Exit.NOT_READY


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--case", "C-1", "--purpose", "nosy", "--family", "Khan"], "no purpose"),
        (
            ["--case", " ", "--purpose", "s47", "--family", "Khan", "--dob", "2015-01-02"],
            "reference of your case",
        ),
        (["--case", "C-1", "--purpose", "s47"], "whom or what"),
        (["--case", "C-1", "--purpose", "s47", "--dob", "2015", "--age", "7"], "not both"),
        (["--purpose", "s47", "--family", "Khan"], "--case"),
    ],
)
def test_a_wrong_command_line_says_how_to_write_it(borough, arguments, says):
    ended = borough("search", *arguments)
    assert (ended.code, ended.out) == (Exit.WRONG_COMMAND, "")
    assert says in ended.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--given", "Nobody", "--family", "Nowhere", "--dob", "1901-05-06"], Exit.NOTHING_FOUND),
        (["--family", "Khan"], Exit.SAY_MORE),
        (["--family", "Khan", "--dob", "yesterday"], Exit.SAY_MORE),
        (["--family", "Khan*", "--dob", "2015-01-02"], Exit.SAY_MORE),
    ],
)
def test_what_was_found_decides_the_exit_code(borough, arguments, code):
    assert borough.search(*arguments).code == code


def test_a_person_who_is_not_there(borough):
    ended = borough.show("p0")
    assert (ended.code, ended.out) == (Exit.NOTHING_FOUND, "")


def test_what_should_not_fail_says_so_without_values_or_traceback(borough, monkeypatch):
    def fails(*_, **__):
        raise KeyError("Layla Hussain")

    monkeypatch.setattr("footprint.cli.inquiring.search", fails)
    ended = borough.search("--family", "Khan", "--dob", "2015-01-02")
    assert ended.code == Exit.BROKEN
    assert "FOOTPRINT_DEBUG=1" in ended.err
    assert "Layla" not in ended.err + ended.out
    assert "Traceback" not in ended.err + ended.out
    monkeypatch.setenv("FOOTPRINT_DEBUG", "1")
    with pytest.raises(KeyError):
        borough.search("--family", "Khan", "--dob", "2015-01-02")


def test_a_partnership_file_that_cannot_be_read_is_named(borough):
    (borough.data / "partnership.yaml").write_text("name: [")
    ended = borough.search("--family", "Khan", "--dob", "2015-01-02")
    assert ended.code == Exit.REFUSED
    assert "partnership.yaml" in ended.err
