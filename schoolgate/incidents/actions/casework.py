"""What follows a report: it is assessed, investigated, told to outside bodies, and closed.

Each stage asks the policy in force first, and keeps its answer. What the policy forbids is refused; what it
still lacks is shown, and stops only the closing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.core.reasons import reason
from schoolgate.core.retention import check_not_destroyed
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.incidents.actions.entrusting import check_lead_entrusted
from schoolgate.incidents.actions.handling import check_may_see, check_words, takes_over
from schoolgate.incidents.actions.keeping import LONGEST_WORDS, step
from schoolgate.incidents.actions.keeping_out import keep_out_named_later
from schoolgate.incidents.actions.letting_in import check_written_here, let_in
from schoolgate.incidents.actions.picturing import check_picture_gone, end_questions
from schoolgate.incidents.actions.second_closer import (
    ask_second,
    asked_as_not_ours,
    check_authority_heard,
    say_not_ours,
)
from schoolgate.incidents.actions.two_seats import check_read_in_both
from schoolgate.incidents.allegations import means_staff
from schoolgate.incidents.casefile import CaseFile, case_facts, case_file
from schoolgate.incidents.duty_kinds import CONFIRM, FINISH, NAMED_BY_POLICY, OF_REPORTER, TAKE
from schoolgate.incidents.ladder import stands_in_for
from schoolgate.incidents.meant import meant_in
from schoolgate.incidents.models import Report, Step
from schoolgate.incidents.rules import check_has_it, is_lead
from schoolgate.incidents.stages import STAGES, Stage, stages_here
from schoolgate.incidents.states import (
    BODIES,
    ENDED,
    LETS_IN,
    REPORT_MOVES,
    ReportState,
    StepKind,
    Whose,
)
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, holders
from schoolgate.policy.asking import answered, record_decision, require
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import policy_or_none
from schoolgate.rulebook import findings
from schoolgate.rulebook.errors import BadFacts
from schoolgate.rulebook.facts_read import duties_of

FORBIDDEN, REFERRED = "not_permitted", "refer"
LONGEST_REFERENCE = 100


@action
def save_stage(
    *, report: Report, by: Person, at: datetime, stage: Stage, answers: Mapping[str, Any], words: str = ""
) -> Step:
    """Save what was found at a stage: the answers by the name of their fact, and a text.

    The policy is asked with all that is known, and its answer is kept. What it obliges a role to do becomes
    its task. Raises NotFound, NotAllowed, NotNow where it is closed, BadInput, and Refused where the policy
    forbids it, such as an assessment by another role.
    """
    check_may_see(report, by, at)
    _check_open(report)
    check_has_it(by, report, on=local_day(at))
    check_written_here(report)
    if words.strip():
        check_words(words, "")
    let_in(report, by, at=at)
    before = case_file(report)
    check_lead_entrusted(report, answers, before=before.answers, by=by, at=at)
    case = before.with_answers(answers)
    kept = _asked(stage, case, by=by, at=at)
    if kept is not None and not stage.judges and FORBIDDEN in kept.points.values():
        raise Refused(kept)
    instead = next(iter(stands_in_for(report, by, on=local_day(at))), "")
    row = step(
        report, stage.step, at=at, by=by, role=instead, whose=Whose.HOUSE if instead else None,
        words={"facts": dict(answers), "what": words.strip()},
    )  # fmt: skip
    record(
        stage.event, subject=report, at=at, actor=by, clauses=kept.clauses if kept else [],
        decision=kept.pk if kept else None,
    )  # fmt: skip
    if kept is not None:
        _open_tasks(report, kept, by=by, at=at)
    return row


@action
def restrict(*, report: Report, by: Person, at: datetime) -> Report:
    """Keep a concern to the safeguarding leads: from now on only they, and people it is passed to by name,
    may know of it. Raises NotFound, NotAllowed for all but a lead who deals with it, NotNow."""
    check_may_see(report, by, at)
    _check_open(report)
    if report.taken_by_id != by.pk or not is_lead(by, local_day(at)):
        raise NotAllowed(
            _("Only a safeguarding lead who deals with a concern can restrict it to the leads."),
            _("Pass it to a safeguarding lead."),
        )
    check_read_in_both(report, by, at=at)
    if report.restricted_at is None:
        report.restricted_at = at
        report.save(update_fields=["restricted_at"])
        step(report, StepKind.RESTRICTED, at=at, by=by)
        record("report.restricted", subject=report, at=at, actor=by)
        cancel(kind=(TAKE, *NAMED_BY_POLICY.values()), subject=report, because="restricted", at=at, by=by)
    return report


@action
def tell_body(
    *,
    report: Report,
    by: Person,
    at: datetime,
    body: str,
    told_at: datetime,
    words: str,
    reference: str = "",
) -> Step:
    """Note that a body outside the school was told, when, of what, and its reference number.

    Raises NotFound, NotAllowed, NotNow, BadInput (body, told_at, words, reference).
    """
    check_may_see(report, by, at)
    _check_open(report)
    check_written_here(report)
    if body not in BODIES:
        raise BadInput({"body": _("Choose who was told")})
    if told_at > at:
        raise BadInput({"told_at": _("This must not be in the future")})
    check_words(words, _("Write what you told them."))
    if len(reference) > LONGEST_REFERENCE:
        raise BadInput({"reference": _("This is too long. Enter only the reference number.")})
    let_in(report, by, at=at)
    said = {"what": words.strip(), "reference": reference.strip()}
    row = step(report, StepKind.BODY_TOLD, at=told_at, by=by, body=body, words=said)
    record("report.body_told", subject=report, at=at, actor=by, body=body)
    discharge(kind=OF_REPORTER["incident.tell_authorities"], subject=report, by=by, at=at, how="told")
    return row


@action
def close(*, report: Report, by: Person, at: datetime, words: str, second: Person | None = None) -> Report:
    """Close a concern with its outcome, once the policy has all it asks for.

    A serious one is closed by two people: the first names the second, who then sees it and confirms. So is
    one that may be about a person here, even if someone said since that it isn't; it waits for the outcome of
    the local authority that was told of it. So is one that was passed to the safeguarding lead's own system:
    what the policy still needs is there. Raises NotFound, NotAllowed, NotNow, BadInput (words, second), and
    Refused with what the policy still needs.
    """
    check_may_see(report, by, at)
    _check_open(report)
    check_has_it(by, report, on=local_day(at))
    reason(words, "words", longest=LONGEST_WORDS, wanted=_("Write what the outcome is."))
    check_read_in_both(report, by, at=at)
    let_in(report, by, at=at)
    check_picture_gone(report, by=by, at=at)
    case = case_file(report)
    kept = _asked(STAGES["conclude"], case, by=by, at=at)
    if kept is not None and report.passed_at is None:
        require(kept)
    if report.passed_at is None:
        _check_other_stages(case, by=by, at=at)
    check_authority_heard(report)
    if case.serious or report.passed_at is not None or means_staff(report):
        return ask_second(report, by=by, at=at, words=words, second=second)
    return _closed(report, by=by, at=at, words=words)


@action
def confirm_closing(*, report: Report, by: Person, at: datetime, words: str = "") -> Report:
    """Close a serious concern as the second person, or say too that it isn't ours. Raises NotFound,
    NotAllowed for the first, NotNow, also while the local authority hasn't said how it ends."""
    check_may_see(report, by, at)
    _check_not_first(by, report)
    if report.state != ReportState.CLOSING:
        raise NotNow(_("This isn’t waiting to be closed."), _("Open it again to see its status."))
    if words.strip():
        check_words(words, "")
    check_authority_heard(report)
    if asked_as_not_ours(report):
        let_in(report, by, at=at)
        return say_not_ours(report, by=by, at=at, words=words)
    return _closed(report, by=by, at=at, words=words)


