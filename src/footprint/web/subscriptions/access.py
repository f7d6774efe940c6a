"""Who may be told of what is new: whoever asks in a case, of their own."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import Access, holding

_WHO_SUBSCRIBES: Final = holding("subscribe")

ACCESS: Final = {
    "subscriptions:start": Access(_WHO_SUBSCRIBES, _WHO_SUBSCRIBES),
    "subscriptions:list": Access(_WHO_SUBSCRIBES),
    "subscriptions:renew": Access(None, _WHO_SUBSCRIBES),
    "subscriptions:end": Access(None, _WHO_SUBSCRIBES),
}
