"""Another system's referrals, from the file to the front door: each once, with all that belongs to one."""

import datetime as dt
import json
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DataError
from django.urls import reverse

from footprint.ledger import LedgerUnavailable
from footprint.referrals.import_contract import load_contracts
from footprint.web.notices.models import Notice
from footprint.web.referrals import services as receiving
from footprint.web.referrals.importing import services
from footprint.web.referrals.models import (
    Feedback,
    HeldSentence,
    Mention,
    Outgoing,
    Referral,
    Step,
    Subject,
    Version,
)
from footprint.web.referrals.queries import latest_of
from footprint.web.referrals.taking import FileRefused
from tests.web.cases.conftest import said
from tests.web.referrals.systems import connect, destination
from tests.web.referrals.test_own_family import lives_there, refusals

_SAYING = (
    "Form ref,Address of concern,Nature of concern,Immediate danger,Officer name,Officer team,"
    "Child forenames,Child surname,Child DOB,Dog"
)
_SILENT = [one for one in load_contracts()["emarf-csv"].columns if one not in _SAYING.split(",")]
fold_senders = import_module("footprint.web.referrals.migrations.0021_senders_folded").fold_senders
HEADER = ",".join((_SAYING, *_SILENT))
ADA = "M/1,12 Alder Road Walsall WS1 1AA,Their mother was hit,IMM,Olga Birch,Response A,Ada,Quist,2/4/2017,"
BEN = "M/1,,,,,,Ben,Quist,soon,"
CY = "M/2,7 Mill Lane,Nobody has fed him,NONE,Sam Ash,Nowhere,Cy,Lund,3/4/2018,A CHIS told us that he bites"


@pytest.fixture
def door(desk):
    seated = desk("social-work-decision-maker")
    seated.site.partner("police")
    return seated


def written(site, *rows, name="forms.csv"):
    path = site.data / name
    lines = (row + "," * len(_SILENT) for row in rows)
    path.write_text("\n".join((HEADER, *lines, "")))
    return path


def take(site, *rows):
    return services.take_file(written(site, *rows), "emarf-csv")


def page_of(referral):
    return reverse("referrals:referral", args=[referral.pk])


def counts(taken):
    return taken.new, taken.added, taken.same


def test_each_form_is_a_referral_with_all_that_belongs_to_one(desk, door):
    sergeant = desk("police-supervisor", team="Response A")
    site = door.site
    connect(site.data, destination())
    taken = take(site, ADA, BEN, CY)
    assert (counts(taken), taken.with_unread, taken.faults) == ((2, 0, 0), 2, ())
    ada, cy = Referral.objects.order_by("sent_at")
    assert (ada.route, ada.partner.code, ada.author, ada.team) == (
        "imported",
        "police",
        "Olga Birch",
        "Response A",
    )
    assert (ada.by_id, ada.taken_by_id, ada.is_urgent) == (None, None, True)
    assert cy.team == "", "a team that no account knows is nobody's"
    assert set(Subject.objects.values_list("referral", "key")) == {
        (ada.pk, "c1"),
        (ada.pk, "c2"),
        (cy.pk, "c1"),
    }
    assert Mention.objects.filter(referral=ada).exists()
    assert list(Step.objects.values_list("verb", "part", "by")) == [("receive", "author", None)] * 2
    assert Feedback.objects.filter(kind="receipt").count() == 2
    assert {one.referral_id for one in Outgoing.objects.all()} == {ada.pk, cy.pk}
    told = Notice.objects.filter(kind__startswith="danger").values_list("membership__user", flat=True)
    assert set(told) == {door.user.pk, sergeant.user.pk}
    assert len(site.entries(action="referral-send")) == 2
    (entry,) = site.entries(action="referral-file")
    assert (entry.leaf.organisation, entry.leaf.facts["new"]) == ("police", 2)
    assert "Quist" not in str(entry)

    page = said(door.get(page_of(ada)))
    for words in ("M/1", "form, imported", "Olga Birch", "Response A", "soon"):
        assert words in page
    assert "Not understood from the form that was sent: Child DOB" in page
    unit = desk("central-referral-unit")
    assert ada.reference in said(unit.get(reverse("referrals:grading")))
    assert sergeant.get(page_of(ada)).status_code == 200
    assert sergeant.get(page_of(cy)).status_code == 404


