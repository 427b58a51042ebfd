"""Handle a report: read its words, take it, add notes, ask the leads, pass it on, record its outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.unofficial import Copy
from schoolgate.core.actions import action, each_by_itself
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import reason
from schoolgate.core.moves import move
from schoolgate.core.subjects import number_of
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.inbox import first_read
from schoolgate.inbox.models import Item
from schoolgate.incidents.allegations import awaits_authority, means_staff
from schoolgate.incidents.duty_kinds import (
    CHECK_BACK,
    CONFIRM,
    FINISH,
    LEADS_LOOK,
    LET_IN,
    LOOK,
    OPENED,
    READ_ADDED,
    READ_DANGER,
    TAKE,
    URGENT,
)
from schoolgate.incidents.keeping import LONGEST_WORDS, check_written_here, let_in, step, wrong_words
from schoolgate.incidents.ladder import (
    Around,
    Recipient,
    Rung,
    beside_the_leads,
    kept_to_leads,
    ladder,
    lead_rung,
    new_of,
    tell,
    tell_on_duty,
    wait_for_someone,
)
from schoolgate.incidents.meant import OF_ITEMS, check_has_it, check_may_take, kept_out_of, may_see, meant_in
from schoolgate.incidents.models import (
    REPORT_MOVES,
    WAITS,
    Danger,
    KeptOut,
    Reader,
    Report,
    ReportState,
    Step,
    StepKind,
    Whose,
)
from schoolgate.incidents.picture import note_read
from schoolgate.incidents.queries import people_to_hand_on_to
from schoolgate.incidents.report_facts import SAYS, counts_as_danger
from schoolgate.incidents.things import Thing
from schoolgate.people.leads import can_open
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.queries import Where, assignments, away_on, book_for
from schoolgate.people.reading_words import (
    NO_ONE,
    Hurt,
    Words,
    read_words,
    reasons_of_danger,
    speaks_of_danger,
)
from schoolgate.people.rules import check_has_a_role
from schoolgate.people.safeguarding import leads_at
from schoolgate.rulebook import Book

# A concern about a person here who wasn't found: it may be about anyone who is told, so only the leads know
# of it until one of them says who is meant, and no one of them ends or hides it before another has read it.
# Where there is only one lead, the other is the next in another seat. Schoolgate's own rule.


def tell_both_seats(report: Report, *, at: datetime) -> None:
    """Tell the leads, and where there is only one the next people of Schoolgate's own order besides, of a
    concern about a person here who wasn't found: those of them who weren't told yet; by name, where it is
    kept to the leads."""
    if not report.about_unknown:
        return
    book, around = book_for(report), Around.of(report, on=local_day(at))
    rungs = (lead_rung(book, around), *_beside(book, around))
    if report.restricted_at is not None:
        people = Person.objects.filter(pk__in={pk for rung in rungs for pk in rung.people})
        told = tuple(Recipient(person=one) for one in people.order_by("name", "pk"))
        rungs = (Rung(Whose.HOUSE, told, frozenset(one.person_id for one in told if one.person_id)),)
    for rung in new_of(report, rungs):
        tell(report, rung, kind=StepKind.TOLD, at=at, kept=None)


def _beside(book: Book, around: Around) -> list[Rung]:
    """Return the other seat: no one, where two leads can open it, since each of them is the other's."""
    leads = can_open(lead_rung(book, around).people, on=around.on)
    return [] if len(leads) > 1 else beside_the_leads(book, around)


def both_seats(report: Report, *, on: date) -> list[Person]:
    """Return everyone who is told in one of the two seats, by name."""
    leads, others = _seats(report, on=on)
    return _people(leads | others)


def ask_other_seat(report: Report, *, by: Person, at: datetime) -> None:
    """Ask those in the other seat to read what this person deals with now, unless one of them has."""
    for person in still_to_read(report, by, on=local_day(at)):
        open_duty(
            kind=LOOK, subject=report, at=at, due=Due.none_promised(), person=person, school=report.school
        )


def lead_takes(report: Report, by: Person, *, on: date) -> bool:
    """Return whether a lead takes it and this person may not: no one has said who is meant, it may be they, a
    lead can open it, and none passed it to them."""
    if not report.about_unknown or report.state == ReportState.HANDED_ON:
        return False
    leads = lead_rung(book_for(report), Around.of(report, on=on)).people
    return by.pk not in leads and bool(can_open(leads, on=on))


