"""Permissions that a rule waits for: which of them a decision lacks, who can give each, and who was asked.

Each area declares in its `permits.py` what a permission about its things can cover, beside the facts that
read it. Who can give it is read from the decision and the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from schoolgate.core.errors import NotFound
from schoolgate.core.leaving import Leaving, read_by_two
from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import subject_of
from schoolgate.people.confined import nameable, not_meant
from schoolgate.people.models import Person
from schoolgate.people.queries import HasSchool, Where, assignments_at
from schoolgate.policy.models import PermissionAsked
from schoolgate.policy.states import AskedState
from schoolgate.rulebook import Book, Decision, Finding
from schoolgate.rulebook.book import CompiledRule
from schoolgate.rulebook.facts import Facts
from schoolgate.rulebook.kinds import Basis, Kind

SETTLED_BY_A_FACT = (Kind.FORBIDS, Kind.ADVISES)
NOT_KEPT = (Kind.FORBIDS, Kind.REQUIRES, Kind.BREACHED)
OPENS_NOTHING = frozenset({"author", "writer", "moderator", "office", "parent", "pupil"})
"""Sources of what a permission can't replace: what these people know or decide themselves."""


@dataclass(frozen=True, kw_only=True)
class Permit:
    """One kind of permission.

    `covers`: the short code that a permission of this kind covers. `at`: the points at which it counts.
    `needs`: the needs of a decision that it meets. `fact`: the fact in which a rule reads it, where the rule
    forbids or advises without it, or in which an exception to it does. `said`: what the sentence of the
    finding has to name. `by_capacity`: who can give it, where the policy says only that it is another person.
    `lasts`: it may also be given for some days to the person who asks. `of_account`: it is about the account,
    not about one text.
    """

    covers: str
    at: tuple[str, ...]
    needs: frozenset[str] = frozenset()
    fact: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    by_capacity: str = ""
    lasts: bool = False
    of_account: bool = False

    def covering(self, digest: str) -> str:
        """Return what a permission covers that is given for the content with this digest."""
        return self.covers if self.of_account else f"{self.covers}:{digest}"


@dataclass(frozen=True)
class Lacking:
    """A permission that a decision lacks. `roles`: the keys of those that can give it; `named`: whether the
    policy names them; `advised`: it may go ahead without; `lasts`, `of_account`: as for `Permit`."""

    covers: str
    point: str
    clauses: tuple[str, ...]
    roles: tuple[str, ...]
    named: bool
    lasts: bool = False
    advised: bool = False
    of_account: bool = False

    def covering(self, digest: str) -> str:
        """Return what a permission covers that is given for the content with this digest."""
        return self.covers if self.of_account else f"{self.covers}:{digest}"


@dataclass(frozen=True)
class Place:
    """Where a permission is asked for: the school, the account, and whose thing it is."""

    school: Any = None
    account: HasSchool | None = None
    owner: Person | None = None

    @property
    def where(self) -> Where:
        """Return it as a place of the assignments."""
        return Where(school=self.school, account=self.account, about=self.owner)


@dataclass(frozen=True)
class First:
    """What the policy asks of the role before it says yes: a situation, how its facts are built, and the
    permissions that it can wait for in turn."""

    situation: str
    facts: Callable[[PermissionAsked, Person, datetime], Facts]
    permits: Sequence[Permit]


@dataclass(frozen=True)
class Area:
    """The things of one area about which permissions are asked for.

    `page`: the name of their page; `sees`: whether a person may open it for this id on a day. `thing`: finds
    one by its id, with its place. `view`: the query with which `page` shows it; its id follows.
    `current`: whether the text of a request is still the current one. `given`:
    what happens once a permission is given. `first`: what is asked before a yes, by the kind of permission.
    `leaves`: how the text of a request leaves; None for a post, whose approver reads what was found in it,
    and for what stays with the asker.
    """

    page: str
    sees: Callable[[Person, int, date], bool]
    thing: Callable[[int], tuple[Model, Place]]
    current: Callable[[PermissionAsked], bool]
    given: Callable[[PermissionAsked, Person, datetime], None] = lambda _asked, _by, _at: None
    first: Mapping[str, First] = field(default_factory=dict)
    view: str = ""
    leaves: Callable[[PermissionAsked], Leaving | None] = lambda _asked: None


