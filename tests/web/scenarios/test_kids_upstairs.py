"""Scenario 14 on the page. At night an officer's phone loses its signal; what is sent is poor, urgent, and tells a source.

One test. The right column says in which of its paragraphs, and where else a clause is tried.

| clause                                                    | where tested |
| --------------------------------------------------------- | ------------------------------------------------------------- |
| the officer's phone loses its signal in mid-form          | "an officer in a car"; a later step: referrals/test_in_a_browser |
| no date of birth, "kids upstairs", nothing of the parents | the same |
| accepted immediately                                      | "one referral came of it"; ledger away: referrals/test_spool |
| it cannot be lost, and sent again is one                  | the same; killed: test_spool, test_outbox_killed there |
| the phone prompt                                          | the same, and that it is noted: "when the officer rings" |
| source text is quarantined before it leaves the police    | "what tells the source is held back", "the guardian alone" |
| a red rating is possible                                  | "it sees it first, in red" |
| the supervisor sees it in under an hour                   | "the sergeant has read it" |
| missing children are resolved by address                  | "three children live there" |
| the referral is linked to the body-worn video's reference | "when the officer rings" |
| feedback and grade follow                                 | "then both come back to the officer" |
"""

import datetime as dt
import re

import pytest

from footprint.referrals.clocks import Clock, due, is_late
from footprint.referrals.criteria import CRITERIA
from footprint.referrals.holding import MASK
from footprint.referrals.referral import Child, Concern, Referral, Request, decode
from footprint.web.ledger.store import ledger
from footprint.web.referrals import services as sending
from footprint.web.referrals.models import Feedback, HeldSentence
from footprint.web.referrals.models import Referral as Sent
from footprint.web.referrals.outbox.delivering import deliver
from tests.scenarios.world import HUB
from tests.web.browsing import PHONE
from tests.web.referrals.keeping import KEPT, without_the_cut
from tests.web.referrals.systems import connect, destination, listening, secret_of
from tests.web.referrals.writers import Desk as Writer
from tests.web.scenarios.desk import Desk

HOME = "31 Bath Street, WS1 3BX"
NIGHT = dt.datetime(2026, 11, 21, 2, 10, tzinfo=dt.UTC)
SEEN = "Mum was hit in front of them and there is no food."
SOURCE = "This came from a CHIS who lives next door."


def told(town):
    """A mother and three children at one address: the council knows two of them, the police the youngest."""
    # fmt: off
    town.police.knows("MOTHER", "Kelly/Doyle", "1994-05-02", sex="F", home=HOME, seen=[("2026-09-12", "DOMESTIC", "VICTIM")],
                      related=[("MOTHER OF", "CLEO")])
    town.police.knows("CLEO", "Cleo/Doyle", "2024-02-11", sex="F", home=HOME, seen=[("2026-09-12", "DOMESTIC", "CHILD PRESENT")])
    town.social_care.knows("ADA", "Ada/Doyle", "2017-03-11", sex="F", home=HOME, plan=("2026-03-01", ""))
    town.social_care.knows("BEN", "Ben/Doyle", "2020-07-30", sex="M", home=HOME, plan=("2026-03-01", ""))
    # fmt: on
    town.morning("2026-11-20")


@pytest.fixture
def at_desk(served, browsers):
    """A function that gives somebody a laptop. Their pages are held to what every page is held to when pictures are taken."""
    return lambda role, **named: Desk(browsers.open(served.user(role, **named)), lambda _page: None)


