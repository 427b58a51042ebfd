"""Give and end roles and permissions; pass a role from one person to the next on a day, or renew it for its
holder; undo the end of one, for a short while. And each of the policy's roles at a glance: who has it, who
acts for a holder, who is away, where it is vacant, in seven queries however many people and roles.

Where only one role's own word counts as permission, no one can give it for them: read from the policy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.ledger import rows_for_subject
from schoolgate.core.models import School
from schoolgate.core.moves import check_may_still_undo, done_before
from schoolgate.core.subjects import subject_of
from schoolgate.people import queries, rules
from schoolgate.people.leads import check_may_go, is_only_seat
from schoolgate.people.models import Permission, Person, RoleAssignment, ScopeKind
from schoolgate.people.persons import check_still_staffed
from schoolgate.people.queries import away_on, held_on, here_on, last_day_of, not_over
from schoolgate.people.safeguarding import safeguarding_roles, second_people
from schoolgate.people.sessions import end_all
from schoolgate.rulebook import Book
from schoolgate.rulebook.clauses import Role

SITUATION, POINT = "permission.counts", "permission_counts"
"""The question and the point at which a policy says who must give a permission in person."""


def own_words(book: Book) -> Mapping[str, tuple[str, ...]]:
    """Return role's key -> the clauses by which only its holder's own word counts; empty where the policy has
    none."""
    by_name = {role.name: role.key for role in book.roles}
    found: dict[str, tuple[str, ...]] = {}
    for bound in book.at(SITUATION, POINT):
        for key in (by_name[role] for role in bound.stated("roles") if role in by_name):
            found[key] = tuple(dict.fromkeys([*found.get(key, ()), *bound.clauses]))
    return found


def check_gives_permission(by: Person, role_key: str, *, on: date) -> None:
    """Raise NotAllowed unless `by` has the role that gives a permission: their own where only that counts.

    A person acting for another is told whose word is needed.
    """
    book = queries.book_for(by)
    held = queries.assignments(by, on=on, where=queries.Where(anywhere=True)).filter(role_key=role_key)
    if not held.exists():
        raise NotAllowed(
            _("You don’t have the role that gives this permission."), _("Ask someone who has that role.")
        )
    if role_key in own_words(book) and not held.filter(acting_for=None).exists():
        name = next(role.name for role in book.roles if role.key == role_key)
        raise NotAllowed(
            format_lazy(_("Under this policy, permission can only come from: {role}."), role=name),
            next_step=format_lazy(
                _("Needs permission from {names}."),
                names=", ".join(map(str, awaited(role_key, on=on))) or name,
            ),
        )


def awaited(role_key: str, *, on: date) -> list[Person]:
    """Return whose own word is needed: those who have the role themselves, also while they are away or acted
    for; by name."""
    own = RoleAssignment.objects.filter(queries.held_on(on), role_key=role_key, acting_for=None)
    ids = own.filter(queries.here_on(on, "person__")).values("person_id")
    return list(Person.objects.filter(pk__in=ids).order_by("name", "pk"))


MOST_NAMED = 12
"""A role that more people have is shown by their number."""


@dataclass
class RoleHeld:
    """One role on a day. `own`: the assignments of its own holders, where they are few enough to be named;
    `number` counts them in any case, people away left out."""

    role: Role
    number: int = 0
    own: list[RoleAssignment] = field(default_factory=list)
    acting: list[RoleAssignment] = field(default_factory=list)
    away: list[RoleAssignment] = field(default_factory=list)
    coming: list[RoleAssignment] = field(default_factory=list)
    schools_without: list[School] = field(default_factory=list)
    own_word: tuple[str, ...] = ()
    """The clauses by which only the holder's own word counts."""

    @property
    def nobody(self) -> bool:
        """Return whether no one has the role, and no one acts for a holder."""
        return not self.number and not self.acting


