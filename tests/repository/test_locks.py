"""The locks hold exact versions with hashes, no addresses, nothing below the floors, and nothing under the GPL."""

import re
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.repository.paths import ROOT, name_of, our_files

FOLDER = ROOT / "requirements"
NAMES = sorted(path.stem for path in FOLDER.glob("*.in"))
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+) \\$", re.MULTILINE)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(name: str) -> dict[str, str]:
    """The packages of a lock, each with its version."""
    return {
        canonical(package): version
        for package, version in PINNED.findall((FOLDER / f"{name}.txt").read_text())
    }


def wanted(name: str) -> list[Requirement]:
    lines = (FOLDER / f"{name}.in").read_text().splitlines()
    return [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("name", NAMES)
def test_every_package_asked_for_is_locked_and_not_below_its_floor(name):
    versions = locked(name)
    assert wanted(name)
    for requirement in wanted(name):
        version = versions.get(canonical(requirement.name))
        assert version, f"{requirement.name} is in {name}.in and not in {name}.txt: run `make lock`"
        assert requirement.specifier.contains(version), (
            f"{requirement} is locked at {version}: run `make lock`"
        )


def test_the_test_runner_did_not_slide_back():
    # One more tool in the list once dragged pytest back four major versions without a word.
    assert Version(locked("development")["pytest"]) >= Version("9")


@pytest.mark.parametrize("name", NAMES)
def test_every_locked_package_has_a_hash(name):
    text = (FOLDER / f"{name}.txt").read_text()
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(locked(name)) > 0
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_two_locks_that_are_installed_together_agree():
    runtime = locked("runtime")
    for name in ("development", "spark"):
        both = {package: version for package, version in locked(name).items() if package in runtime}
        assert both == {package: runtime[package] for package in both}, f"{name}.txt differs from runtime.txt"


def test_no_lock_or_setting_names_a_package_index():
    # An address in a lock binds everybody to one mirror; and uv.lock and its kin record one for each package.
    address = re.compile(r"https?://|--(extra-)?index-url|--find-links")
    files = [*FOLDER.iterdir(), ROOT / "pyproject.toml", ROOT / "Makefile", ROOT / ".ci" / "run"]
    assert [name_of(path) for path in files if address.search(path.read_text())] == []
    assert [name_of(path) for path in our_files() if path.suffix == ".lock"] == []


#: Offered under several licences, of which we take this one.
OURS_TO_CHOOSE = {"pyphen": "Mozilla Public License 1.1"}


@pytest.mark.parametrize("package", sorted({**locked("runtime"), **locked("spark")}))
def test_no_package_that_we_ship_with_is_under_the_gpl(package):
    about = metadata.metadata(package)
    classifiers = [line for line in about.get_all("Classifier", []) if line.startswith("License")]
    # Some packages paste their whole licence into the old field; its first line names it.
    old_field = str(about.get("License", "")).strip().partition("\n")[0]
    licence = " / ".join(filter(None, [about.get("License-Expression"), old_field, *classifiers]))
    assert licence, f"{package} says nothing of its licence: find out, and if it will do, say so here"
    if package in OURS_TO_CHOOSE:
        assert OURS_TO_CHOOSE[package] in licence
        return
    lesser = re.sub(r"LGPL|Lesser General Public License", "", licence)
    assert not re.search(r"GPL|General Public License", lesser), f"{package} is under {licence}"
