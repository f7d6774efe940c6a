"""Break-glass: one person, a quarter of an hour, a reason; others are told at once, and somebody reviews it."""
