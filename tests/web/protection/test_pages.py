"""Every page of protection in a real browser, as on a phone and on a laptop: axe clean, errors that move the focus, no script."""

import os

import pytest
import time_machine

from footprint.web.protection.alerts.days import watch
from footprint.web.protection.models import BreakGlass, GuardianRequest, Observation
from tests.web.protection.conftest import WHY, Seat, settle
from tests.web.protection.town import HOME, JUNE, LEE, MARA, ZOE

BECAUSE = "She has fled from him and nobody may find her."


@pytest.fixture
def scene(served, published):
    """People at desks, and what they did: glass broken, shields made, requests sent, alerts raised."""
    town = settle(served, published)
    with time_machine.travel(town.now, tick=True):

        def seat(role, partner="", **named):
            return Seat(served, served.user(role, partner, **named), town)

        scene = Scene(seat)
        watch()
        yield scene


class Scene:
    def __init__(self, seat):
        self.worker = seat("social-work-decision-maker", name="Dana Whitlock", team="Front door").declares(
            HOME
        )
        self.officer = seat("frontline", "police", name="Otis Reed", team="East")
        self.grace = seat("identity-guardian", "childrens-social-care", name="Grace Holt")
        self.gideon = seat("identity-guardian", "police", name="Gideon Marsh")
        self.lead = seat("information-governance", "partnership", name="Ingrid Vale")
        worker = self.worker
        self.lee, self.june, self.mara = worker.url_of(LEE), worker.url_of(JUNE), worker.url_of(MARA)
        worker.post(f"{self.lee}break-glass/", reason=WHY)
        worker.post(
            f"{self.june}override/", reason="The court asks today whether the child is known to anybody."
        )
        worker.post(f"{self.mara}question/", question="Is she safe tonight?", reach="01632 960777")
        self.grace.post(
            "/protection/shields/new/", what="address", address="77 Thistle Road, WS7 5XX", reason=BECAUSE
        )
        self.lead.post(
            "/protection/watched-over/new/", sort="name", name="Zoe Finch", why="Incident 4711", days="30"
        )
        self.zoe = self.officer.url_of(ZOE)
        self.officer.get(self.zoe)
        self.glass = BreakGlass.objects.get()
        self.override = GuardianRequest.objects.get(kind="override")
        self.alert = Observation.objects.filter(is_alert=True, user=self.officer.user).first()

    def let_look(self):
        for guardian in (self.grace, self.gideon):
            guardian.post(
                f"/protection/requests/{self.override.reference}/", verdict="yes", reason="It is so."
            )


def pages_of(scene):
    """Each page: who looks at it, where it is, and what to press there without having typed anything."""
    shield = (
        scene.grace.get("/protection/")
        .content.decode()
        .partition('href="/protection/shields/d-')[2]
        .partition("/")[0]
    )
    return {
        "not yours": (scene.worker, scene.worker.url_of({"given": "Noor", "family": "Ashdown", "born": "1990-06-07"}), ""),
        "open glass": (scene.worker, scene.lee, ""),
        "break the glass": (scene.officer, f"{scene.zoe}break-glass/", "Break the glass"),
        "glass holds": (scene.officer, f"{scene.officer.url_of(MARA)}break-glass/", ""),
        "question": (scene.worker, f"{scene.mara}question/", "Send the question"),
        "override": (scene.worker, f"{scene.june}override/", "Ask the guardians"),
        "ask for a shield": (scene.officer, f"{scene.zoe}ask-shield/", "Ask the guardians"),
        "queue": (scene.grace, "/protection/", ""),
        "request": (scene.grace, f"/protection/requests/{scene.override.reference}/", "Answer"),
        "new shield": (scene.grace, "/protection/shields/new/", "Shield"),
        "shield": (scene.grace, f"/protection/shields/d-{shield}/", "It stays for six months more"),
        "lists": (scene.lead, "/protection/watched-over/", ""),
        "watch over": (scene.lead, "/protection/watched-over/new/", "Watch over them"),
        "alerts": (scene.lead, "/protection/alerts/", ""),
        "alert": (scene.lead, f"/protection/alerts/{scene.alert.reference}/", "Keep the review"),
        "uses": (scene.lead, "/protection/break-glass/", ""),
        "review": (scene.lead, f"/protection/break-glass/{scene.glass.reference}/", "Keep the review"),
    }  # fmt: skip


def shoot(page, name):
    """Keep a picture where somebody asked for one."""
    if folder := os.environ.get("FOOTPRINT_SHOTS"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


def test_each_page_is_what_every_page_is_held_to(scene, page, browsers, check_page):
    for name, (seat, url, button) in pages_of(scene).items():
        page.context.clear_cookies()
        browsers.sign_in(page, seat.user)
        page.goto(url)
        assert page.locator("h1").count() == 1, name
        shoot(page, name)
        check_page(page)
        if button:
            page.get_by_role("button", name=button, exact=True).click()
            assert page.title().startswith("Error: "), name
            check_page(page)
            shoot(page, f"{name}-error")


def test_behind_the_shield_is_seen_once(scene, page, browsers, check_page):
    scene.let_look()
    browsers.sign_in(page, scene.worker.user)
    page.goto(f"{scene.june}behind/")
    check_page(page)
    page.get_by_role("button", name="Look now, once").click()
    assert "This is your one view" in page.inner_text("main")
    shoot(page, "behind")
    check_page(page)
    page.goto(f"{scene.june}behind/")
    assert "There is nothing here for you" in page.inner_text("h1")


def test_glass_is_broken_and_reviewed_without_a_script(scene, without_script, browsers):
    page = without_script
    browsers.sign_in(page, scene.officer.user)
    page.goto(scene.zoe)
    page.get_by_role("link", name="Break the glass: see more in an emergency").click()
    page.get_by_label("Why can it not wait?").fill(WHY)
    page.get_by_role("button", name="Break the glass").click()
    assert "Break-glass is open" in page.inner_text("main")
    use = BreakGlass.objects.order_by("pk").last()
    page.context.clear_cookies()
    browsers.sign_in(page, scene.lead.user)
    page.goto("/protection/break-glass/")
    page.get_by_role("link", name=use.reference).click()
    page.get_by_label("It was needed").check()
    page.get_by_label("Why?").fill("His sergeant confirms it.")
    page.get_by_role("button", name="Keep the review").click()
    assert f"The review of {use.reference} is kept." in page.inner_text("main")


def test_a_form_is_filled_in_and_sent_by_keyboard_alone(scene, desktop, browsers):
    page = desktop
    browsers.sign_in(page, scene.grace.user)
    page.goto("/protection/shields/new/")
    page.get_by_label("An address", exact=True).focus()
    page.keyboard.press("Space")
    for said in ("Flat 1, 9 Rowan Way, WS7 3EF", "", "", BECAUSE):
        page.keyboard.press("Tab")
        page.keyboard.type(said)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/protection/")
    assert "It applies at once" in page.inner_text("main")
