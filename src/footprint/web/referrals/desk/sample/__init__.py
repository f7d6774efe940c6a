"""Invented referrals for the demonstration and for measuring, from the invented borough's own incidents and pupils."""
