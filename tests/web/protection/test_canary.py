"""Rules 5 and 6 everywhere: words that stand nowhere but in a protected place are never seen, by any role, on any page.

A town with a refuge that the police mark and that comes unmarked from the school and the hospital; a home that a steward
shields; an adopted child whose former identity was sealed. Every role follows every link and sends every form, through pages,
paper, texts, e-mails, errors and logs, and whatever runs by the clock runs, what leaves for another organisation's system
included. Pages and tasks are found by the crawl itself: one that is built later is tried too.

| clause of scenario 8                                            | where                                                |
| --------------------------------------------------------------- | ---------------------------------------------------- |
| no channel ever shows address, school, area, team or number      | test_nothing_of_a_protected_place_is_seen_anywhere   |
| a search by the refuge's address yields the same as empty        | test_a_search_by_a_protected_address_*               |
| an adopted child's two identities never meet                     | the same                                             |
"""

import contextlib
import logging
import re

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.management import get_commands

from footprint.referrals.holding import MASK
from footprint.sharing.roles import ROLES
from footprint.web.accounts.models import DeclaredAddress
from footprint.web.config.logs import WithoutValues
from footprint.web.config.tending import TASKS
from footprint.web.referrals.desk.presenters import holding
from tests.scenarios.test_protection_canary import OF_REFUGE, OF_SHIELDED, REFUGE, SHIELDED, UNKNOWN, plain
from tests.scenarios.world import nhs, upn
from tests.web.cases.conftest import SCHOOL, Desk, agree
from tests.web.crawling import Crawl, views
from tests.web.mailing import mail
from tests.web.protection.referred import OPEN, RESPONSE, refer
from tests.web.protection.test_own_household import plain as alike

__all__ = ["mail"]

PHONES = ("07700900801", "07700900802")
WORDS = (*OF_REFUGE, *OF_SHIELDED, *PHONES)
#: Of the adopted child: words of the former identity and of the new one, which never stand on one page.
FORMER, NEW = ("thornwick", "elderby"), ("marigold", "fairhurst")
FORMER_HOME, NEW_HOME = "3 Thornwick Mews, WS7 6TT", "8 Marigold Court Road, WS7 6RR"

PEOPLE = [
    ("Mara", "Quist", "1992-02-12"),
    ("June", "Quist", "2017-07-17"),
    ("Ola", "Brandt", "1991-09-19"),
    ("Robin", "Elderby", "2014-04-04"),
    ("Wren", "Fairhurst", "2014-04-04"),
    ("Pia", "Lund", "1988-08-18"),
]
#: Pages of somebody who is named: as many as are named. What was asked for leads to one answer each. Of what was drawn, two
#: are with whoever crawls and one with a colleague.
OFTEN = {"cases:person": len(PEOPLE), "cases:results": 13, "referrals:audit_mark": 3}
SENTENCE = "The court asks today what is known of the child and why."
#: What is typed into fields that are sought by; no word of it is of a protected place.
SOUGHT = {
    "concerns": ("A family",),
    "reference": ("MARF-2026-00123",),
    "place": ("4 Openfield Close, WS7 2RD",),
    "born": ("1992-02-12",),
    "given": ("Mara",),
    "family": ("Quist",),
    "nhs": (nhs(701), nhs(713), nhs(712)),
    "upn": (upn(701), upn(713), upn(712)),
    "name": ("Mara Quist",),
    "address": ("4 Openfield Close, WS7 2RD",),
    "reach": ("01632 960777",),
    "days": ("30",),
}


