"""The pictures of the documents, made by walking through the invented borough as its people do, on a phone and on a laptop.

Each picture in docs/screenshots is made here: FOOTPRINT_SCREENSHOTS=1 writes them anew. Without it the same walk shows that
every page of a picture still opens, and that every picture is there and used as often as it says. The way of a referral is
walked without a script, and each of its pages is held to what every page is held to.
"""

import datetime as dt
import io
import json
import os
from pathlib import Path

import pytest
import time_machine
from PIL import Image

from footprint.calendars import LONDON
from footprint.web.accounts.demo.services import demo_user, make_demo
from footprint.web.referrals.desk.sample.services import make_audited, make_sample
from footprint.web.referrals.models import DrawnReferral, Marking
from tests.web.browsing import DESKTOP, PHONE
from tests.web.scenarios.desk import Desk

PICTURES = Path(__file__).parents[2] / "docs" / "screenshots"
WRITES = os.environ.get("FOOTPRINT_SCREENSHOTS") == "1"
WINDOWS = {"desktop": DESKTOP, "phone": PHONE}
NAMES = (
    "sign-in",
    "first-page",
    "open-a-case",
    "ask",
    "results",
    "twins",
    "address",
    "footprint",
    "protected",
    "who-is-who",
    "oversight",
    "referral-start",
    "referral-sent",
    "referral-voice",
    "queue",
    "referral",
    "decide",
    "team",
    "grade",
    "audit-mark",
    "measures",
)
#: What all of them may weigh, and how tall one may be: a reader is to see the page, not to scroll through it.
MOST_BYTES, TALLEST = 3_000_000, 1600
_COLOURS = 64


@pytest.fixture
def stories(served, borough):
    """The invented borough behind the site, with its people's accounts, on the morning of its data: its five stories."""
    served.use(borough)
    served.set(DEMO=True)
    (day,) = (borough / "borough" / "deliveries").iterdir()
    morning = dt.datetime.combine(dt.date.fromisoformat(day.name), dt.time(9, 12), tzinfo=LONDON)
    with time_machine.travel(morning, tick=True):
        make_demo(served.data)
        told = json.loads((borough / "borough" / "searches.json").read_text(encoding="utf-8"))
        yield [
            dict(
                zip(
                    (name.removeprefix("--") for name in one["arguments"][::2]),
                    one["arguments"][1::2],
                    strict=True,
                )
            )
            for one in told
        ]


def take(page, name, check=lambda _: None):
    """Take the pictures of a page, in each window, or hold that they were taken; `check` is asked of it in each."""
    for window, size in WINDOWS.items():
        page.set_viewport_size(size)
        check(page)
        picture = PICTURES / f"{name}-{window}.png"
        if WRITES:
            picture.parent.mkdir(exist_ok=True)
            picture.write_bytes(_small(_shot(page)))
        assert picture.exists(), f"{picture.name} is missing. FOOTPRINT_SCREENSHOTS=1 makes it."


@pytest.fixture
def window_of(browsers):
    """A function that opens the window of one of the borough's people, or of nobody who is signed in."""

    def opened(username, *, script=True):
        page = browsers.open(demo_user(username) if username else None, strength="demo")
        page.set_default_timeout(90_000)
        if not script:
            # Not turned off, or axe could not run either: every script that a page asks for is an empty one.
            page.context.route(
                "**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript")
            )
        return page

    return opened


def _shot(page):
    page.mouse.move(0, 0)
    height = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": min(height, TALLEST)}
    return page.screenshot(full_page=True, clip=clip, animations="disabled")


def _small(shot):
    small = io.BytesIO()
    with Image.open(io.BytesIO(shot)) as picture:
        picture.convert("RGB").quantize(_COLOURS).save(small, "PNG", optimize=True)
    return small.getvalue()


def asks(desk, story):
    """Ask as a story does; its name may be in one piece."""
    given, _, family = story.get("name", "").partition(" ")
    desk.asks_about(
        story.get("given", given), story.get("family", family), story["dob"], story.get("postcode", "")
    )


