"""Signing in, by password, code or passkey: how strong it was, when it locks, when it ends, and what the ledger is told."""
