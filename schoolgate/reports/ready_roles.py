"""The points about roles that have to be held: who decides, who approves, who leads on safeguarding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.db.models import Max, Min, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.ladders import deciders, short_of, steps
from schoolgate.core.clock import local_day
from schoolgate.core.models import Safeguarder, SafeguardingPlace, School
from schoolgate.people.models import RoleAssignment
from schoolgate.people.queries import Where, assignments_at
from schoolgate.people.states import ScopeKind
from schoolgate.publishing.first_post import waits_for_lead
from schoolgate.reports.ready_point import Home, Point, some

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