def test_kids_upstairs(begin, served, browsers, at_desk, window, check_page, tmp_path):
    # Given a family whom partners know, a calm referral that has waited for an hour, and a record system of the council's
    town = begin(told)
    town.clock.move_to(NIGHT)
    teacher = Writer(served, served.user("school-lead"))
    calm = Referral(children=(Child(key="c1", name="Finn Marsh"),), request=Request(level="4"))
    sending.receive(teacher.actor, calm, form="calm", at=NIGHT - dt.timedelta(hours=1))
    care = destination("care", partner="childrens-social-care")
    connect(served.data, care)

    # and an officer in a car, whose phone loses its signal in mid-form
    officer = served.user("frontline", team="Response A", name="Pat Birch")
    phone = Desk(browsers.open(officer, viewport=PHONE), check_page)
    phone.looks_again("/referrals/new/")
    assert HUB in phone.reads()
    page = phone.page
    page.get_by_label("Who is it about?").fill("Kids upstairs")
    page.get_by_role("textbox", name="Where are they now?").fill(HOME)
    page.context.set_offline(True)
    page.get_by_label("What is wrong?").fill(f"{SEEN} {SOURCE}")
    page.get_by_label("Yes").check()
    page.get_by_label("Your number").fill("01632 960001")

    # When they send it with a nervous thumb
    page.get_by_role("button", name="Send it now").dblclick()

    # Then the phone keeps it, and nobody who finds the phone can read it
    page.get_by_text("NOT SENT: there is no connection").wait_for()
    assert HUB in page.locator("[data-said]").inner_text()
    (kept,) = page.evaluate(KEPT)
    assert not any(word in kept for word in ("upstairs", "Bath Street", "CHIS", "Mum"))
    assert not Sent.objects.filter(by__user=officer).exists()

    # When the signal comes, is lost again before the answer is there, and comes once more
    answers = loses_its_first_answer(page)
    with page.expect_event("requestfailed"):
        page.context.set_offline(False)
    page.context.set_offline(True)
    page.context.set_offline(False)
    page.get_by_role("heading", name="It was sent").wait_for()
    without_the_cut(browsers)
    check_page(page)

    # Then one referral came of it, the phone keeps nothing any more, and the receipt asks for the call
    sent = Sent.objects.get(by__user=officer)
    assert answers == [302]
    assert sent.versions.count() == 1
    assert page.evaluate(KEPT) == []
    assert decode(sent.versions.get().content).concern == Concern(wrong=f"{SEEN} {SOURCE}")
    assert sent.reference in phone.reads()
    for asked in ("Ring 999", HUB, "Nobody at the front door has taken it on yet"):
        assert asked in phone.reads(), asked

    # and what tells the source is held back before it leaves, while the rest goes
    with listening(tmp_path / "care", secret_of(served.data, "care")) as system:
        connect(served.data, care | {"address": system.address})
        deliver()
        left = b"".join(
            effect.body for effect in system.system.effects() if sent.reference in effect.record
        ).decode()
    assert SEEN in left
    assert MASK in left
    assert "CHIS" not in left

    # When the officer rings, and adds whom they spoke to and the reference of the video
    town.clock.move_to(NIGHT + dt.timedelta(minutes=10))
    phone.presses("I have rung: note whom I spoke to")
    page.get_by_label("Yes").first.check()
    page.get_by_label("Whom at the front door did you speak to?").fill("Sam Alder")
    page.get_by_label("When did you speak to them?").fill("02:15")
    phone.presses("Save, and back to the list")
    phone.follows("References")
    page.get_by_label("Body-worn video", exact=True).fill("BWV-26-0412")
    phone.presses("Save, and back to the list")
    phone.presses("Send it now")

    # Then it is an addition to the one that there is, and asks for no call any more
    page.get_by_role("heading", name="It was sent").wait_for()
    assert "I have rung" not in phone.reads()
    added = decode(sent.versions.get(number=2).content)
    assert (added.links.video, added.referrer.spoke_to) == ("BWV-26-0412", "Sam Alder")

    # When the front door looks, it sees it first, in red, with all that helps and without the source
    door = at_desk("social-work-decision-maker", name="Sam Alder")
    door.looks_again("/referrals/queue/")
    first = door.page.locator(".fp-case").first
    assert first.locator(".govuk-tag--red", has_text="In danger now").count() == 1
    for said in (
        "Kids upstairs",
        sent.reference,
        HOME,
        SEEN,
        MASK,
        "999 was called",
        "01632 960001",
        "Nobody has it yet",
    ):
        assert said in first.inner_text(), said
    assert "CHIS" not in door.reads()
    assert "Finn Marsh" in door.reads()
    door.sends(f"Accept: {sent.reference}", {})

    # and by the address learns that three children live there, and who they are
    door.sends(f"Footprint: {sent.reference}", {})
    door.sends("Look up", {})
    (there,) = door.homes().values()
    for child, age in (("ada doyle", 9), ("ben doyle", 6), ("cleo doyle", 2)):
        assert any(line.lower().startswith(child) and f"aged {age}" in line for line in there), child

    # and the guardian alone reads the sentence, and keeps it back
    guardian = window("identity-guardian", name="Grace Holt")
    guardian.looks_again("/referrals/held/")
    guardian.follows(sent.reference)
    assert SOURCE in guardian.reads()
    guardian.sends("Rule on it", {"Why?": "It tells who told us."}, "Keep it back")

    # When half an hour has gone the sergeant has read it
    town.clock.move_to(NIGHT + dt.timedelta(minutes=30))
    sergeant = at_desk("police-supervisor", name="Chris Vale", team="Response A")
    sergeant.looks_again("/referrals/team/")
    for said in (sent.reference, "In danger now", "Not yet read", "999"):
        assert said in sergeant.reads(), said
    sergeant.sends(f"I have read it: {sent.reference}", {})
    sent.refresh_from_db()
    hour = due(Clock.SUPERVISOR, sent.sent_at).at
    assert not is_late(hour, now=hour + dt.timedelta(days=1), done=sent.seen_by_supervisor_at)

    # When the front door decides, and the referral unit grades the form
    door.looks_again(f"/referrals/desk/{sent.pk}/steps/decide/")
    door.page.get_by_label("Why is it decided so?").select_option("significant-harm")
    decided = {
        "Why, in your own words?": "A worker goes now; all meet at nine.",
        "Whom did you speak to?": "PC Olga Birch",
        "Who is with the child now, and until when?": "Their aunt has all three until we meet at nine.",
    }
    door.sends("Decide", decided, "Strategy discussion")
    unit = at_desk("central-referral-unit", name="Una Field")
    unit.looks_again("/referrals/grading/")
    unit.follows(sent.reference)
    for code in CRITERIA:
        unit.page.locator(f"input[name={code}][value='1']").check()
    unit.page.get_by_label("Point 1: about what?").select_option("Q1")
    unit.sends("Give the grade", {"Point 1 in words": "Ask each child’s name and age at the door."})

    # Then both come back to the officer, who reads them and says so; of what was held back they read nothing
    phone.looks_again(f"/referrals/sent/{sent.pk}/")
    for said in (
        "It was decided: Strategy discussion",
        "A worker goes now; all meet at nine.",
        "The form was graded: Inadequate",
        "Ask each child’s name and age at the door.",
        SOURCE,
    ):
        assert said in phone.reads(), said
    assert MASK not in phone.reads()
    for _ in range(2):
        page.get_by_role("button", name="I have read this").first.click()
    page.get_by_role("button", name="I have read this").wait_for(state="detached")
    assert set(Feedback.objects.filter(acknowledged_at__isnull=False).values_list("kind", flat=True)) == {
        "decision",
        "quality",
    }

    # and all the while it was one referral, with every step in a ledger that holds
    assert Sent.objects.filter(by__user=officer).count() == 1
    assert set(HeldSentence.objects.values_list("decided", flat=True)) == {"kept"}
    assert ledger().verify().sound


def loses_its_first_answer(page):
    """Let what is sent first arrive, and its answer not; return a list of the answers that were lost."""
    answers = []

    def on_the_way(route):
        if route.request.method == "POST" and not answers:
            answers.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.fallback()

    page.route(re.compile(r"/referrals/new/$"), on_the_way)
    return answers
