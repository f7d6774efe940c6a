"""The page of figures is made of whatever was measured, and says how to measure the rest."""

import json

import msgspec
import pytest

from bench import page, runs
from bench.machine import this_machine
from bench.runs import Run
from bench.sections import SECTIONS, entries, kills, labelled, pages, referred, searched, way
from bench.watching import Cost
from footprint.linking.against_truth import RunFigures

COST = Cost(seconds=12.5, processor_seconds=20.25, peak_mb=1234.5)
FOUND = searched.Found(
    queries=500,
    build_seconds=4.2,
    p50_ms=0.5,
    p99_ms=3.25,
    recall_at_1=0.97,
    recall_at_5=0.99,
    by_kind={"day-and-month": searched.Kind(queries=20, recall_at_1=0.95, recall_at_5=1.0)},
)
FIGURES = {
    "way": way.Figures(
        steps=[way.Step(name=name, cost=COST) for name in way.WORDS],
        residents=285_001,
        delivered_mb=220.0,
        records=250_000,
        people=190_000,
        involvements=400_000,
        generations_mb=150.0,
        snapshot_mb=300.0,
    ),
    "linking": RunFigures(
        records=250_000,
        people=190_000,
        true_pairs=70_000,
        joined=0.91,
        possible_or_joined=0.97,
        ceiling=0.95,
        joined_of_ceiling=0.957895,
        precision=0.9995,
        false_joins=3,
        false_joins_of_children=0,
    ),
    "labelled": [
        labelled.Table(
            name="historical",
            records=24_932,
            true_pairs=148_029,
            linkers=[
                labelled.Linker(who=who, precision=0.99, recall=0.84, f1=f1, possible=None, inside=20.0, cost=COST)
                for who, f1 in (("weight", 0.91), ("evidence", 0.1), ("peer", 0.835))
            ],
            commands=["footprint evaluate linking ..."],
        )
    ],
    "search": searched.Figures(whole=FOUND, few=FOUND, peer=msgspec.structs.replace(FOUND, p50_ms=100.0)),
    "pages": pages.Figures(
        served=[
            pages.Served(
                database=database,
                search=pages.Took(pages=320, p50_ms=60.0, p95_ms=110.0),
                footprint=pages.Took(pages=300, p50_ms=50.0, p95_ms=95.0),
                search_at_work=pages.Took(pages=120, p50_ms=40.0, p95_ms=60.0),
                footprint_at_work=pages.Took(pages=118, p50_ms=35.0, p95_ms=55.0),
                search_alone=pages.Took(pages=40, p50_ms=30.0, p95_ms=40.0),
                footprint_alone=pages.Took(pages=38, p50_ms=25.0, p95_ms=35.0),
                own_mb=90.0,
                share_mb=140.0,
            )
            for database in ("SQLite", "PostgreSQL")
        ]
    ),
    "referrals": referred.Figures(
        referrals=30_000,
        served=[
            referred.Served(
                database=database,
                alone={"the queue": pages.Took(pages=30, p50_ms=60.0, p95_ms=80.0)},
                at_once={"the queue": pages.Took(pages=60, p50_ms=100.0, p95_ms=140.0)},
            )
            for database in ("SQLite", "PostgreSQL")
        ],
    ),
    "kills": kills.Figures(
        asked=200,
        killed=[kills.Killed(who=who, kills=200, torn=0) for who in kills.WANTED],
    ),
    "ledger": entries.Figures(
        syncs=250.0,
        paces=[
            entries.Pace(
                database="SQLite", single=190.0, shared=320.0, batched=4000.0, held=24_000, verify_seconds=1.1
            )
        ],
    ),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """A folder with a run of every section, the boroughs' at both sizes."""
    for section in SECTIONS:
        for residents in (30_000, 285_000) if section.by_size else (None,):
            figures = msgspec.to_builtins(FIGURES[section.name])
            run = Run(section=section.name, residents=residents, machine=this_machine(), figures=figures)
            runs.save(run, tmp_path)
    return tmp_path


def told(folder, name):
    """The part of the page that is about one section."""
    title = next(section.title for section in SECTIONS if section.name == name)
    text = page.page(SECTIONS, runs.load(folder))
    return text.partition(f"## {title}\n")[2].partition("\n## ")[0]


def change(folder, file, **figures):
    path = folder / file
    run = json.loads(path.read_text())
    run["figures"] |= figures
    path.write_text(json.dumps(run))


@pytest.mark.parametrize("name", FIGURES)
def test_each_section_tells_its_figures_with_the_command_and_the_machine(folder, name):
    text = told(folder, name)
    assert "\n```\n" in text
    assert "| --- |" in text
    assert f"easured on {this_machine().day} at commit" in text
    assert "on machine A, load" in text
    assert "Not measured yet" not in text


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_a_section_without_figures_says_how_to_measure_it(section):
    text = page.page(SECTIONS, [])
    assert section.command in text
    assert text.count("Not measured yet") == len(SECTIONS)


def test_each_machine_is_described_once(folder):
    text = page.page(SECTIONS, runs.load(folder))
    assert text.count(this_machine().words()) == 1
    run = json.loads((folder / "kills.json").read_text())
    run["machine"]["cores"] = 64
    (folder / "kills.json").write_text(json.dumps(run))
    assert "on machine B, load" in told(folder, "kills")
    assert "* **B**: 64 cores" in page.page(SECTIONS, runs.load(folder))


def test_what_was_not_measured_here_keeps_what_the_page_says_of_it(folder, tmp_path):
    whole = page.page(SECTIONS, runs.load(folder))
    other = json.loads((folder / "kills.json").read_text())
    other["machine"]["cores"] = 64
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kills.json").write_text(json.dumps(other))
    again = page.page(SECTIONS, runs.load(elsewhere), whole)
    for section in SECTIONS:
        part = again.partition(f"## {section.title}\n")[2].partition("\n## ")[0]
        if section.name == "kills":
            assert "on machine B, load" in part
        else:
            assert part == whole.partition(f"## {section.title}\n")[2].partition("\n## ")[0]
    assert "* **A**: " in again
    assert "* **B**: 64 cores" in again
    assert page.page(SECTIONS, [], whole) == whole


def test_the_whole_way_adds_up_what_a_real_morning_does(folder):
    assert "| **received, linked and published** | 25.0 | 40.5 | 1,234 |" in told(folder, "way")


SLOW = msgspec.to_builtins(msgspec.structs.replace(FOUND, p99_ms=21.0))
LATE = [{"name": "publish", "cost": {"seconds": 301.0, "processor_seconds": 500.0, "peak_mb": 900.0}}]
ONE_TORN = [{"who": who, "kills": 200, "torn": int(who == "loader")} for who in kills.WANTED]
AT_285 = "At 285,000: precision met, no false join of two children"
LONG = {"pages": 1, "p50_ms": 1.0, "p95_ms": 151.0}
KINDS = ("search", "footprint", "search_at_work", "footprint_at_work")
SLUGGISH = msgspec.to_builtins(FIGURES["pages"].served[0]) | dict.fromkeys(KINDS, LONG)
MISSED = [
    ("pages-285000.json", {"served": [SLUGGISH]}, "≤ 150 (met)", "≤ 150 (not met)"),
    ("way-285000.json", {"steps": LATE}, "target (met)", "target (not met)"),
    ("linking-285000.json", {"false_joins_of_children": 1}, f"{AT_285} met", f"{AT_285} not met"),
    (
        "linking-285000.json",
        {"joined_of_ceiling": 0.89},
        f"{AT_285} met, joined met",
        f"{AT_285} met, joined not met",
    ),
    ("search-285000.json", {"whole": SLOW}, "(met)", "(not met)"),
    ("kills.json", {"killed": ONE_TORN}, "none torn: met", "none torn: not met"),
    ("kills.json", {"killed": ONE_TORN[1:]}, "none torn: met", "none torn: not met"),
    ("kills.json", {"killed": ONE_TORN[1:-1]}, "none torn: met", "none torn: not met"),
]


def test_each_kind_of_page_is_held_to_its_target(folder):
    one = msgspec.to_builtins(FIGURES["pages"].served[0])
    for kind in KINDS:
        change(folder, "pages-285000.json", served=[one | {kind: LONG}])
        assert told(folder, "pages").count("≤ 150 (not met)") == 1, kind
        assert told(folder, "pages").count("≤ 150 (met)") == 3, kind


@pytest.mark.parametrize(("file", "changes", "before", "after"), MISSED)
def test_a_target_that_is_missed_is_said_to_be(folder, file, changes, before, after):
    name = file.partition(".")[0].partition("-")[0]
    assert before in told(folder, name)
    change(folder, file, **changes)
    assert after in told(folder, name)
    assert before not in told(folder, name)


def test_the_ratio_to_the_peer_is_of_the_same_questions(folder):
    assert "200 times faster" in told(folder, "search")
    assert "F1 1.090" in told(folder, "labelled")


def test_a_run_of_one_size_keeps_the_figures_of_the_other(folder):
    runs.save(
        Run(section="linking", residents=30_000, machine=this_machine(), figures=FIGURES["linking"]), folder
    )
    assert [run.residents for run in runs.of("linking", runs.load(folder))] == [30_000, 285_000]


def test_the_page_that_stands_has_every_section():
    text = page.PAGE.read_text()
    assert [section.title for section in SECTIONS if f"\n## {section.title}\n" not in text] == []
    names = (
        "footprint sample",
        "feeds receive",
        "footprint --data data publish",
        "evaluate linking",
        "evaluate search",
    )
    commands = [section.command for section in SECTIONS]
    assert [
        name
        for name in (*names, "pytest -k kill")
        if name not in text and not any(c in text for c in commands)
    ] == []
