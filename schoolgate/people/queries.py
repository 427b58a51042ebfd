"""Named reads: what a person may do on a day, at a place and at each school, who holds a role there, which
permissions are on record, which hats a user has, who is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, Protocol

from allauth.mfa.models import Authenticator
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.models import Federation, LedgerRow, School
from schoolgate.core.reading_once import A_DAY, A_NUMBER, A_TEXT, FixedQuery, Question, read_once
from schoolgate.core.rows import with_words
from schoolgate.core.tenancy import current_scope, in_scope
from schoolgate.people.models import (
    DirectoryAdmits,
    ExtendedAbsence,
    FactorReset,
    Invitation,
    Membership,
    Permission,
    Person,
    PersonTelephone,
    ResetState,
    RoleAssignment,
    SchoolAccount,
    ScopeKind,
    User,
)
from schoolgate.rulebook import BadPack, Book, book
from schoolgate.rulebook.book import blank_book
from schoolgate.rulebook.errors import UnknownPolicy
from schoolgate.rulebook.packs import own_keys
from schoolgate.rulebook.packs.blank import BLANK


def remember_assignments(person: Person, held: Iterable[RoleAssignment], *, on: date) -> None:
    """Answer what this person may do on a day from these, all that they hold then, until the scope ends.

    Only for a request that changes nothing: an action asks the database again.
    """
    current_scope().memo["people.held", person.pk, on] = list(held)


def remembered_assignments(person: Person, *, on: date) -> list[RoleAssignment] | None:
    """Return what this person holds on a day as `remember_assignments` was told; None if it was not."""
    known = current_scope().memo.get(("people.held", person.pk, on)) if in_scope() else None
    return known if isinstance(known, list) else None


class HasSchool(Protocol):
    """An account, as far as a scope needs it (the accounts app depends on this one)."""

    pk: Any
    school_id: Any


class OfFederation(Protocol):
    """A row of a federation."""

    federation_id: Any
    federation: Any


@dataclass(frozen=True)
class Where:
    """The place of an act: nothing given means the whole federation.

    An assignment for one school does not reach a thing of the whole federation: forgetting to name the school
    can only refuse, never allow. `anywhere` asks whether there is any place at all (menus, sign-in).
    """

    school: School | None = None
    account: HasSchool | None = None
    item: str = ""
    about: Person | None = None
    anywhere: bool = False

    def reached(self) -> Q:
        """Return the condition on an assignment that reaches this place."""
        if self.anywhere:
            return Q()
        account = self.account.pk if self.account else None
        reached = reached_at(self.schools, account)
        if self.item:
            reached |= Q(scope_kind=ScopeKind.ITEM, item=self.item)
        if self.about:
            reached |= Q(scope_kind=ScopeKind.LINE_MANAGER_OF, managed=self.about)
        return reached

    @property
    def schools(self) -> list[int]:
        """Ids of the school and of the account's."""
        own = (self.school.pk if self.school else None, self.account.school_id if self.account else None)
        return list(dict.fromkeys(one for one in own if one is not None))

    def reached_by(self, assignment: RoleAssignment) -> bool:
        """Return whether an assignment that was read reaches this place; `reached` asks it of rows."""
        if self.anywhere or assignment.scope_kind == ScopeKind.FEDERATION:
            return True
        account, school, about = self.account, self.school, self.about
        schools = {school.pk if school else None, account.school_id if account else None}
        places = {
            (ScopeKind.ACCOUNT, account.pk if account else None, assignment.account_id),
            (ScopeKind.ITEM, self.item or None, assignment.item),
            (ScopeKind.LINE_MANAGER_OF, about.pk if about else None, assignment.managed_id),
            *((ScopeKind.SCHOOL, each, assignment.school_id) for each in schools),
        }
        return any(
            assignment.scope_kind == kind and wanted is not None and wanted == held
            for kind, wanted, held in places
        )


