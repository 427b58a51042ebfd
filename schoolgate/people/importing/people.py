"""What a list would do with one person in it: add, change, record as a leaver; their roles and line
manager."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from schoolgate.people.importing.here import Here
from schoolgate.people.importing.reading import Read, RoleRead
from schoolgate.people.importing.said import PersonMessage, say
from schoolgate.people.lists.doubts import may_be_other
from schoolgate.people.lists.lines import PlannedLine
from schoolgate.people.models import Person
from schoolgate.people.sheets import same_word


@dataclass(frozen=True)
class RoleToGive:
    """A role that a person does not have yet."""

    role: RoleRead
    from_day: date
    to_day: date | None


@dataclass
class PersonPlan:
    """One person of the list. `person` None: comes with it. `line` is their first one."""

    read: Read
    line: PlannedLine
    person: Person | None = None
    leaving: date | None = None
    roles: list[RoleToGive] = field(default_factory=list)
    until: list[tuple[int, date]] = field(default_factory=list)
    manager: str | None = None
    manager_here: Person | None = None
    """The line manager, where they are here already; else one who comes with the same list."""
    named: set[RoleRead] = field(default_factory=set)

    @property
    def counts(self) -> bool:
        """Return whether anything is written for them."""
        if self.line.wrong or self.line.passed_over:
            return False
        return bool(
            self.line.is_new or self.changed or self.leaving or self.roles or self.until or self.manager
        )

    @property
    def changed(self) -> list[str]:
        """Return the fields of the person's row that change."""
        if self.person is None:
            return []
        pairs = {"name": self.read.name, "relation": self.read.relation}
        return [name for name, value in pairs.items() if getattr(self.person, name) != value]


def plan_person(line: PlannedLine, read: Read, here: Here, *, by: Person) -> PersonPlan:
    """Return what this first line about a person results in; fills in `line` on the way."""
    plan = PersonPlan(read, line, here.people.get(read.email))
    if plan.person is None:
        _comes(plan, here)
    else:
        line.pk = plan.person.pk
        _stays(plan, plan.person, here)
    if not line.wrong:
        plan_roles(plan, line, read, here, by=by)
    return plan


def _comes(plan: PersonPlan, here: Here) -> None:
    read, line = plan.read, plan.line
    if read.leaving is not None and read.leaving <= here.on:
        line.passed_over = True
        line.notes.append(say("left_before", day=read.leaving))
    elif not read.active:
        line.passed_over = True
        line.notes.append(say("not_active"))
    elif read.email in here.unproven:
        line.wrong.append(say("unproven"))
    else:
        line.is_new = True
        line.changes.append(say("added"))
        if here.by_name.get(same_word(read.name)):
            line.notes.append(say("same_name"))
        _leaves(plan, read.leaving)


def _stays(plan: PersonPlan, person: Person, here: Here) -> None:
    read, line = plan.read, plan.line
    if person.left_on is not None and person.left_on <= here.on:
        if read.active and read.leaving != person.left_on:
            line.wrong.append(say("has_left"))
        else:
            line.passed_over = True
            line.notes.append(say("left_before", day=person.left_on))
        return
    if not read.active and read.leaving is None and person.left_on is None:
        line.wrong.append(say("inactive_without_day"))
        return
    if person.name != read.name:
        if may_be_other(person.name, read.name):
            line.asks.append(say("other_name", old=person.name))
        line.changes.append(say("name_changed", new=read.name, old=person.name))
    if person.relation != read.relation:
        line.changes.append(say("relation_changed", new=read.relation, old=person.relation))
    if read.leaving is not None and read.leaving != person.left_on:
        _leaves(plan, read.leaving)
    elif read.leaving is None and person.left_on is not None:
        line.notes.append(say("leaving_stands", day=person.left_on))


def _leaves(plan: PersonPlan, day: date | None) -> None:
    if day is not None:
        plan.leaving = day
        plan.line.changes.append(say("leaves", day=day))


def plan_roles(plan: PersonPlan, line: PlannedLine, read: Read, here: Here, *, by: Person) -> None:
    """Plan the roles that a line gives to its person; one that they have already is left as it is."""
    for role in read.roles:
        if role in plan.named or line.passed_over:
            continue
        plan.named.add(role)
        said = _role(plan, role, read, here, by=by, line=line)
        if said is not None:
            line.wrong.append(said)


def _role(
    plan: PersonPlan, role: RoleRead, read: Read, here: Here, *, by: Person, line: PlannedLine
) -> PersonMessage | None:
    """Plan one role; returns why it can't be given, or None."""
    person, until = plan.person, read.to_day
    school = here.schools.get(role.school_id) if role.school_id else None
    words = {"role": here.role_name(role.role_key), "place": school.name if school else ""}
    held = here.held.get((person.pk, role.role_key, role.school_id)) if person else None
    if held is not None:
        if until is None or held.to_day == until:
            return None
        if until < max(here.on, held.from_day):
            return say("role_over")
        if person == by:
            return say("own_role")
        plan.until.append((held.pk, until))
        line.changes.append(say("role_until", **words, until=until))
        return None
    if until is not None and until < here.on:
        line.notes.append(say("role_was_over", role=words["role"], day=until))
        return None
    if person is not None and person == by:
        return say("own_role")
    if person is not None and (person.left_on is not None or (plan.leaving or date.max) <= here.on):
        return say("about_to_leave")
    from_day = max(read.from_day or here.on, here.on)
    plan.roles.append(RoleToGive(role, from_day, until))
    code = "role_given_until" if until else "role_given"
    line.changes.append(say(code, **words, day=from_day, until=until))
    if read.from_day is not None and read.from_day < here.on:
        line.notes.append(say("begins_today"))
    return None


def plan_managers(people: Sequence[PersonPlan], here: Here, *, by: Person) -> None:
    """Plan the line managers, once all lines are read: one of them may come with the same list."""
    coming = {one.read.email: one for one in people if one.line.is_new and not one.line.wrong}
    for one in people:
        if one.read.manager and not one.line.wrong and not one.line.passed_over:
            said = _manager(one, here, coming=set(coming), by=by)
            if said is not None:
                one.line.wrong.append(said)
    _without_refused(people)


def _without_refused(people: Sequence[PersonPlan]) -> None:
    """Refuse who would get a line manager who comes with the same list, and is refused; and so on."""
    under: dict[str, list[PersonPlan]] = {}
    for one in people:
        if one.manager and one.manager_here is None and not one.line.wrong:
            under.setdefault(one.manager, []).append(one)
    refused = [one.read.email for one in people if one.line.wrong]
    while refused:
        for one in under.pop(refused.pop(), ()):
            one.line.wrong.append(say("manager_not_here"))
            refused.append(one.read.email)


def _manager(plan: PersonPlan, here: Here, *, coming: set[str], by: Person) -> PersonMessage | None:
    """Plan the line manager; returns why that can't be, or None."""
    email = plan.read.manager
    manager = here.people.get(email)
    if email == plan.read.email:
        return say("manager_oneself")
    if manager is None and email not in coming:
        return say("manager_not_here")
    if manager is not None and manager.left_on is not None:
        return say("manager_leaves")
    now = here.managers.get(plan.person.pk, ()) if plan.person else ()
    if manager is not None and manager.pk in now:
        return None
    if manager == by:
        return say("own_role")
    plan.manager, plan.manager_here = email, manager
    plan.line.changes.append(say("manager_given", name=manager.name if manager else email))
    names = {person.pk: person.name for person in here.people.values()} if now else {}
    plan.line.notes.extend(say("other_manager", name=names[pk]) for pk in now)
    return None