def all_holders(role_key: str, *, on: date) -> list[Person]:
    """Return everyone who has this role on a day or from a later one, by name: also people on long leave, and
    those who act for another person."""
    rows = not_over(RoleAssignment.objects.filter(here_on(on, "person__"), role_key=role_key), on=on)
    return list(Person.objects.filter(pk__in=rows.values("person_id")).order_by("name", "pk"))


def roles_held(book: Book, *, on: date) -> list[RoleHeld]:
    """Return every role of the policy, in its order, with its holders on a day in the federation in scope."""
    own_word = own_words(book)
    found = {role.key: RoleHeld(role, own_word=own_word.get(role.key, ())) for role in book.roles}
    here = RoleAssignment.objects.filter(held_on(on), here_on(on, "person__"))
    own = here.filter(~away_on(on), acting_for=None)
    for row in own.values("role_key").annotate(number=Count("person", distinct=True)).order_by("role_key"):
        if row["role_key"] in found:
            found[row["role_key"]].number = row["number"]
    few = [key for key, each in found.items() if 0 < each.number <= MOST_NAMED]
    _put(found, "own", own.filter(role_key__in=few))
    _put(found, "acting", here.filter(~away_on(on), acting_for__isnull=False))
    _put(found, "away", here.filter(away_on(on), acting_for=None))
    without = [key for key, each in found.items() if each.nobody]
    later = RoleAssignment.objects.filter(
        from_day__gt=on, ended_on=None, role_key__in=without, acting_for=None
    )
    _put(found, "coming", later)
    _say_where_nobody(found.values())
    return list(found.values())


def _put(found: dict[str, RoleHeld], where: str, rows: QuerySet[RoleAssignment]) -> None:
    named = rows.select_related("person", "school", "managed", "acting_for")
    for each in named.order_by("person__name", "from_day", "pk"):
        if each.role_key in found:
            getattr(found[each.role_key], where).append(each)


def _say_where_nobody(found: Iterable[RoleHeld]) -> None:
    """Note, for a role held for single schools only, the schools where it is vacant."""
    schools = list(School.objects.order_by("name"))
    for each in found:
        by_kind: dict[str, set[int | None]] = defaultdict(set)
        for one in [*each.own, *each.acting]:
            by_kind[one.scope_kind].add(one.school_id)
        if set(by_kind) == {ScopeKind.SCHOOL}:
            each.schools_without = [one for one in schools if one.pk not in by_kind[ScopeKind.SCHOOL]]


def _scope_kind(
    school: School | None, account_id: int | None, item: str, managed: Person | None
) -> ScopeKind:
    given = [
        kind
        for kind, thing in (
            (ScopeKind.SCHOOL, school),
            (ScopeKind.ACCOUNT, account_id),
            (ScopeKind.ITEM, item),
            (ScopeKind.LINE_MANAGER_OF, managed),
        )
        if thing
    ]
    if len(given) > 1:
        raise BadInput({"scope": _("Choose one thing the role covers.")})
    return given[0] if given else ScopeKind.FEDERATION


def _check_days(from_day: date, to_day: date | None, *, today: date) -> None:
    if from_day < today:
        raise BadInput(
            {"from_day": _("A role or permission must start today or later. It can’t be backdated.")}
        )
    if to_day is not None and to_day < from_day:
        raise BadInput({"to_day": _("The last day can’t be before the first day.")})


