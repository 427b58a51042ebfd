"""Apply a list of people: many rows at once, the same number of statements for some hundreds. Its steps are
those of every list (`people.list_importer`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.rows import insert, reserve
from schoolgate.people import queries, rules
from schoolgate.people.leads import is_only_seat, leads_anywhere, let_go
from schoolgate.people.leaving import record_departure
from schoolgate.people.list_cells import known_headings, names_apart
from schoolgate.people.list_importer import Events, Importer, Shape
from schoolgate.people.list_lines import (
    HEADINGS,
    LINE_MANAGER,
    PARTS,
    Field,
    PersonPlan,
    Plan,
    RoleToGive,
    check_columns,
    names_line_managers,
    plan_import,
)
from schoolgate.people.models import (
    INVITATION_LASTS,
    HowKnown,
    ImportMapping,
    Invitation,
    Membership,
    PeopleImport,
    Person,
    Relation,
    RoleAssignment,
    ScopeKind,
    User,
)
from schoolgate.people.persons import check_still_staffed

AT_ONCE = 500
"""Changed rows a statement."""


def write_people(plan: Plan, *, by: Person, at: datetime, invite: bool) -> None:
    """Write the plan, with one event each. Leavings go one by one to `record_departure`, because much follows
    from each."""
    new = [one for one in plan.people if one.person is None]
    added = _add(new, by=by, at=at)
    _change([one for one in plan.people if one.changed], by=by, at=at)
    persons = {**added, **{one.read.email: one.person for one in plan.people if one.person is not None}}
    _give(plan.people, persons, by=by, at=at)
    _set_last_days(plan.people, by=by, at=at)
    if invite:
        _invite([added[one.read.email] for one in new], by=by, at=at)
    for one in plan.people:
        if one.leaving is not None:
            person = persons[one.read.email]
            if _waits(person, by=by, at=at):
                continue
            record_departure(by=by, at=at, person=person, left_on=one.leaving, how=HowKnown.IMPORTED)


def _numbered(rows: Sequence[Model]) -> None:
    for row, pk in zip(rows, reserve(type(rows[0]), len(rows)) if rows else [], strict=True):
        row.pk = pk


def _add(new: Sequence[PersonPlan], *, by: Person, at: datetime) -> dict[str, Person]:
    """Create users where there are none yet, persons and memberships; return the persons by address."""
    users = _users([one.read.email for one in new])
    language = by.federation.languages[0]
    persons = [
        Person(
            federation_id=by.federation_id,
            name=one.read.name,
            email=one.read.email,
            user=users[one.read.email],
            language=one.read.language or language,
            relation=one.read.relation,
        )
        for one in new
    ]
    _numbered(persons)
    insert(persons)
    memberships = [
        Membership(user_id=person.user_id, federation=by.federation, person_id=person.pk, since=at)
        for person in persons
    ]
    _numbered(memberships)
    insert(memberships)
    for person in persons:
        record("people.person_added", subject=person, at=at, actor=by)
    return {person.email: person for person in persons}


def _users(emails: Iterable[str]) -> Mapping[str, User]:
    """Return the sign-in of each address: the one there is, or one that cannot be used yet."""
    wanted = list(emails)
    found = {user.email.lower(): user for user in User.objects.for_emails(wanted)}
    made = [User(email=email) for email in wanted if email not in found]
    for user in made:
        user.set_unusable_password()
    _numbered(made)
    insert(made)
    return found | {user.email: user for user in made}


def _change(changed: Sequence[PersonPlan], *, by: Person, at: datetime) -> None:
    persons: list[Person] = []
    for one in changed:
        if one.person is not None:
            one.person.name, one.person.relation = one.read.name, one.read.relation
            persons.append(one.person)
            record("people.person_changed", subject=one.person, at=at, actor=by)
    Person.objects.bulk_update(persons, ["name", "relation"], batch_size=AT_ONCE)


def _give(people: Sequence[PersonPlan], persons: Mapping[str, Person], *, by: Person, at: datetime) -> None:
    """Give the roles, and the line managers, who may be outside the list."""
    assignments: list[RoleAssignment] = []
    for one in people:
        person = persons[one.read.email]
        assignments += [_assignment(person, each) for each in one.roles]
        if one.manager:
            manager = one.manager_here or persons[one.manager]
            assignments.append(_managing(manager, person, at=at))
    _numbered(assignments)
    insert(assignments)
    for assignment in assignments:
        record(
            "people.assignment_given",
            subject=assignment,
            at=at,
            actor=by,
            person=assignment.person_id,
            role=assignment.role_key,
            scope=f"{assignment.scope_kind}:{assignment.scope_id}",
        )


def _assignment(person: Person, given: RoleToGive) -> RoleAssignment:
    return RoleAssignment(
        federation_id=person.federation_id,
        person_id=person.pk,
        role_key=given.role.role_key,
        scope_kind=ScopeKind.SCHOOL if given.role.school_id else ScopeKind.FEDERATION,
        school_id=given.role.school_id,
        from_day=given.from_day,
        to_day=given.to_day,
    )


def _managing(manager: Person, person: Person, *, at: datetime) -> RoleAssignment:
    return RoleAssignment(
        federation_id=person.federation_id,
        person_id=manager.pk,
        role_key=LINE_MANAGER,
        scope_kind=ScopeKind.LINE_MANAGER_OF,
        managed_id=person.pk,
        from_day=local_day(at),
    )


def _set_last_days(people: Sequence[PersonPlan], *, by: Person, at: datetime) -> None:
    until = dict(pair for one in people for pair in one.until)
    held = list(RoleAssignment.objects.filter(pk__in=until).select_related("person__federation", "school"))
    for each in [one for one in held if not _waits(one.person, only=one, by=by, at=at)]:
        each.to_day = until[each.pk]
        record("people.assignment_changed", subject=each, at=at, actor=by, person=each.person_id)
    RoleAssignment.objects.bulk_update(held, ["to_day"], batch_size=AT_ONCE)


def _waits(person: Person, *, by: Person, at: datetime, only: RoleAssignment | None = None) -> bool:
    """Return whether what the list says waits, because this person leads on safeguarding (with `only`: by
    this role) and two people haven't agreed that they go: a second one is asked."""
    leads = is_only_seat(only) if only is not None else leads_anywhere(person, on=local_day(at))
    waits = leads and let_go(person, at=at) is None
    if waits:
        record("people.lead_to_go", subject=person, at=at, actor=by, by=by.pk)
    return waits


