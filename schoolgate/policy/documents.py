"""The adopted document of a version: reads it from a file, and finds the words of a clause in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Final

from django.db.models import Count, Q

from schoolgate.core.errors import BadInput
from schoolgate.core.outside.documents import LARGEST
from schoolgate.policy.importing.files import DocumentRefused, pieces_in
from schoolgate.policy.importing.passages import Piece, Sentence, numbered, pieces_of, pieces_stored
from schoolgate.policy.models import Attestation, ClausePassage, PolicyDocument, PolicyVersion
from schoolgate.policy.states import Attested
from schoolgate.rulebook.clauses import Clause

MOST_BYTES: Final = LARGEST
SHORT: Final = 12
"""Signs of a file's SHA-256 that people are shown, in groups of four."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES: Final = {"Word": (WORD, "docx"), "PDF": ("application/pdf", "pdf")}
_TEXT: Final = ("text/plain; charset=utf-8", "txt")


class Known(StrEnum):
    """What is known of a clause's words in the document."""

    CONFIRMED = "confirmed"
    FOUND = "found"
    """The program found them; no person has checked."""
    ABSENT = "absent"
    """A person says that the document doesn't say it."""
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ReadDocument:
    """A document that was read from an upload, or from text that was pasted."""

    name: str
    content: bytes
    media_type: str
    pieces: tuple[Piece, ...]
    without_text: tuple[int, ...] = ()


@dataclass(frozen=True)
class Passage:
    """The words of a document that make a clause, and how that is known. `by`, `at`: who confirmed them."""

    clause: str
    known: Known
    sentences: tuple[Sentence, ...] = ()
    by: str = ""
    at: datetime | None = None

    @property
    def numbers(self) -> list[int]:
        """The numbers of its sentences."""
        return [one.number for one in self.sentences]

    @property
    def words(self) -> str:
        """Its words as the document has them; what is left out between them is marked."""
        parts: list[str] = []
        for before, one in zip((None, *self.sentences), self.sentences, strict=False):
            parts += ["[…]"] if before is not None and one.number > before.number + 1 else []
            parts.append(one.text)
        return " ".join(parts)

    @property
    def language(self) -> str:
        """The language that it reads as."""
        return self.sentences[0].language if self.sentences else "en"


@dataclass(frozen=True)
class Text:
    """A paragraph (one text) or a list of a document."""

    items: bool
    says: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class Part:
    """A heading of the document with all that is below it, and the clauses that restate it."""

    title: str
    texts: tuple[Text, ...]
    clauses: tuple[tuple[Clause, Passage], ...]


@dataclass(frozen=True)
class OwnWords:
    """The document of a version with the words of each of its clauses."""

    document: PolicyDocument
    confirmed: Mapping[str, ClausePassage]

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Its headings, paragraphs and items."""
        return pieces_stored(self.document.pieces)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences."""
        return numbered(self.pieces)

    def passage(self, clause: str) -> Passage:
        """Return the words of a clause and how they are known."""
        said = self.confirmed.get(clause)
        if said is not None:
            known = Known.CONFIRMED if said.sentences else Known.ABSENT
            return Passage(clause, known, self._these(said.sentences), said.by.name, said.at)
        found = self._these(self.document.proposed.get(clause, ()))
        return Passage(clause, Known.FOUND if found else Known.UNKNOWN, found)

    def _these(self, numbers: Sequence[int]) -> tuple[Sentence, ...]:
        return tuple(self.sentences[one - 1] for one in numbers if 1 <= one <= len(self.sentences))

    def parts(self, clauses: Sequence[Clause]) -> tuple[list[Part], list[tuple[Clause, Passage]]]:
        """Return the document part by part, each with the clauses whose words begin in it, and the clauses
        that have no words in it."""
        passages = [(clause, self.passage(clause.id)) for clause in clauses]
        of_part: dict[int, list[tuple[Clause, Passage]]] = {}
        starts = [at for at, piece in enumerate(self.pieces) if piece.kind == "heading"]
        for clause, passage in passages:
            if passage.sentences:
                here = max((one for one in starts if one < passage.sentences[0].piece), default=-1)
                of_part.setdefault(here, []).append((clause, passage))
        bounds = [-1, *starts, len(self.pieces)]
        parts = [
            Part(
                " ".join(self.pieces[start].says) if start >= 0 else "",
                tuple(_texts(self.pieces[start + 1 : end])),
                tuple(of_part.get(start, ())),
            )
            for start, end in pairwise(bounds)
        ]
        without = [(clause, passage) for clause, passage in passages if not passage.sentences]
        return [part for part in parts if part.title or part.texts], without