def test_the_pages_of_the_pictures_open(window_of, stories):
    misspelt, _, address, twins, protected = stories
    nobody = window_of(None)
    nobody.goto("/account/sign-in/")
    take(nobody, "sign-in")

    page = window_of("social-worker")
    desk = Desk(page, lambda _: None)  # what else is asked of each page, the tests of its app ask
    desk.opens_a_case("Yusuf, Year 4, hungry at school")
    page.goto("/cases/new/")
    page.get_by_label("Whom does it concern?").fill("The Malik twins")
    page.get_by_label("Screening a contact or referral").check()
    page.get_by_label("Reference", exact=True).fill("MARF-2026-00124")
    take(page, "open-a-case")

    page.goto(f"{desk.case}ask/person/")
    page.get_by_label("Given name").fill(misspelt["given"])
    page.get_by_label("Family name").fill(misspelt["family"])
    page.get_by_label("Date of birth or age").fill(misspelt["dob"])
    take(page, "ask")
    asks(desk, misspelt)
    take(page, "results")
    desk.opens("Muhammad Yusuf Hussain")
    take(page, "footprint")
    boy = page.url

    asks(desk, twins)
    take(page, "twins")
    desk.asks_about_the_address(address["address"])
    assert desk.heading == "Who lives there"
    take(page, "address")
    asks(desk, protected)
    page.get_by_role("link", name="Ellie").or_(page.get_by_role("link", name="What to do")).first.click()
    take(page, "protected")
    page.goto("/")
    take(page, "first-page")

    # The steward's queue has something in it: somebody doubts a record of the boy's.
    page.goto(boy)
    page.get_by_role("link", name="This is not them").first.click()
    page.get_by_role("checkbox").first.check()
    page.get_by_label("How do you know?").fill(
        "The school rang his mother: she has never been to that hospital."
    )
    page.get_by_role("button", name="Take them apart now").click()
    page.get_by_text("They stand apart now").wait_for()

    steward = window_of("steward")
    steward.goto("/who-is-who/")
    take(steward, "who-is-who")
    lead = window_of("governance")
    lead.goto("/ledger/oversight/")
    take(lead, "oversight")


def test_the_way_of_a_referral_without_a_script(window_of, stories, check_page):
    make_sample(24)
    make_audited()
    Marking.objects.filter(drawn=DrawnReferral.objects.earliest("pk")).delete()  # so that one is to be marked

    def shows(page, name):
        take(page, name, check_page)

    officer = window_of("officer", script=False)
    officer.goto("/referrals/new/")
    officer.get_by_label("Who is it about?").fill("Three children upstairs, the youngest about two")
    officer.get_by_role("textbox", name="Where are they now?").fill("12 Alder Road, Aldermarch")
    officer.get_by_label("What is wrong?").fill(
        "Their mother was hit in front of them. He says that he comes back."
    )
    officer.get_by_label("Yes").check()
    officer.get_by_label("Your number").fill("01632 960114")
    shows(officer, "referral-start")
    officer.get_by_role("button", name="Send it now").click()
    shows(officer, "referral-sent")
    officer.get_by_role("button", name="Add to it").click()
    officer.get_by_role("link", name="Add a child").click()
    officer.get_by_role("textbox", name="Full name").fill("Ada Birch")
    officer.get_by_role("button", name="Save, and back to the list").click()
    officer.get_by_role("link", name="Ada Birch: what was said and seen").click()
    officer.get_by_label("W – Words").fill("“I hid under the bed with my brother.”")
    officer.get_by_label("These are the child’s own words").check()
    shows(officer, "referral-voice")

    door = window_of("social-worker", script=False)
    door.goto("/referrals/queue/")
    shows(door, "queue")
    door.locator(".fp-case h2 a").nth(1).click()
    shows(door, "referral")
    door.get_by_role("button", name="Decide", exact=True).click()
    shows(door, "decide")

    sergeant = window_of("sergeant", script=False)
    sergeant.goto("/referrals/team/")
    shows(sergeant, "team")

    unit = window_of("referral-unit", script=False)
    unit.goto("/referrals/grading/")
    unit.locator(".fp-case__name").first.click()
    shows(unit, "grade")
    unit.goto("/referrals/audit/mine/")
    unit.locator(".fp-case__name:not([href$='/agree/'])").first.click()
    shows(unit, "audit-mark")
    unit.goto("/referrals/measures/")
    shows(unit, "measures")


def test_there_is_a_picture_of_each_page_in_each_window_and_no_other():
    there = {picture.name for picture in PICTURES.iterdir()}
    assert there == {f"{name}-{window}.png" for name in NAMES for window in WINDOWS}


def test_the_pictures_are_small():
    assert sum(picture.stat().st_size for picture in PICTURES.iterdir()) < MOST_BYTES
    for picture in PICTURES.iterdir():
        with Image.open(picture) as opened:
            assert opened.height <= TALLEST


def test_every_picture_in_a_document_is_there():
    root = PICTURES.parents[1]
    for document in (root / "README.md", root / "docs" / "guide.md", *(root / "docs" / "guides").iterdir()):
        text = document.read_text(encoding="utf-8")
        shown = [line.rsplit("(", 1)[1].rstrip(")") for line in text.splitlines() if line.startswith("![")]
        assert shown, f"{document.name} shows no page"
        for path in shown:
            assert (document.parent / path).exists(), path
