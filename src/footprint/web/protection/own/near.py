"""Who is close to the user who asks: asked before a person is opened, and of everybody in an answer before it leaves.

It compares what this user may see with what they declared, never anything else: being refused tells them no more than the
answer would have. So a protected home is never recognised as theirs, whatever home they declare.
"""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from footprint.answer.declared import taken_out, without
from footprint.records import Address, Involvement
from footprint.records.text import fold
from footprint.records.window import is_open
from footprint.watching import Connection, Known, connection, known
from footprint.watching.connections import home_of
from footprint.web.cases.scope import Scope
from footprint.web.protection.own.queries import own_of

T = TypeVar("T")


class Met(NamedTuple):
    """A person as this user may see them, compared: protected or not, how they are close to the user, and whether the user's
    own team works with them now.
    """

    known: Known
    is_protected: bool
    connection: Connection
    is_open_to_team: bool


class Near:
    """One look-up's memory of who is close to its user. Made for one scope, and gone with it."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.own = own_of(scope.actor)
        self._met: dict[str, Met | None] = {}

    def met(self, person_id: str) -> Met | None:
        """Return somebody as this user may see them, or None where there is nobody."""
        if person_id not in self._met:
            self._met[person_id] = self._compared(person_id)
        return self._met[person_id]

    def _compared(self, person_id: str) -> Met | None:
        shown = self.scope.people.find(person_id)
        if shown is None:
            return None
        person = known(entry.record for entry in shown.entries)
        own = [one for one in shown.entries if one.record.key.partner == self.scope.actor.organisation]
        is_open_to_team = any(self._is_theirs(one.involvement) for entry in own for one in entry.reported)
        return Met(person, shown.standing != "open", connection(self.own, person), is_open_to_team)

    def _is_theirs(self, involvement: Involvement) -> bool:
        """Whether an involvement of the user's organisation is open to them or their team; a school is one team."""
        actor, contact = self.scope.actor, involvement.contact
        mine = {fold(actor.team), fold(actor.name)} - {""}
        is_theirs = actor.sector == "school" or not mine.isdisjoint(
            {fold(contact.team), fold(contact.worker)}
        )
        return is_open(involvement) and is_theirs

    def is_declared(self, person_id: str) -> bool:
        """Say whether somebody is not this user's to look up; the one for whom the glass was broken is, for its while."""
        lent = self.scope.lent
        if lent and person_id in lent.people:
            return False
        met = self.met(person_id)
        return met is not None and met.connection != ""

    def is_own_home(self, address: Address) -> bool:
        """Say whether an address is one that the user declared as their home, whoever lives there."""
        return not self.own.home.places.isdisjoint(home_of([address]).places)

    def left_of(self, answer: T) -> tuple[T, tuple[str, ...]]:
        """Return what of an answer is this user's to see, and who was taken out of it.

        Break-glass opens one person: of everybody beside them no more is told than without it.
        """
        lent = self.scope.lent
        if lent:
            usual, opened = lent.usual, lent.people
            answer = without(answer, lambda one: one not in opened and usual.find(one) is None)
        return taken_out(answer, self.is_declared)
