"""How open accounts are looked after: daily checks, who may do them, what was missed and who is asked for
it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.duty_kinds import LOOK_IN, READ_FRIENDS, READ_THROUGH, TAKE_PART
from schoolgate.accounts.models import (
    Account,
    AccountState,
    Archive,
    Care,
    Closing,
    ClosingState,
    Look,
    Looked,
    Offer,
    OfferState,
    Part,
    TeamMember,
)
from schoolgate.core.actions import action
from schoolgate.core.calendars import bank_holidays
from schoolgate.core.clock import begins, local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import is_held
from schoolgate.core.models import CalendarDay, DayKind, School, Term
from schoolgate.core.moves import done_before
from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.duties.actions import Then, discharge
from schoolgate.duties.models import Basis, Due
from schoolgate.duties.queries import standing, standing_about
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, away_on, capacities, here_on
from schoolgate.people.rules import can, check_capacity
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import in_force, school_in_rules
from schoolgate.rota.turns import OnDuty
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.findings import Finding
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations import account_run as watched
from schoolgate.rulebook.situations.account_run import AccountStatus, AccountWatch
from schoolgate.rulebook.situations.posts import FeedUpkeep
from schoolgate.rulebook.situations.times import DaysChosen
from schoolgate.rulebook.working_time import Calendar, Days

ONE_DAY = timedelta(days=1)
AHEAD = timedelta(days=31)
"""How far the calendar reaches beyond the day: a time chosen in working days may end after a holiday."""


def watch_facts(
    account: Account,
    looks: Iterable[Look],
    book: Book,
    *,
    since: date,
    at: datetime,
    calendar: Calendar | None,
) -> AccountWatch:
    """Return how an account was watched since the day `since`. `looks`: those since then, and the last one
    before.

    Comments below people's own posts are not included: no one counts which of them were read.
    """
    names = book.role_names
    return AccountWatch(
        now=at,
        watched_from=since,
        looks=tuple(
            watched.Look(
                at=one.at,
                by=person_key(one.by_id),
                roles=tuple(names[key] for key in one.roles.split(",") if key in names),
                what=cast("watched.Watched", one.what),
            )
            for one in sorted(looks, key=lambda look: look.at)
        ),
        open_since=account.opened_at,
        has_friends=friends_may_comment(account),
        calendar=calendar,
    )


def friends_may_comment(account: Account) -> bool | None:
    """Return whether friends of the account may comment; None where it is not stated."""
    care = getattr(account, "watched", None)
    return care.friends_may_comment if care is not None else None


def first_day_after(account: Account, looks: Iterable[Look]) -> date:
    """Return the day after the last check of the account itself, or after it went live; earlier days no
    longer count."""
    last = max((one.at for one in looks if one.what == Looked.ACCOUNT), default=account.opened_at)
    return local_day(last or account.made_at) + ONE_DAY


def status_facts(
    account: Account, *, last_visit: datetime | None, unanswered: int, at: datetime
) -> AccountStatus:
    """Return how active an account is: its last post, the last visit of its team, what waits there."""
    opened = account.opened_at or account.made_at
    return AccountStatus(
        now=at,
        last_post_on=local_day(account.last_good_publish_at or opened),
        last_visit_on=local_day(last_visit or opened),
        unanswered=unanswered,
    )


def feed_facts(account: Account, chosen: Mapping[int, DaysChosen], *, at: datetime) -> FeedUpkeep:
    """Return when an account last had a post, and how many days its school lets pass. `chosen`: by school."""
    return FeedUpkeep(
        now=at,
        school=school_in_rules(account.school),
        last_post_on=local_day(account.last_good_publish_at or account.opened_at or account.made_at),
        chosen=chosen.get(account.school_id or 0),
    )


def calendars(schools: Iterable[School | None], first: date, last: date) -> dict[int, Calendar]:
    """Return the days of these schools as the rulebook counts them, where their terms are known. Two queries.

    Days outside the entered terms are not known, and nothing is assumed about them.
    """
    wanted = {school.pk: school for school in schools if school is not None}
    terms: dict[int, list[Days]] = {}
    for term in Term.objects.filter(school__in=wanted).order_by("first_day"):
        terms.setdefault(term.school_id, []).append(Days(term.first_day, term.last_day))
    special: dict[int, list[CalendarDay]] = {}
    for day in CalendarDay.objects.filter(school__in=wanted, day__range=(first, last)):
        special.setdefault(day.school_id, []).append(day)
    return {pk: _calendar(wanted[pk], known, special.get(pk, []), first, last) for pk, known in terms.items()}


def _calendar(
    school: School, terms: list[Days], special: Iterable[CalendarDay], first: date, last: date
) -> Calendar:
    begins, ends = max(first, terms[0].first), min(last, terms[-1].last)
    by_kind: Mapping[str, list[date]] = {
        kind: [one.day for one in special if one.kind == kind] for kind in DayKind.values
    }
    return Calendar(
        country="wales" if school.country == "wales" else "england",
        bank_holidays_known=Days(first, last),
        bank_holidays=bank_holidays(school.country, first, last),
        added_days=tuple(by_kind[DayKind.ADDED_HOLIDAY]),
        terms_known=Days(begins, ends) if begins <= ends else None,
        terms=tuple(one for one in terms if one.first <= last and one.last >= first),
        inset_days=tuple(by_kind[DayKind.INSET]),
    )


LOOKED_THROUGH = timedelta(days=60)
"""How far back checks are searched; for a longer gap the last check is stored with the account."""
WEEKS = 5
"""How many weeks a page shows, this one included."""


def here(on: date) -> Q:
    """Return who runs an account on a day and is there: neither left nor on long leave."""
    runs = Q(from_day__lte=on) & (Q(to_day=None) | Q(to_day__gte=on))
    return runs & here_on(on, "person__") & ~Q(away_on(on, person="person"))


def in_care(rows: QuerySet[Account], *, on: date) -> QuerySet[Account]:
    """Return accounts with all that their care needs; team members who are not away are in `.there`."""
    team = TeamMember.objects.filter(here(on)).select_related("person").order_by("id")
    return rows.select_related("school", "proposal", "watched__last_look__by").prefetch_related(
        Prefetch("team", team, to_attr="there")
    )


def cared_for(pk: int, *, on: date) -> Account:
    """Return one account that is there, as `in_care` does."""
    return in_care(Account.objects.filter(pk=pk), on=on).get()


def in_order(account: Account, *first: str) -> list[Person]:
    """Return who runs the account and is there, leads first, or those with the parts `first` before all
    others.

    Takes an account from `in_care`.
    """
    members: Sequence[TeamMember] = getattr(account, "there", ())
    wanted = first or (Part.LEAD,)
    ordered = sorted(members, key=lambda row: (row.part not in wanted, row.part != Part.LEAD, row.pk))
    return list(dict.fromkeys(row.person for row in ordered))


def last_looks(accounts: Collection[Account], *, at: datetime) -> dict[int, list[Look]]:
    """Return for each account the newest check of each kind and by each set of roles. One query."""
    recent = Look.objects.filter(account__in=accounts, at__gt=at - LOOKED_THROUGH, at__lte=at)
    found: dict[int, list[Look]] = {account.pk: [] for account in accounts}
    for look in recent.order_by("account_id", "what", "roles", "-at").distinct("account_id", "what", "roles"):
        found[look.account_id].append(look)
    for account in accounts:
        care = getattr(account, "watched", None)
        last = care.last_look if care is not None else None
        if last is not None and last.at <= at - LOOKED_THROUGH:
            found[account.pk].append(last)
    return found


def looks_since(account: Account, since: date) -> list[Look]:
    """Return every check of an account from a day on, newest first, with who checked."""
    rows = account.looks.filter(at__gte=begins(since)).select_related("by")
    return list(rows.order_by("-at", "-id")[:2000])


@dataclass(frozen=True)
class Week:
    """A week from Monday on: the days with a check, and how many of its days have come."""

    monday: date
    looked: tuple[date, ...]
    days: int


def weeks_of(looks: Iterable[Look], *, on: date, weeks: int = WEEKS) -> list[Week]:
    """Return the last weeks of an account, oldest first, this one included."""
    days = {local_day(look.at) for look in looks if look.what == Looked.ACCOUNT}
    this = on - timedelta(days=on.weekday())
    mondays = [this - timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]
    return [
        Week(
            monday=monday,
            looked=tuple(sorted(day for day in days if monday <= day < monday + timedelta(days=7))),
            days=min(7, (on - monday).days + 1),
        )
        for monday in mondays
    ]


def mine_to_look_in(person: Person, *, on: date, limit: int = 20) -> list[Account]:
    """Return the open accounts that this person runs, each with its last check. Two queries."""
    ids = TeamMember.objects.filter(here(on), person=person, account__state=AccountState.OPEN)
    rows = Account.objects.filter(pk__in=ids.values("account")).select_related("watched__last_look__by")
    return list(rows.order_by("name", "pk")[:limit])


def without_anybody(*, on: date, limit: int = 50) -> list[Account]:
    """Return accounts that are not closed and have no lead who is there. One query."""
    led = TeamMember.objects.filter(here(on), part=Part.LEAD).values("account")
    rows = Account.objects.exclude(state=AccountState.CLOSED).exclude(pk__in=led)
    return list(rows.select_related("school").order_by("name", "pk")[:limit])


def asks_for_looks(book: Book) -> bool:
    """Return whether this policy has anything on daily checks of accounts."""
    return bool(book.bound("account.watch"))


def runs_any(person: Person) -> bool:
    """Return whether a person is on the team of any account."""
    return TeamMember.objects.filter(person=person, to_day=None).exists()


def names_here(on: date, *, limit: int) -> list[tuple[int, str]]:
    """Return the id and name of everyone here on a day, by name. One query."""
    return list(Person.objects.filter(here_on(on)).order_by("name", "pk").values_list("pk", "name")[:limit])


def team_names(account: Account) -> list[tuple[int, str]]:
    """Return the id and name of each person on an account's team, in the order in which they came. One
    query."""
    team = account.team.filter(to_day=None).order_by("id").values_list("person_id", "person__name")
    return list(dict.fromkeys(team))


def offers_of(account: Account, *, limit: int = 20) -> list[Offer]:
    """Return who was asked to take a part in an account, newest first. One query."""
    return list(account.offers.select_related("to", "by", "instead_of").order_by("-id")[:limit])


def offer_by_id(pk: int) -> Offer:
    """Return one part that a person was asked to take. Raises NotFound, also for another federation's."""
    found = Offer.objects.select_related("account__school", "to", "by", "instead_of").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def archive_by_id(pk: int) -> Archive:
    """Return one archive of an account. Raises NotFound, also for another federation's."""
    found = Archive.objects.select_related("account__school").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def farewell(closing: Closing, *, at: datetime) -> str:
    """Return the message to followers as it may be published now; "" where there is none, where no one has
    read what the proposal had, or where a child in it may no longer be named."""
    words, network = closing.followers, closing.account.network
    held = is_held(Door.FAREWELL, {"followers": words}, about=closing, at=at, network=network)
    return "" if held else words