def told(town):
    """Who lives in the town, and what is sealed and shielded."""
    # fmt: off
    mara = {"name": "Mara/Quist", "born": "1992-02-12", "sex": "F"}
    june = {"name": "June/Quist", "born": "2017-07-17", "sex": "F"}
    ola = {"name": "Ola/Brandt", "born": "1991-09-19", "sex": "M"}
    town.police.knows("MARA", **mara, home=REFUGE, uprn="10099887766", protected=True, mobile="07700 900801",
                      seen=[("2026-10-01", "DOMESTIC", "VICTIM")], related=[("MOTHER OF", "JUNE")])
    town.police.knows("JUNE", **june, home=REFUGE, nhs=nhs(701), uprn="10099887766", protected=True,
                      seen=[("2026-10-01", "DOMESTIC", "CHILD PRESENT")])
    town.social_care.knows("JUNE", **june, home=REFUGE, restricted=True, nhs=nhs(701), upn=upn(701), plan=("2026-10-03", ""))
    town.school.enrols("JUNE", **june, home=REFUGE, uprn="10099887766", upn=upn(701), mother="Mara/Quist", mobile="07700 900801")
    town.acute.treated("JUNE", **june, home=REFUGE, nhs=nhs(701), phone="07700 900801")
    town.police.knows("OLA", **ola, home=SHIELDED, uprn="10099887755", seen=[("2026-10-02", "VIOLENCE", "WITNESS")])
    town.acute.treated("OLA", **ola, home=SHIELDED, phone="07700 900802")

    # An adopted child: known to social care before, at school since.
    town.social_care.knows("ROBIN", "Robin/Elderby", "2014-04-04", sex="M", home=FORMER_HOME, nhs=nhs(713),
                           plan=("2025-12-01", ""))
    town.police.knows("ROBIN", "Robin/Elderby", "2014-04-04", sex="M", home=FORMER_HOME, nhs=nhs(713),
                      seen=[("2025-12-20", "DOMESTIC", "CHILD PRESENT")])
    town.school.enrols("WREN", "Wren/Fairhurst", "2014-04-04", sex="M", home=NEW_HOME, upn=upn(712))
    town.acute.treated("WREN", "Wren/Fairhurst", "2014-04-04", sex="M", home=NEW_HOME, nhs=nhs(712))

    town.police.knows("PIA", "Pia/Lund", "1988-08-18", sex="F", home="4 Openfield Close, WS7 2RD",
                      seen=[("2026-10-05", "OTHER", "WITNESS")])
    # At an incident of a team of the police a child was, and no referral came.
    town.police.knows("KIT", "Kit/Harlow", "2016-05-05", sex="M", home="9 Harlow Way, WS7 2RG",
                      seen=[("2026-11-15", "DOMESTIC", "CHILD PRESENT")])
    # Rows that hold the words where another value belongs, so that receipts give reasons.
    town.police.knows("ODD", "Una/Ward", "2015-05-15", sex="F", home=REFUGE, uprn="Zephyrquill 10099887766", protected=True,
                      moved="2026-02-31")
    for number in range(30):
        town.police.knows(f"FILL{number}", f"Filip{number}/Fillmore{number}", "1980-01-01", sex="M",
                          seen=[("2026-10-05", "OTHER", "WITNESS")])
    # fmt: on
    town.morning("2026-11-20")


@contextlib.contextmanager
def settled(site, published):
    """The town in a site, with its shield and its seal, on its morning."""
    town = site.use(published(told))
    site.partner(SCHOOL, name="Bloxwich Green Primary", sector="school")
    agree(site)
    with time_machine.travel(town.now, tick=True):
        town.decide(
            "shield", "--address", SHIELDED, "--address", "uprn:10099887755", reason="Witness in a trial."
        )
        town.decide(
            "seal",
            *("--former", "childrens-social-care/la-child-id/ROBIN", "--former", "police/person-id/ROBIN"),
            *("--new", f"{SCHOOL}/admission-number/WREN", "--new", "acute-trust/patient-id/WREN"),
            *("--since", "2026-03-01"),
            reason="Adopted.",
        )
        # Next morning half of the police's people are missing, so that the delivery waits for a person.
        for number in range(20):
            town.police.forgets(f"FILL{number}")
        receipts = town.receive(town.deliver("2026-11-21"))
        assert "held" in {one.outcome for one in receipts}
        yield town