def test_a_danger_that_was_not_understood_rouses_once_and_stands_first_after_danger(desk, door):
    sergeant = desk("police-supervisor", team="Response A")
    odd = ADA.replace("IMM", "see notes")
    for _ in range(2):
        take(door.site, CY, odd)
    told = Notice.objects.filter(kind__startswith="danger").order_by("kind")
    assert [(one.kind, one.membership.user_id) for one in told] == [
        ("danger-unread", door.user.pk),
        ("danger-unread-in-team", sergeant.user.pk),
    ]
    ada, cy = Referral.objects.order_by("-danger")
    assert (ada.is_urgent, ada.danger, cy.danger) == (False, 2, 1)
    assert ada.due_at - ada.received_at == dt.timedelta(hours=1)
    page = said(door.get(reverse("referrals:queue")))
    assert "Danger not understood: read it now" in page
    assert page.index("Ada Quist") < page.index("Cy Lund")
    page = said(door.get(page_of(ada)))
    assert "see notes" in page
    assert "What it says of danger was not understood: read it now" in page
    take(door.site, ADA)
    assert Notice.objects.filter(kind="danger").count() == 1, (
        "what is then understood as danger rouses as danger"
    )


def test_of_a_form_that_nobody_here_wrote_it_is_said_that_nobody_is_told_and_whom_to_ring(door):
    take(door.site, ADA)
    ada = Referral.objects.get()
    ring = f"Nobody is told here, since no account is its author: ring {ada.partner.name}."
    step = reverse("referrals:move", args=[ada.pk, "decide"])
    pages = [said(door.get(page_of(ada))), said(door.get(step))]
    accept = reverse("referrals:move", args=[ada.pk, "accept"])
    pages.append(said(door.post(accept, {"moves": 1, "seen": 1}, follow=True)))
    for page in pages:
        assert ring in page
        for wrong in (
            "Whoever sent it is told",
            "Whoever sent it reads",
            "Whoever sent it and",
            "What the author was told",
        ):
            assert wrong not in page
    assert "done. Nobody is told here" in pages[2]


def test_what_was_not_understood_is_masked_as_any_text(door):
    take(door.site, CY)
    assert [one.place for one in HeldSentence.objects.all()] == ["imported.unread.0.text"]
    page = said(door.get(page_of(Referral.objects.get())))
    assert "CHIS" not in page
    assert "Part of this is held back" in page


def test_the_same_again_is_the_same_and_what_is_corrected_is_added(door):
    site = door.site
    assert counts(take(site, ADA, BEN)) == (1, 0, 0)
    assert counts(take(site, ADA, BEN)) == (0, 0, 1)
    mended = BEN.replace("soon", "5/6/2019")
    assert counts(take(site, ADA, mended)) == (0, 1, 0)
    assert counts(take(site, ADA, mended.replace("M/1", "m / 1"))) == (0, 0, 1), (
        "one reference, typed otherwise"
    )
    for typed in (" m/1 ", "M / 1"):
        assert counts(take(site, *(row.replace("M/1", typed) for row in (ADA, mended)))) == (0, 0, 1), typed
    assert counts(take(site, ADA, BEN)) == (0, 0, 1), "what comes late takes nothing back"
    page = said(door.get(page_of(Referral.objects.get())))
    assert "Addition 1" in page
    assert "No longer said: Not understood from the form that was sent: Child DOB: soon" in page
    assert len(site.entries(action="referral-file")) == 2, "a file that says nothing new is no entry"


