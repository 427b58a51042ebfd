"""Reads of duties: a person's own, those about a thing, and who still has to act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, F, Func, Model, Q, QuerySet, TextField, Value, When, Window
from django.db.models.functions import Cast, RowNumber

from schoolgate.core.errors import NotFound
from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import subject_of
from schoolgate.duties.kinds import keeping_nothing
from schoolgate.duties.models import ORDER, STILL_TO_DO, Duty, Urgency
from schoolgate.people.confined import kept_from, known_among, meant_by, meant_in
from schoolgate.people.models import Person, RoleAssignment, ScopeKind
from schoolgate.people.queries import held_by

Key = tuple[int, datetime, int]
"""Where a page of duties ends: how urgent its last row is, its last instant in time, and its id."""


def mine(
    person: Person, on: date, *, after: Key | None = None, limit: int = 50
) -> tuple[list[Duty], Key | None]:
    """Return what the person has to do on a day, most urgent first, then soonest, duties of their roles that
    day included.

    A duty that has moved on shows with its second one too. Returns at most `limit` rows and the key to ask
    the next page with, None on the last one. Three queries, however many rows.
    """
    keys = keys_of(person, held_by(person, on=on), after=after, limit=limit + 1)
    return by_keys(keys[:limit]), keys[limit - 1] if len(keys) > limit else None


def keys_of(
    person: Person,
    held: Iterable[RoleAssignment],
    *,
    after: Key | None = None,
    only: Q | None = None,
    limit: int | None = 50,
) -> list[Key]:
    """Return the keys of what the person has to do, most urgent first, at most `limit` (None: all); those
    that meet `only`. One query.

    Asked branch by branch (the person's own, and those of each role), so that each answer is the head of an
    index and no branch is sorted as a whole, however many duties are open.
    """
    later = _later(after) if after is not None else Q()
    known = Duty.objects.exclude(meant_in(person))
    standing_ones = known.filter(later, only or Q(), state__in=STILL_TO_DO).order_by(*ORDER)
    asked = [standing_ones.filter(branch).values_list(*ORDER)[:limit] for branch in _branches(person, held)]
    # A person's own duty that has moved on to one of their roles comes from two branches.
    return sorted(set(asked[0].union(*asked[1:], all=True)))[:limit]


def by_keys(keys: Sequence[Key]) -> list[Duty]:
    """Return the duties of these keys, in their order, with their people and school. One query."""
    rows = Duty.objects.filter(pk__in=[key[-1] for key in keys])
    return list(rows.select_related("person", "school", "then_person").order_by(*ORDER))


def known_to(person: Person, on: date) -> QuerySet[Duty]:
    """Return the tasks of other people that a person may know of on a day. Lists and counts of tasks that
    aren't the reader's own start here, so that none shows a concern to someone it is kept from."""
    return Duty.objects.exclude(kept_from(person, on))


def open_for(rows: QuerySet[Duty], *, but: Iterable[str] = (), limit: int) -> tuple[list[Duty], int]:
    """Return those of these tasks that are open and not of these kinds, most urgent first, and how many there
    are in all. Two queries."""
    rows = rows.filter(state__in=STILL_TO_DO).exclude(kind__in=list(but))
    shown = rows.select_related("school", "person", "then_person").order_by(*ORDER)
    return list(shown[:limit]), rows.count()


def standing_about(subjects: Iterable[Model | str], *, but: Iterable[int] = ()) -> list[Duty]:
    """Return what anyone still has to do about these things, most urgent first, without the duties `but`. One
    query."""
    rows = _still_to_do().filter(subject__in=[subject_of(subject) for subject in subjects])
    return list(rows.exclude(pk__in=list(but)).order_by(*ORDER))


def one_task(at: datetime | None = None) -> Case:
    """Return what is the same in all duties that are one task, and in no others: where tasks are counted.

    What roles are asked is one task while it stands and when it ends: one kind about one subject at one
    school, and all still to do (at the instant `at`, else now) or ended at the same instant, as one act ends
    them all. Opening doesn't tell: a duty that was passed on was opened later than the rest of its task. What
    a person is asked is a task of its own.
    """
    ended = F("ended_at") if at is None else Case(When(ended_at__lt=at, then="ended_at"))
    parts = (Value("|"), "kind", "subject", "school_id", ended)
    return Case(
        When(person__isnull=False, then=Cast("pk", TextField())),
        default=Func(*parts, function="concat_ws", output_field=TextField()),
    )


def each_task_once(rows: QuerySet[Duty], at: datetime | None = None) -> QuerySet[Duty]:
    """Return of each task (`one_task`) among the rows the duty with the first deadline: it says whether the
    task is late."""
    firsts = rows.order_by().annotate(place=_place(at)).filter(place=1)
    return Duty.objects.filter(pk__in=firsts.values("pk"))


def _place(at: datetime | None = None) -> Window:
    return Window(RowNumber(), partition_by=[one_task(at)], order_by=["due_by", "pk"])


@dataclass(frozen=True)
class Waiting:
    """What waits of one kind: how many things, each once, and how many tasks (`one_task`)."""

    things: int = 0
    things_late: int = 0
    tasks: int = 0
    tasks_late: int = 0


def late_at(at: datetime) -> Q:
    """Return the condition for what is still to do and late then, told by the sweep or not yet, as
    `Due.is_late` answers for one."""
    return Q(state__in=STILL_TO_DO, due_by__lt=at)


def counts_by_kind(rows: QuerySet[Duty], *, at: datetime) -> dict[str, Waiting]:
    """Return for each kind what of these tasks (`known_to`) waits. One query."""
    late = late_at(at)
    counted = {
        "things": Count("subject", distinct=True),
        "things_late": Count("subject", filter=late, distinct=True),
        "tasks": Count(one_task(), distinct=True),
        "tasks_late": Count(one_task(), filter=late, distinct=True),
    }
    rows = rows.filter(state__in=STILL_TO_DO)
    found = rows.values("kind").annotate(**counted).order_by("kind").values_list("kind", *counted)
    return {kind: Waiting(*numbers) for kind, *numbers in found}


def longest_overdue(
    rows: QuerySet[Duty], *, at: datetime, but: Iterable[int] = (), limit: int = 5
) -> dict[Duty, list[str]]:
    """Return those of these tasks (`known_to`) that have been overdue longest, each once, without the duties
    `but`; with each the keys of its roles, none for a person's own. One query."""
    rows = rows.filter(late_at(at)).exclude(pk__in=list(but))
    roles = Window(ArrayAgg("role_key"), partition_by=[one_task()])
    found = rows.annotate(place=_place(), roles=roles).filter(place=1)
    shown = found.select_related("person", "school", "then_person").order_by(*ORDER)[:limit]
    return {duty: [key for key in duty.roles if key] for duty in shown}


def about(subject: Model | str) -> list[Duty]:
    """Return every duty there ever was about a thing, oldest first."""
    name = subject_of(subject)
    return list(read_once(("duties.about", name), lambda: list(_about(name))))


def _about(subject: str) -> QuerySet[Duty]:
    rows = Duty.objects.filter(subject=subject).order_by("id")
    return rows.select_related("person", "school", "then_person", "discharged_by")


def standing(kind: str, subjects: Iterable[Model | str]) -> dict[str, list[Duty]]:
    """Return the open duties of a kind, by the names of these subjects. One query."""
    names = [subject_of(subject) for subject in subjects]
    found: dict[str, list[Duty]] = {name: [] for name in names}
    for duty in _still_to_do().filter(kind=kind, subject__in=names).order_by("due_by", "id"):
        found[duty.subject].append(duty)
    return found


def waiting_for_roles(rows: QuerySet[Duty]) -> dict[str, int]:
    """Return how many of these tasks (`known_to`) wait for each role of the policy, by its key. One query."""
    by_role = rows.filter(state__in=STILL_TO_DO, person=None).values("role_key")
    return dict(by_role.annotate(number=Count("pk")).order_by("role_key").values_list("role_key", "number"))


def duty_for(person: Person, pk: int, on: date) -> Duty:
    """Return one of the person's own duties on a day. Raises NotFound for anyone else's."""
    found = Duty.objects.filter(belonging(person, held_by(person, on=on)), pk=pk).first()
    if found is None:
        raise NotFound
    return found


def danger_of(
    person: Person, on: date, *, kinds: Sequence[str], held: Sequence[RoleAssignment] | None = None
) -> list[Duty]:
    """Return what the person has to do of these kinds because someone may be in danger, longest waiting
    first, but for what is kept from them although it's asked of a role of theirs, or may be about them. One
    query where the assignments of the day are `held` already and nothing is found. Every page asks this, so
    the people that the few found ones may be about are read afterwards."""
    in_danger = Duty.objects.filter(state__in=STILL_TO_DO, urgency=Urgency.DANGER, kind__in=kinds)
    theirs = reduce(or_, _branches(person, held_by(person, on=on) if held is None else held))
    found = list(in_danger.filter(theirs).order_by("opened_at", "pk"))
    subjects = [duty.subject for duty in found]
    known, meant = known_among(person, subjects, on), meant_by(subjects)
    return [duty for duty in found if duty.subject in known and person.pk not in meant.get(duty.subject, ())]


def told_first(duties: Sequence[Duty], before: Mapping[str, str] | None = None) -> dict[int, datetime]:
    """Return when the danger of each of these duties was told, by its number: at the first of those about the
    same thing that were passed on without a break until this one. `before`: things from which others were
    made, as a concern from a comment: their time counts. One query; none without duties."""
    made_of = before or {}
    things = {each.subject for each in duties}
    told: dict[str, list[tuple[datetime, datetime | None]]] = {}
    rows = Duty.objects.filter(subject__in=things | set(made_of.values()), urgency=Urgency.DANGER)
    for subject, opened, ended in rows.values_list("subject", "opened_at", "ended_at") if things else ():
        told.setdefault(subject, []).append((opened, ended))
    found = {}
    for duty in duties:
        since = duty.opened_at
        known = [*told.get(duty.subject, ()), *told.get(made_of.get(duty.subject, ""), ())]
        for opened, ended in sorted(known, key=lambda one: one[0], reverse=True):
            since = min(since, opened) if ended is None or ended >= since else since
        found[duty.pk] = since
    return found


def urgent_subjects(kind: str) -> dict[str, Urgency]:
    """Return the things of a kind (`inbox.item`) with an urgent open duty: how urgent. One query."""
    rows = Duty.objects.filter(
        state__in=STILL_TO_DO, urgency__lt=Urgency.USUAL, subject__startswith=f"{kind}:"
    )
    found = rows.order_by("-urgency").values_list("subject", "urgency")
    return {subject: Urgency(urgency) for subject, urgency in found}


def _later(after: Key) -> Q:
    """Return what comes after a key. The first half finds the place in the index; a plain "or" would read it
    from its beginning."""
    urgency, due_by, pk = after
    not_yet = Q(urgency=urgency) & (Q(due_by__lt=due_by) | Q(due_by=due_by, pk__lte=pk))
    return Q(urgency__gte=urgency) & ~not_yet


def _still_to_do() -> QuerySet[Duty]:
    return Duty.objects.filter(state__in=STILL_TO_DO).select_related("person", "school", "then_person")


def belonging(person: Person, held: Iterable[RoleAssignment]) -> Q:
    """Return the condition that a duty is the person's own or one of their roles', and about nothing that may
    be about them."""
    return reduce(or_, _branches(person, held)) & ~meant_in(person)


def _branches(person: Person, held: Iterable[RoleAssignment]) -> list[Q]:
    """Return which duties are the person's, as conditions that an index serves one by one: two of their own,
    and two for each role, however many places they hold it in."""
    branches = [Q(person=person), Q(then_person=person, moved_on_at__isnull=False)]
    for role_key, reach in _reaches(held).items():
        branches += [
            Q(role_key=role_key) & reach,
            Q(then_role_key=role_key, moved_on_at__isnull=False) & reach,
        ]
    return branches


def _reaches(held: Iterable[RoleAssignment]) -> dict[str, Q]:
    """Return for each role held which of its duties it reaches: one for a school does not reach the whole
    federation's, and the line manager of one person reaches what is about that person's things."""
    places: dict[str, list[RoleAssignment]] = {}
    for assignment in held:
        places.setdefault(assignment.role_key, []).append(assignment)
    return {role_key: _reach(rows) for role_key, rows in places.items()}


def _reach(rows: Sequence[RoleAssignment]) -> Q:
    if any(row.scope_kind == ScopeKind.FEDERATION for row in rows):
        return Q()
    named = {
        "school_id__in": sorted({row.school_id for row in rows if row.school_id}),
        "subject_account__in": sorted({row.account_id for row in rows if row.account_id}),
        "subject__in": sorted({row.item for row in rows if row.item}),
        "about_person__in": sorted({row.managed_id for row in rows if row.managed_id}),
    }
    return reduce(or_, [Q(**{field: values}) for field, values in named.items() if values])


def subjects_needed(names: Sequence[str]) -> set[str]:
    """Return those of these names that an open task is about."""
    rows = Duty.objects.filter(subject__in=names, state__in=STILL_TO_DO)
    rows = rows.exclude(kind__in=keeping_nothing())
    return set(rows.values_list("subject", flat=True))


def people_needed(people: Sequence[int]) -> set[int]:
    """Return those of these people who have an open task, or are what one is about."""
    rows = Duty.objects.filter(Q(person__in=people) | Q(about_person__in=people), state__in=STILL_TO_DO)
    either = {pk for pair in rows.values_list("person_id", "about_person_id") for pk in pair}
    return either & set(people)
