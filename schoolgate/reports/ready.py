"""What still stops the first post from going out, with that post last, and who can clear each point.

Reads only. The number of queries does not grow with people, schools or accounts. What a point asks for
comes from the policy where the policy asks (who decides, who adopts); the rest are Schoolgate's own rules.
Each of the last points, of the first account and post, names the next step and who takes it. Once a
proposal or a post is submitted, those who act next have it among their tasks. Before that, and while an
account waits to be opened, no one is told, so `Point.next_for` names the capacity whose holders see it on
their own page of the day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypedDict

from allauth.mfa.models import Authenticator
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Window
from django.db.models.functions import DenseRank
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from schoolgate.accounts.models import Account, AccountState, Condition, Proposal, ProposalState
from schoolgate.accounts.proposal_form import deciders, short_of, steps
from schoolgate.core.clock import local_day
from schoolgate.core.models import InstallationStop, Safeguarder, SafeguardingPlace, School
from schoolgate.core.stops import all_standing
from schoolgate.core.vault import CannotOpen
from schoolgate.notices import mail_server
from schoolgate.people.models import RoleAssignment, SchoolAccount, ScopeKind
from schoolgate.people.queries import Where, assignments_at
from schoolgate.people.rules import MAY_RESET, RESETTERS
from schoolgate.policy.queries import book_in_scope, policy_or_none
from schoolgate.publishing.models import Post, PostState
from schoolgate.publishing.rules import posts_that_went_out, waits_for_lead
from schoolgate.rulebook import Book

MOST_NAMED = 3

Text = str | Promise


class Whom(TypedDict, total=False):
    """Who to ask: names of people or, where there is no one yet, the roles whose holders could."""

    who: tuple[str, ...]
    role: tuple[str, ...]


@dataclass(frozen=True)
class Point:
    """One thing that has to be done before a post can go out.

    `who`: names of the people who can clear it; where no one can yet, `role`: the roles whose holders
    could. `to`: name of the page to go to, with its arguments; `done`: it is cleared.
    """

    key: str
    title: Text
    done: bool
    says: Text
    who: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    to: str = "set-up"
    to_args: tuple[int | str, ...] = ()
    by_machine: bool = False
    """The operator of the machine clears it, with a command."""
    next_for: str = ""
    """The capacity of those who do the next step and have no task that tells them so."""


@dataclass
class Home:
    """What several points read, asked once."""

    at: datetime
    book: Book
    schools: list[School]
    held: dict[str, list[str]] = field(default_factory=dict)

    def who(self, capacity: str) -> Whom:
        """Return who to ask for what a capacity allows: names, or the roles where there is no one yet."""
        names = tuple(self.held.get(capacity, ()))
        roles = tuple(role.name for role in self.book.pack.roles_with(capacity))
        return {"who": names} if names else {"role": roles}


def some(names: Sequence[str]) -> str:
    """Return the first few names, and how many more there are."""
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown} (+{len(names) - MOST_NAMED})" if len(names) > MOST_NAMED else shown


ON_ITS_WAY = {PostState.APPROVED, PostState.SENDING}
TO_BE_LOOKED_AT = {PostState.NOT_SENT, PostState.EXPIRED}


def first_post_is_out() -> bool:
    """Whether a post of this federation has gone out, even if it was taken down since. One query."""
    return posts_that_went_out().exists()


def first_account(home: Home) -> Iterator[Point]:
    """Yield an open account, or the next step to it. Two queries."""
    states = set(Account.objects.order_by("state").values_list("state", flat=True).distinct())
    title = _("Account open")
    if AccountState.OPEN in states:
        open_now = Condition.objects.filter(ended_at=None, proposal__account__state=AccountState.OPEN)
        says: Text = (
            _("An official account is open. Some conditions of its approval are still listed on its page.")
            if open_now.exists()
            else _("An official account is open.")
        )
        yield Point("account", title, True, says, to="accounts", **home.who("open_account"))
    elif AccountState.WAITING in states:
        says = _("An account has been approved but isn’t open yet. Its page lists what it still needs.")
        yield Point(
            "account", title, False, says, to="accounts", next_for="open_account", **home.who("open_account")
        )
    else:
        yield _proposed(home, title)


def _proposed(home: Home, title: Text) -> Point:
    """Return how far the first proposal is."""
    standing = (ProposalState.DRAFT, ProposalState.SUBMITTED)
    states = set(Proposal.objects.filter(state__in=standing).values_list("state", flat=True))
    if ProposalState.SUBMITTED in states:
        says: Text = _(
            "An account has been proposed and needs approval. The people who will "
            "run it may have tasks first, such as reading the policy. See each "
            "person’s Today page."
        )
        return Point("account", title, False, says, to="proposals", **home.who("decide_account"))
    if ProposalState.DRAFT in states:
        says = _("A proposal for an account has been started but not sent for approval yet.")
        to = "proposals"
    else:
        says = _("No official account is open. Propose the first one, or add one you already have.")
        to = "accounts"
    return Point(
        "account", title, False, says, to=to, next_for="propose_account", **home.who("propose_account")
    )


def first_post(home: Home) -> Iterator[Point]:
    """Yield the post that this list is for, or the next step to it. Two queries, three while no post is
    written."""
    title = _("Your first post")
    if first_post_is_out():
        yield Point("post", title, True, _("Your first post is live."), to="posts", **home.who("write_post"))
        return
    states = set(Post.objects.order_by("state").values_list("state", flat=True).distinct())
    says, who, told = _how_far(home, states)
    if not states & {PostState.SUBMITTED, *ON_ITS_WAY, *TO_BE_LOOKED_AT, PostState.DRAFT}:
        if Account.objects.filter(state=AccountState.OPEN).exists():
            says = _("No posts yet. Write one, and someone else will approve it.")
        else:
            says, told = _("It can be written and approved once an account is open."), ""
    yield Point("post", title, False, says, to="posts", next_for=told, **who)


def _how_far(home: Home, states: set[str]) -> tuple[Text, Whom, str]:
    """Return what to say about the post that is furthest, who it waits for, and who has not been told about
    it."""
    if states & ON_ITS_WAY:
        says: Text = _(
            "A post is approved. It will be posted automatically at its time. If it "
            "needs posting by hand, the task is on that person’s Today page."
        )
        return says, Whom(), ""
    if PostState.SUBMITTED in states:
        says = _("A post is written and needs approval from someone other than the author.")
        return says, home.who("approve_post"), ""
    if states & TO_BE_LOOKED_AT:
        says = _("A post was not sent. Its page says why, and the author needs to set a new time.")
        return says, home.who("write_post"), ""
    return _("A post has been started but not sent for approval yet."), home.who("write_post"), "write_post"


MOST_PER_ROLE = 20
RUNNING = {
    "propose_account": _("No one proposes accounts yet. These policy roles may: {roles}."),
    "open_account": _("No one opens accounts yet. These policy roles may: {roles}."),
}


def deciding(home: Home) -> Iterator[Point]:
    """Yield the roles that say yes to an account: each signature of the policy's ladder, or one of its
    deciders."""
    in_order = steps(home.book)
    names = in_order or deciders(home.book)
    if not names:
        return  # this policy approves no account: no role is needed
    roles = {name: home.book.role(name).key for name in names}
    held = assignments_at(Where(anywhere=True), on=local_day(home.at)).filter(
        role_key__in=set(roles.values())
    )
    people: dict[str, set[int]] = {}
    for key, person in held.values_list("role_key", "person_id").distinct()[: MOST_PER_ROLE * len(roles)]:
        people.setdefault(key, set()).add(person)
    could = [(name, sorted(people.get(key, ()))) for name, key in roles.items()]
    short = short_of(could, all_of_them=bool(in_order))
    says = (
        format_lazy(
            _("Under this policy an account needs: {roles}. No one here has these roles."),
            roles=", ".join(short),
        )
        if short
        else _("There’s someone for each approval an account needs under this policy.")
    )
    yield Point(
        "deciding", _("Approvers for accounts"), not short, says, to="people", **home.who("administer")
    )


def running(home: Home) -> Iterator[Point]:
    """Yield the points on proposing and opening accounts, by whichever roles this policy gives that to."""
    short = [
        format_lazy(says, roles=", ".join(roles))
        for capacity, says in RUNNING.items()
        if (roles := home.who(capacity).get("role"))
    ]
    says = (
        format_lazy("{}" + " {}" * (len(short) - 1), *short)
        if short
        else _("People are in place to propose and open accounts.")
    )
    yield Point(
        "running", _("Who proposes and opens accounts"), not short, says, to="people",
        **home.who("administer"),
    )  # fmt: skip


def approving(home: Home) -> Iterator[Point]:
    """Yield the points on approval: each school needs an author and another person to approve. House rule."""
    if not home.schools:
        return
    writers, approvers = _ends(home, "write_post"), _ends(home, "approve_post")
    without = [school.name for school in home.schools if not _two(writers, approvers, school)]
    says = (
        format_lazy(
            _(
                "No one writes posts that someone else could approve, at: {schools}. "
                "These policy roles may write: {writers}. These may approve: {approvers}."
            ),
            schools=some(without),
            writers=_roles(home, "write_post"),
            approvers=_roles(home, "approve_post"),
        )
        if without
        else _("Someone writes posts, and someone other than the author approves them.")
    )
    yield Point(
        "approving",
        _("Second person to approve"),
        not without,
        says,
        to="people",
        **home.who("administer"),
    )


def _roles(home: Home, capacity: str) -> str:
    return ", ".join(role.name for role in home.book.pack.roles_with(capacity))


Ends = dict[int | None, set[int]]
"""School (None: all of them) -> first and last id of those who may there: two, where two people may."""


def _ends(home: Home, capacity: str) -> Ends:
    keys = [role.key for role in home.book.pack.roles_with(capacity)]
    held: QuerySet[RoleAssignment] = assignments_at(Where(anywhere=True), on=local_day(home.at)).filter(
        role_key__in=keys
    )
    wide = Q(scope_kind__in=[ScopeKind.FEDERATION, ScopeKind.SCHOOL])
    if capacity == "approve_post":  # approved by line managers, each for their own people
        wide |= Q(scope_kind=ScopeKind.LINE_MANAGER_OF)
    rows = held.filter(wide).values("school_id").order_by("school_id")
    found: Ends = {}
    for row in rows.annotate(first=Min("person_id"), last=Max("person_id")):
        found[row["school_id"]] = {row["first"], row["last"]}
    return found


def _two(writers: Ends, approvers: Ends, school: School) -> bool:
    here = [found.get(None, set()) | found.get(school.pk, set()) for found in (writers, approvers)]
    return bool(here[0]) and bool(here[1]) and len(here[0] | here[1]) > 1


def safeguarding(home: Home) -> Iterator[Point]:
    """Yield the points on safeguarding: a lead and a deputy for each school, and a holder of the policy's
    own role."""
    if not home.schools:
        return
    standing = Safeguarder.objects.filter(ended_at=None).values_list("school_id", "place")
    there: dict[str, set[int | None]] = {place: set() for place in SafeguardingPlace.values}
    for school_id, place in standing[:2000]:
        there[place].add(school_id)
    without = {
        place: [school.name for school in home.schools if not {None, school.pk} & schools]
        for place, schools in there.items()
    }
    if any(without.values()) and waits_for_lead(on=local_day(home.at)):
        says = _("No one leads on safeguarding yet. The first post can’t go out until someone does.")
    elif leads := without[SafeguardingPlace.LEAD]:
        says = format_lazy(_("No safeguarding lead named yet for: {schools}."), schools=some(leads))
    elif deputies := without[SafeguardingPlace.DEPUTY]:
        says = format_lazy(_("No deputy safeguarding lead named yet for: {schools}."), schools=some(deputies))
    else:
        says = _("Each school has a safeguarding lead and a deputy.")
    yield Point(
        "safeguarding", _("Safeguarding lead and deputy"), not any(without.values()), says,
        to="set-up-step", to_args=("safeguarding",),
        **home.who("administer"),
    )  # fmt: skip
    yield from _safeguarding_role(home)


_STANDS_IN = re.compile(r"\b(?:deputy|assistant|dirprwy|governor|trustee)")
_SAFEGUARDS = re.compile(r"safeguarding|child-protection|diogelu|\bds[lp]\b")
"""Roles with which the lead's own isn't filled."""


def _held_of(keys: list[str], *, on: date) -> set[str]:
    held = assignments_at(Where(anywhere=True), on=on).filter(role_key__in=keys)
    return {*held.values_list("role_key", flat=True).distinct()[: len(keys)]}


def _safeguarding_role(home: Home) -> Iterator[Point]:
    """Yield the point on a safeguarding role that the policy itself names, which needs a holder."""
    named = [role for role in home.book.roles if _SAFEGUARDS.search(role.key)]
    if not named:
        return
    leads = [role for role in named if not _STANDS_IN.search(role.key)] or named
    keys = _held_of([role.key for role in leads], on=local_day(home.at))
    done = bool(keys)
    role = ", ".join(each.name for each in leads if each.key in keys or not done)
    says = (
        _("Someone has the role this policy names: {role}.")
        if done
        else _("This policy names this role, but no one has it: {role}.")
    )
    yield Point(
        "safeguarding-role", _("The policy’s own safeguarding role"), done, format_lazy(says, role=role),
        to="people", **home.who("administer"),
    )  # fmt: skip


ADMINISTRATORS = 2
"""How many people look after people and roles before an installation goes live. Schoolgate's own rule."""
DAYS_AHEAD = 28
"""How many days of the calendar must be known: answer times run into it. Schoolgate's own rule."""


