"""A town with a refuge that the police mark, a home that a steward shields, and an adopted child of two identities."""

import contextlib

import time_machine

from tests.scenarios.test_protection_canary import OF_REFUGE, OF_SHIELDED, REFUGE, SHIELDED
from tests.scenarios.world import nhs, upn
from tests.web.cases.conftest import SCHOOL, agree

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
