"""The errors of a delivery as a whole: it is refused, with a sentence, and nothing that stands is touched."""

from __future__ import annotations


class RefusedError(ValueError):
    """A delivery, or a file of it, cannot be taken at all.

    `file` and `line` say where (line 0: the whole file); the message says what is wrong and what to do.
    """

    def __init__(self, sentence: str, *, file: str = "", line: int = 0) -> None:
        super().__init__(sentence)
        self.file = file
        self.line = line
        self.sentence = sentence
