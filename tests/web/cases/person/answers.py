"""Answers made by hand, small enough to read: a footprint, a partner, a line, whatever a test of a presenter is about."""

import datetime as dt
from types import SimpleNamespace

from footprint.answer import words
from footprint.answer.found import FoundPerson, Resident
from footprint.answer.values import (
    Footprint,
    InvolvementLine,
    LinkView,
    PartnerAnswer,
    PossibleOther,
    Relative,
    Said,
    Span,
    Stated,
    Statement,
    Worker,
)
from footprint.records import DutyContact

DAY = "2026-11-20"
NOW = dt.datetime(2026, 11, 20, 8, 30, tzinfo=dt.UTC)
DUTY = DutyContact(
    team="Front door", phone="01632 960401", hours="Monday to Friday", fallback="Duty team 01632 960499"
)
ROSA = DutyContact(worker="Rosa Bright", team="Family Help North", phone="01632 960402", hours="09:00-17:00")


def line(code="contact", label="Contact to the front door", **fields):
    opened = fields.get("open", False)
    return InvolvementLine(
        **{
            "code": code,
            "label": label,
            "role": words.SUBJECT,
            "count": 1,
            "first": "2026-10-01",
            "last": "" if opened else "2026-10-01",
            "open": opened,
            "confirmed_on": DAY if opened else "",
            "not_reported_since": "",
            "reference": "",
            "site": "",
            "contact": DUTY,
            "days": () if opened else ("2026-10-01",),
            "spans": (Span(start="2026-10-01", end=""),) if opened else (),
        }
        | fields
    )


def partner(code="childrens-social-care", *lines, **fields):
    sector = "school" if code.startswith("school") else code
    return PartnerAnswer(
        **{
            "partner": code,
            "name": code.replace("-", " ").capitalize(),
            "sector": sector,
            "as_of": DAY,
            "state": "fresh",
            "freshness": "As of 20 November 2026.",
            "says": "" if lines else words.NOTHING_SHARED,
            "duty": DUTY,
            "involvements": lines,
            "records": (f"{code}/id/1",) if lines else (),
            "not_reported_since": "",
        }
        | fields
    )


def worker(*episodes, **fields):
    return Worker(
        **{
            "partner": "childrens-social-care",
            "name": "Children's social care",
            "label": (episodes or ("Child in need plan",))[0],
            "since": "2026-05-01",
            "confirmed_on": DAY,
            "contact": ROSA,
            "episodes": episodes or ("Child in need plan",),
        }
        | fields
    )


def said(name="Police", on=DAY, record="police/id/1"):
    return Said(partner=name.lower(), name=name, record=record, on=on)


def stated(field, *values, conflict=False):
    """Statements of one field; a value is a text, said by the police today, or (text, use, said ...)."""
    whole = [value if isinstance(value, tuple) else (value, "", said()) for value in values]
    return Stated(
        field=field,
        conflict=conflict,
        statements=tuple(Statement(value=text, use=use, said_by=tuple(by)) for text, use, *by in whole),
    )


def relative(name, kind="sibling", **fields):
    return Relative(
        **{
            "kind": kind,
            "person_id": name.lower(),
            "name": name,
            "birth": "1 June 2015",
            "age": "11",
            "standing": "open",
            "said_by": (said(),),
        }
        | fields
    )


def other(name="Layla Husain", **fields):
    return PossibleOther(
        **{
            "person_id": name.lower(),
            "name": name,
            "birth": "27 March 2015",
            "age": "11",
            "standing": "open",
            "weight": 12.5,
            "disputed": False,
            "records": ("police/id/2", "acute-trust/id/3"),
            "why": ("same given name", "same birthday"),
        }
        | fields
    )


def link(one, other, weight=20.0, rule="E1"):
    return LinkView(one=one, other=other, weight=weight, rule=rule, why=("same birthday", "same home"))


def footprint(**fields):
    return Footprint(
        **{
            "person_id": "p1",
            "standing": "open",
            "sentence": "",
            "ring": DutyContact(),
            "name": "Layla Hussain",
            "birth": "27 March 2015",
            "age": "11",
            "day": DAY,
            "shown_from": "2025-11-20",
            "snapshot": "s1",
            "workers": (),
            "partners": (),
            "stated": (),
            "relatives": (),
            "links": (),
            "possible": (),
            "is_child": True,
        }
        | fields
    )


def a_person(name="Layla Hussain", **fields):
    """Somebody whom a search found."""
    return FoundPerson(
        **{
            "person_id": "p1",
            "standing": "open",
            "weight": 20.0,
            "name": name,
            "birth": "27 March 2015",
            "age": "11",
            "sex": "",
            "homes": (),
            "partners": (),
            "verdicts": {},
            "records": (),
        }
        | fields
    )


def a_resident(name="Layla Hussain", **fields):
    """Somebody who lives or lived at an address."""
    return Resident(
        **{
            "person_id": "p1",
            "name": name,
            "birth": "27 March 2015",
            "age": "11",
            "start": "",
            "end": "",
            "said_by": (said(),),
            "is_child": True,
        }
        | fields
    )


def scope(**fields):
    """What a presenter reads of a scope."""
    return SimpleNamespace(
        **{
            "actor": SimpleNamespace(
                name="Sam Alder", role_label="Social worker", organisation_name="The council"
            ),
            "case": SimpleNamespace(pk="case-1", reference="CR-1"),
            "purpose": SimpleNamespace(label="Screening a contact or referral"),
            "now": NOW,
        }
        | fields
    )
