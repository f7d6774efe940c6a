"""What tests of the pages are given: a site on each database, a served one, real browsers, towns published once."""

import pytest

from tests.web import django_here  # first: it loads Django

# isort: split
from tests.cli.conftest import RESIDENTS, SEED, footprint
from tests.scenarios.world import World
from tests.web.browsing import DESKTOP, PHONE, Browsers, chromium, dead_links, problems, sideways
from tests.web.databases import migrated, on_postgresql, on_sqlite, prepare_postgresql
from tests.web.mailing import mail
from tests.web.once import once, undisturbed
from tests.web.serving import serving
from tests.web.sites import Site

__all__ = ["chromium", "mail"]


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory):
    """The folder of the migrated SQLite file and its keys, made once a run."""
    return migrated(tmp_path_factory)


@pytest.fixture(scope="session")
def migrated_server(migrated_database, postgresql_url, tmp_path_factory):
    """The URL of a PostgreSQL server that holds the template database."""
    prepare_postgresql(migrated_database, postgresql_url, tmp_path_factory.mktemp("postgresql"))
    return postgresql_url


@pytest.fixture
def _site(migrated_database, tmp_path, monkeypatch):
    opened = []

    def open_site(kind, server=""):
        data = tmp_path / "site" / "data"
        data.mkdir(parents=True)
        database = (
            on_postgresql(migrated_database, data, server)
            if kind == "postgresql"
            else on_sqlite(migrated_database, data)
        )
        monkeypatch.setenv("FOOTPRINT_DATABASE", database.__enter__())
        site = Site(kind, data, database=server)
        site.set(DATA=data, DEMO=False)
        django_here.forget()
        opened.append((site, database))
        return site

    yield open_site
    for site, database in opened:
        site.close()
        django_here.forget()
        database.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request, _site):
    """A site of the test's own, on SQLite and then on PostgreSQL. Nothing is published in it: `site.use(...)`."""
    if request.param == "postgresql":
        return _site("postgresql", request.getfixturevalue("migrated_server"))
    return _site("sqlite")


@pytest.fixture
def site_on_sqlite(_site):
    """A site on SQLite alone, where the database makes no difference to what is tested."""
    return _site("sqlite")


@pytest.fixture
def served(site_on_sqlite):
    """The same, at a real address of this machine."""
    with serving(site_on_sqlite) as site:
        yield site


# ---- browsers


@pytest.fixture
def browsers(chromium, served):
    """Windows on the served site: `browsers.open(user)`. At the end: nothing in the console, nothing asked of another host."""
    windows = Browsers(chromium, served)
    yield windows
    windows.close()
    assert windows.console == []
    assert windows.elsewhere == []


@pytest.fixture
def desktop(browsers):
    """A window as large as on a council's laptop."""
    return browsers.open()


@pytest.fixture
def phone(browsers):
    """A window as small as on a phone."""
    return browsers.open(viewport=PHONE)


@pytest.fixture
def without_script(browsers):
    """A window in which no script runs."""
    return browsers.open(script=False)


@pytest.fixture(params=["phone", "desktop"])
def page(request, browsers):
    """A window, once as on a phone and once as on a laptop."""
    return browsers.open(viewport=PHONE if request.param == "phone" else DESKTOP)


@pytest.fixture
def check_page(browsers):
    """A function that holds a page to what every page is held to."""

    def check(page):
        assert page.title().strip() not in ("", "– Footprint")
        assert problems(page) == []
        assert dead_links(page) == []
        assert sideways(page) <= 0
        assert browsers.console == []
        assert browsers.elsewhere == []
        has_errors = page.locator(".govuk-error-summary").count() > 0
        assert page.title().startswith("Error: ") == has_errors

    return check


# ---- what was published


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """A function that publishes a town of named people once a process: `published(tell)`, where `tell(town)` tells its story.

    `site.use(town)` then puts it into a site.
    """
    towns = {}

    def publish(tell):
        key = f"{tell.__module__}.{tell.__qualname__}"
        if key not in towns:
            with undisturbed():
                town = World(tmp_path_factory.mktemp("town"))
                tell(town)
            towns[key] = town
        return towns[key]

    return publish


@pytest.fixture(scope="session")
def borough(tmp_path_factory):
    """The data folder of an invented borough of a thousand people, made once a run. Read only: `site.use(borough)`."""

    def make(folder):
        with undisturbed():
            told = footprint(folder, "demo", "--no-site", "--residents", RESIDENTS, "--seed", SEED)
        assert told.code == 0, told.err

    return once(tmp_path_factory, "borough", make) / f"demo-{RESIDENTS}-{SEED}"
