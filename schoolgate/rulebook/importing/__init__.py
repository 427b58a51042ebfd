"""Reading a policy document: its sections and sentences, and what each sentence may be as a clause.

Everything here is a proposal. `sentences` splits the text, `reading` finds modality, actor and numbers in a
sentence, `learned` ranks areas and rule kinds by the clauses that are registered, `proposing` puts these
together. Pure: whoever calls brings the pieces of text (`core.outside.documents` reads files).
"""

from schoolgate.rulebook.importing.learned import Learned, learn
from schoolgate.rulebook.importing.proposing import Proposal, RuleKind, proposals
from schoolgate.rulebook.importing.sentences import Piece, Sentence, is_welsh, sentences

__all__ = [
    "Learned", "Piece", "Proposal", "RuleKind", "Sentence",
    "is_welsh", "learn", "proposals", "sentences",
]  # fmt: skip
