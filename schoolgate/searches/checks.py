"""A check of the school's systems: asked for, agreed to or declined, what it showed, and the copies that it
left, which are destroyed.

Here, unlike elsewhere, a policy that says nothing lets no step through: looking at what people do needs a
clause that allows it. Sealed words stay sealed: facts only say that they are there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused, Text
from schoolgate.core.events import record
from schoolgate.core.holds import check_may_delete, is_held
from schoolgate.core.moves import answered_otherwise, done_before, move
from schoolgate.core.rows import reserve
from schoolgate.core.subjects import person_key
from schoolgate.core.vault import check_words, opened, seal_words, wipe
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.incidents.meant import may_see
from schoolgate.incidents.models import ENDED, Report
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.policy.asking import answered, record_decision, record_decisions, require
from schoolgate.policy.choices import MONITORED_COPIES, days_chosen
from schoolgate.policy.knowing import answers, people_here
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import in_force
from schoolgate.rulebook.facts import Person as InFacts
from schoolgate.rulebook.situations.personal import PersonalWatch
from schoolgate.rulebook.situations.systems import Candidate as InShortlist
from schoolgate.rulebook.situations.systems import RecruitmentSearch, SystemsMonitor
from schoolgate.searches.models import (
    AGREE,
    CHECK_MOVES,
    DESTROY_COPY,
    LOOK,
    Act,
    CheckCopy,
    CheckState,
    CopyUse,
    CopyUsed,
    Purpose,
    SystemCheck,
    Vacancy,
)
from schoolgate.searches.queries import check_may_ask, checks_seen

PERMITTED = "permitted"
POINT_OF = {
    "record": "copies", "retain": "copies", "print": "copies", "disclose": "passing_on",
    "intercept": "interception", "log keystrokes": "keystrokes", "watch the network": "network_watching",
}  # fmt: skip
"""The point at which a policy has to allow an act besides the check itself."""


def speaks_of(situation: str, *points: str, on: date) -> bool:
    """Return whether the policy in force has a clause of its own at one of these points."""
    book = in_force(on).book
    return any(book.clauses_at(situation, point) for point in points)


def require_permitted(kept: DecisionRecord, *points: str) -> None:
    """Raise Refused unless a clause allows the step at each of these points and no other point stops it."""
    require(kept)
    if any(kept.points[point] != PERMITTED for point in points):
        raise Refused(
            kept,
            _("Nothing in your policy allows this."),
            _("Suggest a change to your policy."),
        )


def require_private_life_respected(kept: DecisionRecord) -> None:
    """Raise Refused unless the policy says where private life begins and this check stays outside it.

    A clause that only protects doesn't permit: the check itself has to be allowed by one as well."""
    require(kept)
    book = in_force(local_day(kept.at)).book
    if not book.clauses_at("personal.watch", "private_life"):
        raise Refused(
            kept,
            _("Your policy doesn’t allow looking at a person’s own account."),
            _("Your policy doesn’t say where private life begins. Leave the account alone."),
        )


SEALED = "sealed"
"""Stands in facts for words that are there and that a decision never shows."""


def watch_facts(check: SystemCheck, *, at: datetime, act: Literal["watch", "list"]) -> PersonalWatch:
    """Return the facts of a check that looks at what a person did on their own account: looking there, and
    having that in the list of checks."""
    return PersonalWatch(
        by=_person(check.by, at),
        act=act,
        refers=check.names_school,
        affects=check.affects_school,
    )


def monitor_facts(
    check: SystemCheck,
    *,
    at: datetime,
    act: Any = None,
    copy: CheckCopy | None = None,
    days: int | None = None,
    passed_on: frozenset[str] = frozenset(),
) -> SystemsMonitor:
    """Return the facts of a check, or of an act with one of its copies.

    Args:
        act: what is done now; None: the act that the check asks for.
        days: how long copies are stored here, as the federation chose it.
        passed_on: which of recipient, reason and legal basis were given.
    """
    on = local_day(at)
    doing = act or check.act
    return SystemsMonitor(
        by=_person(check.by, at),
        act=doing,
        object=check.target,
        of_staff=check.about is None or check.about.relation == "staff",
        on_systems=check.on_systems,
        when=check.done,
        # Schoolgate would do what it allows, and it never listens in on anything.
        by_program=doing in (Act.INTERCEPT, Act.KEYSTROKES),
        purpose=check.purpose,
        case_or_rule=SEALED if check.purpose == Purpose.RULES else None,
        business_need=SEALED if check.purpose == Purpose.BUSINESS else None,
        second_person=person_key(check.second_id) if check.agreed_at and check.second_id else None,
        policy_named=check.policy_named,
        policy_of=check.policy_of or None,
        notice_seen=_notice_seen(check, at=at),
        range_from=check.range_from,
        range_to=check.range_to,
        case_from=check.case_from,
        case_to=check.case_to,
        recipient=SEALED if "recipient" in passed_on else None,
        reason=SEALED if "reason" in passed_on else None,
        legal_basis=SEALED if "legal_basis" in passed_on else None,
        retention_days=days,
        copied_on=(local_day(copy.at) if copy else on) if days is not None else None,
        kept_for_case=_still_needed(check, copy),
        assessment_on=check.assessed_on,
        assessment_by=person_key(check.assessed_by_id) if check.assessed_by_id else None,
        on=on,
    )


