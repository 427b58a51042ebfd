"""The file of proposals: written for a person who picks, and read again with what they picked."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pydantic import Field

from schoolgate.policy.importing.document import Document
from schoolgate.policy.importing.proposing import Proposal, RuleKind
from schoolgate.policy.importing.roles import HEADS, called, own_names, own_titles
from schoolgate.policy.importing.writing import comment, fields, inline
from schoolgate.rulebook.capacities import HEAD_MAY, STAFF_MAY
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.packs.building import Meta, Part, Place, WrittenRole, shaped
from schoolgate.rulebook.yaml_text import guarded

_HELP = """\
# Proposals from {source}. Nothing here is in force.
# 1. Correct the front page: schools, dates, and what each role may do (`capacities`).
# 2. Write a `pick` for each sentence:
#      1, 2 or 3  a clause, kept by that rule kind. Fill in each "?" in its settings first.
#      read       a clause without a rule yet: the owner of the policy decides each case.
#      show       a clause that is shown and decides nothing.
#      no         not a clause.
#    `schoolgate policy kinds NAME` says what a kind decides. Check modality, actor and area too.
# 3. `schoolgate policy pick {key}` writes the policy's files from what you picked.
"""


class WrittenKind(Part):
    """A proposed rule kind, with its settings."""

    kind: str
    like: str
    settings: dict[str, Any] = {}


class WrittenSentence(Part):
    """A sentence with what it may be, and the pick made for it."""

    place: str
    section: str
    says: str = Field(min_length=1)
    pick: Any = None
    why_not: str = ""
    modality: Modality = Field(strict=False)
    actor: str
    area: str
    parameters: dict[str, Any] = {}
    kinds: list[WrittenKind] = []


class WrittenProposals(Part):
    """The whole file."""

    source: str
    policy: Meta
    roles: list[WrittenRole]
    role_words: dict[str, str] = {}
    sentences: list[WrittenSentence]


def proposals_text(
    proposals: Sequence[Proposal], document: Document, *, key: str, federation: str, title: str, source: str
) -> str:
    """Return the file of these proposals, without picks."""
    titles = own_titles(one.text for one in document.sentences)
    names = own_names((one.text for one in document.sentences if not one.welsh), titles)
    offices = called(names) | {title: title for title in titles.values()}
    leads = next((name for name in HEADS if name in offices), HEADS[0])
    head = offices.pop(leads, leads)
    front = Meta(
        key=key, title=title, federation=federation, schools=[federation], version="1", reading=1,
        adopted=None, ratified=None, review_due=None, review_every_months=None, owner=head,
    )  # fmt: skip
    words = {word: offices.get(name, head) for name, of in names.items() for word in sorted(of)}
    words |= titles
    lines = [
        *_HELP.format(source=" ".join(source.split()), key=key).splitlines(),
        *fields({"source": source}),
        "policy:",
        *fields(front.model_dump(), "  "),
        "roles:",
        *_roles(head, list(offices.values())),
        *fields(
            {"role_words": {word: name for word, name in words.items() if word.casefold() != name.casefold()}}
        ),
        "sentences:",
    ]
    for number, one in enumerate(proposals, start=1):
        lines += ["", *_sentence(number, one)]
    return "\n".join(lines) + "\n"


def _roles(head: str, others: Iterable[str]) -> Iterator[str]:
    may: dict[str, Sequence[str]] = {head: HEAD_MAY, "staff": STAFF_MAY} | {name: [] for name in others}
    for name, capacities in may.items():
        key = "-".join(name.lower().split())
        yield f"  - {inline({'name': name, 'key': key, 'capacities': list(map(str, capacities))})}"


def _sentence(number: int, one: Proposal) -> Iterator[str]:
    found = one.sentence
    about = f"{number}. {found.section}, {found.place}" + (
        f": no clause? {one.why_not}" if one.why_not else ""
    )
    yield comment(about)
    first, *rest = fields({"place": found.place, "section": found.section, "says": found.text}, "  ")
    yield f"- {first.lstrip()}"
    yield from rest
    yield "  pick:"
    if one.why_not:
        yield from fields({"why_not": one.why_not}, "  ")
    yield from fields({"modality": one.modality.value, "actor": one.actor or "not stated"}, "  ")
    yield f"  area: {inline(one.areas[0] if one.areas else '')}" + (
        f"  # or {', '.join(one.areas[1:])}" if one.areas[1:] else ""
    )
    yield from fields({"parameters": dict(one.parameters)}, "  ")
    if one.kinds:
        yield "  kinds:"
    for place, kind in enumerate(one.kinds, start=1):
        yield from _kind(place, kind)


def _kind(place: int, one: RuleKind) -> Iterator[str]:
    yield comment(f"{place}: at {one.point} of {one.situation}, like: {one.like_says}", "  ")
    yield f"  - {inline({'kind': one.kind, 'like': one.like, 'settings': dict(one.settings)})}"


def read_proposals(text: bytes, name: str) -> tuple[WrittenProposals, Place]:
    """Return a file of proposals, and its place for errors. Raises BadPack with file and line."""
    place = Place(name, text)
    return shaped(WrittenProposals, guarded(text, name), place), place
