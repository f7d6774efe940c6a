"""The access matrix of the workflow over HTTP: every state, every role, every verb; what a page offers and what it takes.

What is expected follows from the core's table (`states.FRONT_DOOR`, tried line by line in tests/referrals/test_states.py) and
from the roles of `sharing.roles`; the part that a role plays, and whom it reaches, stand here a second time.

| who                                                              | gets                                             |
| ---------------------------------------------------------------- | ------------------------------------------------ |
| plays a part for it, and the table has the line                  | the way on the referral's page, and the step: 302 |
| plays a part that has such a line, but from another state        | the page that says that it has moved on: 409     |
| plays a part that has no such line, or does not reach it          | nothing there: 404                               |
| has a role in which nobody plays a part, be it as its author     | no such page for this role: 403                  |
"""

import itertools
import re
from typing import NamedTuple

import msgspec
import pytest
from django.utils import timezone

from footprint.referrals import states
from footprint.referrals.referral import Safety, Said
from footprint.referrals.states import FRONT_DOOR, Part, State, Verb
from footprint.sharing.roles import ROLES
from footprint.web.ledger.store import ledger
from footprint.web.referrals import services as sending
from footprint.web.referrals.desk import services
from footprint.web.referrals.models import Draft, Feedback, Referral, Step, Version
from tests.web.cases.conftest import said
from tests.web.referrals.writers import ADA, URGENT, Desk

CALM = msgspec.structs.replace(URGENT, children=(ADA,), safety=Safety(danger_now=Said.NO))
MORE = msgspec.structs.replace(CALM, worker="Sam Dale")
SAYS = {"outcome": "section-17", "reason": "child-in-need", "words": "Ada needs help."}
PARTS = {
    "police-supervisor": Part.SUPERVISOR,
    "central-referral-unit": Part.REFERRAL_UNIT,
    "social-work-decision-maker": Part.FRONT_DOOR,
}
#: Somebody whose role plays a part, and who does not reach what a team of the police sent.
STRANGERS = {
    "a supervisor of another team": ("police-supervisor", "police", "Response B"),
    "a supervisor of no team": ("police-supervisor", "police", ""),
    "a referral unit of another organisation": ("central-referral-unit", "acute-trust", ""),
}
#: What is done on the desk's pages. Sending and adding have pages of their own.
ON_THE_DESK = {
    Verb.ROUTE,
    Verb.ACCEPT,
    Verb.PUT_BACK,
    Verb.DECIDE,
    Verb.SEND_BACK,
    Verb.READ,
    Verb.CLOSE,
    Verb.REOPEN,
    Verb.NOTE,
}
#: By which steps a referral comes to each state.
WAYS = {
    State.RECEIVED: [],
    State.ROUTED: [Verb.ROUTE],
    State.ACCEPTED: [Verb.ACCEPT],
    State.DECIDED: [Verb.DECIDE],
    State.CLOSED: [Verb.DECIDE, Verb.CLOSE],
}


class Person(NamedTuple):
    """Somebody who tries: their desk, and the part that they play for this referral, or None."""

    desk: Desk
    part: Part | None
    is_author: bool = False

    def may(self, state, verb, *, unread=False):
        """Whether they may do this now, by the table. Where nothing was added there is nothing to mark as read."""
        move = FRONT_DOOR.get((state, verb))
        if move is None or verb not in ON_THE_DESK or self.part not in move.by:
            return False
        return unread or verb != Verb.READ

    def refused(self, verb):
        """How they are refused what they may not do now."""
        if {"decide-referrals", "supervise-referrals", "grade-referrals"}.isdisjoint(self.desk.actor.rights):
            return 403
        return 409 if any(self.may(state, verb, unread=True) for state in State) else 404


@pytest.fixture
def people(desk):
    """One of each role in the author's team, those who reach nothing, and the author; by what to call them."""
    found = {role: Person(desk(role, team="Response A"), PARTS.get(role)) for role in ROLES}
    for name, (role, partner, team) in STRANGERS.items():
        found[name] = Person(desk(role, partner, team=team), None)
    found["its author"] = Person(desk(team="Response A"), None, is_author=True)
    return found


@pytest.fixture
def referral(people):
    """A function that brings a new referral of the author's to a state, with something unread or without."""
    author, door, numbers = (
        people["its author"].desk,
        people["social-work-decision-maker"].desk,
        itertools.count(),
    )

    def brought(state, *, unread=False):
        sent = sending.receive(author.actor, CALM, form=f"form-{next(numbers)}")
        for verb in WAYS[state]:
            step = states.Step(verb=verb, part=Part.FRONT_DOOR, by="Sam", at=timezone.now(), **needed(verb))
            services.take(door.actor, sent, step)
        if unread:
            sending.add(author.actor, sent, MORE, form=f"more-{next(numbers)}")
        sent.refresh_from_db()
        assert sent.state == state
        return sent

    return brought


