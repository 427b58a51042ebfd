"""Ask for a check of the school's systems, agree to it or decline it, and record what it showed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused, Text
from schoolgate.core.events import record
from schoolgate.core.ids import reserve
from schoolgate.core.moves import answered_otherwise, done_before, move
from schoolgate.core.sealed_words import check_words, seal
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.incidents.models import Report
from schoolgate.incidents.rules import may_see
from schoolgate.people.models import Person
from schoolgate.policy.asking import answered, record_decision, record_decisions
from schoolgate.policy.models import DecisionRecord
from schoolgate.searches.asking import POINT_OF, require_permitted, require_private_life_respected
from schoolgate.searches.duty_kinds import AGREE, LOOK
from schoolgate.searches.facts import monitor_facts, watch_facts
from schoolgate.searches.models import SystemCheck
from schoolgate.searches.rules import check_may_ask
from schoolgate.searches.states import CHECK_MOVES, CheckState

WATCH_ACTS: tuple[Literal["watch", "list"], ...] = ("watch", "list")


@dataclass(frozen=True)
class CheckAsked:
    """What a person asks to check: the columns of `SystemCheck`, and in words what exactly and why."""

    doer: Person
    act: str
    target: str
    purpose: str
    done: str
    on_systems: bool
    own_account: bool
    range_from: date
    range_to: date
    make_by: date
    what: str
    why: str
    about: Person | None = None
    second: Person | None = None
    policy_named: str = ""
    policy_of: str = ""
    names_school: bool | None = None
    affects_school: bool | None = None
    report: Report | None = None
    case_from: date | None = None
    case_to: date | None = None
    assessed_on: date | None = None
    assessed_by: Person | None = None


@action
def ask_check(*, by: Person, at: datetime, asked: CheckAsked) -> SystemCheck:
    """Ask for a check. The policy is asked first: about private life where it looks at a person's own
    account, then about the check. Where only a second person's agreement is missing, they get a task.

    Raises NotAllowed, BadInput, and Refused where the policy forbids it or says nothing that allows it.
    """
    on = local_day(at)
    check_may_ask(by, on=on)
    words = check_words(
        what=(asked.what, _("Say exactly what will be looked at.")),
        why=(asked.why, _("Give the case, the rule or the need.")),
    )
    _check_dates_and_people(asked, by=by, on=on)
    columns = {name: value for name, value in vars(asked).items() if name not in words}
    check = SystemCheck(pk=reserve(SystemCheck, 1)[0], by=by, at=at, state_at=at, **columns)
    if check.own_account:
        asks = [(watch_facts(check, at=at, act=act), check) for act in WATCH_ACTS]
        for said in record_decisions("personal.watch", asks, at=at, by=by):
            require_private_life_respected(said)
    kept = record_decision("systems.monitor", monitor_facts(check, at=at), at=at, by=by, subject=check)
    waits = _only_agreement_missing(kept)
    if not waits:
        require_permitted(kept, *_points(check))
    elif check.second is None:
        raise BadInput({"second": _("The policy asks for a second person to agree. Choose someone.")})
    elif check.second_id == by.pk:
        raise Refused(kept)
    check.state = CheckState.WAITING if waits else CheckState.ALLOWED
    check.decision = kept
    check.words_ref = seal("search", words, about=check)
    check.save(force_insert=True)
    record("systemcheck.asked", subject=check, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    _open_next(check, kept, at=at)
    return check


@action
def agree(*, by: Person, at: datetime, check: SystemCheck) -> SystemCheck:
    """Agree to a check as its second person; the policy is asked again with that, and the check may be made.

    Raises NotAllowed for anyone else, NotNow once it was answered, Refused where it still isn't allowed.
    """
    _check_is_second(by, check, to=CheckState.ALLOWED)
    move(check, to=CheckState.ALLOWED, moves=CHECK_MOVES, at=at, agreed_at=at)
    kept = record_decision("systems.monitor", monitor_facts(check, at=at), at=at, by=by, subject=check)
    require_permitted(kept, *_points(check))
    SystemCheck.objects.filter(pk=check.pk).update(decision=kept)
    check.decision = kept
    record("systemcheck.agreed", subject=check, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    discharge(kind=AGREE, subject=check, by=by, at=at, how="agreed")
    _open_next(check, kept, at=at)
    return check


@action
def decline(*, by: Person, at: datetime, check: SystemCheck) -> SystemCheck:
    """Decline a check as its second person: it isn't made. Raises NotAllowed, NotNow."""
    _check_is_second(by, check, to=CheckState.DECLINED)
    move(check, to=CheckState.DECLINED, moves=CHECK_MOVES, at=at)
    record("systemcheck.declined", subject=check, at=at, actor=by)
    discharge(kind=AGREE, subject=check, by=by, at=at, how="declined")
    return check