def recruitment_facts(
    vacancy: Vacancy, *, by: Person, at: datetime, act: Any, planned: bool = False
) -> RecruitmentSearch:
    """Return the facts of a vacancy's searches. Candidates are numbers; their names stay sealed.

    `planned`: as they would be once everyone was searched for on the agreed terms.
    """
    on = local_day(at)
    rows = list(vacancy.candidates.order_by("number"))
    by_panel = vacancy.panel.filter(person=vacancy.searcher_id).exists()
    return RecruitmentSearch(
        by=_person(by, at),
        act=act,
        for_vacancy=True,
        informed=vacancy.told_on is not None and vacancy.told_on <= on,
        shortlist=tuple(
            InShortlist(
                key=f"candidate-{row.number}",
                searched=planned or row.searched_at is not None,
                same_terms=planned or bool(row.same_terms),
                by_panel=by_panel,
            )
            for row in rows
        ),
        on_shortlist=vacancy.on_shortlist,
        searched_for=len(rows),
        unsuccessful=any(not row.appointed for row in rows) if vacancy.decided_on else None,
        delete_on=vacancy.delete_on,
        on=on,
    )


def _person(person: Person, at: datetime) -> InFacts:
    relation: Any = person.relation
    roles = tuple(roles_of(person, on=local_day(at), anywhere=True))
    return InFacts(key=person_key(person.pk), relation=relation, roles=roles)


def _notice_seen(check: SystemCheck, *, at: datetime) -> bool:
    """Return whether the people checked have seen the notice of monitoring: it is in the policy that they
    acknowledged. Without a name: all staff."""
    on = local_day(at)
    people = (
        [check.about.pk]
        if check.about
        else list(people_here(on).filter(relation="staff").values_list("pk", flat=True))
    )
    said = answers(people, in_force(on).version)
    return all(one in said and said[one].answer for one in people)


def _still_needed(check: SystemCheck, copy: CheckCopy | None) -> bool:
    """Return whether a copy is needed for an open concern, or someone asked for it to be retained."""
    open_case = check.report is not None and check.report.state not in ENDED
    return open_case or (copy is not None and is_held(copy))


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
    check.words_ref = seal_words("search", words, about=check)
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
    ref = seal_words("search", words, about=check)
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


