"""What a list of people would change, line by line, and for each person in it: added, changed, recorded as
a leaver, their roles and line manager. Only who and what is here already is read, in seven queries;
nothing is written.

Headings and words are recognised as schools write them; what can't be used as given is reported with its
line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import current_scope
from schoolgate.people import list_cells, queries
from schoolgate.people.list_cells import (
    Arg,
    Cells,
    ListMessage,
    Meaning,
    Reading,
    may_be_other,
    typed,
    wrong_columns,
)
from schoolgate.people.list_importer import ListPlan, Missing, PlannedLine, counted, seen_of
from schoolgate.people.models import LINE_WORDS, Person, Relation, RoleAssignment, ScopeKind, User
from schoolgate.people.persons import email_is_bad, is_here, name_is_bad, tidy_email, tidy_name
from schoolgate.people.sheets import Line, Sheet, day_of, same_word
from schoolgate.rulebook import Book

LINE_MANAGER = "line-manager"
"""The key of the role under which policies that know line managers name them."""
WHOLE_FEDERATION = ""


class Field(TextChoices):
    """What a column can be about."""

    NAME = "name", _("Name")
    FIRST_NAME = "first_name", _("First name")
    LAST_NAME = "last_name", _("Surname")
    EMAIL = "email", _("Email address")
    RELATION = "relation", _("Relationship to the federation")
    ROLE = "role", _("Policy role")
    SCHOOL = "school", _("School")
    FROM_DAY = "from_day", _("First day of the role")
    TO_DAY = "to_day", _("Last day of the role")
    MANAGER = "manager", _("Line manager’s email address")
    LEAVING_DAY = "leaving_day", _("Leaving date")
    LANGUAGE = "language", _("Language for pages and emails")
    ACTIVE = "active", _("Active or not")


WITH_WORDS = (Field.RELATION, Field.ROLE, Field.SCHOOL, Field.LANGUAGE, Field.ACTIVE)
"""Fields whose words each mean one thing of ours."""

HEADINGS: Mapping[Field, Sequence[str]] = {
    Field.NAME: ("name", "full name", "staff name", "enw", "enw llawn"),
    Field.FIRST_NAME: ("first name", "forename", "given name", "enw cyntaf"),
    Field.LAST_NAME: ("surname", "last name", "family name", "cyfenw"),
    Field.EMAIL: ("email", "e-mail", "email address", "e-mail address", "work email", "e-bost", "ebost"),
    Field.RELATION: ("relation", "type", "category", "staff or governor", "perthynas", "math"),
    Field.ROLE: ("role", "roles", "role in the policy", "post", "job title", "rôl", "swydd"),
    Field.SCHOOL: ("school", "site", "ysgol"),
    Field.FROM_DAY: ("from", "start date", "first day", "start", "o", "dyddiad dechrau"),
    Field.TO_DAY: ("until", "to", "last day", "end date", "tan"),
    Field.MANAGER: (
        "line manager",
        "line manager email",
        "line manager's e-mail",
        "manager",
        "rheolwr llinell",
    ),
    Field.LEAVING_DAY: ("leaving day", "leaving date", "leaves on", "date of leaving", "dyddiad gadael"),
    Field.LANGUAGE: ("language", "iaith"),
    Field.ACTIVE: ("active", "is active", "current", "gweithredol"),
}
"""Headings that are offered for a field; a person checks the offer before it counts."""
PARTS: Mapping[Field, Sequence[str]] = {each: HEADINGS[each] for each in (Field.FIRST_NAME, Field.LAST_NAME)}
"""Headings above a part of a name."""

YES = ("yes", "y", "true", "1", "active", "ie", "ydy", "gweithredol")
NO = ("no", "n", "false", "0", "inactive", "na", "nac ydy")
LANGUAGES = {"en": ("en", "english", "saesneg"), "cy": ("cy", "welsh", "cymraeg")}


def offered(headings: Iterable[str]) -> dict[str, str]:
    """Return, for each field, the heading that looks like it."""
    return list_cells.offered(headings, HEADINGS)


def check_columns(columns: Mapping[str, str], defaults: Mapping[str, str], headings: Sequence[str]) -> None:
    """Raise BadInput (by field) unless these columns are there, each taken once, and nothing is missing."""
    fields = wrong_columns(columns, headings, Field.values)
    if Field.EMAIL not in columns:
        fields["email"] = _("Choose the column with email addresses. They identify people.")
    if Field.NAME not in columns and not {Field.FIRST_NAME, Field.LAST_NAME} <= set(columns):
        fields["name"] = _("Choose the column with names, or the columns with first names and surnames.")
    if Field.RELATION not in columns and defaults.get("relation") not in Relation.values:
        fields["relation"] = _("Choose the column, or choose one relationship for everyone in this list.")
    if Field.ROLE in columns and Field.SCHOOL not in columns and "school" not in defaults:
        fields["school"] = _("Choose the column, or choose where the roles in this list apply.")
    if fields:
        raise BadInput(fields)


def known_words(
    roles: Iterable[tuple[str, str]], schools: Iterable[tuple[int, str, str]], languages: Iterable[str]
) -> dict[str, dict[str, str]]:
    """Return the words that need no explaining: field -> {word: ours}.

    `roles`: key and name; `schools`: number, name and slug; `languages`: codes of the federation's own.
    """
    relations: dict[str, str] = {value: value for value in Relation.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            relations |= {same_word(str(label)): value for value, label in Relation.choices}
    return {
        Field.RELATION: relations,
        Field.ROLE: {same_word(word): key for key, name in roles for word in (key, name)},
        Field.SCHOOL: {same_word(word): str(pk) for pk, name, slug in schools for word in (slug, name)},
        Field.LANGUAGE: {word: code for code in languages for word in LANGUAGES.get(code, (code,))},
        Field.ACTIVE: {**dict.fromkeys(YES, "yes"), **dict.fromkeys(NO, "no")},
    }


@dataclass(frozen=True)
class Here:
    """People by address and by name in plain words; what they hold themselves and has not ended.

    `unproven`: the addresses of sign-ins whose password was chosen at the machine, here or elsewhere.
    """

    federation: Federation
    book: Book
    on: date
    people: Mapping[str, Person]
    unproven: frozenset[str]
    by_name: Mapping[str, Sequence[Person]]
    held: Mapping[tuple[int, str, int | None], RoleAssignment]
    managers: Mapping[int, Sequence[int]]
    schools: Mapping[int, School]
    known: Mapping[str, Mapping[str, str]]

    def role_name(self, key: str) -> str:
        """Return the policy's own name of a role."""
        return next((role.name for role in self.book.roles if role.key == key), key)

    @property
    def names_line_managers(self) -> bool:
        """Return whether the policy knows line managers at all."""
        return names_line_managers(self.book)


