"""The policy’s review: when it is due, how the policy works in practice, and what people suggest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before, move
from schoolgate.core.rows import reserve
from schoolgate.core.subjects import person_key, subject_of
from schoolgate.duties.actions import Then, discharge, open_duty
from schoolgate.duties.models import STILL_TO_DO, Basis, Due, Duty
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.outside import check_read_first, take_in
from schoolgate.people.queries import book_for, held_on, holders, roles_of
from schoolgate.policy import rules
from schoolgate.policy.asking import answered, cited, record_decision, require, verdict
from schoolgate.policy.books import forget_policy, pack_of
from schoolgate.policy.duty_kinds import ANSWER, LOOK, OF_STATUS, REVIEW, ROLLED_OUT
from schoolgate.policy.models import (
    SUGGESTION_MOVES,
    DecisionRecord,
    PolicyVersion,
    Practice,
    PracticeKind,
    Review,
    ReviewOutcome,
    Suggestion,
    SuggestionState,
    TrainingSession,
    VersionState,
)
from schoolgate.policy.queries import PolicyInForce, in_force, policy_begun, suggestion_for, takes_suggestions
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.facts import Attested
from schoolgate.rulebook.facts import Person as PersonFacts
from schoolgate.rulebook.facts_read import duties_of
from schoolgate.rulebook.findings import Duty as Asked
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.named_times import is_a_time, last_day, months_after
from schoolgate.rulebook.situations.policy import (
    Chosen,
    Delegation,
    Held,
    Looked,
    NewTool,
    PolicyAdopt,
    PolicyReview,
    PolicyStatus,
    PolicySuggest,
    Risk,
    RollOut,
    SchoolPlan,
)
from schoolgate.rulebook.situations.policy import Review as ReviewFacts

# When a policy's review is due, from the words that the policy uses for it, and who looks after it.


LOOKED: Mapping[str, str] = {
    "set_by": "review_by_need",
    "reason": "review_by_need",
    "law": "law_met",
    "compared_with": "good_practice_met",
    "new_tools": "technology",
}
"""What a review can look into -> the point of `policy.review` at which a policy asks for it."""
_DAY_OR_MONTH = re.compile(r"\d{4}-\d{2}(-\d{2})?")


def keepers_of(book: Book) -> tuple[str | None, str | None]:
    """Return the keys of the role that looks after the policy and of the role that is told when it is late.

    The second is the one that oversees the policy if different: the governors, in the policies here. Where no
    role looks after it, the overseeing role is asked at once.
    """
    owners = [role.key for role in book.pack.roles_with("own_policy")]
    overseers = [role.key for role in book.pack.roles_with("oversee") if role.key not in owners]
    first, *others = [*owners[:1], *overseers[:1], None]
    return first, next(iter(others), None)


def looked_asked(book: Book) -> tuple[str, ...]:
    """Return what the policy asks of a review, by the names of LOOKED."""
    asked = {bound.point for bound in book.bound("policy.review")}
    return tuple(name for name, point in LOOKED.items() if point in asked)


def last_day_of(words: str) -> date | None:
    """Return the last day that the words allow: a day itself, the end of a month or of a term's last month.

    `2023-05` gives 31 May 2023, `Autumn 2024` 31 December 2024. None where the words name no time.
    """
    words = words.strip()
    return last_day(words) if is_a_time(words) else None


def review_due(
    *, said: str | None, every_months: int | None, adopted: str | None, adopted_on: date
) -> date | None:
    """Return when the review is due: as the policy says, else a number of months after the adoption.

    `adopted` are the policy's own words for its adoption, which may be no more than a month; `adopted_on`
    the day that the federation gives. None where the policy names no time.
    """
    if said:
        return last_day_of(said)
    if every_months is None:
        return None
    words = (adopted or "").strip()
    if _DAY_OR_MONTH.fullmatch(words):
        return months_after(words, every_months)
    return months_after((last_day_of(words) or adopted_on).isoformat(), every_months)


# How the policy works in practice: what is on record of it, as lists and as facts.


DAY = timedelta(days=1)
MOST = 50
"""Notes of one kind on a page."""
ENDS = frozenset({PracticeKind.CHANGE, PracticeKind.PLAN, PracticeKind.TASK, PracticeKind.DELEGATION})
"""Kinds that get an outcome."""
POINTS: Mapping[str, tuple[str, ...]] = {
    PracticeKind.WATCHED: ("practice_watched", "effect_measured"),
    PracticeKind.CHANGE: ("risks_lowered",),
    PracticeKind.DIRECTION: (),
    PracticeKind.DELEGATION: ("daily_running",),
    PracticeKind.PLAN: ("plan_reflected",),
    PracticeKind.TASK: ("roll_out",),
    PracticeKind.TRAINING: ("effect_measured",),
}
"""Kind -> the points of a policy's status that it is kept for."""


