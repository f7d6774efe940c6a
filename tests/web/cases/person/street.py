"""A street of people to open: Layla, whom four partners know and write differently, her family, and somebody hidden.

`told` tells the street on its first morning; `moved_on` what a week later is new. `Desk` is somebody who opens them.
"""

import re
from html import unescape

from django.utils import timezone

from footprint.web.cases.models import Case, KnownPerson
from tests.scenarios.world import nhs, upn

HOME = "3 Bath Street, WS1 3BX"
REFUGE = "Flat 2, Obsidianwick House, 17 Zephyrquill Lane, WS7 9QJ"
#: What stands nowhere but where it is protected: of Ellie's refuge, school, clinic and telephone.
CANARIES = ("Obsidianwick", "Zephyrquill", "WS7 9QJ", "Quillfeather", "0770090080", "07700 900801")

LAYLA = "childrens-social-care/la-child-id/LAYLA"
SANA = "childrens-social-care/la-child-id/SANA"
NAMESAKE = "police/person-id/NAMESAKE"
ELLIE = "childrens-social-care/la-child-id/ELLIE"
SISTER = "police/person-id/ELLIE"
BABY = "childrens-social-care/la-child-id/BABY"
QUIET = "police/person-id/QUIET"

_LAYLA = {"name": "Layla/Hussain", "born": "2015-03-27", "sex": "F", "home": HOME}


def told(town):
    """The first morning."""
    town.social_care.knows("SANA", "Sana/Hussain", "1990-06-01", sex="F", home=HOME, nhs=nhs(402))
    _council(town)
    town.social_care.knows(
        "IMRAN", "Imran/Hussain", "2018-08-08", sex="M", home=HOME, nhs=nhs(405), mother="SANA"
    )
    town.social_care.knows("BABY", "Unborn/Hussain", due="2027-01-25", mother="SANA", home=HOME)
    _police(town, seen=[("2026-10-01", "DOMESTIC", "CHILD PRESENT")])
    town.police.knows("NAMESAKE", **_LAYLA | {"home": "40 Ash Close, WS5 1DD"})
    town.police.knows(
        "QUIET",
        "Quentin/Quiet",
        "1970-07-07",
        sex="M",
        home="1 Still Row, WS6 6SS",
        seen=[("2025-03-01", "OTHER", "WITNESS")],
    )
    town.school.enrols("LAYLA", **_LAYLA, upn=upn(401), mother="Sana/Hussain")
    town.acute.treated("LAYLA", **_LAYLA, nhs=nhs(401), on=("2026-03-03", "2026-10-24"))
    _ellie(town)
    town.morning("2026-11-20")


def moved_on(town):
    """A week later: police came again, and the council holds a child protection plan."""
    _police(
        town, seen=[("2026-10-01", "DOMESTIC", "CHILD PRESENT"), ("2026-11-25", "DOMESTIC", "CHILD PRESENT")]
    )
    _council(town, protection=("2026-11-26", ""))
    town.morning("2026-11-27")


def _council(town, **more):
    town.social_care.knows(
        "LAYLA", **_LAYLA, nhs=nhs(401), upn=upn(401), mother="SANA", plan=("2026-05-01", ""),
        contacts=("2026-04-20",), **more,
    )  # fmt: skip


def _police(town, seen):
    # The police wrote the birthday a day off.
    town.police.knows(
        "LAYLA", **_LAYLA | {"name": "Leyla/Hussain", "born": "2015-03-28"}, nhs=nhs(401), seen=seen,
        related=[("SIBLING OF", "ELLIE")],
    )  # fmt: skip


def _ellie(town):
    ellie = {"name": "Ellie/Foster", "born": "2018-10-17", "sex": "F", "home": REFUGE}
    town.police.knows(
        "ELLIE",
        **ellie,
        protected=True,
        mobile="07700 900801",
        seen=[("2026-10-01", "DOMESTIC", "CHILD PRESENT")],
    )
    town.social_care.knows(
        "ELLIE", **ellie, restricted=True, nhs=nhs(404), upn=upn(404), plan=("2026-10-03", "")
    )
    town.school.enrols("ELLIE", **ellie, upn=upn(404), mother="Mara/Quillfeather", mobile="07700 900801")
    town.acute.treated("ELLIE", **ellie, nhs=nhs(404), phone="07700 900801")


class Desk:
    """Somebody signed in, with a case of their own, who opens people by their records."""

    def __init__(
        self,
        site,
        town,
        user,
        *,
        purpose="front-door",
        reference="CR-2026-0001",
        concerns="The Hussain family",
    ):
        self.site, self.town, self.user = site, town, user
        self.client = site.client(user)
        self.membership = user.memberships.order_by("pk").first()
        self.case = Case.objects.create(
            partnership=site.partnership,
            opened_by=self.membership,
            purpose=purpose,
            reference=reference,
            reference_due=timezone.now(),
            concerns=concerns,
        )

    def handle(self, record):
        """The handle under which this case knows the person of a record."""
        person = self.town.person(record)
        assert person, f"{record} is not to be seen"
        return KnownPerson.objects.get_or_create(case=self.case, person_id=person)[0].handle

    def url(self, record, page=""):
        return f"/cases/{self.case.pk}/people/{self.handle(record)}/{page}"

    def opens(self, record, page=""):
        return self.client.get(self.url(record, page))

    def says_wrong(self, record, number, right=""):
        return self.client.post(self.url(record, "wrong-number/"), {"number": number, "right": right})


def said(answer):
    """Everything that a page says, in one line."""
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)
    return _line(main.group() if main else answer.content.decode())


def _line(html):
    text = " ".join(unescape(re.sub(r"<[^>]+>", "\n", html)).split())
    return re.sub(r" ([,.;:])", r"\1", text)


def section(answer, title):
    """What one section of a page says, by its heading."""
    html = answer.content.decode()
    parts = re.split(r"<h2[^>]*>", html)
    found = [part for part in parts[1:] if part.startswith(title)]
    assert found, f"no section {title!r}"
    return _line(found[0])


def links(answer):
    """Every link of a page as (words, address)."""
    html = answer.content.decode()
    found = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL)
    return [(" ".join(re.sub(r"<[^>]+>", "", text).split()), unescape(url)) for url, text in found]


def alike(content):
    """A page without what may differ between two that say the same: receipts, times, tokens, handles."""
    text = content.decode() if isinstance(content, bytes) else content
    text = re.sub(r"\b\d+-[A-Z2-7]{8}\b", "RECEIPT", text)
    text = re.sub(r"\d{1,2} \w+ \d{4} at \d{2}:\d{2}", "TIME", text)
    text = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1TOKEN", text)
    text = re.sub(r"/(cases|people)/[\w-]{22}", r"/\1/HANDLE", text)
    text = re.sub(r"other=[\w-]{22}", "other=HANDLE", text)
    return re.sub(r"\(\d{8}[^)]*\)", "(SNAPSHOT)", text)
