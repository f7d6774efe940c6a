"""A case and the look-ups inside it: ask, understand, act. The only app that reaches people, and only through a scope."""
