"""Nobody can tell from the pages whether there is something that they may not know: two towns, the same thousand requests.

In one town the police and the hospital know the family, a child was erased, a man shielded, and a house is a refuge; and while
it is asked about somebody doubts that two hidden records are one child's. In the other none of it ever was. Whoever works in
early help is shared nothing of it, and must not be able to tell in which town they are.
"""

import difflib
import os
import shutil

import pytest
import time_machine

from tests.web.django_here import forget
from tests.web.two_worlds import MORNING, Asker, doubt, hide, with_hidden, without

REQUESTS = int(os.environ.get("FOOTPRINT_REQUESTS", "1000"))
SEED = 20261120


@pytest.fixture(autouse=True)
def readable_paper(monkeypatch):
    """A PDF leaves as the page that it is made of, so that it can be compared."""
    monkeypatch.setattr("footprint.web.cases.person.pdf.can_make", lambda: True)
    monkeypatch.setattr("footprint.web.cases.person.pdf.make", lambda html: html.encode())


@pytest.fixture(autouse=True)
def morning():
    """One morning for both towns: the ledger takes no entry from before the last one."""
    with time_machine.travel(MORNING, tick=True):
        yield


def move(site, town):
    """Put the site into another town; its ledger goes on under its own keys."""
    keys, kept = site.data / "keys", site.data / "keys.kept"
    if keys.exists():
        keys.rename(kept)
    here = site.use(town)
    if kept.exists():
        shutil.rmtree(keys, ignore_errors=True)
        kept.rename(keys)
        forget()
    return here


def difference(one, other):
    """The lines by which two answers differ."""
    lines = difflib.unified_diff(
        one[2].splitlines(), other[2].splitlines(), "without", "with", n=1, lineterm=""
    )
    return "\n".join([f"{one[:2]} {other[:2]}", *lines])


def told(site, role, name, purpose, requests, meanwhile=lambda: None):
    """What somebody who walks as the seed says is told; `meanwhile` happens when a third of it is over."""
    asker = Asker(site, site.user(role, "childrens-social-care", name=name), SEED, purpose)
    while len(asker.told) < requests // 3:
        asker.act()
    meanwhile()
    while len(asker.told) < requests:
        asker.act()
    return asker.told


def test_a_town_with_hidden_people_answers_as_one_without_them(served, published):
    reader = ("early-help", "Joanna Nowak", "early-help", REQUESTS)
    move(served, published(without))
    clear = told(served, *reader)
    town = move(served, published(with_hidden))
    hide(town)
    hidden = told(served, *reader, meanwhile=lambda: doubt(served, town))
    assert len(clear) == len(hidden) >= REQUESTS
    for number, (one, other) in enumerate(zip(clear, hidden, strict=True)):
        assert one == other, f"request {number}:\n{difference(one, other)}"
    shown = "".join(text for _, _, text in hidden)
    assert "Ada Marsh" in shown, "somebody must be found, or nothing was tried"
    assert "Nothing this partner shares with you" in shown


def test_the_comparison_sees_a_difference_where_there_is_one(served, published):
    """The same walk by somebody who may know it all: the towns must differ, or the test above looks at nothing."""
    reader = ("social-work-decision-maker", "Rukhsana Malik", "front-door", 40)
    move(served, published(without))
    clear = told(served, *reader)
    move(served, published(with_hidden))
    assert told(served, *reader) != clear