def reached_at(schools: Sequence[int], account: int | None) -> Q:
    """Return the condition on an assignment that reaches these schools and this account, by their ids."""
    reached = Q(scope_kind=ScopeKind.FEDERATION)
    if account is not None:
        reached |= Q(scope_kind=ScopeKind.ACCOUNT, account_id=account)
    return reached | Q(scope_kind=ScopeKind.SCHOOL, school_id__in=schools) if schools else reached


def live_on(on: date) -> Q:
    """Return the condition that a day is between the first and the last day, both included."""
    return Q(from_day__lte=on) & (Q(to_day=None) | Q(to_day__gte=on))


def held_on(on: date) -> Q:
    """Return assignments that count on a day: within their days, and not ended early."""
    return live_on(on) & (Q(ended_on=None) | Q(ended_on__gt=on))


def here_on(on: date, prefix: str = "") -> Q:
    """Return persons who have not left: on the day of leaving they are gone."""
    return Q(**{f"{prefix}left_on": None}) | Q(**{f"{prefix}left_on__gt": on})


def away_on(on: date, *, person: str = "person") -> Exists:
    """Return whether the person that a row names in `person` is on long leave on a day."""
    return Exists(ExtendedAbsence.objects.filter(permission_counts(on), person=OuterRef(person)))


def permission_counts(on: date) -> Q:
    """Return long leave that counts on a day: within its days, and not ended before."""
    return live_on(on) & (Q(over_on=None) | Q(over_on__gt=on))


def book_of(federation: Federation) -> Book:
    """Return the federation's rulebook: of the policy in force or, before there is one, of the policy that
    comes with the program. Raises NotNow where that one can't be read."""
    found = _find_book() if in_scope() and current_scope().federation_id == federation.pk else None
    return found or packaged_book(federation)


def book_for(row: OfFederation) -> Book:
    """Return the rulebook of a row's federation, as `book_of`; the federation isn't read for it."""
    ours = in_scope() and current_scope().federation_id == row.federation_id
    return (_find_book() if ours else None) or book_of(row.federation)


def packaged_book(federation: Federation, *, whole: bool = False) -> Book:
    """Return the rulebook packaged with the program, or the one in the installation's own folder. Raises
    NotNow where that folder can't be read; what was adopted from it is stored, and stays. `whole`: check
    every rule now, not when its situation is first asked."""
    if federation.policy_key == BLANK and BLANK not in own_keys():
        return blank_book(federation.name)
    try:
        found = book(federation.policy_key)
        if whole:
            found.check()
        return found
    except (BadPack, UnknownPolicy) as bad:
        raise NotNow(
            format_lazy(_("This policy’s files can’t be read: {why}."), why=str(bad)),
            format_lazy(
                _("Ask your server administrator to run: schoolgate policy lint {key}"),
                key=federation.policy_key,
            ),
        ) from None


def _no_book() -> Book | None:
    return None


_find_book: Callable[[], Book | None] = _no_book


def set_policy_resolver(find: Callable[[], Book | None]) -> None:
    """Register how the book in force in scope is found: by the policy app, which depends on this one."""
    global _find_book  # noqa: PLW0603 - set once, at the start
    _find_book = find


def assignments_at(where: Where, *, on: date, in_person: bool = False) -> QuerySet[RoleAssignment]:
    """Return all assignments that count on the day `on` at this place: no leavers, no one on long leave."""
    return counting(where.reached(), on=on, in_person=in_person)


def counting(there: Q, *, on: date, in_person: bool) -> QuerySet[RoleAssignment]:
    """Return all assignments that count on the day `on` where this condition holds."""
    held = RoleAssignment.objects.filter(held_on(on), here_on(on, "person__"), ~away_on(on), there)
    return held.filter(acting_for=None) if in_person else held


def assignments(
    person: Person, *, on: date, in_person: bool = False, where: Where = Where()
) -> QuerySet[RoleAssignment]:
    """Return the assignments of `person` that count on the day `on` at this place. `in_person` leaves out
    what is held for another person: where a role's own word counts, no one covers."""
    return assignments_at(where, on=on, in_person=in_person).filter(person=person)


