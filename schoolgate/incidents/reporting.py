"""Reports a concern, from a form or from what came in elsewhere; more from its reporter, and the answer to
them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.unofficial import Copy
from schoolgate.core.actions import action
from schoolgate.core.backups.journal import Entry, add_once_committed
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.core.moves import done_before
from schoolgate.core.retention import Happened
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import Due, Duty, DutyState
from schoolgate.inbox import seeing
from schoolgate.inbox.dangers import danger_in
from schoolgate.inbox.duty_kinds import DANGER
from schoolgate.inbox.locking import Hiding, lock_and_hide, lock_item
from schoolgate.inbox.models import Item
from schoolgate.inbox.ranking import note_of_staff
from schoolgate.incidents import queries, things
from schoolgate.incidents import report_facts as questions
from schoolgate.incidents.allegations import WHO_IS_UNSAID
from schoolgate.incidents.duty_kinds import OF_REPORTER, READ_ADDED
from schoolgate.incidents.handling import (
    check_may_see,
    keep_out_named,
    kinds_shown,
    note_danger,
    note_who_is_unknown,
    read_in,
    tell_both_seats,
    texts_in,
)
from schoolgate.incidents.keeping import LONGEST_WORDS, let_in, step, wrong_words
from schoolgate.incidents.keeping_out import keep_out_named_later
from schoolgate.incidents.ladder import (
    Around,
    cannot_tell_a_lead,
    lead_rung,
    named_by,
    next_telling,
    not_held,
    tell,
    tell_governors,
    tell_on_duty,
    when_up,
)
from schoolgate.incidents.meant import check_has_it
from schoolgate.incidents.models import (
    BODIES,
    ENDED,
    WAITS,
    Danger,
    KeptOut,
    KindWord,
    Report,
    ReportState,
    Step,
    StepKind,
)
from schoolgate.incidents.picture import TICK, open_questions
from schoolgate.incidents.queries import only_school
from schoolgate.incidents.report_facts import (
    counts_as_danger,
    found_facts,
    report_facts,
    touches_a_child,
)
from schoolgate.people.leads import can_open
from schoolgate.people.models import Person
from schoolgate.people.outside import Incoming
from schoolgate.people.queries import book_for
from schoolgate.people.reading_words import NO_ONE, Hurt
from schoolgate.people.rules import can
from schoolgate.people.safeguarding import leads
from schoolgate.policy.asking import answered, record_decision
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import book_in_scope, policy_or_none

REPORTED = "incidents.reported"


def came_in(report: Report) -> Happened:
    """Return what the journal tells of a concern: that it came in, and who was kept out of it."""
    out = report.kept_out.all()
    return Happened(
        report.pk, report.reported_at,
        {
            "at": report.reported_at.isoformat(), "reference": report.reference, "code": report.code,
            "danger": report.danger, "school": report.school_id, "leads": report.restricted_at is not None,
            "people": sorted({each.person_id for each in out if each.person_id}),
            "roles": sorted({each.role_key for each in out if each.role_key}),
        },
    )  # fmt: skip


def note_at_once(report: Report) -> None:
    """Put a concern in the journal as soon as it's stored: a crash or a stop loses none without a trace."""
    told = came_in(report)
    given = Entry(report.federation.slug, REPORTED, told.number, told.at.isoformat(), dict(told.given))
    add_once_committed([given])


LONGEST_PLACE, LONGEST_CONTACT = 500, 200
OURS = ("staff", "governor", "volunteer", "contractor", "friend")
"""Answers to who did it that may mean one of us."""


