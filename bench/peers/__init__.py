"""Splink, asked the same of the same rows in the same run: a figure alone says little, a ratio says more.

A peer gets what its own documentation advises for such data, and nothing that was tuned to these labels or to our rows.
"""
