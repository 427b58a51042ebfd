"""Policy documents of schools, read for an import.

Pages, commands and the API read a document with `read` or `read_content`, and get its sections and sentences
or one clear refusal. Nothing here touches a policy that is in force.
"""

from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from schoolgate.core.outside.documents import (
    LARGEST,
    MOST_LETTERS,
    MOST_PAGES,
    NotRead,
    Pieces,
    read_document,
)
from schoolgate.policy.importing.document import Document, document_of

MARKDOWN: Final = (".md", ".markdown", ".mdown")
MOST_SENTENCES: Final = 1_500
REFUSED: Final = {
    "empty": _("it is empty. Choose the file that contains your policy."),
    "file_size": _("it is larger than {megabytes} MB. Remove its pictures."),
    "type": _(
        "it is not a Word, PDF, Markdown or text file. Save it as .docx or PDF, or paste its text into a "
        ".txt file."
    ),
    "old_word": _("it is an old Word document (.doc). Open it in Word and save it as .docx."),
    "encrypted": _("it needs a password. Save a copy without one."),
    "scanned": _(
        "its {number} pages contain no text, so it was probably scanned. Use the Word document, or run OCR."
    ),
    "broken": _("it is damaged. Open it to check, then save it as .docx or PDF again."),
    "unpacks": _("it unpacks to more than the limit. Save it as .docx or PDF without pictures."),
    "pages": _("it has {number} pages, and the limit is {pages}. Save only the pages of this policy."),
    "long": _(
        "from {place} {number} on, it is over the limit of {letters} characters. Save it in two parts."
    ),
    "letters": _("its characters can’t be read. Save it as UTF-8."),
    "sentences": _(
        "from {place} on, it is over the limit of {sentences} sentences. Print only this policy’s "
        "pages to a PDF, or save it in two parts."
    ),
    "no_rule": _("no sentence reads like a rule. Choose the policy itself."),
    "too_much": _("it has too much text for one import. Save it in two parts."),
}
"""The problem with a document and what to do next, by its short code."""
LIMITS: Final = {
    "megabytes": LARGEST >> 20,
    "pages": MOST_PAGES,
    "letters": f"{MOST_LETTERS:,}",
}
_UNITS: Final = {"page": _("page"), "paragraph": _("paragraph"), "line": _("line")}


class DocumentRefused(Exception):
    """The document can't be imported. `why`: a key of REFUSED. The text says what to do next, in the
    language of the page or command."""

    def __init__(
        self, name: str, why: str, *, number: int = 0, place: str = "", most: int = MOST_SENTENCES
    ) -> None:
        told = REFUSED[why].format(
            number=number, place=place_in_words(place), sentences=f"{most:,}", **LIMITS
        )
        super().__init__(f"{name}: {told}")
        self.why = why


def place_in_words(place: str) -> str:
    """Return a place such as "page 3, paragraph 2" in the language of the page or command."""
    return " ".join(str(_UNITS.get(word, word)) for word in place.split())


def read(path: Path) -> Document:
    """Return a document from a file. Raises DocumentRefused; OSError where there is no such file."""
    size = path.stat().st_size
    if size >= LARGEST:
        raise DocumentRefused(path.name, "file_size", number=size >> 20)
    return read_content(path.read_bytes(), path.name)


def read_content(content: bytes, name: str) -> Document:
    """Return a document from its bytes, an upload or pasted text. `name`: what to call it in a refusal; its
    ending tells Markdown from text. Raises DocumentRefused."""
    found = pieces_in(content, name)
    document = document_of(found.pieces, found.kind, found.without_text)
    if len(document.sentences) > MOST_SENTENCES:
        raise DocumentRefused(name, "sentences", place=document.sentences[MOST_SENTENCES].place)
    if not document.sentences:
        raise DocumentRefused(name, "empty")
    return document


def pieces_in(content: bytes, name: str) -> Pieces:
    """Return the headings, paragraphs and items of a document in any language. Raises DocumentRefused."""
    try:
        return read_document(content, markdown=Path(name).suffix.lower() in MARKDOWN)
    except NotRead as refused:
        place = (
            "paragraph" if content.startswith(b"PK") else "page" if content.startswith(b"%PDF") else "line"
        )
        raise DocumentRefused(name, refused.why, number=refused.number, place=place) from None