ASKED = (
    "administer", "own_policy", "propose_account", "decide_account", "open_account", "write_post",
    "approve_post", "stop_everything",
)  # fmt: skip


def points(*, at: datetime) -> list[Point]:
    """Return every point, in the order in which they are best cleared, in the federation in scope."""
    home = _home(at, ASKED)
    return [point for make in MAKERS for point in make(home)]


def next_steps(*, at: datetime, capacities: Collection[str]) -> list[Point]:
    """Return the next steps of the first account and the first post that holders of these capacities would
    otherwise not be told about. Empty before a policy is in force and once the first post is out."""
    mine = {"propose_account", "open_account", "write_post"} & set(capacities)
    if not mine or first_post_is_out() or not policy_or_none(local_day(at)):
        return []
    home = _home(at, sorted(mine))
    found = [point for make in (first_account, first_post) for point in make(home)]
    return [point for point in found if not point.done and point.next_for in mine]


def _home(at: datetime, asked: Iterable[str]) -> Home:
    book = book_in_scope()
    home = Home(at, book, list(School.objects.order_by("name", "pk")))
    home.held.update(_names(asked, book, at))
    return home


def still_open(*, at: datetime) -> list[Point]:
    """Return the points not cleared yet; empty: the first post is out, and nothing stops the next."""
    return [point for point in points(at=at) if not point.done]


