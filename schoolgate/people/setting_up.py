"""First steps of a federation: its schools, who manages people first, and the safeguarding leads. And the
guides of getting started, dismissed and resumed: private to the user, no one else reads them, and none
of it goes into the record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, F, Q
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from schoolgate.core import rows
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_instant
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import (
    OTHER_SCHOOL,
    Country,
    Federation,
    Safeguarder,
    School,
)
from schoolgate.core.setting_up import is_slug
from schoolgate.core.tenancy import current_scope
from schoolgate.people import rules
from schoolgate.people.assignments import give_assignment
from schoolgate.people.models import INVITATION_LASTS, FirstWalk, Invitation, Person, Relation, WalkStep
from schoolgate.people.persons import add_person, invite
from schoolgate.people.queries import book_for, book_of
from schoolgate.rulebook import Book
from schoolgate.rulebook.clauses import Role

FIRST = 7_204_120
"""Names the lock that two people who set up one federation at the same time wait for."""


def roles_that_administer(book: Book) -> list[Role]:
    """Return the roles of a policy whose holders look after people and roles here."""
    return book.pack.roles_with("administer")


@action
def add_school(
    *,
    by: Person | None,
    at: datetime,
    name: str,
    slug: str,
    country: str,
    languages: Sequence[str],
    in_policy: str = "",
) -> School:
    """Add a school. `by` None is for the set-up, open only while no one here manages people.

    `in_policy`: the policy's own name for it, OTHER_SCHOOL for none of those that it names; empty where it is
    not stated. Raises NotAllowed, BadInput (name, slug, country, languages, in_policy).
    """
    federation = _check_by(by, at)
    fields = _school_fields(federation, name=name, country=country, languages=languages, in_policy=in_policy)
    if not is_slug(slug):
        fields["slug"] = _("Use lowercase letters a to z, numbers and hyphens, at most 60.")
    elif School.objects.filter(slug=slug).exists():
        fields["slug"] = _("Another school already has this web address name. Choose another.")
    if fields:
        raise BadInput(fields)
    school = School.objects.create(
        name=" ".join(name.split()),
        slug=slug,
        country=country,
        languages=list(languages),
        in_policy=in_policy,
    )
    record("school.added", subject=school, at=at, actor=by)
    return school


@action
def change_school(
    *,
    by: Person,
    at: datetime,
    school: School,
    name: str,
    country: str,
    languages: Sequence[str],
    in_policy: str = "",
) -> School:
    """Correct a school's name, country, languages and place in the policy; its address stays.

    Without `in_policy` its place in the policy stays the same, whatever its new name is. Raises NotAllowed,
    BadInput."""
    federation = _check_by(by, at)
    fields = _school_fields(federation, name=name, country=country, languages=languages, in_policy=in_policy)
    if fields:
        raise BadInput(fields)
    named = schools_of_policy(federation)
    was = school.among(named) if named else None
    school.name, school.country, school.languages = " ".join(name.split()), country, list(languages)
    school.in_policy = in_policy or was or school.in_policy
    school.save(update_fields=["name", "country", "languages", "in_policy"])
    record("school.changed", subject=school, at=at, actor=by)
    return school


def schools_of_policy(federation: Federation) -> tuple[str, ...]:
    """Return the schools that the policy names; empty where it names none."""
    return book_of(federation).meta.schools


def _school_fields(
    federation: Federation, *, name: str, country: str, languages: Sequence[str], in_policy: str
) -> dict[str, Text]:
    fields: dict[str, Text] = {}
    if not 0 < len(name.strip()) <= 200:
        fields["name"] = _("Enter the school’s name, in 200 characters or fewer.")
    if country not in Country.values:
        fields["country"] = _("Choose England or Wales.")
    if not languages or set(languages) - set(federation.languages):
        fields["languages"] = _("Choose at least one of the federation’s languages.")
    if in_policy and in_policy not in (OTHER_SCHOOL, *schools_of_policy(federation)):
        fields["in_policy"] = _("Choose one of the schools the policy names, or none of them.")
    return fields


def _check_by(by: Person | None, at: datetime) -> Federation:
    federation = Federation.objects.get(pk=current_scope().federation_id)
    if by is not None:
        rules.check_may_administer(by, on=local_day(at))
    elif not rules.is_unstaffed(federation, on=local_day(at)):
        raise NotAllowed(
            _("Someone already looks after people here."), next_step=_("Sign in, or ask them to do it.")
        )
    return federation


@action
def enter_first(*, at: datetime, name: str, email: str, role_key: str, language: str) -> Invitation:
    """Add the first person who manages people here, with the role that allows it, and invite them.

    Open only while there is none; if two try at once, one is told. Raises NotAllowed, BadInput (name, email,
    role_key, language).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [FIRST, current_scope().federation_id])
    federation = _check_by(None, at)
    book = book_of(federation)
    if role_key not in {role.key for role in roles_that_administer(book)}:
        raise BadInput({"role_key": _("Choose one of the roles that look after people here.")})
    person = add_person(by=None, at=at, name=name, email=email, relation=Relation.STAFF, language=language)
    waiting = invite(by=None, at=at, person=person)
    give_assignment(by=None, at=at, person=person, role_key=role_key, from_day=local_day(at))
    return waiting


