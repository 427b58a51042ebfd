"""Keep people out of a concern that is found to be about them, whatever they have of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events.recording import record
from schoolgate.core.moves import move
from schoolgate.core.reasons import reason
from schoolgate.core.retention import check_not_destroyed
from schoolgate.duties.actions import cancel, pass_on
from schoolgate.duties.queries import standing_about
from schoolgate.incidents.actions.handling import check_may_see, takes_over
from schoolgate.incidents.actions.keeping import LONGEST_WORDS, step
from schoolgate.incidents.actions.letting_in import let_in
from schoolgate.incidents.actions.locking import give_back, keep_to_leads, kept_because, leads_can_have
from schoolgate.incidents.actions.reading import keep_out_named, note_who_is_unknown, read_in
from schoolgate.incidents.actions.rising import go_up
from schoolgate.incidents.actions.telling import (
    names_again,
    next_telling,
    tell,
    tell_governors,
    tell_on_duty,
    tell_or_let_read,
)
from schoolgate.incidents.actions.two_seats import tell_both_seats
from schoolgate.incidents.allegations import WHO_IS_UNSAID
from schoolgate.incidents.duty_kinds import BE_HELPED, CHECK_BACK, CONFIRM, FINISH, READ_ADDED
from schoolgate.incidents.ladder import Around, lead_rung
from schoolgate.incidents.meant import meant_by_title, meant_in
from schoolgate.incidents.models import KeptOut, Reader, Report
from schoolgate.incidents.report_facts import touches_a_child
from schoolgate.incidents.rules import check_has_it, is_lead
from schoolgate.incidents.states import ENDED, REPORT_MOVES, WAITS, ReportState, StepKind, Whose
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments_at, book_for
from schoolgate.people.reading_words import Words

NOT_THEM = _("Say in a short sentence how you know that it isn’t about them. “OK” isn’t enough.")


@action
def keep_out(*, report: Report, by: Person, at: datetime, people: Sequence[Person]) -> Report:
    """Keep people out of a report that is found to be about them: they no longer see it, and are told
    nothing. About a person who leads here the governors are told, unless it is kept to the leads.

    A safeguarding lead may keep out the person who deals with it, and has it then, even if it was closed; and
    may say who is meant before anyone deals with it, where it doesn't say so itself: then those are told who
    otherwise are. Raises NotFound, NotAllowed, NotNow, and BadInput (people) for oneself."""
    on = local_day(at)
    check_may_see(report, by, at)
    _check_says_who(report, by, at=at)
    if any(one.pk == by.pk or (one.pk == report.taken_by_id and not is_lead(by, on)) for one in people):
        raise BadInput(
            {"people": _("A person can’t deal with a concern about themselves. Pass it on first.")}
        )
    before = set(report.kept_out.filter(harmed=False).values_list("person_id", flat=True))
    new = [one for one in {each.pk: each for each in people}.values() if one.pk not in before]
    for one in new:
        KeptOut.objects.create(report=report, person=one)
    if new:
        record("report.kept_out", subject=report, at=at, actor=by, number=len(new))
        withdraw_help(report, new, at=at)
        take_away(report, new, by=by, at=at)
    if people:
        who_is_said(report, by=by, at=at)
    return report


@action
def mean_no_one(*, report: Report, by: Person, at: datetime) -> Report:
    """Say that a concern that doesn't say who is meant is about no one who would be told of it: those are
    told now. Two people close it even so. Raises NotFound, NotAllowed, NotNow."""
    check_may_see(report, by, at)
    if not report.about_unknown:
        raise NotNow(_("Someone has said who it’s about."), _("Open it again to see its status."))
    _check_says_who(report, by, at=at)
    who_is_said(report, by=by, at=at)
    return report


def _check_says_who(report: Report, by: Person, *, at: datetime) -> None:
    on = local_day(at)
    if not (report.about_unknown and is_lead(by, on)):
        check_has_it(by, report, on=on)


def who_is_said(report: Report, *, by: Person | None, at: datetime) -> None:
    """Note that it's known who a concern means: it's kept to the leads no longer, if it was only for that,
    and those are told who otherwise are."""
    if not report.about_unknown:
        return
    report.about_unknown = False
    report.save(update_fields=["about_unknown"])
    if report.restricted_at is not None:
        if kept_because(report) != WHO_IS_UNSAID:
            return
        give_back(report, by=by, at=at)
    around = Around.of(report, on=local_day(at))
    for rung in next_telling(report, names_again(report), around):
        tell_or_let_read(report, rung, at=at)
    tell_governors(report, around, at=at)
    if report.state in WAITS:
        tell_on_duty(report, at=at)


def take_away(report: Report, new: Sequence[Person], *, by: Person, at: datetime) -> None:
    """Take from people who are kept out from now on whatever they have of it, and tell the others."""
    meant = meant_in(report)
    Reader.objects.filter(report=report, person__in=meant, ended_at=None).update(ended_at=at)
    if report.taken_by_id in meant:
        _take_from_meant(report, by=by, at=at)
    elif report.closes_first_id in meant:
        move(report, to=ReportState.TAKEN, moves=REPORT_MOVES, at=at, closes_first=None)
    _take_tasks_from(new, report, by=by, at=at)
    _tell_the_others(report, at=at)


def withdraw_help(report: Report, people: Iterable[Person | int], *, at: datetime) -> None:
    """End the task of those of these people who were told that they were hurt or threatened: they may have
    done something."""
    ids = {one if isinstance(one, int) else one.pk for one in people}
    for one in report.steps.filter(kind=StepKind.HARMED, person__in=ids).select_related("person"):
        cancel(kind=BE_HELPED, subject=one, because="kept_out", at=at)


def keep_out_named_later(
    report: Report, *, texts: Sequence[str], who: str = "", reporter: Person | None, at: datetime
) -> None:
    """Keep out the people named in words that came in later, whatever they have of it by now: what one of
    them deals with is taken from them at once, even if it is closed, and the others are told. `who`: the
    answer to who it is about."""
    found = read_in(texts, who=who, report=report, at=at)
    said = report.about_unknown and bool(who.strip()) and not found.not_found
    if not said:
        note_who_is_unknown(report, found, who)
    wrote = [one.pk for one in (report.by, reporter) if one is not None]
    keep_out_found(report, found, without=wrote, at=at)
    if said:
        who_is_said(report, by=None, at=at)
    waits = report.about_unknown and report.restricted_at is None and touches_a_child(report)
    if waits and leads_can_have(report, on=local_day(at)):
        keep_to_leads(report, by=None, at=at, because=WHO_IS_UNSAID)
    tell_both_seats(report, at=at)


def keep_out_found(report: Report, found: Words, *, without: Collection[int], at: datetime) -> None:
    """Keep out those who are found in words, but for those who wrote them: what they deal with is taken from
    them, their tasks end, and the others are told."""
    new = keep_out_named(report, found, without=without)
    if not new:
        return
    record("report.kept_out", subject=report, at=at, number=len(new))
    withdraw_help(report, new, at=at)
    Reader.objects.filter(report=report, person__in=new, ended_at=None).update(ended_at=at)
    closes = {duty.person_id for duty in standing_about([report]) if duty.kind == CONFIRM}
    for duty in standing_about([report]):
        if duty.person_id in new:
            cancel(kind=duty.kind, subject=report, because="kept_out", at=at, person=duty.person)
    _take_from_named(report, new, closes=closes, at=at)
    _tell_the_others(report, at=at)
    if report.state in WAITS:
        Report.objects.filter(pk=report.pk).update(goes_up_at=at)
        go_up(at=at, only=report.pk)
        report.refresh_from_db()


def _take_from_named(
    report: Report, named: Collection[int], *, closes: set[int | None], at: datetime
) -> None:
    """Let a concern wait for someone else that a person who is named deals with, or has closed; and let the
    first go on where it was the second of two who close it."""
    dealt = {report.taken_by_id, report.closes_first_id} & set(named)
    if report.state == ReportState.CLOSING and (dealt or closes & set(named)):
        move(report, to=ReportState.TAKEN, moves=REPORT_MOVES, at=at, closes_first=None)
        cancel(kind=CONFIRM, subject=report, because="kept_out", at=at)
    if report.taken_by_id not in named or report.state in WAITS or report.destroyed_at is not None:
        return
    if report.state in ENDED:
        move(report, to=ReportState.TAKEN, moves=REPORT_MOVES, at=at)
    move(report, to=ReportState.HANDED_ON, moves=REPORT_MOVES, at=at, goes_up_at=at, goes_up_by=Whose.HOUSE)
    step(report, StepKind.NAMED, at=at, person=report.taken_by)
    record("report.taken_from_named", subject=report, at=at)
    cancel(kind=(FINISH, READ_ADDED, CHECK_BACK), subject=report, because="kept_out", at=at)


def _tell_the_others(report: Report, *, at: datetime) -> None:
    """Tell the governors where it may be about a person who leads here. Where it is kept to the leads and no
    lead is left who may know of it, it is kept to them no longer: else no one would read it."""
    book, around = book_for(report), Around.of(report, on=local_day(at))
    if report.restricted_at is not None and not lead_rung(book, around).people:
        report.restricted_at = None
        report.save(update_fields=["restricted_at"])
        step(report, StepKind.GIVEN_BACK, at=at)
        record("report.given_back", subject=report, at=at)
    if report.restricted_at is None:
        tell_governors(report, around, at=at)


@action
def may_know(*, report: Report, by: Person, at: datetime, person: Person, words: str) -> Report:
    """Say that a concern isn't about a person whose name was found in its words: they may know of it, and are
    told if they would have been. Raises NotFound, NotAllowed, NotNow, and BadInput (words) without a
    reason."""
    on = local_day(at)
    check_may_see(report, by, at)
    if not is_lead(by, on):
        check_has_it(by, report, on=on)
    words = reason(words, "words", longest=LONGEST_WORDS, wanted=NOT_THEM)
    row = report.kept_out.filter(person=person, found=True, harmed=False).first()
    if row is None and person.pk in meant_by_title(report):
        row = KeptOut(report=report, person=person, found=True)
    if row is None:
        raise NotNow(_("They aren’t kept out of this concern."), _("Open it again to see its status."))
    row.let_in_at, row.let_in_by = at, by
    row.save()
    let_in(report, by, at=at)
    step(report, StepKind.MAY_KNOW, at=at, by=by, person=person, words={"what": words})
    record("report.may_know", subject=report, at=at, actor=by)
    if report.state in WAITS:
        for rung in next_telling(report, names_again(report), Around.of(report, on=on)):
            if person.pk in rung.people:
                tell(report, rung, kind=StepKind.TOLD, at=at, kept=None)
    return report


def _take_from_meant(report: Report, *, by: Person, at: datetime) -> None:
    """Give a report to a lead that was dealt with by a person it may be about. What was closed by them is
    open again."""
    if report.state in ENDED:
        check_not_destroyed(report)
    if report.state == ReportState.TAKEN:
        report.taken_by, report.taken_at = by, at
        report.save(update_fields=["taken_by", "taken_at"])
    else:
        move(
            report, to=ReportState.TAKEN, moves=REPORT_MOVES, at=at, taken_by=by, taken_at=at,
            closes_first=None,
        )  # fmt: skip
    let_in(report, by, at=at)
    step(report, StepKind.TAKEN, at=at, by=by)
    record("report.taken", subject=report, at=at, actor=by)
    cancel(kind=FINISH, subject=report, because="kept_out", at=at, by=by)
    takes_over(report, by=by, at=at)


def _take_tasks_from(people: Sequence[Person], report: Report, *, by: Person, at: datetime) -> None:
    """Pass on the open tasks about a report that these people, or a role of theirs, still have: to the person
    who deals with it. Closing it as the second person can't be passed on to the first: that task ends."""
    ids = {one.pk for one in people}
    held = assignments_at(Where(anywhere=True), on=local_day(at)).filter(person__in=people)
    roles = set(held.values_list("role_key", flat=True))
    for duty in standing_about([report]):
        if duty.person_id not in ids and (duty.person_id or duty.role_key not in roles):
            continue
        if duty.kind == CONFIRM:
            cancel(kind=CONFIRM, subject=report, because="kept_out", at=at, by=by, person=duty.person)
        else:
            pass_on(duty=duty, because="kept_out", at=at, person=by)
