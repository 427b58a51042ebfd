"""`schoolgate policy new` and `policy try`: a school's own policy, as files in its home.

`schoolgate policy import` and `policy pick`: a school's document, its proposals, a policy's files.
"""

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from schoolgate.core.outside.documents import LARGEST
from schoolgate.core.typed import typed
from schoolgate.policy.importing.document import Document, DocumentRefused, read, read_content
from schoolgate.policy.importing.proposing import (
    Picked,
    Proposal,
    pick,
    proposals_text,
    propose,
    read_proposals,
)
from schoolgate.rulebook import BadPack, RulebookError, book
from schoolgate.rulebook.capacities import HEAD_MAY, STAFF_MAY
from schoolgate.rulebook.lint import lint, unfulfilled
from schoolgate.rulebook.packs import folder_of, known_keys
from schoolgate.rulebook.packs.blank import BLANK
from schoolgate.rulebook.packs.building import KEY
from schoolgate.rulebook.scenarios import EXAMPLES, failures, scenarios_of
from schoolgate.rulebook.yaml_text import LARGEST as LARGEST_YAML


def begin(key: str, folder: Path, *, federation: str, title: str) -> list[Path]:
    """Write the first files of a policy into `folder`/key. Returns them; raises RulebookError where there is
    such a policy, or the key is none."""
    refuse_key(key, folder)
    names = {"key": key, "federation": quoted(federation), "title": quoted(title)}
    may = {"head": ", ".join(HEAD_MAY), "staff": ", ".join(STAFF_MAY)}
    return write_files(folder / key, {name: text.format(**names, **may) for name, text in FILES.items()})


def refuse_key(key: str, folder: Path) -> None:
    """Raise RulebookError where this is no key, or `folder` or the program has such a policy."""
    if not re.fullmatch(KEY, key):
        raise RulebookError(
            f"{key!r} is not a valid key: use lower-case letters, digits and hyphens, starting with a letter"
        )
    if key in (BLANK, *known_keys()) or (folder / key).exists():
        raise RulebookError(f"there is already a policy {key!r}. Choose another key")


def write_files(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write the files of a policy into a new folder, all or none. Returns them; raises RulebookError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as scratch:
        draft = Path(scratch) / folder.name
        for name, text in texts.items():
            (draft / name).parent.mkdir(parents=True, exist_ok=True)
            (draft / name).write_text(text, "utf-8")
        try:
            draft.rename(folder)
        except OSError as error:
            raise RulebookError(f"{folder}: {error.strerror or 'cannot be written'}") from None
    return [folder / name for name in texts]


def tried(key: str) -> tuple[list[str], bool]:
    """What lint and the policy's own examples say, as lines, and whether all is well.

    Raises RulebookError."""
    problems = [f"{one.where}: {one.what}" for one in lint(key)]
    if problems:
        return problems, False
    under, lines, good = book(key), [], True
    cases = scenarios_of(key)
    for case in cases:
        wrong = failures(case, under)
        good = good and not wrong
        lines += [f"{'wrong' if wrong else 'as expected'}: {case.name}", *(f"  {one}" for one in wrong)]
    if not cases:
        lines.append(f"There are no examples yet. Add some to {folder_of(key) / EXAMPLES}.")
    only_text = [one.where for one in unfulfilled(under.pack)]
    if only_text:
        lines += [
            f"{len(only_text)} of {len(under.clauses)} clauses have no rule and are shown as text only:"
        ]
        lines += [f"  {clause}" for clause in only_text]
    return lines, good


def quoted(text: str) -> str:
    """Return a name as YAML has it. Raises BadPack where it is empty or has several lines."""
    if any(ord(letter) < 32 for letter in text) or not text.strip():
        raise BadPack("policy.yaml", "a name must be one line and can't be empty")
    return json.dumps(text, ensure_ascii=False)


FILES = {
    "policy.yaml": """\
# The front page. Write dates as 2027-09-01. null means "the policy does not say".
policy:
  key: {key}
  title: {title}
  federation: {federation}
  schools: [Our school]
  version: "1"
  reading: 1
  adopted: null
  ratified: null
  review_due: null
  review_every_months: null
  owner: headteacher        # the role responsible for the policy, in its own words
basis: policy
# The roles in your policy, in its own words, and what each may do in the program.
roles:
  - {{name: headteacher, key: headteacher, capacities: [{head}]}}
  - {{name: staff, key: staff, capacities: [{staff}]}}
role_words: {{}}              # other words for the same role, such as "head": headteacher
tensions: []
""",
    "clauses/01.yaml": """\
# Each sentence of your policy that requires something, in order. Numbers, roles and days that a rule uses
# go under `parameters`.
- id: {key}-pictures-1
  section: Pictures
  says: No picture of a pupil is published without the written consent of a parent or carer.
  modality: must_not        # must, must_not, should, should_not, advised, advised_not, may, states
  actor: staff
  area: pictures
  enforce: gate             # gate: stops a step; watch: a deadline; record: what is recorded; guide: shown
  parameters: {{form: written, by: [parent, carer]}}
- id: {key}-posts-1
  section: Posts
  says: The headteacher approves each post before it is published.
  modality: must
  actor: headteacher
  area: publishing
  enforce: gate
  parameters: {{}}
""",
    "rules/01.yaml": """\
# What the program does with a clause. `ask`: the situation (`schoolgate situations` lists them, with their
# facts and points). `read: true`: there is no rule yet. People see the clause, and the policy owner makes a
# ruling on it.
- clauses: [{key}-pictures-1]
  ask: post.publish
  point: photo_consent
  read: true
- clauses: [{key}-posts-1]
  ask: post.publish
  point: approval
  read: true
""",
    "examples/01.yaml": """\
# Cases with the answers you expect and the clauses they are based on. `schoolgate policy try {key}` tests
# them; `schoolgate policy knockout {key}` lists the rules that none of them needs.
- name: nothing is posted before someone has read the clauses
  situation: post.publish
  facts: {{}}
  expect: {{points: {{photo_consent: refer}}, clauses: [{key}-pictures-1, {key}-posts-1]}}
""",
}


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
