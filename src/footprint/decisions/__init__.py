"""Human rulings about identity and protection as values, and the overlay that applies them to every snapshot opened.

This room knows records and nothing else: no snapshot, no link model, no page. A ruling is data, never code.
"""

from footprint.decisions.decision import (
    RULES,
    Decision,
    InvalidDecisionError,
    Kind,
    Rule,
    Sort,
    Subject,
    checked,
)
from footprint.decisions.overlay import NOTHING_DECIDED, Overlay
from footprint.decisions.split import Held, parts
from footprint.decisions.store import DecisionStore, NoSuchDecisionError, NotUndoableError
from footprint.decisions.veil import Standing, is_protected, marked_places, places, severed, standing, veiled

__all__ = [
    "NOTHING_DECIDED",
    "RULES",
    "Decision",
    "DecisionStore",
    "Held",
    "InvalidDecisionError",
    "Kind",
    "NoSuchDecisionError",
    "NotUndoableError",
    "Overlay",
    "Rule",
    "Sort",
    "Standing",
    "Subject",
    "checked",
    "is_protected",
    "marked_places",
    "parts",
    "places",
    "severed",
    "standing",
    "veiled",
]
