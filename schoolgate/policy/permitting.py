"""Permissions that a rule waits for: which of them a decision lacks, who can give each, and who was asked.

Each area declares in its `permits.py` what a permission about its things can cover, beside the facts that
read it. Who can give it is read from the decision and the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import Leaving, check_words_of, read_by_two
from schoolgate.core.moves import done_before, move
from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.assignments import give_permission
from schoolgate.people.confined import nameable, not_meant
from schoolgate.people.models import Permission, Person
from schoolgate.people.outside import check_read_first, take_in
from schoolgate.people.queries import HasSchool, Where, assignments, assignments_at, book_for
from schoolgate.policy.asking import answered, record_decision, require
from schoolgate.policy.duty_kinds import PERMIT, PERMIT_ANSWERED, PERMIT_BACK
from schoolgate.policy.models import (
    PERMISSION_MOVES,
    STILL_ASKED,
    AskedState,
    DecisionRecord,
    PermissionAsked,
    PermissionWord,
)
from schoolgate.policy.queries import book_in_scope
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


# Ask a role for a permission that a rule waits for; give it, refuse it, or ask a question back.


LONGEST_WORDS = 2000


@action
def ask_permission(
    *,
    by: Person,
    at: datetime,
    about: Model,
    place: Place,
    lacks: Lacking,
    digest: str,
    text: str,
    words: str,
    decision: DecisionRecord,
    account: Model | None = None,
) -> PermissionAsked:
    """Ask the roles that can give a permission which `about` lacks. They get a task; the asker never does.

    `account`: the one that a permission about an account is for. `digest`: of the exact content that a yes
    covers; `text`: that content, as they read it. An open request for another text of the same thing ends.
    Raises BadInput on `words`, NotNow (asked already; no one else has the role), WordsHeld.
    """
    tidy = _tidy(words, needed=False)
    covers, name = lacks.covering(digest), subject_of(about)
    for before in _open_about(name):
        if before.covers == covers:
            raise done_before(
                before,
                _("You’ve already asked for this."),
                _("Open it again to see its status."),
                made=before,
            )
        if before.kind == lacks.covers:
            _end(before, at=at, by=by)
    on = local_day(at)
    holders = who_can_give(lacks.roles, place, asker=by, on=on)
    if not holders:
        names = book_for(by).role_names
        raise NotNow(
            format_lazy(
                _("No one else here has this role: {role}."),
                role=", ".join(names.get(key, key) for key in lacks.roles),
            ),
            _("Ask the person who looks after people and roles to give it."),
        )
    row = PermissionAsked.objects.create(
        about=name,
        covers=covers,
        subject=subject_of(account) if account is not None and lacks.of_account else name,
        lasts_for=subject_of(by) if lacks.lasts else "",
        point=lacks.point,
        roles=list(holders),
        named=lacks.named,
        clauses=list(lacks.clauses),
        words=tidy,
        text=text,
        school=place.school,
        account_id=place.account.pk if place.account else None,
        asked_by=by,
        at=at,
        state_at=at,
        decision=decision,
    )
    check_words_of(row, by=by, at=at)
    _read(row, tidy, by=by, at=at)
    _open_tasks(row, place, at=at)
    record(
        "permissionasked.asked",
        subject=row,
        at=at,
        actor=by,
        clauses=row.clauses,
        decision=decision.pk,
        about=name,
    )
    return row


@action
def permit(
    *, by: Person, at: datetime, asked: PermissionAsked, words: str = "", until: date | None = None
) -> Permission:
    """Give the permission, in writing: for exactly the text that was asked about or, with `until` where the
    request allows it, for the asker until that day.

    Raises NotAllowed (the asker; not in the role), BadInput (`until`), NotNow (answered already; the text has
    changed), Refused (the policy wants the role to ask someone first), WordsHeld.
    """
    role = _check_may_answer(by, asked, at=at, to=AskedState.GIVEN)
    tidy = _tidy(words, needed=False)
    if not area_of(asked).current(asked):
        raise NotNow(
            _("The text has changed since you were asked."), _("The person who asked can ask again.")
        )
    if until is not None and not asked.lasts_for:
        raise BadInput({"until": _("This permission is for one text only.")})
    check_words_of(asked, by=by, at=at)
    judged: list[str] = []
    if (first := first_of(asked)) is not None:
        kept = record_decision(first.situation, first.facts(asked, by, at), at=at, by=by, subject=asked)
        require(kept)
        judged = kept.clauses
    given = give_permission(
        by=by,
        at=at,
        role_key=role,
        written=True,
        covers=asked.covers if until is None else asked.kind,
        subject=asked.subject if until is None else asked.lasts_for,
        from_day=local_day(at),
        to_day=until,
    )
    _answer(asked, to=AskedState.GIVEN, by=by, at=at, answer=tidy, permission=given, judged=judged)
    area_of(asked).given(asked, by, at)
    return given


@action
def ask_first(*, by: Person, at: datetime, asked: PermissionAsked, words: str = "") -> PermissionAsked:
    """Ask the role that the policy wants heard before this request can be granted.

    Raises NotAllowed (the asker; not in the role), NotNow (answered already; the policy wants no one heard;
    asked already; no one else has the role), BadInput on `words`.
    """
    _check_may_answer(by, asked, at=at)
    first, lacks = first_of(asked), None
    if first is not None:
        kept = record_decision(first.situation, first.facts(asked, by, at), at=at, by=by, subject=asked)
        lacks = next(iter(lacking([answered(kept)], book_in_scope(), first.permits)), None)
    if lacks is None:
        raise NotNow(_("The policy doesn’t ask for this any more."), _("Open it again to see its status."))
    return ask_permission(
        by=by,
        at=at,
        about=asked,
        place=place_of(asked),
        lacks=lacks,
        digest=asked.covers.partition(":")[2],
        text=asked.text,
        words=words,
        decision=kept,
    )


@action
def refuse_permission(*, by: Person, at: datetime, asked: PermissionAsked, words: str) -> PermissionAsked:
    """Refuse the permission with a reason. Raises NotAllowed, BadInput without words, NotNow."""
    _check_may_answer(by, asked, at=at, to=AskedState.DECLINED)
    _answer(asked, to=AskedState.DECLINED, by=by, at=at, answer=_tidy(words))
    return asked


@action
def ask_back(*, by: Person, at: datetime, asked: PermissionAsked, words: str) -> PermissionAsked:
    """Ask the person who asked a question; the task is theirs until they reply. Raises NotAllowed, BadInput
    without words, NotNow."""
    _check_may_answer(by, asked, at=at, to=AskedState.BACK)
    tidy = _tidy(words)
    move(asked, to=AskedState.BACK, moves=PERMISSION_MOVES, at=at)
    PermissionWord.objects.create(asked=asked, by=by, at=at, words=tidy)
    _read(asked, tidy, by=by, at=at)
    discharge(kind=PERMIT, subject=asked, by=by, at=at, how="asked_back")
    open_duty(
        kind=PERMIT_BACK, subject=asked, at=at, due=Due.none_promised(), person=asked.asked_by,
        school=asked.school, clauses=asked.clauses,
    )  # fmt: skip
    record("permissionasked.asked_back", subject=asked, at=at, actor=by, about=asked.about)
    return asked


@action
def reply(*, by: Person, at: datetime, asked: PermissionAsked, words: str) -> PermissionAsked:
    """Answer the question asked back; the task returns to the role. Raises NotAllowed unless the person
    asked for the permission, BadInput without words, NotNow."""
    if by.pk != asked.asked_by_id:
        raise NotAllowed(
            _("Only the person who asked can answer this question."), _("Open it again to see its status.")
        )
    tidy = _tidy(words)
    move(asked, to=AskedState.OPEN, moves=PERMISSION_MOVES, at=at)
    PermissionWord.objects.create(asked=asked, by=by, at=at, words=tidy)
    _read(asked, tidy, by=by, at=at)
    discharge(kind=PERMIT_BACK, subject=asked, by=by, at=at, how="replied")
    _open_tasks(asked, place_of(asked), at=at)
    record("permissionasked.replied", subject=asked, at=at, actor=by, about=asked.about)
    return asked


@action
def note_permission_seen(*, by: Person, at: datetime, asked: PermissionAsked) -> None:
    """Record that the asker has read the answer."""
    discharge(kind=PERMIT_ANSWERED, subject=asked, person=by, by=by, at=at, how="seen")


@action
def end_requests(*, at: datetime, about: Model, but: Container[str] = (), by: Person | None = None) -> int:
    """End the open requests about a thing that are no longer needed, and return how many there were. `but`:
    digests of texts that are still current; empty for requests that are about no text."""
    ended = [one for one in _open_about(subject_of(about)) if one.covers.partition(":")[2] not in but]
    for one in ended:
        _end(one, at=at, by=by)
    return len(ended)


def _open_about(name: str) -> list[PermissionAsked]:
    return list(PermissionAsked.objects.filter(about=name, state__in=STILL_ASKED).select_related("asked_by"))


def _end(asked: PermissionAsked, *, at: datetime, by: Person | None) -> None:
    move(asked, to=AskedState.LAPSED, moves=PERMISSION_MOVES, at=at)
    cancel(kind=(PERMIT, PERMIT_BACK), subject=asked, because="changed", at=at, by=by)
    end_requests(at=at, about=asked, by=by)
    record("permissionasked.lapsed", subject=asked, at=at, actor=by, about=asked.about)


def _read(asked: PermissionAsked, words: str, *, by: Person, at: datetime) -> None:
    """Read words about a request before anyone gets a task about it."""
    if words:
        take_in(
            asked, words, at=at, federation=asked.federation, school=asked.school, rewritten_by=by
        )  # fmt: skip


def _open_tasks(asked: PermissionAsked, place: Place, *, at: datetime) -> None:
    """Open the task for each role or, where the asker holds it too, for its other holders by name."""
    on = local_day(at)
    own = set(assignments(asked.asked_by, on=on, where=place.where).values_list("role_key", flat=True))
    for role, people in who_can_give(asked.roles, place, asker=asked.asked_by, on=on).items():
        for person in people if role in own else [None]:
            open_duty(
                kind=PERMIT,
                subject=asked,
                at=at,
                due=Due.none_promised(),
                person=person,
                role=None if person else role,
                school=asked.school,
                account=asked.account_id,
                about=place.owner,
                clauses=asked.clauses,
                decision=asked.decision,
            )


def _check_may_answer(
    by: Person, asked: PermissionAsked, *, at: datetime, to: AskedState | None = None
) -> str:
    """Return the role in which the person answers. Raises NotAllowed, NotFound where it may be about them,
    NotNow, also while a safeguarding lead reads it first; AlreadyDone where it was answered with `to`."""
    if not PermissionAsked.objects.filter(not_meant("policy.permissionasked", by), pk=asked.pk).exists():
        raise NotFound
    roles = roles_to_answer(asked, by, on=local_day(at))
    if not roles:
        raise NotAllowed(
            _("You don’t have the role that gives this permission."), _("Ask someone who has that role.")
        )
    if asked.state != AskedState.OPEN:
        raise done_before(
            asked,
            _("This has already been answered."),
            _("Open it again to see its status."),
            otherwise=NotNow(
                _("Someone has answered this, or it’s no longer waiting for you."),
                _("Open it again to see who answered. Talk to them if you disagree."),
            ),
            state=to,
        )
    check_read_first(asked)
    return roles[0]


def _answer(
    asked: PermissionAsked,
    *,
    to: AskedState,
    by: Person,
    at: datetime,
    answer: str,
    permission: Permission | None = None,
    judged: Sequence[str] = (),
) -> None:
    """Save the answer. `judged`: the clauses by which the permission counts, beside those that ask for it."""
    move(
        asked,
        to=to,
        moves=PERMISSION_MOVES,
        at=at,
        answered_by=by,
        answer=answer,
        permission=permission,
    )
    discharge(kind=PERMIT, subject=asked, by=by, at=at, how=to)
    end_requests(at=at, about=asked, by=by)
    open_duty(
        kind=PERMIT_ANSWERED, subject=asked, at=at, due=Due.none_promised(), person=asked.asked_by,
        school=asked.school, clauses=asked.clauses,
    )  # fmt: skip
    record(
        "permissionasked.answered",
        subject=asked,
        at=at,
        actor=by,
        clauses=list(dict.fromkeys((*asked.clauses, *judged))),
        decision=asked.decision_id,
        about=asked.about,
        how=str(to),
    )


def _tidy(words: str, *, needed: bool = True) -> str:
    tidy = words.strip()
    if (needed and not tidy) or len(tidy) > LONGEST_WORDS or "\x00" in tidy:
        raise BadInput({"words": _("Write one or two sentences, up to 2,000 characters.")})
    return tidy
