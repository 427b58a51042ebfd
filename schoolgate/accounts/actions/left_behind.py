"""Pass a leaver's open duties on to people who stay, and ask who covers during long leave."""

from datetime import date, datetime

from django.db.models import QuerySet

from schoolgate.accounts.duty_kinds import COVER
from schoolgate.accounts.facts.handover import leading
from schoolgate.accounts.models import Account
from schoolgate.accounts.queries import handover as queries
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.duties.actions import cancel, discharge, open_duty, pass_on
from schoolgate.duties.due import Due
from schoolgate.duties.kinds import kind_of
from schoolgate.duties.models import Duty
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.people.absences import extended_absences
from schoolgate.people.confined import is_confined, known_among
from schoolgate.people.holding import holders
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import leads
from schoolgate.policy.queries import in_force


def duties_left_by(person: Person, *, at: datetime) -> QuerySet[Duty]:
    """Return the open duties of a leaver; none before the day of leaving."""
    if person.left_on is None or person.left_on > local_day(at):
        return Duty.objects.none()
    return Duty.objects.filter(person=person, state__in=STILL_TO_DO).order_by("id")


@action
def move_duty_on(*, person: Person, at: datetime, number: int) -> None:
    """Pass on an open duty of a leaver on the day of leaving. Safe to run twice.

    It goes to the second person the duty names; else, for an account, to its other leads; else to the
    role that the leaver had, where another person has it; else to the role that manages people. What only
    the leaver could have done ends. This is the program's rule: no policy covers it.
    """
    rows = duties_left_by(person, at=at).select_related("school", "about_person", "then_person")
    duty = rows.filter(pk=number).first()
    if duty is None:
        return
    if not kind_of(duty.kind).passed_on:
        cancel(kind=duty.kind, subject=duty.subject, because="left", at=at, person=person)
        return
    instead, role = who_instead(duty, person, at=at)
    pass_on(duty=duty, because="left", at=at, person=instead, role=role or "")


@action
def ask_who_covers(*, person: Person, at: datetime) -> int:
    """Ask who covers the accounts that have no lead while a person is on long leave; returns how many."""
    on = local_day(at)
    asked = 0
    for account in queries.uncovered(person, on=on):
        role = queries.asked_by_the_house(in_force(on).book, account, person, on)
        open_duty(
            kind=COVER, subject=account, role=role, school=account.school, account=account.pk,
            due=Due.none_promised(), at=at,
        )  # fmt: skip
        asked += 1
    return asked


@action
def end_asking_who_covers(*, account: Account, at: datetime, how: str) -> int:
    """Stop asking who covers once the account has a lead again; returns how many."""
    on = local_day(at)
    leads = [one for one in leading(queries.team_of(account)) if one.left_on is None or one.left_on > on]
    away = extended_absences([one.pk for one in leads], on=on)
    if all(one.pk in away for one in leads):
        return 0
    return discharge(kind=COVER, subject=account, by=None, at=at, how=how)


def who_instead(duty: Duty, leaver: Person, *, at: datetime) -> tuple[Person | None, str | None]:
    """Return who does this instead of a leaver: a person, or the key of a policy role. What only some people
    may know of goes to one of them: of the leaver's roles, else a safeguarding lead."""
    on = local_day(at)
    if is_confined(duty.subject):
        return _of_those_who_know(duty, leaver, on)
    second = duty.then_person
    if second is not None and second.pk != leaver.pk and (second.left_on is None or second.left_on > on):
        return second, None
    if duty.then_role_key:
        return None, duty.then_role_key
    account = Account.objects.filter(pk=duty.subject_account).first() if duty.subject_account else None
    if account is not None:
        for other in leading(queries.team_of(account)):
            if other.pk != leaver.pk and other.left_on is None:
                return other, None
    book = book_for(leaver)
    had = _roles_had(leaver)
    for role in book.roles:
        if role.key in had and holders(role.key, on=on, school=duty.school):
            return None, role.key
    looks_after = [role.key for role in book.pack.roles_with("administer")]
    return None, next(iter(looks_after), book.roles[0].key)


def _of_those_who_know(duty: Duty, leaver: Person, on: date) -> tuple[Person | None, str | None]:
    """Return the first person who may know of the task's subject; the role that manages people where no one
    does, so that the task is seen to be left."""
    book, had = book_for(leaver), _roles_had(leaver)
    second = [duty.then_person] if duty.then_person else []
    of_roles = [one for key in sorted(had) for one in holders(key, on=on, school=duty.school)]
    for person in [*second, *of_roles, *leads(book, duty.school, on=on)]:
        here = person.left_on is None or person.left_on > on
        if here and person.pk != leaver.pk and duty.subject in known_among(person, [duty.subject], on):
            return person, None
    return None, next((role.key for role in book.pack.roles_with("administer")), book.roles[0].key)


def _roles_had(leaver: Person) -> set[str]:
    ended = RoleAssignment.objects.filter(person=leaver, ended_on=leaver.left_on)
    return set(ended.values_list("role_key", flat=True))
