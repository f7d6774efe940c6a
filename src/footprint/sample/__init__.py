"""An invented borough with known truth, writing partners' files in the partners' own formats.

This room may not know how its files will be read, linked or shown: it imports records and calendars at most.
"""

from footprint.sample.borough import Summary, write_borough
from footprint.sample.queries import write_queries

__all__ = ["Summary", "write_borough", "write_queries"]
