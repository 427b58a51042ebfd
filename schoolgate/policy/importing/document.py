"""A policy document as it was read: its sections with their sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from schoolgate.policy.importing.sentences import Piece, Sentence, sentences


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the sentences below it. `place`: that of the first of them."""

    title: str
    place: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Document:
    """A document. `kind`: "Word", "PDF", "Markdown" or "text". `without_text`: pages that show no text."""

    kind: str
    sections: tuple[Section, ...]
    without_text: tuple[int, ...] = ()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return all sentences in reading order."""
        return tuple(one for section in self.sections for one in section.sentences)

    @property
    def welsh(self) -> Sequence[Sentence]:
        """The sentences in Welsh."""
        return [one for one in self.sentences if one.welsh]


def document_of(pieces: Iterable[Piece], kind: str, without_text: Sequence[int] = ()) -> Document:
    """Return the document that these headings, items and paragraphs make."""
    found = groupby(sentences(pieces), key=lambda one: one.section)
    parts = [(title, tuple(inside)) for title, inside in found]
    return Document(
        kind, tuple(Section(title, inside[0].place, inside) for title, inside in parts), tuple(without_text)
    )
