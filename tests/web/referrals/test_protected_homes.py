"""Homes that a partner marked, named in the free text of a referral: masked on every way out, and its author can tell nothing.

| clause                                                  | where                                                           |
| -------------------------------------------------------- | ---------------------------------------------------------------- |
| page, paper, queue, grade, audit, its paper and tables   | test_no_page_and_no_paper_shows_it                               |
| folder, HTTPS, e-mail, log, record                       | test_no_copy_and_no_e_mail_holds_it                              |
| the author's pages are the same with and without         | test_its_author_reads_and_is_told_the_same_with_and_without      |
| marked after it was sent                                 | test_what_is_marked_later_is_masked_at_the_next_reading          |
| the guardian learns of it                                | the same, and test_the_guardians_learn_what_is_held_back         |
"""

import logging
import re

import msgspec
import pytest
import time_machine
from django.core.management import call_command

from footprint.publishing.protected_homes import FILE
from footprint.referrals.holding import MASK
from footprint.referrals.referral import (
    Adult,
    Child,
    Concern,
    Referrer,
    Request,
    Safety,
    Said,
    Source,
    Statement,
)
from footprint.web.notices.models import Mail, Notice
from footprint.web.referrals import services
from footprint.web.referrals.models import DrawnReferral, HeldSentence, Step
from footprint.web.referrals.outbox.delivering import deliver
from tests.scenarios.test_protection_canary import OF_REFUGE, REFUGE, plain
from tests.scenarios.world import nhs, upn
from tests.web.referrals.audited import NOVEMBER, OCTOBER, Audit, at, marks, say
from tests.web.referrals.systems import connect, destination, listening, secret_of
from tests.web.referrals.writers import Desk

PHONE = "07700 900801"
WORDS = (*OF_REFUGE, plain(PHONE))
OPEN = "He was hit at home."
TELLS = (
    f"She fled to {REFUGE}.",
    "They live in Zephyrquill Lane now.",
    "Ask for her at Obsidianwick House.",
    f"Her number is {PHONE}.",
    "Its number on the map is 10099887766.",
)
SECRET = " ".join((OPEN, *TELLS, "Please see him today."))


def told(town):
    """A mother in a refuge that the police mark, and that comes unmarked from the school."""
    # fmt: off
    town.police.knows("MARA", "Mara/Quist", "1992-02-12", sex="F", home="17 Zephyrquill Lane, WS7 9QJ", uprn="10099887766",
                      protected=True, mobile=PHONE, seen=[("2026-10-01", "DOMESTIC", "VICTIM")])
    town.school.enrols("JUNE", "June/Quist", "2017-07-17", sex="F", home=REFUGE, upn=upn(701))
    town.acute.treated("PIA", "Pia/Lund", "1988-08-18", sex="F", home="4 Openfield Close, WS7 2RD", nhs=nhs(701))
    # fmt: on
    town.morning("2026-11-20")


@pytest.fixture
def desk(site_on_sqlite, published):
    """A function that seats somebody in a role, on the town's morning."""
    site_on_sqlite.use(published(told))
    with time_machine.travel(NOVEMBER, tick=True):
        yield lambda role="frontline", partner="", **named: Desk(
            site_on_sqlite, site_on_sqlite.user(role, partner, **named)
        )


def said(secret=SECRET, home=REFUGE):
    """A referral that gives it away wherever somebody types."""
    return msgspec.structs.replace(
        say(1),
        who=f"A boy whose aunt hides at {home}",
        place=home,
        children=(Child(key="c1", name="Ivo Lund", address=home, impact=secret, looks=secret),),
        adults=(Adult(key="a1", name="Mara Quist", address=home, relationship=f"aunt, of {home}"),),
        concern=Concern(
            wrong=secret, statements=(Statement(text=secret, source=Source.TOLD, told_by="June Quist"),)
        ),
        request=Request(argument=secret),
    )


def send(officer, what=None, form="one", **more):
    return services.receive(officer.actor, what or said(), form=form, **more)


def seen_in(texts):
    return [(where, word) for where, text in texts.items() for word in WORDS if word in plain(text)]


def read(somebody, url):
    answer = somebody.get(url)
    assert answer.status_code == 200, url
    body = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    return body.decode(errors="replace")


def unmarked(site):
    """The same town where no partner marked anybody."""
    (site.data / FILE).unlink()  # never written to: other towns read it, too
    (site.data / FILE).write_text("[]")


