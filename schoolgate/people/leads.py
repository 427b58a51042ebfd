"""Who may be told of what only safeguarding leads read: which roles can be told, who of them can open a page
at all, who is next, whether a lead may go, and whether a second person is another will than the one who
asked.

A role that a new version or interpretation of the policy lets be told waits for a second person, as naming a
lead does. A person who never signed in, is on long leave or has left, or hasn't the second step that their
role asks for, is told like the others and isn't counted.

The one order for comments, concerns and whatever else comes in, where no lead can read it, or does in time,
is Schoolgate's own rule, never presented as a clause: the lead on duty, the other leads and deputies, the
head (who owns the policy), who sees concerns, who looks after people here, and the governors, the fewest
first: the chair, where the policy has one. Where it may be about the head, governors come right after the
leads. No one that it may be about is in it.

Every door that takes a lead or deputy out asks whether they may go. It takes two people, as bringing one in
does, and leaves no school without. Two people by number aren't enough where one of them was brought in by the
other (docs/adr/0085). So, too, for words that pupils may read: the second sees them first, and is another
will than each who wrote them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.models import LedgerRow, Safeguarder, School
from schoolgate.core.reading_once import A_DAY, A_NUMBER, FixedQuery, read_once
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.people.models import LeadChange, LeadPlace, LeadState, Person, RoleAssignment
from schoolgate.people.queries import (
    Where,
    assignments_at,
    away_on,
    book_for,
    capacities,
    here_on,
    holders_of_roles,
)
from schoolgate.people.rules import factor_is_compulsory
from schoolgate.people.safeguarding import leads, safeguarding_roles
from schoolgate.rulebook import Book

TERM = timedelta(days=90)
"""House rule: after a term others know a person who was brought in, or given a role, by the asker."""
AT_FIRST = timedelta(days=7)
"""The same while the federation itself is younger than a term, where everyone is new."""
ADDED, GIVEN = "people.person_added", "people.assignment_given"
PEOPLE = "people.person:"
"""What the record's name of a person begins with."""


def asked_by(assignment: RoleAssignment | None, by: Person | None) -> str:
    """Return who asked, as the record names people: for a role that was found, who gave it."""
    if by is not None:
        return subject_of(by)
    rows = _rows([subject_of(assignment)], GIVEN) if assignment is not None else {}
    return next((row.actor for row in rows.values()), "")


def of_own_will(
    people: Sequence[Person], *, asker: str, asked_at: datetime, at: datetime, roles: Collection[str]
) -> list[Person]:
    """Return those of these people who had their seat before it was asked, and who within a term were neither
    added by the asker nor given the role (`roles`: by which they may be second), and who neither added the
    asker nor gave them a role within a term. A seat of a term counts
    whenever it was asked. While the federation is younger than a term, all people are new: then who was there
    before it was asked counts where no one else does. Five queries."""
    held = list(
        assignments_at(Where(anywhere=True), on=local_day(at)).filter(person__in=people, role_key__in=roles)
    )
    added = _rows([subject_of(one) for one in people], ADDED)
    given = _rows([subject_of(one) for one in held], GIVEN)
    led = Safeguarder.objects.filter(ended_at=None, person_id__in=[one.pk for one in people])
    leads = {pk for pk, since in led.values_list("person_id", "since") if since <= asked_at}

    brought = _above(asker, _bringers({asker}, since=at - TERM))

    def old_enough(row: LedgerRow | None, *, even_by_asker: bool) -> bool:
        """No record: before there was one."""
        if row is None or row.at <= at - TERM:
            return True
        return row.at <= asked_at and (even_by_asker or row.actor != asker)

    def counts(person: Person, *, even_by_asker: bool) -> bool:
        mine = [one for one in held if one.person_id == person.pk]
        if subject_of(person) in brought and not even_by_asker:
            return False
        seat = person.pk in leads or any(
            old_enough(given.get(subject_of(one)), even_by_asker=even_by_asker) for one in mine
        )
        return seat and old_enough(added.get(subject_of(person)), even_by_asker=even_by_asker)

    found = [one for one in people if counts(one, even_by_asker=False)]
    if found or not _is_young(at):
        return found
    return [one for one in people if counts(one, even_by_asker=True)]


def one_will_among(person: Person, others: Iterable[Person], *, at: datetime) -> Person | None:
    """Return who of the others brought this person in or was brought in by them: their word is no second
    person's."""
    there = list(others)
    will = _Wills([person, *there], at=at)
    return next((one for one in there if one != person and will.is_one(person, one)), None)


def of_other_wills(people: Iterable[Person], others: Collection[Person], *, at: datetime) -> list[Person]:
    """Return those of these people who are none of the others, and another will than each of them."""
    asked = [one for one in dict.fromkeys(people) if one not in others]
    will = _Wills([*asked, *others], at=at)
    return [one for one in asked if not any(will.is_one(one, other) for other in others)]


