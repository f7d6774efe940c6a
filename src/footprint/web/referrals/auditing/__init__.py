"""The audit: the framework and its signatures, samples, blind marking, moderation, what was learned, and measures."""