def desks_of(site):
    """A user for every role: those who ask first, then those who answer for them; whoever manages accounts last."""
    asking = [role for role in ROLES if {"ask", "ask-own-pupils"} & ROLES[role].rights]
    others = [role for role in ROLES if role not in asking and role != "administrator"]
    # The second guardian, and a lead from elsewhere: what takes two people is done too.
    roles = [*asking, *others, "identity-guardian", "information-governance", asking[0], "administrator"]
    seats = []
    for number, role in enumerate(roles):
        partner = {"school-lead": SCHOOL, "identity-guardian": ("police", "acute-trust")[number % 2]}.get(
            role, ""
        )
        name = f"{role}-{number}"
        user = site.user(
            role,
            partner,
            name=f"Somebody {number}",
            username=name,
            email=f"{name}@town.test",
            team=RESPONSE if role == "police-supervisor" else f"Team {number}",
        )
        seats.append((name, user))
    return seats


def tell_me(site, town, user):
    """Let somebody ask to be told of what is new of a child."""
    desk = Desk(site, user, town)
    page = desk.asks("person", given="Wren", family="Fairhurst", born="2014-04-04").content.decode()
    child = re.search(r'href="(/cases/[^/"]+/people/[^/"]+/)"', page)[1]
    desk.get(child)  # whoever asks has looked
    assert desk.post(f"{child}tell-me/", months="3", called="").status_code == 302


def run_by_the_clock():
    """Run every task of the site that runs by the clock, once: what is built later runs here, too."""
    ours = [task for task in TASKS if task.name in get_commands()]
    assert {"deliver", "deliver_referrals", "watch", "watch_use", "remind"} <= {one.name for one in ours}
    for task in ours:
        task.run()


