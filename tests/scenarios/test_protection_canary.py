"""Scenario 8, as far as records, publishing and asking go: a protected address leaves through no channel.

Two places carry words that stand nowhere else: a refuge that the police mark as protected, and a home that a steward
shields. The same homes also come, unmarked, from the school and the hospital. Then everything that the command can say is
read, and every file that it wrote. The words may stand in two places only: in the partners' own generations, which are
what they sent, and, of the shielded home, in the table of rulings, which must name the place that it protects.

| clause                                                        | where                                                  |
| ------------------------------------------------------------- | ------------------------------------------------------ |
| no channel shows address, team or contact number              | test_no_answer_*, test_no_file_*, test_nobody_is_told_* |
| a search of the refuge yields the same as empty               | test_a_protected_address_is_as_one_that_nobody_knows   |
| a search of the child shows brokered contact only             | test_contact_is_brokered                               |
| search by UPRN                                                | test_a_protected_uprn_is_as_one_that_nobody_knows      |
| nor by school, telephone or e-mail                            | test_nobody_is_found_by_what_would_lead_there          |
| a refuge's name in free text; export, PDF; alerts; an         | wait for referrals, pages, users' roles; no free text  |
| override by two people that lasts for one view                | is ever taken from a feed                              |
"""

import json
import sqlite3
from pathlib import Path

import polars as pl
import pytest

from footprint.answer.addresses import search_address
from footprint.records import Address, DutyContact
from tests.scenarios.world import CASE, HUB, World, nhs, upn

REFUGE = "Flat 2, Obsidianwick House, 17 Zephyrquill Lane, WS7 9QJ"
SHIELDED = "Tanglefern Lodge, 23 Vellumbrook Row, WS7 8ZD"
UNKNOWN = "Flat 2, Marbleford House, 17 Candlewick Lane, WS7 1AB"
OPEN = "4 Openfield Close, WS7 2CD"
#: In lower case and without spaces, as every text is before it is searched for them.
OF_REFUGE = ("zephyrquill", "obsidianwick", "ws79qj", "10099887766")
OF_SHIELDED = ("vellumbrook", "tanglefern", "ws78zd", "10099887755")
SECRET = (*OF_REFUGE, *OF_SHIELDED, "07700900801", "07700900802")
PEOPLE = {
    "Mara Quist": ("police/person-id/MARA", "1992-02-12"),
    "June Quist": ("school-9284001/admission-number/JUNE", "2017-07-17"),
    "Ola Brandt": ("acute-trust/patient-id/OLA", "1991-09-19"),
    "Pia Lund": ("police/person-id/PIA", "1988-08-18"),
}


class Crawl:
    """Everything that the command said, by what was asked."""

    def __init__(self, town: World) -> None:
        self.town = town
        self.told: dict[str, str] = {}

    def ask(self, *arguments: str) -> str:
        ran = self.town.command(*arguments)
        self.told[" ".join(map(str, arguments))] = ran.out + ran.err
        return ran.out


def plain(text: str) -> str:
    return "".join(text.lower().split())


@pytest.fixture(scope="module")
def crawl(tmp_path_factory):
    town = World(tmp_path_factory.mktemp("canary"))
    crawl = Crawl(town)
    # fmt: off
    mara = {"name": "Mara/Quist", "born": "1992-02-12", "sex": "F"}
    june = {"name": "June/Quist", "born": "2017-07-17", "sex": "F"}
    ola = {"name": "Ola/Brandt", "born": "1991-09-19", "sex": "M"}
    town.police.knows("MARA", **mara, home=REFUGE, uprn="10099887766", protected=True, mobile="07700 900801",
                      seen=[("2026-10-01", "DOMESTIC", "VICTIM")], related=[("MOTHER OF", "JUNE")])
    town.police.knows("JUNE", **june, home=REFUGE, uprn="10099887766", protected=True,
                      seen=[("2026-10-01", "DOMESTIC", "CHILD PRESENT")])
    town.social_care.knows("JUNE", **june, home=REFUGE, restricted=True, nhs=nhs(701), upn=upn(701), plan=("2026-10-03", ""))
    town.school.enrols("JUNE", **june, home=REFUGE, uprn="10099887766", upn=upn(701), mother="Mara/Quist", mobile="07700 900801")
    town.acute.treated("JUNE", **june, home=REFUGE, nhs=nhs(701), phone="07700 900801")
    town.police.knows("OLA", **ola, home=SHIELDED, uprn="10099887755", seen=[("2026-10-02", "VIOLENCE", "WITNESS")])
    town.acute.treated("OLA", **ola, home=SHIELDED, phone="07700 900802")
    # A neighbour, open to everybody; and rows that hold the words where another value belongs, so that reasons are given.
    town.police.knows("PIA", "Pia/Lund", "1988-08-18", sex="F", home=OPEN, seen=[("2026-10-05", "OTHER", "WITNESS")])
    town.police.knows("ODD", "Una/Ward", "2015-05-15", sex="F", home=REFUGE, uprn="Zephyrquill 10099887766", protected=True,
                      moved="2026-02-31")
    # fmt: on
    crawl.ask(
        "decide",
        "shield",
        "--address",
        SHIELDED,
        "--address",
        "uprn:10099887755",
        "--reason",
        "Witness in a trial.",
        "--json",
    )
    day = town.deliver("2026-11-20")
    crawl.ask("feeds", "check", str(day / "police"))
    crawl.ask("feeds", "check", str(day / "police"), "--json")
    crawl.ask("feeds", "receive", str(day), "--json")
    crawl.ask("publish", "--json")
    crawl.ask("publish")
    crawl.ask("rollback", "--json")
    for form in ((), ("--json",)):
        look_everywhere(crawl, form)
    return crawl


