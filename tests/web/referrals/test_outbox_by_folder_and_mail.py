"""A copy leaves through a folder that both sides agreed on, and an e-mail says no more than that there is one."""

import datetime as dt

import time_machine
from django.utils import timezone

from footprint.web.referrals.models import Outgoing, RecordReference
from footprint.web.referrals.outbox.delivering import deliver
from footprint.web.referrals.outbox.watching import watch
from tests.web.referrals.copies import WITH_ADA, send
from tests.web.referrals.systems import (
    connect,
    destination,
    secret_of,
)


def test_a_folder_gets_the_message_with_its_manifest_and_gives_the_receipt(desk, tmp_path):
    from footprint.cli.receiver_service import read_folder
    from footprint.cli.record_system import RecordSystem

    officer = desk()
    data, folder = officer.site.data, tmp_path / "agreed"
    connect(data, destination(kind="folder", address=str(folder)))
    sent = send(officer)
    assert "cannot be written" in deliver().left_alone["records"], "a disk that is not mounted is not made"
    folder.mkdir()
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1)):
        deliver()
        names = sorted(one.name for one in (folder / "messages").iterdir())
        key = Outgoing.objects.get().key
        assert names == [f"{key}.json", f"{key}.manifest.json"]
        assert watch() == {"receipts": 0, "decisions": 0}
        system = RecordSystem(tmp_path / "records")
        assert read_folder(folder, system, secret_of(data)) == 1
        assert watch()["receipts"] == 1
    assert Outgoing.objects.get().standing == "delivered"
    assert RecordReference.objects.get().reference == "REC-000001"
    assert [one.record for one in system.effects()] == [f"referral/{sent.reference}"]
    assert not list((folder / "messages").iterdir())
    assert not list((folder / "receipts").iterdir())


def test_what_lies_in_a_folder_for_days_is_signed_anew_before_its_signature_is_too_old(desk, tmp_path):
    from footprint.cli.receiver_service import read_folder
    from footprint.cli.record_system import RecordSystem

    officer = desk()
    connect(officer.site.data, destination(kind="folder", address=str(tmp_path)))
    send(officer)
    deliver()
    system = RecordSystem(tmp_path / "records")
    for days in (5, 9):
        with time_machine.travel(timezone.now() + dt.timedelta(days=days)):
            deliver()
    with time_machine.travel(timezone.now() + dt.timedelta(days=10)):
        assert read_folder(tmp_path, system, secret_of(officer.site.data)) == 1
        assert watch()["receipts"] == 1


def test_a_receipt_that_somebody_else_laid_down_is_put_aside(desk, tmp_path):
    officer = desk()
    connect(officer.site.data, destination(kind="folder", address=str(tmp_path)))
    send(officer)
    deliver()
    key = Outgoing.objects.get().key
    (tmp_path / "receipts").mkdir(exist_ok=True)
    (tmp_path / "receipts" / f"{key}.receipt.json").write_text("{}")
    assert watch()["receipts"] == 0
    assert (tmp_path / "receipts" / f"{key}.receipt.json.refused").exists()
    assert Outgoing.objects.get().standing == "waiting"


def test_an_e_mail_carries_a_reference_and_nothing_else(desk, mail):
    officer = desk()
    office = destination("office", kind="email", address="office@borough.example", key=None)
    connect(officer.site.data, office)
    officer.site.set(SITE="https://footprint.example", MAIL=mail.url, MAIL_FROM="footprint@borough.example")
    sent = send(officer, WITH_ADA)
    assert deliver().outcomes == {"accepted": 1}
    (((to,), message),) = mail.taken
    text = str(message)
    assert to == "office@borough.example"
    assert f"{sent.reference}-1" in text
    assert not any(word in text for word in ("Ada", "Birch", "Alder", "hit", "children"))
