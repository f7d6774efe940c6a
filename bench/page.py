"""docs/figures.md, made from the runs that are on the disk. What was not measured here keeps the text that it has; a section
that was never measured says how to.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench import runs
from bench.machine import ROOT
from bench.runs import Run
from bench.section import Section
from bench.writing import commands

PAGE: Final = ROOT / "docs" / "figures.md"

HEAD: Final = """\
# Figures

What Footprint does, in what time and memory, and how well it links and searches. `make bench` measures it on your machine and
writes this page; no figure stands here that a run did not give, and each stands with the command that gives it again. Run in
the repository with `.venv/bin` on the path; `make bench` first sets that up.

How to read them:

* **The borough is invented by the same hand that wrote the linking.** Its error rates were documented and fixed before any
  tuning, and linking never reads its truth, but a real area has faults that nobody thought of. The labelled tables from
  elsewhere are the counterweight; your own extract is the proof (`footprint evaluate`).
* **A machine that others share is noisy.** Seconds are of one run; the load when it began stands beside it. Processor seconds
  vary less. Where there is a peer it was run in the same run on the same rows, and the ratio is worth more than the seconds.
* **Peak memory is of the command and all its children at once**, looked at twenty times a second; pages that two processes
  share count twice, and so do pages of mapped files. 1 MB is 2^20 bytes.
* A target that is not met says so."""


def page(sections: Sequence[Section], measured: Sequence[Run], standing: str = "") -> str:
    """Return the whole page. `standing` is the page as it is: a section without runs keeps what it says there."""
    kept = {
        section.name: _kept(section, standing) for section in sections if not runs.of(section.name, measured)
    }
    before = _machines(standing)
    now = [run.machine.words() for section in sections for run in runs.of(section.name, measured)]
    machines = list(dict.fromkeys([*before, *now]))
    parts = [
        HEAD,
        *(
            kept.get(section.name) or _section(section, runs.of(section.name, measured), machines)
            for section in sections
        ),
    ]
    told = "\n".join(parts)
    listed = [
        f"* **{_name(number)}**: {words}."
        for number, words in enumerate(machines)
        if f"on machine {_name(number)}," in told
    ]
    if listed:
        parts.append("\n".join(["## The machines", "", *listed]))
    return "\n\n".join(parts) + "\n"


def _kept(section: Section, standing: str) -> str:
    """What the page as it is says of a section; empty where it says that nothing was measured."""
    title = f"## {section.title}\n"
    body = standing.partition(f"\n{title}")[2].partition("\n## ")[0].strip()
    return "" if not body or "Not measured yet." in body else f"{title}\n{body}"


def _machines(standing: str) -> list[str]:
    """The machines that the page as it is describes, in the order of their letters."""
    found = dict(re.findall(r"^\* \*\*([A-Z])\*\*: (.*)\.$", standing, re.MULTILINE))
    last = max((ord(letter) for letter in found), default=ord("A") - 1)
    return [found.get(chr(code), f"no longer described ({chr(code)})") for code in range(ord("A"), last + 1)]


def _section(section: Section, measured: list[Run], machines: list[str]) -> str:
    parts = [f"## {section.title}", section.about]
    if measured:
        parts += [section.tell(measured), " ".join(_when(run, machines) for run in measured)]
    else:
        parts += ["Not measured yet. To measure it:", commands(section.command)]
    return "\n\n".join(parts)


def _when(run: Run, machines: list[str]) -> str:
    """Return when, on what and beside how much other work a run was made."""
    of = f"{run.residents:,} residents: m" if run.residents else "M"
    at = f"easured on {run.machine.day} at commit {run.machine.commit}"
    where = (
        f"on machine {_name(machines.index(run.machine.words()))}, load {run.machine.load:.1f} when it began"
    )
    return f"*{of}{at}, {where}.*"


def _name(number: int) -> str:
    return chr(ord("A") + number)


def write(sections: Sequence[Section], measured: Sequence[Run], path: Path = PAGE) -> None:
    """Write the page anew; what was not measured on this machine stays as it stands."""
    standing = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(page(sections, measured, standing), encoding="utf-8")
