"""E-mails over a real mail server: delivered, kept while it is down, refused, never lost, and never saying what it is about."""

import datetime as dt
import os
import signal
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from footprint.web.notices import outbox, queries, services
from footprint.web.notices.message import NoAddress, message
from footprint.web.notices.models import Mail, Notice
from footprint.web.notices.outbox import CLAIMED_FOR, LONGEST_WAIT, MOVES, State, deliver, wait_after
from footprint.web.notices.server import UnknownMailServer, server_of
from tests.web.notices.test_telling import acting_as, tell

MINUTE = dt.timedelta(minutes=1)


def states():
    return queries.states_of_mail()


def ana(site, email="ana@council.test", **named):
    return site.user(email=email, name="Ana Novak", **named)


# ---- delivered


def test_an_email_says_that_there_is_something_and_nothing_else(mailing, mail):
    tell(
        ana(mailing),
        sentence="Somebody says that Ibrahim Khan in case CASE-7 is two people.",
        link="/notices/",
    )
    assert deliver().settled == {State.SENT: 1}
    ((recipients, made),) = mail.taken
    reference = Notice.objects.get().reference
    assert recipients == ("ana@council.test",)
    assert made["To"] == "ana@council.test"
    assert made["From"] == "footprint@council.test"
    assert made["Subject"] == "Footprint: there is something for you"
    assert made["Message-ID"] == f"<{reference}@footprint.council.test>"
    assert made.get_content().splitlines() == [
        "There is something for you in Footprint. Sign in to read it.",
        "",
        f"Reference {reference}",
        "https://footprint.council.test",
        "",
        "This e-mail never says what it is about, and no answer to it is read.",
    ]
    for word in ("Ana", "Novak", "Ibrahim", "Khan", "CASE"):
        assert word not in made.as_string()


def test_what_was_sent_is_not_sent_again(mailing, mail):
    tell(ana(mailing))
    deliver()
    assert deliver(now=timezone.now() + dt.timedelta(days=3)).settled == {}
    assert len(mail.taken) == 1


def test_a_round_takes_no_more_than_its_limit_the_oldest_first(mailing, mail):
    for number in range(3):
        tell(ana(mailing, email=f"user{number}@council.test"))
    assert deliver(2).settled == {State.SENT: 2}
    assert [recipients for recipients, _ in mail.taken] == [("user0@council.test",), ("user1@council.test",)]


def test_a_partners_lead_is_written_to_without_an_account(mailing, mail):
    partner = mailing.partner("police", lead_email="lead@police.test")
    with transaction.atomic():
        services.notify_leads(partner, "break-glass", "Somebody broke the glass.")
    deliver()
    assert [recipients for recipients, _ in mail.taken] == [("lead@police.test",)]


# ---- the server is away, or says no


def test_while_the_server_is_down_nothing_is_lost_and_when_it_is_back_everything_goes_out(mailing, mail):
    tell(ana(mailing, email="first@council.test"))
    tell(ana(mailing, email="second@council.test"))
    mail.down()
    start = timezone.now()
    done = deliver(now=start)
    assert (done.reached, done.settled) == (False, {State.WAITING: 1})  # it does not try the others in vain
    assert states() == {"waiting": 2}
    assert (
        "tried once"
        in queries.mine(acting_as(Notice.objects.earliest("pk").membership.user))[0].lines[0].mail
    )
    mail.up()
    assert deliver(now=start + MINUTE / 2).settled == {State.SENT: 1}  # the other; the first waits its minute
    assert deliver(now=start + MINUTE).settled == {State.SENT: 1}
    assert sorted(recipients for recipients, _ in mail.taken) == [
        ("first@council.test",),
        ("second@council.test",),
    ]


@pytest.mark.parametrize(
    ("reply", "state", "said"),
    [
        ("550 no such mailbox", State.REFUSED, "550"),
        ("452 mailbox full", State.WAITING, "452"),
    ],
)
def test_a_recipient_that_is_refused_for_good_stands_there_refused_and_others_wait(
    mailing, mail, reply, state, said
):
    tell(ana(mailing))
    mail.recipients["ana@council.test"] = reply
    done = deliver()
    assert (done.reached, done.settled) == (True, {state: 1})
    assert Mail.objects.get().said == said