def _texts(pieces: Sequence[Piece]) -> Iterator[Text]:
    items: list[str] = []
    for piece in pieces:
        says = " ".join(piece.says)
        if piece.kind == "item":
            items.append(says)
            continue
        if items:
            yield _text(items, items=True)
            items = []
        yield _text([says], items=False)
    if items:
        yield _text(items, items=True)


def _text(says: Sequence[str], *, items: bool) -> Text:
    language = Sentence(1, " ".join(says), "", "text", "", 0).language
    return Text(items, tuple(says), language)


def read_own_words(content: bytes, name: str) -> ReadDocument:
    """Read an uploaded document. Raises BadInput on `file` with the problem and what to do next."""
    called = "".join(sign for sign in name if sign.isprintable())[-200:] or "policy"
    try:
        read = pieces_in(content, called)
        pieces = pieces_of(read)
        if not numbered(pieces):
            raise DocumentRefused(called, "empty")
    except DocumentRefused as refused:
        raise BadInput({"file": str(refused)}) from None
    return ReadDocument(called, content, _TYPES.get(read.kind, _TEXT)[0], pieces, read.without_text)


def read_pasted(text: str) -> ReadDocument:
    """Read text that was pasted; a line that begins with # is a heading. Raises BadInput on `text`."""
    content = "\n".join(text.splitlines()).encode()
    try:
        read = read_own_words(content, "text.md")
    except BadInput as refused:
        raise BadInput({"text": refused.fields["file"]}) from None
    return ReadDocument("", content, _TEXT[0], read.pieces)


def what_is_shown(version: PolicyVersion) -> dict[str, object]:
    """Return what a person has before them who says something about a version."""
    document = {"document": version.document} if version.document else {}
    return {"version": version.pk, "text": version.text_digest, **document}


def document_of(version: PolicyVersion) -> PolicyDocument | None:
    """Return the document of a version that counts: the newest."""
    if not version.document:
        return None
    return version.documents.select_related("by").order_by("-number").first()


def own_words_of(version: PolicyVersion) -> OwnWords | None:
    """Return the document of a version with the words of each clause; None without one. Two queries."""
    found = document_of(version)
    return with_passages(found) if found is not None else None


def with_passages(document: PolicyDocument) -> OwnWords:
    """Return a document with what people noted about its clauses. One query."""
    rows = document.passages.select_related("by").order_by("clause", "-id").distinct("clause")
    return OwnWords(document, {row.clause: row for row in rows})


def documents_of(version: PolicyVersion) -> list[PolicyDocument]:
    """Return every document that a version had, the newest first, each with `signed`: how many people said
    that they have read it. The same file added twice counts under both."""
    rows = list(version.documents.select_related("by").defer("pieces", "proposed").order_by("-number")[:50])
    read = Attestation.objects.filter(version=version, kind=Attested.POLICY_READ, answer=True)
    counts = read.values("document").annotate(people=Count("about_person", distinct=True))
    signed = {one["document"]: one["people"] for one in counts.filter(~Q(document=""))}
    for row in rows:
        row.signed = signed.get(row.digest, 0)  # type: ignore[attr-defined]
    return rows


def file_name(document: PolicyDocument, version: PolicyVersion) -> str:
    """Return what a downloaded document is called."""
    ending = dict((*_TYPES.values(), _TEXT))[document.media_type]
    return f"{version.pack_key}-{version.number}-{document.number}.{ending}"


def in_short(digest: str) -> str:
    """Return the beginning of a file's SHA-256 as people compare it: "3f2a 91bc 04de"."""
    return " ".join(digest[at : at + 4] for at in range(0, min(SHORT, len(digest)), 4))
