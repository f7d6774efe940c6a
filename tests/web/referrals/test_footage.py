"""What a force's files say of footage, from the file to the pages: taken once, told, shown in time, looked into by others."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from footprint.ledger import LedgerError
from footprint.web.cases import scope
from footprint.web.cases.published import published
from footprint.web.referrals.auditing.measuring import queries as measuring
from footprint.web.referrals.footage import queries, services
from footprint.web.referrals.models import Dip, FilmedIncident, FootageFile
from tests.web.cases.conftest import said
from tests.web.referrals.audited import NOVEMBER, Audit, at
from tests.web.referrals.filming import bare, filmed, take, write
from tests.web.referrals.test_measures import row
from tests.web.referrals.writers import Desk


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOVEMBER, tick=True):
        yield


# ---------------------------------------------------------------- taking a file


def test_a_file_is_taken_once_corrected_later_and_entered(site):
    site.partner("police")
    first = [filmed(1), filmed(2), bare(3, no_video="N6"), bare(4, **{"class": "BURG"})]
    taken = take(site, *first)
    assert (taken.new, taken.corrected, taken.same, taken.outside) == (3, 0, 0, 1)
    assert taken.outside_codes == ("BURG",)
    again = take(site, *first)
    assert (again.new, again.corrected, again.same) == (0, 0, 3)
    later = take(site, filmed(1, made="2026-11-26T08:00", team="Response B"))
    assert (later.new, later.corrected, later.same) == (0, 1, 0)
    late = take(site, filmed(1, made="2026-11-26T07:00", team="Response C"))
    assert late.corrected == 0
    told = FilmedIncident.objects.get(key="20126")
    assert (told.team, told.revision) == ("Response B", 2)
    tomorrow = take(site, *[row | {"made": "2026-11-26T09:00"} for row in first[1:]])
    assert (tomorrow.corrected, tomorrow.same) == (0, 2), (
        "a later extract that tells the same corrects nothing"
    )
    assert FilmedIncident.objects.count() == 3, "what a file names no more stays"
    assert FootageFile.objects.count() == 4
    entries = site.entries(action="footage-file")
    assert [entry.leaf.facts["new"] for entry in entries] == [3, 0, 0, 0]
    assert entries[0].leaf.organisation == "police"


def test_without_its_entry_nothing_is_taken(site_on_sqlite, monkeypatch):
    site_on_sqlite.partner("police")

    class Away:
        def record(self, *_, **__):
            raise LedgerError("The ledger is away.")

    monkeypatch.setattr(services, "ledger", Away)
    with pytest.raises(LedgerError):
        take(site_on_sqlite, filmed(1))
    assert not FilmedIncident.objects.exists()
    assert not FootageFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "spreadsheet"),
        ("Team\n".encode("utf-16"), "UTF-8"),
        (b"Team\n\xff\xfe\xe9", "UTF-8"),
        (b"Team\n\0", "NUL"),
        (b"Team\n", "nowhere"),
    ],
)
def test_what_is_no_such_file_is_refused_with_what_to_do(site_on_sqlite, content, what):
    site_on_sqlite.partner("police")
    path = site_on_sqlite.data / "wrong.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=what) as refused:
        call_command("take_footage", path)
    assert refused.value.returncode == 4
    assert not site_on_sqlite.entries(action="footage-file")


def test_a_file_too_large_missing_or_of_a_partner_that_is_not_there_is_refused(site_on_sqlite, monkeypatch):
    path = write(site_on_sqlite.data / "one.csv", [filmed(1)])
    for wrong, what in ((path, "has none of this code"), (path.with_name("none.csv"), "cannot be read")):
        with pytest.raises(services.FootageRefused, match=what):
            services.take_file(wrong)
    monkeypatch.setattr(services, "LARGEST", 10)
    with pytest.raises(services.FootageRefused, match="larger"):
        services.take_file(path)
    with pytest.raises(services.FootageRefused, match="--contract"):
        services.take_file(path, "another")


def test_the_command_takes_what_is_sound_and_names_the_rest(site_on_sqlite, capsys):
    site_on_sqlite.partner("police")
    path = write(site_on_sqlite.data / "some.csv", [filmed(1), filmed(2, at="yesterday")])
    with pytest.raises(CommandError, match="1 fault; all else is taken") as told:
        call_command("take_footage", path)
    assert told.value.returncode == 8
    printed = capsys.readouterr().out
    assert "1 incidents new" in printed
    assert "line 3, Incident time: this is no date with a time" in printed
    with pytest.raises(CommandError):
        call_command("take_footage", path, json=True)
    assert '"column": "Incident time"' in capsys.readouterr().out
    write(path, [filmed(2, at="yesterday")])
    with pytest.raises(CommandError, match="No row of the file can be taken"):
        call_command("take_footage", path)


# ---------------------------------------------------------------- what is measured


@pytest.fixture
def audit(desk):
    """November: of Response A's incidents 1 is told by a referral, 2 by none; 3 is a stop of Response B, not recorded."""
    audit = Audit(desk)
    audit.write(1, dt.datetime(2026, 11, 11, 9, tzinfo=dt.UTC), video="BWV-1")
    take(
        audit.site,
        filmed(1, kept="2026-11-12T09:00", child_heard="yes"),
        filmed(2, started="2026-11-10T21:55"),
        bare(3, **{"class": "STOP", "team": "Response B", "no_video": "N6", "children": "0"}),
    )
    return audit