OF_POINT = {
    "looked_at": LOOK_IN,
    "days_looked_at": LOOK_IN,
    "contributions_read": READ_THROUGH,
    "friends_comments_read": READ_FRIENDS,
}
"""The duty to open where a rule at this point was not met."""
FIRST_PARTS = {LOOK_IN: (), READ_THROUGH: (Part.ADMINISTRATOR,), READ_FRIENDS: (Part.MODERATOR,)}
"""Who is asked before the leads."""
A_MOMENT = timedelta(seconds=1)


def missed_in(decision: Decision, book: Book) -> dict[str, Finding]:
    """Return what is overdue by the decision on how an account was watched: kind of duty -> the finding.

    What a clause only advises is shown, but no one owes it. Where the policy gives no number, none was chosen
    and a week has passed, the federation has to say how often is enough, and meanwhile someone checks.
    """
    advised = {bound.clauses for bound in book.bound("account.watch") if bound.may_depart}
    found: dict[str, Finding] = {}
    for finding in decision.findings:
        kind = OF_POINT.get(finding.point)
        too_long = finding.kind is Kind.REFERS and finding.point == "looked_at"
        not_done = finding.stands and (too_long or finding.kind is Kind.BREACHED)
        if kind and not_done and finding.clauses not in advised:
            found.setdefault(kind, finding)
    return found


