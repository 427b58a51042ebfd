"""Pass an enquiry on to the roles that the policy names or, where it names none, to those who answer here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.inbox.looking_after import who_looks_after
from schoolgate.people.holding import holders_of_capacity
from schoolgate.people.models import Person
from schoolgate.people.queries import assignments_at
from schoolgate.policy.asking import answered, record_decision
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import book_in_scope
from schoolgate.press import rules
from schoolgate.press.asking import judged, named_in, stops
from schoolgate.press.duty_kinds import ENQUIRY, HANDS_OFF, PASS_ON
from schoolgate.press.facts import enquiry_facts
from schoolgate.press.models import Enquiry, EnquiryStep
from schoolgate.press.states import StepKind

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
    before = [] if again else rules.passed_to(enquiry)
    first = _asked(enquiry, by=by, at=at, passed=before)
    named = named_in([answered(first), *(answered(one) for one in also)])
    held = _held(enquiry, named.roles, at=at)
    for role in held:
        if role not in before:
            _tell(enquiry, role=role, clauses=named.roles[role], kept=first, at=at)
    now = rules.passed_to(enquiry)
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
    rules.check_works_on(by, enquiry, on=local_day(at))
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
    rows = assignments_at(rules.where(enquiry), on=local_day(at)).filter(role_key__in=list(roles))
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
