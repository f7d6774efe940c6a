"""The ledger and the rulings over the connection that this thread has open, and an event in the name of who asks."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection

from footprint.decisions import DecisionStore, Overlay
from footprint.ledger import Event, KeyRing, Ledger
from footprint.ledger.events import Kind
from footprint.web.accounts.actor import Actor

Facts = dict[str, str | int | bool | None]


def ledger() -> Ledger:
    """Return the ledger. Record outside a transaction, or inside `atomic()` with `join=True`."""
    return Ledger.over(_raw(), _keys())


def decisions() -> DecisionStore:
    """Return the rulings. Write in the transaction that enters them in the ledger."""
    return DecisionStore(_raw(), connection.vendor)  # type: ignore[arg-type]


def overlay() -> Overlay:
    """Return what all rulings made to this moment mean; made anew only where one was added or taken back."""
    count = _count_of_rulings()
    global _overlay  # noqa: PLW0603 - one small memory a process; both halves are replaced together
    if _overlay is None or _overlay[0] != count:
        _overlay = count, decisions().overlay()
    return _overlay[1]


_overlay: tuple[tuple[int, int], Overlay] | None = None


def event(actor: Actor, kind: Kind, action: str, facts: Facts | None = None, **more: Any) -> Event:
    """Return an event by this actor, to be recorded: what they did, with the session and the strength of their sign-in."""
    return Event(
        kind=kind,
        action=action,
        actor=actor.username,
        role=actor.role,
        organisation=actor.organisation,
        partnership=actor.partnership,
        facts={"session": actor.session, "strength": actor.strength, **(facts or {})},
        personal={"name": actor.name, **more.pop("personal", {})},
        **more,
    )


def _count_of_rulings() -> tuple[int, int]:
    # Rulings are only ever added, so two counts tell whether anything is new.
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM decision), (SELECT count(*) FROM decision_undone)")
        made, undone = cursor.fetchone()
    return int(made), int(undone)


def _raw() -> Any:
    connection.ensure_connection()
    return connection.connection


@lru_cache(maxsize=1)
def _keys() -> KeyRing:
    return KeyRing.load(settings.DATA, os.environ)
