"""A published town of four homes: a family of seven whom several partners know, an adult of two homes, a John Smith and his son.

14 High Street: Sana Mirza, her children Layla, Omar, Zara and one expected; Imran and Amina Hussain. 6 Dudley Street: Leo Marsh,
and Darren Poole, whom the police call Omar's father. 31 High Street: the Smiths.
8 Mill Lane: Rob Frost and, as the police still have it, his daughter Nell, of whom social care says that she left.
"""

import datetime as dt

import msgspec

from footprint import snapshot
from footprint.answer.opened import OpenedSnapshot
from footprint.answer.people import People
from footprint.decisions import Overlay
from footprint.publishing.task import root
from footprint.records import Address, DutyContact, Name, PartialDate, Relationship
from footprint.records.mask import Mask
from tests.publishing.conftest import deliver, happened, person, run
from tests.scenarios.world import nhs

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
HOME, ELSEWHERE, SMITHS, FROSTS = "14 High Street", "6 Dudley Street", "31 High Street", "8 Mill Lane"
P, C = "police/person-id/", "childrens-social-care/la-child-id/"
LAYLA, OMAR, SANA, LEO, NELL = (nhs(serial) for serial in (201, 202, 203, 205, 206))
SARAH = DutyContact(worker="Sarah Jones", team="Family Help North", phone="01632 960210")
ROSA = DutyContact(worker="Rosa Bright", team="Family Help South", phone="01632 960220")


def left(home, day):
    return Address(**_address(home), use="old", end=day)


def _address(home):
    house, _, street = home.partition(" ")
    return {"number": house, "street": street, "town": "Walsall", "postcode": "WS1 1AA"}


def kin(kind, other):
    return {"relationships": (Relationship(kind=kind, other=other),)}


# Social care writes her new home in two ways.
NELLS = (
    left(FROSTS, "2026-05-02"),
    Address(**_address("9 Ash Close"), use="home", start="2026-05-02"),
    Address(**_address("9 Ash Close") | {"town": "WALSALL"}, use="home", start="2026-05-02"),
)


def allocated(key, contact):
    return happened(key, "allocated-worker", "2026-03-02", reference=f"W{key}", contact=contact)


def expected(key, **fields):
    baby = person(key, home=HOME, names=(Name(given="Unborn Baby", family="Hussain"),), **fields)
    return msgspec.structs.replace(baby, birth=None, expected=PartialDate(2026, 12, 20, "XXX"))


def published(data):
    """Publish the town in a folder and return the opened snapshot."""
    deliver(
        data,
        "police",
        [
            person(f"{P}LAYLA", number=LAYLA, home=HOME, **kin("mother", f"{P}SANA")),
            person(f"{P}SANA", "Sana", "Mirza", (1990, 5, 4), number=SANA, home=HOME),
            person(f"{P}IMRAN", "Imran", "Hussain", (1988, 1, 2), home=HOME),
            person(f"{P}AMINA", "Amina", "Hussain", (1955, 6, 7), home=HOME),
            person(f"{P}OMAR", "Omar", "Hussain", (2018, 9, 1), number=OMAR, home=HOME),
            person(f"{P}DARREN", "Darren", "Poole", (1988, 2, 3), home=ELSEWHERE, **kin("child", f"{P}OMAR")),
            person(f"{P}LEO", "Leo", "Marsh", (2019, 5, 5), number=LEO, home=ELSEWHERE),
            person(f"{P}SENIOR", "John", "Smith", (1975, 3, 14), home=SMITHS),
            person(f"{P}JUNIOR", "John", "Smith", (2009, 3, 14), home=SMITHS),
            person(f"{P}ROB", "Rob", "Frost", (1980, 4, 4), home=FROSTS),
            person(f"{P}NELL", "Nell", "Frost", (2012, 4, 5), number=NELL, home=FROSTS),
        ],
        [happened(f"{P}LAYLA", "domestic-abuse-incident", "2026-10-01", role="child-present")],
    )
    deliver(
        data,
        "childrens-social-care",
        [
            person(f"{C}LAYLA", number=LAYLA, home=HOME),
            person(f"{C}OMAR", "Omar", "Hussain", (2018, 9, 1), number=OMAR, home=HOME),
            person(f"{C}ZARA", "Zara", "Hussain", (2021, 2, 8), home=HOME, **kin("sibling", f"{C}LAYLA")),
            person(f"{C}SANA", "Sana", "Mirza", (1990, 5, 4), number=SANA, home=HOME),
            expected(f"{C}BABY", **kin("mother", f"{C}SANA")),
            person(f"{C}LEO", "Leo", "Marsh", (2019, 5, 5), number=LEO, home=ELSEWHERE),
            person(f"{C}NELL", "Nell", "Frost", (2012, 4, 5), number=NELL, addresses=NELLS),
        ],
        [
            allocated(f"{C}LAYLA", SARAH),
            happened(f"{C}LAYLA", "cp-plan", "2026-04-01", reference="CP"),
            allocated(f"{C}OMAR", SARAH),
            allocated(f"{C}LEO", ROSA),
        ],
        sector="childrens-social-care",
    )
    run(data)
    return OpenedSnapshot(snapshot.open_current(root(data)))


def people_of(content, *rulings, mask=Mask()):  # noqa: B008 - a frozen value
    """Return the people of the town under these rulings and this mask."""
    return People(content, mask, Overlay.of(rulings))
