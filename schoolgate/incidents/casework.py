"""What follows a report: what each stage asks, what is known then, outside bodies and the authority, and its
closing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow, Refused, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import reason
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.core.retention import check_not_destroyed
from schoolgate.core.subjects import person_key
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.incidents.allegations import means_staff, words_for
from schoolgate.incidents.duty_kinds import CONFIRM, FINISH, NAMED_BY_POLICY, OF_REPORTER, TAKE
from schoolgate.incidents.handling import (
    ask_second,
    asked_as_not_ours,
    check_authority_heard,
    check_may_see,
    check_read_in_both,
    check_words,
    say_not_ours,
    takes_over,
)
from schoolgate.incidents.keeping import LONGEST_WORDS, check_written_here, let_in, step
from schoolgate.incidents.keeping_out import keep_out_named_later
from schoolgate.incidents.ladder import stands_in_for
from schoolgate.incidents.meant import check_has_it, is_lead, meant_in
from schoolgate.incidents.models import (
    BODIES,
    ENDED,
    LETS_IN,
    REPORT_MOVES,
    Authority,
    Report,
    ReportState,
    Step,
    StepKind,
    Whose,
)
from schoolgate.incidents.picture import check_picture_gone, end_questions
from schoolgate.incidents.queries import Shown, steps_of
from schoolgate.incidents.report_facts import report_facts, told_of
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, capacities, holders, roles_of
from schoolgate.people.queries import person as person_by_id
from schoolgate.policy import knowing, training
from schoolgate.policy.asking import answered, record_decision, require
from schoolgate.policy.choices import chosen_times
from schoolgate.policy.knowing import entrust_facts
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, policy_or_none
from schoolgate.rulebook import Book, findings
from schoolgate.rulebook.errors import BadFacts
from schoolgate.rulebook.facts import Facts, Given
from schoolgate.rulebook.facts import Person as InFacts
from schoolgate.rulebook.facts_read import duties_of, facts_read
from schoolgate.rulebook.situations import situation
from schoolgate.rulebook.situations.contacts import AT_WORK
from schoolgate.rulebook.situations.policy import PersonEntrust

FILLED = frozenset(
    {
        "by", "now", "reported_at", "taken_up", "told", "assessments", "chosen", "calendar", "school",
        "suspected", "found_unacceptable", "passed_to_manager_at", "writer_relation",
    }
)  # fmt: skip
"""Facts that the program knows: no one is asked for them."""


@dataclass(frozen=True)
class Stage:
    """A stage. `situation`: what the policy is asked; `always`: facts asked even where no rule reads them;
    `optional`: it is shown only where the policy has rules for it; `about`: only where the person it is about
    is this to the school. `asks_too`: facts asked here although the program may know them; `leaves_out`:
    facts that aren't asked here. `judges`: it says what the conduct was, so that a rule that forbids such
    conduct doesn't stop the saving. `of_work`: it is about someone who works for the school, and is shown
    only where a rule binds them."""

    key: str
    situation: str
    step: StepKind
    title: str | Promise
    event: str
    always: tuple[str, ...] = ()
    optional: bool = False
    about: str = ""
    asks_too: tuple[str, ...] = ()
    judges: bool = False
    leaves_out: tuple[str, ...] = ()
    of_work: bool = False

    def asks(self, book: Book) -> tuple[str, ...]:
        """Return the facts that a person is asked for under this policy, in the situation's order: none that
        an earlier stage asks for."""
        wanted = {*facts_read(book, self.situation), *self.always} - (FILLED - {*self.asks_too})
        wanted -= {*self.leaves_out}
        for earlier in STAGES.values():
            if earlier is self:
                break
            wanted -= set(earlier.asks(book))
        return tuple(name for name in situation(self.situation).facts.model_fields if name in wanted)

    def is_about(self, book: Book, relation: str | None) -> bool:
        """Whether a concern about someone who is this to the school has this stage."""
        if self.of_work:
            return relation in AT_WORK and bool(facts_read(book, self.situation, relation))
        return self.about in ("", relation)


STAGES: Mapping[str, Stage] = {
    one.key: one
    for one in (
        Stage("assess", "incident.assess", StepKind.ASSESSED, _("Assessment"), "report.assessed",
            always=("kinds", "subject", "harmed")),
        Stage("investigate", "incident.investigate", StepKind.INVESTIGATED, _("Investigation"),
            "report.investigated", always=("lead", "investigation")),
        Stage("judge", "conduct.judge", StepKind.JUDGED, _("Conduct"), "report.judged",
            optional=True, judges=True),
        Stage("use", "equipment.use", StepKind.USED, _("Use of equipment and working time"),
            "report.use_judged", optional=True, judges=True, of_work=True),
        Stage("systems", "systems.use", StepKind.SYSTEMS, _("Use of the school’s systems"),
            "report.use_judged", optional=True, judges=True, of_work=True,
            leaves_out=("what", "recorded_as")),
        Stage("overuse", "equipment.overuse", StepKind.WEIGHED, _("Private use at work"), "report.weighed",
            optional=True, about="staff", judges=True),
        Stage("parent", "parent.approach", StepKind.APPROACHED, _("Talking to the parent"),
            "report.approached", optional=True, about="parent", asks_too=("school",)),
        Stage("conclude", "incident.conclude", StepKind.CONCLUDED, _("Outcome"),
            "report.concluded", always=("found",)),
    )
}  # fmt: skip


def stages_here(book: Book, subject: Mapping[str, Any] | None = None) -> list[Stage]:
    """Return the stages that a concern has under this policy, in order. `subject`: the person it is about, as
    far as that was answered."""
    relation = (subject or {}).get("relation")
    return [
        one
        for one in STAGES.values()
        if (not one.optional or one.asks(book)) and one.is_about(book, relation)
    ]


# What is known of a concern: the answers given at its stages, sealed, and the facts made of them. An answer
# is kept under the name of its fact, as plain data in the form that the situation's schema has. The same
# name means the same at every stage, so what was answered once is not asked again; the latest answer
# counts. Only readers of the report can open the answers.

NAMED = "named"
"""Stands in facts for a name that was typed: it is in the sealed answer alone."""
DISCIPLINED = ("disciplinary_action", "dismissal")
SUBJECT = "subject"
"""What facts call the person whose conduct it is: a decision never says who it is."""


@dataclass(frozen=True)
class CaseFile:
    """The answers so far by the name of their fact, and the latest step of each stage."""

    report: Report
    answers: Mapping[str, Any] = field(default_factory=dict)
    latest: Mapping[str, Shown] = field(default_factory=dict)
    steps: tuple[Shown, ...] = ()

    def with_answers(self, given: Mapping[str, Any]) -> CaseFile:
        """Return the file with these answers besides; None takes one back."""
        merged = {**self.answers, **given}
        kept = {name: value for name, value in merged.items() if value is not None}
        return CaseFile(self.report, kept, self.latest, self.steps)

    @property
    def asked_at_closing(self) -> list[str]:
        """The stages, by key, whose decision counts at the closing beside the outcome's: what is done with a
        parent once something was found, and private use at work where disciplinary action follows."""
        found, discipline = self.answers.get("found"), self.answers.get("discipline") or {}
        stages = []
        if StepKind.WEIGHED in self.latest and discipline.get("outcome") in DISCIPLINED:
            stages.append("overuse")
        if found or StepKind.APPROACHED in self.latest:
            stages.append("parent")
        return stages

    @property
    def serious(self) -> bool:
        """Whether two people close it. Schoolgate's own rule: a person was in danger, a child or vulnerable
        adult was harmed, something was against the law, or dismissal follows."""
        said = self.answers["harmed"] if "harmed" in self.answers else self.report.answers.get("harmed")
        harmed = {"child", "young_person", "vulnerable_adult"} & set(said or ())
        dismissed = (self.answers.get("discipline") or {}).get("outcome") == "dismissal"
        illegal = "illegal" in (self.answers.get("found") or ())
        return self.report.danger == "yes" or bool(harmed) or illegal or dismissed


def case_file(report: Report) -> CaseFile:
    """Return what is known of a concern, for one of its readers."""
    answers: dict[str, Any] = {}
    latest: dict[str, Shown] = {}
    steps = tuple(steps_of(report))
    for one in steps:
        found = one.words.get("facts")
        if isinstance(found, dict):
            answers.update(found)
            latest[one.step.kind] = one
    kept = {name: value for name, value in answers.items() if value is not None}
    return CaseFile(report, kept, latest, steps)


def case_facts(stage: Stage, case: CaseFile, *, by: Person, at: datetime) -> Facts:
    """Return the facts of a stage: the answers, and what the program knows. Raises BadFacts."""
    model = situation(stage.situation).facts
    known = {**_known(case, by=by, at=at), **case.answers}
    if known.get("investigation") and known.get("lead"):
        known["investigation"] = {**known["investigation"], "lead": known["lead"]}
    if stage.key == "judge" or stage.of_work:  # it judges the conduct of the person it is about
        known["by"] = known.get("subject")
    given = {name: _nameless(name, value) for name, value in known.items() if name in model.model_fields}
    return model.model_validate(given)


def _nameless(name: str, value: Any) -> Any:
    """Return an answer without the names that people typed: a decision is stored in the open."""
    if name == "in_house_owner":
        return NAMED
    if name == "called_for":
        return [{**one, "key": f"{NAMED} {number}"} for number, one in enumerate(value, start=1)]
    return value


def _known(case: CaseFile, *, by: Person, at: datetime) -> dict[str, Any]:
    report = case.report
    said = report_facts(report, by=None, at=at)
    subject = case.answers.get("subject")
    unacceptable = case.answers.get("unacceptable")
    ended = case.latest.get(StepKind.INVESTIGATED)
    return {
        "now": at,
        "by": _acting(by, report, at),
        "reported_at": report.reported_at,
        "taken_up": report.taken_at is not None,
        "kinds": said.kinds,
        "harmed": said.harmed,
        "child_involved": bool(said.child) if said.child is not None else None,
        "suspected": subject,
        "writer_relation": (subject or {}).get("relation"),
        "found_unacceptable": unacceptable["answer"] if unacceptable else None,
        "assessments": tuple(_assessments(case)),
        "told": told_of(report, at=at),
        "chosen": chosen_times(on=local_day(at)),
        "school": report.school.slug if report.school else None,
        "passed_to_manager_at": ended.step.at if ended and case.answers.get("conduct_fell_short") else None,
    }


def _acting(by: Person, report: Report, at: datetime) -> InFacts:
    return InFacts(key=person_key(by.pk), relation=by.relation, roles=_roles_in(report, by, at))


def _roles_in(report: Report, person: Person, at: datetime) -> tuple[str, ...]:
    """Return the roles in which a person acts in a concern: theirs, and those they stand in for."""
    on = local_day(at)
    held = roles_of(person, on=on, school=report.school, about=report.by)
    return (*held, *stands_in_for(report, person, on=on).values())


def _assessments(case: CaseFile) -> Iterable[Given]:
    for one in case.steps:
        if one.step.kind == StepKind.ASSESSED and one.step.by is not None:
            yield given_by(one.step.by, case.report, at=one.step.at)


def given_by(person: Person, report: Report, *, at: datetime, covers: Iterable[str] = ()) -> Given:
    """Return what a person gave at an instant, in the roles in which they acted then."""
    roles = _roles_in(report, person, at)
    return Given(by=person_key(person.pk), roles=roles, at=at, written=True, covers=tuple(covers))


def check_lead_entrusted(
    report: Report, answers: Mapping[str, Any], *, before: Mapping[str, Any], by: Person, at: datetime
) -> None:
    """Ask person.entrust about a newly named lead of an investigation. Raises Refused."""
    policy = policy_or_none(local_day(at))
    lead = answers.get("lead")
    if not lead or lead == before.get("lead") or policy is None or not policy.book.bound("person.entrust"):
        return
    person = person_by_id(int(str(lead["key"]).rpartition("-")[2]))
    facts = entrusting_facts(person, policy, at=at)
    require(record_decision("person.entrust", facts, at=at, by=by, subject=report))


def entrusting_facts(person: Person, policy: PolicyInForce, *, at: datetime) -> PersonEntrust:
    """Return what is on record about a person who is to investigate."""
    on = local_day(at)
    said = knowing.answers({person.pk: person}, policy.version)
    facts = entrust_facts(
        person,
        "investigate",
        knowing.engagements({person.pk: person}).get(person.pk),
        training.records_of(person),
        acknowledged=person.pk in said and said[person.pk].answer,
        manages=knowing.manages_others(person, on=on),
        on=on,
    )
    return facts.model_copy(update={"now": at})


# What follows a report: it is assessed, investigated, told to outside bodies, and closed. Each stage asks
# the policy in force first, and keeps its answer. What the policy forbids is refused; what it still lacks
# is shown, and stops only the closing.

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


LONGEST_NAME, LONGEST_TELEPHONE = 80, 30
NUMBER = re.compile(r"\+?[0-9 ]{5,30}\Z")


def check_may_enter(person: Person, *, on: object) -> None:
    """Raise NotAllowed for people who neither lead on safeguarding nor look after people here."""
    if is_lead(person, on) or "administer" in capacities(person, on=on, anywhere=True):  # type: ignore[arg-type]
        return
    raise NotAllowed(
        _("Only safeguarding leads and people who manage people enter the local authority’s number."),
        _("Ask a safeguarding lead."),
    )


@action
def enter_authority(
    *, by: Person, at: datetime, school: School | None, name: str, telephone: str, out_of_hours: str = ""
) -> Authority:
    """Say who to ring at the local authority for a school, or for all of them. Raises NotAllowed, BadInput
    (name, telephone, out_of_hours)."""
    check_may_enter(by, on=local_day(at))
    wrong: dict[str, Text] = {}
    if not name.strip() or len(name) > LONGEST_NAME:
        wrong["name"] = _("Enter what the office is called, in at most 80 characters")
    for key, number in (("telephone", telephone), ("out_of_hours", out_of_hours)):
        if (number.strip() or key == "telephone") and not NUMBER.match(number.strip()):
            wrong[key] = _("Enter a phone number, such as 01632 960 001")
    if wrong:
        raise BadInput(wrong)
    row, _made = Authority.objects.update_or_create(
        school=school,
        defaults={
            "name": name.strip(), "telephone": telephone.strip(), "out_of_hours": out_of_hours.strip(),
            "by": by, "at": at,
        },
    )  # fmt: skip
    record("authority.entered", subject=row, at=at, actor=by)
    return row


@action
def save_word(
    *, report: Report, by: Person, at: datetime, word: str, said_at: datetime, words: str, reference: str = ""
) -> Step:
    """Save what the local authority said about a concern about a person here, when, and its reference. The
    concern goes on: after a strategy meeting it waits for the outcome. Raises NotFound, NotAllowed, NotNow,
    BadInput (word, said_at, words, reference)."""
    check_may_see(report, by, at)
    check_has_it(by, report, on=local_day(at))
    check_written_here(report)
    if word not in words_for(report.school):
        raise BadInput({"word": _("Choose what they said")})
    if said_at > at:
        raise BadInput({"said_at": _("This must not be in the future")})
    check_words(words, _("Write what was said and agreed, and who said it."))
    if len(reference) > LONGEST_REFERENCE:
        raise BadInput({"reference": _("This is too long. Enter only the reference number.")})
    let_in(report, by, at=at)
    said = {"what": words.strip(), "reference": reference.strip()}
    row = step(report, StepKind.AUTHORITY, at=said_at, by=by, body=word, words=said)
    record("report.authority", subject=report, at=at, actor=by, word=word)
    return row