@dataclass(frozen=True)
class ReportContent:
    """The content of the form. Only `what` is required. `page`: the short name of the thing the page was
    about (`incidents.things`); `kinds`: keys of `report_facts.SAYS`; `answers`: to its questions, by
    fact; `about_people`, `about_roles`: those it may be about among the people who would be told;
    `about_who`: the same in the reporter's own words; `did`: yes or no, whether it's about something one of
    us did; `harmed_people`, `harmed_who`: who of us was hurt or threatened; `mark`: the form's own
    (`queries.new_mark`); `for_leads`: it is kept to the safeguarding leads from the beginning, if there are
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
    once = queries.digest_of_mark(said_here.mark)
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
        reference=queries.new_reference(),
        code="" if reporter and named else queries.digest_of_code(queries.code_of(said_here.mark)),
        once=once,
        school=(thing.school if thing else None) or said_here.school or only_school(),
        by=reporter if named else None,
        inside=inside,
        danger=said_here.danger if said_here.danger in Danger.values else Danger.UNKNOWN,
        said=questions.known_kinds(said_here.kinds, inside=inside),
        answers=questions.known_answers(said_here.answers, asked=asked, at=at),
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
    report.shows = kinds_shown(texts)
    report.save(update_fields=["danger", "danger_read", "shows"])


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


TELLS_AUTHORITIES = OF_REPORTER["incident.tell_authorities"]
MOST_ADDED = 50
"""Times that the reporter can add to one report: a flood ends here."""


@action
def note_own_done(*, report: Report, at: datetime, reporter: Person, kind: str, body: str = "") -> Report:
    """Record that a reporter did what the policy obliges them to. `body`: the authority that they told, where
    that is what they had to do; it counts as told from now on.

    Raises NotFound for anyone but the reporter who gave their name, BadInput (body), NotNow where nothing
    waits for it."""
    if report.by_id != reporter.pk or kind not in OF_REPORTER.values():
        raise NotFound
    if kind == TELLS_AUTHORITIES and body not in BODIES:
        raise BadInput({"body": _("Choose who was told")})
    if not discharge(kind=kind, subject=report, person=reporter, by=None, at=at):
        raise _nothing_waits(report, reporter, kind)
    if kind == TELLS_AUTHORITIES:
        step(report, StepKind.BODY_TOLD, at=at, by=reporter, body=body)
        record("report.body_told", subject=report, at=at, body=body)
    return report


def _nothing_waits(report: Report, reporter: Person, kind: str) -> NotNow:
    own = Duty.objects.filter(kind=kind, subject=subject_of(report), person=reporter).order_by("-pk").first()
    nothing = NotNow(_("You don’t need to do this now."), _("Open your report again to see its status."))
    if own is None:
        return nothing
    return done_before(own, _("This is already done."), otherwise=nothing, state=DutyState.DISCHARGED)


@action
def add_to_report(
    *,
    report: Report,
    at: datetime,
    words: str,
    code: str = "",
    reporter: Person | None = None,
    copy: Copy | None = None,
    says_who: bool = False,
) -> Step:
    """Store what a reporter adds, sealed like the report itself, and ask the person who has it to read it.

    Where the report was passed to the safeguarding lead's own system, it becomes a concern of its own, kept
    to the leads.

    Args:
        code: the report's code; without the right one no one can add to a report made without a name.
        reporter: the person signed in, for a report made with their name. It is no `by`: the record never
            says who reported.
        says_who: the words answer who it is about.

    Raises NotFound for anyone else, NotNow once very much was added, BadInput (words).
    """
    by_code = bool(report.code) and queries.digest_of_code(code) == report.code
    by_name = reporter is not None and report.by_id == reporter.pk
    if not (by_code or by_name):
        raise NotFound
    if wrong := wrong_words(words, empty=_("Write what you want to add.")):
        raise BadInput({"words": wrong})
    if report.steps.filter(kind=StepKind.ADDED).count() >= MOST_ADDED:
        raise NotNow(
            _("A lot has been added to this concern already."), _("Ring the school, and give your number.")
        )
    who = words if says_who else ""
    if report.passed_at is not None:
        keep_out_named_later(report, texts=[words], who=who, reporter=reporter, at=at)
        return _as_a_new_one(report, words, at=at, copy=copy)
    return add_words(report, words, who=who, reporter=reporter, copy=copy, at=at)


def add_words(
    report: Report,
    words: str,
    *,
    at: datetime,
    who: str = "",
    reporter: Person | None = None,
    copy: Copy | None = None,
) -> Step:
    """Store more words with a concern, keep out those named in them, and ask those who have it to read them.
    `who`: the answer to who it is about."""
    kept = {"what": words.strip(), "added": True} | ({"about_who": who.strip()} if who else {})
    row = step(report, StepKind.ADDED, at=at, by=report.by, words=kept, copy=copy)
    record("report.added", subject=report, at=at)
    keep_out_named_later(report, texts=[words], who=who, reporter=reporter, at=at)
    in_danger = note_danger(report, texts=[words], at=at)
    if report.state not in WAITS and report.taken_by is not None and not in_danger:
        open_duty(
            kind=READ_ADDED, subject=report, at=at, due=Due.none_promised(), person=report.taken_by,
            school=report.school, danger=counts_as_danger(report),
        )  # fmt: skip
    return row


def _as_a_new_one(report: Report, words: str, *, at: datetime, copy: Copy | None) -> Step:
    out = report.kept_out.filter(harmed=False).select_related("person")
    hurt = report.kept_out.filter(harmed=True).exclude(person=None).select_related("person")
    said = ReportContent(
        what=f"{report.reference}: {words.strip()}"[:LONGEST_WORDS],
        mark=queries.new_mark(),
        danger=report.danger,
        kinds=report.said,
        school=report.school,
        about_people=[one.person for one in out if one.person],
        harmed_people=[one.person for one in hurt if one.person],
        about_roles=[one.role_key for one in out.exclude(role_key="")],
        for_leads=True,
    )
    report_wrong(at=at, said_here=said, reporter=report.by, copy=copy)
    record("report.added", subject=report, at=at)
    return step(report, StepKind.ADDED, at=at, by=report.by)


MOST_ANSWERS = 20


@action
def answer_reporter(*, report: Report, by: Person, at: datetime, word: str) -> Step:
    """Answer the person who reported a concern. They read it where they check on it: with their code, or
    signed in. Nothing is sent, so no one at home reads it in a mailbox. The words are a closed list without a
    place for others: what an adult here wants to say to one pupil goes by no door of this program.

    Raises NotFound, NotAllowed, NotNow once very much was answered, BadInput (word)."""
    check_may_see(report, by, at)
    check_has_it(by, report, on=local_day(at))
    if word not in KindWord.values:
        raise BadInput({"word": _("Choose what to say")})
    if report.steps.filter(kind=StepKind.ANSWERED).count() >= MOST_ANSWERS:
        raise NotNow(
            _("You’ve answered 20 times here, and no more is possible."), _("Talk to the child at school.")
        )
    let_in(report, by, at=at)
    row = step(report, StepKind.ANSWERED, at=at, by=by, body=word)
    record("report.answered", subject=report, at=at, actor=by, word=word)
    return row


# What comes in where no one looks for a concern (`people.outside`), and a safeguarding lead reads first,
# becomes a concern of its own about the row in which it came, told at once like any other. Other words of
# the same writer in the same place within minutes are added to it, so that putting it another way makes one
# concern and not five.

AGAIN_SECONDS = 30 * 60
"""How long, at least, words in the same place are added to the same concern; at most twice as long."""


def hear_outside(found: Incoming, at: datetime) -> Report:
    """Make a concern of what came in, or add it to the one of the same writer in the same place; safe to run
    twice."""
    of = (subject_of(found.mark_of) if found.mark_of else "") + found.by_and_where
    text, now = found.text[:LONGEST_WORDS], int(at.timestamp()) // AGAIN_SECONDS
    if not found.by_and_where:
        mark = queries.mark_for(of)
    elif before := _from_there(of, now):
        if _is_open(before):
            add_words(before, text, at=at)
            return before
        mark = queries.mark_for(f"{of}@{now}:{text}")
    else:
        mark = queries.mark_for(f"{of}@{now}")
    return report_wrong(
        at=at,
        said_here=ReportContent(
            what=text, where=found.where[:LONGEST_PLACE], school=found.school, mark=mark,
            source=subject_of(found.row) if found.row else "", about_people=found.about,
        ),
    )  # fmt: skip


def _from_there(of: str, now: int) -> Report | None:
    marks = [queries.digest_of_mark(queries.mark_for(f"{of}@{when}")) for when in (now, now - 1)]
    return Report.objects.filter(once__in=marks).order_by("-pk").first()


def _is_open(report: Report) -> bool:
    """Return whether more can be added to a concern."""
    ended = report.state in ENDED or report.passed_at is not None or report.destroyed_at is not None
    return not ended and report.steps.filter(kind=StepKind.ADDED).count() < MOST_ADDED


@dataclass(frozen=True)
class Disclosed:
    """The concern, and whether the item could be locked: only where someone leads on safeguarding. `hiding`:
    what was asked for on the network, where the person wanted it hidden too."""

    report: Report
    locked: bool
    hiding: Hiding | None = None


@action
def disclose(
    *,
    by: Person,
    at: datetime,
    item: Item,
    mark: str,
    danger: bool = False,
    of_staff: bool = False,
    hide: bool = False,
    may_show_abuse: bool | None = None,
) -> Disclosed:
    """Report what this item tells, as the sort of danger that it shows (`inbox.dangers`), and lock it to the
    safeguarding leads.

    The concern is kept to the leads too, with a copy of every version, the author, the post and the digests
    of the photos. Where no one leads on safeguarding it goes to the people that the policy names, and the
    item isn't locked. `mark`: the form's own (`queries.new_mark`), so that a second tap makes no second
    report. `of_staff`: this person says that it may be about someone who works or helps here. Where the
    words say so it's asked of no one: untold who, two seats get it (`handling.both_seats`).
    `hide`: hide it on its network too (`lock_and_hide`), where this person may; else the leads do.
    `may_show_abuse`: as this person says, where the policy asks that. Raises NotFound for people who may not
    read it; NotNow where it is locked already.
    """
    if not seeing.may_see(by, item, on=local_day(at)):
        raise NotFound
    school = item.school or item.account.school
    on = local_day(at)
    has_leads = bool(can_open(leads(book_for(item.account), school, on=on), on=on))
    if of_staff:
        note_of_staff(item)
    sort = danger_in(item.why, locked=True)
    report = report_wrong(
        at=at,
        reporter=by,
        said_here=ReportContent(
            what=str(sort.reported),
            mark=mark,
            page=f"item-{item.pk}",
            kinds=(sort.said,),
            did="yes" if sort.of_staff else "",
            danger=Danger.YES if danger else Danger.UNKNOWN,
            school=school,
            for_leads=True,
        ),
    )
    if not has_leads:
        discharge(kind=DANGER, subject=item, by=by, at=at, how="reported")
        return Disclosed(report, locked=False)
    if hide and can(seeing.check_may_hide, by, item, on=local_day(at)):
        return Disclosed(
            report, locked=True, hiding=lock_and_hide(by=by, at=at, item=item, may_show_abuse=may_show_abuse)
        )
    lock_item(by=by, at=at, item=item)
    return Disclosed(report, locked=True)
