"""What the ledger is told of accounts: by whoever acts, or where nobody is signed in by "nobody".

What somebody typed as their name stands under seal: it may be a password.
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest

from footprint.ledger import Event
from footprint.ledger.events import Kind
from footprint.sharing.partnership import partnership_of
from footprint.web.accounts.actor import Actor, actor_of
from footprint.web.accounts.models import User
from footprint.web.accounts.queries import session_mark
from footprint.web.accounts.session_words import STRENGTH
from footprint.web.ledger.store import Facts, event, ledger

NOBODY: Final = "nobody"
NONE: Final = "none"


def entry(
    request: HttpRequest, kind: Kind, action: str, facts: Facts | None = None, **more: dict[str, str]
) -> Event:
    """Return an event by whoever makes this request, to be recorded. `more` may be `terms` and `personal`."""
    user = request.user if isinstance(request.user, User) else None
    return entry_of(request, user, actor_of(request), kind, action, facts, **more)


def entered(
    request: HttpRequest, kind: Kind, action: str, facts: Facts | None = None, **more: dict[str, str]
) -> None:
    """Enter what happens in this request, before its effect leaves. Raises LedgerUnavailable."""
    ledger().record(entry(request, kind, action, facts, **more))


def entry_of(
    request: HttpRequest,
    user: User | None,
    actor: Actor | None,
    kind: Kind,
    action: str,
    facts: Facts | None = None,
    **more: dict[str, str],
) -> Event:
    """Return an event by somebody who is not, or not yet, the one of the request; without a user, by nobody."""
    if actor is not None:
        return event(actor, kind, action, facts, **more)
    own: dict[str, Any] = {"facts": facts or {}, **more}
    if user is not None:
        session: Facts = {
            "session": session_mark(request.session),
            "strength": request.session.get(STRENGTH, ""),
        }
        own["facts"] = session | own["facts"]
        own["personal"] = {"name": user.name, **own.get("personal", {})}
    return Event(
        kind=kind,
        action=action,
        actor=user.username if user else NOBODY,
        role=NONE,
        organisation=NONE,
        partnership=partnership_of(settings.DATA).id,
        **own,
    )
