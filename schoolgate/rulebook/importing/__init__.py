"""The import of a policy document: what each of its sentences may be as a clause, and what a person picks.

Everything here is a proposal until somebody picks it. `document_of` splits the text into sections and
sentences, `propose` ranks areas and rule kinds by the registered clauses and reads settings from the text,
`proposals_text` writes them into a file for people, and `pick` turns what they picked into a policy's files.
Pure: `policy.importing.read` brings the document.
"""

from schoolgate.rulebook.importing.document import Document, Section, document_of
from schoolgate.rulebook.importing.picking import Picked, pick
from schoolgate.rulebook.importing.proposals_file import proposals_text, read_proposals
from schoolgate.rulebook.importing.proposing import Proposal, RuleKind, propose
from schoolgate.rulebook.importing.sentences import Sentence
from schoolgate.rulebook.importing.templates import OPEN

__all__ = [
    "OPEN", "Document", "Picked", "Proposal", "RuleKind", "Section", "Sentence",
    "document_of", "pick", "proposals_text", "propose", "read_proposals",
]  # fmt: skip