def not_begun() -> Person | None:
    """Return the first person added, while no one at all has chosen how to sign in; None: at least one has,
    or no one is added."""
    unusable = Q(user__password="") | Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    chosen = Person.objects.exclude(unusable)
    if chosen.exists() or Person.objects.filter(user__school_accounts__isnull=False).exists():
        return None
    return Person.objects.select_related("user", "federation").order_by("pk").first()


@action
def invite_first_again(*, at: datetime) -> Invitation:
    """Create a new invitation for the person added first, as long as they have not chosen how to sign in.

    Raises NotNow otherwise.
    """
    person = not_begun()
    if person is None:
        raise NotNow(_("Someone already looks after people here."), next_step=_("Sign in instead."))
    Invitation.objects.filter(user=person.user_id, federation=person.federation, used_at=None).delete()
    invitation = Invitation.objects.create(
        user=person.user, federation=person.federation, person_id=person.pk, made_at=at,
        expires_at=at + INVITATION_LASTS,
    )  # fmt: skip
    record("people.invited", subject=person, at=at, invitation=invitation.pk)
    return invitation


@action
def invite_second(
    *, by: Person, at: datetime, name: str, email: str, role_key: str, acting: bool, language: str
) -> Person:
    """Add another person who manages people, with a role of their own or acting for `by`, and invite them.

    Raises NotAllowed, BadInput (name, email, role_key, language).
    """
    person = add_person(by=by, at=at, name=name, email=email, relation=Relation.STAFF, language=language)
    if role_key not in {role.key for role in roles_that_administer(book_for(by))}:
        raise BadInput({"role_key": _("Choose one of the roles that look after people here.")})
    try:
        give_assignment(
            by=by,
            at=at,
            person=person,
            role_key=role_key,
            from_day=local_day(at),
            acting_for=by if acting else None,
        )
    except BadInput as error:
        if "acting_for" not in error.fields:
            raise
        raise BadInput(
            {
                "role_key": _(
                    "You don’t have this role, so no one can act for you in it. Choose one of your own roles."
                )
            }
        ) from error
    invite(by=by, at=at, person=person)
    return person


@dataclass(frozen=True)
class Begun:
    """`opened`: steps whose pages were opened; `hidden`: since when a list is hidden, by its key;
    `safeguards`: whether the person leads on safeguarding here."""

    opened: frozenset[str]
    hidden: Mapping[str, datetime]
    safeguards: bool


def begun(person: Person, **also: Any) -> tuple[Begun, dict[str, Any]]:
    """Return a person's progress, and what the other questions give that are asked with it. One query."""
    opened = WalkStep.objects.filter(person=person).values("step")
    hidden = FirstWalk.objects.filter(person=person).exclude(set_aside_at=None)
    found = rows.ask(
        opened=ArraySubquery(opened),
        hidden=ArraySubquery(hidden.values(each=JSONObject(walk=F("walk"), at=F("set_aside_at")))),
        safeguards=Exists(Safeguarder.objects.filter(person_id=person.pk, ended_at=None)),
        **also,
    )
    so_far = Begun(
        frozenset(found["opened"]),
        {each["walk"]: stored_instant(each["at"]) for each in found["hidden"]},
        found["safeguards"],
    )
    return so_far, found


@action
def set_walk_aside(*, by: Person, at: datetime, walk: str) -> None:
    """Hide this getting-started guide on Today. Doing it twice changes nothing."""
    FirstWalk.objects.update_or_create(person=by, walk=walk, defaults={"set_aside_at": at})


@action
def take_walk_up(*, by: Person, at: datetime, walk: str) -> None:
    """Show it again from now on."""
    FirstWalk.objects.filter(person=by, walk=walk).update(set_aside_at=None)


@action
def note_walk_step(*, by: Person, at: datetime, walk: str, step: str) -> None:
    """Note that a person opened the page of a step; the first time counts."""
    WalkStep.objects.get_or_create(person=by, walk=walk, step=step, defaults={"at": at})
