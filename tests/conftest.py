"""For every test: no network, no clock and no luck in Hypothesis, missing system components said, the longest files first."""

from pathlib import Path

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.temporary_files", "tests.no_network", "tests.system_components"]

# A deadline fails a test because the machine was busy, which says nothing about the code. The same examples at each run: who
# changes one room is not stopped by luck in another. `--hypothesis-profile=exploring` draws new ones.
settings.register_profile("exploring", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("footprint", settings.get_profile("exploring"), derandomize=True, database=None)
settings.load_profile("footprint")

TESTS = Path(__file__).parent
#: Files that take minutes: begun last, one would keep a whole run waiting while the other workers have nothing to do.
BEGUN_FIRST = (
    "web/protection/test_canary.py",
    "web/test_two_worlds.py",
    "web/test_killed.py",
    "web/test_screenshots.py",
    "web/test_access.py",
    "publishing/test_killed.py",
    "ledger/test_witness_process.py",
    "snapshot/test_crash_points.py",
)


def pytest_collection_modifyitems(items):
    place = {TESTS / name: number for number, name in enumerate(BEGUN_FIRST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


def pytest_configure():
    missing = [name for name in BEGUN_FIRST if not (TESTS / name).exists()]
    assert not missing, f"{missing[0]} is gone. Take it out of BEGUN_FIRST in tests/conftest.py."
