"""A person's duties in groups (what is late, for today, this week, later, and without a time), and what
they are waiting for: what others must do with what this person sent.

Each area registers which of a person's things are waiting (`@waits_on_others`). One query finds them
all, and one the duties about them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.accounts.models import (
    Admission,
    AdmissionState,
    FoundPage,
    FoundState,
    Offer,
    OfferState,
    Proposal,
    ProposalState,
    SmallProposal,
    SmallState,
)
from schoolgate.core.clock import local_day
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.duties.kinds import shortened
from schoolgate.duties.models import Basis, Duty, Urgency
from schoolgate.duties.queries import standing_about, told_first
from schoolgate.inbox.dangers import dangers_in
from schoolgate.inbox.duty_kinds import ANSWER, DANGER, READ, READ_AGAIN
from schoolgate.inbox.models import Item
from schoolgate.incidents.allegations import kinds_in_words
from schoolgate.incidents.duty_kinds import READ_DANGER, TAKE, URGENT
from schoolgate.incidents.models import Report
from schoolgate.incidents.queries import most_pressing_first
from schoolgate.people.confined import meant_by
from schoolgate.people.models import Person, RoleAssignment, ScopeKind
from schoolgate.people.queries import Where, assignments_at, book_of
from schoolgate.policy.duty_kinds import TRAIN
from schoolgate.policy.models import AskedState, PermissionAsked, RulingAsked, Suggestion, SuggestionState
from schoolgate.policy.queries import PolicyInForce, policy_or_none
from schoolgate.publishing.duty_kinds import beginning
from schoolgate.publishing.models import Delivery, Post, PostState
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.duty_words import ShownDuty, shown
from schoolgate.web.frame.shown import ShownDue, due_in_short

NOWHERE = Q(pk__in=[])
TOLD_OF_THE_POLICY = frozenset({"decide_account", "administer", "oversee", "own_policy"})
"""Who reads on this page that the policy is past its review, when it is due, or that there is none."""


@dataclass(frozen=True)
class Reach:
    """Where a person's roles carry something: everywhere, or in these schools and accounts."""

    everywhere: bool = False
    schools: frozenset[int] = frozenset()
    accounts: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.schools or self.accounts)

    def where(self, *, school: str = "school_id", account: str = "pk") -> Q:
        """The condition on rows that name their school and their account in these columns."""
        if self.everywhere:
            return Q()
        named = {f"{school}__in": sorted(self.schools), f"{account}__in": sorted(self.accounts)}
        found = [Q(**{column: values}) for column, values in named.items() if values]
        return reduce(or_, found) if found else NOWHERE


@dataclass(frozen=True)
class Morning:
    """The data of one view of Today. `policy` is None before any was adopted, and for people who are shown
    nothing about it here."""

    visit: Visit
    book: Book
    policy: PolicyInForce | None
    held: Sequence[RoleAssignment]

    def reach(self, *capacities: str) -> Reach:
        """Return where this person's roles carry one of these."""
        carry = {role.key for role in self.book.roles if set(capacities) & role.capacities}
        held = [row for row in self.held if row.role_key in carry]
        return Reach(
            everywhere=any(row.scope_kind == ScopeKind.FEDERATION for row in held),
            schools=frozenset(row.school_id for row in held if row.school_id),
            accounts=frozenset(row.account_id for row in held if row.account_id),
        )

    def role_name(self, key: str) -> str:
        """Return the policy's name of a role; its key where the policy doesn't know it."""
        return self.book.role_names.get(key, key)

    @property
    def acting_for(self) -> dict[str, str]:
        """Return the roles that the person holds only on behalf of someone else, with that person's name."""
        own = {row.role_key for row in self.held if row.acting_for is None}
        return {
            row.role_key: row.acting_for.name
            for row in self.held
            if row.acting_for is not None and row.role_key not in own
        }