def table(page, label):
    return page.partition(f"{label}, of ")[2].partition("</table>")[0]


def test_measures_of_times_are_told_where_a_file_came(audit):
    page = audit.police.get(at("measures")).content.decode()
    assert "Incident log and body-worn video, as of 26 November 2026 at 06:00" in page
    assert "It cannot be told here" not in page
    (voice,) = row(
        table(page, "Each child has words, or it is explained why not, and enough of their day"), "Response A"
    )
    assert "1 of 2 (50%)" in voice, "of a child of whom no referral tells no voice is recorded"
    for label, share in {
        "Somebody recorded it": "2 of 3 (67%)",
        "A reason is given why not": "1 of 1 (100%)",
        "Recording began soon after arrival": "1 of 2 (50%)",
        "What a child said is in the recording": "1 of 2 (50%)",
        "It was kept before it would have been deleted": "1 of 1 (100%)",
        "The referral names it": "1 of 1 (100%)",
    }.items():
        assert share in row(table(page, label), "All teams")[0], label
    assert "Half began within" in page
    assert "It was forgotten" in page


def test_a_referral_that_comes_months_later_counts_by_itself_and_none_twice(audit):
    october = {
        "at": "2026-10-10T21:40",
        "arrived": "",
        "started": "2026-10-10T21:50",
        "ended": "2026-10-10T22:00",
    }
    august = {
        "at": "2026-08-10T21:40",
        "arrived": "",
        "started": "2026-08-10T21:50",
        "ended": "2026-08-10T22:00",
    }
    take(audit.site, filmed(31, **october), filmed(32, **august))
    before = incidents(audit)
    audit.write(2, dt.datetime(2026, 11, 12, 9, tzinfo=dt.UTC), first=31, video="BWV-31")
    after = incidents(audit)
    assert after["2026-10"] == before["2026-10"]
    assert after["2026-11"] == before["2026-11"] + 1
    assert after["2026-08"] == before["2026-08"]


def incidents(audit):
    """How many incidents each month counts as recorded or not."""
    found = {}
    for month in ("2026-08", "2026-10", "2026-11"):
        tallied = measuring.tallied_in(audit.site.partnership.pk, month, measuring.choices())
        found[month] = sum(one.met.of for one in tallied.tallies if one.code == "recorded")
    return found


def test_one_class_can_be_read_alone_and_by_others_only_so(audit, desk):
    page = audit.police.get(f"{at('measures')}?class=stop-and-search").content.decode()
    assert "Response A" not in table(page, "Somebody recorded it")
    assert "0 of 1 (0%)" in row(table(page, "Somebody recorded it"), "Response B")[0]
    for url in (at("measures"), f"{at('measures')}?class=stop-and-search"):
        page = desk("overseer").get(url).content.decode()
        assert "Response" not in page
        assert "All teams" not in page, "from a total and its parts what is small could be worked out"


