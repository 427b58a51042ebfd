"""May I ...? Finds what must be asked before a book can answer, and answers. Pure."""

from schoolgate.rulebook.adviser.asking import Advice, Question, answer
from schoolgate.rulebook.adviser.entries import ENTRIES, SUBJECTS, entry
from schoolgate.rulebook.adviser.entry import Entry, Hat
from schoolgate.rulebook.adviser.known import NOT_KNOWN, Situated, read_answers

__all__ = [
    "ENTRIES",
    "NOT_KNOWN",
    "SUBJECTS",
    "Advice",
    "Entry",
    "Hat",
    "Question",
    "Situated",
    "answer",
    "entry",
    "read_answers",
]