def morning_of(visit: Visit) -> Morning:
    """Gather it, without a query: the door has read the policy in force and the roles held."""
    policy = policy_or_none(visit.on) if visit.capacities & TOLD_OF_THE_POLICY else None
    book = policy.book if policy is not None else book_of(visit.federation)
    return Morning(visit, book, policy, visit.held)


GROUPS = {
    "danger": gettext_lazy("Danger"),
    "harm": gettext_lazy("Urgent"),
    "over": gettext_lazy("Overdue"),
    "today": gettext_lazy("Today"),
    "week": gettext_lazy("This week"),
    "later": gettext_lazy("Later"),
    "none": gettext_lazy("No deadline"),
}
BEFORE_TIME = {Urgency.DANGER: "danger", Urgency.HARM: "harm"}
OF_CONCERN = (TAKE, URGENT, READ_DANGER)
SAID_BY: Mapping[str, tuple[str, ...]] = {
    TAKE: (URGENT,), **dict.fromkeys((ANSWER, READ, READ_AGAIN), (DANGER,))
}  # fmt: skip
"""Kind of task -> those of danger about the same thing beside which it isn't shown."""
WHOSE_RULE = {
    Basis.POLICY: gettext_lazy("The policy says this."),
    Basis.CHOSEN: gettext_lazy("Your federation chose this."),
    Basis.HOUSE: gettext_lazy("This is Schoolgate’s own rule."),
}
LAST_DAY_OF_A_WEEK = 6
FOLDED = ("week", "later", "none")
"""Groups in which tasks with one title are folded beyond the first SHOWN: none is due today or earlier."""
SHOWN = 3


@dataclass(frozen=True)
class TodayDuty:
    """A duty as the page of today shows it. `notes`: how it came to this person, in plain sentences."""

    shown: ShownDuty
    due: ShownDue
    notes: Sequence[str]
    school: str
    when: bool
    """Whether to show its deadline: the heading already says that there is none, or that it's now."""
    since: datetime | None
    """When danger was told: of several, who reads them sees which is the newest."""


@dataclass(frozen=True)
class SameTitle:
    """Duties of a group that have one title, which is shown once; `more` are in a fold below."""

    title: str | Promise
    first: Sequence[TodayDuty]
    more: Sequence[TodayDuty]


@dataclass(frozen=True)
class Group:
    """Duties that belong together in time; `key` is one of GROUPS; `number`: of them all, of dangers those on
    other pages too."""

    key: str
    title: str | Promise
    duties: Sequence[TodayDuty]
    number: int

    @property
    def look(self) -> str:
        """Return the group whose look it has: urgent looks like overdue."""
        return "over" if self.key in BEFORE_TIME.values() else self.key

    @property
    def titles(self) -> list[SameTitle]:
        """Return the duties by title, each title where its first duty is; those of danger in their order,
        whatever their titles."""
        duties = list(self.duties)
        if self.key != BEFORE_TIME[Urgency.DANGER]:
            titles = list(dict.fromkeys(str(each.shown.title) for each in duties))
            duties.sort(key=lambda each: titles.index(str(each.shown.title)))
        shown = SHOWN if self.key in FOLDED else len(duties)
        found = [(title, list(rows)) for title, rows in groupby(duties, lambda each: str(each.shown.title))]
        return [SameTitle(title, rows[:shown], rows[shown:]) for title, rows in found]


def grouped(
    duties: Sequence[Duty], morning: Morning, names: Mapping[str, str], *, dangers: int
) -> list[Group]:
    """Return the non-empty groups of duties in their order: most urgent first, then soonest first; of dangers
    the most pressing. `names`: names of the things that the duties are about; `dangers`: how many there
    are."""
    at = morning.visit.at
    names = {**names, **_dangers(duties, names)}
    many_schools = len({duty.school_id for duty in duties}) > 1
    meant = meant_by({duty.subject for duty in duties if duty.moved_on_at and duty.then_person_id})
    rows: dict[str, list[TodayDuty]] = {key: [] for key in GROUPS}
    told = _told(duties)
    for each in shown(most_pressing_first(duties), morning.book, at=at, names=names):
        rows[group_of(each.duty, at=at)].append(
            _today(each, morning, meant, with_school=many_schools, told=told.get(each.duty.pk))
        )
    in_danger = BEFORE_TIME[Urgency.DANGER]
    return [
        Group(key, GROUPS[key], found, dangers if key == in_danger else len(found))
        for key, found in rows.items()
        if found
    ]


