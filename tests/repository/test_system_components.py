"""The fixtures for PostgreSQL and Java, and that a missing one is missed out loud."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.system_components import need

ROOT = Path(__file__).parents[2]

NEEDY = """
pytest_plugins = ["tests.system_components"]

def test_that_needs_java(java_home):
    raise AssertionError("java was found on an empty PATH")

def test_that_needs_java_too(java_home):
    raise AssertionError("java was found on an empty PATH")
"""


def run_without_java(tmp_path, **environment):
    """Run two tests that need Java in a pytest of their own that can see no Java."""
    (tmp_path / "test_needy.py").write_text(NEEDY)
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FOOTPRINT_", "PYTEST_", "JAVA"))
    }
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--rootdir",
            tmp_path,
            "-c",
            os.devnull,
            "-p",
            "no:cacheprovider",
            tmp_path,
        ],
        env={**clean, "PATH": str(tmp_path), "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
    )


def test_a_missing_component_is_named_counted_and_comes_with_its_command(tmp_path):
    done = run_without_java(tmp_path)
    assert done.returncode == 0, done.stdout
    block = done.stdout.partition("system components are missing")[2]
    assert "2 tests did not run. MISSING SYSTEM COMPONENT: Java" in block
    assert "apt-get install default-jre-headless" in block


def test_where_components_are_required_a_missing_one_fails(tmp_path):
    done = run_without_java(tmp_path, FOOTPRINT_REQUIRE_COMPONENTS="1")
    assert done.returncode == 1, done.stdout
    assert "MISSING SYSTEM COMPONENT: Java" in done.stdout
    assert "skipped" not in done.stdout


def test_postgresql_takes_what_it_is_given_and_is_private(postgresql_url):
    with psycopg.connect(postgresql_url) as connection:
        connection.execute("CREATE TEMPORARY TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('naïve £')")
        assert connection.execute("SELECT word FROM kept").fetchall() == [("naïve £",)]
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_java_is_one_that_spark_accepts(java_home):
    version = subprocess.run(
        [java_home / "bin" / "java", "-version"], capture_output=True, text=True, check=True
    ).stderr
    major = int(version.partition('"')[2].partition(".")[0])
    assert major >= 17, f"Spark needs Java 17 or later; {java_home} holds {major}"


@pytest.mark.parametrize("name", ["JAVA_HOME", "PATH"])
def test_java_is_found_by_either_of_its_names(java_home, tmp_path, monkeypatch, name):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path) if name == "JAVA_HOME" else str(java_home / "bin"))
    folders = (java_home / "bin",) if name == "JAVA_HOME" else ()
    assert need("Java", "java", folders=folders) == (java_home / "bin" / "java",)
