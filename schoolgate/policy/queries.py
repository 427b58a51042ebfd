"""Reads of the policy in force, of saved decisions, of attestations and of rulings."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import groupby, takewhile
from typing import Protocol

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import begins, local_day
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.models import OTHER_SCHOOL, School
from schoolgate.core.reading_once import A_NUMBER, FixedQuery, Question
from schoolgate.core.subjects import number_of, person_key, subject_of
from schoolgate.core.tenancy import current_scope
from schoolgate.people.confined import confined_kinds, may_know_of, not_meant
from schoolgate.people.models import Person
from schoolgate.people.queries import capacities
from schoolgate.policy.books import book_of_reading, packaged_book_in_scope
from schoolgate.policy.models import (
    OWN_ONLY,
    Attestation,
    Attested,
    ClauseWording,
    DecisionRecord,
    PolicyVersion,
    Reading,
    ReadingDraft,
    Review,
    Ruled,
    Ruling,
    Suggestion,
    TrainingRecord,
    VersionState,
)
from schoolgate.rulebook import Book, Clause
from schoolgate.rulebook import facts as rulebook_facts
from schoolgate.rulebook.named_times import months_after

# Whether training still counts: for as many months as the policy or our reading gives, else for good.


RUNNING = "trained_regularly_procedures"
"""The point at which a policy says how often the people who run its procedures are trained."""


def months_it_counts(book: Book) -> int | None:
    """Return for how many months training counts for people who run accounts, as the policy or our reading
    of it says.

    None where no number is given: then it does not expire."""
    return min(book.stated("person.entrust", RUNNING, "training_interval_months"), default=None)


def counts_until(day: date, months: int | None) -> date | None:
    """Return the last day on which training of that day counts; None where it does not expire."""
    return None if months is None else months_after(day.isoformat(), months)


def still_trained(people: Iterable[int], *, book: Book, on: date) -> dict[int, bool]:
    """Return for each of these people with any statement about training whether it counts on a day. One
    query.

    It is not bound to a version: no policy asks for new training because its text has changed.
    """
    rows = Attestation.objects.filter(about_person_id__in=list(people), kind=Attested.TRAINED)
    rows = rows.select_related("training").order_by("about_person_id", "id")
    months, found = months_it_counts(book), dict[int, bool]()
    for row in rows:
        if row.about_person_id is not None:
            until = counts_until(day_of(row), months)
            fresh = row.answer and (until is None or on <= until)
            # An older course that still counts is not undone by a newer entry of an even older one.
            found[row.about_person_id] = fresh or (row.answer and found.get(row.about_person_id, False))
    return found


def day_of(row: Attestation) -> date:
    """Return the day of a person's stated training; where no record says, the day of the statement."""
    training: TrainingRecord | None = getattr(row, "training", None)
    return training.on if training is not None else local_day(row.at)


# Reads of the policy in force, of saved decisions, of attestations and of rulings.


ONE_DAY = timedelta(days=1)
NOT_YET = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class PolicyInForce:
    """The policy that binds on a day: its version, our reading of it, and whether its review is late."""

    version: PolicyVersion
    reading: Reading
    book: Book
    overdue: bool

    @property
    def pack_key(self) -> str:
        """The pack that restates it, such as `wildground`."""
        return self.version.pack_key

    @property
    def adopted_on(self) -> date:
        """The day of its adoption. The database knows no version in force without one."""
        if self.version.adopted_on is None:
            raise ValueError("a version in force has a day of adoption")
        return self.version.adopted_on

    @property
    def review_due(self) -> date | None:
        """The last day on which its review is in time; None where the policy gives none."""
        return self.version.review_due


def in_force(on: date) -> PolicyInForce:
    """Return the policy in force on a day. One past its review still binds, and says so in `overdue`. One
    that was adopted for a day in the future is in force from that day, whether or not a sweep has seen it.

    Raises NotNow where the federation has adopted none.
    """
    memo = current_scope().memo
    found = memo.get(("policy.in_force", on))
    if not isinstance(found, PolicyInForce):
        found = memo["policy.in_force", on] = _in_force(on)
    return found


def policy_begun(on: date) -> PolicyInForce | None:
    """Return the policy in force, once a sweep has brought it into force; None before."""
    policy = policy_or_none(on)
    return policy if policy and policy.version.state == VersionState.IN_FORCE else None


