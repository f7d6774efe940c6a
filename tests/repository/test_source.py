"""Habits of the source that no linter checks: short files, names that say something, nothing left for later."""

import ast
import re

import pytest

from checks.rooms_page import arrows, purpose
from tests.repository.paths import ROOT, SOURCE, name_of, our_files

LONGEST = 400
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "misc", "common", "manager", "managers"}
COMPOSITION_ROOTS = {"cli", "web"}
LEFT_FOR_LATER = re.compile(r"\b(TO[D]O|FIX[M]E|(?<!['\x22])XX[X]|HAC[K])\b|NotImplemented[E]rror")


def rooms() -> list[str]:
    return sorted(path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__")


def source_files():
    """Every file of ours below the source, but for what Django writes down once of how tables came to be."""
    return [path for path in our_files(".py") if SOURCE in path.parents and path.parent.name != "migrations"]


def test_no_source_file_is_two_rooms():
    lines = {name_of(path): len(path.read_text().splitlines()) for path in source_files()}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


def test_names_say_something():
    parts = {name_of(path): {*path.relative_to(ROOT).parts[:-1], path.stem} for path in our_files()}
    assert {name: EMPTY_NAMES & words for name, words in parts.items() if EMPTY_NAMES & words} == {}


def test_nothing_is_left_for_later():
    texts = {name_of(path): path.read_text() for path in our_files(".py", ".md", ".yaml", ".toml", ".in")}
    assert [name for name, text in texts.items() if LEFT_FOR_LATER.search(text)] == []


@pytest.mark.parametrize("room", rooms())
def test_a_room_says_what_it_is_for(room):
    first_line = purpose(room)
    assert len(first_line.split()) >= 4, (
        f"the docstring of footprint.{room} begins with a line that says what it is for"
    )


@pytest.mark.parametrize("room", rooms())
def test_a_room_has_its_arrow(room):
    assert room in COMPOSITION_ROOTS or room in arrows(), (
        f"give footprint.{room} an import contract in pyproject.toml"
    )


def test_every_module_says_what_it_is_for():
    without = [name_of(path) for path in source_files() if not docstring(path)]
    assert without == []


def docstring(path) -> str:
    return ast.get_docstring(ast.parse(path.read_text())) or ""


READS_INTO_TYPES = re.compile(r"msgspec\.(convert|json\.decode|json\.Decoder)\(")


def calls(tree, name) -> list[ast.Call]:
    """The calls of msgspec's `name` in a tree."""
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [one for one in found if isinstance(one.func, ast.Attribute) and one.func.attr == name]


def met_at_the_top(tree) -> set[str]:
    """The types for which a module makes a decoder while it is imported, as the source writes them."""
    top = [one for one in tree.body if not isinstance(one, ast.FunctionDef | ast.ClassDef)]
    return {ast.unparse(call.args[0]) for statement in top for call in calls(statement, "Decoder")}


def met_in_a_function(tree) -> set[str]:
    """The types into which a module's functions read, as the source writes them."""
    said = [word for call in calls(tree, "decode") for word in call.keywords if word.arg == "type"]
    converted = [call.args[1] for call in calls(tree, "convert") if len(call.args) > 1]
    return {ast.unparse(kind) for kind in (*(word.value for word in said), *converted)}


#: Modules to which the caller says the type: they let one thread in at a time, or every type of theirs was met before.
TYPE_COMES_WITH_THE_CALL = {"referrals/reading.py", "sharing/reading.py"}


def test_a_type_is_met_by_one_thread_before_several_read_into_it():
    """What msgspec knows of a type it makes when it first meets it, and shows it to other threads before it is whole.

    Two deliveries that were read side by side so took a process down, by a pointer to nothing. What a module makes at its top
    is made by the one thread that imports it.
    """
    texts = {name_of(path): path.read_text() for path in source_files()}
    trees = {name: ast.parse(text) for name, text in texts.items() if READS_INTO_TYPES.search(text)}
    top = {name: met_at_the_top(tree) for name, tree in trees.items()}
    where_defined = {
        statement.name
        for name, tree in trees.items()
        for statement in tree.body
        if isinstance(statement, ast.ClassDef) and statement.name in top[name]
    }
    unmet = {
        (name, kind)
        for name, tree in trees.items()
        for kind in met_in_a_function(tree) - top[name] - where_defined
        if not name.endswith(tuple(TYPE_COMES_WITH_THE_CALL))
    }
    assert unmet == set()
