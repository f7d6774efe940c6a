"""What stands of referrals in the canary's town before anybody looks: sent, decided, graded, drawn, marked, on their way.

All of it names a refuge that the police mark, a home that a steward shields, and the numbers of those who live there, wherever
somebody types. Those who typed it read it on their own pages, so they are nobody who crawls.
"""

import msgspec
from django.urls import reverse

from footprint.referrals.referral import Adult, Child, Concern, Request, Source, Statement
from footprint.web.referrals import services
from footprint.web.referrals.models import DrawnReferral
from tests.web.referrals.audited import OCTOBER, Audit, marks, say
from tests.web.referrals.filming import filmed, take
from tests.web.referrals.systems import connect, destination
from tests.web.referrals.writers import Desk

OPEN = "He was hit at home."
#: The team of the police feed's incidents: who supervises it sees of which no referral came.
RESPONSE = "Walsall Response"


def refer(site, seats, secrets, phones):
    """Let some who do not crawl write, decide, grade and mark; return the folder to which copies go.

    `seats` are those who crawl, so that markers are found among them; `secrets` the homes that nobody else may read of.
    """
    folder = site.data / "agreed"
    folder.mkdir()
    # One system takes what is laid down in a folder, and another's folder is not there: what waits for it hangs.
    connect(
        site.data,
        destination(kind="folder", address="agreed"),
        destination("away", kind="folder", address="not-mounted"),
        destination("office", kind="email", address="office@borough.example", key=None),
    )
    audit = Audit(lambda role="frontline", partner="", **named: Desk(site, site.user(role, partner, **named)))
    audit.agree(share="100")
    supervisor = next(user for name, user in seats if name.startswith("police-supervisor"))
    author = Desk(
        site,
        site.user(
            "frontline",
            "police",
            name="Whoever wrote it",
            username="whoever-wrote-it",
            team=supervisor.memberships.get().team,
        ),
    )
    secret = " ".join(
        [
            OPEN,
            *(f"His aunt hides at {home} now." for home in secrets),
            *(f"Ring {one}." for one in phones),
            "He asks for help.",
        ]
    )
    for number in range(4):
        services.receive(author.actor, _said(number, secret, secrets), form=f"october-{number}", at=OCTOBER)
    audit.draw()
    sent = [
        services.receive(author.actor, _said(number, secret, secrets), form=f"now-{number}")
        for number in range(3)
    ]
    # Somebody who crawls sent one, too, and reads what others write of it.
    writer = next(user for name, user in seats if name.startswith("frontline"))
    own = services.receive(Desk(site, writer).actor, say(9), form="own")
    for one in (sent[1], own):
        _decide(audit.care, one, secret)
        _grade(audit.police, one, secret)
    marking = ("central-referral-unit", "social-work-decision-maker")
    _mark(audit, [Desk(site, user) for name, user in seats if name.startswith(marking)])
    _brief(audit.police)
    _film(site)
    return folder


def _said(number, secret, secrets):
    home = secrets[number % len(secrets)]
    child = Child(
        key="c1", name=f"Ivo Brandt{number}", birthday="2018-05-06", address=home, impact=secret, looks=secret
    )
    return msgspec.structs.replace(
        say(number),
        who=f"Ola Brandt's nephew, of {home}",
        place=home,
        children=(child,),
        adults=(Adult(key="a1", name="Vera Brandt", address=home, relationship=f"aunt, of {home}"),),
        concern=Concern(
            wrong=secret, statements=(Statement(text=secret, source=Source.TOLD, told_by="June Quist"),)
        ),
        request=Request(argument=secret),
    )


def _decide(by, sent, secret):
    step = reverse("referrals:move", args=[sent.pk, "decide"])
    typed = {
        "outcome": "section-17",
        "reason": "child-in-need",
        "words": secret,
        "moves": "1",
        "seen": "0",
    }
    answer = by.post(step, typed | {"spoke_to": "Nobody", "tonight": secret[:600]})
    assert answer.status_code == 302, answer.content.decode()


def _grade(by, sent, secret):
    typed = marks() | {"version": "1", "grade": "", "about-1": "Q5", "words-1": secret[:500]}
    answer = by.post(reverse("referrals:grade", args=[sent.pk]), typed)
    assert answer.status_code == 302, answer.content.decode()


def _mark(audit, crawling):
    """Both sides mark the first that was drawn and hold the second, which those who crawl may take over; they hold the others."""
    numbers = list(DrawnReferral.objects.order_by("pk").values_list("pk", flat=True))
    for side in (audit.police, audit.care):
        for number in numbers[:2]:
            side.post(reverse("referrals:audit_take", args=[number]))
        side.post(reverse("referrals:audit_mark", args=[numbers[0]]), marks())
    for side in crawling:
        for number in numbers[2:]:
            side.post(reverse("referrals:audit_take", args=[number]))


def _brief(by):
    typed = {
        "criterion": "Q5",
        "title": "What each child said",
        "text": "Write their own words.",
        "given_on": "2026-11-20",
    }
    answer = by.post(reverse("referrals:audit_brief"), typed | {"again_on": ""})
    assert answer.status_code == 302, answer.content.decode()


def _film(site):
    """A recording of October is drawn for the team's supervisor to look into; one of this month is soon deleted."""
    at = {"made": "2026-11-19T06:00", "team": RESPONSE}
    october = {"at": "2026-10-25T21:40", "arrived": "2026-10-25T21:50"} | {
        "started": "2026-10-25T21:50:30",
        "ended": "2026-10-25T22:10",
        "kept": "yes",
    }
    take(site, filmed(81, **at, **october), filmed(82, **at))