@action
def store_copy(*, by: Person, at: datetime, check: SystemCheck, content: str) -> CheckCopy:
    """Store a copy of what a check showed, sealed, and open the task of destroying it on its day.

    Raises NotAllowed for all but the doer, NotNow before the check is made, BadInput, and Refused where the
    policy doesn't allow copies or no one chose how long they are stored.
    """
    if by.pk != check.doer_id:
        raise NotAllowed(_("Someone else is doing this check."), _("Ask the person named on it."))
    if check.state != CheckState.DONE:
        raise NotNow(_("This check hasn’t been done yet."), _("First record what the check showed."))
    words = check_words(content=(content, _("Enter the text to be stored.")))
    number = reserve(CheckCopy, 1)[0]
    subject = f"searches.checkcopy:{number}"
    days = days_chosen(MONITORED_COPIES, on=local_day(at))
    for act in ("record", "retain"):
        facts = monitor_facts(check, at=at, act=act, days=days if act == "retain" else None)
        kept = record_decision("systems.monitor", facts, at=at, by=by, subject=subject)
        require_permitted(kept, "monitoring", POINT_OF[act])
    copy = CheckCopy.objects.create(
        pk=number, check_made=check, by=by, at=at, decision=kept,
        content_ref=seal_words("search", words, about=subject),
        keep_until=local_day(at) + timedelta(days=days or 0),
    )  # fmt: skip
    record("checkcopy.stored", subject=copy, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    open_duty(
        kind=DESTROY_COPY, subject=check, at=at, due=Due.day(copy.keep_until), person=check.doer,
        clauses=kept.clauses, decision=kept,
    )  # fmt: skip
    return copy


@action
def open_copy(*, by: Person, at: datetime, copy: CheckCopy) -> str:
    """Return what a copy says, and record that it was opened. Raises NotNow once it is destroyed, Refused
    after the last day of its storing."""
    _check_there(by, copy, at)
    _ask(copy, "retain", by=by, at=at)
    record("checkcopy.opened", subject=copy, at=at, actor=by)
    return str(opened(copy.content_ref).get("content", ""))


@action
def use_copy(
    *, by: Person, at: datetime, copy: CheckCopy, how: str, recipient: str = "", reason: str = "",
    legal_basis: str = "",
) -> CopyUsed:  # fmt: skip
    """Record that a copy is printed or passed on; recipient, reason and legal basis are sealed.

    Raises NotNow, BadInput, and Refused where the policy doesn't allow it or wants more to be said.
    """
    _check_there(by, copy, at)
    words = check_words(recipient=(recipient, ""), reason=(reason, ""), legal_basis=(legal_basis, ""))
    given = frozenset(name for name, text in words.items() if text)
    kept = _ask(copy, CopyUse(how).value, by=by, at=at, given=given)
    row = CopyUsed.objects.create(
        copy=copy, by=by, at=at, how=how, decision=kept,
        words_ref=seal_words("search", words, about=copy) if given else None,
    )  # fmt: skip
    record("checkcopy.used", subject=copy, at=at, actor=by, clauses=kept.clauses, decision=kept.pk, how=how)
    return row


@action
def destroy_copy(*, by: Person, at: datetime, copy: CheckCopy) -> CheckCopy:
    """Destroy a copy: its content goes from the vault, and the row says who did it and when.

    A policy that says nothing on destroying doesn't stop it. Raises NotNow where it is gone already or is
    retained for a request, Refused while an open concern needs it.
    """
    _check_there(by, copy, at, destroying=True)
    facts = monitor_facts(copy.check_made, at=at, act="delete", copy=copy)
    kept = record_decision("systems.monitor", facts, at=at, by=by, subject=copy)
    require(kept, "deleting_copies", "needed_for_case")
    check_may_delete(copy)
    changed = CheckCopy.objects.filter(pk=copy.pk, destroyed_at=None).update(
        content_ref=None, destroyed_at=at, destroyed_by=by, destroy_decision=kept
    )
    if changed != 1:
        raise done_before(copy, _("This copy has already been destroyed."), destroyed_at__isnull=False)
    wipe(copy.content_ref)
    copy.refresh_from_db()
    record("checkcopy.destroyed", subject=copy, at=at, actor=by, clauses=kept.clauses, decision=kept.pk)
    _next_task(copy.check_made, by=by, at=at)
    return copy


def _next_task(check: SystemCheck, *, by: Person, at: datetime) -> None:
    """End the task of destroying, and open it again for the next copy of this check, if there is one."""
    discharge(kind=DESTROY_COPY, subject=check, by=by, at=at, how="destroyed")
    left = (
        check.copies.filter(destroyed_at=None).select_related("decision").order_by("keep_until", "pk").first()
    )
    if left is not None:
        open_duty(
            kind=DESTROY_COPY, subject=check, at=at, due=Due.day(left.keep_until), person=check.doer,
            clauses=left.decision.clauses, decision=left.decision,
        )  # fmt: skip


def _check_there(by: Person, copy: CheckCopy, at: datetime, *, destroying: bool = False) -> None:
    if not SystemCheck.objects.filter(checks_seen(by, on=local_day(at)), pk=copy.check_made_id).exists():
        raise NotAllowed(_("You aren’t involved in this check."), _("Ask the person who asked for it."))
    if copy.destroyed_at is not None:
        if destroying:
            raise done_before(copy, _("This copy has already been destroyed."), destroyed_at__isnull=False)
        raise NotNow(
            _("This copy has been destroyed."), _("The check’s page says who destroyed it and when.")
        )


def _ask(
    copy: CheckCopy, act: str, *, by: Person, at: datetime, given: frozenset[str] = frozenset()
) -> DecisionRecord:
    """Ask whether the copy may still be stored, or what is done with it; return that decision."""
    days = (copy.keep_until - local_day(copy.at)).days
    facts = monitor_facts(copy.check_made, at=at, act="retain", copy=copy, days=days)
    kept = record_decision("systems.monitor", facts, at=at, by=by, subject=copy)
    require_permitted(kept, POINT_OF["retain"])
    if act != "retain":
        facts = monitor_facts(copy.check_made, at=at, act=act, copy=copy, passed_on=given)
        kept = record_decision("systems.monitor", facts, at=at, by=by, subject=copy)
        require_permitted(kept, POINT_OF[act])
    return kept