def test_a_message_that_is_refused_waits_and_others_are_tried(mailing, mail):
    tell(ana(mailing, email="first@council.test"))
    tell(ana(mailing, email="second@council.test"))
    mail.data = "451 try later"
    assert deliver().settled == {State.WAITING: 2}
    assert states() == {"waiting": 2}


def test_what_was_refused_goes_out_when_it_is_put_back(mailing, mail):
    tell(ana(mailing))
    mail.recipients["ana@council.test"] = "550 no such mailbox"
    deliver()
    mail.recipients.clear()
    assert deliver(now=timezone.now() + dt.timedelta(days=1)).settled == {}
    call_command("deliver", "--again", stdout=StringIO())
    assert len(mail.taken) == 1


def test_waits_double_and_end_at_six_hours():
    waits = [wait_after(attempts) for attempts in range(1, 100)]
    assert waits[:4] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


# ---- who is not written to


def test_nobody_is_written_to_where_they_are_no_more(mailing, mail):
    left = ana(mailing)
    tell(left)
    left.memberships.update(ends=timezone.localdate() - dt.timedelta(days=1))
    put_out = ana(mailing)
    tell(put_out)
    put_out.memberships.update(ended_at=timezone.now())
    blocked = ana(mailing)
    tell(blocked)
    blocked.is_active = False
    blocked.save()
    without = ana(mailing, email="")
    tell(without)
    reader = ana(mailing)
    tell(reader)
    with transaction.atomic():
        services.mark_all_read(acting_as(reader))
    assert deliver().settled == {State.GONE: 3, State.NO_ADDRESS: 1, State.NOT_NEEDED: 1}
    assert mail.taken == []


def test_an_address_is_looked_up_when_the_email_goes_out(mailing, mail):
    user = ana(mailing)
    tell(user)
    user.email = "new@council.test"
    user.save()
    deliver()
    assert mail.taken[0][0] == ("new@council.test",)


# ---- headers

INJECTIONS = [
    "ana@council.test\r\nBcc: all@elsewhere.test",
    "ana@council.test\nBcc: all@elsewhere.test",
    "ana@council.test\rBcc: all@elsewhere.test",
    "ana@council.test%0aBcc: all@elsewhere.test",
    "ana@council.test, all@elsewhere.test",
    "ana@council.test\u2028Bcc: all@elsewhere.test",
    "Ana <ana@council.test>",
    "\r\n.\r\nMAIL FROM:<x@elsewhere.test>",
    "@",
    " ",
]


@pytest.mark.parametrize("address", INJECTIONS)
def test_an_address_that_carries_another_header_is_no_address(site_on_sqlite, mail, address):
    site_on_sqlite.set(MAIL=mail.url, MAIL_FROM="footprint@council.test")
    tell(ana(site_on_sqlite, email=address))
    tell(ana(site_on_sqlite, email="bystander@council.test"))
    assert deliver().settled == {State.NO_ADDRESS: 1, State.SENT: 1}
    assert [recipients for recipients, _ in mail.taken] == [("bystander@council.test",)]


def test_a_name_with_a_line_end_reaches_no_email(mailing, mail):
    user = ana(mailing)
    user.name = "Ana\r\nBcc: all@elsewhere.test"
    user.save()
    tell(user)
    deliver()
    ((recipients, made),) = mail.taken
    assert recipients == ("ana@council.test",)
    assert made["Bcc"] is None
    assert set(made.keys()) == HEADERS


HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted",
    "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
}  # fmt: skip


@given(st.text(max_size=60) | st.sampled_from(INJECTIONS))
def test_whatever_stands_for_an_address_an_email_has_one_recipient_and_its_own_headers(text):
    try:
        made = message("N-2345678999", text, "footprint@council.test", "https://f.test", timezone.now())
    except NoAddress:
        return
    assert set(made.keys()) == HEADERS
    assert len(made["To"].addresses) == 1


# ---- killed


SENDER = [sys.executable, "-m", "footprint.web", "deliver", "--once"]