class _Heard(logging.Handler):
    """Every line that would be logged, as it would be."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        self.addFilter(WithoutValues())
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


class Seen:
    """What a crawl of the whole site saw: answers, mails, lines of the log, and what left for another system."""

    def __init__(self, answers, mails, lines, left, site):
        self.answers, self.mails, self.lines, self.left, self.site = answers, mails, lines, left, site


def crawl_all(site, town, mail, monkeypatch):
    """Let every role crawl, run what goes by the clock, and return what was seen."""
    monkeypatch.setattr("footprint.web.cases.person.pdf.can_make", lambda: True)
    monkeypatch.setattr(
        "footprint.web.cases.person.pdf.make", lambda html: html.encode()
    )  # so that it can be read
    # A shield that two guardians lift is no secret any more; lifting one has tests of its own.
    monkeypatch.setattr("footprint.web.protection.guarding.forms.LiftForm.is_valid", lambda _: False)
    # Nor is a sentence that a guardian lets go.
    offered = holding.choices_of
    monkeypatch.setattr(
        holding, "choices_of", lambda found: [one for one in offered(found) if one[0] != "released"]
    )
    site.set(SITE="https://footprint.example", MAIL=mail.url, MAIL_FROM="footprint@council.test")
    seats = desks_of(site)
    folder = refer(site, seats, [REFUGE, SHIELDED], PHONES)
    tell_me(site, town, next(user for name, user in seats if name.startswith("social-work")))
    heard = _Heard()
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request", "footprint")]
    for logger in loggers:
        logger.addHandler(heard)
    answers = []
    try:
        crawls = [
            Crawl(name, site.client(user), PEOPLE, SOUGHT, SENTENCE, most=2, most_sent=13, often=OFTEN)
            for name, user in seats
        ]
        for crawl in crawls:
            answers += crawl.run(ends=False).told
        run_by_the_clock()
        # Once more: others have answered, and now what a button ends may end.
        for crawl in crawls:
            answers += crawl.again(most=1, most_sent=6).run().told
        answers += (
            Crawl("nobody", site.client(), PEOPLE, SOUGHT, SENTENCE, most=2, most_sent=13, often=OFTEN)
            .run()
            .told
        )
        run_by_the_clock()
    finally:
        for logger in loggers:
            logger.removeHandler(heard)
    mails = [one.as_string() for _, one in mail.taken]
    mails += [one.message().as_string() for one in django_mail.outbox]
    left = [(one.name, one.read_text(errors="replace")) for one in sorted(folder.rglob("*")) if one.is_file()]
    return Seen(answers, mails, heard.lines, left, site)


@pytest.fixture
def seen(site_on_sqlite, published, mail, monkeypatch):
    """Everything that everybody was told, when nobody but whoever wrote one referral typed a word of a protected place."""
    with settled(site_on_sqlite, published) as town:
        yield crawl_all(site_on_sqlite, town, mail, monkeypatch)


def sightings(texts, words):
    read = ((asked, plain(text)) for asked, text in texts)
    return [(asked, word) for asked, text in read for word in words if word in text]


BY_A_LIBRARY = ("mfa_", "account_", "openid_", "socialaccount_", "usersessions_")
#: Views that no link and no form leads to in an ordinary town, and why; each is tried by tests of its own.
NOT_REACHED = {
    "accounts:demo_sign_in": "offered by the demo alone",
    "accounts:identity_provider": "no partner has an identity provider here",
    "accounts:identity_provider_return": "a partner's identity provider leads there",
    "accounts:first_password": "its link is handed over by hand",
    "accounts:follow_link": "the same",
    "accounts:reset_second_factor": "nobody has a second factor here",
    "referrals:inbox": "other organisations' systems lead there, and sign what they send",
    "referrals:kept": "a referral is kept there while the record takes nothing",
    "cases:arrive": "another system leads there, by a signed link",
    "referrals:example_offer": "offered of a form that was graded well; whether the crawl reaches it is not yet known",
    "referrals:example_withdraw": "the same, of one that was read and is shown",
    "referrals:examples": "the same",
}
#: Whose page, and which, holds what is held back: a guardian rules on it, and must read it.
RULES_ON_IT = "identity-guardian", "referrals:held_one"


def test_nothing_of_a_protected_place_is_seen_anywhere(seen):
    """One crawl, many claims: it takes two minutes, so they stand together."""
    pages = [(f"{one.user}: {one.asked}", one.text) for one in seen.answers]

    # It looked, and was answered.
    everything = plain("\n".join(text for _, text in pages))
    for word in ("openfield", "pialund", "maraquist", "junequist", "robinelderby", "wrenfairhurst"):
        assert word in everything, word
    assert "thispersonisprotected" in everything
    assert [f"{one.user}: {one.asked}" for one in seen.answers if one.status >= 500] == []

    answered = {one.view for one in seen.answers if one.status in (200, 302)}
    ours = {name for name in views() if not name.startswith(BY_A_LIBRARY)}
    assert sorted(ours - answered - NOT_REACHED.keys()) == []

    # No page, header, paper, text or link holds a word of it, but the guardian's own of what is held back; no e-mail; no
    # line of the log; nothing that left for another system, where the sentence is masked and the rest is not.
    ruling = {
        f"{one.user}: {one.asked}"
        for one in seen.answers
        if (one.user.rpartition("-")[0], one.view) == RULES_ON_IT
    }
    found = sightings(pages, WORDS)
    assert found, "whoever rules on it reads it: it is in this town"
    assert [(asked, word) for asked, word in found if asked not in ruling] == []
    assert seen.mails
    assert sightings([("a mail", one) for one in seen.mails], WORDS) == []
    assert sightings([("the log", one) for one in seen.lines], WORDS) == []
    copies = [text for _, text in seen.left if OPEN in text]
    assert copies
    assert all(MASK in copy for copy in copies)
    assert sightings(seen.left, WORDS) == []

    # No page holds words of both identities of the adopted child.
    met = [{asked for asked, _ in sightings(pages, words)} for words in (FORMER, NEW)]
    assert met[0] & met[1] == set()


# ---- asked for by its own words


ASKED = {
    "to the flat": (REFUGE, UNKNOWN),
    "without a postcode": ("17 Zephyrquill Lane", "17 Candlewick Lane"),
    "by its name": ("Obsidianwick House, WS7 9QJ", "Marbleford House, WS7 1AB"),
    "its postcode alone": ("WS7 9QJ", "WS7 1AB"),
    "by its UPRN": ("10099887766", "10099880000"),
    "a shielded home": (SHIELDED, "Marbleford Lodge, 23 Candlewick Row, WS7 1AB"),
    "a shielded home's postcode": ("WS7 8ZD", "WS7 1AB"),
}  # fmt: skip
NAMES = {
    "nobody": {},
    "the mother": PEOPLE[0],
    "the child": PEOPLE[1],
    "the witness": PEOPLE[2],
    "a stranger": PEOPLE[5],
}


@pytest.fixture
def desks(site_on_sqlite, published):
    """Everybody who may ask, at a desk of their own."""
    site = site_on_sqlite
    with settled(site, published) as town:
        yield [
            Desk(site, site.user(role, SCHOOL if role == "school-lead" else "", name="Sam Alder"), town)
            for role in ROLES
            if {"ask", "ask-own-pupils"} & ROLES[role].rights
        ]


def test_a_search_by_a_protected_address_is_as_one_where_nobody_is_known(desks):
    """Byte for byte, receipts and times aside, whoever asks and however: to the flat, by name, by postcode, with whose name."""
    different = []
    for desk in desks:
        desk.opens(purpose="early-help" if "early-help" in desk.user.username else "front-door")
        for how, pair in ASKED.items():
            one, other = (alike(desk.asks("address", place=place), place, *_parts(place)) for place in pair)
            different += [(desk.user.username, how)] if one != other else []
            for whom, named in NAMES.items():
                typed = dict(zip(("given", "family", "born"), named, strict=False))
                one, other = (
                    alike(desk.asks("person", **typed, place=place), place, *_parts(place)) for place in pair
                )
                different += [(desk.user.username, how, whom)] if one != other else []
    assert different == []


@pytest.mark.parametrize("phone", ["07700 900801", "07700 900802"])
def test_nobody_is_found_by_a_number_that_would_lead_there(desks, phone):
    for desk in desks:
        desk.opens(purpose="early-help" if "early-help" in desk.user.username else "front-door")
        one, other = (alike(desk.asks("person", phone=number), number) for number in (phone, "07700 900899"))
        assert one == other


def test_a_family_asked_for_at_a_refuge_is_answered_as_at_an_empty_home(desks):
    from tests.web.cases.conftest import family_typed

    for desk in desks:
        desk.opens(purpose="early-help" if "early-help" in desk.user.username else "front-door")
        one, other = (
            alike(desk.asks("family", **family_typed(PEOPLE[:2], home)), home) for home in (REFUGE, UNKNOWN)
        )
        assert one == other


def test_declaring_either_as_ones_own_makes_no_difference_to_what_is_found(desks):
    for desk in desks:
        pages = []
        for home in (REFUGE, UNKNOWN):
            DeclaredAddress.objects.filter(user=desk.user).delete()
            text, _, postcode = home.rpartition(", ")
            DeclaredAddress.objects.create(user=desk.user, text=text, postcode=postcode)
            desk.opens(purpose="early-help" if "early-help" in desk.user.username else "front-door")
            asked = [
                desk.asks("person", given=given, family=family, born=born)
                for given, family, born in PEOPLE[:3]
            ]
            pages.append([alike(answer, home) for answer in asked])
        assert pages[0] == pages[1]


def _parts(place):
    """How a page may write what was typed: as it stands, and its pieces."""
    return [piece.strip() for piece in re.split(",", place)]
