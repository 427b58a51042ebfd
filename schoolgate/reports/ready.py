"""What still stops the first post from going out, with that post last, and who can clear each point.

Reads only. The number of queries does not grow with people, schools or accounts. What a point asks for
comes from the policy where the policy asks (who decides, who adopts); the rest are Schoolgate's own rules.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Exists, Max, Min, OuterRef, Window
from django.db.models.functions import DenseRank
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from schoolgate.core.clock import local_day
from schoolgate.core.models import InstallationStop, School
from schoolgate.core.stops import all_standing
from schoolgate.core.vault import CannotOpen
from schoolgate.notices import mail_server
from schoolgate.people.models import SchoolAccount
from schoolgate.people.queries import Where, assignments_at
from schoolgate.people.rules import MAY_RESET, RESETTERS
from schoolgate.people.states import ScopeKind
from schoolgate.policy.queries import book_in_scope, policy_or_none
from schoolgate.reports.ready_first import first_account, first_post, first_post_is_out
from schoolgate.reports.ready_point import MOST_NAMED, Home, Point, Text, Whom, some
from schoolgate.reports.ready_roles import approving, deciding, running, safeguarding
from schoolgate.rulebook import Book

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
