"""The weights, in bits, at which something changes. Each is a named constant with its reason; none was set with labels."""

from __future__ import annotations

from typing import Final

# Pairs below this are not kept at all: less than one chance in sixteen.
FLOOR: Final = -4.0
# At or above this a pair that evidence does not join is shown as possible: more likely one person than not.
POSSIBLE: Final = 0.0
# Joining is harder than staying joined: what evidence joined yesterday stays while nothing forbids it and this much
# speaks for it.
STAY: Final = 4.0
# A worried user reads few lines: at most this many possible records are kept for each record, the likeliest first.
MOST_POSSIBLE: Final = 8
