"""What was learned: how alike both sides mark, which criteria are met least, who was briefed, and whether that moved it."""
