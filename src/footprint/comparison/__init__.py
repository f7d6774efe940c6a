"""How two values agree, in levels: declared once as data. The SQL and the search kernel are made from the declaration.

This room knows records' comparable columns and nothing of linking, search, weights or people.
"""

from footprint.comparison.declaration import BY_NAME, COMPARISONS, KINDS, UNKNOWN, Comparison, Kind, Level

__all__ = ["BY_NAME", "COMPARISONS", "KINDS", "UNKNOWN", "Comparison", "Kind", "Level"]
