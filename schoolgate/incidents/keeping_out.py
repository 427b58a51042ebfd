"""Keep people out of a concern that is found to be about them, and keep it to the leads while its comment is
locked."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.actions import action, each_by_itself
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import reason
from schoolgate.core.models import Federation, VaultSecret
from schoolgate.core.moves import move
from schoolgate.core.retention import check_not_destroyed
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.actions import cancel, open_again, open_duty, pass_on
from schoolgate.duties.models import STILL_TO_DO, Due, Duty
from schoolgate.duties.queries import standing_about
from schoolgate.inbox.beside import Beside
from schoolgate.inbox.models import Item
from schoolgate.incidents.allegations import WHO_IS_UNSAID
from schoolgate.incidents.duty_kinds import (
    ABOUT_PICTURE,
    BE_HELPED,
    CHECK_BACK,
    CONFIRM,
    FINISH,
    OF_PICTURE,
    OF_REPORTER,
    READ_ADDED,
    TAKE,
)
from schoolgate.incidents.handling import (
    check_may_see,
    keep_out_named,
    note_who_is_unknown,
    read_in,
    strings_in,
    takes_over,
    tell_both_seats,
)
from schoolgate.incidents.keeping import LONGEST_WORDS, SEALED, let_in, step
from schoolgate.incidents.ladder import (
    Around,
    about_who_leads,
    lead_rung,
    names_again,
    next_telling,
    tell,
    tell_governors,
    tell_on_duty,
    tell_or_let_read,
    wait_for_someone,
)
from schoolgate.incidents.meant import check_has_it, is_lead, may_see, meant_by_title, meant_in
from schoolgate.incidents.models import (
    ENDED,
    REPORT_MOVES,
    WAITS,
    KeptOut,
    Reader,
    Report,
    ReportState,
    Step,
    StepKind,
    Whose,
)
from schoolgate.incidents.passing_on import go_up
from schoolgate.incidents.report_facts import counts_as_danger, touches_a_child
from schoolgate.people.leads import can_open
from schoolgate.people.models import Person
from schoolgate.people.named import Names
from schoolgate.people.queries import Where, assignments_at, book_for, book_of
from schoolgate.people.reading_words import NO_ONE, Hurt, Words, words_among
from schoolgate.people.safeguarding import leads

LOCKED = "locked"
"""Stands at the step at which a concern was kept to the leads, where its comment was locked; and at the tasks
that ended with that."""
REPORTERS_OWN = (ABOUT_PICTURE, *OF_REPORTER.values(), *OF_PICTURE.values())
"""Kinds of tasks on the reporter's own page, which shows nothing of what was written."""
DEALS_WITH = (TAKE, FINISH, READ_ADDED, CONFIRM)
"""Kinds of tasks of the people who deal with a concern: once it is given back, they are asked to take it."""


@action
def keep_with_item(*, item: Item, by: Person, at: datetime) -> int:
    """Keep every concern about a comment to the safeguarding leads, as the comment is; return how many.

    Each has a copy of it. Where a person who isn't a lead deals with one, it waits for a lead. One that may
    be about a lead, or about a person who leads here, stays as it is: locking a comment must not take it from
    those who deal with it. So does one that was kept to the leads before."""
    found = _about(item, restricted_at=None)
    kept = [report for report in found if leads_can_have(report, on=local_day(at))]
    for report in kept:
        keep_to_leads(report, by=by, at=at, because=LOCKED)
    return len(kept)


@action
def give_back_with_item(*, item: Item, by: Person, at: datetime) -> int:
    """Give back the concerns that were kept to the leads because their comment was locked; return how many.
    The people whose tasks ended with that are asked again, unless a lead deals with it now."""
    found = _about(item, restricted_at__isnull=False)
    back = [report for report in found if kept_because(report) == LOCKED]
    for report in back:
        give_back(report, by=by, at=at)
    return len(back)