class _Wills:
    """By which people some others were brought in; read once for all of them."""

    def __init__(self, people: Collection[Person], *, at: datetime) -> None:
        since = at - (AT_FIRST if _is_young(at) else TERM)
        self._by = _bringers({subject_of(one) for one in people}, since=since)

    def is_one(self, one: Person, other: Person) -> bool:
        """Return whether one of the two brought the other in, however many stand between."""
        mine, theirs = subject_of(one), subject_of(other)
        return mine in _above(theirs, self._by) or theirs in _above(mine, self._by)


def _bringers(people: Collection[str], *, since: datetime) -> dict[str, set[str]]:
    """Return who added each of these, or gave them a role, since then, and the same of those who did. Two
    queries for each step up, however many people there are."""
    found: dict[str, set[str]] = {}
    new = {one for one in people if one.startswith(PEOPLE)}
    while new:
        found |= {one: set() for one in new}
        held = RoleAssignment.objects.filter(person_id__in=[number_of(one) for one in new])
        of = {subject_of(each): f"{PEOPLE}{each.person_id}" for each in held} | {one: one for one in new}
        rows = LedgerRow.objects.filter(event__in=(ADDED, GIVEN), subject__in=list(of), at__gt=since)
        for subject, actor in rows.values_list("subject", "actor"):
            found[of[subject]].add(actor)
        new = {actor for one in new for actor in found[one] if actor.startswith(PEOPLE)} - found.keys()
    return found


def _above(one: str, by: Mapping[str, Collection[str]]) -> set[str]:
    """Return who brought one in, and who these, and so on."""
    found, new = set[str](), {one}
    while new:
        new = {actor for each in new for actor in by.get(each, ())} - found
        found |= new
    return found


def _rows(subjects: Iterable[str], event: str) -> dict[str, LedgerRow]:
    rows = LedgerRow.objects.filter(event=event, subject__in=list(subjects)).order_by("number")
    return {row.subject: row for row in rows}


def _is_young(at: datetime) -> bool:
    first = LedgerRow.objects.order_by("number").values_list("at", flat=True).first()
    return first is None or first > at - TERM


def check_is_second(by: Person, wrote: Collection[Person], *, at: datetime) -> None:
    """Raise NotAllowed unless this person is another will than each of those who wrote it."""
    if by in wrote:
        raise NotAllowed(
            _("You wrote this, so someone else must read it and agree."), _("Ask someone else to agree.")
        )
    writer = one_will_among(by, wrote, at=at)
    if writer is not None:
        raise NotAllowed(
            format_lazy(
                _("You or {name} recently added the other to Schoolgate or gave them a role."),
                name=writer.name,
            ),
            _("Ask someone else to agree."),
        )


def can_open(people: Iterable[Person | int], *, on: date) -> set[int]:
    """Return the ids of those of these people who can sign in and open a page on a day. Who is kept out of a
    thing isn't for this to say: the caller leaves them out before."""
    numbers = {one if isinstance(one, int) else one.pk for one in people}
    if not numbers:
        return set()
    asked = sorted(numbers)
    places = _places(len(asked))
    asked += asked[-1:] * (len(places) - len(asked))
    found = _who_sign_in(len(places)).ask({A_DAY: on, **dict(zip(places, asked, strict=True))})
    return {
        one.pk
        for one in found
        if one.has_factor or not (one.user.must_set_factor or factor_is_compulsory(one, on=on))
    }


def _places(many: int) -> list[int]:
    """Return as many values of no meaning or more, so that few statements are written: 1, 2, 4, 8 ..."""
    return [A_NUMBER - place for place in range(1 << (many - 1).bit_length())]


