"""One person's footprint in a case: as a page, as a text to paste, on paper, and what is wrong with a number in it.

Reaches people only through a scope, and shows nothing before the ledger has it. It decides nothing about what may be shown.
"""
