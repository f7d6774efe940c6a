"""Who is who: a weight proposes, evidence disposes, and every link says why.

This room knows comparable columns and rulings; it knows no files of partners, no users and no pages.
"""
