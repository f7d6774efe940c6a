"""Who may reach the pages of protection."""

from __future__ import annotations

from typing import Final

from footprint.web.config.access import Access, holding

_ASK: Final = holding("ask")
_ANY_ASK: Final = holding("ask", "ask-own-pupils")
_GUARD: Final = holding("guard")
_GOVERN: Final = holding("govern")
_LISTS: Final = holding("guard", "govern")
_GLASS: Final = holding("break-glass")

ACCESS: Final[dict[str, Access]] = {
    "protection:break_glass": Access(_GLASS, _GLASS),
    "protection:question": Access(_ANY_ASK, _ANY_ASK),
    "protection:ask_shield": Access(_ANY_ASK, _ANY_ASK),
    "protection:override": Access(_ASK, _ASK),
    "protection:behind": Access(_ASK, _ASK),
    "protection:queue": Access(_GUARD),
    "protection:request": Access(_GUARD, _GUARD),
    "protection:new_shield": Access(_GUARD, _GUARD),
    "protection:shield": Access(_GUARD, _GUARD),
    "protection:lists": Access(_LISTS),
    "protection:raise": Access(_LISTS, _LISTS),
    "protection:end": Access(None, _LISTS),
    "protection:alerts": Access(_GOVERN),
    "protection:alert": Access(_GOVERN, _GOVERN),
    "protection:glass_uses": Access(_GOVERN),
    "protection:glass_review": Access(_GOVERN, _GOVERN),
}
