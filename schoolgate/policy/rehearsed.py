"""What a rehearsal is about, and ready questions over all facts."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from schoolgate.core.env import for_a_child_without_database
from schoolgate.people.queries import Where, assignments_at
from schoolgate.policy.adopting import choices_for, with_rules_of
from schoolgate.policy.books import book_with, changes_of, pack_of, packaged_book_in_scope
from schoolgate.policy.models import PolicyVersion, ReadingDraft, VersionState
from schoolgate.policy.queries import draft_of, in_force, policy_or_none
from schoolgate.rulebook import Book, Decision, decide
from schoolgate.rulebook.errors import RulebookError
from schoolgate.rulebook.kinds import Outcome
from schoolgate.rulebook.one_file import to_yaml
from schoolgate.rulebook.packs import Pack
from schoolgate.rulebook.proof.searching import QUESTIONS, Question
from schoolgate.rulebook.readings import Changes
from schoolgate.rulebook.rehearsal.findings import STOPS_WORK, Held, Told, Wrong, told, wrongs

# Ready questions over all facts: never, or the case in which it happens. A solver searches in a process of
# its own (the optional part `prove`); its case counts once the engine has confirmed it.


SECONDS = 30
"""The longest that a page waits."""
BY_KEY: Mapping[str, Question] = {one.key: one for one in QUESTIONS}


class Proven(StrEnum):
    """What is proven of a question."""

    HAPPENS = "happens"  # it is allowed in a case
    SAYS_NOTHING = "says_nothing"  # never allowed, and in a case the policy says nothing
    NEVER = "never"
    UNLESS_RULED = "unless_ruled"
    NOT_PROVEN = "not_proven"
    GAVE_UP = "gave_up"


@dataclass(frozen=True)
class Answer:
    """The answer to a ready question. `decision`: of the case, with its facts; `clauses`: which leave
    something open; `rules`: those that could not be worked through."""

    question: Question
    proven: Proven
    decision: Decision | None = None
    clauses: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def ask(question: Question, pack: Pack, changes: Mapping[str, Any], book: Book) -> Answer:
    """Return the answer under a pack with the changes of its interpretation; `book` is the two together."""
    asked = {"policy": to_yaml(pack), "changes": changes, "question": question.key}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "schoolgate.rulebook.proof.aside"],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
            env=for_a_child_without_database(),
        )
        found = json.loads(done.stdout)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, ValueError):
        return Answer(question, Proven.GAVE_UP)
    return answer_of(question, found, book)


def answer_of(question: Question, found: Mapping[str, Any], book: Book) -> Answer:
    """Return what the search found as an answer. A case that the engine doesn't confirm proves nothing."""
    allowed, silent = found["allowed"], found["silent"]
    for part, wanted, proven in (
        (allowed, Outcome.PERMITTED, Proven.HAPPENS),
        (silent, Outcome.SILENT, Proven.SAYS_NOTHING),
    ):
        if part["facts"] is not None:
            decision = _confirmed(question, part["facts"], book, wanted)
            if decision is None:
                return Answer(question, Proven.GAVE_UP)
            return Answer(question, proven, decision)
        if not part["never"]:
            return Answer(question, Proven.NOT_PROVEN, rules=tuple(part["open"]))
    clauses = tuple(found["may_be_ruled"])
    return Answer(question, Proven.UNLESS_RULED if clauses else Proven.NEVER, clauses=clauses)


def _confirmed(question: Question, facts: Any, book: Book, wanted: Outcome) -> Decision | None:
    try:
        decision = decide(book, question.situation, facts)
    except RulebookError:
        return None
    return decision if decision.outcome is wanted else None


# What a rehearsal is about: the book that answers once what is being prepared is signed, and who holds its
# roles here.


OF = ("version", "reading", "now")
"""What may be rehearsed: the version that is being prepared, the next interpretation, what is in force."""
COMING = (VersionState.DRAFT, VersionState.ADOPTED)