def policy_or_none(on: date) -> PolicyInForce | None:
    """Return the policy in force on a day, None before one was adopted."""
    try:
        return in_force(on)
    except NotNow:
        return None


def _in_force(on: date) -> PolicyInForce:
    until = begins(on + ONE_DAY)
    versions = [
        (version, reading)
        for version, reading in _adopted()
        if version.adopted_on is not None
        and version.adopted_on <= on
        and version.in_force_from is not None
        and version.in_force_from < until
    ]
    if not versions:
        raise NotNow(
            _("No policy has been adopted here yet."),
            _("The policy owner adopts it on the policy page."),
        )
    version, reading = versions[0]
    if reading is None:
        raise NotNow(
            _("The policy has no interpretation yet."), _("The policy owner signs one on the policy page.")
        )
    overdue = version.review_due is not None and on > version.review_due
    return PolicyInForce(version, reading, book_of_reading(version, reading), overdue)


def _adopted() -> list[tuple[PolicyVersion, Reading | None]]:
    """Return the version in force and one adopted for a future day, the latest first, each with its newest
    reading.

    One query in a scope; two where there is none."""
    memo = current_scope().memo
    found = memo.get("policy.adopted")
    if not isinstance(found, list):
        known: list[tuple[PolicyVersion, Reading | None]] = [(one.version, one) for one in _newest().ask({})]
        if not known:  # adopted, but without a reading so far
            known = [(version, None) for version in PolicyVersion.objects.filter(state__in=_ADOPTED)]
        found = sorted(known, key=lambda each: each[0].in_force_from or NOT_YET, reverse=True)
        memo["policy.adopted"] = found
    return found


def adopted_asked() -> Question:
    """Return what every question about the policy in force asks."""
    return _newest(), {}


_ADOPTED = [VersionState.IN_FORCE, VersionState.ADOPTED]


@cache
def _newest() -> FixedQuery[Reading]:
    rows = Reading.objects.filter(version__state__in=_ADOPTED).select_related("version__text")
    return FixedQuery(
        rows.defer("version__text__text").order_by("version_id", "-number").distinct("version_id")
    )


def book_in_force() -> Book | None:
    """Return the book of the version that is in force now, read as it was read last; None where there is
    none."""
    memo = current_scope().memo
    if "policy.book" not in memo:
        standing = [each for each in _adopted() if each[0].state == VersionState.IN_FORCE]
        version, reading = standing[0] if standing else (None, None)
        memo["policy.book"] = book_of_reading(version, reading) if version and reading else None
    found = memo["policy.book"]
    return found if isinstance(found, Book) else None


def role_in_words(key: str) -> str:
    """Return the name that the policy in force gives a role; its key where it has no such role."""
    found = book_in_force()
    return found.role_names.get(key, key) if found else key


def book_in_scope() -> Book:
    """Return the rulebook of the federation in scope: as in force today, else the one that comes with the
    program."""
    return book_in_force() or packaged_book_in_scope()


def school_in_rules(school: School | None) -> str | None:
    """Return the school as rules for single schools know it: the policy's own name for it, OTHER_SCHOOL for
    one that it does not name and for what belongs to no school. None: not entered yet."""
    if school is None:
        return OTHER_SCHOOL
    return school.among(book_in_scope().meta.schools)


def draft_of(version: PolicyVersion) -> ReadingDraft | None:
    """Return the draft of a version's next reading, where there is one."""
    found = ReadingDraft.objects.filter(version=version)
    return found.select_related("by", "version__text", "based_on").defer("version__text__text").first()


def versions() -> list[PolicyVersion]:
    """Return every version, newest first. There are never many."""
    rows = PolicyVersion.objects.select_related("recorded_by", "drafted_by").order_by("-number", "-id")
    return list(rows[:200])


def coming_versions(policy: PolicyInForce) -> list[PolicyVersion]:
    """Return the versions that are being prepared, or were adopted for a day to come."""
    rows = PolicyVersion.objects.filter(state__in=[VersionState.DRAFT, VersionState.ADOPTED])
    return list(rows.exclude(pk=policy.version.pk).order_by("state", "number"))


def reviews_of(version: PolicyVersion) -> list[Review]:
    """Return the reviews of a version, newest first."""
    return list(version.reviews.select_related("by").order_by("-id")[:50])