def look_everywhere(crawl: Crawl, form: tuple[str, ...]) -> None:
    """Ask by every question that names or leads to the two homes, and look at everything else that there is to see."""
    town = crawl.town
    for name, (record, born) in PEOPLE.items():
        given, family = name.split()
        crawl.ask("search", "--name", name, "--dob", born, *CASE, *form)
        for home in (REFUGE, SHIELDED):
            crawl.ask(
                "search", "--given", given, "--family", family, "--dob", born, "--address", home, *CASE, *form
            )
        crawl.ask("show", town.person(record), *CASE, *form)
    for home in (
        REFUGE,
        SHIELDED,
        "Zephyrquill Lane",
        "17 Zephyrquill Lane",
        "Obsidianwick House, WS7 9QJ",
        "WS7 9QJ",
        "WS7 8ZD",
    ):
        crawl.ask("search", "--address", home, *CASE, *form)
    for phone in ("07700 900801", "07700 900802"):
        crawl.ask("search", "--phone", phone, *CASE, *form)
    crawl.ask("search", "--name", "Mara Quist", "--dob", "no date", "--address", REFUGE, *CASE, *form)
    crawl.ask(
        "search", "--name", "Mara Quist", "--address", REFUGE, "--case", "C1", "--purpose", "nosiness", *form
    )
    crawl.ask("decide", "shield", "--address", "Zephyrquill Lane", "--reason", "Too little said.", *form)
    for command in (
        "decide list",
        "ledger entries",
        "ledger verify",
        "snapshot list",
        "snapshot verify",
        "feeds list",
        "feeds held",
        "feeds status",
    ):
        crawl.ask(*command.split(), *form)
    crawl.ask("ledger", "head")


def test_the_crawl_asked_and_was_answered(crawl):
    """Were every command refused, nothing would leak and nothing be tested."""
    text = plain("\n".join(crawl.told.values()))
    assert "4openfieldclose" in text
    assert "pialund" in text
    assert "junequist" in text
    assert all("No such command" not in told for told in crawl.told.values())


@pytest.mark.parametrize("word", SECRET)
def test_no_answer_no_receipt_and_no_error_holds_a_word_of_it(crawl, word):
    assert [asked for asked, told in crawl.told.items() if word in plain(told)] == []


def test_nothing_says_that_a_field_was_set_aside_by_quoting_it(crawl):
    told = "\n".join(told for asked, told in crawl.told.items() if asked.startswith("feeds check"))
    assert "A UPRN has at most twelve figures and nothing else." in told
    assert "set aside" in told


def words_in(path: Path) -> str:
    """Return what can be read in a file, tables unpacked."""
    if path.suffix == ".parquet":
        return plain(json.dumps(pl.read_parquet(path).to_dicts(), default=str))
    try:
        said = path.read_bytes()
    except FileNotFoundError:  # SQLite takes its -shm and -wal away when the last connection goes
        said = b""
    return plain(said.decode("utf-8", errors="replace").replace("\0", ""))


def written(crawl: Crawl, *, but: str) -> list[Path]:
    return [
        path
        for path in crawl.town.data.rglob("*")
        if path.is_file() and path.relative_to(crawl.town.data).parts[0] != but
    ]


@pytest.mark.parametrize("word", [*OF_REFUGE, "vellumbrook"])
def test_no_file_beside_the_partners_own_holds_a_word_of_it(crawl, word):
    files = written(crawl, but="generations")
    assert any("openfield" in words_in(path) for path in files if "snapshots" in path.parts)
    assert [str(path) for path in files if word in words_in(path)] == []


