"""What use looks like misuse: rules with their points as data, who is close to a user, and when a review is due.

This room knows records and working days. It knows no page, no user's account, no snapshot and no ledger, and it decides about
nobody: it gives a reviewer reasons to look.
"""

from footprint.watching.connections import Connection, Known, Own, Relative, connection, known, own, relative
from footprint.watching.figures import Figures, FiguresError, Hours, figures_of, read_figures
from footprint.watching.rules import RULES, Rule
from footprint.watching.signs import (
    Day,
    Seen,
    Sign,
    is_alert,
    near_misses,
    score,
    signs_of,
    signs_of_day,
    weightiest,
)

__all__ = [
    "RULES",
    "Connection",
    "Day",
    "Figures",
    "FiguresError",
    "Hours",
    "Known",
    "Own",
    "Relative",
    "Rule",
    "Seen",
    "Sign",
    "connection",
    "figures_of",
    "is_alert",
    "known",
    "near_misses",
    "own",
    "read_figures",
    "relative",
    "score",
    "signs_of",
    "signs_of_day",
    "weightiest",
]