def test_a_large_figure_of_fewer_than_three_teams_is_not_shown_to_others(audit, desk):
    stop = {"class": "STOP", "at": "2026-10-10T21:40", "arrived": ""}
    mixed = [
        (filmed if number % 2 else bare)(
            number,
            **stop,
            **({"started": "2026-10-10T21:50", "ended": "2026-10-10T22:00"} if number % 2 else {}),
            team=f"Team {number % 4 // 2}",
        )
        for number in range(100, 140)
    ]
    take(audit.site, *mixed)
    label = "Somebody recorded it"
    page = desk("overseer").get(at("measures")).content.decode()
    assert "too few to show" in row(table(page, label), "Stop and search")[0]
    take(
        audit.site,
        *[one | {"made": "2026-11-26T08:00", "team": f"Team {place % 3}"} for place, one in enumerate(mixed)],
    )
    page = desk("overseer").get(at("measures")).content.decode()
    assert "20 of 40 (50%)" in row(table(page, label), "Stop and search")[0]


def test_a_late_file_and_a_team_that_is_named_no_more_are_said(audit):
    with time_machine.travel(NOVEMBER + dt.timedelta(days=20)):
        take(audit.site, filmed(9, made="2026-12-16T06:00"))
        police = Desk(audit.site, audit.police.user)
        page = police.get(at("measures")).content.decode()
        assert "Response B (not reported since 26 November 2026 at 06:00)" in page
        assert "A newer extract was due" not in page
    with time_machine.travel(NOVEMBER + dt.timedelta(days=22)):
        page = Desk(audit.site, audit.police.user).get(at("measures")).content.decode()
        assert "A newer extract was due by 17 December 2026 at 12:00" in page


# ---------------------------------------------------------------- what will be deleted


def soon(number, **said):
    """An incident of four weeks ago: its recording goes in three days."""
    return filmed(
        number,
        **{
            "at": "2026-10-29T10:00",
            "arrived": "",
            "started": "2026-10-29T10:10",
            "ended": "2026-10-29T10:30",
            **said,
        },
    )


def test_a_supervisor_is_shown_first_what_nobody_kept(audit, desk):
    take(
        audit.site,
        soon(11),
        soon(12, kept="2026-11-01T10:00"),
        soon(13, children="0"),
        soon(14, team="Response B"),
    )
    page = said(desk("police-supervisor", team="Response A").get(at("team")))
    first = page.partition("Today, and what you have not read")[0]
    assert "20/11/26 3 days left 29 October 2026 at 10:00, 1 child listed. 1 recorded, none kept" in first
    for other in ("20/12/26", "20/13/26", "20/14/26"):
        assert other not in first


def test_what_a_supervisor_may_not_know_of_is_on_no_list(site_on_sqlite, borough, monkeypatch):
    site_on_sqlite.use(borough)
    there = max(published().children_there("police"), key=lambda one: one.day)
    sergeant = Desk(site_on_sqlite, site_on_sqlite.user("police-supervisor", team=there.team))
    take(site_on_sqlite, soon(11, team=there.team), soon(12, team=there.team, incident=there.reference))

    def listed():
        return {one.incident.reference for one in queries.soon_deleted(sergeant.actor, NOVEMBER)}

    assert listed() == {"20/11/26", there.reference}
    records = {one.record for one in published().children_there("police") if one.reference == there.reference}
    knows = scope.People.by_record
    monkeypatch.setattr(
        scope.People, "by_record", lambda self, key: None if key in records else knows(self, key)
    )
    assert listed() == {"20/11/26"}
    assert there.reference not in said(sergeant.get(at("team")))


# ---------------------------------------------------------------- looking into recordings


@pytest.fixture
def two(audit, desk):
    """Two supervisors of two teams. Of Response A one recording of October is drawn, since none other is."""
    take(audit.site, soon(11), soon(12))
    return desk("police-supervisor", team="Response A"), desk("police-supervisor", team="Response B")