@action
def give_assignment(
    *,
    by: Person | None,
    at: datetime,
    person: Person,
    role_key: str,
    from_day: date,
    to_day: date | None = None,
    school: School | None = None,
    account_id: int | None = None,
    item: str = "",
    managed: Person | None = None,
    acting_for: Person | None = None,
) -> RoleAssignment:
    """Give a person one of the policy's roles, from a day to a day (inclusive), also acting for another
    person.

    At most one of school, account_id, item and managed says how far it reaches; none: the whole federation.
    `by` None is for the set-up command, open only while no one here manages people. Raises NotAllowed (their
    own; not this person), BadInput (role_key, scope, from_day, to_day, acting_for), NotNow (left).
    """
    today = local_day(at)
    if by is not None:
        rules.check_may_give(by, person, on=today)
    elif not rules.is_unstaffed(person.federation, on=today):
        raise NotAllowed(
            _("Someone already looks after people here."), next_step=_("Ask them to give the role.")
        )
    scope = {"school": school, "account_id": account_id, "item": item, "managed": managed}
    kind = _scope_kind(school, account_id, item, managed)
    if role_key not in {role.key for role in queries.book_for(person).roles}:
        raise BadInput({"role_key": _("Choose one of the roles this policy names.")})
    _check_days(from_day, to_day, today=today)
    if person.left_on is not None:
        raise NotNow(
            _("This person has left or is about to leave."), next_step=_("Record their return first.")
        )
    same = RoleAssignment.objects.filter(role_key=role_key, scope_kind=kind, ended_on=None, **scope)
    if acting_for is not None and not same.filter(
        queries.held_on(from_day), person=acting_for, acting_for=None
    ):
        raise BadInput(
            {
                "acting_for": _(
                    "The person acted for doesn’t have this role on that date. Choose someone who does."
                )
            }
        )
    if same.filter(queries.held_on(from_day), person=person, acting_for=acting_for):
        raise BadInput(
            {
                "role_key": _(
                    "This person already has this role on that date. Choose another role, place or date."
                )
            }
        )
    assignment = RoleAssignment.objects.create(
        federation_id=person.federation_id,
        person=person,
        role_key=role_key,
        scope_kind=kind,
        from_day=from_day,
        to_day=to_day,
        acting_for=acting_for,
        leads_since=at if _leads_at_once(person, role_key, by=by, on=today) else None,
        **scope,
    )
    record(
        "people.assignment_given",
        subject=assignment,
        at=at,
        actor=by,
        person=person.pk,
        role=role_key,
        scope=f"{kind}:{assignment.scope_id}",
    )
    return assignment


def _leads_at_once(person: Person, role_key: str, *, by: Person | None, on: date) -> bool:
    """Return whether a role makes someone safeguarding lead without a second person's word: only where it's
    such a role, and as a federation is set up, while there is no one to ask."""
    if role_key not in safeguarding_roles(queries.book_for(person)):
        return False
    return not second_people(person.federation, person=person, by=by, on=on)


@action
def end_assignment(
    *, by: Person, at: datetime, assignment: RoleAssignment, last_day: date | None = None
) -> RoleAssignment:
    """End a role: at once, or after `last_day` (today or later, inclusive).

    Raises NotAllowed, BadInput (last_day), NotNow (ended already, or no administrator would be left).
    """
    today = local_day(at)
    rules.check_may_administer(by, on=today)
    over = assignment.to_day is not None and assignment.to_day < today
    if assignment.ended_on is not None or over:
        ended = NotNow(_("This role has ended."), _("Give another if one is still needed."))
        if last_day is not None:
            raise ended
        raise done_before(
            assignment,
            _("This role has already ended."),
            _("Give another if one is still needed."),
            otherwise=ended,
            ended_on__isnull=False,
        )
    if is_only_seat(assignment):
        check_may_go(assignment.person, at=at)
    if last_day is None:
        assignment.ended_on = today
    elif last_day < max(today, assignment.from_day):
        raise BadInput({"last_day": _("The last day must be today or later, and not before the first day.")})
    else:
        assignment.to_day = last_day
    assignment.save(update_fields=["ended_on", "to_day"])
    if last_day is None:
        check_still_staffed(assignment.person.federation, on=today)
        if not rules.can(rules.check_has_a_role, assignment.person, on=today):
            end_all(assignment.person, at=at)
    record("people.assignment_ended", subject=assignment, at=at, actor=by, person=assignment.person_id)
    return assignment