def test_no_page_and_no_paper_shows_it(desk, monkeypatch):
    monkeypatch.setattr("footprint.web.cases.person.pdf.can_make", lambda: True)
    monkeypatch.setattr("footprint.web.cases.person.pdf.make", lambda html: html.encode())
    audit = Audit(desk)
    audit.agree(share="100")
    sent = send(audit.officer, at=OCTOBER)
    audit.draw()
    drawn = DrawnReferral.objects.get()
    supervisor, worker = desk("police-supervisor", team="Response A"), audit.care
    pages = {
        "page": (worker, at("referral", sent.pk)),
        "print": (worker, at("print", sent.pk)),
        "queue": (worker, at("queue")),
        "move": (worker, at("move", sent.pk, "decide")),
        "team": (supervisor, at("team")),
        "supervisor": (supervisor, at("referral", sent.pk)),
        "unit": (audit.police, at("referral", sent.pk)),
        # Whoever marks it in the audit does not grade it.
        "grade": (desk("central-referral-unit"), at("grade", sent.pk)),
        "mark": (worker, at("audit_mark", drawn.pk)),
        "audit paper": (audit.police, at("audit_print")),
        "audit PDF": (audit.police, at("audit_pdf")),
        "audit table": (audit.police, at("audit_csv")),
        "measures": (audit.police, at("measures_csv")),
        "list": (audit.police, at("audit_pool", drawn.sample_id)),
    }
    texts = {name: read(*where) for name, where in pages.items()}
    for side in (audit.police, audit.care):
        side.post(at("audit_mark", drawn.pk), marks())
    texts["agree"] = read(worker, at("audit_moderate", drawn.pk))
    assert [
        name for name in ("page", "print", "queue", "unit", "grade", "mark") if OPEN not in texts[name]
    ] == []
    assert MASK in texts["page"]
    assert seen_in(texts) == []
    # Asked about the family, the home that is held back is not asked for, and named nowhere.
    worker.post(at("footprint", sent.pk))
    asked = {f"{one.leaf.action}": str(one) for one in worker.site.entries(case=sent.reference)}
    assert seen_in(asked) == []


def test_what_others_write_beside_it_is_masked_for_whoever_did_not(desk):
    officer, worker = desk(team="Response A"), desk("social-work-decision-maker")
    sent = send(officer, say(1))
    worker.post(
        at("move", sent.pk, "send-back"), {"words": f"Is she still at {REFUGE}?", "moves": "1", "seen": "0"}
    )
    assert Step.objects.filter(referral=sent, verb="send-back").exists()
    pages = {
        who.actor.role: read(who, at("referral", sent.pk))
        for who in (officer, desk("police-supervisor", team="Response A"))
    }
    assert seen_in(pages) == []


def test_no_copy_and_no_e_mail_holds_it(desk, tmp_path, mail, caplog):
    caplog.set_level(logging.DEBUG)
    officer, guardian = desk(team="Response A"), desk("identity-guardian", email="guardian@town.test")
    data, folder = officer.site.data, tmp_path / "agreed"
    folder.mkdir()
    officer.site.set(SITE="https://footprint.example", MAIL=mail.url, MAIL_FROM="footprint@borough.example")
    connect(data, destination())
    with listening(tmp_path / "records", secret_of(data)) as server:
        connect(
            data,
            destination(address=server.address),
            destination("folder", kind="folder", address=str(folder)),
            destination("office", kind="email", address="office@borough.example", key=None),
        )
        sent = send(officer)
        deliver()
        call_command("deliver", "--once")
        copies = {"HTTPS": "".join(one.body.decode() for one in server.system.effects())}
    copies["folder"] = "".join(one.read_text() for one in sorted(folder.rglob("*.json")))
    for copy in copies.values():
        assert OPEN in copy
        assert MASK in copy
    mails = {f"mail to {to}": message.as_string() for to, message in mail.taken}
    assert len(mails) == 2, "the office and the guardian"
    assert all(sent.reference not in text or "office" in to for to, text in mails.items())
    record = {"record": str(officer.site.entries()), "log": caplog.text}
    assert seen_in(copies | mails | record) == []
    assert guardian.user.email in str(mails)


def test_its_author_reads_and_is_told_the_same_with_and_without(desk):
    officer, guardian = desk(team="Response A"), desk("identity-guardian")
    pages = []
    for form in ("with", "without"):
        if form == "without":
            unmarked(officer.site)
        sent = send(officer, form=form)
        told_of = [
            read(officer, url)
            for url in (
                at("referral", sent.pk),
                at("print", sent.pk),
                at("receipt", sent.pk),
                at("mine"),
                "/",
            )
        ]
        own = (sent.pk, sent.reference, *(row.receipt for row in sent.versions.all()))
        pages.append([_without(page, own) for page in told_of])
        assert HeldSentence.objects.filter(version__referral=sent).exists() == (form == "with")
        sent.delete()
    assert pages[0] == pages[1]
    assert Notice.objects.filter(membership__user=guardian.user).count() == 1


