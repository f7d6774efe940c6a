"""The ledger's pages: my own look-ups, who opened whom, signed heads and witnesses. And the one door to it for every service."""