@dataclass(frozen=True)
class Rehearsed:
    """A rehearsal. `of`: which of `OF` it is; `others`: those that could be rehearsed too."""

    of: str
    others: tuple[str, ...]
    book: Book
    told: Sequence[Told]
    wrongs: Sequence[Wrong]
    version: PolicyVersion | None = None

    @property
    def worst(self) -> list[Wrong]:
        """Return what lets something forbidden pass, or lets someone wait for ever."""
        return [one for one in self.wrongs if one.what in STOPS_WORK]


def rehearse(*, at: datetime, on: date, of: str = "") -> Rehearsed:
    """Rehearse what is being prepared: the coming version, else the next interpretation, else the policy as
    it is. `of`: one of `OF`; where there is no such thing, as without it. Reads only."""
    found = _to_rehearse(on)
    chosen = of if of in found else next(iter(found))
    book, version = found[chosen]
    answers = told(book, at=at)
    return Rehearsed(
        of=chosen,
        others=tuple(one for one in found if one != chosen),
        book=book,
        told=answers,
        wrongs=wrongs(book, answers, held_here(on)),
        version=version,
    )


def _to_rehearse(on: date) -> dict[str, tuple[Book, PolicyVersion | None]]:
    policy = policy_or_none(on)
    if policy is None:
        return {"now": (packaged_book_in_scope(whole=True), None)}
    found: dict[str, tuple[Book, PolicyVersion | None]] = {}
    coming = PolicyVersion.objects.filter(state__in=COMING).exclude(pk=policy.version.pk)
    version = coming.select_related("text").defer("text__text").order_by("-number").first()
    if version is not None:
        fits, _left = choices_for(policy.version, version)
        found["version"] = (_as(version, 1, draft_of(version), fits=fits), version)
    draft = draft_of(policy.version)
    if draft is not None:
        found["reading"] = (_as(policy.version, policy.reading.number + 1, draft), policy.version)
    return {**found, "now": (policy.book, policy.version)}


def _as(
    version: PolicyVersion, number: int, draft: ReadingDraft | None, *, fits: Changes | None = None
) -> Book:
    """Return the book of a version with what its next interpretation changes so far."""
    changes = changes_of(draft.changes if draft else {})
    pack = pack_of(version)
    book = book_with(pack, changes if fits is None else with_rules_of(fits, changes))
    meta = replace(book.meta, version=str(version.number), reading=number)
    return Book((replace(book.pack, meta=meta), *book.packs[1:]))


def held_here(on: date) -> Held:
    """Return who holds which role here today, at any place: no one who left or is on long leave."""
    rows = assignments_at(Where(anywhere=True), on=on)
    found: dict[str, dict[int, str]] = {}
    for key, number, name in rows.values_list("role_key", "person_id", "person__name").order_by(
        "person__name"
    ):
        found.setdefault(key, {})[number] = name
    return found


def changes_to_rehearse(found: Rehearsed, *, on: date) -> dict[str, Any]:
    """Return the changes of the interpretation that is rehearsed, as a reading stores them."""
    policy, version = in_force(on), found.version
    draft = draft_of(version) if version is not None else None
    changes = changes_of(draft.changes if draft else {})
    if found.of == "version" and version is not None:
        fits, _left = choices_for(policy.version, version)
        changes = with_rules_of(fits, changes)
    written = changes.model_dump(mode="json")
    return {name: value for name, value in written.items() if value}


def ask_of_rehearsed(found: Rehearsed, question: Question, *, on: date) -> Answer:
    """Return the answer to a ready question under what is rehearsed."""
    if found.version is None:
        return ask(question, found.book.pack, {}, found.book)
    signed = found.of == "now"
    changes = in_force(on).reading.changes if signed else changes_to_rehearse(found, on=on)
    return ask(question, pack_of(found.version), changes, found.book)