def test_a_form_is_found_by_the_reference_that_its_sender_has_within_reach_alone(desk, door):
    take(door.site, *(row.replace("M/", "M/104") for row in (ADA, CY)))
    ada = Referral.objects.get(is_urgent=True)
    find = reverse("referrals:find") + "?reference="
    Referral.objects.update(sender_key="")
    fold_senders(apps)
    for typed in (
        "M/1041",
        " m 1041",
        "Ref: M-1041",
        f"Ref: {ada.reference}",
        ada.reference.replace("-", "_"),
    ):
        assert door.get(find + typed)["Location"] == page_of(ada), typed
    for who, typed in (
        (door, "M/104"),
        (door, "M/1049"),
        (desk("police-supervisor", team="Other"), "M/1041"),
    ):
        assert "None that you may read bears that reference" in said(who.get(find + typed)), typed
    named = Referral.objects.filter(partnership=door.actor.partnership, sender_key="m1041")
    assert "a_senders_reference" in named.order_by("-sent_at", "pk").explain()


def test_one_of_their_own_family_is_not_theirs(door):
    lives_there(door)
    take(door.site, ADA)
    assert door.get(page_of(Referral.objects.get())).status_code == 403
    assert len(refusals(door.site)) == 1


def test_killed_half_way_and_taken_again_there_are_no_doubles(door, monkeypatch):
    site, real, came = door.site, receiving.receive_imported, []

    def dies(*given, **named):
        if came:
            raise LedgerUnavailable("The ledger is away.")
        came.append(1)
        return real(*given, **named)

    monkeypatch.setattr(services, "receive_imported", dies)
    with pytest.raises(CommandError, match="Take the file again") as ended:
        call_command("take_referrals", written(site, ADA, BEN, CY), contract="emarf-csv")
    assert ended.value.returncode == 6
    assert Referral.objects.count() == 1
    monkeypatch.setattr(services, "receive_imported", real)
    assert counts(take(site, ADA, BEN, CY)) == (1, 0, 1)
    assert Version.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "spreadsheet"),
        ("Form ref\n".encode("utf-16"), "Save it as UTF-8"),
        (b"Form ref\nM/1\0\n", "NUL"),
        (HEADER.encode() + b"\nZo\xc3\xab Ren\xe9\n", "two encodings"),
        (HEADER.encode() + b"\n", "No referral was found"),
        (HEADER.encode() + b"\nM/1,Quist", "Line 2: the file ends within this line"),
        (
            HEADER.replace("Immediate danger", "Danger immediate").encode() + b"\nM/1,Quist\n",
            "Immediate danger",
        ),
    ],
)
def test_a_file_of_which_nothing_can_be_read_is_refused_and_the_front_door_told_once(door, content, what):
    path = door.site.data / "wrong.csv"
    path.write_bytes(content)
    for _ in range(2):
        with pytest.raises(CommandError, match=what) as refused:
            call_command("take_referrals", path, contract="emarf-csv")
        assert refused.value.returncode == 4
        assert "Quist" not in str(refused.value)
    assert not Referral.objects.exists()
    (notice,) = Notice.objects.all()
    assert (notice.kind, notice.membership.user) == ("referral-file", door.user)
    assert "ask what they sent" in notice.sentence
    assert "was refused whole: nothing in it came" in notice.sentence
    assert "by the contract emarf-csv, tried " in notice.sentence


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("emarf-csv-2026-11-26.csv", True),
        ("Police_referrals_20261126.csv", True),
        ("ada-quist.csv", False),
        ("emarf 943 476 5919.csv", False),
        ("emarf-9434765919.csv", False),
    ],
)
def test_a_file_is_named_to_the_front_door_only_where_its_name_can_be_nobodys(name, shown):
    said = services._which(load_contracts()["emarf-csv"], Path("/srv") / name, "26 November 2026, 22:10")
    assert (
        said
        == ("" if not shown else f"{name}, ") + "by the contract emarf-csv, tried 26 November 2026, 22:10"
    )


