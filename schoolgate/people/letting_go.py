"""Whether someone who leads on safeguarding may go: the one question that every door asks which takes a lead
or deputy out. It takes two people, as bringing one in does (docs/adr/0085), and leaves no school without."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.core.models import Safeguarder, School
from schoolgate.people.models import LeadChange, Person, RoleAssignment
from schoolgate.people.own_will import TERM
from schoolgate.people.queries import book_for
from schoolgate.people.reach import can_open
from schoolgate.people.safeguarding import leads, safeguarding_roles
from schoolgate.people.states import LeadPlace, LeadState
from schoolgate.rulebook import Book

MONTH = timedelta(days=31)
"""House rule: who comes back within it leads again, where no one else was named in their place."""


def is_only_seat(assignment: RoleAssignment) -> bool:
    """Return whether by this holding a person leads on safeguarding, and there by no entry beside it."""
    book = book_for(assignment.person)
    if assignment.leads_since is None or assignment.role_key not in safeguarding_roles(book):
        return False
    entered = Safeguarder.objects.filter(person_id=assignment.person_id, ended_at=None)
    return not entered.filter(Q(school=None) | Q(school=assignment.school_id)).exists()


def check_may_go(person: Person, *, at: datetime) -> None:
    """Raise NotNow where this person leads on safeguarding and two people haven't agreed that they no longer
    do, or a school would be left without a lead."""
    on = local_day(at)
    if not leads_anywhere(person, on=on):
        return
    check_another_leads(person, on=on)
    if let_go(person, at=at) is None:
        who = person.name
        raise NotNow(
            format_lazy(_("{name} leads on safeguarding, so a second person has to agree."), name=who),
            _("Ask for that first: on their page, or under Set-up, Safeguarding. They lead until then."),
        )


def check_another_leads(person: Person, *, on: date) -> None:
    """Raise NotNow where no one else leads on safeguarding at a school at which this person does. Who can't
    open what a lead reads is no one else."""
    book = book_for(person)
    if _alone(leads(book, None, on=on), person, on=on) or schools_left_alone(person, book, on=on):
        raise _no_other()


def _alone(people: list[Person], person: Person, *, on: date) -> bool:
    return person in people and not can_open([one for one in people if one != person], on=on)


def asks_two(row: Safeguarder, person: Person, *, at: datetime) -> bool:
    """Return whether two people have yet to agree before this person's entry on safeguarding ends."""
    going = row.ended_at is None and leads_anywhere(person, on=local_day(at))
    return going and let_go(person, at=at) is None


def check_entry_may_end(row: Safeguarder, person: Person, *, at: datetime) -> None:
    """Raise NotNow where no one else leads on safeguarding where this person's entry says they do, or, before
    two people have agreed that they go, anywhere they lead."""
    if row.ended_at is not None:
        return
    on, book = local_day(at), book_for(person)
    last = leads(book, None, on=on) and not can_open(leads(book, None, on=on, without=row), on=on)
    if last or left_alone_without(row, book, on=on):
        raise _no_other()
    if asks_two(row, person, at=at):
        check_another_leads(person, on=on)


def leads_anywhere(person: Person, *, on: date) -> bool:
    """Return whether this person leads on safeguarding at any school, also while they are on long leave."""
    if person.left_on is not None and person.left_on <= on:
        return False
    entered = Safeguarder.objects.filter(person_id=person.pk, ended_at=None)
    return entered.exists() or _seats(person, on=on).exists()


def left_alone_without(row: Safeguarder, book: Book, *, on: date) -> list[School]:
    """Return the schools that have a lead on safeguarding, and would have none who can open what a lead reads
    if this entry ended."""
    schools = [row.school] if row.school else list(School.objects.order_by("name", "pk"))
    return [
        one
        for one in schools
        if leads(book, one, on=on) and not can_open(leads(book, one, on=on, without=row), on=on)
    ]


def schools_left_alone(person: Person, book: Book, *, on: date) -> list[School]:
    """Return the schools at which no one would lead on safeguarding from a day on if this person is away."""
    schools: list[School] = list(School.objects.order_by("name", "pk"))
    return [one for one in schools if _alone(leads(book, one, on=on), person, on=on)]


def let_go(person: Person, *, at: datetime) -> LeadChange | None:
    """Return the word of two people that this person no longer leads, given since they last came to lead and
    within a term; None where there is none."""
    entered = Safeguarder.objects.filter(person_id=person.pk, ended_at=None).values_list("since", flat=True)
    held = _seats(person, on=local_day(at)).values_list("leads_since", flat=True)
    since = max([at - TERM, *entered, *(one for one in held if one is not None)])
    agreed = LeadChange.objects.filter(person=person, place=LeadPlace.GOES, state=LeadState.AGREED)
    return agreed.filter(state_at__gte=since).order_by("-pk").first()


def _no_other() -> NotNow:
    return NotNow(
        _("No one else leads on safeguarding there."), _("Name another lead first: that takes their place.")
    )


def _seats(person: Person, *, on: date) -> QuerySet[RoleAssignment]:
    """Return the holdings by which this person leads on safeguarding, now or from a later day on."""
    return RoleAssignment.objects.filter(
        Q(to_day=None) | Q(to_day__gte=on),
        Q(ended_on=None) | Q(ended_on__gt=on),
        person=person, leads_since__isnull=False, role_key__in=safeguarding_roles(book_for(person)),
    )  # fmt: skip
