"""Every URL has a row in an access table, and every role gets at every URL exactly what its row says."""

import uuid

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from footprint.sharing.roles import ROLES
from footprint.web.config.access import ANYBODY, Access, permits, table
from tests.web.sites import PASSWORD

NOBODY, STRANGER = "nobody", "a user without a role today"
WHOEVER = [NOBODY, STRANGER, *ROLES]
#: A value that fits, for each kind of thing in a URL; none of them leads to anything.
VALUES = {
    "int": 1,
    "str": "nothing-here",
    "slug": "nothing-here",
    "uuid": uuid.UUID(int=7),
    "path": "nothing/here",
}
_KINDS = {
    "IntConverter": "int",
    "StringConverter": "str",
    "SlugConverter": "slug",
    "UUIDConverter": "uuid",
    "PathConverter": "path",
}


def urls(patterns=None, spaces=(), converters=None):
    """Yield (name, values) of every URL."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        inside = {**(converters or {}), **pattern.pattern.converters}
        if isinstance(pattern, URLResolver):
            yield from urls(pattern.url_patterns, (*spaces, *filter(None, [pattern.namespace])), inside)
        elif isinstance(pattern, URLPattern):
            values = {name: VALUES[_KINDS[type(kind).__name__]] for name, kind in inside.items()}
            yield ":".join((*spaces, str(pattern.name))), values


def refused(response):
    """Whether an answer is a refusal: 403, 405, or being sent to sign in."""
    return response.status_code in (403, 405) or (
        response.status_code == 302 and response["Location"].startswith(f"{reverse('account_login')}?next=")
    )


def test_every_url_has_a_row_and_every_row_a_url():
    names = [name for name, _ in urls()]
    assert len(names) > 10
    assert sorted(names) == sorted(set(names))
    assert set(names) == set(table())


def test_no_row_opens_a_page_of_people_to_anybody():
    open_to_anybody = {name for name, row in table().items() if ANYBODY in (row.reads, row.writes)}
    assert open_to_anybody <= {
        name
        for name in table()
        if name.startswith(("account_", "mfa_", "accounts:", "openid_", "socialaccount_"))
    } | {"health", "referrals:inbox"}  # which reads nothing, and is guarded by a signature


@pytest.mark.parametrize("whoever", WHOEVER)
def test_each_gets_what_the_table_says(site_on_sqlite, borough, whoever):
    site_on_sqlite.use(borough)
    user, rights = _somebody(site_on_sqlite, whoever)
    wrong = []
    client = site_on_sqlite.client(user)
    for name, values in urls():
        row: Access = table()[name]
        for method in ("get", "post"):
            may = permits(row.who(method.upper()), rights)
            response = getattr(client, method)(reverse(name, kwargs=values))
            if refused(response) == may:
                wrong.append((name, method, response.status_code))
            if may and method == "post":
                client = site_on_sqlite.client(user)  # it may have signed itself out
    assert wrong == []


def test_a_method_that_no_page_has_is_refused(site_on_sqlite):
    client = site_on_sqlite.client(site_on_sqlite.user("administrator"))
    for name, values in urls():
        for method in ("put", "patch", "delete", "options"):
            assert refused(getattr(client, method)(reverse(name, kwargs=values))), (name, method)


def test_what_is_in_no_table_is_refused_to_everybody(site_on_sqlite, monkeypatch):
    from footprint.web.config import middleware

    rows = {name: row for name, row in table().items() if name != "accounts:account"}
    monkeypatch.setattr(middleware, "_table", lambda: rows)
    client = site_on_sqlite.client(site_on_sqlite.user("administrator"))
    assert client.get(reverse("accounts:account")).status_code == 403


def _somebody(site, whoever):
    if whoever == NOBODY:
        return None, None
    if whoever == STRANGER:
        user = site.user("frontline")
        user.memberships.update(ends=user.memberships.get().starts)
        return user, None
    return site.user(whoever, password=PASSWORD), ROLES[whoever].rights
