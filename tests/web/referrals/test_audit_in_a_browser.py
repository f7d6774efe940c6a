"""The pages of the audit in a real browser, on a phone and on a laptop: nothing that axe finds, and each error leads on."""

import pytest
import time_machine

from footprint.referrals.criteria import CRITERIA
from footprint.web.referrals.models import DrawnReferral, Marking
from tests.web.browsing import first_error, press, tab_to
from tests.web.referrals.audited import NOVEMBER, Audit, at, marks
from tests.web.referrals.filming import bare, filmed, take


@pytest.fixture
def audit(served, desk):
    with time_machine.travel(NOVEMBER, tick=True):
        audit = Audit(desk)
        audit.agree()
        audit.write(2, video="BWV-1")
        audit.draw()
        october = {"at": "2026-10-29T10:00", "arrived": "2026-10-29T10:08"}
        recorded = [filmed(9, started="2026-10-29T10:10", ended="2026-10-29T10:30", **october)]
        take(audit.site, *recorded, filmed(1), bare(3, team="Response B", no_video="N6"))
        yield audit


def test_an_audit_from_signature_to_briefing(audit, desk, browsers, page, check_page):
    first, second = DrawnReferral.objects.order_by("pk")
    for by in (audit.police, audit.care):
        by.post(at("audit_mark", second.pk), marks(Q5=3 if by is audit.police else 1))
    browsers.sign_in(page, audit.police.user)

    def look(name, *args, pressed="", says=""):
        page.goto(at(name, *args))
        check_page(page)
        if pressed:
            page.get_by_role("button", name=pressed).click()
            page.get_by_text(says).first.wait_for()
            check_page(page)

    look("audit")
    look("audit_framework")
    look("audit_propose", pressed="Propose it", says="Give the version a name")
    page.get_by_label("Name of this version").fill("2026.3")
    page.get_by_label("It holds from").fill("2026-12-01")
    page.get_by_label("Both sides talk where marks are so far apart").fill("1")
    page.get_by_role("button", name="Propose it").click()
    page.get_by_role("heading", name="Version 2026.3").wait_for()
    check_page(page)
    page.get_by_role("button", name="Sign it").click()
    page.get_by_text("tick that you sign it").first.wait_for()
    check_page(page)
    look("audit_draw", pressed="Draw it", says="Choose the month")
    look("audit_sample", first.sample_id)
    look("audit_mine")
    look("audit_mark", first.pk, pressed="Give these marks", says="Give Q1 a mark")
    assert first_error(page)
    for code in CRITERIA:
        tab_to(page, page.locator(f"#id_{code}"))
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
    press(page, "button", "Give these marks")
    check_page(page)
    assert Marking.objects.filter(drawn=first, marks__Q15=1).exists()
    look("audit_moderate", second.pk, pressed="Enter what was agreed", says="Give Q5 a mark")
    page.get_by_label("2 Adequate").check()
    page.get_by_role("button", name="Enter what was agreed").click()
    page.get_by_text("Agreed on:").wait_for()
    check_page(page)
    look("audit_agreement")
    look("audit_brief", pressed="Give it", says="Choose the criterion")
    page.get_by_label("Which criterion is it about?").select_option("Q5")
    page.get_by_label("Title").fill("What each child said")
    page.get_by_label("What should be done otherwise?").fill("Write their own words.")
    page.get_by_role("button", name="Give it").click()
    page.get_by_role("heading", name="What each child said").wait_for()
    check_page(page)
    look("audit_print")
    look("measures")
    page.get_by_role("link", name="Stop and search").click()
    page.get_by_role("heading", name="By team and month: Stop and search").wait_for()
    check_page(page)

    officer = browsers.open(audit.officer.user, viewport=page.viewport_size)
    officer.goto(at("mine"))
    officer.get_by_role("link", name="Briefings").click()
    officer.get_by_role("button", name="I have had this briefing").click()
    officer.get_by_text("You have had it").wait_for()
    check_page(officer)
    overseer = browsers.open(audit.site.user("overseer"), viewport=page.viewport_size)
    overseer.goto("/")
    overseer.get_by_role("link", name="Children’s voices and video").first.click()
    overseer.get_by_text("too few to show").first.wait_for()
    check_page(overseer)

    browsers.sign_in(officer, desk("police-supervisor", team="Response A").user)
    officer.goto(at("team"))
    officer.get_by_text("3 days left").wait_for()
    check_page(officer)
    officer.get_by_role("link", name="1 recording waits to be looked into").click()
    officer.get_by_role("heading", name="Recordings to look into").wait_for()
    check_page(officer)
    officer.get_by_role("link", name="BWV-9").click()
    officer.get_by_role("button", name="Keep what I found").click()
    officer.get_by_text("Say whether you looked into it").first.wait_for()
    check_page(officer)
    officer.get_by_label("I looked into it").check()
    officer.get_by_role("group", name="Is what a child said in it?").get_by_label("It cannot be told").check()
    officer.get_by_role("group", name="Was the prompt").get_by_label("In part").check()
    officer.get_by_role("button", name="Keep what I found").click()
    officer.get_by_text("Nothing waits for you").wait_for()