def capacities(
    person: Person,
    *,
    on: date,
    school: School | None = None,
    account: HasSchool | None = None,
    item: str = "",
    about: Person | None = None,
    anywhere: bool = False,
    in_person: bool = False,
) -> frozenset[str]:
    """Return what `person` may do at this place on the day `on`: the union over their roles, from the closed
    list. Without a place only assignments over the whole federation count (see `Where`)."""
    keys = role_keys(person, Where(school, account, item, about, anywhere), on=on, in_person=in_person)
    return capacities_of_roles(keys, book_for(person))


def held_by(person: Person, *, on: date) -> list[RoleAssignment]:
    """Return all assignments of `person` that count on a day, at any place, each with its school and the
    person it acts for."""
    if (known := remembered_assignments(person, on=on)) is not None:
        return known
    given = {A_NUMBER: person.pk, A_DAY: on}
    return read_once(("people.held_by", person.pk, on), lambda: _assignments().ask(given))


def held_asked(person_id: int, *, on: date) -> Question:
    """Return what `held_by` asks."""
    return _assignments(), {A_NUMBER: person_id, A_DAY: on}


@cache
def _assignments() -> FixedQuery[RoleAssignment]:
    held = assignments_at(Where(anywhere=True), on=A_DAY).filter(person=A_NUMBER)
    return FixedQuery(held.select_related("acting_for", "school").order_by("pk"))


def role_keys(person: Person, where: Where, *, on: date, in_person: bool = False) -> list[str]:
    """Return the keys of the roles that `person` holds at this place on a day, one for each assignment."""
    known = held_by(person, on=on)
    own = (one for one in known if one.acting_for_id is None) if in_person else known
    return [one.role_key for one in own if where.reached_by(one)]


def capacities_of_roles(role_keys: Iterable[str], of: Book) -> frozenset[str]:
    """Return the capacities that these roles of this book carry: none where it doesn't know the role."""
    keys = set(role_keys)
    return frozenset(c for role in of.roles if role.key in keys for c in role.capacities)


def roles_of(
    person: Person,
    *,
    on: date,
    school: School | None = None,
    account: HasSchool | None = None,
    about: Person | None = None,
    anywhere: bool = False,
    in_person: bool = False,
) -> list[str]:
    """Return the policy's own names of the roles that `person` holds at this place on `on`, in its order."""
    where = Where(school, account, about=about, anywhere=anywhere)
    held = set(role_keys(person, where, on=on, in_person=in_person))
    return [role.name for role in book_for(person).roles if role.key in held]


def not_over(held: QuerySet[RoleAssignment], *, on: date) -> QuerySet[RoleAssignment]:
    """Return those of these assignments that count on the day `on` or will begin later."""
    return held.filter(Q(to_day=None) | Q(to_day__gte=on), Q(ended_on=None) | Q(ended_on__gt=on))


def assignment(person_pk: int, pk: int) -> RoleAssignment:
    """Return this assignment of this person, with the people and the school it names. Raises NotFound."""
    rows = RoleAssignment.objects.select_related("person__federation", "school", "managed", "acting_for")
    if (found := rows.filter(person=person_pk, pk=pk).first()) is None:
        raise NotFound
    return found


def roles_held_by(person: Person, *, on: date) -> list[RoleAssignment]:
    """Return a person's assignments that count on a day or begin later, earliest first."""
    rows = not_over(RoleAssignment.objects.filter(person=person), on=on)
    return list(rows.select_related("school", "managed", "acting_for").order_by("from_day", "pk"))


def telephone_of(person: Person) -> str:
    """Return the number at which a person is reached when the program is down, empty where there is none."""
    return PersonTelephone.objects.filter(person=person).values_list("number", flat=True).first() or ""


def chose_language(person_id: int) -> bool:
    """Return whether this person has ever chosen the language of their pages: until then it's only assumed.
    To be asked inside their scope."""
    return LedgerRow.objects.filter(
        subject=f"people.person:{person_id}", event="people.language_set"
    ).exists()


