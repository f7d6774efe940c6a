"""Compiled functions are kept apart for every state of what is built into them, wherever something can be written."""

import shutil

import pytest

from footprint.comparison import compiling


@pytest.fixture
def package(tmp_path, monkeypatch):
    for room in ("comparison", "search", "records"):
        shutil.copytree(
            compiling._PACKAGE / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "tables")
        )
    monkeypatch.setattr(compiling, "_PACKAGE", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "file", ["comparison/declaration.py", "comparison/kernel.py", "search/keys.py", "records/comparable.py"]
)
def test_a_change_of_what_is_built_in_makes_another_folder(package, file):
    before = compiling._state()
    with (package / file).open("a") as source:
        source.write("\n# changed\n")
    assert compiling._state() != before


def test_the_copy_of_a_package_has_its_state(package):
    copied = compiling._state()
    assert copied == compiling._state()
    assert len(copied) == 16


def test_where_the_package_cannot_be_written_the_next_place_is_taken(tmp_path, monkeypatch):
    file = tmp_path / "a file, no folder"
    file.write_text("")
    monkeypatch.setattr(compiling, "_places", lambda: iter([file, tmp_path / "cache"]))
    folder = compiling._folder()
    assert folder.parent == tmp_path / "cache"
    assert folder.is_dir()


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path, monkeypatch):
    file = tmp_path / "a file, no folder"
    file.write_text("")
    monkeypatch.setattr(compiling, "_places", lambda: iter([file]))
    assert compiling._folder() is None


def test_the_operator_says_where(tmp_path, monkeypatch):
    monkeypatch.setattr(compiling.numba.config, "CACHE_DIR", str(tmp_path))
    assert list(compiling._places()) == [tmp_path]


def test_a_compiled_function_is_kept_and_numbas_own_setting_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(compiling, "_FOLDER", tmp_path)
    said = compiling.numba.config.CACHE_DIR
    assert compiling.compiled(_twice)(21) == 42
    assert said == compiling.numba.config.CACHE_DIR
    assert list(tmp_path.rglob("*.nbi"))


def _twice(number):
    return 2 * number
