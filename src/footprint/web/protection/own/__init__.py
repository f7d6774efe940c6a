"""What a user declared about themselves, and the look-ups that are therefore not theirs to make."""
