"""`schoolgate policy import`: a school's policy document as the first files of a policy in its home."""

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from schoolgate.cli.new_policy import begin
from schoolgate.core.outside.documents import (
    LARGEST,
    MOST_LETTERS,
    MOST_PAGES,
    Document,
    NotRead,
    read_document,
)
from schoolgate.rulebook import RulebookError, book
from schoolgate.rulebook.book import BOTH_FOR_ALL
from schoolgate.rulebook.importing import Learned, Proposal, learn, proposals
from schoolgate.rulebook.importing.reading import NOT_OFFICES, ROLES, roles_in
from schoolgate.rulebook.packs import pack_keys

MOST_SENTENCES: Final = 5_000
MARKDOWN = (".md", ".markdown", ".mdown")
_LONGEST_COMMENT = 160
_SAVE_AS = "Save it as .docx or PDF"
_TEXT = "or paste its text into a .txt file"
REFUSED: Final = {
    "empty": "this file is empty. Choose the file that holds your policy.",
    "file_size": f"this file has {{number}} MB; the most is {LARGEST >> 20}. Remove its pictures.",
    "type": f"this is no Word, PDF, Markdown or text document. {_SAVE_AS}, {_TEXT}.",
    "old_word": "this is an old Word document (.doc). Open it in Word and save it as .docx.",
    "encrypted": "this PDF needs a password. Save a copy without one, or use the Word document.",
    "scanned": "this PDF has {number} pages without text. Use the Word document, or run OCR on it.",
    "broken": f"this file is damaged, or isn't what it says. Open it yourself. {_SAVE_AS} again.",
    "unpacks": f"this Word document unpacks to more than it may. {_SAVE_AS}, without pictures.",
    "pages": f"this document has {{number}} pages; the most is {MOST_PAGES}. Save only this policy.",
    "long": f"this document is too long from {{place}} {{number}} on: the most is {MOST_LETTERS:,} letters. "
    "Save only this policy.",
    "letters": "the letters of this file cannot be read. Save it as UTF-8.",
}
"""What is wrong with a document, by `NotRead.why`, and what to do."""


@dataclass(frozen=True)
class Imported:
    """What an import found, and where it was written."""

    files: list[Path]
    document: Document
    clauses: list[Proposal] = field(default_factory=list)
    others: list[Proposal] = field(default_factory=list)


def import_policy(file: Path, key: str, folder: Path, *, federation: str, title: str) -> Imported:
    """Write what a document proposes into `folder`/key, all files or none. Raises RulebookError."""
    with tempfile.TemporaryDirectory(dir=_made(folder), prefix=".import-") as scratch:
        begin(key, Path(scratch), federation=federation, title=title, beside=folder)
        document = _document(file)
        learned = learn(book(one) for one in pack_keys() if one not in BOTH_FOR_ALL)
        found = _proposals(file, document, learned)
        clauses = [one for one in found if one.is_clause]
        draft = Path(scratch) / key
        _write(draft, key, file.name, found)
        names = sorted(path.relative_to(draft) for path in draft.rglob("*.yaml"))
        try:
            draft.rename(folder / key)
        except OSError as error:
            raise RulebookError(f"{folder / key}: {error.strerror or 'cannot be written'}") from None
    return Imported(
        [folder / key / name for name in names],
        document,
        clauses,
        [one for one in found if not one.is_clause],
    )


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _document(file: Path) -> Document:
    try:
        if file.stat().st_size > LARGEST:
            raise NotRead("file_size", file.stat().st_size >> 20)
        return read_document(file.read_bytes(), markdown=file.suffix.lower() in MARKDOWN)
    except OSError as error:
        raise RulebookError(f"{file}: {error.strerror or 'cannot be read'}") from None
    except NotRead as refused:
        place = (
            "paragraph"
            if file.suffix.lower() == ".docx"
            else "page"
            if file.suffix.lower() == ".pdf"
            else "line"
        )
        said = REFUSED[refused.why].format(number=refused.number, place=place)
        raise RulebookError(f"{file.name}: {said}") from None


def _proposals(file: Path, document: Document, learned: Learned) -> list[Proposal]:
    found: list[Proposal] = []
    for one in proposals(document.pieces, learned):
        found.append(one)
        if len(found) > MOST_SENTENCES:
            raise RulebookError(
                f"{file.name}, {one.place}: more than {MOST_SENTENCES:,} sentences. Save this policy alone."
            )
    if not any(one.is_clause for one in found):
        raise RulebookError(f"{file.name}: no sentence of it reads like a rule. Is this the policy itself?")
    return found


def told(imported: Imported, key: str) -> list[str]:
    """What was found, and what to do next."""
    clauses, others, pages = imported.clauses, imported.others, imported.document.without_text
    welsh = sum(one.welsh for one in clauses)
    sections = len(_sections(clauses + others))
    lines = [
        f"Read {imported.document.kind}: {len(clauses) + len(others)} sentences in {sections} sections.",
        f"{len(clauses)} are proposed as clauses, {len(others)} are not (listed as comments).",
    ]
    areas = Counter(one.areas[0] for one in clauses if one.areas)
    if areas:
        lines.append("Areas: " + ", ".join(f"{area} {number}" for area, number in areas.most_common()))
    if welsh:
        lines += [
            f"{welsh} clauses are in Welsh, and proposals are for English. Their sections and text are kept.",
            "Choose their modality, actor, area, parameters and rules yourself.",
        ]
    if pages:
        lines.append(f"No text on page {', '.join(map(str, pages))}: scanned? Add what they say by hand.")
    return [
        *lines, "", *(f"wrote {path}" for path in imported.files), "",
        "Nothing is in force. Next:",
        "1. Correct policy.yaml: schools, dates, and what each role may do.",
        "2. Read clauses/: delete what is no clause, and check modality, area and parameters.",
        "3. In rules/, pick what fits each clause (docs/rulebook.md). All of it is comments until you do.",
        f"4. `schoolgate policy try {key}` says what is wrong.",
    ]  # fmt: skip