@action
def give_permission(
    *,
    by: Person,
    at: datetime,
    role_key: str,
    written: bool,
    covers: str,
    subject: str,
    from_day: date,
    to_day: date | None = None,
) -> Permission:
    """Give permission in the person's own role: for `subject` ("label:id"), covering a clause or a delegated
    approval.

    `covers` is a short code: a clause's id or a capacity. Raises NotAllowed (not in that role; or acting for
    another person where the policy wants that role's own word), BadInput.
    """
    today = local_day(at)
    check_gives_permission(by, role_key, on=today)
    _check_days(from_day, to_day, today=today)
    if not covers or not subject:
        raise BadInput({"covers": _("Say what the permission is for.")})
    leave = Permission.objects.create(
        federation_id=by.federation_id,
        role_key=role_key,
        given_by=by,
        written=written,
        at=at,
        from_day=from_day,
        to_day=to_day,
        covers=covers,
        subject=subject,
    )
    record("people.leave_given", subject=leave, at=at, actor=by, role=role_key, covers=covers, about=subject)
    return leave


@action
def end_permission(*, by: Person, at: datetime, leave: Permission) -> Permission:
    """Withdraw a permission, in the same role that gave it. Raises NotAllowed, NotNow (ended already)."""
    held = queries.assignments(by, on=local_day(at), where=queries.Where(anywhere=True))
    if not held.filter(role_key=leave.role_key).exists():
        raise NotAllowed(
            _("You don’t have the role that gave this permission."), _("Ask someone who has that role.")
        )
    if not Permission.objects.filter(pk=leave.pk, ended_at=None).update(ended_at=at):
        raise done_before(
            leave,
            _("This permission has already ended."),
            _("Give another if one is still needed."),
            ended_at__isnull=False,
        )
    leave.refresh_from_db()
    record("people.leave_ended", subject=leave, at=at, actor=by)
    return leave


DAY = timedelta(days=1)
FURTHEST = timedelta(days=550)


@dataclass(frozen=True)
class Days:
    """The days of passing a role on. `last`: the current holder's last day; the successor has it from
    `first`.

    `gap`: the days between, first and last, on which neither has it; None where there are none.
    """

    last: date
    first: date

    @property
    def gap(self) -> tuple[date, date] | None:
        """Return the days on which neither has it."""
        return (self.last + DAY, self.first - DAY) if self.last + DAY < self.first else None


def days_of(
    *, began: date, ends: date | None, first: date, today: date, last_day: date | None = None
) -> Days:
    """Return the current holder's last day if the next one begins on `first`; the two never overlap.

    Args:
        began: first day of who has the role now. ends: their last day, where one is set already.
        last_day: an earlier end than the day before `first`, where that is wanted.

    Raises:
        BadInput (first_day, last_day): in the past, more than a year and a half ahead, before the one has
            begun, or both on one day.
    """
    wrong: dict[str, Text] = {}
    if first < today:
        wrong["first_day"] = _("A role or permission must start today or later. It can’t be backdated.")
    elif first > today + FURTHEST:
        wrong["first_day"] = _("That’s more than 18 months ahead. Choose an earlier date.")
    elif first <= began:
        wrong["first_day"] = _("The current person hasn’t started in the role by that date.")
    if last_day is not None and last_day >= first:
        wrong["last_day"] = _("The current person’s last day must be before the new person’s first day.")
    elif last_day is not None and last_day < max(today, began):
        wrong["last_day"] = _("The last day must be today or later, and not before the first day.")
    if wrong:
        raise BadInput(wrong)
    last = last_day or first - DAY
    return Days(last if ends is None else min(last, ends), first)


