"""Reports a concern: stored whole, and told at once to the people the policy names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, Text
from schoolgate.core.events.recording import record
from schoolgate.core.models import School
from schoolgate.duties.actions import open_duty
from schoolgate.duties.due import Due
from schoolgate.incidents import codes, questions, said, things
from schoolgate.incidents.actions.keeping import Copy, step, wrong_words
from schoolgate.incidents.actions.picturing import open_questions
from schoolgate.incidents.actions.reading import (
    keep_out_named,
    note_who_is_unknown,
    read_in,
    texts_in,
)
from schoolgate.incidents.actions.telling import (
    cannot_tell_a_lead,
    next_telling,
    tell,
    tell_governors,
    tell_on_duty,
    when_up,
)
from schoolgate.incidents.actions.two_seats import tell_both_seats
from schoolgate.incidents.allegations import WHO_IS_UNSAID
from schoolgate.incidents.duty_kinds import OF_REPORTER
from schoolgate.incidents.journalled import note_at_once
from schoolgate.incidents.ladder import Around, lead_rung, named_by, not_held
from schoolgate.incidents.models import KeptOut, Report
from schoolgate.incidents.picture import TICK
from schoolgate.incidents.queries import only_school
from schoolgate.incidents.report_facts import found_facts, report_facts, touches_a_child
from schoolgate.incidents.states import Danger, ReportState, StepKind
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.reading_words import NO_ONE, Hurt
from schoolgate.policy.asking import answered, record_decision
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import book_in_scope, policy_or_none

__all__ = ["Copy", "ReportContent", "report_wrong"]

LONGEST_PLACE, LONGEST_CONTACT = 500, 200
OURS = ("staff", "governor", "volunteer", "contractor", "friend")
"""Answers to who did it that may mean one of us."""


@dataclass(frozen=True)
class ReportContent:
    """The content of the form. Only `what` is required. `page`: the short name of the thing the page was
    about (`incidents.things`); `kinds`: keys of `incidents.said`; `answers`: to `incidents.questions`, by
    fact; `about_people`, `about_roles`: those it may be about among the people who would be told;
    `about_who`: the same in the reporter's own words; `did`: yes or no, whether it's about something one of
    us did; `harmed_people`, `harmed_who`: who of us was hurt or threatened; `mark`: the form's own
    (`codes.new_mark`); `for_leads`: it is kept to the safeguarding leads from the beginning, if there are
    any; `source`: how the record names what came in from outside that it is about (`people.outside`)."""

    what: str
    mark: str
    where: str = ""
    about_who: str = ""
    contact: str = ""
    page: str = ""
    danger: str = Danger.UNKNOWN
    kinds: Sequence[str] = field(default_factory=tuple)
    answers: Mapping[str, Any] = field(default_factory=dict)
    about_people: Sequence[Person] = field(default_factory=tuple)
    about_roles: Sequence[str] = field(default_factory=tuple)
    did: str = ""
    harmed_people: Sequence[Person] = field(default_factory=tuple)
    harmed_who: str = ""
    school: School | None = None
    for_leads: bool = False
    source: str = ""

    @property
    def by_another(self) -> bool:
        """Return whether the reporter says that none of us did it, or that a pupil or a parent did."""
        return self.did == "no" or self.answers.get("done_by") in ("pupil", "parent")

    @property
    def hurt(self) -> Hurt:
        """Return who was only hurt or threatened, by the reporter's own clear word: they say that none of us
        did it, and nothing else that they say doubts it."""
        accuses = self.about_people or self.about_roles or self.about_who.strip()
        ours = self.answers.get("done_by") in OURS or "misuse" in self.kinds
        if self.did != "no" or accuses or ours:
            return NO_ONE
        return Hurt(frozenset(one.pk for one in self.harmed_people), self.harmed_who)


@action
def report_wrong(
    *,
    at: datetime,
    said_here: ReportContent,
    reporter: Person | None = None,
    named: bool = True,
    copy: Copy | None = None,
) -> Report:
    """Store a concern, with a copy of the thing in its current state, and tell the people the policy names.
    If it names no one, or no one holds the role it names, tell the next in Schoolgate's own order.

    Args:
        reporter: the person signed in; None for a visitor. It is no `by`: the record never says who reported.
        named: False stores nothing about the reporter's identity; they get a code instead.

    Returns the report; the same one if the form was sent before. Raises BadInput (what, where, contact, and
    picture for one that was taken by mistake: it is never stored).
    """
    once = codes.digest_of_mark(said_here.mark)
    if (before := Report.objects.filter(once=once).first()) is not None:
        return before
    if wrong := _wrong(said_here):
        raise BadInput(wrong)
    if copy is not None and TICK in said_here.kinds:
        raise BadInput({"picture": _("Don’t add the picture that was taken by mistake. Leave this empty.")})
    inside = reporter is not None
    thing = things.find(said_here.page, inside=inside) if said_here.page else None
    asked = questions.questions_for(book_in_scope(), relation=reporter.relation if reporter else None)
    report = Report.objects.create(
        reference=codes.new_reference(),
        code="" if reporter and named else codes.digest_of_code(codes.code_of(said_here.mark)),
        once=once,
        school=(thing.school if thing else None) or said_here.school or only_school(),
        by=reporter if named else None,
        inside=inside,
        danger=said_here.danger if said_here.danger in Danger.values else Danger.UNKNOWN,
        said=said.known(said_here.kinds, inside=inside),
        answers=questions.known(said_here.answers, asked=asked, at=at),
        thing=thing.subject if thing else said_here.source,
        reported_at=at,
        state=ReportState.REPORTED,
        state_at=at,
        restricted_at=at if said_here.for_leads else None,
    )
    words = _words(said_here, thing, at)
    _keep_out(report, said_here, reporter)
    _read(report, texts_in(words, thing), said_here, reporter=reporter, at=at)
    step(report, StepKind.REPORTED, at=at, by=report.by, words=words, copy=copy)
    kept = _asked(report, reporter, at)
    record(
        "report.made", subject=report, at=at, clauses=kept.clauses if kept else [],
        decision=kept.pk if kept else None, inside=int(inside),
    )  # fmt: skip
    _tell_first(report, reporter, kept, at)
    _open_own_tasks(report, reporter, [kept, _asked_of_found(report, reporter, at)], at)
    open_questions(report, at=at)
    note_at_once(report)
    return report


def _wrong(given: ReportContent) -> dict[str, Text]:
    """Return what has to be corrected; an optional answer is never too short."""
    wrong: dict[str, Text] = {}
    if said_wrong := wrong_words(given.what, empty=_("Say in a sentence what happened.")):
        wrong["what"] = said_wrong
    optional = {"where": LONGEST_PLACE} | dict.fromkeys(
        ("about_who", "harmed_who", "contact"), LONGEST_CONTACT
    )
    for name, longest in optional.items():
        words = getattr(given, name)
        if words and (found := wrong_words(words, empty="", longest=longest)):
            wrong[name] = found
    return wrong


def _words(given: ReportContent, thing: things.Thing | None, at: datetime) -> dict[str, Any]:
    return {
        "what": given.what.strip(),
        "where": given.where.strip(),
        "about_who": given.about_who.strip(),
        "contact": given.contact.strip(),
        "about": [person.pk for person in given.about_people],
        "about_roles": list(given.about_roles),
        "did": given.did if given.did in ("yes", "no") else "",
        "harmed": [person.pk for person in given.harmed_people],
        "harmed_who": given.harmed_who.strip(),
        "only_harmed": given.hurt != NO_ONE,
        "thing": things.as_it_stands(thing, at=at) if thing else None,
    }


def _keep_out(report: Report, given: ReportContent, reporter: Person | None) -> None:
    known = {role.key for role in book_for(report).roles}
    for person in {one.pk: one for one in given.about_people}.values():
        KeptOut.objects.create(report=report, person=person)
    for key in sorted(set(given.about_roles) & known):
        KeptOut.objects.create(report=report, role_key=key)
    own = {reporter.pk} if reporter else set()
    said, clear = {one.pk for one in given.about_people}, given.hurt != NO_ONE
    for pk in sorted({one.pk for one in given.harmed_people} - said - own):
        KeptOut.objects.create(report=report, person_id=pk, found=not clear, harmed=clear)


def _read(
    report: Report, texts: Sequence[str], given: ReportContent, *, reporter: Person | None, at: datetime
) -> None:
    """Add what the words say by themselves to what was ticked, before anyone is told. Where it was said that
    one of us did it, or it isn't and the words may mean it, and no one is found who may have, it's about
    someone unknown."""
    hurt, who = given.hurt, given.about_who
    texts = texts if hurt.who else [*texts, given.harmed_who]
    found = read_in(texts, who=who, hurt=hurt, report=report, at=at)
    ticked = {one.pk for one in given.harmed_people}
    no_one = not who.strip() and not found.named - ticked
    ours = no_one and given.answers.get("done_by") in OURS
    may_be = (found.untold or ours) and touches_a_child(report) and not (given.for_leads or given.by_another)
    if (given.did == "yes" and no_one) or may_be:
        found = replace(found, not_found=True)
    note_who_is_unknown(report, found, who)
    keep_out_named(report, found, without=[reporter.pk] if reporter else [])
    if found.danger and report.danger != Danger.YES:
        report.danger, report.danger_read = Danger.YES, True
        report.save(update_fields=["danger", "danger_read"])


def _asked(report: Report, reporter: Person | None, at: datetime) -> DecisionRecord | None:
    """Return the policy's decision on who must be told, made before anyone is. None if no policy is in
    force."""
    if policy_or_none(local_day(at)) is None:
        return None
    facts = report_facts(report, by=reporter, at=at)
    kept = record_decision("incident.report", facts, at=at, by=None, subject=report)
    report.decision = kept.pk
    return kept


def _asked_of_found(report: Report, reporter: Person | None, at: datetime) -> DecisionRecord | None:
    """Return the policy's decision on how something seen online is passed on; None if it was no such thing or
    the policy says nothing about it."""
    if reporter is None or policy_or_none(local_day(at)) is None:
        return None
    facts = found_facts(report, by=reporter, at=at)
    if facts is None or not book_in_scope().bound("listening.found"):
        return None
    return record_decision("listening.found", facts, at=at, by=None, subject=report)


def _open_own_tasks(
    report: Report, reporter: Person | None, kept: Sequence[DecisionRecord | None], at: datetime
) -> None:
    """Open what the policy obliges the reporter to do themselves, for one who gave their name."""
    if report.by_id is None or reporter is None:
        return
    for each in kept:
        for duty in answered(each).duties if each is not None else ():
            if duty.what in OF_REPORTER:
                open_duty(
                    kind=OF_REPORTER[duty.what], subject=report, at=at, due=Due.of(duty.due),
                    person=reporter, clauses=duty.clauses, decision=each,
                )  # fmt: skip


def _tell_first(report: Report, reporter: Person | None, kept: DecisionRecord | None, at: datetime) -> None:
    book = book_for(report)
    decision = kept.decision if kept else None
    named = named_by(decision, book)
    around = Around.of(report, on=local_day(at))
    report.not_held = not_held(named, book, around)
    unsaid = report.about_unknown and report.restricted_at is None and around.child
    if not lead_rung(book, around).people:
        report.restricted_at = None  # there is no lead to keep it to
    elif unsaid:
        report.restricted_at = at
        step(report, StepKind.RESTRICTED, at=at, body=WHO_IS_UNSAID)
    telling = next_telling(report, named, around)
    if cannot_tell_a_lead(report, around):
        step(report, StepKind.NO_LEAD, at=at)
    for rung in telling:
        tell(report, rung, kind=StepKind.TOLD, at=at, kept=kept)
    if telling:
        report.goes_up_at, report.goes_up_by = when_up(report, telling, by=reporter, at=at, asked=decision)
    if report.restricted_at is None or unsaid:
        tell_both_seats(report, at=at)
    if report.restricted_at is None:
        tell_governors(report, around, at=at)
        tell_on_duty(report, at=at)
    report.save(update_fields=["decision", "not_held", "goes_up_at", "goes_up_by", "restricted_at"])
