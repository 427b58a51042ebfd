"""What a rehearsal is about: the book that answers once what is being prepared is signed, and who holds its
roles here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from schoolgate.people.queries import Where, assignments_at
from schoolgate.policy.books import book_with, changes_of, pack_of, packaged_book_in_scope
from schoolgate.policy.models import PolicyVersion, ReadingDraft
from schoolgate.policy.proving import Answer, ask
from schoolgate.policy.queries import draft_of, in_force, policy_or_none
from schoolgate.policy.states import VersionState
from schoolgate.policy.taking_over import choices_for, with_rules_of
from schoolgate.rulebook import Book
from schoolgate.rulebook.proof.searching import Question
from schoolgate.rulebook.readings import Changes
from schoolgate.rulebook.rehearsal.findings import STOPS_WORK, Held, Told, Wrong, told, wrongs

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