def others_here(person: Person) -> QuerySet[Person]:
    """Return everyone else who has no recorded leaving, by name."""
    return Person.objects.filter(left_on=None).exclude(pk=person.pk).order_by("name", "pk")


def schools() -> QuerySet[School]:
    """Return the federation's schools, by name."""
    return School.objects.order_by("name")


def staying(on: date) -> QuerySet[Person]:
    """Return everyone who is here on a day and has no leaving date."""
    return Person.objects.filter(here_on(on), left_on=None)


def last_day_of(assignment: RoleAssignment) -> date | None:
    """Return the last day on which an assignment counts, None where none is set."""
    ended = assignment.ended_on and assignment.ended_on - timedelta(days=1)
    return min((day for day in (assignment.to_day, ended) if day is not None), default=None)


def person(pk: int) -> Person:
    """Return the person of this federation with that id. Raises NotFound, also for another federation's."""
    for found in _person().ask({A_NUMBER: pk}):
        return found
    raise NotFound


@cache
def _person() -> FixedQuery[Person]:
    return FixedQuery(Person.objects.select_related("federation").filter(pk=A_NUMBER))


def people_by_id(ids: Iterable[int]) -> dict[int, Person]:
    """Return the people of this federation with these ids who are still on record."""
    return Person.objects.in_bulk(ids)


def open_reset(person: Person) -> FactorReset | None:
    """Return the reset of this person's second step that no one ended, even if its time is over, or None."""
    waiting = FactorReset.objects.filter(person=person, state=ResetState.ASKED)
    return waiting.select_related("person__federation", "person__user", "asked_by").first()


def live_memberships(on: date) -> Q:
    """Return the condition on a membership whose person is here on a day: not left, not on long leave."""
    here = Q(ends_on=None) | Q(ends_on__gt=on)
    return here & (Q(away_from=None) | Q(away_from__gt=on) | Q(away_until__lt=on))


def memberships_of(user: User, *, on: date, through: int | None = None) -> list[Membership]:
    """Return the hats of a user on `on`, oldest first. Installation-level: may be asked outside a scope.
    `through`: id of the directory whose school account the session began with. It opens only the federations
    that it admits, only until it is ended, and only while the account is joined to this user.
    """
    if through is None:
        return _memberships().ask({A_NUMBER: user.pk, A_DAY: on})
    admits = DirectoryAdmits.objects.filter(directory=through, directory__ended_at=None)
    joined = SchoolAccount.objects.filter(directory=through, user=user)
    return list(hats(user.pk, on).filter(Exists(joined), federation__in=admits.values("federation")))


def hats(user: int, on: date) -> QuerySet[Membership]:
    """Return the live memberships of the user with this id, each with its federation, oldest first."""
    rows = Membership.objects.filter(live_memberships(on), user=user).order_by("pk")
    return rows.select_related("federation")


@cache
def _memberships() -> FixedQuery[Membership]:
    return FixedQuery(hats(A_NUMBER, A_DAY))


def has_begun(user: User) -> bool:
    """Return whether a person has chosen how to sign in: a password, a school account or a passkey."""
    joined = SchoolAccount.objects.filter(user=user).exists()
    return user.has_usable_password() or joined or Authenticator.objects.filter(user=user).exists()


def membership_begun_with(user: User, *, on: date) -> Membership | None:
    """Return the place through which a person first signed in, of those that are live: the first whose
    invitation was accepted or, if none was, the oldest. People who were only added to a place did not start
    there."""
    taken_up = Invitation.objects.filter(user=user, federation=OuterRef("federation"), used_at__isnull=False)
    first = taken_up.order_by("used_at").values("used_at")[:1]
    live = Membership.objects.filter(live_memberships(on), user=user)
    return live.annotate(taken_up=Subquery(first)).order_by(F("taken_up").asc(nulls_last=True), "pk").first()


def current_membership(
    user: User, membership_id: int | None, *, on: date, through: int | None = None
) -> Membership | None:
    """Return the membership a user acts in: the chosen one while theirs and live, else the oldest, else None.

    `through` as `memberships_of` takes it.
    """
    return membership_among(memberships_of(user, on=on, through=through), membership_id)