def check_lead_takes(report: Report, by: Person, *, on: date) -> None:
    """Raise NotNow where only a lead takes it, for no one has said yet who is meant."""
    if lead_takes(report, by, on=on):
        raise NotNow(
            _("Until a safeguarding lead says who it’s about, only a lead deals with it."),
            _("Ask a safeguarding lead to open it."),
        )


def check_read_in_both(report: Report, by: Person, *, at: datetime) -> None:
    """Raise NotNow while no one in the other seat has read a concern about a person here who wasn't found."""
    if people := still_to_read(report, by, on=local_day(at)):
        names = ", ".join(one.name for one in people)
        raise NotNow(
            _("We couldn’t tell who this is about, so a second person has to read it first."),
            _("Ask one of these people to open it: {names}.").format(names=names),
        )


def still_to_read(report: Report, by: Person, *, on: date) -> list[Person]:
    """Return the people of the other seat, while none of them has read what this person deals with."""
    if not report.about_unknown:
        return []
    leads, others = _seats(report, on=on)
    seat = (others - leads or leads) if by.pk in leads else leads
    if Reader.objects.filter(report=report, person__in=seat - {by.pk}).exists():
        return []
    return _people(seat - {by.pk})


def _seats(report: Report, *, on: date) -> tuple[set[int], set[int]]:
    book, around = book_for(report), Around.of(report, on=on)
    others = (rung.people for rung in _beside(book, around))
    return set(lead_rung(book, around).people), {pk for people in others for pk in people}


def _people(numbers: set[int]) -> list[Person]:
    return list(Person.objects.filter(pk__in=numbers).order_by("name", "pk"))


# What the words of a concern say by themselves, at every step at which words come in: danger makes it as
# urgent as a tick does, and a person here who is named in them isn't told of it until a person says that it
# isn't about them. Schoolgate's own rule.


def texts_in(words: dict[str, Any], thing: Thing | None) -> list[str]:
    """Return the texts of a concern that say what happened: the reporter's own, and those of the comment it
    is about. What we wrote ourselves names us and says nothing."""
    found = [str(words.get("what", "")), str(words.get("where", ""))]
    if thing is not None and thing.kind == "item":
        found += strings_in(words.get("thing"), under="texts")
    return found


def strings_in(value: Any, *, under: str) -> Iterator[str]:
    """Yield the texts in what was kept of a comment."""
    inside = value.get(under, []) if isinstance(value, dict) else []
    yield from (str(one["text"]) for one in inside if isinstance(one, dict) and one.get("text"))


def read_in(
    texts: Collection[str], *, who: str = "", hurt: Hurt = NO_ONE, report: Report, at: datetime
) -> Words:
    """Return what these texts say by themselves, as the federation's lists and people have it. `who`: the
    answer to who it is about; `hurt`: who did nothing, and was hurt or threatened."""
    return read_words(*texts, who=who, hurt=hurt, book=book_for(report), on=local_day(at))


def keep_out_named(report: Report, found: Words, *, without: Collection[int]) -> set[int]:
    """Keep out the people the words name, besides those who reported it; again where they may know of it by
    now, or were only hurt or threatened: who is named in later words may have done something. Also the
    roles that they name by title: a person who has one later is meant as well. Returns the new people."""
    rows = kept_out_of(report)
    before = {one.person_id for one in rows if not one.harmed}
    hurt = {one.person_id for one in rows if one.harmed} & found.hurt
    wrote = set(without)
    new = set(found.named) - before - hurt - wrote
    for pk in sorted(new):
        KeptOut.objects.create(report=report, person_id=pk, found=True, harmed=pk in found.hurt)
    kept = {one.role_key for one in rows if not one.harmed}
    kept |= {one.role_key for one in rows if one.harmed} & found.hurt_roles
    if titles := found.roles - kept:
        own = RoleAssignment.objects.filter(person__in=wrote).values_list("role_key", flat=True)
        for key in sorted(titles - set(own)):
            KeptOut.objects.create(report=report, role_key=key, found=True, harmed=key in found.hurt_roles)
    return new


