"""What the source of the pages is held to, read from its syntax tree and from its templates."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from jinja2 import StrictUndefined, UndefinedError, nodes

import footprint.web

WEB = Path(footprint.web.__file__).parent
#: Who reaches people and the snapshot. Everybody else goes through the scope, which asks the agreement and enters the look-up.
REACHED_ONLY_FROM = {
    "footprint.answer.people": {"cases/scope.py"},
    "footprint.answer.opened": {"cases/scope.py", "cases/published.py"},
    # config/warming.py loads the engine before a server forks; it looks nobody up.
    "footprint.search": {"cases/scope.py", "cases/looking_up.py", "cases/asking.py", "config/warming.py"},
    # config/ turns "nothing is published" into a page.
    "footprint.snapshot": {"cases/published.py", "config/middleware.py", "config/warming.py"},
}
#: What a view would say if it asked the database itself, instead of a query or a service.
_MANAGERS = {"objects", "_default_manager", "_base_manager"}
_ASKING = {
    "filter",
    "exclude",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "select_related",
    "prefetch_related",
    "raw",
}
_SHORTCUTS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404"}


def modules():
    found = [path for path in sorted(WEB.rglob("*.py")) if "migrations" not in path.parts]
    assert len(found) > 30
    return found


def of(role):
    """The modules whose name says that they play a role: views.py, search_views.py, views/search.py."""
    return [
        path
        for path in modules()
        if path.stem == role or path.stem.endswith(f"_{role}") or path.parent.name == role
    ]


def name_of(path):
    return path.relative_to(WEB).as_posix()


def imported(tree):
    """Yield every dotted name that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", [*of("views"), *of("forms"), *of("presenters")], ids=name_of)
def test_views_forms_and_presenters_never_ask_the_database(path):
    tree = ast.parse(path.read_text())
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names = {name.rpartition(".")[2] for name in imported(tree)}
    assert attributes & (_MANAGERS | _ASKING) == set()
    assert {name for name in names if name in _SHORTCUTS or name.endswith("Manager")} == set()
    assert (
        "django.db" not in {name.partition(".models")[0] for name in imported(tree)}
        or name_of(path) == "config/views.py"
    )


@pytest.mark.parametrize("module", REACHED_ONLY_FROM)
def test_people_are_reached_through_the_scope_alone(module):
    reaching = {
        name_of(path)
        for path in modules()
        if any(
            name == module or name.startswith(f"{module}.") for name in imported(ast.parse(path.read_text()))
        )
    }
    assert reaching <= REACHED_ONLY_FROM[module]


def test_settings_are_asked_for_when_they_are_needed():
    # `from footprint.web.config.settings import DATA` would hold what stood there when the module was loaded.
    importing = [
        name_of(path)
        for path in modules()
        if any(
            name.startswith("footprint.web.config.settings") for name in imported(ast.parse(path.read_text()))
        )
    ]
    assert importing == []


def test_who_holds_a_role_is_asked_of_accounts_alone():
    # A query of one's own forgets one of the four ways in which a role is over.
    asking = re.compile(
        r"Membership\.objects\.(filter|exclude)|memberships\.(filter|all)|membership__(ends|starts)"
    )
    found = {name_of(path) for path in modules() if asking.search(path.read_text())}
    assert {name for name in found if not name.startswith("accounts/")} == set()


# ---------------------------------------------------------------- templates


def jinja():
    return engines["jinja2"].env


def templates():
    found = {
        path.relative_to(folder).as_posix(): path
        for folder in map(Path, settings.TEMPLATES[0]["DIRS"])
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    assert len(found) > 8, "no templates were found: this test looks in the wrong place"
    return found


def mentioned():
    """Every text that stands in a module or a template: whoever uses a template names it."""
    texts = set()
    for path in modules():
        tree = ast.parse(path.read_text())
        texts |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    for path in templates().values():
        texts |= {
            node.value
            for node in jinja().parse(path.read_text()).find_all(nodes.Const)
            if isinstance(node.value, str)
        }
    return texts


@pytest.mark.parametrize("name", sorted(templates()))
def test_a_template_parses_and_asks_for_nothing_unsafe(name):
    text = templates()[name].read_text()
    tree = jinja().parse(text)
    filters = {node.name for node in tree.find_all(nodes.Filter)}
    assert filters <= set(jinja().filters), "it uses a filter that there is not"
    assert not filters & {"safe", "forceescape"}
    assert not list(tree.find_all(nodes.ScopedEvalContextModifier)), "it switches escaping off"
    assert re.findall(r"<script(?![^>]*\ssrc=)|\son[a-z]+=|\sstyle=|javascript:|<style", text) == []


@pytest.mark.parametrize("name", sorted(templates()))
def test_a_template_draws_no_field_by_hand(name):
    text = templates()[name].read_text()
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", text)
    assert [one for one in fields if 'type="hidden"' not in one] == []
    for form in re.findall(r"<form\b.*?</form>", text, re.DOTALL):
        if 'method="post"' in form:
            assert "csrf_token" in form, form[:80]


def test_no_template_is_unused():
    used = mentioned() | BY_ALLAUTH
    assert [name for name in templates() if name not in used] == []


def test_an_undefined_name_fails():
    assert jinja().undefined is StrictUndefined
    with pytest.raises(UndefinedError):
        jinja().from_string("{{ nobody_gave_this }}").render()


#: Templates that the sign-in library asks for by name.
BY_ALLAUTH = {
    "account/login.html",
    "account/logout.html",
    "account/password_change.html",
    "account/reauthenticate.html",
    "mfa/authenticate.html",
    "mfa/index.html",
    "mfa/reauthenticate.html",
    "mfa/recovery_codes/generate.html",
    "mfa/recovery_codes/index.html",
    "mfa/totp/activate_form.html",
    "mfa/totp/deactivate_form.html",
    "mfa/webauthn/add_form.html",
    "mfa/webauthn/authenticator_confirm_delete.html",
    "mfa/webauthn/authenticator_list.html",
    "mfa/webauthn/reauthenticate.html",
}