@pytest.mark.parametrize("word", OF_SHIELDED)
def test_only_the_ruling_itself_names_the_home_that_it_shields(crawl, word):
    files = [
        path for path in written(crawl, but="generations") if not path.name.startswith("footprint.sqlite3")
    ]
    assert [str(path) for path in files if word in words_in(path)] == []
    with sqlite3.connect(crawl.town.data / "footprint.sqlite3") as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        said = {table: str(database.execute(f"SELECT * FROM {table}").fetchall()) for table in tables}
    assert {table for table, rows in said.items() if word in plain(rows)} <= {"decision"}


ASKED = {
    "to the flat": ((REFUGE, UNKNOWN), ("--address",)),
    "without a postcode": (("17 Zephyrquill Lane", "17 Candlewick Lane"), ("--address",)),
    "by its name": (("Obsidianwick House, WS7 9QJ", "Marbleford House, WS7 1AB"), ("--address",)),
    "its postcode alone": (("WS7 9QJ", "WS7 1AB"), ("--address",)),
    "a shielded home": ((SHIELDED, "Marbleford Lodge, 23 Candlewick Row, WS7 1AB"), ("--address",)),
    "a shielded home's postcode": (("WS7 8ZD", "WS7 1AB"), ("--address",)),
    "with the mother's name": ((REFUGE, UNKNOWN), ("--given", "Mara", "--family", "Quist", "--dob", "12/2/1992", "--address")),
    "with her name and no birthday": ((REFUGE, UNKNOWN), ("--given", "Mara", "--family", "Quist", "--address")),
    "with the child's name": ((REFUGE, UNKNOWN), ("--given", "June", "--family", "Quist", "--dob", "17/7/2017", "--address")),
    "with the witness's name": ((SHIELDED, UNKNOWN), ("--given", "Ola", "--family", "Brandt", "--dob", "19/9/1991", "--address")),
    "with a stranger's name": ((REFUGE, UNKNOWN), ("--given", "Pia", "--family", "Lund", "--dob", "18/8/1988", "--address")),
}  # fmt: skip


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["page", "json"])
@pytest.mark.parametrize("how", ASKED)
def test_a_protected_address_is_as_one_that_nobody_knows(crawl, how, form):
    (protected, unknown), asked = ASKED[how]
    one, other = (crawl.town.command("search", *asked, home, *CASE, *form) for home in (protected, unknown))
    assert one == other
    assert one.code in (0, 1)


def test_the_ledger_shows_no_difference_between_the_two(crawl):
    rows = []
    for home in (REFUGE, UNKNOWN):
        crawl.town.command("search", "--address", home, *CASE)
        last = crawl.town.command("ledger", "entries", "--limit", "100000", "--json").json[-3:-1]
        rows.append(
            [{name: value for name, value in row.items() if name not in ("receipt", "time")} for row in last]
        )
    assert rows[0] == rows[1]


@pytest.mark.parametrize("number", ["10099887766", "10099887755"])
def test_a_protected_uprn_is_as_one_that_nobody_knows(crawl, number):
    people, content = crawl.town.opened
    one, other = (
        search_address(people, content, Address(uprn=uprn), crawl.town.now)
        for uprn in (number, "10099880000")
    )
    assert one == other


@pytest.mark.parametrize("name", ["Mara Quist", "June Quist", "Ola Brandt"])
def test_contact_is_brokered(crawl, name):
    record, born = PEOPLE[name]
    people = [
        person for person in crawl.town.search(name=name, born=born).people if person.name.title() == name
    ]
    assert people
    for person in people:
        assert (person.standing, person.homes, person.partners, person.records) == ("protected", (), (), ())
    shown = crawl.town.show(record)
    assert shown.standing == "protected"
    assert shown.ring.phone == HUB
    assert (shown.stated, shown.workers, shown.links) == ((), (), ())
    for partner in shown.partners:
        assert (partner.involvements, partner.records, partner.duty) == ((), (), DutyContact())


@pytest.mark.parametrize("phone", ["07700 900801", "07700 900802"])
def test_nobody_is_found_by_what_would_lead_there(crawl, phone):
    assert crawl.town.search(phone=phone).people == ()


def test_nobody_is_told_where_a_protected_relative_lives(crawl):
    relatives = crawl.town.show("police/person-id/MARA").relatives
    assert {(one.name, one.standing, one.said_by) for one in relatives if one.name == "June Quist"} <= {
        ("June Quist", "protected", ())
    }