def note_who_is_unknown(report: Report, found: Words, who: str) -> None:
    """Note whether it's about a person here who wasn't found. Once the words have said so, only an answer to
    who it is, or who it is ticked, ends that."""
    unknown = found.not_found and not report.kept_out.filter(found=False, harmed=False).exists()
    if (unknown or who.strip()) and report.about_unknown != unknown:
        report.about_unknown = unknown
        report.save(update_fields=["about_unknown"])


def kinds_shown(texts: Iterable[str]) -> list[list[str]]:
    """Return which kinds of danger these texts show, each once, as its lane and its kind."""
    found = (reason for text in texts if text for reason in reasons_of_danger(text))
    return [list(one) for one in dict.fromkeys((str(each.lane), each.kind) for each in found)]


def note_danger(report: Report, *, texts: Collection[str], at: datetime, by: Person | None = None) -> bool:
    """Raise a concern to a danger where these texts speak of one: the leads and the person who deals with it
    are asked to read them now, but for `by`, who wrote them; while no one does it goes up as fast as any
    danger. Nothing makes it less urgent."""
    if not speaks_of_danger(*texts, in_concern=by is None):
        return False
    report.shows = [*report.shows, *(one for one in kinds_shown(texts) if one not in report.shows)]
    report.save(update_fields=["shows"])
    if report.danger != Danger.YES:
        report.danger, report.danger_read = Danger.YES, True
        report.save(update_fields=["danger", "danger_read"])
        record("report.danger_read", subject=report, at=at)
    if report.state in WAITS:
        sooner, whose = wait_for_someone(report, at=at)
        if report.goes_up_at is not None and sooner < report.goes_up_at:
            report.goes_up_at, report.goes_up_by = sooner, whose
            report.save(update_fields=["goes_up_at", "goes_up_by"])
        if report.restricted_at is None:
            tell_on_duty(report, at=at)
    _ask_to_read(report, without={None, by.pk if by else None}, at=at)
    return True


def _ask_to_read(report: Report, *, without: set[int | None], at: datetime) -> None:
    around = Around.of(report, on=local_day(at))
    people = set(lead_rung(book_for(report), around).people) | {report.taken_by_id}
    asked = {pk for pk in people - without - around.out_people if pk is not None}
    for person in Person.objects.filter(pk__in=asked).order_by("name", "pk"):
        open_duty(
            kind=READ_DANGER, subject=report, at=at, due=Due.none_promised(), person=person,
            school=report.school, danger=True,
        )  # fmt: skip


# Ask the safeguarding leads to look at a concern that another person deals with, or doesn't finish.
# Schoolgate's own rule: a concern that one person takes is not that person's alone. The leads' task stays
# until one of them has read it.

UNFINISHED_AFTER: Mapping[bool, timedelta] = {True: timedelta(days=1), False: timedelta(days=7)}
"""How long a person may deal with a concern before the leads are asked, by whether someone is in danger."""
AT_ONCE = 100


def ask_leads(report: Report, *, at: datetime, again: bool = False) -> int:
    """Ask the safeguarding leads to look at a concern that one of them doesn't deal with, unless one has read
    it; return how many are asked. `again`: even if one has."""
    people = _leads(report, at=at, again=again)
    if report.taken_by_id in people and not again:
        discharge(kind=LEADS_LOOK, subject=report, by=report.taken_by, at=at, how="taken")
        return 0
    read = Reader.objects.filter(report=report, person__in=people, ended_at=None)
    if not again and read.exists():
        return 0
    asked = Person.objects.filter(pk__in=people - {report.taken_by_id}).order_by("name", "pk")
    for person in asked:
        if not Report.objects.filter(may_see(person, local_day(at)), pk=report.pk).exists():
            step(report, StepKind.WENT_UP, at=at, person=person, whose=Whose.HOUSE)
        open_duty(
            kind=LEADS_LOOK, subject=report, at=at, due=Due.none_promised(), person=person,
            school=report.school,
        )  # fmt: skip
    return len(asked)