def practice_of(kind: str) -> list[Practice]:
    """Return the newest notes of a kind, with their people, school and session."""
    rows = Practice.objects.filter(kind=kind).select_related("by", "ended_by", "school", "session")
    return list(rows.order_by("-on", "-id")[:MOST])


def practice(pk: int) -> Practice:
    """Return one note. Raises NotFound."""
    found = Practice.objects.filter(pk=pk).select_related("school").first()
    if found is None:
        raise NotFound
    return found


def changes_open() -> QuerySet[Practice]:
    """Return the risks and recommended changes that have no outcome yet."""
    return Practice.objects.filter(kind=PracticeKind.CHANGE, ended_on=None)


def practice_facts() -> dict[str, Any]:
    """Return what is on record of practice, by the fields of `PolicyStatus`. One query."""
    rows: dict[str, list[Practice]] = {kind: [] for kind in PracticeKind.values}
    for row in Practice.objects.select_related("school").order_by("on", "id"):
        rows[row.kind].append(row)
    watched = rows[PracticeKind.WATCHED]
    return {
        **_looks(watched),
        "measured": tuple(watched[-1].figures) if watched else (),
        "risks": tuple(
            Risk(key=f"risk-{row.pk}", proposal_on=row.on if row.advice and row.to_role else None)
            for row in rows[PracticeKind.CHANGE]
            if row.advice or row.ended_on is None  # one that ended without a change is over
        ),
        "delegations": tuple(_delegation(row) for row in rows[PracticeKind.DELEGATION]),
        "plans": tuple(_plan(row) for row in rows[PracticeKind.PLAN] if row.school is not None),
        "roll_out": tuple(
            RollOut(key=f"task-{row.pk}", due=row.due, done_on=row.ended_on)
            for row in rows[PracticeKind.TASK]
        ),
    }


def _looks(watched: Sequence[Practice]) -> dict[str, Any]:
    """The last look, and how often one was chosen: from the day of a look to that of the next one set."""
    if not watched:
        return {}
    last = watched[-1]
    found: dict[str, Any] = {"looked_on": last.on}
    if last.due is not None:
        found["look_every_days"] = Chosen(
            number=(last.due - last.on).days, by=person_key(last.by_id), from_day=last.on
        )
    return found


def _delegation(row: Practice) -> Delegation:
    """Until its last day, or the day before it was taken back; one taken back on its first day never counts
    after it."""
    ends = [one for one in (row.due, row.ended_on - DAY if row.ended_on else None) if one is not None]
    return Delegation(
        from_role=row.from_role, to_role=row.to_role, from_day=row.on, to_day=min(ends, default=None)
    )


def _plan(row: Practice) -> SchoolPlan:
    confirmed = person_key(row.ended_by_id) if row.ended_by_id is not None else None
    return SchoolPlan(
        school=row.school.name if row.school is not None else "",
        dated=row.on,
        confirmed_for=row.on if row.ended_on else None,
        confirmed_by=confirmed,
    )


# Rows of a policy's life as facts of the situations that are asked about it.


Act = Literal["draft", "change", "hand_in", "put_in_force"]
STATED = ("issued", "last_reviewed", "authors", "names", "steps")
"""Fields that a version's record states and the situation takes unchanged."""


def acting(person: Person, *, on: date) -> PersonFacts:
    """Return the person as facts have them, with the roles held on that day."""
    relation: Any = person.relation
    return PersonFacts(key=person_key(person.pk), relation=relation, roles=tuple(roles_of(person, on=on)))


