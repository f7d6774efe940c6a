"""Two women of one name and birthday whom a steward joined by mistake, and everybody who meets them."""

import re
from html import unescape

from tests.scenarios.world import nhs
from tests.web.cases.person import street

VICTIM = "police/person-id/AMANDEEP-V"
SUSPECT = "police/person-id/AMANDEEP-S"
AT_VICTIMS_HOME = "acute-trust/patient-id/AMANDEEP-HOME"
CHILD_AT_HOME = "police/person-id/IBRAHIM"
CHILD_AT_HOSPITAL = "acute-trust/patient-id/EBRAHIM"
_WOMAN = {"name": "Amandeep/Kaur", "born": "1991-05-04", "sex": "F"}


def two_women(town):
    """Two women of one name and birthday, on two sides of Walsall; the trust knows the victim at her home. And a boy."""
    town.police.knows(
        "AMANDEEP-V", **_WOMAN, home="12 Mill Lane, WS1 2AA", seen=[("2026-10-01", "DOMESTIC", "VICTIM")]
    )
    town.police.knows(
        "AMANDEEP-S", **_WOMAN, home="8 Elm Road, WS3 4BB", seen=[("2026-09-12", "VIOLENCE", "SUSPECT")]
    )
    town.acute.treated("AMANDEEP-HOME", **_WOMAN, home="12 Mill Lane, WS1 2AA")
    town.police.knows("IBRAHIM", name="Ibrahim/Khan", born="2018-02-03", sex="M", home="3 Oak Way, WS2 5CC")
    town.acute.treated(
        "EBRAHIM", name="Ebrahim/Khan", born="2018-02-03", sex="M", home="40 Ash Close, WS5 1DD", nhs=nhs(32)
    )
    town.morning("2026-11-20")


def joined(town):
    """The same, after a steward's wrong *same* was published: two women stand as one."""
    two_women(town)
    town.decide("same", "--one", VICTIM, "--other", SUSPECT)
    town.publish()


class Desk(street.Desk):
    """Somebody signed in, with a case of their own, who says on people's pages who is not whom."""

    def __init__(self, site, town, user, reference="CR-2026-0001", purpose="front-door"):
        super().__init__(site, town, user, purpose=purpose, reference=reference, concerns="The Kaur family")

    def says_not_them(self, record, *others, reason="Another woman, at another address."):
        """Say on a person's page which of the records are not theirs."""
        return self.client.post(self.url(record, "not-them/"), not_them(*others, reason=reason))

    def says_same(self, record, other, reason="The mother says so."):
        handle = self.url(other).rstrip("/").rpartition("/")[2]
        return self.client.post(self.url(record, "same/"), {"other": handle, "reason": reason})


def not_them(*records, reason="Another woman, at another address."):
    from footprint.web.identity.presenters.doubting import name_of

    return {"records": [name_of(record) for record in records], "reason": reason}


def said(answer):
    """Everything that a page says, in one line."""
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)
    text = re.sub(r"<[^>]+>", "\n", main.group() if main else answer.content.decode())
    return " ".join(unescape(text).split())
