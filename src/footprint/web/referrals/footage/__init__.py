"""Footage: what a force's files say of recordings, which a supervisor looks into, and which will soon be deleted."""