def needed(verb):
    needs = next((move.needs for move in FRONT_DOOR.values() if move.verb == verb), ())
    return {name: SAYS[name] for name in needs}


def form(verb, *, moves, seen=0):
    return {"moves": moves, "seen": seen, **needed(verb)}


def all_of(sent):
    """All that a step may change: the row, its steps, and what its author was told."""
    row = Referral.objects.filter(pk=sent.pk).values().get()
    steps = list(Step.objects.filter(referral=sent).values_list("pk", "verb"))
    return row, steps, list(Feedback.objects.filter(referral=sent).values_list("pk", flat=True))


def offered(page, sent):
    """The steps to which a referral's page leads."""
    return set(re.findall(rf"/referrals/desk/{sent.pk}/steps/([\w-]+)/", page.content.decode()))


@pytest.mark.parametrize("unread", [False, True])
def test_a_page_offers_and_takes_what_the_table_says_and_nothing_else(people, referral, unread):
    tried = set()
    # What is added to what is closed opens it; otherwise an addition changes what may be read and put away, and for whom that is.
    verbs = (Verb.READ, Verb.CLOSE) if unread else (*Verb, "nothing-here")
    states_now = [state for state in WAYS if not (unread and state == State.CLOSED)]
    people = {name: one for name, one in people.items() if one.part or not unread}
    brought = {state: referral(state, unread=unread) for state in states_now}
    for state, (name, person) in itertools.product(states_now, people.items()):
        sent, whole = brought[state], f"{name}, {state}"
        before = all_of(sent)
        page = person.desk.get(f"/referrals/sent/{sent.pk}/")
        assert (page.status_code == 200) is (person.part is not None or person.is_author), whole
        assert offered(page, sent) == {verb for verb in Verb if person.may(state, verb, unread=unread)}, whole
        for verb in verbs:
            whole, at = f"{name}, {state}, {verb}", f"/referrals/desk/{sent.pk}/steps/{verb}/"
            may = person.may(state, verb, unread=unread)
            if person.part is not None:
                assert person.desk.get(at).status_code == (200 if may else person.refused(verb)), whole
            if may:
                assert all_of(sent) == before, f"{whole}: something was done before it"
            answer = person.desk.post(at, form(verb, moves=len(WAYS[state]) + 1, seen=int(unread)))
            assert answer.status_code == (302 if may else person.refused(verb)), whole
            tried.add((state, name, verb))
            if may:
                sent.refresh_from_db()
                last = Step.objects.filter(referral=sent).latest("pk")
                assert sent.state == FRONT_DOOR[state, verb].after, whole
                by = person.desk.actor.membership_id
                assert (last.verb, last.part, last.by_id) == (verb, person.part, by), whole
                brought[state] = sent = referral(state, unread=unread)
                before = all_of(sent)
        assert all_of(sent) == before, f"{whole}: something was done by who was refused"
    assert len(tried) == len(states_now) * len(people) * len(verbs)
    assert ledger().verify().sound


def test_what_cannot_follow_is_told_with_what_stands_now_and_is_entered_as_read(people, referral):
    door, sent = people["social-work-decision-maker"].desk, referral(State.CLOSED)
    answer = door.post(f"/referrals/desk/{sent.pk}/steps/accept/", form(Verb.ACCEPT, moves=3))
    assert answer.status_code == 409
    assert "this referral has moved on since your page was made, and nothing was done" in said(answer)
    assert f"{sent.reference}. Now: Closed." in said(answer)
    (entry,) = door.site.entries(action="referral-step")
    assert (entry.leaf.kind, entry.leaf.case) == ("disclosure", sent.reference)


def test_what_nobody_read_is_not_put_away(people, referral):
    door, sent = people["social-work-decision-maker"].desk, referral(State.DECIDED, unread=True)
    before, at = all_of(sent), f"/referrals/desk/{sent.pk}/steps/close/"
    assert door.post(at, form(Verb.CLOSE, moves=2)).status_code == 409
    assert all_of(sent) == before


def test_only_its_author_adds_in_every_state(people, referral):
    brought = {state: referral(state) for state in WAYS}
    for state, (name, person) in itertools.product(WAYS, people.items()):
        sent = brought[state]
        answer = person.desk.post(f"/referrals/sent/{sent.pk}/add/")
        refused = 404 if "refer" in person.desk.actor.rights else 403
        assert answer.status_code == (302 if person.is_author else refused), f"{name}, {state}"
        assert Draft.objects.exists() is person.is_author
        for draft in Draft.objects.all():
            more = {"referral-agencies": "Alder Primary School", "then": "list"}
            person.desk.post(f"/referrals/drafts/{draft.pk}/steps/safety/", more)
            person.desk.post(f"/referrals/drafts/{draft.pk}/send/", {"submission": draft.submission})
            sent.refresh_from_db()
            assert (sent.state, sent.is_waiting) == (FRONT_DOOR[state, Verb.ADD].after, True), state
            assert Version.objects.filter(referral=sent).count() == 2
