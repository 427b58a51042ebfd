"""An enquiry from the press: what the policy asks, who may know of it and works on it, how it is
passed on and closed.

It goes to the roles that the policy names or, where it names none, to those who answer here. One that a
person may not know of does not exist for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Literal

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import Leaving, found_in, read_by_two
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.core.retention import check_not_destroyed
from schoolgate.core.subjects import number_of, person_key, subject_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.inbox.first_read import who_looks_after
from schoolgate.inbox.models import Item
from schoolgate.inbox.reply_facts import PRESS, given_for_text, words_of
from schoolgate.inbox.seeing import SEES, kept_from
from schoolgate.people.confined import not_meant
from schoolgate.people.models import Person, ScopeKind
from schoolgate.people.outside import check_read_first
from schoolgate.people.queries import (
    Where,
    assignments,
    assignments_at,
    capacities,
    capacities_of_roles,
    held_by,
    holders,
    holders_of_capacity,
    roles_of,
)
from schoolgate.people.rules import check_capacity
from schoolgate.policy.asking import answered, record_decision, verdict
from schoolgate.policy.keeping import held_back_at
from schoolgate.policy.models import AskedState, DecisionRecord, PermissionAsked
from schoolgate.policy.permitting import Area, Lacking, Permit, Place, declare, end_requests, lacking
from schoolgate.policy.queries import book_in_scope
from schoolgate.press.models import (
    ENQUIRY,
    ENQUIRY_MOVES,
    HANDS_OFF,
    HERE,
    PASS_ON,
    Enquiry,
    EnquiryState,
    EnquiryStep,
    Expectation,
    How,
    Outcome,
    Statement,
    StepKind,
)
from schoolgate.rulebook import Decision
from schoolgate.rulebook.facts import Attested, Given
from schoolgate.rulebook.facts import Person as PersonFact
from schoolgate.rulebook.situations.items import MediaEnquiry, MediaExpected

Act = Literal["pass_on", "answer"]
PERMITS = (
    Permit(
        covers=PRESS,
        at=("answer", "request_for_comment"),
        needs=frozenset({"press_advice", "written_approval"}),
    ),
)
"""The permissions that a statement can wait for."""


def approved_thing(enquiry: Enquiry) -> Model:
    """Return what an approval of a statement is about: the item to which it replies, or the enquiry."""
    return enquiry.item or enquiry


def enquiry_facts(
    enquiry: Enquiry,
    *,
    by: Person,
    at: datetime,
    act: Act,
    passed: Sequence[str],
    text: str = "",
    steps_taken: bool | None = None,
) -> MediaEnquiry:
    """Return the facts of passing an enquiry on, or of answering it with this text.

    `passed`: the keys of roles that have it. `steps_taken`: whether the person says that the steps of the
    media policy were taken for this text.
    """
    names = book_in_scope().role_names
    key = person_key(by.pk)
    return MediaEnquiry(
        now=at,
        by=_person(by, at, school=enquiry.school, account=enquiry.account),
        act=act,
        received_at=enquiry.received_at,
        from_press=True,
        about_posts=enquiry.about_posts,
        asks_for_comment=enquiry.asks_for_comment,
        passed_to=tuple(names.get(one, one) for one in passed),
        advice=_advice(enquiry, text, at=at),
        media_policy_steps=None
        if steps_taken is None
        else Attested(answer=steps_taken, by=key, at=at, of_this_version=True),
    )


def expected_facts(expectation: Expectation, *, at: datetime) -> MediaExpected:
    """Return the facts of attention that a person expects: they say so, so it may be controversial."""
    return MediaExpected(
        now=at,
        by=_person(expectation.by, at, school=expectation.school, account=None),
        what="content",
        may_be_controversial=True,
    )


def _person(person: Person, at: datetime, *, school: Any, account: Any) -> PersonFact:
    relation: Any = person.relation
    roles = roles_of(person, on=local_day(at), school=school, account=account)
    return PersonFact(key=person_key(person.pk), relation=relation, roles=tuple(roles))


def _advice(enquiry: Enquiry, text: str, *, at: datetime) -> tuple[Given, ...]:
    """Return what was approved about this text; nothing for an enquiry that may come only later."""
    about = approved_thing(enquiry)
    return given_for_text(about, PRESS, text, on=local_day(at)) if about.pk else ()


ANSWERS = frozenset({"answer", "second_person", "oversee"})
"""The capacities that let people deal with an enquiry where the policy names no role for it."""


def may_see(person: Person, on: date) -> Q:
    """Return the condition on enquiries that this person may know of: those of the places where they read the
    inbox, those passed on to a role that they have, and those that they recorded; none about a comment that
    is locked and that they may not find, and none that may be about them."""
    book = book_in_scope()
    found: list[Q] = [Q(kept_by=person)]
    for one in held_by(person, on=on):
        here = _reached(one.scope_kind, one.school_id, one.account_id)
        if here is None:
            continue
        passed = EnquiryStep.objects.filter(
            enquiry=OuterRef("pk"), kind=StepKind.PASSED, role_key=one.role_key
        )
        reads = bool(SEES & capacities_of_roles([one.role_key], book))
        found.append(here if reads else Q(here, Exists(passed)))
    kept = kept_from(person, on=on)
    there = reduce(or_, found) & not_meant("press.enquiry", person)
    return there & ~Q(item__in=kept) if kept else there


def _reached(kind: str, school: int | None, account: int | None) -> Q | None:
    if kind == ScopeKind.FEDERATION:
        return Q(pk__isnull=False)
    if kind == ScopeKind.SCHOOL and school:
        return Q(school_id=school)
    return Q(account_id=account) if kind == ScopeKind.ACCOUNT and account else None


def expectations_seen(person: Person, on: date) -> QuerySet[Expectation]:
    """Return what is expected, for those who may see it: all staff, and those who read an inbox."""
    return Expectation.objects.all() if takes_calls(person, on=on) else Expectation.objects.none()


def takes_calls(person: Person, *, on: date) -> bool:
    """Return whether a journalist may reach this person: staff, and those who read the inbox."""
    return person.relation == "staff" or bool(SEES & capacities(person, on=on, anywhere=True))


def check_takes_calls(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person is staff or reads an inbox."""
    if not takes_calls(person, on=on):
        check_capacity(person, "answer", on=on, anywhere=True)


