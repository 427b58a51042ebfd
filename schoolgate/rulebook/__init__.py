"""The rulebook: a policy's clauses as a program that answers what may be done. Pure: no Django, no
database, no clock."""

from schoolgate.rulebook.book import Book, book, books
from schoolgate.rulebook.capacities import CAPACITIES, Capacity
from schoolgate.rulebook.clauses import Clause, PolicyMeta, Role, Tension
from schoolgate.rulebook.deciding import decide
from schoolgate.rulebook.errors import BadFacts, BadPack, RulebookError, UnknownPolicy, UnknownSituation
from schoolgate.rulebook.findings import Decision, Due, Duty, Finding, Need
from schoolgate.rulebook.kinds import Basis, Enforce, Kind, Modality, Outcome, SilentBecause
from schoolgate.rulebook.proposal_form import FormPoint
from schoolgate.rulebook.situations import SITUATIONS, Situation, situation

__all__ = [
    "CAPACITIES",
    "SITUATIONS",
    "BadFacts",
    "BadPack",
    "Basis",
    "Book",
    "Capacity",
    "Clause",
    "Decision",
    "Due",
    "Duty",
    "Enforce",
    "Finding",
    "FormPoint",
    "Kind",
    "Modality",
    "Need",
    "Outcome",
    "PolicyMeta",
    "Role",
    "RulebookError",
    "SilentBecause",
    "Situation",
    "Tension",
    "UnknownPolicy",
    "UnknownSituation",
    "book",
    "books",
    "decide",
    "situation",
]
