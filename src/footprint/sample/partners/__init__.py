"""The partners of the invented borough: each writes what it would hold, in its own format, with its own slips."""
