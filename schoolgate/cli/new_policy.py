"""`schoolgate policy new` and `policy try`: a school's own policy, as files in its home."""

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from schoolgate.rulebook import BadPack, RulebookError, book
from schoolgate.rulebook.capacities import HEAD_MAY, STAFF_MAY
from schoolgate.rulebook.lint import lint, unfulfilled
from schoolgate.rulebook.packs import folder_of, known_keys
from schoolgate.rulebook.packs.blank import BLANK
from schoolgate.rulebook.packs.building import KEY
from schoolgate.rulebook.scenarios import EXAMPLES, failures, scenarios_of


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
