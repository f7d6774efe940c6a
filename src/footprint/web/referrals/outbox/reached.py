"""What every way of sending says where nothing was taken: a sentence of ours, and whether the others need not try now."""

from __future__ import annotations


class NotReached(Exception):
    """No receipt came. `for_all` says that no other message would get through there now."""

    def __init__(self, sentence: str, *, for_all: bool = False) -> None:
        super().__init__(sentence)
        self.for_all = for_all
