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
