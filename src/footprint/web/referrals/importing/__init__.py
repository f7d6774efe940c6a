"""Referrals of other systems, taken from files by a contract a source. No page of its own: they stand among all others."""