def adopt_facts(
    act: Act, *, by: Person, at: datetime, version: PolicyVersion | None, stated: Mapping[str, Any]
) -> PolicyAdopt:
    """Return the facts of a step in a version's making. `stated`: what its record states, by the names of
    STATED, and `direction_confirmed`, the governors' answer. Raises BadInput where a statement is none."""
    on = local_day(at)
    direction = stated.get("direction_confirmed")
    given: dict[str, Any] = {name: stated[name] for name in STATED if stated.get(name) not in (None, "")}
    if direction is not None:
        given["direction_confirmed"] = Attested(
            answer=direction, by=person_key(by.pk), at=at, of_this_version=True
        )
    if version is not None:
        given |= {
            "number": version.number,
            "text_as_issued": version.text is None,
            "changes_stated": bool(version.material_changes.strip()),
        }
    try:
        return PolicyAdopt(act=act, by=acting(by, on=on), now=at, holders=holders_on(by, on), **given)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise BadInput({field: error.errors()[0]["msg"]}) from None


def status_facts(version: PolicyVersion, *, at: datetime, by: Person | None = None) -> PolicyStatus:
    """Return the status of the version in force: what its record states, its reviews since, and what is noted
    of how it works in practice; where someone asks, with the holders of the policy's roles."""
    stated = {name: version.stated[name] for name in ("issued", "last_reviewed") if version.stated.get(name)}
    reviews = tuple(
        ReviewFacts(roles=(row.role,), on=row.on, by=person_key(row.by_id))
        for row in version.reviews.order_by("id")
        if row.role
    )
    return PolicyStatus(
        now=at,
        number=version.number,
        text_as_issued=version.text_id is None,
        reviews=reviews,
        holders=holders_on(by, local_day(at)) if by is not None else None,
        **practice_facts(),
        authorisation_signed=bool(version.scan) or None,
        **stated,
    )


def review_facts(looked: Mapping[str, Any], *, by: Person, role: str, on: date, at: datetime) -> PolicyReview:
    """Return the facts of a review that is recorded as done. `looked`: by the names of
    `reviewing.LOOKED`; who set it by need makes it one by need."""
    who, law, compared = person_key(by.pk), looked.get("law", ""), tuple(looked.get("compared_with") or ())
    tools = looked.get("new_tools") or {}
    return PolicyReview(
        by=acting(by, on=local_day(at)),
        now=at,
        act="close",
        kind="by_need" if looked.get("set_by") else "regular",
        set_by=tuple(looked.get("set_by") or (role,)),
        reason=looked.get("reason") or None,
        law=Looked(by=who, on=on, result=law) if law else None,
        practice=Looked(by=who, on=on, compared_with=compared) if compared else None,
        new_tools=tuple(NewTool(key=name, answered=said or None) for name, said in tools.items()),
    )


def suggest_facts(*, by: Person, at: datetime, sent_to: str) -> PolicySuggest:
    """Return the facts of a suggestion; it goes to holders of one role, or has no addressee."""
    roles = (sent_to,) if sent_to else ()
    return PolicySuggest(kind="suggestion", by=acting(by, on=local_day(at)), now=at, sent_to=roles)


def holders_on(person: Person, on: date) -> tuple[Held, ...]:
    """Return the holders of each of the policy's roles for the whole federation on a day."""
    names = book_for(person).role_names
    rows = RoleAssignment.objects.filter(held_on(on), scope_kind="federation", role_key__in=names)
    return tuple(
        Held(role=names[row.role_key], by=person_key(row.person_id), from_day=row.from_day, to_day=row.to_day)
        for row in rows.order_by("role_key", "person_id")
    )


# Notes on how the policy works in practice, each with the decision on what the policy asks of it.


STATUS = "policy.status"

WITH_REFERENCE = frozenset({PracticeKind.PLAN, PracticeKind.DIRECTION, PracticeKind.DELEGATION})
"""Kinds that rest on a paper of the school."""
FURTHEST = timedelta(days=3 * 366)
"""How far ahead a day may be set."""
STATUS_NOTICE = timedelta(days=14)
"""How long before its day a task appears. No policy says: it is our own rule."""
LATE_AT = {LOOK: "practice_watched", ROLLED_OUT: "roll_out"}
"""What may become late -> the point at which the policy then says so."""