def readings_of(version: PolicyVersion) -> list[Reading]:
    """Return the interpretations of a version, newest first: the first is the one in force."""
    return list(version.readings.select_related("signed_by").order_by("-number"))


def school_names() -> dict[int, str]:
    """Return the name of each school by its id, in the order of the names."""
    return dict(School.objects.order_by("name", "pk").values_list("pk", "name"))


def by_section(clauses: Iterable[Clause]) -> list[tuple[str, list[Clause]]]:
    """Return clauses under the sections of the policy that they are in, in reading order."""
    found: dict[str, list[Clause]] = {}
    for clause in clauses:
        found.setdefault(clause.section, []).append(clause)
    return list(found.items())


def clauses_with(book: Book, words: str) -> list[Clause]:
    """Return the policy's clauses that contain all these words, in their section, our wording or its own."""
    wanted = words.casefold().split()
    return [
        clause
        for clause in book.clauses.values()
        if all(word in f"{clause.section} {clause.says} {clause.wording}".casefold() for word in wanted)
    ]


def version(pk: int) -> PolicyVersion:
    """One version. Raises NotFound."""
    rows = PolicyVersion.objects.select_related("text", "recorded_by", "drafted_by").defer("text__text")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def version_before(after: PolicyVersion) -> PolicyVersion | None:
    """Return the version that this one replaced, or will replace."""
    rows = PolicyVersion.objects.exclude(state__in=[VersionState.DRAFT, VersionState.WITHDRAWN])
    rows = rows.filter(pack_key=after.pack_key, number__lt=after.number).select_related("text")
    return rows.defer("text__text").order_by("-number").first()


def suggestions(person: Person, *, sees_all: bool) -> QuerySet[Suggestion]:
    """Return suggestions for the policy: the person's own, or everyone's for the role that takes them; none
    that may be about the person."""
    rows = Suggestion.objects.filter(not_meant("policy.suggestion", person))
    rows = rows.select_related("by", "answered_by")
    return rows if sees_all else rows.filter(by=person)


def suggestion_for(person: Person, pk: int, *, sees_all: bool) -> Suggestion:
    """Return one suggestion. Raises NotFound, also for another person's where the person does not take
    suggestions."""
    found = suggestions(person, sees_all=sees_all).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def takes_suggestions(policy: PolicyInForce) -> str:
    """Return the name of the role to which suggestions go: the one the policy names, else one that looks
    after it; empty where there is none."""
    named = policy.book.roles_at("policy.suggest", "suggestion_to")
    return next(iter(named), next((role.name for role in policy.book.pack.roles_with("own_policy")), ""))


def ruling_words(tensions: Sequence[str]) -> list[str]:
    """Return the words of the newest ruling on each of these open questions."""
    if not tensions:
        return []
    rows = Ruling.objects.filter(tension__in=tensions).order_by("id")
    newest = {row.tension: row.words for row in rows}
    return [newest[one] for one in tensions if one in newest]


def rulings_of(version: PolicyVersion) -> tuple[rulebook_facts.Ruling, ...]:
    """Return the rulings given under a version as facts; of several on one question, the last."""
    return tuple(
        rulebook_facts.Ruling(
            tension=ruling.tension,
            allows=ruling.answer == Ruled.PERMITTED,
            role=ruling.role,
            by=person_key(ruling.by_id),
            from_day=ruling.from_day,
        )
        for ruling in latest_rulings(version).values()
    )


def attestations(subject: Model | str, *kinds: str) -> list[Attestation]:
    """Return statements about a subject, newest first; of these kinds where any are given."""
    rows = Attestation.objects.filter(subject=subject_of(subject)).select_related("by").order_by("-id")
    return list(rows.filter(kind__in=kinds) if kinds else rows)