@pytest.fixture
def sender(mailing, monkeypatch):
    """Start the command as a process of its own over the same database."""
    running = []

    def start():
        environment = {
            "FOOTPRINT_DATA": str(mailing.data),
            "FOOTPRINT_MAIL": mailing_url(),
            "FOOTPRINT_MAIL_FROM": "footprint@council.test",
            "FOOTPRINT_SITE": "https://footprint.council.test",
        }
        process = subprocess.Popen(
            SENDER, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        running.append(process)
        return process

    def mailing_url():
        from django.conf import settings

        return settings.MAIL

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


def test_a_sender_killed_after_the_server_took_it_sends_a_copy_that_is_known_for_one(mailing, mail, sender):
    tell(ana(mailing))
    connections.close_all()
    processes = []
    mail.before_reply = lambda: processes[0].send_signal(signal.SIGKILL)
    processes.append(sender())
    assert processes[0].wait() == -signal.SIGKILL
    assert states() == {"sending": 1}
    mail.before_reply = None
    assert deliver().settled == {}  # for all we know it is being sent
    assert deliver(now=timezone.now() + CLAIMED_FOR + MINUTE).settled == {State.SENT: 1}
    first, second = (made["Message-ID"] for _, made in mail.taken)
    assert first == second
    assert Mail.objects.get().perhaps_twice
    assert "perhaps twice" in queries.mine(acting_as(Notice.objects.get().membership.user))[0].lines[0].mail


def test_the_command_sends_what_is_due_from_a_process_of_its_own(mailing, mail, sender):
    tell(ana(mailing))
    connections.close_all()
    out, err = sender().communicate()
    assert b"1  sent" in out, err
    assert len(mail.taken) == 1


@pytest.mark.parametrize("left_over", [False, True])
def test_of_two_senders_one_takes_it(mailing, left_over):
    """Both have read the row: as it waits, or as a dead sender left it."""
    tell(ana(mailing))
    now = timezone.now()
    if left_over:
        Mail.objects.update(state=State.SENDING, tried_at=now - CLAIMED_FOR, attempts=1)
    (here,), (there,) = outbox._due(now, 9), outbox._due(now, 9)
    assert [outbox._claim(one, now) for one in (here, there)] == [True, False]
    assert Mail.objects.get().perhaps_twice is left_over


# ---- settings


def test_without_a_mail_server_the_command_says_so_and_notices_stay(site_on_sqlite):
    site_on_sqlite.set(MAIL="")
    tell(ana(site_on_sqlite))
    said = StringIO()
    call_command("deliver", "--once", stdout=said)
    assert "FOOTPRINT_MAIL is empty: no e-mail is sent." in said.getvalue()
    assert "1  waiting to be sent" in said.getvalue()
    assert states() == {"waiting": 1}


@pytest.mark.parametrize(
    "url", ["http://mail.test", "mail.test:25", "smtp://", "smtp://mail.test:port", "smtp://user@mail.test"]
)
def test_a_mail_server_that_is_none_is_said_to_be_none(site_on_sqlite, url):
    with pytest.raises(UnknownMailServer, match="FOOTPRINT_MAIL"):
        server_of(url)
    site_on_sqlite.set(MAIL=url)
    with pytest.raises(CommandError, match="FOOTPRINT_MAIL"):
        call_command("deliver", stdout=StringIO())


def test_a_sender_that_is_no_address_is_said_to_be_none_and_costs_no_email(site_on_sqlite, mail):
    site_on_sqlite.set(MAIL=mail.url, MAIL_FROM="footprint@127.0.0.1\r\nBcc: x@elsewhere.test")
    tell(ana(site_on_sqlite))
    with pytest.raises(CommandError, match="FOOTPRINT_MAIL_FROM"):
        call_command("deliver", stdout=StringIO())
    assert states() == {"waiting": 1}


def test_a_password_is_read_from_a_private_file_and_never_said_in_clear(site_on_sqlite, mail, tmp_path):
    secret = tmp_path / "mail.password"
    secret.write_text("alders\n")
    secret.chmod(0o600)
    url = mail.url.replace("smtp://", "smtp://post@")
    assert server_of(url, str(secret)).password == "alders"
    site_on_sqlite.set(MAIL=url, MAIL_PASSWORD_FILE=str(secret), MAIL_FROM="footprint@council.test")
    tell(ana(site_on_sqlite))
    assert deliver().reached is False  # this server offers no TLS
    assert Mail.objects.get().said == "SMTPNotSupportedError"
    assert mail.taken == []


def test_every_state_of_an_email_has_its_moves_and_its_words():
    assert set(MOVES) == set(State)
    assert all(state.label for state in State)