def membership_among(memberships: Sequence[Membership], membership_id: int | None) -> Membership | None:
    """Return the chosen one of these memberships, else the first, else None."""
    chosen = [membership for membership in memberships if membership.pk == membership_id]
    return next(iter(chosen or memberships), None)


def search_people(words: Sequence[str], *, on: date, limit: int) -> list[Person]:
    """Return the people here whose names have all these words, by name, each with the assignments of
    that day in `.held`. Two queries."""
    held = Prefetch(
        "assignments", RoleAssignment.objects.filter(held_on(on)).select_related("school"), to_attr="held"
    )
    rows = with_words(Person.objects.filter(here_on(on)), words, "name")
    return list(rows.order_by("name", "pk").prefetch_related(held)[:limit])


def people_page(
    *, on: date, after: tuple[str, int] | None = None, limit: int = 50, role: str = ""
) -> tuple[list[Person], tuple[str, int] | None]:
    """Return one page of the people who are here, by name, each with the assignments of that day in `.held`.
    With `role`, only those who have that role.

    Returns the persons and the key (name, id) to ask the next page with, None on the last one.
    """
    held = Prefetch(
        "assignments", RoleAssignment.objects.filter(held_on(on)).select_related("school"), to_attr="held"
    )
    rows = Person.objects.filter(here_on(on)).order_by("name", "pk").prefetch_related(held)
    if role:
        rows = rows.filter(
            Exists(RoleAssignment.objects.filter(held_on(on), person=OuterRef("pk"), role_key=role))
        )
    if after is not None:
        name, pk = after
        # The first half finds the place in the index; a plain "or" would read the index from its beginning.
        rows = rows.filter(name__gte=name).exclude(name=name, pk__lte=pk)
    found = list(rows[: limit + 1])
    more = len(found) > limit
    shown: list[Person] = list(found[:limit])
    return shown, (found[limit - 1].name, found[limit - 1].pk) if more else None


def all_schools() -> list[School]:
    """Return the federation's schools, by name. One query, or one for all calls in a request that changes
    nothing."""
    return list(read_once("people.schools", lambda: list(School.objects.order_by("name", "pk"))))


def capacities_by_school(person: Person, *, on: date) -> dict[School, frozenset[str]]:
    """Return what `person` may do at each school on a day, by the schools' names."""
    return {school: capacities(person, on=on, school=school) for school in all_schools()}


def permissions_for(*, covers: str, subject: str, on: date) -> list[Permission]:
    """Return every permission that covers this, for this subject, on the day `on`, oldest first."""
    return [one for one in permissions_about(subject, on=on) if one.covers == covers]


def permissions_about(subject: str, *, on: date) -> list[Permission]:
    """Return every permission on record for this subject on the day `on`, oldest first. One query."""
    given: dict[object, Any] = {A_TEXT: subject, A_DAY: on}
    return read_once(("people.permissions", subject, on), lambda: _permissions().ask(given))


@cache
def _permissions() -> FixedQuery[Permission]:
    live = Permission.objects.filter(live_on(A_DAY), subject=A_TEXT, ended_at=None)
    return FixedQuery(live.order_by("pk"))


def holders(
    role_key: str,
    *,
    on: date,
    school: School | None = None,
    account: HasSchool | None = None,
    anywhere: bool = False,
    in_person: bool = False,
) -> list[Person]:
    """Return all holders of this role of the policy at this place on `on`, by name, who are here."""
    return holders_of_roles([role_key], Where(school, account, anywhere=anywhere), on=on, in_person=in_person)