@action
def hand_on_role(
    *,
    by: Person,
    at: datetime,
    assignment: RoleAssignment,
    to: Person,
    first_day: date,
    last_day: date | None = None,
    gap_is_meant: bool = False,
) -> RoleAssignment:
    """End one person's role and begin it for another on `first_day`, with the same reach.

    The old one ends the day before, or on `last_day` where one is given, or when it ends already; days
    without a holder need `gap_is_meant`. Those who act for the old holder end with them. Returns the new
    holding. Raises NotAllowed, BadInput (first_day, last_day, gap_is_meant, to), NotNow (over; no
    administrator would be left; the successor leaves).
    """
    today = local_day(at)
    rules.check_may_give(by, to, on=today)
    rows = RoleAssignment.objects.select_for_update(of=("self",)).select_related(
        "school", "managed", "person"
    )
    standing = not_over(rows.filter(pk=assignment.pk), on=today).first()
    if standing is None:
        raise NotNow(_("This role has ended."), _("Give another if one is still needed."))
    assignment = standing
    if assignment.acting_for_id is not None:
        raise BadInput(
            {
                "to": _(
                    "You can’t hand over a role that someone has on another person’s behalf. "
                    "Give the role again instead."
                )
            }
        )
    if to.pk == assignment.person_id:
        raise BadInput({"to": _("Choose someone other than the person who has the role now.")})
    ends = last_day_of(assignment)
    days = days_of(began=assignment.from_day, ends=ends, first=first_day, today=today, last_day=last_day)
    if days.gap and not gap_is_meant:
        raise BadInput(
            {"gap_is_meant": _("On some days no one would have this role. Confirm that this is intended.")}
        )
    for each in [assignment, *acting_for_it(assignment, on=today)]:
        if is_only_seat(each):
            check_may_go(each.person, at=at)
    new = give_assignment(
        by=by, at=at, person=to, role_key=assignment.role_key, from_day=first_day, school=assignment.school,
        account_id=assignment.account_id, item=assignment.item, managed=assignment.managed,
    )  # fmt: skip
    for each in [assignment, *acting_for_it(assignment, on=today)]:
        _end(each, days, by=by, at=at)
    # Administrators are checked from the first day on which the old holder no longer has the role.
    for day in {max(today, days.last + DAY), first_day}:
        check_still_staffed(by.federation, on=day)
    record(
        "people.role_handed_on", subject=new, at=at, actor=by, was=assignment.pk, role=new.role_key,
        person=to.pk, from_day=first_day.isoformat(),
    )  # fmt: skip
    return new


def acting_for_it(assignment: RoleAssignment, *, on: date) -> QuerySet[RoleAssignment]:
    """Return who acts for the holder of this role, with the same reach, on a day or later."""
    same = RoleAssignment.objects.filter(
        role_key=assignment.role_key, scope_kind=assignment.scope_kind, school=assignment.school,
        account_id=assignment.account_id, item=assignment.item, managed=assignment.managed,
        acting_for=assignment.person_id,
    )  # fmt: skip
    return not_over(same, on=on).select_related("person").order_by("pk")


@action
def renew_assignment(
    *, by: Person, at: datetime, assignment: RoleAssignment, to_day: date | None = None
) -> RoleAssignment:
    """Give the same role with the same reach again, from the day after its last one, until `to_day` or
    open-ended.

    Raises NotAllowed, BadInput (to_day), NotNow (it has no last day, is over, or ends because they leave).
    """
    ends = last_day_of(assignment)
    if ends is None or ends < local_day(at):
        raise NotNow(_("This role has no last day, or has ended."), _("Give another if one is still needed."))
    new = give_assignment(
        by=by, at=at, person=assignment.person, role_key=assignment.role_key, from_day=ends + DAY,
        to_day=to_day, school=assignment.school, account_id=assignment.account_id, item=assignment.item,
        managed=assignment.managed, acting_for=assignment.acting_for,
    )  # fmt: skip
    if assignment.leads_since is not None:
        new.leads_since = assignment.leads_since
        new.save(update_fields=["leads_since"])
    return new


def _end(assignment: RoleAssignment, days: Days, *, by: Person, at: datetime) -> None:
    """Let an assignment count until the last day and no longer; one that ends before that stays as it is."""
    ends, today = last_day_of(assignment), local_day(at)
    if ends is not None and ends <= days.last:
        return
    end_now = days.last < max(today, assignment.from_day)
    if assignment.ended_on is not None:
        # A leaving has ended it already, on a later day: the earlier day counts, even if that leaving is
        # cancelled.
        if end_now:
            assignment.ended_on = max(assignment.from_day, today)
        else:
            assignment.to_day = days.last
        assignment.save(update_fields=["ended_on", "to_day"])
        record("people.assignment_ended", subject=assignment, at=at, actor=by, person=assignment.person_id)
        return
    end_assignment(by=by, at=at, assignment=assignment, last_day=None if end_now else days.last)