def due_of(finding: Finding, asked: AccountWatch, *, on: date) -> Due:
    """Return when the missed check was due: the first missed day, or the end of the time allowed."""
    days = finding.args.get("missed")
    if days:
        return Due.day(min(days))
    last = max(
        (one.at for one in asked.looks or () if one.what == _looked(finding)), default=asked.open_since
    )
    if last is None:
        return Due.none_promised()
    then = verdict("account.watch", asked.model_copy(update={"now": last + A_MOMENT}), on=on)
    for duty in then.duties:
        if duty.clauses == finding.clauses:
            return Due.of(duty.due)
    return Due.none_promised()


def _looked(finding: Finding) -> str:
    return {"contributions_read": "contributions", "friends_comments_read": "friends"}.get(
        finding.point, "account"
    )


def asked_for(
    account: Account, kind: str, *, duty: OnDuty | None = None
) -> tuple[Person, Then | None] | None:
    """Return who is asked, and who is next once that is overdue, by the program's own rule; None: no one is
    there.

    Takes an account from `queries.care.in_care`. `duty`: the person on duty by the rota, who comes first.
    """
    first = duty.people(account.school_id) if duty is not None else []
    people = [*first, *in_order(account, *FIRST_PARTS.get(kind, ()))]
    people = list(dict.fromkeys(people))
    if not people:
        return None
    return people[0], Then(Basis.HOUSE, person=people[1]) if len(people) > 1 else None