_areas: dict[str, Area] = {}


def declare(subject: str, area: Area) -> None:
    """Add an area by the kind of its subjects, such as `publishing.post`."""
    _areas[subject] = area


def area_of(asked: PermissionAsked) -> Area:
    """Return the area of what a permission was asked for. Raises NotFound."""
    found = _areas.get(asked.about.partition(":")[0])
    if found is None:
        raise NotFound
    return found


read_by_two("policy.permissionasked", lambda asked: area_of(asked).leaves(asked))


def place_of(asked: PermissionAsked) -> Place:
    """Return where a permission was asked for. Raises NotFound."""
    return area_of(asked).thing(int(asked.about.partition(":")[2]))[1]


def first_of(asked: PermissionAsked) -> First | None:
    """Return what the policy asks of the role before it says yes to a request; None where nothing is."""
    return area_of(asked).first.get(asked.kind)


def lacking(decisions: Iterable[Decision], book: Book, permits: Sequence[Permit]) -> list[Lacking]:
    """Return the permissions that these decisions lack and a role can give, each once, in their order. Where
    a rule at the same point forbids it and no role can give leave, none would help."""
    found: dict[str, Lacking] = {}
    shut: set[str] = set()
    for decision in decisions:
        for finding in decision.findings:
            told = list(_of_finding(decision.situation, finding, book, permits))
            if not told and finding.stands and finding.kind is Kind.FORBIDS:
                shut.add(finding.point)
            for one in told:
                before = found.get(one.covers)
                found[one.covers] = one if before is None else _together(before, one)
    return [one for one in found.values() if one.point not in shut]


def _together(one: Lacking, other: Lacking) -> Lacking:
    clauses = tuple(dict.fromkeys((*one.clauses, *other.clauses)))
    roles = tuple(dict.fromkeys((*one.roles, *other.roles)))
    return replace(one, clauses=clauses, roles=roles, advised=one.advised and other.advised)


def _of_finding(situation: str, finding: Finding, book: Book, permits: Sequence[Permit]) -> Iterator[Lacking]:
    if not finding.stands or finding.basis is not Basis.POLICY:
        return
    here = book.at(situation, finding.point)
    rules = [one for one in here if one.clauses[0] == finding.clauses[0]]
    lifted_by = [one for one in here if finding.clauses[0] in one.overrides]
    for permit in permits:
        if _answers(permit, finding, [*rules, *lifted_by]):
            roles, named = _who_gives(permit, finding, [*rules, *lifted_by], book)
            yield Lacking(
                permit.covers,
                finding.point,
                finding.clauses,
                roles,
                named,
                lasts=permit.lasts,
                advised=finding.kind is Kind.ADVISES,
                of_account=permit.of_account,
            )
            return
    if (
        finding.kind in NOT_KEPT
        and any(one.may_depart or one.leave_of for one in rules)
        and not _only_unsaid(finding)
    ):
        roles, named = _who_gives(None, finding, rules, book)
        yield Lacking(finding.clauses[0], finding.point, finding.clauses, roles, named)


def _answers(permit: Permit, finding: Finding, rules: Sequence[CompiledRule]) -> bool:
    if finding.point not in permit.at or any(
        finding.args.get(name) != word for name, word in permit.said.items()
    ):
        return False
    if finding.kind is Kind.REQUIRES:
        return any(need.what in permit.needs for need in finding.needs)
    return (
        finding.kind in SETTLED_BY_A_FACT
        and bool(permit.fact)
        and any(rule.stated(permit.fact) for rule in rules)
    )


