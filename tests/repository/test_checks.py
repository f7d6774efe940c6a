"""`make check` runs everything, shows what failed, and leaves with the number of failures; stale documents are found."""

from checks import __main__ as all_checks
from checks import documents

GOOD = ("a good one", "python", "-c", "print('quiet')")
BAD = ("a bad one", "python", "-c", "import sys; sys.exit('what is wrong')")


def test_all_checks_run_and_the_failures_are_counted(monkeypatch, capsys):
    monkeypatch.setattr(all_checks, "CHECKS", (BAD, GOOD, BAD))
    assert all_checks.main() == 2
    said = capsys.readouterr().out
    assert [line.split()[0] for line in said.splitlines() if " one (" in line] == ["FAILED", "ok", "FAILED"]
    assert "what is wrong" in said
    assert "quiet" not in said
    assert "2 of 3 checks failed" in said


def test_when_all_pass_it_leaves_with_nothing(monkeypatch, capsys):
    monkeypatch.setattr(all_checks, "CHECKS", (GOOD,))
    assert all_checks.main() == 0
    assert "All 1 checks passed" in capsys.readouterr().out


def test_a_stale_or_absent_document_is_found_and_written(monkeypatch, tmp_path, capsys):
    pages = {"fresh.md": lambda: "same\n", "stale.md": lambda: "new\n", "absent.md": lambda: "first\n"}
    monkeypatch.setattr(documents, "PAGES", pages)
    monkeypatch.setattr(documents, "ROOT", tmp_path)
    (tmp_path / "fresh.md").write_text("same\n")
    (tmp_path / "stale.md").write_text("old\n")
    assert documents.main([]) == 1
    assert (tmp_path / "stale.md").read_text() == "old\n"
    assert capsys.readouterr().out.splitlines()[:2] == ["stale: stale.md", "stale: absent.md"]
    assert documents.main(["--write"]) == 0
    assert documents.main([]) == 0
    assert (tmp_path / "absent.md").read_text() == "first\n"
