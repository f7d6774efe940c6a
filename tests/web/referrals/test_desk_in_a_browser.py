"""The desk in a real browser by the keyboard alone: a decision, a grade, what a team's supervisor asks; each error leads on."""

import msgspec

from footprint.referrals.referral import Safety, Said
from footprint.web.referrals import services
from footprint.web.referrals.models import Marking, Referral, Step
from tests.web.browsing import PHONE, choose, first_error, press, say, tab_to
from tests.web.referrals.writers import ADA, URGENT, Desk


def test_the_desk_is_worked_by_the_keyboard_alone(served, browsers, check_page):
    officer = Desk(served, served.user("frontline", team="Response A", name="Olga Birch"))
    services.receive(officer.actor, msgspec.structs.replace(URGENT, children=(ADA,)), form="one")
    sent = Referral.objects.get()
    calm = msgspec.structs.replace(URGENT, safety=Safety(danger_now=Said.NO))
    services.receive(officer.actor, calm, form="two")

    door = browsers.open(served.user("social-work-decision-maker", name="Sam Rowe"))
    door.goto("/referrals/queue/")
    check_page(door)
    press(door, "button", f"Accept: {sent.reference}")
    assert Step.objects.filter(referral=sent, verb="accept").exists()
    press(door, "link", f"Ada Birch {sent.reference}")
    check_page(door)
    press(door, "button", "Decide")
    press(door, "button", "Decide")
    check_page(door)
    assert first_error(door)
    choose(door, "What do you decide?", downs=2)
    tab_to(door, door.get_by_label("Why is it decided so?"))
    door.keyboard.type("The child needs")
    say(door, "Why, in your own words?", "Ada needs help at home.")
    say(door, "Whom did you speak to?", "PC Birch")
    say(door, "Who is with the child now, and until when?", "She sleeps at her aunt's until Friday.")
    press(door, "button", "Decide")
    step = Step.objects.get(referral=sent, verb="decide")
    assert (step.outcome, step.reason) == ("section-17", "child-in-need")

    unit = browsers.open(served.user("central-referral-unit"))
    unit.goto("/referrals/grading/")
    check_page(unit)
    press(unit, "link", sent.reference)
    tab_to(unit, unit.get_by_label("Point 1: about what?"))
    unit.keyboard.type("The child")
    press(unit, "button", "Give the grade")
    check_page(unit)
    assert first_error(unit)
    unit.keyboard.type("Write where she was seen.")
    for code in ("Q3", "Q4", "Q5", "Q10", "Q15"):
        tab_to(unit, unit.locator(f"#id_{code}"))
        unit.keyboard.press("Space")
        unit.keyboard.press("ArrowDown")
    press(unit, "button", "Give the grade")
    assert Marking.objects.get(referral=sent).marks["Q10"] == 1

    press(unit, "link", f"Offer as an example {sent.reference}")
    press(unit, "button", "Offer as an example")
    check_page(unit)
    assert first_error(unit)
    unit.keyboard.type("The child")
    tab_to(unit, unit.get_by_label("I have read every line, and nothing in it tells who, where or when"))
    unit.keyboard.press("Space")
    press(unit, "button", "Offer as an example")
    check_page(unit)
    unit.goto("/referrals/team/")
    check_page(unit)
    press(unit, "link", "Response A")
    check_page(unit)
    tab_to(unit, unit.locator("summary").filter(has_text="Find by reference"))
    unit.keyboard.press("Enter")
    say(unit, "Reference", f"{sent.reference.lower()}-3")
    unit.keyboard.press("Enter")
    unit.wait_for_url(f"**/referrals/sent/{sent.pk}/")

    sergeant = browsers.open(served.user("police-supervisor", team="Response A"))
    sergeant.goto("/referrals/team/")
    check_page(sergeant)
    press(sergeant, "button", f"I have read it: {sent.reference}")
    sent.refresh_from_db()
    assert sent.seen_by_supervisor_at
    press(sergeant, "link", f"Ask for more of {sent.reference}")
    press(sergeant, "button", "Ask for more")
    check_page(sergeant)
    assert first_error(sergeant)
    sergeant.keyboard.type("Where did she sleep?")
    press(sergeant, "button", "Ask for more")
    assert Step.objects.get(referral=sent, verb="send-back").words == "Where did she sleep?"

    author = browsers.open(officer.user, viewport=PHONE)
    author.goto(f"/referrals/sent/{sent.pk}/")
    check_page(author)
    press(author, "button", "I have read this: How well the form was written")
