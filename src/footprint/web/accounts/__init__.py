"""Partnerships, partners, users and their roles, sign-in, and what a user declared about their own family and home."""