def _told(duties: Sequence[Duty]) -> dict[int, datetime]:
    """Return when each danger was told, by the number of its task: a concern made from a comment has the
    comment's time. Two queries; none where there is none."""
    found = [each for each in duties if each.urgency == Urgency.DANGER]
    concerns = {number_of(each.subject) for each in found if each.kind in OF_CONCERN}
    rows = Report.objects.filter(pk__in=concerns).exclude(thing="") if concerns else ()
    return told_first(found, {subject_of(row): row.thing for row in rows})


def _dangers(duties: Sequence[Duty], names: Mapping[str, str]) -> dict[str, str]:
    """Return what a person's own tasks of danger are about: of several, they see which comes first. The items
    may be locked to them. A query each for comments and for concerns, none where there is none."""
    mine = {number_of(each.subject): each.subject for each in duties if each.kind == DANGER}
    rows = Item.every.filter(pk__in=mine).values_list("pk", "account__name", "why") if mine else ()
    found = {
        mine[pk]: " · ".join(
            [account, *map(str, dangers_in(why)[:1]), _("Comment {number}").format(number=pk)]
        )
        for pk, account, why in rows
    }
    concerns = {
        number_of(each.subject): each.subject
        for each in duties
        if each.kind in OF_CONCERN and each.urgency == Urgency.DANGER
    }
    for pk, kinds in kinds_in_words(concerns).items():
        found[concerns[pk]] = " · ".join(filter(None, [names.get(concerns[pk], ""), *map(str, kinds)]))
    return found


def each_once(duties: Sequence[Duty], leading: Sequence[Duty]) -> list[Duty]:
    """Return these tasks of a person without those that another one says better: of a concern that no one
    takes, the alarm; of a comment that may show danger, to read it now, not a reply by tomorrow. `leading`:
    the beginning of the list, where all danger is."""
    said = {(each.kind, each.subject) for each in leading if each.urgency == Urgency.DANGER}
    return [
        each
        for each in duties
        if not any((better, each.subject) in said for better in SAID_BY.get(each.kind, ()))
    ]


def group_of(duty: Duty, *, at: datetime) -> str:
    """Return the one of GROUPS for a duty at an instant; a week ends on Sunday. Danger and harm ignore the
    time."""
    if duty.urgency in BEFORE_TIME:
        return BEFORE_TIME[Urgency(duty.urgency)]
    day = duty.due.day_in_london()
    if day is None:
        return "none"
    if duty.due.is_late(at):
        return "over"
    today = local_day(at)
    if day <= today:
        return "today"
    return "week" if day <= today + timedelta(days=LAST_DAY_OF_A_WEEK - today.weekday()) else "later"


def due_shown(duty: Duty, book_says: bool, *, at: datetime) -> ShownDue:
    """Return the deadline in few words. `book_says`: whether a clause of the policy is behind the duty."""
    return due_in_short(instant=duty.due_at, day=duty.due_day, at=at, promised=book_says)


def _today(
    each: ShownDuty,
    morning: Morning,
    meant: Mapping[str, set[int]],
    *,
    with_school: bool,
    told: datetime | None,
) -> TodayDuty:
    duty = each.duty
    by_policy = any(clause.basis in ("policy", "chosen") for clause in each.clauses)
    return TodayDuty(
        shown=each,
        due=due_shown(duty, by_policy, at=morning.visit.at),
        notes=_notes(duty, morning, meant.get(duty.subject, set())),
        school=duty.school.name
        if with_school and duty.school is not None and not each.about.startswith(duty.school.name)
        else "",
        when=duty.urgency != Urgency.DANGER and bool(duty.due_at or duty.due_day),
        since=told,
    )


