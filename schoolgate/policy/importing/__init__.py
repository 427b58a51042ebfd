"""The import of a policy document: what each of its sentences may be as a clause, and what a person picks.

Everything here is a proposal until a person picks it. `document_of` splits the text into sections and
sentences, `propose` ranks areas and rule kinds by the registered clauses and reads settings from the text,
`proposals_text` writes them into a file for people, and `pick` turns the picks into a policy's files.
`read` and `read_content` read the document, or refuse it; the rest is pure.
"""

from schoolgate.policy.importing.document import Document, Section, document_of
from schoolgate.policy.importing.files import DocumentRefused, place_in_words, read, read_content
from schoolgate.policy.importing.picking import Picked, pick
from schoolgate.policy.importing.proposals_file import proposals_text, read_proposals
from schoolgate.policy.importing.proposing import Proposal, RuleKind, propose
from schoolgate.policy.importing.sentences import Sentence
from schoolgate.policy.importing.templates import OPEN

__all__ = [
    "OPEN", "Document", "DocumentRefused", "Picked", "Proposal", "RuleKind", "Section", "Sentence",
    "document_of", "pick", "place_in_words", "proposals_text", "propose", "read", "read_content",
    "read_proposals",
]  # fmt: skip