def check_notes_expected(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person deals with the press or the inbox somewhere."""
    if not ANSWERS & capacities(person, on=on, anywhere=True):
        check_capacity(person, "answer", on=on, anywhere=True)


def check_works_on(person: Person, enquiry: Enquiry, *, on: date) -> None:
    """Raise NotFound unless the person may know of the enquiry, NotNow where it is closed."""
    if not Enquiry.objects.filter(may_see(person, on), pk=enquiry.pk).exists():
        raise NotFound
    if enquiry.state != EnquiryState.OPEN:
        raise NotNow(_("This enquiry is closed."), _("Open it again first."))


def where(enquiry: Enquiry) -> Where:
    """Return the place of an enquiry."""
    return Where(enquiry.school, enquiry.account)


def passed_to(enquiry: Enquiry) -> list[str]:
    """Return the keys of the roles to which it was passed on, in order."""
    steps = enquiry.steps.filter(kind=StepKind.PASSED).exclude(role_key="").order_by("id")
    return list(dict.fromkeys(steps.values_list("role_key", flat=True)))


def check_decides(person: Person, enquiry: Enquiry, *, on: date) -> None:
    """Raise NotAllowed unless the person has a role to which the policy passes it or, where it names none,
    answers for the place: they give statements by hand and close it."""
    roles = passed_to(enquiry)
    held = set(assignments(person, on=on, where=where(enquiry)).values_list("role_key", flat=True))
    if roles and not held & set(roles):
        names = book_in_scope().role_names
        raise NotAllowed(
            _("This enquiry was passed on, and only the people who have it now can do this."),
            _("Ask someone with this role: ") + ", ".join(names.get(key, key) for key in roles) + ".",
        )
    if not roles and not held & _answering():
        check_capacity(person, "answer", on=on, school=enquiry.school, account=enquiry.account)


def _answering() -> set[str]:
    return {role.key for role in book_in_scope().roles if role.capacities & ANSWERS}


PASSED_ON = "pass_on"
QUESTIONS = ("asks_for_comment", "about_posts")
"""What only a person can say about an enquiry, by the fact's name."""


@dataclass
class Named:
    """The roles to which the policy wants an enquiry passed on, each with the clauses that say so, and until
    when."""

    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    due: Due = field(default_factory=Due.none_promised)


def named_in(decisions: Iterable[Decision]) -> Named:
    """Return the roles that decisions name for passing it on; none where the policy names none."""
    keys = {role.name: role.key for role in book_in_scope().roles}
    found = Named()
    for decision in decisions:
        for duty in decision.duties:
            if duty.what != PASSED_ON:
                continue
            found.due = min(found.due, Due.of(duty.due), key=lambda due: due.last_instant)
            for one in decision.findings:
                if not one.stands or not set(one.clauses) & set(duty.clauses):
                    continue
                for name in one.args.get("roles", ()):
                    if name in keys:
                        before = found.roles.get(keys[name], ())
                        found.roles[keys[name]] = tuple(dict.fromkeys((*before, *one.clauses)))
    return found


def judged(
    enquiry: Enquiry,
    *,
    by: Person,
    at: datetime,
    act: Act,
    text: str = "",
    steps_taken: bool | None = None,
) -> Decision:
    """Return what the policy in force says about passing it on, or about this answer. Advice: not saved."""
    facts = enquiry_facts(
        enquiry, by=by, at=at, act=act, passed=passed_to(enquiry), text=text, steps_taken=steps_taken
    )
    return verdict("media.enquiry", facts, on=local_day(at))


def stops(decision: Decision) -> bool:
    """Return whether the decision stops the step."""
    return bool(held_back_at({k: str(v) for k, v in decision.points.items()}, str(decision.outcome), ()))


def still_asked(*decisions: Decision) -> list[str]:
    """Return the questions that a person has to answer, in their order, for the policy to go on."""
    needs = {
        need.what for decision in decisions for one in decision.findings if one.stands for need in one.needs
    }
    return [name for name in QUESTIONS if name in needs]


def lacking_of_statement(decision: Decision) -> list[Lacking]:
    """Return the permissions that a statement lacks and a role can give."""
    return lacking([decision], book_in_scope(), PERMITS)


def goes_to(school: School | None, *, by: Person, at: datetime) -> dict[str, list[Person]]:
    """Return the roles, by key, to which the policy would pass on what a journalist asks at this school, each
    with its holders; none where the policy names none."""
    coming = Enquiry(
        school=school, how=How.TELEPHONE, received_at=at, about_posts=True, asks_for_comment=True
    )
    facts = enquiry_facts(coming, by=by, at=at, act="pass_on", passed=())
    named = named_in([verdict("media.enquiry", facts, on=local_day(at))])
    return {role: holders(role, on=local_day(at), school=school) for role in named.roles}


LONGEST_NOTE = 500


def pass_it_on(
    enquiry: Enquiry,
    *,
    by: Person,
    at: datetime,
    also: Sequence[DecisionRecord] = (),
    again: bool = False,
) -> DecisionRecord:
    """Ask the policy to which roles it goes, open their task, and ask again now that they have it; return the
    last answer. `also`: what the policy answered about its item; `again`: it
    was closed, so those who had it get their task back."""
    before = [] if again else passed_to(enquiry)
    first = _asked(enquiry, by=by, at=at, passed=before)
    named = named_in([answered(first), *(answered(one) for one in also)])
    held = _held(enquiry, named.roles, at=at)
    for role in held:
        if role not in before:
            _tell(enquiry, role=role, clauses=named.roles[role], kept=first, at=at)
    now = passed_to(enquiry)
    if named.roles and not now:
        _no_one_has_it(enquiry, clauses=named.roles, due=named.due, kept=first, by=by, at=at)
    elif not now:
        _answering_here(enquiry, kept=first, at=at, again=again)
    else:
        cancel(kind=PASS_ON, subject=enquiry, because="passed_on", at=at, by=by)
    kept = _asked(enquiry, by=by, at=at, passed=now) if now != before else first
    enquiry.decision = kept
    enquiry.save(update_fields=["decision"])
    keep_hands_off(enquiry, kept=kept, at=at)
    return kept


@action
def note_passed_by_hand(*, by: Person, at: datetime, enquiry: Enquiry, words: str) -> EnquiryStep:
    """Record who was told of an enquiry that couldn't be passed on because no one has the role. Raises
    NotFound, NotNow (closed), BadInput on `words`."""
    check_works_on(by, enquiry, on=local_day(at))
    tidy = words.strip()
    if not tidy or len(tidy) > LONGEST_NOTE:
        raise BadInput({"words": _("Write who you told and how, up to 500 characters.")})
    step = add_step(enquiry, StepKind.WENT_TO, by=by, at=at, words=tidy)
    discharge(kind=PASS_ON, subject=enquiry, by=by, at=at, how="told")
    record("enquiry.passed", subject=enquiry, at=at, actor=by, how="told")
    return step


def keep_hands_off(enquiry: Enquiry, *, kept: DecisionRecord, at: datetime) -> None:
    """Tell those who look after the account not to answer it, for as long as the policy stops them."""
    has_it = set(enquiry.steps.filter(kind=StepKind.WENT_TO).values_list("person_id", flat=True))
    for person in _looking(enquiry, at=at):
        if person.pk not in has_it and stops(judged(enquiry, by=person, at=at, act="answer")):
            open_duty(
                kind=HANDS_OFF, subject=enquiry, at=at, due=Due.none_promised(), person=person,
                school=enquiry.school, account=enquiry.account_id, clauses=kept.clauses, decision=kept,
            )  # fmt: skip


def add_step(
    enquiry: Enquiry, kind: StepKind, *, by: Person | None, at: datetime, **more: object
) -> EnquiryStep:
    """Add a line to the log."""
    return EnquiryStep.objects.create(enquiry=enquiry, kind=kind, by=by, at=at, **more)


def _asked(enquiry: Enquiry, *, by: Person, at: datetime, passed: Sequence[str]) -> DecisionRecord:
    facts = enquiry_facts(enquiry, by=by, at=at, act="pass_on", passed=passed)
    return record_decision("media.enquiry", facts, at=at, by=by, subject=enquiry)


def _held(enquiry: Enquiry, roles: Iterable[str], *, at: datetime) -> list[str]:
    """Return those of these roles that someone has there."""
    rows = assignments_at(where(enquiry), on=local_day(at)).filter(role_key__in=list(roles))
    there = set(rows.values_list("role_key", flat=True))
    return [role for role in roles if role in there]


def _tell(enquiry: Enquiry, *, role: str, clauses: Sequence[str], kept: DecisionRecord, at: datetime) -> None:
    open_duty(
        kind=ENQUIRY, subject=enquiry, at=at, due=Due.none_promised(), role=role, school=enquiry.school,
        account=enquiry.account_id, clauses=clauses, decision=kept,
    )  # fmt: skip
    add_step(enquiry, StepKind.PASSED, by=None, at=at, role_key=role, clauses=list(clauses), decision=kept)
    record("enquiry.passed", subject=enquiry, at=at, clauses=list(clauses), decision=kept.pk, role=role)


def _no_one_has_it(
    enquiry: Enquiry,
    *,
    clauses: dict[str, tuple[str, ...]],
    due: Due,
    kept: DecisionRecord,
    by: Person,
    at: datetime,
) -> None:
    all_clauses = list(dict.fromkeys(one for each in clauses.values() for one in each))
    if enquiry.steps.filter(kind=StepKind.UNHELD).exists():
        return
    open_duty(
        kind=PASS_ON, subject=enquiry, at=at, due=due, person=by, school=enquiry.school,
        account=enquiry.account_id, clauses=all_clauses, decision=kept,
    )  # fmt: skip
    for role in clauses:
        add_step(enquiry, StepKind.UNHELD, by=None, at=at, role_key=role, clauses=all_clauses, decision=kept)


def _answering_here(enquiry: Enquiry, *, kept: DecisionRecord, at: datetime, again: bool) -> None:
    """Open the task for those who answer for the account or, without one, for the school."""
    if not again and enquiry.steps.filter(kind=StepKind.WENT_TO).exists():
        return
    looking = who_looks_after(enquiry.account, at=at) if enquiry.account else None
    person = looking.first if looking else None
    roles = {role.key: role for role in book_in_scope().roles}
    role = None if person else (looking.role if looking else _role_that_answers(list(roles)))
    open_duty(
        kind=ENQUIRY, subject=enquiry, at=at, due=Due.none_promised(), person=person, role=role,
        school=enquiry.school, account=enquiry.account_id, decision=kept,
    )  # fmt: skip
    add_step(enquiry, StepKind.WENT_TO, by=None, at=at, person=person, role_key=role or "", decision=kept)


def _role_that_answers(keys: Sequence[str]) -> str:
    """Return the first of these roles that answers; else the first."""
    able = [role.key for role in book_in_scope().pack.roles_with("answer") if role.key in keys]
    return able[0] if able else keys[0]


def _looking(enquiry: Enquiry, *, at: datetime) -> list[Person]:
    """Return the people who may reply for the account, or for the school where there is none."""
    return holders_of_capacity(
        "answer",
        federation=enquiry.federation,
        on=local_day(at),
        school=enquiry.school,
        account=enquiry.account,
    )


LONGEST_WORDS = 1000


@action
def close(*, by: Person, at: datetime, enquiry: Enquiry, outcome: str, words: str = "") -> Enquiry:
    """Close an enquiry with one of `Outcome`. Raises NotFound, NotAllowed (others have it), BadInput, NotNow
    (closed already, or a safeguarding lead reads it first)."""
    check_works_on(by, enquiry, on=local_day(at))
    check_decides(by, enquiry, on=local_day(at))
    if outcome not in Outcome.values:
        raise BadInput({"outcome": _("Choose how it ended.")})
    if len(words) > LONGEST_WORDS:
        raise BadInput({"words": _("Write up to 1,000 characters.")})
    check_read_first(enquiry)
    move(enquiry, to=EnquiryState.CLOSED, moves=ENQUIRY_MOVES, at=at, outcome=outcome)
    discharge(kind=(ENQUIRY, PASS_ON), subject=enquiry, by=by, at=at, how=outcome)
    cancel(kind=HANDS_OFF, subject=enquiry, because="closed", at=at, by=by)
    end_requests(at=at, about=approved_thing(enquiry), by=by)
    add_step(enquiry, StepKind.CLOSED, by=by, at=at, words=words.strip())
    record("enquiry.closed", subject=enquiry, at=at, actor=by, outcome=outcome)
    return enquiry


@action
def reopen(*, by: Person, at: datetime, enquiry: Enquiry) -> Enquiry:
    """Open a closed enquiry again: the same roles get their task back. Raises NotFound, NotAllowed,
    NotNow."""
    if not Enquiry.objects.filter(may_see(by, local_day(at)), pk=enquiry.pk).exists():
        raise NotFound
    check_decides(by, enquiry, on=local_day(at))
    check_not_destroyed(enquiry)
    move(enquiry, to=EnquiryState.OPEN, moves=ENQUIRY_MOVES, at=at, outcome="")
    add_step(enquiry, StepKind.REOPENED, by=by, at=at)
    record("enquiry.reopened", subject=enquiry, at=at, actor=by)
    pass_it_on(enquiry, by=by, at=at, again=True)
    return enquiry


SHOWS = ("open", "closed", "all")
"""Which enquiries a list shows."""


def _whole() -> QuerySet[Enquiry]:
    return Enquiry.objects.select_related("item__account", "account", "school", "kept_by", "decision")


def enquiry(pk: int) -> Enquiry:
    """Return one enquiry. Raises NotFound."""
    found = _whole().filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def enquiry_for(person: Person, pk: int, *, on: date) -> Enquiry:
    """Return one enquiry, for a person who may know of it. Raises NotFound for anyone else."""
    found = _whole().filter(may_see(person, on), pk=pk).first()
    if found is None:
        raise NotFound
    return found


def enquiries_for(
    person: Person, *, on: date, show: str = "open", before: int | None = None, limit: int = 25
) -> tuple[list[Enquiry], int | None]:
    """Return the enquiries that the person may know of, newest first, older than the id `before`; with the id
    to continue from."""
    rows = _whole().filter(may_see(person, on))
    if show != "all":
        rows = rows.filter(state=EnquiryState.OPEN if show == "open" else EnquiryState.CLOSED)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


def of_item(item: Item) -> Enquiry | None:
    """Return the enquiry kept for an item, if there is one. No query where it isn't from the press."""
    return _whole().filter(item=item).first() if item.from_press else None


def statements(found: Enquiry) -> list[Statement]:
    """Return the versions of its statement, newest first."""
    return list(found.statements.select_related("by").order_by("-number"))


def latest(found: Enquiry) -> Statement | None:
    """Return the latest version of its statement, if there is one."""
    return found.statements.select_related("by", "enquiry__item").order_by("-number").first()


def steps(found: Enquiry) -> list[EnquiryStep]:
    """Return its log, oldest first."""
    return list(found.steps.select_related("by", "person", "statement", "decision").order_by("at", "id"))


def unheld(found: Enquiry) -> bool:
    """Return whether no one has a role to which the policy wants it passed on."""
    return not passed_to(found) and found.steps.filter(kind=StepKind.UNHELD).exists()


def still_expected(on: date) -> QuerySet[Expectation]:
    """Return the rows of the attention of the press that is expected on a day."""
    return Expectation.objects.filter(ended_at=None, until__gte=on)


def expected(on: date) -> list[Expectation]:
    """Return the attention of the press that is expected on a day, soonest end first."""
    return list(still_expected(on).select_related("school", "by").order_by("until", "id"))


def expected_for(person: Person, *, on: date) -> list[Expectation]:
    """Return what is expected on a day at the schools where this person has a role, or in the whole
    federation; nothing for people who take no calls from the press. One query where nothing is."""
    rows = expected(on)
    if not rows or not takes_calls(person, on=on):
        return []
    held = list(assignments(person, on=on, where=Where(anywhere=True)))
    if any(one.scope_kind == ScopeKind.FEDERATION for one in held):
        return rows
    of_accounts = Account.objects.filter(pk__in=[one.account_id for one in held if one.account_id])
    there = {None, *(one.school_id for one in held), *of_accounts.values_list("school_id", flat=True)}
    return [row for row in rows if row.school_id in there]


def expectation(pk: int) -> Expectation:
    """Return one of them. Raises NotFound."""
    found = Expectation.objects.select_related("school", "by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def place_of_enquiry(found: Enquiry) -> Place:
    """Return where a permission for a statement is asked for."""
    return Place(found.school, found.account)


def leaving(found: Enquiry, text: str) -> Leaving:
    """Return a statement as it's looked through, together with what it answers."""
    to = words_of(found.item) if found.item else found.wants
    return Leaving(Door.STATEMENT, {"text": text}, about=approved_thing(found), school=found.school, to=to)


def must_be_read_by_another(statement: Statement, *, giver: Person, at: datetime) -> bool:
    """Return whether someone else must read a statement before this person gives it: they wrote it, something
    in it was answered, and no one approved it as it's worded. So under every policy, also one without a rule
    for the press."""
    if giver.pk != statement.by_id or not found_in(statement, by=giver, at=at):
        return False
    about = subject_of(approved_thing(statement.enquiry))
    given = PermissionAsked.objects.filter(about=about, state=AskedState.GIVEN)
    return not given.filter(covers__endswith=f":{statement.digest}").exclude(answered_by=giver).exists()


def _thing(pk: int) -> tuple[Enquiry, Place]:
    found = enquiry(pk)
    return found, place_of_enquiry(found)


def _current(asked: PermissionAsked) -> bool:
    try:
        found = enquiry(number_of(asked.about))
    except NotFound:
        return False
    text = latest(found)
    return found.state == EnquiryState.OPEN and text is not None and asked.covers.endswith(f":{text.digest}")


def _sees(person: Person, pk: int, on: date) -> bool:
    return Enquiry.objects.filter(may_see(person, on), pk=pk).exists()


def _leaves(asked: PermissionAsked) -> Leaving:
    return leaving(enquiry(number_of(asked.about)), asked.text)


read_by_two("press.statement", lambda statement: leaving(statement.enquiry, statement.text))
# A yes changes nothing by itself: a person gives the statement, and the policy is asked again.
declare("press.enquiry", Area("inbox", _sees, _thing, _current, view=HERE, leaves=_leaves))
