"""A policy document as it was read: its sections with their sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from schoolgate.policy.importing.contents import without_contents
from schoolgate.policy.importing.sentences import Piece, Sentence, is_english, sentences


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
        """The sentences in Welsh; in a Welsh document all that aren't English."""
        if self.in_welsh:
            return [one for one in self.sentences if one.welsh or not is_english(one.text)]
        return [one for one in self.sentences if one.welsh]

    @cached_property
    def in_welsh(self) -> bool:
        """Whether the document is in Welsh: most of its sentences are."""
        return sum(one.welsh for one in self.sentences) * 2 > len(self.sentences)


def document_of(pieces: Iterable[Piece], kind: str, without_text: Sequence[int] = ()) -> Document:
    """Return the document that these headings, items and paragraphs make."""
    found = groupby(sentences(without_contents(pieces)), key=lambda one: one.section)
    parts = [(title, tuple(inside)) for title, inside in found]
    return Document(
        kind, tuple(Section(title, inside[0].place, inside) for title, inside in parts), tuple(without_text)
    )
