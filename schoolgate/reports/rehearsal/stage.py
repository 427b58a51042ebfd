"""Where a walk happens: a transaction that is rolled back, with made-up people, and what is being prepared in
force."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import current_scope
from schoolgate.people.models import Person, RoleAssignment, User
from schoolgate.people.rules import can
from schoolgate.policy.books import bindings_digest
from schoolgate.policy.models import Attested, PolicyVersion, Reading, VersionState
from schoolgate.policy.queries import in_force
from schoolgate.policy.rehearsed import Rehearsed, changes_to_rehearse
from schoolgate.policy.rules import check_may_record_training
from schoolgate.policy.saying import attest
from schoolgate.policy.training import record_training
from schoolgate.rulebook import Book
from schoolgate.rulebook.capacities import Capacity

NOWHERE = "rehearsal.invalid"
"""No mail can reach it (RFC 2606)."""
TWICE = frozenset({Capacity.APPROVE_POST, Capacity.DECIDE_ACCOUNT, Capacity.SECOND_PERSON})
"""Of a role with one of these there are two people, so that one can do it for the other."""


@dataclass(frozen=True)
class Actor:
    """A made-up person with a role of the policy."""

    person: Person
    role: str
    may: frozenset[str]


@dataclass(frozen=True)
class Company:
    """Made-up people, one or two of each role, who have read the policy and were trained."""

    actors: tuple[Actor, ...]

    def that_may(self, capacity: Capacity) -> list[Actor]:
        """Return those with a capacity, the ones with the fewest others first."""
        return sorted((one for one in self.actors if capacity in one.may), key=lambda one: len(one.may))


class Undone:
    """Says that all of it is undone: only `rolled_back` makes one, and it ends with that."""

    def __init__(self) -> None:
        self.open = True

    def check(self) -> None:
        """Raise RuntimeError where it would not be undone any more."""
        if not self.open:
            raise RuntimeError("a draft comes into force, and people are made up, only to be undone")


@contextmanager
def rolled_back() -> Iterator[Undone]:
    """Undo everything that is done within it: rows, events, jobs, and what the scope remembered. What waits
    for a commit never happens."""
    undone = Undone()
    scope = current_scope()
    pending, closing, reads = len(scope.pending), list(scope.closing), scope.reads
    scope.memo.clear()
    scope.reads = None
    try:
        with transaction.atomic():
            try:
                yield undone
            finally:
                transaction.set_rollback(True)
    finally:
        undone.open = False
        del scope.pending[pending:]
        scope.closing[:] = closing
        scope.memo.clear()
        scope.reads = None if reads is None else {}


def put_in_force(found: Rehearsed, undone: Undone, *, by: Person | None, at: datetime, on: date) -> None:
    """Put what is rehearsed in force, to be undone."""
    undone.check()
    now = in_force(on)
    if found.of == "now" or found.version is None:
        return
    row = PolicyVersion.objects.get(pk=found.version.pk)
    number = now.reading.number + 1
    if row.pk != now.version.pk:
        before = PolicyVersion.objects.filter(pk=now.version.pk)
        before.update(state=VersionState.SUPERSEDED, superseded_at=at)
        PolicyVersion.objects.filter(pk=row.pk).update(
            state=VersionState.IN_FORCE, adopted_on=on, in_force_from=at
        )
        number = 1
    Reading.objects.create(
        version=row,
        number=number,
        bindings_digest=bindings_digest(found.book.pack),
        changes=changes_to_rehearse(found, on=on),
        signed_by=by,
        signed_at=at if by is not None else None,
    )
    current_scope().memo.clear()


def company_of(book: Book, undone: Undone, *, at: datetime, on: date) -> Company:
    """Make up one or two people of each role, to be undone."""
    undone.check()
    version = in_force(on).version
    actors = []
    for role in book.roles:
        for number in (1, 2) if role.capacities & TWICE else (1,):
            name = f"{role.name} {number}"
            email = f"{role.key}.{number}@{NOWHERE}"
            user = User.objects.create(email=email, password="!")  # noqa: S106 - no one signs in with it
            person = Person.objects.create(name=name[:200], email=email, user=user, relation="staff")
            RoleAssignment.objects.create(
                person=person, role_key=role.key, scope_kind="federation", from_day=on, leads_since=at
            )
            actors.append(Actor(person, role.name, frozenset(role.capacities)))
    current_scope().memo.clear()
    for one in actors:
        for kind in (Attested.POLICY_READ, Attested.POLICY_UNDERSTOOD):
            attest(kind=kind, about=version, by=one.person, at=at, seen={})
    keepers = [one for one in actors if can(check_may_record_training, one.person, on=on)]
    for one in actors:
        if keepers:
            record_training(person=one.person, by=keepers[0].person, at=at)
    if not Safeguarder.objects.filter(ended_at=None).exists() and actors:
        Safeguarder.objects.create(place="deputy", person_id=actors[0].person.pk, since=at)
    return Company(tuple(actors))