@action
def note_practice(
    *,
    by: Person,
    at: datetime,
    kind: str,
    on: date,
    words: str,
    advice: str = "",
    from_role: str = "",
    to_role: str = "",
    reference: str = "",
    school: School | None = None,
    session: TrainingSession | None = None,
    due: date | None = None,
    figures: Mapping[str, int | None] | None = None,
) -> Practice:
    """Save a note on how the policy works. Which fields count depends on its kind (see `Practice`).

    Raises NotAllowed unless the person looks after the policy or oversees it; BadInput.
    """
    today = local_day(at)
    rules.check_may_note_practice(by, on=today)
    policy = in_force(today)
    wrong: dict[str, Text] = {}
    if kind not in PracticeKind.values:
        wrong["kind"] = _("Choose what you want to record.")
    if not words.strip():
        wrong["words"] = _("Write a sentence or two.")
    if on > today:
        wrong["on"] = _("You can only record it on or after the day it takes place.")
    if due is not None and not on < due <= today + FURTHEST:
        wrong["due"] = _("Choose a later day, within three years.")
    if kind == PracticeKind.PLAN and school is None:
        wrong["school"] = _("Choose the school that the plan is for.")
    if kind in WITH_REFERENCE and not reference.strip():
        wrong["reference"] = _("Say where it can be found, such as a minute reference.")
    roles = {"", *(role.name for role in book_for(by).roles)}
    for field, role in (("from_role", from_role), ("to_role", to_role)):
        if role not in roles or (kind == PracticeKind.DELEGATION and not role):
            wrong[field] = _("Choose one of the policy’s own roles.")
    if kind == PracticeKind.DELEGATION and from_role and from_role == to_role:
        wrong["to_role"] = _("Choose a role other than the one that delegates.")
    if bool(advice.strip()) != bool(to_role) and kind == PracticeKind.CHANGE:
        wrong["to_role"] = _("Write the change you recommend, and choose who receives it.")
    if wrong:
        raise BadInput(wrong)
    row = Practice.objects.create(
        version=policy.version, kind=kind, on=on, by=by, at=at, words=words.strip(), advice=advice.strip(),
        from_role=from_role, to_role=to_role, reference=reference.strip(), school=school, session=session,
        due=due, figures=dict(figures or {}),
    )  # fmt: skip
    _record("policy.practice_noted", row, by=by, at=at)
    return row


@action
def watch_status(*, at: datetime) -> None:
    """Open the tasks that the policy in force asks for by its status, and end those that are done. Safe to
    run twice."""
    policy = policy_begun(local_day(at))
    if policy is None or not set(OF_STATUS) & set(duties_of(policy.book, STATUS)):
        return
    facts = status_facts(policy.version, at=at)
    wanted = _wanted(verdict(STATUS, facts, on=local_day(at)), facts, on=local_day(at))
    asked = _asked_for(policy.version)
    if asked - wanted.keys() or {what for what, duty in wanted.items() if duty} - asked:
        kept = record_decision(STATUS, facts, at=at, by=None, subject=policy.version)
        _follow(kept, facts, policy, at=at)


@action
def end_practice(*, by: Person, at: datetime, row: Practice, outcome: str) -> Practice:
    """Save the outcome of a note: a change was made or not, a plan is reflected, a task is done.

    Raises NotAllowed; NotNow where that was said before; BadInput.
    """
    today = local_day(at)
    rules.check_may_note_practice(by, on=today)
    if row.kind not in ENDS:
        raise NotNow(_("This doesn’t need an outcome."), _("Record a new note instead."))
    if not outcome.strip():
        raise BadInput({"outcome": _("Write a sentence or two.")})
    moved = Practice.objects.filter(pk=row.pk, ended_on=None).update(
        ended_on=today, ended_by=by, outcome=outcome.strip()
    )
    if not moved:
        raise done_before(
            row,
            _("Someone has recorded the outcome already."),
            _("Open the page again to see it."),
            otherwise=NotNow(
                _("Someone has recorded another outcome."),
                _("Open the page again to read it. Record a new note if something is missing."),
            ),
            outcome=outcome.strip(),
        )
    row.refresh_from_db()
    _record("policy.practice_ended", row, by=by, at=at)
    return row


def _record(event: str, row: Practice, *, by: Person, at: datetime) -> None:
    """Ask the policy about its status with the note in it, keep the answer, name its clauses, and open or
    end the tasks that it names."""
    policy = in_force(local_day(at))
    facts = status_facts(policy.version, at=at, by=by)
    kept = record_decision(STATUS, facts, at=at, by=by, subject=row)
    clauses = cited(kept, *POINTS[row.kind])
    record(event, subject=row, at=at, actor=by, clauses=clauses, decision=kept.pk, kind=str(row.kind))
    if row.kind == PracticeKind.WATCHED or (row.kind == PracticeKind.TASK and row.ended_on):
        done = LOOK if row.kind == PracticeKind.WATCHED else ROLLED_OUT
        discharge(kind=done, subject=policy.version, by=by, at=at, how="recorded")
    _follow(kept, facts, policy, at=at, by=by)


