"""The pictures of the documents, made by walking through the invented borough as its people do, on a phone and on a laptop.

Each picture in docs/screenshots is made here: FOOTPRINT_SCREENSHOTS=1 writes them anew. Without it the same walk shows that
every page of a picture still opens, and that every picture is there and used as often as it says.
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


@pytest.fixture
def take(request):
    """A function that takes a picture of a window, or holds that it was taken."""

    def taken(page, name):
        picture = PICTURES / f"{name}-{request.getfixturevalue('window')}.png"
        if WRITES:
            picture.parent.mkdir(exist_ok=True)
            picture.write_bytes(_small(_shot(page)))
        assert picture.exists(), f"{picture.name} is missing. FOOTPRINT_SCREENSHOTS=1 makes it."

    return taken


@pytest.fixture
def window_of(browsers, request):
    """A function that opens the window of one of the borough's people, or of nobody who is signed in."""

    def opened(username):
        size = WINDOWS[request.getfixturevalue("window")]
        page = browsers.open(demo_user(username) if username else None, viewport=size, strength="demo")
        page.set_default_timeout(90_000)
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


@pytest.mark.parametrize("window", WINDOWS)
def test_the_pages_of_the_pictures_open(window_of, take, stories, window):
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
    for document in (root / "README.md", root / "docs" / "guide.md"):
        text = document.read_text(encoding="utf-8")
        shown = [line.rsplit("(", 1)[1].rstrip(")") for line in text.splitlines() if line.startswith("![")]
        assert shown, f"{document.name} shows no page"
        for path in shown:
            assert (document.parent / path).exists(), path
