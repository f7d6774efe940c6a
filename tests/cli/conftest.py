"""A borough of a thousand people, made once by the demonstration itself, and the command run as a person would."""

import contextlib
import io
import json
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from footprint.cli.main import run

RESIDENTS, SEED = 1000, 7


class Ended(SimpleNamespace):
    """How a command ended: `code`, `out`, `err`, and `json` of what it printed."""

    @property
    def json(self):
        return json.loads(self.out)


def footprint(data, *arguments):
    """Run the command in this process, with its own words on its own streams, and say how it ended."""
    out, err = io.StringIO(), io.StringIO()
    before = sys.argv
    sys.argv = ["footprint", "--data", str(data), *map(str, arguments)]
    code = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            run()
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.argv = before
    return Ended(code=int(code), out=out.getvalue(), err=err.getvalue())


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory):
    """What `footprint demo` left behind (`data`) and said (`told`). Read only: copy it with `borough` to change it."""
    data = tmp_path_factory.mktemp("demonstration")
    told = footprint(data, "demo", "--no-site", "--residents", RESIDENTS, "--seed", SEED)
    assert told.code == 0, told.err
    return SimpleNamespace(root=data, data=data / f"demo-{RESIDENTS}-{SEED}", told=told)


class Borough:
    """A data folder of a test's own. Calling it runs a command on it."""

    def __init__(self, data):
        self.data = data

    def __call__(self, *arguments):
        return footprint(self.data, *arguments)

    def search(self, *arguments):
        return self("search", "--case", "C-1", "--purpose", "s47", *arguments)

    def show(self, person, *arguments):
        return self("show", person, "--case", "C-1", "--purpose", "s47", *arguments)

    def story(self, number):
        """The arguments of one of the demonstration's searches."""
        return json.loads((self.data / "borough" / "searches.json").read_text())[number]["arguments"]

    def entries(self):
        return self("ledger", "entries", "--limit", 1000, "--json").json


@pytest.fixture
def borough(demonstration, tmp_path):
    """A copy of the demonstration's data folder, to do with as one likes."""
    data = tmp_path / "data"
    # Generations and snapshots are never changed in place, so links to them do; the rest is small.
    shutil.copytree(
        demonstration.data, data, copy_function=_linked, ignore=shutil.ignore_patterns("deliveries", "truth")
    )
    return Borough(data)


def _linked(source, target):
    if "/segments/" in source or "/generations/" in source:
        Path(target).hardlink_to(source)
        return target
    return shutil.copy2(source, target)