@action
def end_role(*, at: datetime, role_key: str, to: str = "") -> int:
    """End a role that the policy no longer names for all its holders; give them the role `to`, with the same
    reach and days, where one is named. Returns how many assignments ended.

    A job may call it: the policy's owner decided it before. Whoever has the other role already with that
    reach keeps it as it is.
    """
    today = local_day(at)
    rows = not_over(
        RoleAssignment.objects.select_for_update(of=("self",)).filter(role_key=role_key), on=today
    )
    ending = list(rows.select_related("person", "school", "managed", "acting_for").order_by("pk"))
    for each in ending:
        ends = last_day_of(each)
        each.ended_on = max(each.from_day, today)
        each.save(update_fields=["ended_on"])
        record("people.assignment_ended", subject=each, at=at, actor=None, person=each.person_id)
        reach = {
            "person": each.person, "scope_kind": each.scope_kind, "school": each.school,
            "account_id": each.account_id, "item": each.item, "managed": each.managed,
            "acting_for": each.acting_for,
        }  # fmt: skip
        if not to or not_over(RoleAssignment.objects.filter(role_key=to, **reach), on=today).exists():
            continue
        new = RoleAssignment.objects.create(
            federation_id=each.federation_id, role_key=to, from_day=max(each.from_day, today), to_day=ends,
            **reach,
        )  # fmt: skip
        record(
            "people.assignment_given", subject=new, at=at, actor=None, person=each.person_id, role=to,
            scope=f"{new.scope_kind}:{new.scope_id}",
        )  # fmt: skip
    for person in {each.person for each in ending}:
        if not rules.can(rules.check_has_a_role, person, on=today):
            end_all(person, at=at)
    return len(ending)


SEE = _("Open it again to see its status.")


@action
def take_back_ending(*, by: Person, at: datetime, assignment: RoleAssignment) -> RoleAssignment:
    """Restore a role that the same person ended a moment ago, as it was: reach and days.

    No task ends with a role, so none is reopened. What its end had already caused stays: keys for programs
    that ended with the last role, and keys of accounts that must be changed.

    Raises NotAllowed (manages no people here; their own role; another person ended it), NotNow (not ended at
    once; given again, or they have left since; too late).
    """
    today = local_day(at)
    rules.check_may_give(by, assignment.person, on=today)
    last = next(iter(rows_for_subject(assignment)), None)
    if assignment.ended_on is None or last is None or last.event != "people.assignment_ended":
        raise NotNow(_("Someone has already moved this on, so you can’t take this step."), SEE)
    if last.actor != subject_of(by):
        raise NotAllowed(
            _("Someone else ended this role, so you can’t undo it."),
            _("Talk to them, or give the role again."),
        )
    check_may_still_undo(last.at, at=at)
    if assignment.person.left_on is not None:
        raise NotNow(_("This person has left or is about to leave."), _("Record their return first."))
    if _has_it_again(assignment) or (assignment.to_day is not None and assignment.to_day < today):
        raise NotNow(_("Someone has already moved this on, so you can’t take this step."), SEE)
    if not RoleAssignment.objects.filter(pk=assignment.pk, ended_on=assignment.ended_on).update(
        ended_on=None
    ):
        raise NotNow(_("Someone has already moved this on, so you can’t take this step."), SEE)
    assignment.refresh_from_db()
    record("people.assignment_given_back", subject=assignment, at=at, actor=by, person=assignment.person_id)
    return assignment


def _has_it_again(assignment: RoleAssignment) -> bool:
    """Return whether the same role with the same reach was given to them again meanwhile."""
    reach = {"school": assignment.school, "account_id": assignment.account_id, "item": assignment.item}
    return RoleAssignment.objects.filter(
        person=assignment.person,
        role_key=assignment.role_key,
        scope_kind=assignment.scope_kind,
        managed=assignment.managed,
        acting_for=assignment.acting_for,
        ended_on=None,
        **reach,
    ).exists()