def _invite(persons: Sequence[Person], *, by: Person, at: datetime) -> None:
    """Invite each of them; the mails are sent once all of this is committed."""
    invitations = [
        Invitation(
            user_id=person.user_id,
            federation=by.federation,
            person_id=person.pk,
            made_at=at,
            expires_at=at + INVITATION_LASTS,
        )
        for person in persons
    ]
    _numbered(invitations)
    insert(invitations)
    for person, invitation in zip(persons, invitations, strict=True):
        record("people.invited", subject=person, at=at, actor=by, invitation=invitation.pk)


def _check_columns(
    by: Person, columns: Mapping[str, str], defaults: Mapping[str, str], headings: Sequence[str]
) -> None:
    if Field.MANAGER in columns and not names_line_managers(queries.book_for(by)):
        raise BadInput({"manager": _("This policy doesn’t mention line managers. Leave this column out.")})
    check_columns(columns, defaults, headings)


def _meanings(by: Person) -> Mapping[str, set[str]]:
    return {
        Field.RELATION: set(Relation.values),
        Field.ROLE: {"", *(role.key for role in queries.book_for(by).roles)},
        Field.SCHOOL: {"", *map(str, School.objects.values_list("pk", flat=True))},
        Field.LANGUAGE: set(by.federation.languages),
        Field.ACTIVE: {"yes", "no"},
    }


def _write(plan: Plan, importing: PeopleImport, *, by: Person, at: datetime, invite: bool = False) -> None:
    """Write the plan of an import. Removes no one and ends no role. People can't sign in because of it,
    unless `invite` sends an invitation to each new person. Raises NotNow where no one would be left to manage
    people."""
    write_people(plan, by=by, at=at, invite=invite)
    check_still_staffed(by.federation, on=local_day(at))


PEOPLE = Importer(
    lists=PeopleImport,
    mappings=ImportMapping,
    events=Events(
        uploaded="people.import_started",
        explained="people.mapping_kept",
        applied="people.import_done",
        dropped="people.import_dropped",
        lapsed="people.import_lapsed",
    ),
    may=rules.check_may_administer,
    check_columns=_check_columns,
    plan=plan_import,
    write=_write,
    ids={"added": "people_added", "roles": "roles_given"},
    meanings=_meanings,
    shape=Shape(known=known_headings(HEADINGS), tidy=partial(names_apart, known=known_headings(PARTS))),
)
