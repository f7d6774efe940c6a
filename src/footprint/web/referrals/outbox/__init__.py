"""Leaving the house and coming in: messages to record systems, their receipts, and decisions made there."""