@action
def send_back(*, report: Report, by: Person, at: datetime, words: str) -> Report:
    """Not close it as the second person, with what is missing; the person who has it goes on. Raises
    NotFound, NotAllowed, NotNow, BadInput (words)."""
    check_may_see(report, by, at)
    _check_not_first(by, report)
    check_words(words, _("Write what is missing."))
    move(report, to=ReportState.TAKEN, moves=REPORT_MOVES, at=at, closes_first=None)
    step(report, StepKind.SENT_BACK, at=at, by=by, words={"what": words.strip()})
    record("report.sent_back", subject=report, at=at, actor=by)
    discharge(kind=CONFIRM, subject=report, by=by, at=at, how="sent_back")
    return report


@action
def reopen(*, report: Report, by: Person, at: datetime, words: str) -> Report:
    """Open a closed concern again, on an appeal or because more is known; `by` deals with it. Raises
    NotFound, NotNow, BadInput (words)."""
    check_may_see(report, by, at)
    check_words(words, _("Write why you’re reopening it."))
    if report.state not in ENDED:
        raise NotNow(_("This concern isn’t closed."), _("Open it again to see its status."))
    check_not_destroyed(report)
    move(report, to=ReportState.TAKEN, moves=REPORT_MOVES, at=at, taken_by=by, taken_at=at, closes_first=None)
    let_in(report, by, at=at)
    step(report, StepKind.REOPENED, at=at, by=by, words={"what": words.strip()})
    record("report.reopened", subject=report, at=at, actor=by)
    takes_over(report, by=by, at=at)
    keep_out_named_later(report, texts=[words], reporter=by, at=at)
    return report


