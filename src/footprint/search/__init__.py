"""The search index and one look-up: a question or an address, under a mask, to the people or records that may be meant.

Knows records' comparable columns and their weights. It shows nothing: what a user reads is made from record numbers elsewhere.
"""

from footprint.search.ask import Answer, Candidate, ask
from footprint.search.building import build
from footprint.search.index import Index, UnusableIndex
from footprint.search.places import AddressAnswer, Dwelling, ask_address
from footprint.search.question import Age, NotUnderstood, Question, question_from
from footprint.search.verdicts import Verdict

__all__ = [
    "AddressAnswer",
    "Age",
    "Answer",
    "Candidate",
    "Dwelling",
    "Index",
    "NotUnderstood",
    "Question",
    "UnusableIndex",
    "Verdict",
    "ask",
    "ask_address",
    "build",
    "question_from",
]