def _sections(found: Iterable[Proposal]) -> dict[str, list[Proposal]]:
    sections: dict[str, list[Proposal]] = {}
    for one in found:
        sections.setdefault(one.section, []).append(one)
    return sections


# --- Writing ----------------------------------------------------------------------------------------


def _write(folder: Path, key: str, source: str, found: list[Proposal]) -> None:
    for name in ("clauses", "rules", "examples"):
        for path in (folder / name).glob("*.yaml"):
            path.unlink()
    _add_roles(folder / "policy.yaml", found)
    slugs: Counter[str] = Counter()
    for number, (section, inside) in enumerate(_sections(found).items(), start=1):
        slug = _slug(section)
        slugs[slug] += 1
        name = slug if slugs[slug] == 1 else f"{slug}-{slugs[slug]}"
        stem, ids = f"{number:03}-{name}.yaml", _ids(f"{key}-{name}", inside)
        (folder / "clauses" / stem).write_text(
            "\n".join(_clauses(section, source, inside, ids)) + "\n", "utf-8"
        )
        rules = list(_rules(section, inside, ids))
        if rules:
            (folder / "rules" / stem).write_text("\n".join(rules) + "\n", "utf-8")


def _slug(section: str) -> str:
    words = re.findall(r"[a-z0-9]+", section.lower())
    return "-".join(words[:4])[:40].strip("-") or "section"


def _ids(begins: str, inside: list[Proposal]) -> dict[int, str]:
    """The id of each clause by its position in the section."""
    places = [position for position, one in enumerate(inside) if one.is_clause]
    return {position: f"{begins}-{number}" for number, position in enumerate(places, start=1)}


def _clauses(section: str, source: str, inside: list[Proposal], ids: dict[int, str]) -> Iterator[str]:
    yield _comment(f"{section}, from {source}. Proposed: read each clause, and delete what is none.")
    yield "# enforce: guide shows the clause. With a rule it is gate, watch or record."
    for position, one in enumerate(inside):
        if not one.is_clause:
            yield _comment(f"Not a clause ({one.place}, {one.why_not}): {one.text}")
            continue
        yield _comment(
            f"{one.place}" + (f"; area may also be {', '.join(one.areas[1:])}" if one.areas[1:] else "")
        )
        if one.welsh:
            yield "# In Welsh: choose modality, actor, area and parameters yourself."
        yield _yaml(
            [
                {
                    "id": ids[position], "section": section, "says": one.text, "modality": one.modality.value,
                    "actor": one.actor or "not stated", "area": one.areas[0] if one.areas else "policy",
                    "enforce": "guide", "parameters": dict(one.parameters),
                }
            ]
        )  # fmt: skip


def _rules(section: str, inside: list[Proposal], ids: dict[int, str]) -> Iterator[str]:
    """All of it comments: a person picks."""
    if any(one.kinds for one in inside):
        yield _comment(f"{section}: proposed rules, the likeliest first. None of them is in force.")
        yield "# Remove the # of one `read` line, or write the rule or binding yourself (docs/rulebook.md). 'like'"
        yield "# names a clause of another policy: `schoolgate policy export` with its key shows how it is written."
    for position, one in enumerate(inside):
        if not one.kinds:
            continue
        yield ""
        yield _comment(f"{ids[position]}: {one.text}")
        for number, kind in enumerate(one.kinds, start=1):
            read = ", ".join(f"{name}: {_inline(value)}" for name, value in kind.settings.items())
            yield _comment(
                f"  {number}. {kind.kind} (like {kind.like})"
                + (f"; read: {read}" if read else "")
                + (f"; choose: {', '.join(kind.open)}" if kind.open else "")
            )
        yield "# Until a rule is written, people are shown the clause and its owner rules:"
        for place in dict.fromkeys((kind.situation, kind.point) for kind in one.kinds):
            yield f"# - {{clauses: [{ids[position]}], ask: {place[0]}, point: {place[1]}, read: true}}"


def _comment(text: str) -> str:
    """One line of comment, whatever the text holds."""
    line = " ".join(text.split()) if not text.startswith("  ") else f"  {' '.join(text.split())}"
    return "# " + (line if len(line) <= _LONGEST_COMMENT else f"{line[:_LONGEST_COMMENT]} ...")


def _yaml(data: Any) -> str:
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100, default_flow_style=None)
    return text.removesuffix("\n")


def _inline(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=1_000).splitlines()[0]


def _add_roles(front: Path, found: Iterable[Proposal]) -> None:
    """Add the offices that the document names. They may do nothing until somebody says what."""
    named = Counter(role for one in found if not one.welsh for role in roles_in(one.text))
    new = [role for role, _ in ROLES if named[role] and role not in NOT_OFFICES and role != "headteacher"]
    lines = [
        f"  - {{name: {role}, key: {role.lower().replace(' ', '_')}, capacities: []}}  # times named: {named[role]}"
        for role in new
    ]
    text = front.read_text("utf-8")
    mark = "role_words: {}"
    assert text.count(mark) == 1
    front.write_text(text.replace(mark, "\n".join([*lines, mark])), "utf-8")
