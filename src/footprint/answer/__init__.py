"""From people, involvements and freshness, under a mask and the overlay, to a footprint: the answer to a look-up.

This room never says more than it may: everything that a user may not know is taken away before anything is counted. It
knows nothing of commands, pages or the ledger; whoever calls it has written the intent there first.
"""