def holders_of_roles(
    role_keys: Iterable[str], where: Where, *, on: date, in_person: bool = False
) -> list[Person]:
    """Return all holders of one of these roles at this place on `on`, by name, who are here. Of a place no
    more counts than school and account."""
    keys = tuple(dict.fromkeys(role_keys))
    if not keys:
        return []
    place = None if where.anywhere else (tuple(where.schools), where.account.pk if where.account else None)

    def ask() -> list[Person]:
        schools, account = place or ((), None)
        asked = _holders(place is None, len(schools), account is not None, len(keys), in_person)
        given: dict[object, Any] = {_ACCOUNT: account, A_DAY: on}
        given |= dict(zip(_SCHOOLS, schools, strict=False))
        given |= dict(zip(_names(len(keys)), keys, strict=True))
        return asked.ask(given)

    return list(read_once(("people.holders", place, keys, on, in_person), ask))


_SCHOOLS = (A_NUMBER, A_NUMBER - 1)
_ACCOUNT = A_NUMBER - 2


def _names(many: int) -> list[str]:
    return [f"{A_TEXT}{number}" for number in range(many)]


@lru_cache(maxsize=200)
def _holders(anywhere: bool, schools: int, account: bool, roles: int, in_person: bool) -> FixedQuery[Person]:
    there = Q() if anywhere else reached_at(_SCHOOLS[:schools], _ACCOUNT if account else None)
    held = counting(there, on=A_DAY, in_person=in_person).filter(role_key__in=_names(roles))
    return _people_of(held)


def line_managers(person: Person, role_key: str, *, on: date) -> list[Person]:
    """Return who holds a role over this person alone on `on`, by name."""
    key = ("people.line_managers", person.pk, role_key, on)
    given: dict[object, Any] = {A_NUMBER: person.pk, A_TEXT: role_key, A_DAY: on}
    return list(read_once(key, lambda: _over_a_person().ask(given)))


@lru_cache(maxsize=1)
def _over_a_person() -> FixedQuery[Person]:
    there = Q(scope_kind=ScopeKind.LINE_MANAGER_OF, managed_id=A_NUMBER, role_key=A_TEXT)
    return _people_of(counting(there, on=A_DAY, in_person=False))


def ids_of_line_managers(person: Person, *, on: date) -> frozenset[int]:
    """Return the ids of those who hold any role over this person alone on `on`."""
    given: dict[object, Any] = {A_NUMBER: person.pk, A_DAY: on}
    held = read_once(("people.over", person.pk, on), lambda: _any_over_a_person().ask(given))
    return frozenset(one.person_id for one in held)


@lru_cache(maxsize=1)
def _any_over_a_person() -> FixedQuery[RoleAssignment]:
    there = Q(scope_kind=ScopeKind.LINE_MANAGER_OF, managed_id=A_NUMBER)
    return FixedQuery(counting(there, on=A_DAY, in_person=False))


def holders_in_schools(role_key: str, *, on: date) -> list[Person]:
    """Return who holds a role for one school, whichever it is, on `on`, by name."""
    given: dict[object, Any] = {A_TEXT: role_key, A_DAY: on}
    return list(read_once(("people.in_schools", role_key, on), lambda: _in_schools().ask(given)))


@lru_cache(maxsize=1)
def _in_schools() -> FixedQuery[Person]:
    there = Q(scope_kind=ScopeKind.SCHOOL, role_key=A_TEXT)
    return _people_of(counting(there, on=A_DAY, in_person=False))


def _people_of(held: QuerySet[RoleAssignment]) -> FixedQuery[Person]:
    return FixedQuery(_by_name(held))


def _by_name(held: QuerySet[RoleAssignment]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=held.values("person_id")).order_by("name", "pk")


def holders_of_capacity(
    *wanted: str,
    federation: Federation,
    on: date,
    school: School | None = None,
    account: HasSchool | None = None,
    about: Person | None = None,
    anywhere: bool = False,
) -> list[Person]:
    """Return all people whose roles carry one of these capacities at this place on `on`, by name."""
    keys = [role.key for role in book_of(federation).roles if role.capacities & set(wanted)]
    if about is None:
        return holders_of_roles(keys, Where(school, account, anywhere=anywhere), on=on)
    held = assignments_at(Where(school, account, about=about, anywhere=anywhere), on=on)
    return list(_by_name(held.filter(role_key__in=keys)))
