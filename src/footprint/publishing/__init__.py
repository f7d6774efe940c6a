"""From generations, links and rulings to a snapshot: gathered, linked, veiled, indexed, and swapped in whole.

This room knows the shape of what it writes; it answers no question and shows nothing to anybody.
"""
