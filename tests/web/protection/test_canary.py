"""Rules 5 and 6 everywhere: words that stand nowhere but in a protected place are never seen, by any role, on any page.

A town with a refuge that the police mark and that comes unmarked from the school and the hospital; a home that a steward
shields; an adopted child whose former identity was sealed. Every role follows every link and sends every form, through pages,
paper, texts, e-mails, errors and logs, and whatever runs by the clock runs, what leaves for another organisation's system
included. Pages and tasks are found by the crawl itself: one that is built later is tried too.

| clause of scenario 8                                            | where                                                |
| --------------------------------------------------------------- | ---------------------------------------------------- |
| no channel ever shows address, school, area, team or number      | test_nothing_of_a_protected_place_is_seen_anywhere   |
| a search by the refuge's address yields the same as empty        | test_asked_by_its_own_words                          |
| an adopted child's two identities never meet                     | the same                                             |
"""

import logging
import re

import pytest
from django.core import mail as django_mail
from django.core.management import get_commands

from footprint.referrals.holding import MASK
from footprint.sharing.roles import ROLES
from footprint.web.config.logs import WithoutValues
from footprint.web.config.tending import TASKS
from footprint.web.referrals.desk.presenters import holding
from tests.scenarios.test_protection_canary import REFUGE, SHIELDED, plain
from tests.scenarios.world import nhs, upn
from tests.web.cases.conftest import SCHOOL, Desk
from tests.web.crawling import Crawl, views
from tests.web.mailing import mail
from tests.web.protection.hidden import FORMER, NEW, PEOPLE, PHONES, WORDS, settled
from tests.web.protection.referred import OPEN, RESPONSE, refer

__all__ = ["mail"]

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