@cache
def _who_sign_in(many: int) -> FixedQuery[Any]:
    factors = Authenticator.objects.filter(user=OuterRef("user")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    people = Person.objects.filter(
        here_on(A_DAY), ~away_on(A_DAY, person="pk"), pk__in=_places(many), user__is_active=True,
        user__last_login__isnull=False,
    )  # fmt: skip
    return FixedQuery(people.select_related("federation", "user").annotate(has_factor=Exists(factors)))


REACHES = frozenset({"own_policy", "see_incidents", "administer", "oversee"})
"""What lets a role be told where no lead reads what only leads read."""
TELLING = ("incident.report", "incident.assess")
"""Where rules name who is told."""


def told_roles(book: Book) -> frozenset[str]:
    """Return the keys of the roles that can be told of a concern under this policy: a rule names them, or
    what they may do brings them in line."""
    named = {role for situation in TELLING for rule in book.bound(situation) for role in rule.roles_named}
    return frozenset(role.key for role in book.roles if role.name in named or REACHES & set(role.capacities))


def roles_that_wait() -> frozenset[str]:
    """Return the keys of the roles that aren't told yet, because no second person has agreed. One query."""
    return read_once(("people.roles_that_wait",), _roles_that_wait)


def _roles_that_wait() -> frozenset[str]:
    rows = LeadChange.objects.filter(place=LeadPlace.TOLD).order_by("pk").values_list("role_key", "state")
    newest = dict(rows)
    return frozenset(key for key, state in newest.items() if state != LeadState.AGREED)


AFTER_LEADS = ("own_policy", "see_incidents", "administer")
"""What the roles carry that come after the leads, in this order; then governors, who only oversee."""


def in_line(
    book: Book,
    school: School | None,
    *,
    on: date,
    out: Collection[int] = (),
    on_duty: Sequence[Person] = (),
    last: Collection[int] = (),
) -> list[list[Person]]:
    """Return the people in the order in which they are told, those of a step together; each once, and no step
    empty. A step in which no one can open it is told together with the next. `out`: the ids of those it may
    be about. `on_duty`: who is on duty by the rota, who comes first among the leads. `last`: who comes after
    everyone else, unless they lead."""
    first = sorted(leads(book, school, on=on), key=lambda one: one not in on_duty)
    steps: list[Iterable[Person]] = [first]
    steps += [_people(keys, school, on=on) for keys in roles_after_leads(book, school, on=on, out=out)]
    lead = {one.pk for one in first}
    seen, found, after = set(out), [], []
    for step in steps:
        new = [one for one in dict.fromkeys(step) if one.pk not in seen]
        seen.update(one.pk for one in new)
        now = [one for one in new if one.pk in lead or one.pk not in last]
        after += [one for one in new if one not in now]
        found.append(now)
    return _told_together([step for step in [*found, after] if step], on=on)


def _told_together(steps: list[list[Person]], *, on: date) -> list[list[Person]]:
    can = can_open([one for step in steps for one in step], on=on)
    found: list[list[Person]] = []
    for step in steps:
        if found and not can & {one.pk for one in found[-1]}:
            found[-1] = [*found[-1], *step]
        else:
            found.append(step)
    return found


def roles_after_leads(
    book: Book, school: School | None, *, on: date, out: Collection[int] = (), together: bool = False
) -> list[list[str]]:
    """Return the keys of the roles that come after the leads, step by step. `together`: the head and who sees
    concerns are one step, for what isn't kept to the leads."""
    steps = [[role.key for role in book.pack.roles_with(what)] for what in AFTER_LEADS]
    if together:
        steps = [list(dict.fromkeys([*steps[0], *steps[1]])), *steps[2:]]
    govern = [[key] for key in governing_roles(book, school, on=on, out=out)]
    ordered = [*govern, *steps] if heads_meant(book, on=on, out=out) else [*steps, *govern]
    wait = roles_that_wait()
    told = ([key for key in keys if key not in wait] for keys in ordered)
    return [keys for keys in told if keys]


def governing_roles(book: Book, school: School | None, *, on: date, out: Collection[int] = ()) -> list[str]:
    """Return the roles that oversee and don't look after people here: first the one with the fewest people,
    such as a chair. Of two with as many, the one that the policy names later."""
    keys = [one.key for one in book.pack.roles_with("oversee") if "administer" not in one.capacities]
    many = {key: len({one.pk for one in _people([key], school, on=on)} - set(out)) for key in keys}
    return sorted((key for key in reversed(keys) if many[key]), key=lambda key: many[key])


def heads_meant(book: Book, *, on: date, out: Collection[int]) -> bool:
    """Return whether it may be about someone who owns the policy, such as the head."""
    keys = [role.key for role in book.pack.roles_with("own_policy")]
    held = assignments_at(Where(anywhere=True), on=on)
    return bool(out) and held.filter(person__in=list(out), role_key__in=keys).exists()


def may_be_in_line(person: Person, *, on: date) -> bool:
    """Return whether a person still has a role that can be told when no lead reads it."""
    return bool(REACHES & capacities(person, on=on, anywhere=True))


def _people(keys: Iterable[str], school: School | None, *, on: date) -> list[Person]:
    """Return who has one of these roles there; in any school, where none is known."""
    where = Where(school) if school is not None else Where(anywhere=True)
    return holders_of_roles(keys, where, on=on)


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
        _("No one else leads on safeguarding there."), _("Name another lead first, to take their place.")
    )


def _seats(person: Person, *, on: date) -> QuerySet[RoleAssignment]:
    """Return the holdings by which this person leads on safeguarding, now or from a later day on."""
    return RoleAssignment.objects.filter(
        Q(to_day=None) | Q(to_day__gte=on),
        Q(ended_on=None) | Q(ended_on__gt=on),
        person=person, leads_since__isnull=False, role_key__in=safeguarding_roles(book_for(person)),
    )  # fmt: skip
