"""Protection of people from those who look them up: own household, break-glass, shields, who is watched over, and alerts.

The rules themselves are plain functions in `footprint.watching` and `footprint.decisions`; this app stores, asks and shows.
"""