def name_in(
    report: Report, kind: StepKind, *, by: Person, to: Person, at: datetime, words: str = "", body: str = ""
) -> None:
    """Let a person in by name, at another's word. Of a concern that is kept to the leads every other lead is
    told: they open it when they have looked, and can keep the person out."""
    said = {"what": words.strip()} if words.strip() else None
    step(report, kind, at=at, by=by, person=to, body=body, words=said)
    if report.restricted_at is not None:
        tell_leads(report, LET_IN, knows={by.pk, to.pk}, at=at)


def tell_leads(report: Report, kind: str, *, knows: Collection[int | None], at: datetime) -> None:
    """Give every lead who isn't meant, and doesn't know of it already, a task to look at the concern."""
    rung = lead_rung(book_for(report), Around.of(report, on=local_day(at)))
    for person in Person.objects.filter(pk__in=rung.people - set(knows)).order_by("name", "pk"):
        open_duty(
            kind=kind, subject=report, at=at, due=Due.none_promised(), person=person, school=report.school
        )


def a_lead_looked(report: Report, *, by: Person, at: datetime) -> None:
    """End the task of all leads once one of them has read the concern; a comment that it has a copy of has
    been read with it."""
    if report.thing.startswith(OF_ITEMS):
        item = Item.every.filter(pk=number_of(report.thing)).select_related("account__federation", "school")
        for one in item:
            first_read.note(by=by, at=at, item=one)
    if leads_at(by, report.school_id, on=local_day(at)):
        discharge(kind=LEADS_LOOK, subject=report, by=by, at=at, how="read")


def unfinished(at: datetime) -> QuerySet[Report]:
    """Return the concerns whose leads are to be asked once: not finished in time, or the person who deals
    with it is on long leave."""
    late = Q(taken_at__lte=at - UNFINISHED_AFTER[False])
    late |= Q(danger=Danger.YES, taken_at__lte=at - UNFINISHED_AFTER[True])
    asked = Step.objects.filter(report=OuterRef("pk"), kind=StepKind.UNFINISHED, at__gte=OuterRef("taken_at"))
    rows = Report.objects.filter(
        late | away_on(local_day(at), person="taken_by"),
        ~Exists(asked),
        state__in=(ReportState.TAKEN, ReportState.CLOSING),
    )
    return rows.order_by("taken_at", "id")


