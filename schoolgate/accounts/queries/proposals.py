"""Reads of proposals, scoped to the person who asks, and who could sign and decide on one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Prefetch, Q, QuerySet

from schoolgate.accounts import rules
from schoolgate.accounts.facts import MAY_RUN, author_of, permission_on
from schoolgate.accounts.ladders import deciders, role_key, short_of, steps
from schoolgate.accounts.models import Proposal, SentBack, Signature, Talk
from schoolgate.accounts.queries.accounts import SEES_ALL
from schoolgate.accounts.states import ProposalState
from schoolgate.core.errors import NotFound
from schoolgate.core.parts import Parts, with_all_parts
from schoolgate.core.subjects import subject_of
from schoolgate.core.written_once import A_NUMBER, FixedQuery
from schoolgate.people.models import Permission, Person
from schoolgate.people.queries import Where, assignments, assignments_at, book_for
from schoolgate.rulebook import Book
from schoolgate.rulebook.rules.rule import Rule


@dataclass(frozen=True)
class Rung:
    """One step of the way to a decision: the policy's role, who holds it, and who of them can take it.

    `able`: without the proposer and, where there are several signatures, without the author; for the line
    manager's step only the person the form names, once it names one.
    """

    role: str
    people: tuple[Person, ...]
    able: tuple[Person, ...]


@dataclass(frozen=True)
class PartToAllow:
    """A person who isn't employed, named for a part that the policy gives them only with permission. `leave`:
    the one in force, with who gave it; `clauses`: those that ask for it."""

    person: Person
    leave: Permission | None
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Ladder:
    """All the people whose approval a proposal needs. `in_order`: the rungs are signatures, one after the
    other; otherwise one of them decides. `short`: the roles left without anyone."""

    rungs: tuple[Rung, ...]
    in_order: bool
    short: tuple[str, ...]


def proposals(person: Person, on: date) -> QuerySet[Proposal]:
    """Return the proposals that a person may see, for paging: their own, and submitted ones where they decide
    or oversee.

    Two queries before the rows: the person's assignments and the federation's policy.
    """
    mine = Q(by=person)
    roles = {role.key: role.capacities for role in book_for(person).roles}
    for assignment in assignments(person, on=on, where=Where(anywhere=True)):
        if not SEES_ALL & roles.get(assignment.role_key, frozenset()):
            continue
        if assignment.scope_kind == "federation":
            mine |= ~Q(state=ProposalState.DRAFT)
        elif assignment.scope_kind == "school":
            mine |= Q(school_id=assignment.school_id) & ~Q(state=ProposalState.DRAFT)
        elif assignment.scope_kind == "line_manager_of":
            mine |= Q(by_id=assignment.managed_id) & ~Q(state=ProposalState.DRAFT)
    return Proposal.objects.filter(mine).select_related("by", "school")


def proposal_for(person: Person, pk: int, *, on: date) -> Proposal:
    """Return one proposal with its signatures, including voided ones, and its discussions.

    Raises NotFound where the person may not know of it.
    """
    for found in with_all_parts(_one().ask({A_NUMBER: pk}), PARTS):
        if rules.may_see_proposal(person, found, on=on):
            return found
    raise NotFound


PARTS: Parts = {
    "signatures": lambda: Prefetch(
        "signatures", Signature.objects.select_related("by", "voided", "edition").order_by("step", "id")
    ),
    "sent_back": lambda: Prefetch("sent_back", SentBack.objects.select_related("by").order_by("-id")),
    "talks": lambda: Prefetch("talks", Talk.objects.select_related("by").order_by("id")),
}
"""What belongs to a proposal."""


@cache
def _one() -> FixedQuery[Proposal]:
    beside = ("by", "school", "decided_by", "decision", "version", "second_try_of")
    return FixedQuery(Proposal.objects.select_related(*beside).filter(pk=A_NUMBER))


def people_offered(named: Collection[int], *, most: int) -> list[tuple[int, str]]:
    """Return the people the form offers, by id and name: the first who are here, and those it names
    already."""
    rows = list(Person.objects.filter(left_on=None).order_by("name", "pk").values_list("pk", "name")[:most])
    absent = set(named) - {pk for pk, _name in rows}
    if absent:
        rows += Person.objects.filter(pk__in=absent).order_by("name", "pk").values_list("pk", "name")
    return rows


def ladder(proposal: Proposal, book: Book, *, on: date) -> Ladder:
    """Return who could sign and decide on this proposal now. The number of queries does not depend on how
    many there are."""
    in_order = steps(book)
    roles = in_order or deciders(book)
    author = author_of(proposal)
    held = _holders([role_key(book, role) for role in roles], proposal, author, on=on)
    out = {proposal.by_id, author.pk} if in_order else {proposal.by_id}
    named = proposal.answers.get("line_manager")
    rungs = []
    for number, role in enumerate(roles):
        people = held.get(role_key(book, role), ())
        able = [person for person in people if person.pk not in out]
        if in_order and number == 0 and named:
            able = [person for person in able if person.pk == named]
        rungs.append(Rung(role, tuple(people), tuple(able)))
    could = [(rung.role, [person.pk for person in rung.able]) for rung in rungs]
    return Ladder(tuple(rungs), bool(in_order), short_of(could, all_of_them=bool(in_order)))


def _holders(
    keys: Sequence[str], proposal: Proposal, author: Person, *, on: date
) -> Mapping[str, Sequence[Person]]:
    """Return role key -> its holders on that day in the proposal's place, by name."""
    rows = (
        assignments_at(Where(school=proposal.school, about=author), on=on)
        .filter(role_key__in=keys)
        .select_related("person")
        .order_by("person__name", "person_id")
    )
    found: dict[str, dict[int, Person]] = {}
    for row in rows:
        found.setdefault(row.role_key, {})[row.person_id] = row.person
    return {key: list(people.values()) for key, people in found.items()}


def people_to_allow(proposal: Proposal, book: Book, *, on: date) -> list[PartToAllow]:
    """Return the people named in a proposal who need permission for their part, by name; none where this
    policy asks for none. Three queries at most."""
    asked: dict[int, list[str]] = {}
    for bound in book.at("account.decide", "approved_people"):
        key = (bound.settings.each or "").partition(".")[2] if isinstance(bound.settings, Rule) else ""
        for pk in proposal.answers.get(key) or []:
            asked.setdefault(pk, []).extend(bound.clauses)
    if not asked:
        return []
    people = list(Person.objects.filter(pk__in=asked).exclude(relation="staff").order_by("name", "pk"))
    rows = permission_on(on).filter(covers=MAY_RUN, subject__in=[subject_of(one) for one in people])
    leaves = {row.subject: row for row in rows.select_related("given_by").order_by("pk")}
    return [
        PartToAllow(one, leaves.get(subject_of(one)), tuple(dict.fromkeys(asked[one.pk]))) for one in people
    ]