def vouched(
    people: Iterable[Person | int], version: PolicyVersion, *, on: date
) -> dict[int, dict[str, bool]]:
    """Return for each person the latest answer by kind: `{person id: {"policy_read": True}}`.

    What a person said about the text counts for this version and the document that it has now. Training does
    not expire with a version, but after the months that the policy or our reading of it gives; then it is
    False. A missing kind was never answered: unknown, neither yes nor no.
    The number of queries does not grow with the people.
    """
    ids = [person if isinstance(person, int) else person.pk for person in people]
    found: dict[int, dict[str, bool]] = {pk: {} for pk in ids}
    of_text = Attestation.objects.filter(about_person_id__in=ids, version=version)
    of_text = of_text.exclude(Q(kind__in=OWN_ONLY) & ~Q(document=version.document))
    rows = of_text.exclude(kind=Attested.TRAINED).order_by("id")
    for about, kind, answer in rows.values_list("about_person_id", "kind", "answer"):
        found[about][kind] = answer
    for pk, trained in still_trained(ids, book=book_in_scope(), on=on).items():
        found[pk][Attested.TRAINED] = trained
    return found


def kept(pk: int) -> DecisionRecord:
    """Return a saved decision, with its version, its reading and who asked. Raises NotFound."""
    row = (
        DecisionRecord.objects.select_related("version", "reading__signed_by", "by", "facts_row")
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def kept_about(subject: Model | str, *, before: int | None = None, limit: int = 50) -> list[DecisionRecord]:
    """Decisions about a subject, newest first, older than the id `before` where it is given."""
    rows = DecisionRecord.objects.filter(subject=subject_of(subject)).select_related("by").order_by("-id")
    return list((rows.filter(pk__lt=before) if before else rows)[:limit])


def wordings(decision: DecisionRecord) -> list[ClauseWording]:
    """Return the clauses that a decision cites, worded as they were on its day, in the order of the
    decision."""
    found = {
        row.clause: row
        for row in ClauseWording.objects.filter(digest__in=list(decision.wordings.values()))
        if decision.wordings.get(row.clause) == row.digest
    }
    return [found[clause] for clause in decision.clauses if clause in found]


def latest_rulings(version: PolicyVersion) -> dict[str, Ruling]:
    """Return the latest ruling on each open question under a version, by the question's key; none where
    that ruling was withdrawn."""
    latest = {row.tension: row for row in _rulings(version)}
    return {tension: row for tension, row in latest.items() if not was_ended(row)}


def _rulings(version: PolicyVersion) -> list[Ruling]:
    memo = current_scope().memo
    found = memo.get(("policy.rulings", version.pk))
    if not isinstance(found, list):
        found = memo["policy.rulings", version.pk] = _ruled().ask({A_NUMBER: version.pk})
    return found


@cache
def _ruled() -> FixedQuery[Ruling]:
    return FixedQuery(Ruling.objects.filter(version=A_NUMBER).select_related("by", "end").order_by("id"))


def ruled_since(policy: PolicyInForce, clauses: Collection[str], at: datetime) -> bool:
    """Return whether a ruling on what one of these clauses leaves open was given or withdrawn after an
    instant."""
    tensions = policy.book.tensions
    return any(
        (row.end.at if was_ended(row) else row.at) > at
        and not set(clauses).isdisjoint(tensions[row.tension].clauses)
        for row in _rulings(policy.version)
        if row.tension in tensions
    )


def ruling_on(tension: str, version: PolicyVersion) -> Ruling:
    """Return the last ruling on an open question under a version, also one that was withdrawn. Raises
    NotFound."""
    rows = Ruling.objects.filter(version=version, tension=tension).select_related("by", "end")
    found = rows.order_by("-id").first()
    if found is None:
        raise NotFound
    return found


def was_ended(ruling: Ruling) -> bool:
    """Return whether a ruling was withdrawn."""
    return getattr(ruling, "end", None) is not None


# Who may see a saved decision.


SEES_DECISIONS = frozenset({"own_policy", "oversee", "decide_account", "approve_post", "administer"})
SEES_FACTS = frozenset({"own_policy", "oversee", "administer"})

Guard = Callable[[Person, str, date], bool]


class Find(Protocol):
    """Finds a thing for a person. Raises NotFound where they may not know that it exists."""

    def __call__(self, person: Person, pk: int, /, *, on: date) -> object:
        """Return the subject."""


_guards: dict[str, Guard] = {}
_finders: dict[str, Find] = {}
_kept_from: dict[str, Guard] = {}


def find_for_decisions(kind: str, find: Find) -> None:
    """Register how a thing of this kind, such as `publishing.post`, is found for a person, so that an
    approver at one school can't read decisions about another school's things. Called once, by the app
    above."""
    _finders[kind] = find


def guard_decisions_about(kind: str, may_see: Guard) -> None:
    """Register who may see decisions about subjects of this kind, where that is not who may know of them
    (`people.confined`). Called once, by the app above, at start-up.

    Args:
        may_see: called with the person, the subject and the day.
    """
    _guards[kind] = may_see


def guarded_kinds() -> frozenset[str]:
    """Return the kinds of subjects whose decisions only some people may see."""
    return frozenset(_guards) | confined_kinds()


def keep_decisions_from(kind: str, is_kept_from: Guard) -> None:
    """Register which subjects of a kind are kept from a person, whatever their roles and even if they asked:
    a comment that is locked. Called once, by the app above.

    Args:
        is_kept_from: called with the person, the subject and the day.
    """
    _kept_from[kind] = is_kept_from


def decision_for(person: Person, pk: int, *, on: date) -> DecisionRecord:
    """Return a saved decision: for the person who asked for it, those who oversee, and those who decide
    about its subject and may see that. Raises NotFound for others."""
    found = kept(pk)
    kept_from = _kept_from.get(_kind(found))
    if kept_from is not None and kept_from(person, found.subject, on):
        raise NotFound
    if _kind(found) in guarded_kinds():
        guard = _guards.get(_kind(found), may_know_of)
        if not guard(person, found.subject, on):
            raise NotFound
        return found
    held = capacities(person, on=on, anywhere=True)
    if found.by_id == person.pk or held & SEES_FACTS:
        return found
    if not held & SEES_DECISIONS:
        raise NotFound
    if find := _finders.get(_kind(found)):
        find(person, number_of(found.subject), on=on)
    return found


def sees_decision(person: Person, pk: int | None, *, on: date) -> bool:
    """Return whether there is such a decision and the person may see it."""
    try:
        return pk is not None and bool(decision_for(person, pk, on=on))
    except NotFound:
        return False


def sees_facts(person: Person, decision: DecisionRecord, *, on: date) -> bool:
    """Return whether the person may see the facts of the decision: they asked for it, own the policy or
    oversee it. Anyone who may see a guarded decision sees all of it."""
    if _kind(decision) in guarded_kinds():
        return True
    return decision.by_id == person.pk or bool(capacities(person, on=on, anywhere=True) & SEES_FACTS)


def _kind(decision: DecisionRecord) -> str:
    return decision.subject.partition(":")[0]


# The headings of a policy over its numbered sections: "4.1 Personnel responsible" and "4.2 Personnel
# responsible" stand under "4 Personnel responsible". For long policies; most have one section under each.


_NUMBERED = re.compile(r"(?P<number>(?:[A-Z]\.)?\d[\w.()]*) (?P<title>.+)")
_LETTERED = re.compile(r"(?P<title>.+) \([a-z]\)")
_PART = re.compile(r"\w+")


@dataclass(frozen=True)
class Heading:
    """A heading with its sections, each with its number among all of them and its clauses."""

    name: str
    sections: tuple[tuple[int, str, list[Clause]], ...]

    @property
    def clauses(self) -> list[Clause]:
        """Return the clauses of all its sections, in reading order."""
        return [clause for _number, _name, clauses in self.sections for clause in clauses]


def by_heading(clauses: Iterable[Clause]) -> list[Heading]:
    """Return clauses under the headings of the policy, in reading order. Sections that follow each other
    and have the same title are under one."""
    sections = [(number, name, of) for number, (name, of) in enumerate(by_section(clauses), start=1)]
    found = [tuple(those) for _title, those in groupby(sections, key=lambda one: _title(one[1]))]
    return [Heading(_name([name for _number, name, _of in those]), those) for those in found]


def _title(section: str) -> str:
    found = _NUMBERED.fullmatch(section) or _LETTERED.fullmatch(section)
    return found["title"] if found else section


def _name(sections: list[str]) -> str:
    """Return the name of one section, or what several have in common: the parts of their numbers that are
    the same, and their title."""
    if len(sections) == 1:
        return sections[0]
    title = _title(sections[0])
    numbers = [_PART.findall(found["number"]) for one in sections if (found := _NUMBERED.fullmatch(one))]
    same = takewhile(lambda parts: len(set(parts)) == 1, zip(*numbers, strict=False))
    return f"{'.'.join(parts[0] for parts in same)} {title}".strip()