@action
def record_result(*, by: Person, at: datetime, check: SystemCheck, result: str) -> SystemCheck:
    """Record what a check showed, sealed. Raises NotAllowed for all but its doer, NotNow before it is allowed
    or after its last day, BadInput."""
    if by.pk != check.doer_id:
        raise NotAllowed(_("Someone else is doing this check."), _("Ask the person named on it."))
    if local_day(at) > check.make_by:
        raise NotNow(_("The time for this check is over."), _("Ask for a new one if it’s still needed."))
    words = check_words(result=(result, _("Say what you saw, or that there was nothing.")))
    ref = seal("search", words, about=check)
    move(check, to=CheckState.DONE, moves=CHECK_MOVES, at=at, result_ref=ref)
    record("systemcheck.made", subject=check, at=at, actor=by)
    discharge(kind=LOOK, subject=check, by=by, at=at, how="made")
    return check


def _points(check: SystemCheck) -> tuple[str, ...]:
    more = POINT_OF.get(check.act)
    return ("monitoring", more) if more else ("monitoring",)


def _only_agreement_missing(kept: DecisionRecord) -> bool:
    """Return whether nothing stops a check but a second person's agreement that isn't given yet."""
    decision = answered(kept)
    missing = {need.what for found in decision.findings for need in found.needs if found.stands}
    return kept.outcome == "hold" and missing == {"second_agreement"}


def _open_next(check: SystemCheck, kept: DecisionRecord, *, at: datetime) -> None:
    if check.state == CheckState.WAITING:
        open_duty(
            kind=AGREE, subject=check, at=at, due=Due.none_promised(), person=check.second,
            clauses=kept.clauses, decision=kept,
        )  # fmt: skip
        return
    cancel(kind=AGREE, subject=check, because="agreed", at=at)
    open_duty(
        kind=LOOK, subject=check, at=at, due=Due.day(check.make_by), person=check.doer,
        clauses=kept.clauses, decision=kept,
    )  # fmt: skip


def _check_is_second(by: Person, check: SystemCheck, *, to: CheckState) -> None:
    if by.pk != check.second_id:
        raise NotAllowed(_("Someone else was asked to agree."), _("Ask the person named on the request."))
    if check.state != CheckState.WAITING:
        agreed = (CheckState.ALLOWED, CheckState.DONE)
        raise done_before(
            check,
            _("This was answered already."),
            _("Open it again to see its status."),
            otherwise=answered_otherwise(),
            state__in=agreed if to == CheckState.ALLOWED else (to,),
        )


def _check_dates_and_people(asked: CheckAsked, *, by: Person, on: date) -> None:
    wrong: dict[str, Text] = {}
    if asked.range_from > asked.range_to:
        wrong["range_to"] = _("The last day can’t be before the first.")
    elif asked.range_to > on:
        wrong["range_to"] = _("Choose days up to today. You can’t check days in the future.")
    if asked.make_by < on:
        wrong["make_by"] = _("Choose today or a later day.")
    if asked.own_account and None in (asked.names_school, asked.affects_school):
        wrong["own_account"] = _("Answer the two questions about the account too.")
    about = asked.about
    if about is not None:
        for field, person in (("doer", asked.doer), ("second", asked.second)):
            if person is not None and person.pk == about.pk:
                wrong[field] = _("Choose someone other than the person it’s about.")
        if about.pk == by.pk:
            wrong["about"] = _("You can’t ask for a check of your own use.")
    if wrong:
        raise BadInput(wrong)
    if asked.report is not None and not Report.objects.filter(may_see(by, on), pk=asked.report.pk).exists():
        raise NotFound