def _about(item: Item, **which: Any) -> list[Report]:
    rows = Report.objects.filter(thing=subject_of(item), **which).select_for_update(of=("self",))
    return list(rows.select_related("federation", "school", "by", "taken_by").order_by("pk"))


def leads_can_have(report: Report, *, on: date) -> bool:
    """Return whether someone leads on safeguarding there, and it is about none of them and about no one who
    leads here."""
    book = book_for(report)
    people = leads(book, report.school, on=on)
    return (
        bool(can_open(people, on=on))
        and all(_sees(one, report, on=on) for one in people)
        and not about_who_leads(book, Around.of(report, on=on))
    )


def _sees(person: Person, report: Report, *, on: date) -> bool:
    return Report.objects.filter(may_see(person, on), pk=report.pk).exists()


def kept_because(report: Report) -> str:
    """Return what stands at the step at which a concern was last kept to the leads; empty: a lead did it, or
    it came in so."""
    last = Step.objects.filter(report=report, kind=StepKind.RESTRICTED).order_by("-pk").first()
    return last.body if last is not None else ""


def keep_to_leads(report: Report, *, by: Person | None, at: datetime, because: str) -> None:
    """Keep a concern to the leads: the tasks of all others end, and it waits for a lead if another dealt with
    it. `because`: what stands at the step."""
    on = local_day(at)
    report.restricted_at = at
    report.save(update_fields=["restricted_at"])
    step(report, StepKind.RESTRICTED, at=at, by=by, body=because)
    record("report.restricted", subject=report, at=at, actor=by)
    for reader in Reader.objects.filter(report=report, ended_at=None).select_related("person"):
        if not _sees(reader.person, report, on=on):
            Reader.objects.filter(pk=reader.pk).update(ended_at=at)
    tasks = Duty.objects.filter(subject=subject_of(report), state__in=STILL_TO_DO)
    for task in tasks.exclude(kind__in=REPORTERS_OWN).select_related("person").order_by("pk"):
        if task.person is None or not _sees(task.person, report, on=on):
            cancel(
                kind=task.kind, subject=report, because=because, at=at, by=by, person=task.person,
                role=task.role_key,
            )  # fmt: skip
    if report.state == ReportState.CLOSING:
        move(report, to=ReportState.TAKEN, moves=REPORT_MOVES, at=at, closes_first=None)
    dealing = report.taken_by
    if report.state == ReportState.TAKEN and dealing and not _sees(dealing, report, on=on):
        _wait(report, at=at, to=ReportState.HANDED_ON)
    if report.state in WAITS:
        rung = lead_rung(book_for(report), Around.of(report, on=on))
        tell(report, rung, kind=StepKind.TOLD, at=at, kept=None)
        _wait(report, at=at)


def give_back(report: Report, *, by: Person | None, at: datetime) -> None:
    """Keep a concern to the leads no longer: the tasks that ended with that are open again."""
    tasks = Duty.objects.filter(
        subject=subject_of(report), cancelled_because=kept_because(report), ended_at=report.restricted_at
    )
    report.restricted_at = None
    report.save(update_fields=["restricted_at"])
    step(report, StepKind.GIVEN_BACK, at=at, by=by)
    record("report.given_back", subject=report, at=at, actor=by)
    for task in tasks.select_related("person").order_by("pk"):
        if report.state in ENDED or (task.person and not _sees(task.person, report, on=local_day(at))):
            continue
        if task.kind not in DEALS_WITH:
            open_again(task, at=at, by=by, person=task.person, role_key=task.role_key)
        elif report.state in WAITS:
            open_duty(
                kind=TAKE, subject=report, at=at, due=Due.none_promised(), person=task.person,
                role=task.role_key or None, school=report.school, clauses=task.clauses,
                danger=counts_as_danger(report),
            )  # fmt: skip
    if report.state in WAITS:
        _wait(report, at=at)