def _wanted(decision: Decision, facts: PolicyStatus, *, on: date) -> dict[str, Asked | None]:
    """Return what an answer wants of a role now, each with what is due first; None where it is late already,
    so that the task for it stays. What is due later is asked shortly before. The policy that wants to be
    watched names no day: who has looked and set none is not asked again."""
    late = {what for what, point in LATE_AT.items() if decision.clauses_at(point, kinds=[Kind.BREACHED])}
    wanted: dict[str, Asked | None] = dict.fromkeys(late)
    for duty in sorted(decision.duties, key=lambda one: Due.of(one.due).last_instant, reverse=True):
        far = duty.due.day is not None and duty.due.day > on + STATUS_NOTICE
        once = duty.what == LOOK and duty.due.day is None and facts.looked_on is not None
        if duty.what in OF_STATUS and not far and not once:
            wanted[duty.what] = duty
    return wanted


def _asked_for(version: PolicyVersion) -> set[str]:
    """Return what is asked for by an open task."""
    open_kinds = Duty.objects.filter(subject=subject_of(version), state__in=STILL_TO_DO)
    kinds = set(open_kinds.filter(kind__in=OF_STATUS.values()).values_list("kind", flat=True))
    return {what for what, kind in OF_STATUS.items() if kind in kinds}


def _follow(
    kept: DecisionRecord,
    facts: PolicyStatus,
    policy: PolicyInForce,
    *,
    at: datetime,
    by: Person | None = None,
) -> None:
    """Open the tasks that an answer names for the role it names, or where no one holds that, for the role
    that looks after the policy; end the others."""
    on = local_day(at)
    wanted, asked = _wanted(answered(kept), facts, on=on), _asked_for(policy.version)
    for what, kind in OF_STATUS.items():
        if what not in wanted:
            discharge(kind=kind, subject=policy.version, by=by, at=at, how="recorded")
            continue
        duty = wanted[what]
        if duty is None or what in asked:
            continue
        owner, _overseer = keepers_of(policy.book)
        named = policy.book.role(duty.who).key
        role = named if named and holders(named, on=on) else owner or named
        if role:
            open_duty(
                kind=kind, subject=policy.version, at=at, role=role, due=Due.of(duty.due),
                clauses=duty.clauses, decision=kept,
            )  # fmt: skip


# Reviews of the policy: whether it should stay unchanged.


REVIEW_NOTICE = timedelta(days=60)
REVIEW_POINTS = (
    "review_due",
    "governors_review_due",
    "practice_review_due",
    "joint_review_due",
    "first_review_due",
)


@action
def watch_reviews(*, at: datetime) -> None:
    """Open the task to review the policy in force shortly before it is due; escalate it to the overseeing
    role once overdue.

    The notice period is the program's own rule: no policy gives one. Where the policy gives no review day,
    no task is opened.
    """
    today = local_day(at)
    version = PolicyVersion.objects.filter(state=VersionState.IN_FORCE).first()
    if version is None or version.review_due is None or today < version.review_due - REVIEW_NOTICE:
        return
    policy = in_force(today)
    owner, overseer = keepers_of(policy.book)
    if owner is None:
        return
    decision = verdict("policy.status", status_facts(version, at=at), on=today)
    open_duty(
        kind=REVIEW,
        subject=version,
        at=at,
        due=Due.day(version.review_due),
        role=owner,
        clauses=decision.clauses_at(*REVIEW_POINTS),
        then=Then(basis=Basis.HOUSE, role=overseer) if overseer else None,
    )


