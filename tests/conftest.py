"""For every test: no network, no clock and no luck in Hypothesis, missing system components said, the longest files first."""

import gc
from pathlib import Path

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.temporary_files", "tests.no_network", "tests.system_components"]

# A deadline fails a test because the machine was busy, which says nothing about the code. The same examples at each run: who
# changes one room is not stopped by luck in another. `--hypothesis-profile=exploring` draws new ones.
settings.register_profile("exploring", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("footprint", settings.get_profile("exploring"), derandomize=True, database=None)
settings.load_profile("footprint")

# Thousands of collected tests and Django's models are looked through each time in vain: a tenth of the pages' tests was that.
gc.set_threshold(20_000, 10, 10)

TESTS = Path(__file__).parent
#: Files that take a minute or more: begun last, one would keep a whole run waiting while other workers have nothing to do.
BEGUN_FIRST = (
    "web/protection/test_canary.py",
    "web/test_two_worlds.py",
    "web/test_killed.py",
    "web/test_screenshots.py",
    "web/test_access.py",
    "web/accounts/test_pages.py",
    "web/cases/test_in_a_browser.py",
    "web/referrals/test_audit_in_a_browser.py",
    "web/cases/person/test_nothing_shows_what_is_hidden.py",
    "web/identity/test_settling.py",
    "web/protection/test_pages.py",
    "web/cases/person/test_page.py",
    "web/cases/person/test_in_a_browser.py",
    "web/referrals/test_moves_by_role.py",
    "web/protection/test_break_glass.py",
    "web/scenarios/test_a_refuge_and_an_ex_partner_with_access.py",
    "web/identity/test_in_a_browser.py",
    "linking/test_runs.py",
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
