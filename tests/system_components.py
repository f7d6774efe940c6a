"""Programs that pip cannot install: PostgreSQL, Java, Chromium. A test asks for one by its fixture.

Where one is missing its tests are skipped, and the summary ends with a block that names it, counts the tests that did
not run and gives the command that installs it. With FOOTPRINT_REQUIRE_COMPONENTS=1, as in .ci/run, they fail instead:
a build that silently tests less than it says is worse than a red one.
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.private_postgresql import running_postgresql

MISSING = "MISSING SYSTEM COMPONENT"
INSTALL = {
    "PostgreSQL": "apt-get install postgresql    (macOS: brew install postgresql)",
    "Java": "apt-get install default-jre-headless    (macOS: brew install openjdk; version 17 or later)",
    "Chromium": "apt-get install chromium    (macOS: brew install chromium)",
}


def need(component: str, *programs: str, folders: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    """The paths of programs, from PATH or else from `folders`; without them the test is skipped, or fails."""
    search = os.pathsep.join([os.environ.get("PATH", ""), *map(str, folders)])
    found = [shutil.which(program, path=search) for program in programs]
    if all(found):
        return tuple(Path(program).resolve() for program in found if program)
    sentence = f"{MISSING}: {component}. Install it with: {INSTALL[component]}"
    if os.environ.get("FOOTPRINT_REQUIRE_COMPONENTS") == "1":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def postgresql_programs() -> tuple[Path, ...]:
    """The paths of `initdb` and `postgres`; without them the test is skipped, or fails."""
    # Debian keeps the server's programs off the PATH, one folder for each version; the newest is tried first.
    debian = tuple(
        sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    )
    return need("PostgreSQL", "initdb", "postgres", folders=debian)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A psycopg connection URL to a private, empty PostgreSQL that lives as long as the test session.

    One server for all tests of a worker: a test makes what it needs under a name of its own (schema or database).
    """
    initdb, postgres = postgresql_programs()
    with running_postgresql(initdb, postgres) as url:
        yield url


@pytest.fixture(scope="session")
def java_home() -> Path:
    """The folder that JAVA_HOME should name, for Spark."""
    named = os.environ.get("JAVA_HOME")
    (java,) = need("Java", "java", folders=(Path(named) / "bin",) if named else ())
    return java.parent.parent


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End on a block that nobody overlooks."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = [report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple)]
    missing = Counter(reason[reason.index(MISSING) :] for reason in reasons if MISSING in reason)
    if missing:
        terminalreporter.section("system components are missing", sep="!", red=True, bold=True)
        for sentence, tests in sorted(missing.items()):
            terminalreporter.write_line(f"{tests} test{'s' * (tests > 1)} did not run. {sentence}")