def test_a_file_too_large_missing_unnamed_or_of_nobody_is_refused(site_on_sqlite, monkeypatch):
    path = written(site_on_sqlite, ADA)
    for wrong, name, what in (
        (path, "emarf-csv", "has none of this code"),
        (path, "", "--contract"),
        (path, "another", "emarf-csv, emarf-json, emarf-xml"),
    ):
        with pytest.raises(FileRefused, match=what):
            services.take_file(wrong, name)
    site_on_sqlite.partner("police")
    with pytest.raises(FileRefused, match="cannot be read"):
        services.take_file(path.with_name("none.csv"), "emarf-csv")
    monkeypatch.setattr(services, "LARGEST", 10)
    with pytest.raises(FileRefused, match="larger"):
        services.take_file(path, "emarf-csv")


def test_the_command_takes_what_is_sound_names_the_rest_and_takes_no_child_out(door, capsys):
    site = door.site
    take(site, ADA, BEN)
    path = written(site, ADA, CY, "M/1,,,,,,Ben")
    with pytest.raises(CommandError, match="2 faults; all else is taken") as told:
        call_command("take_referrals", path, contract="emarf-csv")
    assert told.value.returncode == 8
    printed = capsys.readouterr().out
    assert "1 referrals new" in printed
    assert "line 2: this names fewer people than before" in printed
    assert "line 4: this row has fewer columns (" in printed
    assert "Ben" not in printed
    assert Version.objects.count() == 2
    (notice,) = Notice.objects.filter(kind="referral-file")
    assert "all else is taken. It is forms.csv, by the contract emarf-csv, tried " in notice.sentence
    with pytest.raises(CommandError):
        call_command("take_referrals", path, contract="emarf-csv", json=True)
    assert [one["line"] for one in json.loads(capsys.readouterr().out)["faults"]] == [2, 4]


def test_one_that_the_database_cannot_keep_keeps_no_other_out(door, monkeypatch):
    real = receiving.receive_imported

    def refuses(actor, source, what, *, key):
        if what.imported.reference == "M/1":
            raise DataError("Quist")
        return real(actor, source, what, key=key)

    monkeypatch.setattr(services, "receive_imported", refuses)
    taken = take(door.site, ADA, CY)
    assert counts(taken) == (1, 0, 0)
    ((line, says),) = taken.faults
    assert (line, "Quist" in says) == (2, False)
    assert Notice.objects.filter(kind="referral-file").count() == 1


def test_a_form_at_which_something_unforeseen_fails_keeps_no_other_out_and_is_told(door, monkeypatch):
    real = services.receive_imported

    def fails(actor, teller, referral, *, key):
        if referral.imported.reference == "M/1":
            raise ZeroDivisionError("Ada Quist")
        return real(actor, teller, referral, key=key)

    monkeypatch.setattr(services, "receive_imported", fails)
    taken = take(door.site, ADA, CY)
    assert (taken.new, [one.line for one in taken.faults]) == (1, [2])
    assert "could not be taken" in taken.faults[0].says
    assert "Ada" not in taken.faults[0].says
    assert "a child may be in it" in said(door.get("/"))


def test_a_torn_file_takes_no_child_and_no_danger_out_of_a_form_whose_row_may_be_lost(door):
    take(door.site, ADA, BEN)
    dee = "M/1,,,,,,Dee,Quist,2020,"
    for rows in ((BEN, dee), (ADA.replace("IMM", ""), BEN)):
        path = written(door.site, *rows)
        path.write_text(path.read_text() + "M/1,12 Alder Road Walsall WS1 1AA\n")
        left, torn = services.take_file(path, "emarf-csv").faults
        assert "or says danger no more" in left.says
        assert "fewer columns" in torn.says
        stands = latest_of(Referral.objects.get())
        assert ([one.name for one in stands.children], stands.urgent) == (["Ada Quist", "Ben Quist"], True)
    assert take(door.site, ADA, BEN, dee).added == 1