def names_line_managers(book: Book) -> bool:
    """Return whether one of the policy's own roles is that of a line manager."""
    return any(role.key == LINE_MANAGER for role in book.roles)


def look_here(on: date) -> Here:
    """Return everything of the federation in scope that a list is compared with."""
    federation = Federation.objects.get(pk=current_scope().federation_id)
    book = queries.book_of(federation)
    schools = {school.pk: school for school in School.objects.order_by("name")}
    people = list(Person.objects.select_related("user").order_by("pk"))
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        by_name[same_word(person.name)].append(person)
    held: dict[tuple[int, str, int | None], RoleAssignment] = {}
    managers: dict[int, list[int]] = defaultdict(list)
    for each in queries.not_over(RoleAssignment.objects.filter(acting_for=None), on=on).order_by("pk"):
        if each.scope_kind in (ScopeKind.FEDERATION, ScopeKind.SCHOOL):
            held.setdefault((each.person_id, each.role_key, each.school_id), each)
        elif each.managed_id is not None and each.role_key == LINE_MANAGER:
            managers[each.managed_id].append(each.person_id)
    return Here(
        federation=federation,
        book=book,
        on=on,
        people={person.user.email.lower(): person for person in people},
        unproven=frozenset(User.objects.filter(address_unproven=True).values_list("email", flat=True)),
        by_name=by_name,
        held=held,
        managers=managers,
        schools=schools,
        known=known_words(
            [(role.key, role.name) for role in book.roles],
            [(school.pk, school.name, school.slug) for school in schools.values()],
            federation.languages,
        ),
    )


