"""Reads of the policy in force, of saved decisions, of attestations and of rulings."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import begins
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.models import OTHER_SCHOOL, School
from schoolgate.core.reading_once import A_NUMBER, FixedQuery
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.core.tenancy import current_scope
from schoolgate.people.confined import not_meant
from schoolgate.people.models import Person
from schoolgate.policy.books import book_of_reading, packaged_book_in_scope
from schoolgate.policy.models import (
    Attestation,
    ClauseWording,
    DecisionRecord,
    PolicyVersion,
    Reading,
    ReadingDraft,
    Review,
    Ruling,
    Suggestion,
)
from schoolgate.policy.states import OWN_ONLY, Attested, Ruled, VersionState
from schoolgate.policy.validity import still_trained
from schoolgate.rulebook import Book, Clause
from schoolgate.rulebook import facts as rulebook_facts

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