def calendar_around(
    accounts: Iterable[Account], looks: Iterable[Look] | Mapping[int, list[Look]], *, at: datetime
) -> dict[int, Calendar]:
    """Return the calendars of the schools of these accounts, from before their last checks on, by school."""
    known = [one for each in looks.values() for one in each] if isinstance(looks, Mapping) else list(looks)
    chosen = list(accounts)
    starts = [local_day(one.at) for one in known] + [
        local_day(account.opened_at) for account in chosen if account.opened_at
    ]
    on = local_day(at)
    first = max(min(starts, default=on), on - timedelta(days=400))
    return calendars([account.school for account in chosen], min(first, on), on + AHEAD)


LOOKS = frozenset({"moderate", "answer", "second_person", "open_account", "administer"})
"""The capacities whose checks count besides those of the account's own team."""
SEES_INSIDE = frozenset({"decide_account", "oversee", "administer", "open_account", "moderate"})


def check_may_look(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person is on the account's team, or looks after accounts there."""
    if is_on_team(by, account):
        return
    if not capacities(by, on=on, school=account.school, account=account) & LOOKS:
        check_capacity(by, "moderate", on=on, school=account.school, account=account)


def check_may_see_care(by: Person, account: Account, *, on: date) -> None:
    """Raise NotFound for people who neither run the account nor look after, decide or oversee there."""
    if not is_on_team(by, account) and not (
        capacities(by, on=on, school=account.school, account=account) & (SEES_INSIDE | LOOKS)
    ):
        raise NotFound


def check_may_evaluate(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person leads or administers the account, or decides or opens there."""
    if is_on_team(by, account, Part.LEAD, Part.ADMINISTRATOR):
        return
    if not capacities(by, on=on, school=account.school, account=account) & {"decide_account", "oversee"}:
        check_capacity(by, "open_account", on=on, school=account.school, account=account)


def check_may_close(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person leads the account, or opens or decides on accounts there."""
    if is_on_team(by, account, Part.LEAD):
        return
    if "decide_account" not in capacities(by, on=on, school=account.school, account=account):
        check_capacity(by, "open_account", on=on, school=account.school, account=account)


def check_may_offer(by: Person, account: Account, *, on: date) -> None:
    """Raise NotAllowed unless the person leads the account, or decides on who runs accounts there."""
    check_may_close(by, account, on=on)


def check_open(account: Account) -> None:
    """Raise NotNow unless the account is open."""
    if account.state != AccountState.OPEN:
        raise NotNow(_("This account isn’t open."), _("The account’s page shows what it still needs."))


def check_under_way(closing: Closing, *, to: ClosingState | None = None) -> None:
    """Raise NotNow once an account is closed, or its closing was called off; AlreadyDone where it ended as
    this step ends it: `to`."""
    if closing.state != ClosingState.UNDER_WAY:
        raise done_before(
            closing,
            otherwise=NotNow(
                _("This closure has ended or been cancelled."), _("Open it again to see its status.")
            ),
            state=to,
        )


def check_is_offered(by: Person, offer: Offer, *, to: OfferState) -> None:
    """Raise NotAllowed for all but the person who was asked; NotNow once it is answered, AlreadyDone with
    `to`."""
    if offer.to_id != by.pk:
        raise NotAllowed(_("Only the person who was asked can accept or decline."))
    if offer.state != OfferState.WAITING:
        raise done_before(
            offer,
            _("This has already been answered."),
            _("Open it again to see its status."),
            otherwise=NotNow(
                _("This offer has been answered differently or withdrawn."),
                _("Open it again to see its status."),
            ),
            state=to,
        )


def is_on_team(by: Person, account: Account, *parts: str) -> bool:
    """Return whether the person runs the account today, in one of these parts where any is named."""
    held = read_once(
        ("accounts.parts", account.pk, by.pk),
        lambda: set(account.team.filter(person=by, to_day=None).values_list("part", flat=True)),
    )
    return bool(held & set(parts) if parts else held)


AT_ONCE = timedelta(minutes=10)
"""Checks by one person of one account within this time count as one: a second tap adds nothing."""
BY_A_LOOK = (LOOK_IN, READ_THROUGH, READ_FRIENDS)
AN_HOUR = timedelta(hours=1)
POINTS = {
    Looked.ACCOUNT: ("looked_at", "days_looked_at", "looked_at_in_holidays"),
    Looked.CONTRIBUTIONS: ("contributions_read",),
    Looked.FRIENDS: ("friends_comments_read",),
}


@action
def look_in(*, account: Account, by: Person, at: datetime, what: str = Looked.ACCOUNT) -> Look:
    """Record a check of an account, and close the duties that were open because nothing had been checked.

    The first check of a day goes into the record; every check is a row. Raises NotAllowed, NotNow,
    BadInput.
    """
    on = local_day(at)
    check_open(account)
    check_may_look(by, account, on=on)
    if what not in Looked.values:
        raise BadInput({"what": _("Choose what was checked.")})
    before = account.looks.filter(what=what, at__gte=min(begins(on), at - AT_ONCE), at__lte=at)
    today = list(before.order_by("-at").values_list("by_id", "at"))
    again = next((when for person, when in today if person == by.pk), None)
    if again is not None and again > at - AT_ONCE:
        return account.looks.get(what=what, by=by, at=again)
    held = assignments(by, on=on, where=Where(school=account.school, account=account))
    roles = sorted(set(held.values_list("role_key", flat=True)))
    look = Look.objects.create(account=account, by=by, at=at, what=what, roles=",".join(roles)[:500])
    _remember(account, look)
    if not any(when >= begins(on) for _person, when in today):
        bound = in_force(on).book.at("account.watch", *POINTS[Looked(what)])
        cited = list(dict.fromkeys(clause for one in bound for clause in one.clauses))
        record("account.looked_in", subject=account, at=at, actor=by, clauses=cited, look=look.pk, what=what)
    _let_go(account, by=by, at=at)
    for duty in standing(TAKE_PART, [account])[subject_of(account)]:
        if duty.role_key in roles:
            discharge(kind=TAKE_PART, subject=account, by=by, at=at, how="looked")
    return look


@action
def note_reading(*, account: Account, by: Person, at: datetime) -> Look | None:
    """Record that a person read the comments on an account: the policy's "going through what others
    contribute".

    Only where the policy in force has a rule on that, and only for people whose reading counts; one row an
    hour at most. It is not a check of the account itself: its page may show what no comment tells.
    """
    on = local_day(at)
    if account.state != AccountState.OPEN or not can(check_may_look, by, account, on=on):
        return None
    if not in_force(on).book.at("account.watch", *POINTS[Looked.CONTRIBUTIONS]):
        return None
    recent = account.looks.filter(what=Looked.CONTRIBUTIONS, by=by, at__gt=at - AN_HOUR, at__lte=at)
    return recent.first() or look_in(account=account, by=by, at=at, what=Looked.CONTRIBUTIONS)


@action
def say_friends_may_comment(*, account: Account, by: Person, at: datetime, answer: bool) -> None:
    """Record whether friends of the account may comment, where the policy asks for it. Raises
    NotAllowed."""
    check_may_look(by, account, on=local_day(at))
    Care.objects.get_or_create(account=account)
    Care.objects.filter(account=account).update(friends_may_comment=answer)
    record("account.friends_said", subject=account, at=at, actor=by, answer=answer)


def _remember(account: Account, look: Look) -> None:
    care, new = Care.objects.get_or_create(account=account, defaults={"last_look": look})
    if not new and look.what == Looked.ACCOUNT:
        Care.objects.filter(pk=care.pk).update(last_look=look)


def _let_go(account: Account, *, by: Person, at: datetime) -> None:
    """Mark as done the duties that a check has made unnecessary."""
    still_to_do = {duty.kind for duty in standing_about([account])}
    kinds = [kind for kind in BY_A_LOOK if kind in still_to_do]
    if not kinds:
        return
    policy = in_force(local_day(at))
    [found] = in_care(Account.objects.filter(pk=account.pk), on=local_day(at))
    looks = last_looks([found], at=at)[found.pk]
    asked = watch_facts(
        found,
        looks,
        policy.book,
        since=first_day_after(found, looks),
        at=at,
        calendar=calendar_around([found], looks, at=at).get(found.school_id or 0),
    )
    still = missed_in(verdict("account.watch", asked, on=local_day(at)), policy.book)
    settled = [kind for kind in kinds if kind not in still]
    discharge(kind=settled, subject=account, by=by, at=at, how="looked")