def _names(asked: Iterable[str], book: Book, at: datetime) -> dict[str, list[str]]:
    """Return the first holders of each capacity by name; one query."""
    roles = {capacity: {role.key for role in book.pack.roles_with(capacity)} for capacity in asked}
    place = Window(DenseRank(), partition_by="role_key", order_by=["person__name", "person_id"])
    rows = (
        assignments_at(Where(anywhere=True), on=local_day(at))
        .filter(role_key__in=set().union(*roles.values()))
        .annotate(place=place)
        .filter(place__lte=MOST_NAMED)
        .values_list("person__name", "person_id", "role_key")
    )
    held = sorted(rows)
    found = {}
    for capacity, keys in roles.items():
        people = {pk: name for name, pk, role in held if role in keys}
        found[capacity] = list(people.values())[:MOST_NAMED]
    return found


# --- Who looks after it, and email


def _administrators(home: Home) -> Iterator[Point]:
    signs_in = _who_may_reset(home)
    keys = {role.key for role in home.book.pack.roles_with("administer")}
    people = {pk: each for pk, each in signs_in.items() if each.role_keys & keys}
    ready = sum(each.ready for each in people.values())
    waiting = [each.name for each in people.values() if not each.ready]
    if len(people) < ADMINISTRATORS:
        says: Text = _("A second person must look after people and roles, to help when a phone is lost.")
    elif ready < ADMINISTRATORS:
        says = format_lazy(
            _(
                "These people look after people and roles but haven’t chosen a password "
                "or set up two-step verification yet: {names}."
            ),
            names=", ".join(waiting[:MOST_NAMED]),
        )
    elif sum(each.ready for each in signs_in.values()) > RESETTERS:
        says = _("Two or more people look after people and roles, each with two-step verification.")
    else:
        says = _(
            "Two people look after people and roles, each with two-step verification. If one of them loses "
            "their phone, the other asks for a reset and the person who runs the server confirms it."
        )
    who: Whom = (
        {"who": tuple(waiting[:MOST_NAMED])}
        if len(people) >= ADMINISTRATORS and waiting
        else home.who("administer")
    )
    yield Point(
        "administrators",
        _("Two administrators"),
        ready >= ADMINISTRATORS,
        says,
        to="set-up-step",
        to_args=("second",),
        **who,
    )


