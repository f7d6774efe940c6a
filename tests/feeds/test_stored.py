"""The engine that writes and merges tables: bounded, closed, and spilling only where it is told to."""

import duckdb
import pytest

from footprint.feeds.stored import connect

#: More text than fits in the memory that is given.
FILL = "CREATE TABLE s AS SELECT md5(i::VARCHAR) || repeat(md5((i + 1)::VARCHAR), 6) AS t FROM range(600000) r(i)"


def test_what_does_not_fit_lies_in_the_folder_given(tmp_path):
    with connect(memory="100MB", spill=tmp_path / "spill") as engine:
        engine.execute(FILL)
        assert engine.execute("SELECT count(*) FROM s").fetchall() == [(600_000,)]
        assert any((tmp_path / "spill").iterdir())


def test_without_a_folder_nothing_is_written_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with connect(memory="100MB") as engine, pytest.raises(duckdb.OutOfMemoryException):
        engine.execute(FILL)
    assert not any(tmp_path.iterdir())


def test_no_extension_is_fetched_or_loaded_by_itself():
    with connect() as engine:
        settings = "SELECT current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions')"
        assert engine.execute(settings).fetchall() == [(False, False)]