def waiting(desk):
    return queries.dips(desk.actor, NOVEMBER).to_look


def url_of(one):
    return f"{at('look', one.id)}?asset={one.drawn.asset}"


FOUND = {"outcome": "looked", "child_heard": "yes", "prompt_used": "partly"}


def test_a_supervisor_enters_what_was_found_and_it_counts(two, audit):
    sergeant, other = two
    (one,) = waiting(sergeant)
    page = said(sergeant.get(at("looks")))
    assert one.drawn.asset in page
    assert "Overdue" in page, "a fortnight is over"
    assert "1 recording waits to be looked into, 1 of them overdue" in said(sergeant.get(at("team")))
    assert waiting(other) == ()
    assert other.get(url_of(one)).status_code == 404
    half = sergeant.post(url_of(one), {"outcome": "looked"})
    assert "Say whether the prompt was used" in said(half)
    assert sergeant.post(url_of(one), FOUND).status_code == 302
    assert waiting(sergeant) == ()
    assert sergeant.post(url_of(one), FOUND).status_code == 404, "once"
    (entry,) = audit.site.entries(action="footage-look")
    assert entry.leaf.facts["child_heard"] == "yes"
    page = audit.police.get(at("measures")).content.decode()
    assert "1 of 1 (100%)" in row(table(page, "A drawn recording was looked into"), "Response A")[0]
    assert "0 of 1 (0%)" in row(table(page, "The prompt was used, in whole"), "Response A")[0]
    assert "1 of 2 (50%)" in row(table(page, "A supervisor looked into it"), "Response A")[0]
    assert sergeant.actor.name not in page.partition("Who was briefed on the prompt")[0]


def test_whoever_was_there_passes_it_on_to_another_team(two, desk):
    sergeant, other = two
    (one,) = waiting(sergeant)
    sergeant.post(url_of(one), FOUND | {"outcome": "was-there"})
    assert Dip.objects.get().child_heard == "", "what was not looked into was not found"
    assert waiting(sergeant) == ()
    (passed,) = waiting(other)
    assert passed.passed_on
    assert "of Response A, passed on to you" in said(other.get(at("looks")))
    assert other.post(url_of(passed), FOUND).status_code == 302
    assert waiting(other) == ()
    assert waiting(desk("police-supervisor", team="")) == ()


def test_nobody_is_given_what_they_wrote_the_referral_of(two, audit):
    sergeant, _ = two
    (one,) = waiting(sergeant)
    number = int(one.drawn.incident.reference.split("/")[1])
    audit.write(1, by=sergeant, first=number)
    assert waiting(sergeant) == ()
    assert sergeant.get(url_of(one)).status_code == 404


def test_what_was_deleted_before_anybody_looked_is_said(two):
    sergeant, _ = two
    with time_machine.travel(NOVEMBER + dt.timedelta(days=4)):
        page = said(Desk(sergeant.site, sergeant.user).get(at("looks")))
    assert "1 drawn recording was deleted before anybody looked" in page
    assert "Nothing waits for you" in page


@pytest.mark.parametrize(("command", "handed"), [("footage", "take_footage"), ("take", "take_referrals")])
def test_the_command_line_hands_the_file_to_the_site(tmp_path, monkeypatch, command, handed):
    from footprint.cli import taking
    from tests.cli.conftest import footprint

    ran = []
    monkeypatch.setattr(taking.subprocess, "run", lambda line, env, check: ran.append((line, env)) or _Done())
    told = footprint(tmp_path, "referrals", command, "day.csv", "--contract", "bwv-csv", "--json")
    assert told.code == 8
    ((line, env),) = ran
    assert line[2:] == [
        "footprint.web",
        handed,
        "--contract",
        "bwv-csv",
        "--json",
        "--",
        str(Path("day.csv").absolute()),
    ]
    assert env["FOOTPRINT_DATA"] == str(tmp_path.absolute())


class _Done:
    returncode = 8
