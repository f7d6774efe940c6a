"""`make` alone explains every target, and each target of the house is there."""

import re
import subprocess

import pytest

from tests.repository.paths import ROOT

MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.MULTILINE)


def explained() -> dict[str, str]:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(re.findall(r"^  (\S+) +(.+)$", done.stdout, re.MULTILINE))


def test_make_alone_explains_every_target():
    assert explained().keys() == set(TARGETS) >= {"demo", "test", "check", "fix", "bench", "lock", "clean"}
    assert all(len(words.split()) >= 4 for words in explained().values())


def test_no_target_is_mistaken_for_a_file():
    phony = MAKEFILE.partition(".PHONY:")[2].partition("\n")[0].split()
    assert sorted(phony) == sorted(TARGETS)


def test_clean_never_touches_data():
    done = subprocess.run(
        ["make", "--dry-run", "clean"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("rm -rf .venv ")
    assert "var" not in done.stdout.split()


@pytest.mark.parametrize("name", ["RESIDENTS=285000 SEED=7", "SEED=", "RESIDENTS=1"])
def test_demo_hands_over_what_it_was_given(name):
    # --assume-old: the set-up is not what is tried here.
    command = ["make", "--dry-run", "--assume-old=.venv/.installed-runtime", "demo", *name.split()]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    given = dict(pair.split("=") for pair in name.split())
    assert f"footprint demo --residents {given.get('RESIDENTS', '30000')}" in said
    assert ("--seed 7" in said) == (given.get("SEED") == "7")


def look_for_python(folder, **programs) -> subprocess.CompletedProcess[str]:
    """Look where the only programs are these, each a line of shell."""
    for name, line in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{line}\n")
        (folder / name).chmod(0o755)
    finder = ["/bin/sh", ROOT / "checks" / "python-3.11"]
    return subprocess.run(finder, env={"PATH": str(folder)}, capture_output=True, text=True)


def test_without_python_311_set_up_says_what_to_install(tmp_path):
    done = look_for_python(tmp_path, python3="exit 1")
    assert done.returncode == 1
    assert "Footprint needs Python 3.11" in done.stderr
    assert "make PYTHON=" in done.stderr


def test_a_python_that_cannot_make_an_environment_is_named_with_its_cure(tmp_path):
    done = look_for_python(tmp_path, python3='case "$2" in *ensurepip*) exit 1;; esac')
    assert done.returncode == 1
    assert "apt-get install python3.11-venv" in done.stderr


def test_a_python_311_that_goes_by_another_name_is_found(tmp_path):
    assert look_for_python(tmp_path, python3="exit 0").stdout.strip() == str(tmp_path / "python3")
