"""Agreements at random: a few partners, roles, purposes and kinds, and rules that overlap and contradict each other."""

import datetime as dt
import random

from footprint.sharing.agreement import Agreement, Party, Purpose, Recipients, Rule, Term
from footprint.sharing.policy import Ask

SECTORS = {
    "police": "police",
    "childrens-social-care": "childrens-social-care",
    "acute-trust": "acute-trust",
    "school-1": "school",
    "school-2": "school",
}
ROLES = ["frontline", "social-work-decision-maker", "school-lead", "data-steward"]
PURPOSES = ["s47", "front-door", "steward"]
KINDS = ["custody", "incident", "cp-plan", "on-roll"]
DAYS = [dt.date(2026, 1, 1) + dt.timedelta(days=days) for days in range(0, 300, 30)]


def some(draw, names, *, everything=True):
    """A few of the names, or "all"."""
    if everything and draw.random() < 0.4:
        return ("all",)
    return tuple(draw.sample(names, draw.randint(1, 3)))


def a_rule(draw, name):
    first = draw.choice([dt.date.min, dt.date.min, *DAYS])
    narrow = draw.random()
    return Rule(
        id=name,
        effect=draw.choice(["share", "share", "share", "withhold"]),
        of=some(draw, ["police", "childrens-social-care", "acute-trust", "school", "own"]),
        recipients=Recipients(
            roles=some(draw, ROLES, everything=False),
            partners=("police",) if narrow < 0.2 else (),
            sectors=("school", "childrens-social-care") if 0.1 < narrow < 0.3 else (),
        ),
        reasons=some(draw, PURPOSES),
        kinds=some(draw, KINDS),
        level=draw.choice(["existence", "content"]),
        basis="A basis.",
        first=first,
        last=max(first, draw.choice([dt.date.max, dt.date.max, *DAYS])),
        reach=draw.choice(["everyone", "everyone", "everyone", "own-pupils"]),
    )


def a_party(draw, sector):
    return Party(
        name=sector,
        sector=sector,
        signed_by="Somebody",
        signed_on=draw.choice([DAYS[0], DAYS[0], DAYS[0], draw.choice(DAYS)]),
        partner=sector if sector == "police" and draw.random() < 0.9 else "",
        last=draw.choice([dt.date.max, dt.date.max, dt.date.max, DAYS[5]]),
    )


def an_agreement(draw: random.Random) -> Agreement:
    """An agreement that its own checks let pass."""
    parties = tuple(
        a_party(draw, sector) for sector in dict.fromkeys(SECTORS.values()) if draw.random() < 0.9
    )
    names = {party.partner for party in parties}
    drawn = [a_rule(draw, f"rule-{number}") for number in range(draw.randint(0, 8))]
    return Agreement(
        id="a-town",
        partnership="town",
        title="A town",
        version="1",
        valid=Term(
            first=draw.choice([DAYS[0], DAYS[0], DAYS[2]]),
            last=draw.choice([dt.date.max, dt.date.max, DAYS[7]]),
        ),
        review=DAYS[-1],
        parties=parties,
        purposes={
            code: Purpose(
                label=code, short=code, basis="A law", needs="steward" if code == "steward" else "ask"
            )
            for code in PURPOSES
        },
        rules=tuple(rule for rule in drawn if set(rule.recipients.partners) <= names),
        windows={kind: draw.randint(1, 36) for kind in KINDS if draw.random() < 0.2},
    )


def an_ask(draw: random.Random) -> Ask:
    """Somebody who asks: mostly who may, sometimes a stranger, a role that may not, or a purpose that is none."""
    partner = draw.choice([*SECTORS, *SECTORS, "stranger"])
    return Ask(
        role=draw.choice([*ROLES, *ROLES, "administrator", "nobody"]),
        partner=partner,
        sector=SECTORS.get(partner, "police"),
        purpose=draw.choice([*PURPOSES, *PURPOSES, "curiosity"]),
        day=draw.choice(DAYS),
    )
