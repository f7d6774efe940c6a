"""The outbox as a steward sees it on a phone: nothing sideways, nothing that a screen reader cannot name, and what to do."""

from footprint.web.referrals import services
from footprint.web.referrals.models import Attempt, Outgoing
from tests.web.browsing import PHONE, first_error, press, say, tab_to
from tests.web.referrals.systems import connect, destination
from tests.web.referrals.writers import URGENT, Desk


def test_a_steward_sees_what_is_stuck_and_sets_it_aside(served, browsers, check_page):
    connect(served.data, destination(label="The force's record system"))
    officer = Desk(served, served.user("frontline"))
    services.receive(officer.actor, URGENT, form="one")
    Outgoing.objects.update(standing="stuck")
    row = Outgoing.objects.get()
    Attempt.objects.create(
        outgoing=row, at=row.created, outcome="unreached", sentence="It cannot be reached."
    )
    window = browsers.open(served.user("data-steward"), viewport=PHONE)
    window.goto(f"{served.address}/feeds/")
    window.get_by_role("link", name="Copies of referrals for other systems").click()
    check_page(window)
    assert "Stuck: alarm" in window.content()
    window.get_by_role("link", name=f"Referral {row.referral.reference}, number 1").click()
    check_page(window)
    press(window, "button", "Do it")
    check_page(window)
    assert first_error(window)
    tab_to(window, window.locator("#id_what"))
    window.keyboard.press("Space")
    while not window.get_by_label("Set it aside").is_checked():
        window.keyboard.press("ArrowDown")
    say(window, "Why?", "They have it on paper.")
    press(window, "button", "Do it")
    check_page(window)
    assert "entered with your reason" in window.content()
