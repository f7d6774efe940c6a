"""From a partner's own files to a generation: contract, readers, gates, delivery, receipt, generations.

A feed is one partner's agreed regular delivery. This room takes what its contract names, for whom its contract names,
says what happened to every row, and never lets a short, empty or odd delivery make a footprint smaller. It knows
nothing of links between partners, of users, or of what may be shown to whom.
"""
