"""Two towns that differ only in what one reader may not know, and somebody who asks both the same things through HTTP.

Every answer is made plain: receipts, times and the handles of URLs are taken out, and nothing else. What is left must be
equal to the byte.
"""

import datetime as dt
import random
import re
from urllib.parse import urljoin, urlsplit

import requests

from footprint.calendars import LONDON
from tests.scenarios.world import nhs, upn
from tests.web.identity.scene import Desk

#: What differs from one telling of the same to the next: nothing of a person.
_PASSING = (
    (re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"'), "TOKEN"),
    (re.compile(r"\b\d+-[A-Z2-7]{8}\b"), "RECEIPT"),
    (re.compile(r"/(cases|people|look-ups|subscriptions|said|from)/[A-Za-z0-9_-]{20,}"), r"/\1/HANDLE"),
    (re.compile(r"\b20\d{6}T\d{6}Z-[0-9a-f]{8}\b"), "SNAPSHOT"),
    (re.compile(r"\?before=\d+"), "?before=ENTRY"),
    (re.compile(r"again=[A-Za-z0-9_-]{20,}"), "again=HANDLE"),
    (re.compile(r"\d{1,2} \w+ 20\d\d at \d\d:\d\d"), "MOMENT"),
)
_PERSON = re.compile(r'href="(/cases/[^"/]+/people/[^"/]+/)"')

MORNING = dt.datetime(2026, 11, 20, 8, 30, tzinfo=LONDON)

GIVEN = ("Ada", "Ben", "Cleo", "Dan", "Zelda", "Yann", "Amina", "Amandeep")
FAMILY = ("Marsh", "Quill", "Kaur", "Hidden", "Vale", "O'Brien")
BORN = (
    "2014-08-08",
    "2016-03-03",
    "2012-05-04",
    "1985-01-01",
    "1991-05-04",
    "2016",
    "about 9",
    "30",
    "1 January 1950",
)
PLACES = (
    "3 Elm Row, WS5 1AA",
    "9 Oak Row, WS5 9AA",
    "Flat 2, Refuge House, 17 Still Lane, WS7 9QJ",
    "WS5 1AA",
    "WS7 9QJ",
    "1 Nowhere Street, WS9 9ZZ",
)


def seen_by_all(town):
    """Who is known to somebody in both towns: two families, and everybody's feeds."""
    care, school = town.social_care, town.school
    care.knows(
        "ADA", "Ada/Marsh", "2016-03-03", sex="F", home=PLACES[0], nhs=nhs(301), plan=("2026-02-01", "")
    )
    care.knows(
        "BEN", "Ben/Marsh", "2012-05-04", sex="M", home=PLACES[0], nhs=nhs(302), plan=("2026-02-01", "")
    )
    care.knows("CLEO", "Cleo/Vale", "1985-01-01", sex="F", home=PLACES[1])
    school.enrols("ADA", "Ada/Marsh", "2016-03-03", sex="F", home=PLACES[0], upn=upn(301))
    school.enrols("DAN", "Dan/Quill", "2015-07-07", sex="M", home=PLACES[1], upn=upn(303))
    town.police.knows(
        "STRANGER", "Some/Body", "1950-01-01", home="1 Away Street, WS8 8AA", seen=[("2026-10-01", "DOMESTIC", "WITNESS")]
    )  # fmt: skip
    town.acute.treated("STRANGER", "Some/Body", "1950-01-01", home="1 Away Street, WS8 8AA")


def without(town):
    """The town in which there is nothing to hide."""
    seen_by_all(town)
    town.morning("2026-11-20")


def with_hidden(town):
    """The same town, and in it what early help may not know: all of police and hospital, an erased child, a refuge."""
    seen_by_all(town)
    police, acute = town.police, town.acute
    police.knows(
        "ADA", "Ada/Marsh", "2016-03-03", sex="F", home=PLACES[0], nhs=nhs(301),
        seen=[("2026-10-01", "DOMESTIC", "CHILD PRESENT"), ("2026-11-01", "MISSING", "MISSING")],
    )  # fmt: skip
    police.knows(
        "CLEO", "Cleo/Vale", "1985-01-01", sex="F", home=PLACES[1], investigated=[("2026-09-01", "SUSPECT")]
    )
    police.knows(
        "ZELDA",
        "Zelda/Hidden",
        "2014-08-08",
        sex="F",
        home=PLACES[0],
        seen=[("2026-10-01", "DOMESTIC", "VICTIM")],
    )
    police.knows("YANN", "Yann/Hidden", "1985-01-01", sex="M", home=PLACES[2], protected=True)
    acute.treated("ADA", "Ada/Marsh", "2016-03-03", home=PLACES[0])
    acute.treated("AMINA", "Amina/Marsh", "2013-09-09", home=PLACES[0])
    acute.treated("ZELDA", "Zelda/Hidden", "2014-08-08", home=PLACES[0])
    town.social_care.knows(
        "GONE", "Zelda/Marsh", "2011-12-12", sex="F", home=PLACES[0], nhs=nhs(309), plan=("2026-02-01", "")
    )
    town.morning("2026-11-20")


def hide(town):
    """What was ruled since by those who may: a child who lives with the others erased, and a man shielded.

    A duty number that is said to be wrong is no secret: the partner's general number bears the mark for everybody.
    """
    town.decide("erase", town.person("childrens-social-care/la-child-id/GONE"))
    town.decide("shield", "police/person-id/YANN")


def doubt(site, town):
    """While the reader reads, somebody says that two records of whoever the reader knows are two people's: both are hidden."""
    worker = Desk(site, town, site.user("social-work-decision-maker", name="Sam Alder"))
    said = worker.says_not_them("police/person-id/ADA", "acute-trust/patient-id/ADA")
    assert said.status_code == 302
    assert town.person("police/person-id/ADA") != town.person("acute-trust/patient-id/ADA")


def plain(text):
    """What was told without what passes."""
    for pattern, instead in _PASSING:
        text = pattern.sub(instead, text)
    return text


class Asker:
    """One user in one town, who does at random what a seed says, and remembers what was answered."""

    def __init__(self, site, user, seed, purpose="early-help"):
        self.address, self.chance = site.address, random.Random(seed)
        self.session = requests.Session()
        self.session.cookies.update(
            {name: morsel.value for name, morsel in site.client(user).cookies.items()}
        )
        self.told, self.people, self.results, self.purpose = [], [], "", purpose
        self.open_case()

    def get(self, path):
        return self.remember(self.session.get(urljoin(self.address, path), timeout=60))

    def post(self, path, **form):
        page = self.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        said = form | {"csrfmiddlewaretoken": token[1] if token else ""}
        return self.remember(self.session.post(urljoin(self.address, path), said, timeout=60))

    def remember(self, answer):
        """Keep what was answered on the way and in the end, made plain, and who can be opened from it."""
        for one in (*answer.history, answer):
            one.encoding = "utf-8"
            kept = ("Content-Type", "Cache-Control", "Location", "Vary")
            headers = {name: plain(one.headers[name]) for name in kept if name in one.headers}
            self.told.append((one.status_code, headers, plain(one.text)))
        self.people = list(dict.fromkeys(_PERSON.findall(answer.text))) or self.people
        self.results = urlsplit(answer.url).path if "/look-ups/" in answer.url else self.results
        return answer

    def act(self):
        """Do one thing."""
        draw = self.chance.random()
        for share, action in self.ACTIONS:
            draw -= share
            if draw < 0:
                return action(self)
        return self.get("/")

    def ask_person(self):
        some = self.chance.choice
        form = {
            "given": some((*GIVEN, "")),
            "family": some(FAMILY),
            "born": some((*BORN, "")),
            "place": some((*PLACES, "", "", "")),
        }
        return self.post(f"/cases/{self.case}/ask/person/", **form)

    def ask_address(self):
        return self.post(f"/cases/{self.case}/ask/address/", place=self.chance.choice(PLACES))

    def open_somebody(self):
        place = self.chance.random()
        leaf = self.chance.choice(
            ("", "", "", "print/", "summary/", "pdf/", "not-them/", "doubt-too/", "same/", "tell-me/")
        )
        if not self.people:
            return self.get(f"/cases/{self.case}/")
        return self.get(self.people[int(place * len(self.people))] + leaf)

    def look_around(self):
        path = self.chance.choice(
            (
                "/",
                f"/cases/{self.case}/",
                "/ledger/mine/",
                "/sharing/",
                "/feeds/",
                "/notices/",
                "/subscriptions/",
                f"{self.results}?more",
            )
        )
        return self.get(path)

    def say_something(self):
        """Ask to be told of whom is open, or say of all their records, and then of none, that they are not theirs."""
        whom = self.chance.random()
        form = self.chance.choice(({"months": "3"}, {"months": ""}, {"reason": "Another child."}))
        if not self.people:
            return self.get("/subscriptions/")
        leaf = "tell-me/" if "months" in form else "not-them/"
        return self.post(self.people[int(whom * len(self.people))] + leaf, **form)

    def ask_family(self):
        some = self.chance.choice
        form = {"home-place": some(PLACES)}
        for row in range(1, 4):
            form |= {f"p{row}-given": some(GIVEN), f"p{row}-family": some(FAMILY), f"p{row}-born": some(BORN)}
        return self.post(f"/cases/{self.case}/ask/family/", **form)

    def open_case(self):
        """Close the case, if one is open, look at it and at somebody in it once more, and open the next."""
        if self.people:
            self.post(f"/cases/{self.case}/close/")
            for path in (f"/cases/{self.case}/", self.people[0], f"{self.people[0]}not-them/"):
                self.get(path)
        opened = self.post("/cases/new/", purpose=self.purpose, reference="CR-2026-0117", concerns="A family")
        self.case, self.people = re.search(r"/cases/([^/]+)/", opened.url)[1], []
        return opened

    ACTIONS = (
        (0.32, ask_person),
        (0.18, ask_address),
        (0.26, open_somebody),
        (0.08, ask_family),
        (0.12, look_around),
        (0.03, say_something),
        (0.01, open_case),
    )
