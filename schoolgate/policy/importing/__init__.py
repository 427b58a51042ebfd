"""The import of a policy document: what each of its sentences may be as a clause, and what a person picks.

Everything here is a proposal until a person picks it. `document_of` splits the text into sections and
sentences, `propose` ranks areas and rule kinds by the registered clauses and reads settings from the text,
`proposals_text` writes them into a file for people, and `pick` turns the picks into a policy's files.
`read` and `read_content` read the document, or refuse it; the rest is pure.
"""

from schoolgate.policy.importing.document import (
    Document,
    DocumentRefused,
    Section,
    Sentence,
    document_of,
    place_in_words,
    read,
    read_content,
)
from schoolgate.policy.importing.learned import OPEN
from schoolgate.policy.importing.proposing import (
    Picked,
    Proposal,
    RuleKind,
    pick,
    proposals_text,
    propose,
    read_proposals,
)

__all__ = [
    "OPEN", "Document", "DocumentRefused", "Picked", "Proposal", "RuleKind", "Section", "Sentence",
    "document_of", "pick", "place_in_words", "proposals_text", "propose", "read", "read_content",
    "read_proposals",
]  # fmt: skip