@dataclass(frozen=True)
class PersonMessage(list_cells.ListMessage):
    """`code` of `LINE_WORDS`."""

    words: ClassVar[Mapping[str, str | Promise]] = LINE_WORDS

    def shown(self, name: str, arg: Arg) -> str:
        """Return one of the words that fit in, in the active language."""
        if name in ("new", "old") and arg in Relation.values:
            return str(Relation(str(arg)).label)
        if name == "place" and not arg:
            return gettext("in the whole federation")
        return super().shown(name, arg)


def say(code: str, **args: Arg) -> PersonMessage:
    """Return a message about a line."""
    return PersonMessage(code, args)


_BETWEEN = re.compile(r"[;,|\n]")
"""The separator between several roles in one cell."""


@dataclass(frozen=True)
class RoleRead:
    """A role of the policy, in one school or (None) in the whole federation."""

    role_key: str
    school_id: int | None


@dataclass(frozen=True)
class Read:
    """The content of a line. `manager`: an address; `leaving`, `from_day`, `to_day` None: not stated."""

    line: int
    name: str
    email: str
    relation: str
    language: str
    active: bool
    leaving: date | None
    manager: str
    roles: tuple[RoleRead, ...]
    from_day: date | None
    to_day: date | None
    wrong: tuple[ListMessage, ...]

    @property
    def particulars(self) -> tuple[object, ...]:
        """Return what has to be the same on each line of one person."""
        return self.name, self.relation, self.language, self.active, self.leaving, self.manager


@dataclass
class Reader(Reading):
    """Reads the lines of one list of people."""

    def read(self, line: Line) -> Read:
        """Return the content of this line."""
        return _LineReader(self, line).read()


def reader_for(sheet: Sheet, meaning: Meaning, known: Mapping[str, Mapping[str, str]]) -> Reader:
    """Return a reader for the lines of this list below its headings."""
    return Reader.of(sheet, meaning, known)


class _LineReader(Cells):
    says = staticmethod(say)
    names = frozenset({Field.NAME, Field.FIRST_NAME, Field.LAST_NAME})

    def read(self) -> Read:
        return Read(
            line=self.line.number,
            name=self._name(),
            email=self._email(Field.EMAIL, missing="no_email", bad="bad_email"),
            relation=self.word(Field.RELATION),
            language=self.word(Field.LANGUAGE, may_be_empty=True),
            active=self.word(Field.ACTIVE, may_be_empty=True) != "no",
            leaving=self.day(Field.LEAVING_DAY),
            manager=self._email(Field.MANAGER, missing="", bad="manager_bad_email"),
            roles=self._roles(),
            from_day=self.day(Field.FROM_DAY),
            to_day=self._to_day(),
            wrong=tuple(self.wrong),
        )

    def _name(self) -> str:
        parts = (Field.FIRST_NAME, Field.LAST_NAME) if Field.NAME not in self.of.places else (Field.NAME,)
        before = len(self.wrong)
        name = tidy_name(" ".join(self.cell(part) for part in parts))
        if len(self.wrong) == before and not name:
            self.wrong.append(say("no_name"))
        elif name and name_is_bad(name):
            self.wrong.append(say("bad_name"))
        return name

    def _email(self, name: Field, *, missing: str, bad: str) -> str:
        before = len(self.wrong)
        email = tidy_email(self.cell(name))
        if len(self.wrong) > before:
            return ""
        if not email:
            self.wrong += [say(missing)] if missing else []
        elif email_is_bad(email):
            self.wrong.append(say(bad))
        return email

    def _to_day(self) -> date | None:
        """Return the last day. Reports here, once both days are read, where they cross."""
        first, last = day_of(typed(self.cell_quietly(Field.FROM_DAY))), self.day(Field.TO_DAY)
        if first and last and last < first:
            self.wrong.append(say("days_crossed"))
        return last

    def _roles(self) -> tuple[RoleRead, ...]:
        keys = [key for key in self._role_keys() if key]
        if not keys:
            return ()
        school = self.word(Field.SCHOOL)
        return tuple(RoleRead(key, int(school) if school else None) for key in dict.fromkeys(keys))

    def _role_keys(self) -> list[str]:
        words = self.cell(Field.ROLE)
        if not words:
            return []
        whole = self.meant(Field.ROLE, words)
        if whole is not None:
            return [whole]
        found: list[str] = []
        for part in filter(None, (part.strip() for part in _BETWEEN.split(words))):
            key = self.meant(Field.ROLE, part)
            if key is None:
                self.unknown(Field.ROLE, part)
            found.append(key or "")
        return found


