"""The adopted document of a version: read from a file, added or replaced, and which of its words make each
clause."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Final

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.outside.documents import LARGEST
from schoolgate.people.models import Person
from schoolgate.policy import rules
from schoolgate.policy.books import forget_policy, pack_of
from schoolgate.policy.importing.document import DocumentRefused, pieces_in
from schoolgate.policy.importing.passages import (
    Piece,
    Sentence,
    numbered,
    pieces_of,
    pieces_stored,
    propose_passages,
)
from schoolgate.policy.models import (
    Attestation,
    Attested,
    ClausePassage,
    PolicyDocument,
    PolicyVersion,
    ReadingLink,
    VersionState,
)
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


# The adopted document of a version: added or replaced, and which of its words make each clause.


TAKES_ONE = (VersionState.DRAFT, VersionState.ADOPTED, VersionState.IN_FORCE)
MOST_SENTENCES = 200
"""Sentences that one clause may have as its words."""


@action
def add_document(
    *, by: Person, at: datetime, version: PolicyVersion, read: ReadDocument, digest: str, because: str = ""
) -> PolicyDocument:
    """Make a document the one that people read and sign under a version, and find each clause's words in it.

    `digest`: of its file in the file store. Where the version is in force, everyone it asks is asked
    again: they signed something else (docs/adr/0065). What people confirmed of an earlier document stays
    where this one has the very same sentences.

    Raises NotAllowed; NotNow where the version was replaced or withdrawn, or has this very file; BadInput on
    `because` where it replaces another without saying why.
    """
    rules.check_may_own(by, on=local_day(at))
    row = PolicyVersion.objects.select_for_update(of=("self",)).select_related("text").get(pk=version.pk)
    if row.state not in TAKES_ONE:
        raise NotNow(
            _("This version is no longer in use, so its document stays as it is."),
            _("Add the document to the version in force."),
        )
    if row.document == digest:
        raise NotNow(_("This version already has this file."), _("Choose another file."))
    before = own_words_of(row)
    if before is not None and not because.strip():
        raise BadInput({"because": _("Say why the document is replaced.")})
    clauses = pack_of(row).clauses.values()
    added = PolicyDocument.objects.create(
        version=row,
        number=before.document.number + 1 if before else 1,
        name=read.name,
        digest=digest,
        media_type=read.media_type,
        pieces=[piece.as_stored() for piece in read.pieces],
        without_text=list(read.without_text),
        proposed=propose_passages(numbered(read.pieces), clauses),
        because=because.strip() if before else "",
        by=by,
        at=at,
    )
    if before is not None:
        _carry_over(before, added)
    row.document = digest
    row.save(update_fields=["document"])
    ReadingLink.objects.filter(asking__version=row, ended_at=None).update(ended_at=at)
    record("policydocument.added", subject=added, at=at, actor=by, version=row.pk, document=digest)
    forget_policy()
    return added


@action
def place_passages(
    *, by: Person, at: datetime, document: PolicyDocument, passages: Mapping[str, Collection[int]]
) -> list[ClausePassage]:
    """Say which sentences of a document make each of these clauses; none: the document doesn't say it. No one
    signs again for that.

    Raises NotAllowed; NotFound for a clause that its version doesn't have; NotNow where the document was
    replaced; BadInput on `sentences` for a number that it doesn't have.
    """
    rules.check_may_own(by, on=local_day(at))
    if not passages.keys() <= pack_of(document.version).clauses.keys():
        raise NotFound
    own = own_words_of(document.version)
    if own is None or own.document.pk != document.pk:
        raise NotNow(_("The document has been replaced since you opened this page."), _("Open it again."))
    last = len(own.sentences)
    for numbers in passages.values():
        if len(numbers) > MOST_SENTENCES or any(not 1 <= one <= last for one in numbers):
            raise BadInput({"sentences": _("Choose sentences of this document, 200 at most.")})
    rows = ClausePassage.objects.bulk_create(
        ClausePassage(document=document, clause=clause, sentences=sorted(set(numbers)), by=by, at=at)
        for clause, numbers in passages.items()
    )
    for row in rows:
        record(
            "clausepassage.placed", subject=row, at=at, actor=by, clauses=[row.clause],
            number=len(row.sentences),
        )  # fmt: skip
    return rows


def _carry_over(before: OwnWords, added: PolicyDocument) -> None:
    """Keep what people confirmed where the new document has the same sentences, each only once."""
    after = OwnWords(added, {})
    where: dict[str, list[int]] = {}
    for one in after.sentences:
        where.setdefault(one.text, []).append(one.number)
    rows = []
    for clause, said in before.confirmed.items():
        mine = [where.get(one.text, []) for one in before.passage(clause).sentences]
        if mine and all(len(numbers) == 1 for numbers in mine):
            numbers = [one for found in mine for one in found]
            rows.append(
                ClausePassage(document=added, clause=clause, sentences=numbers, by=said.by, at=said.at)
            )
    ClausePassage.objects.bulk_create(rows)