@dataclass
class _SignsIn:
    """One who may take part in a reset: whether they have a password and a second step, and their roles."""

    name: str
    ready: bool
    role_keys: set[str]


def _who_may_reset(home: Home) -> dict[int, _SignsIn]:
    keys = [role.key for one in MAY_RESET for role in home.book.pack.roles_with(one)]
    held = assignments_at(Where(anywhere=True), on=local_day(home.at)).filter(role_key__in=keys)
    step = Authenticator.objects.filter(user=OuterRef("person__user")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    joined = SchoolAccount.objects.filter(user=OuterRef("person__user"))
    rows = (
        held.annotate(with_step=Exists(step), joined=Exists(joined))
        .order_by("person__name", "person_id", "role_key")
        .values_list(
            "person_id",
            "person__name",
            "person__user__password",
            "with_step",
            "joined",
            "role_key",
            "scope_kind",
        )
        .distinct()
    )
    people: dict[int, _SignsIn] = {}
    for pk, name, password, with_step, comes_by_school, role_key, reach in rows[:100]:
        ready = bool((_chosen(password) or comes_by_school) and with_step)
        person = people.setdefault(pk, _SignsIn(name, ready, set()))
        if reach == ScopeKind.FEDERATION:
            person.role_keys.add(role_key)
    return people


def _chosen(password: str) -> bool:
    """Whether a password was chosen: an unusable one begins with a mark of Django's."""
    return bool(password) and not password.startswith("!")


def _mail(home: Home) -> Iterator[Point]:
    try:
        server, proven = mail_server.current(), mail_server.proven_at() is not None
    except CannotOpen:
        server, proven = None, False
    if proven:
        says: Text = _("A test email was sent and received.")
    elif server is not None:
        says = _("An email server is set up, but no one has confirmed that a test email arrives.")
    else:
        says = _("No email server is set up, so invitations and notifications stay on this server.")
    yield Point("mail", _("Email"), proven, says, to="set-up-mail", **home.who("administer"))


# --- Schools and their days


def _schools(home: Home) -> Iterator[Point]:
    who = home.who("administer")
    says = (
        ngettext_lazy("{number} school added.", "{number} schools added.", len(home.schools))
        if home.schools
        else _("No schools added.")
    )
    said = format_lazy(says, number=len(home.schools))
    unplaced = [school.name for school in home.schools if school.among(home.book.meta.schools) is None]
    if unplaced:
        said = format_lazy(
            _(
                "Rules for single schools can’t apply yet. Say which of the policy’s "
                "schools this is: {schools}"
            ),
            schools=some(unplaced),
        )
    entered = bool(home.schools) and not unplaced
    yield Point("schools", _("Schools"), entered, said, to="set-up-schools", **who)
    if not home.schools:
        return
    on = local_day(home.at)
    days = School.objects.annotate(first=Min("terms__first_day"), last=Max("terms__last_day"))
    short = [
        school.name
        for school in days.order_by("name", "pk")
        if school.first is None or school.first > on or school.last < on + timedelta(days=DAYS_AHEAD)
    ]
    says_days = (
        format_lazy(
            _("Term dates for the next four weeks are missing for: {schools}."),
            schools=some(short),
        )
        if short
        else _("Term dates are entered for every school for the next four weeks.")
    )
    yield Point("calendar", _("Term dates"), not short, says_days, to="set-up-schools", **who)


# --- The policy


def _policy(home: Home) -> Iterator[Point]:
    who = home.who("own_policy")
    policy = policy_or_none(local_day(home.at))
    empty = policy is not None and not policy.book.clauses
    adopted = policy is not None and not empty
    yield Point(
        "policy",
        _("Policy adopted"),
        adopted,
        _("The policy’s adoption date has been recorded.")
        if adopted
        else _("The policy is still empty. Its owner must add its clauses and record their adoption.")
        if empty
        else _("No one has recorded the policy’s adoption date yet."),
        to="policy" if adopted else "own-clauses" if empty else "set-up-policy",
        **who,
    )
    signed = policy is not None and policy.reading.signed_by_id is not None
    yield Point(
        "reading",
        _("Interpretation signed"),
        signed,
        _("The person who looks after the policy has signed Schoolgate’s interpretation of it.")
        if signed
        else _(
            "The person who looks after the policy must read through Schoolgate’s "
            "interpretation of it and sign."
        ),
        to="reading",
        **who,
    )


# --- The stop


def _stops(home: Home) -> Iterator[Point]:
    standing = all_standing(home.at)
    installation = any(isinstance(stop, InstallationStop) for stop in standing)
    if installation:
        says: Text = _(
            "All posting is stopped on this installation. The person who runs the server can lift the stop."
        )
    elif standing:
        says = _("Posting is stopped. Nothing is published until the stop is lifted.")
    else:
        says = _("Posting is not stopped.")
    yield Point(
        "stop", _("Posting not stopped"), not standing, says, to="stop", by_machine=installation,
        **(Whom() if installation else home.who("stop_everything")),
    )  # fmt: skip


MAKERS: Sequence[Callable[[Home], Iterable[Point]]] = (
    _mail,
    _administrators,
    _schools,
    safeguarding,
    _policy,
    deciding,
    running,
    approving,
    first_account,
    _stops,
    first_post,
)