def _notes(duty: Duty, morning: Morning, meant: set[int]) -> list[str]:
    """Return how it came to this person. `meant`: the people it may be about, who are no one to turn to."""
    me = morning.visit.person.pk
    mine = {row.role_key for row in morning.held}
    first = duty.person_id == me or (not duty.person_id and duty.role_key in mine)
    notes = [] if first or not duty.moved_on_at else _came(duty, morning)
    role = duty.role_key if first else duty.then_role_key
    if role and role in morning.acting_for:
        name = morning.acting_for[role]
        notes.append(_("You’re covering for {name}: {role}.").format(name=name, role=morning.role_name(role)))
    elif role and len(mine) > 1:
        notes.append(_("Because of your role: {role}.").format(role=morning.role_name(role)))
    told = duty.then_person_id not in meant
    if first and told and duty.moved_on_at and (duty.then_person_id or duty.then_role_key not in mine):
        notes.append(_went(duty, morning))
    return notes


def _came(duty: Duty, morning: Morning) -> list[str]:
    whom = duty.person.name if duty.person is not None else morning.role_name(duty.role_key)
    return [
        _("Passed to you because it is overdue."),
        _("First assigned to {whom}.").format(whom=whom),
        str(WHOSE_RULE[Basis(duty.then_basis)]),
    ]


def _went(duty: Duty, morning: Morning) -> str:
    then = duty.then_person
    whom = then.name if then is not None else morning.role_name(duty.then_role_key)
    return _("Overdue, so also sent to {whom}.").format(whom=whom)


MOST = 20
"""Things of each room that are looked at, and lines that are shown."""
MOST_NAMES = 3
"""Of a role that more people have, only the role is named."""
MOST_HOLDERS = 60


@dataclass(frozen=True)
class MyThing:
    """A person's thing that is waiting: its name for the record, its title, its page.

    `kinds`: only duties of these kinds about it are shown; if empty, all.
    """

    subject: str
    name: str = ""
    href: str = ""
    kinds: tuple[str, ...] = ()

    def waits_for(self, duty: Duty) -> bool:
        """Return whether the person is waiting for this duty of another person."""
        return not self.kinds or duty.kind in self.kinds


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can wait for others.

    `find` returns the rows, each with its name in `called` and, where the page is not that of the thing
    itself, the id for its address in `goes_to`. `page` is the page's name; empty if there is none.
    """

    subject: str
    page: str
    find: Callable[[Person], QuerySet[Any, Any]]


_kinds: list[Kind] = []


def waits_on_others(
    subject: str, page: str
) -> Callable[[Callable[[Person], QuerySet[Any, Any]]], Callable[[Person], QuerySet[Any, Any]]]:
    """Register a finder of the visitor's waiting things, at most MOST of them, newest first."""

    def note(find: Callable[[Person], QuerySet[Any, Any]]) -> Callable[[Person], QuerySet[Any, Any]]:
        _kinds.append(Kind(subject, page, find))
        return find

    return note


@dataclass(frozen=True)
class Awaited:
    """One line: what another person must do, with which of my things, by when, and who that is."""

    title: str | Promise
    about: str
    href: str
    due: ShownDue
    late: bool
    whom: Sequence[str]


def awaited_duties(person: Person, *, but: Iterable[int]) -> tuple[list[Duty], Mapping[str, MyThing]]:
    """Return what others must do about this person's things, soonest first, without the duties `but`, and
    these things by their names. Two queries."""
    mine = {thing.subject: thing for thing in _things(person)}
    found = [
        duty
        for duty in standing_about(mine, but=but)
        if duty.person_id != person.pk and mine[duty.subject].waits_for(duty)
    ]
    return found, mine