def _check_other_stages(case: CaseFile, *, by: Person, at: datetime) -> None:
    """Ask the policy again what else counts at the closing. What only a ruling could settle doesn't keep a
    concern open; a measure against a person waits for it. Raises Refused."""
    here = stages_here(book_for(case.report), case.answers.get("subject"))
    for stage in here:
        if stage.key not in case.asked_at_closing:
            continue
        kept = _asked(stage, case, by=by, at=at)
        if kept is not None and (stage.judges or kept.outcome != REFERRED):
            require(kept)


def _closed(report: Report, *, by: Person, at: datetime, words: str) -> Report:
    move(report, to=ReportState.CLOSED, moves=REPORT_MOVES, at=at, closes_first=None)
    let_in(report, by, at=at)
    step(report, StepKind.CLOSED, at=at, by=by, words={"what": words.strip()} if words.strip() else None)
    record("report.closed", subject=report, at=at, actor=by)
    discharge(
        kind=(FINISH, CONFIRM, *NAMED_BY_POLICY.values(), *OF_REPORTER.values()),
        subject=report,
        by=by,
        at=at,
        how="closed",
    )
    end_questions(report, by=by, at=at)
    return report


def _check_not_first(by: Person, report: Report) -> None:
    if report.closes_first_id == by.pk:
        raise NotAllowed(
            _("A second person must close this."), _("The person you named reads and closes it.")
        )


def _check_open(report: Report) -> None:
    if report.state in (*ENDED, ReportState.CLOSING):
        raise NotNow(
            _("This concern is closed, or a second person is about to close it."), _("Reopen it to continue.")
        )


def _asked(stage: Stage, case: CaseFile, *, by: Person, at: datetime) -> DecisionRecord | None:
    """Return the policy's decision at a stage; None if no policy is in force. Raises BadInput."""
    if policy_or_none(local_day(at)) is None:
        return None
    try:
        facts = case_facts(stage, case, by=by, at=at)
    except (BadFacts, ValueError) as bad:
        raise BadInput({}, _("One of the answers can’t be read. Check them and save again.")) from bad
    return record_decision(stage.situation, facts, at=at, by=by, subject=case.report)


def _open_tasks(report: Report, kept: DecisionRecord, *, by: Person, at: datetime) -> None:
    """Open the tasks that the decision names, for the role it names; end those that are done."""
    book = book_for(report)
    wanted = {one.what: one for one in answered(kept).duties if one.what in NAMED_BY_POLICY}
    for duty in wanted.values():
        _open_task(report, duty, kept, by=by, at=at)
    for what in duties_of(book, kept.situation):
        if what in NAMED_BY_POLICY and what not in wanted:
            discharge(kind=NAMED_BY_POLICY[what], subject=report, by=by, at=at)


def _open_task(
    report: Report, duty: findings.Duty, kept: DecisionRecord, *, by: Person, at: datetime
) -> None:
    role = _role_for(report, duty.who, at=at)
    if role and not report.steps.filter(kind__in=LETS_IN, role_key=role).exists():
        step(report, StepKind.TOLD, at=at, role=role, whose=Whose.POLICY)
    open_duty(
        kind=NAMED_BY_POLICY[duty.what], subject=report, at=at, due=Due.of(duty.due),
        person=None if role else by, role=role or None, school=report.school, clauses=duty.clauses,
        decision=kept,
    )  # fmt: skip


def _role_for(report: Report, name: str, *, at: datetime) -> str:
    """Return the key of the role that a duty names, if it has holders and none of them may be who it is
    about; empty otherwise, and where it is kept to the leads: then the person who has the report does it."""
    if report.restricted_at is not None:
        return ""
    on = local_day(at)
    key = next((role.key for role in book_for(report).roles if role.name == name), "")
    people = {one.pk for one in holders(key, on=on, school=report.school)} if key else set()
    return key if people and not people & meant_in(report) else ""
