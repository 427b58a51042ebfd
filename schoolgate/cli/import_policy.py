"""`schoolgate policy import` and `policy pick`: a school's document, its proposals, a policy's files."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from schoolgate.cli.new_policy import quoted, refuse_key, write_files
from schoolgate.core.home import typed
from schoolgate.core.outside.documents import LARGEST
from schoolgate.policy.importing.document import Document, DocumentRefused, read, read_content
from schoolgate.policy.importing.proposing import (
    Picked,
    Proposal,
    pick,
    proposals_text,
    propose,
    read_proposals,
)
from schoolgate.rulebook import RulebookError
from schoolgate.rulebook.yaml_text import LARGEST as LARGEST_YAML

PASTED = Path("-")


@dataclass(frozen=True)
class Imported:
    """What an import found, and the file of proposals."""

    file: Path
    document: Document
    proposals: Sequence[Proposal]

    @property
    def clauses(self) -> list[Proposal]:
        """The sentences that are proposed as clauses."""
        return [one for one in self.proposals if one.is_clause]


def import_policy(key: str, source: Path, folder: Path, *, federation: str, title: str) -> Imported:
    """Write what a document proposes into a file beside `folder`/key. Raises RulebookError."""
    refuse_key(key, folder)
    for name in (federation, title):
        quoted(name)
    file = proposals_file(key, folder)
    if file.exists():
        raise RulebookError(f"{file} already exists. Pick from it, or rename it to import again")
    document = _document(source)
    proposals = propose(document)
    if not any(one.is_clause for one in proposals):
        raise RulebookError(f"{source.name}: no sentence looks like a rule. Is this the policy itself?")
    name = "pasted text" if source == PASTED else source.name
    text = proposals_text(proposals, document, key=key, federation=federation, title=title, source=name)
    if len(text.encode()) > LARGEST_YAML:
        raise RulebookError(f"{source.name}: too long for one file of proposals. Import it in two parts")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(text)
    except OSError as error:
        raise RulebookError(f"{file}: {error.strerror or 'cannot be written'}") from None
    return Imported(file, document, proposals)


def proposals_file(key: str, folder: Path) -> Path:
    """Return the file of a policy's proposals."""
    return folder / f"{key}.proposals.yaml"


def _document(source: Path) -> Document:
    try:
        if source == PASTED:
            return read_content(sys.stdin.buffer.read(LARGEST), "pasted text")
        return read(source)
    except OSError as error:
        raise RulebookError(f"{source}: {error.strerror or 'cannot be read'}") from None
    except DocumentRefused as refused:
        raise RulebookError(str(refused)) from None


def pick_policy(key: str, folder: Path) -> tuple[Picked, list[Path]]:
    """Write the policy's files from what was picked. Raises RulebookError with the line of what is wrong."""
    refuse_key(key, folder)
    file = proposals_file(key, folder)
    try:
        text = file.read_bytes()
    except FileNotFoundError:
        raise RulebookError(
            f"there are no proposals for {key!r}: `{typed('policy', 'import', key)} FILE`"
        ) from None
    except OSError as error:
        raise RulebookError(f"{file}: {error.strerror or 'cannot be read'}") from None
    written, place = read_proposals(text, file.name)
    if written.policy.key != key:
        raise place.at("policy", "key").bad(
            f"the key is {written.policy.key!r}, but the file name says {key!r}"
        )
    picked = pick(written, place)
    return picked, write_files(folder / key, picked.files)


def imported_lines(found: Imported, key: str) -> list[str]:
    """What was found, and what to do next."""
    document, clauses = found.document, found.clauses
    sentences = f"Sentences: {len(document.sentences)}. Proposed as clauses: {len(clauses)}."
    lines = [f"{document.kind}. Sections: {len(document.sections)}. {sentences}"]
    areas = Counter(one.areas[0] for one in clauses if one.areas)
    lines.append("Areas: " + ", ".join(f"{area} {number}" for area, number in areas.most_common()))
    if document.welsh and not document.in_welsh:
        lines.append(
            f"In Welsh, not proposed: {len(document.welsh)}, the first at {document.welsh[0].place}."
        )
    if document.without_text:
        pages = ", ".join(map(str, document.without_text))
        lines.append(f"No text on page {pages}. Was it scanned? Add its sentences by hand.")
    return [
        *lines,
        f"wrote {found.file}",
        "",
        (
            "Nothing is in force yet. Open that file and add a `pick` to each "
            "sentence. Its first lines explain how."
        ),
        f"Then run `{typed('policy', 'pick', key)}`.",
    ]


def picked_lines(found: Picked, files: Sequence[Path], key: str) -> list[str]:
    """What was picked, and what to do next."""
    lines = [f"Clauses: {found.clauses}, with a rule: {found.rules}. Not clauses: {found.left_out}."]
    if found.undecided:
        lines.append(
            f"Left out because they have no pick: {len(found.undecided)}, the first at {found.undecided[0]}."
        )
    return [
        *lines,
        *(f"wrote {path}" for path in files),
        "",
        "Nothing is in force yet. Write examples, then run (docs/rulebook.md):",
        f"  {typed('policy', 'try', key)}",
    ]