def _things(person: Person) -> Iterator[MyThing]:
    # Their own training may wait until it is recorded. They aren't told of other tasks about them.
    yield MyThing(f"people.person:{person.pk}", kinds=(TRAIN,))
    rows = [
        kind.find(person)
        .order_by("-pk")
        .values_list(Value(number), "pk", Cast("called", TextField()), "goes_to")[:MOST]
        for number, kind in enumerate(_kinds)
    ]
    for number, pk, name, to in rows[0].union(*rows[1:], all=True):
        kind = _kinds[number]
        yield MyThing(f"{kind.subject}:{pk}", shortened(name or ""), reverse(kind.page, args=[to]))


def awaited(
    duties: Sequence[Duty], mine: Mapping[str, MyThing], morning: Morning, names: Mapping[str, str]
) -> list[Awaited]:
    """Return what this person is waiting for, as lines; `names`: names of things that have none themselves.
    One query."""
    found: dict[tuple[str, str], list[ShownDuty]] = {}
    for each in shown(duties, morning.book, at=morning.visit.at, names=names):
        found.setdefault((each.duty.kind, each.duty.subject), []).append(each)
    whose = Whose.of(duties, morning)
    rows = [_line(rows, mine[subject], whose, morning) for (_kind, subject), rows in found.items()]
    return rows[:MOST]


def _line(rows: Sequence[ShownDuty], thing: MyThing, whose: Whose, morning: Morning) -> Awaited:
    first = rows[0]
    by_policy = any(clause.basis in ("policy", "chosen") for clause in first.clauses)
    return Awaited(
        title=first.title,
        about=thing.name or first.about,
        href=thing.href,
        due=due_shown(first.duty, by_policy, at=morning.visit.at),
        late=first.duty.due.is_late(morning.visit.at),
        whom=list(dict.fromkeys(who for row in rows for who in _whom(row.duty, whose, morning))),
    )


def _whom(duty: Duty, whose: Whose, morning: Morning) -> list[str]:
    """Return who has it: a person by name, a role with its holders; if it moved on, those who have it now. No
    one that it may be about."""
    found: list[Person | str] = [duty.person or duty.role_key]
    if duty.moved_on_at:
        found.append(duty.then_person or duty.then_role_key)
    return [name for who in found if who and (name := whose.name_of(who, duty, morning))]


@dataclass(frozen=True)
class Whose:
    """Who has the roles of some duties today, by role: number and name; and `meant`, the people that these
    duties may be about."""

    holders: Mapping[str, Sequence[tuple[int, str]]]
    meant: Mapping[str, set[int]]

    @classmethod
    def of(cls, duties: Sequence[Duty], morning: Morning) -> Whose:
        """Return it for these duties. One query, none if no role is awaited, and those of who is meant."""
        return cls(
            _holders([duty for duty in duties if not duty.person_id], morning),
            meant_by({duty.subject for duty in duties}),
        )

    def name_of(self, who: Person | str, duty: Duty, morning: Morning) -> str:
        """Return a person's name, or a role's with its holders; empty for a person it may be about."""
        out = self.meant.get(duty.subject, set())
        if isinstance(who, Person):
            return "" if who.pk in out else who.name
        known = [name for pk, name in self.holders.get(who, ()) if pk not in out]
        name = morning.role_name(who)
        return f"{name} ({', '.join(known)})" if 0 < len(known) <= MOST_NAMES else name


def _holders(duties: Sequence[Duty], morning: Morning) -> dict[str, list[tuple[int, str]]]:
    """Return who has these roles today where these duties belong, by role."""
    on = morning.visit.on
    keys = {duty.role_key for duty in duties} | {duty.then_role_key for duty in duties} - {""}
    if not keys:
        return {}
    there = Q(scope_kind=ScopeKind.FEDERATION) | Q(
        school__in={duty.school_id for duty in duties} - {None}
    )  # fmt: skip
    there |= Q(account_id__in={duty.subject_account for duty in duties} - {None})
    there |= Q(managed__in={duty.about_person_id for duty in duties} - {None})
    there |= Q(scope_kind=ScopeKind.ITEM, item__in={duty.subject for duty in duties})
    held = assignments_at(Where(anywhere=True), on=on).filter(there, role_key__in=keys)
    rows = held.order_by("role_key", "person__name").values_list("role_key", "person_id", "person__name")
    found: dict[str, list[tuple[int, str]]] = {}
    for key, pk, name in rows.distinct()[:MOST_HOLDERS]:
        found.setdefault(key, []).append((pk, name))
    return found


