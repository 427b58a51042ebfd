"""May I ...? Finds what must be asked before a book can answer, and answers. Pure."""

from schoolgate.rulebook.adviser.asking import NOT_KNOWN, Advice, Question, Situated, answer, read_answers
from schoolgate.rulebook.adviser.entries import ENTRIES, SUBJECTS, Entry, Hat, entry

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