def compared(read: Read, first: Mapping[str, PersonPlan]) -> tuple[PlannedLine, PersonPlan | None]:
    """Return the line, and the plan of its person where an earlier line began it and this one may add to it.

    A second line of one address adds a role elsewhere; it may not change anything else, nor repeat a role.
    """
    line = PlannedLine(number=read.line, name=read.name, address=read.email, wrong=list(read.wrong))
    before = first.get(read.email) if read.email else None
    if before is None or line.wrong:
        return line, None
    line.pk, line.is_new, line.passed_over = before.line.pk, before.line.is_new, before.line.passed_over
    if before.line.wrong:
        line.wrong.append(say("other_person_line", line=before.line.number))
    elif read.particulars != before.read.particulars:
        line.wrong.append(say("line_differs", line=before.line.number))
    elif set(read.roles) <= before.named:
        line.wrong.append(say("line_twice", line=before.line.number))
    else:
        return line, before
    return line, None


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


@dataclass(frozen=True, kw_only=True)
class Plan(ListPlan):
    """A plan that also has what to write. `counts`: also people and roles before and after."""

    people: Sequence[PersonPlan]


def plan_import(sheet: Sheet, meaning: Meaning, *, by: Person, on: date, content: str) -> Plan:
    """Return what this list would change on a day, uploaded by `by`; `content` is the digest of the file."""
    here = look_here(on)
    reader = reader_for(sheet, meaning, here.known)
    lines: list[PlannedLine] = []
    first: dict[str, PersonPlan] = {}
    for each in sheet.lines[1:]:
        read = reader.read(each)
        line, known = compared(read, first)
        if known is not None:
            plan_roles(known, line, read, here, by=by)
        elif read.email in first and any(one.code == "line_differs" for one in line.wrong):
            first[read.email].line.wrong.append(say("line_differs", line=read.line))
        elif not line.wrong:
            first[read.email] = plan_person(line, read, here, by=by)
        elif read.email:
            # The next line of the same person reports that this one is refused.
            first.setdefault(read.email, PersonPlan(read, line))
        lines.append(line)
    people = list(first.values())
    plan_managers(people, here, by=by)
    missing = _missing(here, reads=[one.read for one in people])
    counts = _counts(lines, people, here, missing)
    return Plan(
        lines=lines,
        people=[one for one in people if one.counts],
        missing=missing,
        unknown=reader.unknown,
        counts=counts,
        seen=seen_of(lines, counts, meaning, content, [one.pk for one in missing]),
    )


def _missing(here: Here, *, reads: Sequence[Read]) -> list[Missing]:
    """Return the people who are here, are the same to the federation as a person in the list, and are not in
    it."""
    addresses, relations = {read.email for read in reads}, {read.relation for read in reads}
    return sorted(
        (
            Missing(person.pk, person.name)
            for email, person in here.people.items()
            if email not in addresses and person.relation in relations and is_here(person, here.on)
        ),
        key=lambda one: (same_word(one.name), one.pk),
    )


def _counts(
    lines: Sequence[PlannedLine], people: Sequence[PersonPlan], here: Here, missing: Sequence[Missing]
) -> dict[str, int]:
    before = sum(is_here(person, here.on) for person in here.people.values())
    taken = [one for one in people if one.counts]
    new = sum(one.person is None for one in taken)
    gone = sum(
        one.leaving is not None
        and one.leaving <= here.on
        and one.person is not None
        and is_here(one.person, here.on)
        for one in taken
    )
    roles = len(here.held) + sum(map(len, here.managers.values()))
    given = sum(len(one.roles) + (one.manager is not None) for one in taken)
    return {
        **counted(lines),
        "people_before": before,
        "people_after": before + new - gone,
        "people_added": new,
        "roles_before": roles,
        "roles_given": given,
        "missing": len(missing),
    }