def _only_unsaid(finding: Finding) -> bool:
    """Whether it waits for no more than an answer that has not been given."""
    return finding.kind is Kind.REQUIRES and all(need.source in OPENS_NOTHING for need in finding.needs)


def _who_gives(
    permit: Permit | None, finding: Finding, rules: Sequence[CompiledRule], book: Book
) -> tuple[tuple[str, ...], bool]:
    """Return the roles that can give it, by key, and whether the policy names them: in the finding, else in
    its rule. If it names none, those who look after the policy (house rule)."""
    keys = {role.name: role.key for role in book.roles}
    said = finding.args.get("roles") or finding.args.get("role") or ()
    names = [*(need.source for need in finding.needs), *((said,) if isinstance(said, str) else said)]
    named = dict.fromkeys(keys[name] for name in names if name in keys)
    named = named or dict.fromkeys(keys[name] for one in rules for name in one.roles_named if name in keys)
    if named:
        return tuple(named), True
    if permit is not None and permit.by_capacity:
        return tuple(role.key for role in book.pack.roles_with(permit.by_capacity)), True
    return tuple(role.key for role in book.pack.roles_with("own_policy")), False


def who_can_give(
    roles: Iterable[str], place: Place, *, asker: Person, on: date, about: Iterable[Model] = ()
) -> dict[str, list[Person]]:
    """Return for each of these roles the people who hold it there, other than the asker, the owner of the
    thing and those that one of `about` may be about; a role that no one else holds is left out."""
    order, out = list(roles), [asker, *filter(None, [place.owner])]
    held = assignments_at(place.where, on=on).filter(role_key__in=order).exclude(person__in=out)
    rows = list(held.select_related("person").order_by("person__name", "person_id"))
    may = {one.pk for one in nameable([row.person for row in rows], *map(subject_of, about))}
    found: dict[str, dict[int, Person]] = {key: {} for key in order}
    for row in rows:
        if row.person_id in may:
            found[row.role_key].setdefault(row.person_id, row.person)
    return {key: list(people.values()) for key, people in found.items() if people}


def roles_to_answer(asked: PermissionAsked, person: Person, *, on: date) -> list[str]:
    """Return the roles, by key, in which a person can answer a request; none for the person who asked and the
    owner of the thing."""
    place = place_of(asked)
    if person.pk == asked.asked_by_id or (place.owner is not None and person.pk == place.owner.pk):
        return []
    held = assignments_at(place.where, on=on).filter(person=person, role_key__in=asked.roles)
    mine = set(held.values_list("role_key", flat=True))
    return [key for key in asked.roles if key in mine]


def asked_about(about: Model | str) -> dict[str, PermissionAsked]:
    """Return the newest request about a thing for each kind of permission, by its short code. One query."""
    name = subject_of(about)
    rows = read_once(("policy.asked_about", name), lambda: list(_asked_about(name)))
    return {row.kind: row for row in rows}


def _asked_about(subject: str) -> QuerySet[PermissionAsked]:
    rows = PermissionAsked.objects.filter(about=subject).exclude(state=AskedState.LAPSED)
    return rows.select_related("asked_by", "answered_by").prefetch_related("said__by").order_by("id")


def request_for(person: Person, pk: int, *, on: date) -> PermissionAsked:
    """Return a request that a person made, answered or can answer. Raises NotFound for anyone else, and for
    those that it may be about."""
    row = (
        PermissionAsked.objects.select_related(
            "asked_by", "answered_by", "decision__version", "permission", "school"
        )
        .prefetch_related("said__by")
        .filter(Q(asked_by=person) | not_meant("policy.permissionasked", person), pk=pk)
        .first()
    )
    if row is None:
        raise NotFound
    if person.pk not in (row.asked_by_id, row.answered_by_id) and not roles_to_answer(row, person, on=on):
        raise NotFound
    return row