@action
def record_review(
    *,
    by: Person,
    at: datetime,
    on: date,
    role: str,
    outcome: str,
    words: str = "",
    next_due: date | None = None,
    looked: Mapping[str, Any] | None = None,
) -> Review:
    """Record a review of the policy in force: the roles that reviewed it, and the outcome.

    `next_due`: the next review day, where one was set. Without it the policy's own interval runs from the
    day of the review; where the policy has none, no task is opened. `looked`: what it looked into, as far as
    the policy asks (`reviewing.LOOKED`). Raises NotAllowed; BadInput; Refused where the policy wants a review
    to look into more.
    """
    today = local_day(at)
    rules.check_may_own(by, on=today)
    version = in_force(today).version
    wrong = {}
    if on > today:
        wrong["on"] = _("You can only record a review on or after the day it takes place.")
    if outcome not in ReviewOutcome.values:
        wrong["outcome"] = _("Choose an outcome.")
    if next_due is not None and next_due <= on:
        wrong["next_due"] = _("The next review must be after this one.")
    if wrong:
        raise BadInput(wrong)
    wrong_role = role and role not in {one.name for one in book_for(by).roles}
    if wrong_role:
        raise BadInput({"role": _("Choose one of the policy’s own roles.")})
    role = role or (roles_of(by, on=today) or [""])[0]
    number = reserve(Review, 1)[0]
    asked = looked_asked(in_force(today).book)
    found = {name: value for name, value in (looked or {}).items() if name in asked and value}
    kept = None
    if asked:
        facts = review_facts(found, by=by, role=role, on=on, at=at)
        kept = record_decision("policy.review", facts, at=at, by=by, subject=f"policy.review:{number}")
        require(kept)
    row = Review.objects.create(
        pk=number, version=version, on=on, by=by, at=at, role=role, outcome=outcome, words=words.strip(),
        next_due=next_due, looked=found, decision=kept.pk if kept else None,
    )  # fmt: skip
    due = next_due or _next_after(version, on)
    PolicyVersion.objects.filter(pk=version.pk).update(review_due=due, review_words="")
    discharge(kind=REVIEW, subject=version, by=by, at=at, how=outcome)
    clauses = kept.clauses if kept else []
    record(
        "policy.reviewed", subject=row, at=at, actor=by, clauses=clauses, decision=row.decision,
        outcome=outcome,
    )  # fmt: skip
    forget_policy()
    return row


def _next_after(version: PolicyVersion, on: date) -> date | None:
    """Return when the next review is due after one on that day, by the policy's own interval; None where it
    gives none.
    """
    meta = pack_of(version).meta
    return review_due(said=None, every_months=meta.review_every_months, adopted=None, adopted_on=on)


# Suggestions for the policy, and their outcome.


@action
def suggest(*, by: Person, at: datetime, words: str, clause: str = "") -> Suggestion:
    """Suggest a change to the policy; it goes to the role that takes suggestions, or to the policy's owner.

    Raises BadInput; Refused where the policy reserves suggestions for other people.
    """
    on = local_day(at)
    policy = in_force(on)
    if not words.strip():
        raise BadInput({"words": _("Say what should change and why.")})
    if clause and clause not in policy.book.clauses:
        raise BadInput({"clause": _("Choose a clause of this policy, or none.")})
    role = takes_suggestions(policy)
    kept = record_decision(
        "policy.suggest", suggest_facts(by=by, at=at, sent_to=role), at=at, by=by, subject=policy.version
    )
    require(kept)
    row = Suggestion.objects.create(
        version=policy.version, clause=clause, by=by, at=at, words=words.strip(), to_role=role, state_at=at
    )
    take_in(row, row.words, at=at, federation=policy.version.federation)
    key = next((one.key for one in policy.book.roles if one.name == role), None)
    open_duty(
        kind=ANSWER,
        subject=row,
        at=at,
        due=Due.none_promised(),
        role=key,
        clauses=kept.clauses,
        decision=kept,
    )
    record("policy.suggested", subject=row, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    return row


@action
def answer_suggestion(
    *, by: Person, at: datetime, suggestion: Suggestion, take: bool, answer: str
) -> Suggestion:
    """Record the outcome of a suggestion. Raises NotAllowed, NotFound where it may be about them,
    BadInput without words, NotNow when answered or while a safeguarding lead reads it first."""
    rules.check_may_take_suggestions(by, on=local_day(at))
    suggestion_for(by, suggestion.pk, sees_all=True)
    check_read_first(suggestion)
    if not answer.strip():
        raise BadInput({"answer": _("Give the reason in one or two sentences.")})
    to = SuggestionState.TAKEN if take else SuggestionState.DECLINED
    move(suggestion, to=to, moves=SUGGESTION_MOVES, at=at, answered_by=by, answer=answer.strip())
    discharge(kind=ANSWER, subject=suggestion, by=by, at=at, how=to)
    record("policy.suggestion_answered", subject=suggestion, at=at, actor=by, taken=take)
    return suggestion