ON_THEIR_WAY = (PostState.SENDING, PostState.PUBLISHED, PostState.NOT_SENT, PostState.TAKING_DOWN)
Rows = QuerySet[Any, Any]


def _by_name(rows: Rows, name: str = "name", to: str = "pk") -> Rows:
    found: Rows = rows.annotate(called=F(name), goes_to=F(to))
    return found


def _nameless(rows: Rows) -> Rows:
    found: Rows = rows.annotate(called=Value("", output_field=TextField()), goes_to=F("pk"))
    return found


@waits_on_others("publishing.post", "post")
def posts(person: Person) -> Rows:
    """Find posts that wait for approval."""
    rows = Post.objects.filter(author=person, state=PostState.SUBMITTED)
    return rows.annotate(called=beginning(OuterRef("pk")), goes_to=F("pk"))


@waits_on_others("publishing.delivery", "post")
def deliveries(person: Person) -> Rows:
    """Find deliveries of this person's posts that still have to be posted by hand, or checked."""
    newest = Post.objects.filter(author=person, state__in=ON_THEIR_WAY).order_by("-pk")[:MOST]
    rows = Delivery.objects.filter(post__in=newest.values("pk")).exclude(state="confirmed")
    return _by_name(rows, "account__name", "post_id")


@waits_on_others("accounts.proposal", "proposal")
def proposals(person: Person) -> Rows:
    """Proposals for an account."""
    return _by_name(Proposal.objects.filter(by=person, state=ProposalState.SUBMITTED))


@waits_on_others("accounts.smallproposal", "small-proposal")
def small_proposals(person: Person) -> Rows:
    """Quick requests."""
    return _by_name(SmallProposal.objects.filter(by=person, state=SmallState.WAITING))


@waits_on_others("accounts.admission", "admission")
def admissions(person: Person) -> Rows:
    """Access requests that this person entered. Who asks stays on the request's own page."""
    waiting = (AdmissionState.WAITING, AdmissionState.LET_IN)
    return _nameless(Admission.objects.filter(entered_by=person, state__in=waiting))


@waits_on_others("accounts.foundpage", "found-page")
def found_pages(person: Person) -> Rows:
    """Unofficial pages that this person found."""
    waiting = (FoundState.FOUND, FoundState.ASKED)
    return _by_name(FoundPage.objects.filter(found_by=person, state__in=waiting))


@waits_on_others("accounts.offer", "account-offers")
def offers(person: Person) -> Rows:
    """Find parts in an account that this person asked someone to take."""
    return _by_name(Offer.objects.filter(by=person, state=OfferState.WAITING), "account__name", "account_id")


@waits_on_others("policy.rulingasked", "asked-ruling")
def questions(person: Person) -> Rows:
    """Questions that the policy leaves open, which this person asked."""
    return _nameless(RulingAsked.objects.filter(asked_by=person, state=AskedState.OPEN))


@waits_on_others("policy.permissionasked", "permission-asked")
def permissions(person: Person) -> Rows:
    """Permissions that this person asked for."""
    return _nameless(PermissionAsked.objects.filter(asked_by=person, state=AskedState.OPEN))


@waits_on_others("policy.suggestion", "suggestion")
def suggestions(person: Person) -> Rows:
    """Suggestions for the policy."""
    return _nameless(Suggestion.objects.filter(by=person, state=SuggestionState.OPEN))