def _without(page, own):
    for one in own:
        page = page.replace(str(one), "-")
    page = re.sub(r"Receipt [^<\s]+\.", "Receipt -.", page)  # each reading has its own
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_what_is_marked_later_is_masked_at_the_next_reading(desk):
    officer, worker = desk(team="Response A"), desk("social-work-decision-maker")
    guardian = desk("identity-guardian", email="guardian@town.test")
    data = officer.site.data
    marked = (data / FILE).read_bytes()
    unmarked(officer.site)
    sent = send(officer)
    before, own = read(worker, at("referral", sent.pk)), read(officer, at("referral", sent.pk))
    assert TELLS[0] in before
    call_command("hold_back")
    assert not HeldSentence.objects.exists()
    (data / FILE).write_bytes(marked)
    after = read(worker, at("referral", sent.pk))
    assert seen_in({"page": after}) == []
    assert OPEN in after
    assert _without(read(officer, at("referral", sent.pk)), ()) == _without(own, ())
    # The guardians learn of it, once.
    for _ in range(2):
        call_command("hold_back")
        held = set(HeldSentence.objects.values_list("text", flat=True))
        assert {one.strip() for one in held} >= {REFUGE, *TELLS}
        assert Notice.objects.filter(membership__user=guardian.user).count() == 1
    fled = HeldSentence.objects.filter(text__startswith=TELLS[0]).first()
    assert at("held_one", fled.pk) in read(guardian, at("held"))
    assert TELLS[0] in read(guardian, at("held_one", fled.pk))
    # One that comes back with an older snapshot is masked all the same: the list is the latest publishing's.
    assert seen_in({"page": read(worker, at("referral", sent.pk))}) == []


def test_the_guardians_learn_what_is_held_back_and_their_e_mail_says_nothing_of_it(desk):
    officer = desk(team="Response A")
    guardian, elsewhere = desk("identity-guardian", email="guardian@town.test"), desk("data-steward")
    sent = send(officer)
    (notice,) = Notice.objects.all()
    assert (notice.membership.user, notice.kind) == (guardian.user, "held-in-danger")
    assert notice.due_at == sent.due_at
    assert Mail.objects.get().notice == notice
    home = read(guardian, "/")
    assert notice.sentence in home
    assert at("held") in home
    assert "Act at once" in read(guardian, "/notices/")
    assert notice.sentence not in read(elsewhere, "/")
    # What comes again with an addition was told; what is new in it is told again.
    services.add(officer.actor, sent, said(), form="again")
    assert Notice.objects.count() == 1
    services.add(officer.actor, sent, said(f"{SECRET} His aunt lives in Zephyrquill Lane, too."), form="more")
    assert Notice.objects.count() == 2
    send(officer, say(7), form="nothing of it")
    assert Notice.objects.count() == 2


def test_in_danger_the_front_door_reads_whom_to_ring_for_what_is_masked_and_nobody_else_does(desk):
    officer, worker = desk(team="Response A"), desk("social-work-decision-maker")
    sergeant, took = desk("police-supervisor", team="Response A"), desk("social-work-decision-maker")
    what = msgspec.structs.replace(said(), referrer=Referrer(phone="01632 960001"))
    sent = send(officer, what)
    ring = "Ring whoever sent it on 01632 960001; do not write here what they tell you."
    assert ring in read(worker, at("referral", sent.pk))
    setting = officer.site.data / "partnership.yaml"
    before = setting.read_text() if setting.exists() else ""
    setting.unlink(missing_ok=True)
    setting.write_text(
        f"{before}\nguardian: {{team: Guardian on call, phone: 01632 960101, fallback: 01632 960102}}\n"
    )
    page = read(worker, at("referral", sent.pk))
    assert "ring Guardian on call on 01632 960101 (at other times 01632 960102)" in page
    assert "If nobody answers, ring whoever sent it on 01632 960001." in page
    assert seen_in({"page": page}) == []
    calm = msgspec.structs.replace(what, safety=Safety(danger_now=Said.NO))
    own = send(took, msgspec.structs.replace(what, route="public"), form="own")
    pages = [
        *((one, sent) for one in (officer, sergeant)),
        (took, own),
        (worker, send(officer, calm, form="calm")),
        (worker, send(officer, say(7), form="nothing of it")),
    ]
    for one, referral in pages:
        assert "ring whoever sent it" not in read(one, at("referral", referral.pk)).lower()


def test_a_town_that_an_earlier_version_published_is_read_from_the_partners_own_data(desk):
    officer, worker = desk(team="Response A"), desk("social-work-decision-maker")
    (officer.site.data / FILE).unlink()
    sent = send(officer)
    assert seen_in({"page": read(worker, at("referral", sent.pk))}) == []


def test_two_at_one_marked_home_are_not_led_from_one_to_the_other(desk):
    officer, worker = desk(team="Response A"), desk("social-work-decision-maker")
    for number, home in enumerate((REFUGE, "4 Openfield Close, WS7 2RD")):
        child = Child(key="c1", name=f"Ivo Number{number}", address=home)
        # A child of it, and five answers that list nobody.
        for form, place, children in (("Ivo", "", (child,)), ("nobody", home, ())):
            told = msgspec.structs.replace(say(number), place=place, children=children)
            send(officer, told, form=f"{number}{form}")
    queue = read(worker, at("queue"))
    assert queue.count("Same home") == 2
