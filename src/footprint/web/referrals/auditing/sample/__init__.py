"""Samples: drawn by a seed, marked by both sides alone, and agreed on in moderation."""