def _wait(report: Report, *, at: datetime, to: ReportState | None = None) -> None:
    """Let it wait for someone from now on: in the state `to`, or in the state that it has."""
    goes_up_at, whose = wait_for_someone(report, at=at)
    if to is not None:
        move(report, to=to, moves=REPORT_MOVES, at=at, goes_up_at=goes_up_at, goes_up_by=whose)
        return
    report.goes_up_at, report.goes_up_by = goes_up_at, whose
    report.save(update_fields=["goes_up_at", "goes_up_by"])


OVER = (ReportState.CLOSED, ReportState.NOT_FOR_US)


def people_needed(people: Sequence[int]) -> set[int]:
    """Return those of these people who raised a concern that is not closed yet, or are named in one."""
    open_ones = Report.objects.exclude(state__in=OVER)
    about = KeptOut.objects.filter(person__in=people, report__in=open_ones.values("pk"))
    raised = open_ones.filter(by__in=people).values_list("by_id", flat=True)
    return {*about.values_list("person_id", flat=True), *raised} & set(people)


class OfItems(Beside):
    """Concerns, which tell no other room what they know."""

    def locked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Keep the concerns that have a copy of it to the safeguarding leads."""
        keep_with_item(item=item, by=by, at=at)

    def unlocked(self, item: Item, *, by: Person, at: datetime) -> None:
        """Give those concerns back."""
        give_back_with_item(item=item, by=by, at=at)


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
        raise NotNow(_("They can already see this concern."), _("Open it again to see its status."))
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


AT_ONCE = 50


@action
def read_names_again(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Keep people out of concerns that may mean them, and in whose words they weren't found when these came;
    newest first, each by itself, safe to run twice. Who may know of one by now stays. Returns how many
    were read; if that is `limit`, there are more."""
    federation = Federation.objects.get(pk=current_scope().federation_id)
    names = Names(book_of(federation), on=local_day(at))
    digest = names.digest()
    rows = Report.objects.filter(destroyed_at=None).exclude(names_read=digest).order_by("-pk")
    waiting = list(
        rows.select_related("federation", "school", "by", "taken_by").select_for_update(
            skip_locked=True, of=("self",)
        )[:limit]
    )
    left = each_by_itself(
        waiting, lambda row: _read(row, names, digest, at=at), at=at, failed="a concern was not read again"
    )
    return len(waiting) - len(left)


def _read(report: Report, names: Names, digest: str, *, at: datetime) -> None:
    spared = Q(let_in_at__isnull=False) | Q(harmed=True)
    known = KeptOut.every.filter(spared, report=report).values_list("person_id", flat=True)
    without = {*known, report.by_id}
    for said in _said_by_reporter(report):
        texts = [str(said.get("what", "")), str(said.get("where", ""))]
        texts += strings_in(said.get("thing"), under="texts")
        hurt, who = _hurt(said), str(said.get("about_who", ""))
        texts += [] if hurt.who else [str(said.get("harmed_who", ""))]
        found = words_among(names, *texts, who=who, hurt=hurt)
        keep_out_found(report, found, without=[one for one in without if one], at=at)
    Report.objects.filter(pk=report.pk).update(names_read=digest)


def _hurt(said: dict[str, Any]) -> Hurt:
    """Return who was only hurt or threatened, as the reporter's own clear word was kept."""
    if not said.get("only_harmed"):
        return NO_ONE
    return Hurt(frozenset(said.get("harmed", ())), str(said.get("harmed_who", "")))


def _said_by_reporter(report: Report) -> Iterator[dict[str, Any]]:
    """Yield what the reporter wrote. The database gives rows of content only to readers of the concern; this
    is the program's own reading, shown to no one. What was written about it by those who deal with it names
    people who may know, and isn't read."""
    refs = VaultSecret.objects.filter(purpose=SEALED, about=subject_of(report)).order_by("pk")
    for ref in refs.values_list("pk", flat=True):
        text = vault.reveal(ref)
        said = json.loads(text) if text.startswith("{") else None
        if isinstance(said, dict) and ("about_who" in said or said.get("added")):
            yield said
