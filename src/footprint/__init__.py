"""Footprint: does this child, adult or address have a footprint with any partner, how fresh is that, and whom do I ring?"""