@action
def ask_leads_of_unfinished(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Ask the leads about every concern that is `unfinished`, each by itself; safe to run twice. Returns how
    many there were; if that is `limit`, there are more."""
    waiting = list(unfinished(at).select_for_update(skip_locked=True, of=("self",))[:limit])
    left = each_by_itself(
        waiting, lambda report: _ask_of_one(report, at=at), at=at, failed="the leads were not asked"
    )
    return len(waiting) - len(left)


def _ask_of_one(report: Report, *, at: datetime) -> None:
    step(report, StepKind.UNFINISHED, at=at, whose=Whose.HOUSE)
    number = ask_leads(report, at=at, again=True)
    record("report.unfinished", subject=report, at=at, number=number)


def _leads(report: Report, *, at: datetime, again: bool) -> set[int]:
    """Return who leads on safeguarding there and isn't meant; `again`: where that is no one besides the
    person who deals with it, the next people of Schoolgate's own order."""
    book, around = book_for(report), Around.of(report, on=local_day(at))
    people = set(lead_rung(book, around).people)
    if people - {report.taken_by_id} or not again:
        return people
    steps = kept_to_leads(book, around) if report.restricted_at else ladder([], book, around)
    tellings = ({pk for rung in told for pk in rung.people} for told in steps)
    return next((left for each in tellings if (left := each - {report.taken_by_id})), set())


def ask_second(
    report: Report, *, by: Person, at: datetime, words: str, second: Person | None,
    to: ReportState = ReportState.CLOSED,
) -> Report:  # fmt: skip
    """Let a second person read it and close it, or say that it isn't ours (`to`), or send it back. Raises
    BadInput (second)."""
    if second is None or second not in people_to_hand_on_to(report, by=by, on=local_day(at)):
        raise BadInput({"second": _("Choose the second person who closes it")})
    move(report, to=ReportState.CLOSING, moves=REPORT_MOVES, at=at, closes_first=by)
    body = str(to) if to == ReportState.NOT_FOR_US else ""
    name_in(report, StepKind.CLOSING, by=by, to=second, at=at, words=words, body=body)
    record("report.closing", subject=report, at=at, actor=by)
    open_duty(
        kind=CONFIRM, subject=report, at=at, due=Due.none_promised(), person=second, school=report.school
    )
    return report


def asked_as_not_ours(report: Report) -> bool:
    """Return whether the second person was asked to say that it isn't ours: then the policy was not asked
    whether it may be closed."""
    asked = report.steps.filter(kind=StepKind.CLOSING).order_by("-at", "-id").first()
    return asked is not None and asked.body == ReportState.NOT_FOR_US


def say_not_ours(report: Report, *, by: Person, at: datetime, words: str) -> Report:
    """End a concern as not ours to deal with."""
    move(report, to=ReportState.NOT_FOR_US, moves=REPORT_MOVES, at=at, closes_first=None)
    said = {"what": words.strip()} if words.strip() else None
    step(report, StepKind.ENDED, at=at, by=by, words=said)
    record("report.ended", subject=report, at=at, actor=by)
    discharge(kind=(FINISH, CONFIRM), subject=report, by=by, at=at, how=str(ReportState.NOT_FOR_US))
    return report


def check_authority_heard(report: Report) -> None:
    """Raise NotNow while the local authority hasn't said how a concern about a person here ends."""
    if awaits_authority(report):
        raise NotNow(
            _("The local authority was told, and hasn’t given its final answer."),
            _("Ring them, and save what they say here. Then close it."),
        )


CHECK_BACK_AFTER = timedelta(days=7)
"""Schoolgate's own rule, in every federation."""
TARGETED = frozenset({"pestered", "abuse", "targeted"})
"""What the rulebook calls it when people are abused because of their work."""


def is_targeted(said: Iterable[str]) -> bool:
    """Return whether a report with these ticks is about a person who works here and is targeted."""
    return any(key in SAYS and not TARGETED.isdisjoint(SAYS[key].kinds) for key in said)


def open_check_back(report: Report, *, by: Person, at: datetime) -> None:
    """Give the person who took such a report the task to ask after a week; one who had it before loses it."""
    if is_targeted(report.said):
        cancel(kind=CHECK_BACK, subject=report, because="taken", at=at, by=by)
        due = Due.day(local_day(at) + CHECK_BACK_AFTER)
        open_duty(kind=CHECK_BACK, subject=report, at=at, due=due, person=by, school=report.school)


@action
def check_back(*, report: Report, by: Person, at: datetime) -> None:
    """Record that the person who has the report asked the colleague how they are. Raises NotAllowed for
    others."""
    check_has_it(by, report, on=local_day(at))
    if discharge(kind=CHECK_BACK, subject=report, by=by, at=at, how="asked"):
        record("report.checked_back", subject=report, at=at, actor=by)


@action
def open_report(*, report: Report, by: Person, at: datetime, what: str = "words") -> Report:
    """Open a report for a person who may know of it, and record that they read it. `what`: "words" or
    "picture". Raises NotFound for anyone else."""
    check_may_see(report, by, at)
    if let_in(report, by, at=at):
        note_read(report, at=at)
    record("report.read", subject=report, at=at, actor=by, what=what)
    if what == "words" and report.taken_by_id == by.pk:
        discharge(kind=READ_ADDED, subject=report, by=by, at=at, how="read")
    if what == "words":
        discharge(
            kind=(OPENED, LET_IN, LOOK, READ_DANGER), subject=report, by=by, at=at, how="read", person=by
        )
        a_lead_looked(report, by=by, at=at)
    return report


@action
def take(*, report: Report, by: Person, at: datetime) -> Report:
    """Take a report: the others who were told are no longer asked, and the reporter sees that it is being
    dealt with. Raises NotFound, or NotNow if it was taken already."""
    check_may_see(report, by, at)
    check_may_take(by, report)
    check_lead_takes(report, by, on=local_day(at))
    let_in(report, by, at=at)
    move(report, to=ReportState.TAKEN, moves=REPORT_MOVES, at=at, taken_by=by, taken_at=at, goes_up_at=None)
    step(report, StepKind.TAKEN, at=at, by=by, role=_role_told(report, by, at))
    record("report.taken", subject=report, at=at, actor=by)
    discharge(kind=(TAKE, URGENT), subject=report, by=by, at=at, how="taken")
    takes_over(report, by=by, at=at)
    open_check_back(report, by=by, at=at)
    return report


@action
def note(*, report: Report, by: Person, at: datetime, words: str, copy: Copy | None = None) -> Step:
    """Add a note on what was found out or done, sealed, with its author's name. Raises NotFound, NotAllowed,
    BadInput (words)."""
    check_may_see(report, by, at)
    check_written_here(report)
    check_words(words, _("Write what you found out or did."))
    let_in(report, by, at=at)
    row = step(report, StepKind.NOTED, at=at, by=by, words={"what": words.strip()}, copy=copy)
    record("report.noted", subject=report, at=at, actor=by)
    note_danger(report, texts=[words], at=at, by=by)
    return row


@action
def hand_on(*, report: Report, by: Person, at: datetime, to: Person, words: str = "") -> Report:
    """Hand over a report to another person, who then has to take it. Never to a person it may be about.

    Raises NotFound, NotAllowed, NotNow, BadInput (to, words).
    """
    check_may_see(report, by, at)
    check_has_it(by, report, on=local_day(at))
    _check_may_get(report, to, by, at)
    if words.strip():
        check_words(words, "")
    goes_up_at, whose = wait_for_someone(report, at=at)
    move(report, to=ReportState.HANDED_ON, moves=REPORT_MOVES, at=at, goes_up_at=goes_up_at, goes_up_by=whose)
    name_in(report, StepKind.HANDED_ON, by=by, to=to, at=at, words=words)
    record("report.handed_on", subject=report, at=at, actor=by, to=to.pk)
    cancel(kind=(FINISH, READ_ADDED), subject=report, because="handed_on", at=at, by=by)
    open_duty(
        kind=TAKE, subject=report, at=at, due=Due.none_promised(), person=to, school=report.school,
        danger=counts_as_danger(report),
    )  # fmt: skip
    return report


@action
def end_report(
    *, report: Report, by: Person, at: datetime, words: str, second: Person | None = None
) -> Report:
    """Say that this is not something for us, and why. It stays readable to those who were told. Where it may
    be about a person here, a second person reads it and says so too.

    Raises NotFound, NotAllowed, NotNow, BadInput (words).
    """
    words = reason(words, "words", longest=LONGEST_WORDS)
    check_may_see(report, by, at)
    check_has_it(by, report, on=local_day(at))
    check_read_in_both(report, by, at=at)
    check_authority_heard(report)
    if means_staff(report):
        let_in(report, by, at=at)
        return ask_second(report, by=by, at=at, words=words, second=second, to=ReportState.NOT_FOR_US)
    return say_not_ours(report, by=by, at=at, words=words)


def takes_over(report: Report, *, by: Person, at: datetime) -> None:
    """Open the task to finish a report for the person who deals with it now, and the leads' to read it."""
    open_duty(kind=FINISH, subject=report, at=at, due=Due.none_promised(), person=by, school=report.school)
    ask_leads(report, at=at)
    ask_other_seat(report, by=by, at=at)


def check_may_see(report: Report, by: Person, at: datetime) -> None:
    """Raise NotFound unless the person may know of the report."""
    if not Report.objects.filter(may_see(by, local_day(at)), pk=report.pk).exists():
        raise NotFound


def check_words(words: str, empty: Text) -> None:
    """Raise BadInput (words) for a text that is empty, too long or can’t be saved."""
    if wrong := wrong_words(words, empty=empty):
        raise BadInput({"words": wrong})


def _check_may_get(report: Report, to: Person, by: Person, at: datetime) -> None:
    on = local_day(at)
    if to.pk == by.pk or to.pk in meant_in(report):
        raise BadInput({"to": _("You can’t pass this to them. Choose someone else.")})
    try:
        check_has_a_role(to, on=on)
    except NotAllowed:
        raise BadInput({"to": _("They don’t have a role here on this date. Choose someone else.")}) from None


def _role_told(report: Report, by: Person, at: datetime) -> str:
    """Return the role in which the person taking it was told of it; empty if they were told by name alone."""
    held = set(
        assignments(by, on=local_day(at), where=Where(anywhere=True)).values_list("role_key", flat=True)
    )
    told = report.steps.exclude(role_key="").order_by("id").values_list("role_key", flat=True)
    return next((key for key in told if key in held), "")
